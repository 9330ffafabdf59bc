"""What this person may do now on a case: the most overdue act that is theirs, ordinary ones, those refused with why.

Guards are asked for the folder and one record in focus with its parts, so that the cost does not grow with the case:
the other records are a press away, in the panel of incidents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ROLES, SYSTEM
from cases.models import Case
from cases.panels.owed import Owed, yours
from cases.steps.safety import SAFETY
from workflow import engine
from workflow.declare import NEW, WORKFLOWS, parts_of, workflow_of
from workflow.engine import Offer
from workflow.pages.tasks import refusal_of

ORDINARY, REFUSED = 3, 3
# Acts that stand among the first whatever else is open, in this order; the rest of the folder's own are under More.
OWN = frozenset(step.name for step in SAFETY)  # offered once, for the folder
#: A step of every role stands for whoever may open the case, wherever they hold theirs (S3-180).
ANYBODY = frozenset(ROLES) - SYSTEM
FIRST = ("unsafe", "safeguard", "safe-contact")


@dataclass(frozen=True, slots=True)
class Act:
    """One button, and the steps to which its page leads."""

    label: str
    url: str
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """A button that cannot be pressed: how its sentence begins, and the sentence."""

    label: str
    kind: str
    sentence: str


@dataclass(slots=True)
class Acts:
    """Everything of the box, in the order in which it is shown."""

    green: Act | None = None
    ordinary: list[Act] = field(default_factory=list)
    refused: list[Closed] = field(default_factory=list)
    more: list[Act] = field(default_factory=list)


def acts_on(case: Case, user: User, held: frozenset[str], owed: Iterable[Owed], focus: Any) -> Acts:
    """The box. `held`: roles over the case; `owed`: its deadlines, earliest first; `focus`: the record worked on."""
    found = offers_of(case, focus, user, held)
    taken = list(dict.fromkeys(act_of(offer) for offer in in_order(found) if not offer.refusal))
    acts = going_on(focus, user, held) + taken + beginnings(case, held)
    green = green_act(acts, owed, user, held)
    acts = [act for act in acts if act is not green]
    refused = list(dict.fromkeys(closed(offer) for offer in found if offer.refusal))[:REFUSED]
    return Acts(green, acts[:ORDINARY], refused, acts[ORDINARY:])


def offers_of(case: Case, focus: Any, user: User, held: frozenset[str]) -> list[Offer]:
    """Steps of the record in focus and open ones of its parts, then of the folder; safety acts once, from the folder.

    A record that this person is still writing offers its steps on its own task list, beside what is missing.
    """
    found: list[Offer] = []
    if focus is not None and not engine.editable_by(focus, user, held):
        found = engine.offers(focus, user, held, but=OWN)
        if not any(offer.step.question for offer in found):  # else the page of the decision offers what its parts allow
            parts = [offer for part in parts_within(focus) for offer in engine.offers(part, user, held, but=OWN)]
            found += [offer for offer in parts if not offer.refusal]
    return found + engine.offers(case, user, held)


def parts_within(focus: Any) -> list[Any]:
    """The parts of a record, each knowing the record and its case without asking again."""
    found = []
    for table, parts in parts_of(focus):
        for part in parts:
            setattr(part, table.part_of, focus)
            part.case = focus.case
            found.append(part)
    return found


def green_act(acts: list[Act], owed: Iterable[Owed], user: User, held: frozenset[str]) -> Act | None:
    """The act that the most overdue of this person's deadlines wants, if it may be taken now."""
    for line in owed:
        if line.deadline.is_open and yours(line.deadline, user, held):
            for act in acts:
                if line.url and line.url in (act.url, *act.leads_to):
                    return act
    return None


def going_on(focus: Any, user: User, held: frozenset[str]) -> list[Act]:
    """The way back into a record that this person may still write: it leads to every step that its task list offers."""
    if focus is None or not engine.editable_by(focus, user, held):
        return []
    table = workflow_of(focus)
    urls = tuple(
        reverse("step", args=[table.name, focus.pk, step.name]) for step in table.steps if step.source is not NEW
    )
    words = _("Go on with the %(record)s") % {"record": _(table.label)}
    return [Act(words, reverse("record", args=[table.name, focus.pk]), urls)]


def in_order(offers: list[Offer]) -> list[Offer]:
    """What moves the work first, then the safety acts, then the rest of the folder's own, as the tables have them."""

    def place(offer: Offer) -> int:
        if offer.step.name in FIRST:
            return 1 + FIRST.index(offer.step.name)
        return 0 if not isinstance(offer.subject, Case) else 9

    return sorted(offers, key=place)


def beginnings(case: Case, held: frozenset[str]) -> list[Act]:
    """Records that may be begun in this case: the first steps of workflows that live in a folder."""
    acts = []
    for table in WORKFLOWS.values():
        if table.part_of or not any(column.name == "case" for column in table.model._meta.concrete_fields):
            continue
        for step in table.steps:
            if step.source is NEW and (step.who & held or step.who >= ANYBODY) and case.state == Case.State.OPEN:
                acts.append(Act(step.label, reverse("begin-in", args=[table.name, step.name, case.pk])))
    return acts


def act_of(offer: Offer) -> Act:
    """The button of an offer. All answers to one question are one button, to the page where it is decided."""
    name, pk = offer.workflow.name, offer.subject.pk
    if offer.step.question:
        steps = [step.name for step in offer.workflow.steps if step.question == offer.step.question]
        url = reverse("decide", args=[name, pk, offer.step.question])
        return Act(
            _("Decide on the %(record)s") % {"record": _(offer.workflow.label)},
            url,
            tuple(reverse("step", args=[name, pk, step]) for step in steps),
        )
    label = offer.step.label
    if offer.workflow.label not in label and not isinstance(offer.subject, Case):
        label = f"{_(label)}: {_(offer.workflow.label)}"
    return Act(label, reverse("step", args=[name, pk, offer.step.name]))


def closed(offer: Offer) -> Closed:
    kind, sentence = refusal_of(offer.refusal)
    return Closed(act_of(offer).label, kind, sentence)
