"""What was done: arrests or why not, with a supervisor's verdict, and positive actions. On the case, beside a decision,
on paper and in the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Prefetch, TextField, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.forms.arrest import ArrestOrWhyNot
from cases.models import ActionTaken, ArrestAttempt, ArrestDecision, ArrestVerdict, Case, Incident, Involvement
from cases.models.answers import PositiveAction
from cases.models.arrest import WISH_ALONE
from cases.panels.own import incidents as incidents_here
from cases.panels.registry import Panel, show
from cases.panels.timeline import Words, tell
from cases.steps.arrest import ARREST, NO_ARREST, not_taken
from people.services import names_for
from workflow.forms.spoken import NOTHING, spoken
from workflow.models import Approval
from workflow.pages.decisions import Review, asks_itself, review
from workflow.pages.tasks import step_url

INVESTIGATION = frozenset({"investigation"})
LATER = ("try", "circulate", "attended", "take", "custody")  # what officers record when the record itself is sealed


@dataclass(frozen=True, slots=True)
class Decided:
    """One suspect, what was decided, and what a supervisor has said of it."""

    name: str
    suspect: Involvement | None
    decision: ArrestDecision | None
    lines: list[tuple[str, str]] = field(default_factory=list)
    later: list[tuple[str, str]] = field(default_factory=list)  # what was said when the record itself was sealed
    lacks: list[str] = field(default_factory=list)
    verdicts: list[ArrestVerdict] = field(default_factory=list)
    attempts: list[ArrestAttempt] = field(default_factory=list)

    @property
    def to_check(self) -> str:
        """The page on which a supervisor checks the reason; "" where there is none to check."""
        if self.decision is None or not not_taken(self.decision):
            return ""
        return reverse("decide", args=[ARREST.name, self.decision.pk, NO_ARREST])

    @property
    def comes_back(self) -> str:
        """Why the record comes back by itself as it is; "" where it does not."""
        return (
            _(WISH_ALONE) if self.decision is not None and self.decision.wish_alone and not_taken(self.decision) else ""
        )

    @property
    def acts(self) -> list[tuple[str, str]]:
        """(words, address) of what may be recorded of it later."""
        if self.decision is None:
            return []
        steps = [ARREST.step(name) for name in LATER]
        return [(row.label, step_url(self.decision, row)) for row in steps if row.when and row.when(self.decision)]


def decisions_in(incidents: Iterable[Any], at: datetime | None = None) -> list[ArrestDecision]:
    """The standing decisions with suspects, verdicts and attempts: three queries."""
    rows = ArrestDecision.objects.standing() if at is None else ArrestDecision.objects.as_at(at)
    verdicts = ArrestVerdict.objects.select_related("recorded_by").order_by("-recorded_at", "-pk")
    return list(
        rows.filter(incident__in=list(incidents))
        .select_related("suspect", "recorded_by", "case__unit")
        .prefetch_related(
            Prefetch("verdicts", verdicts), Prefetch("attempts", ArrestAttempt.objects.order_by("-tried_at"))
        )
        .order_by("-incident", "pk")
    )


def decided_in(record: Incident, user: User) -> list[Decided]:
    """Each suspect of the incident with the decision, one without a decision too; then those made of nobody by name."""
    suspects = list(record.people("suspect"))
    rows = decisions_in([record])
    names = names_for({row.person_id for row in suspects}, user)
    of = {row.suspect_id: row for row in rows}
    found = [card(names[row.person_id], row, of.get(row.pk)) for row in suspects]
    return found + [card("", None, row) for row in rows if row.suspect_id is None]


def card(name: str, suspect: Involvement | None, decision: ArrestDecision | None) -> Decided:
    if decision is None:
        return Decided(name, suspect, None)
    lacks = [sentence for _name, sentence in ArrestOrWhyNot.missing(decision)]
    return Decided(
        name, suspect, decision, lines_of(decision), later_of(decision), lacks, list(decision.verdicts.all()),
        list(decision.attempts.all()),
    )  # fmt: skip


def lines_of(decision: ArrestDecision) -> list[tuple[str, str]]:
    """What was said at the scene, box by box; what was not asked or not said takes no room."""
    return [(label, words) for _name, label, words in spoken(ArrestOrWhyNot, decision) if words != _(NOTHING)]


def later_of(decision: ArrestDecision) -> list[tuple[str, str]]:
    said = [
        ("Custody reference", decision.custody_ref), ("What custody came to", decision.get_disposal_display()),
        ("How they left custody", decision.get_release_display()),
        ("Did the suspect attend?", decision.get_attended_display()), ("What came of it", decision.attended_words),
    ]  # fmt: skip
    return [(_(label), words) for label, words in said if words]


def done_in(incidents: Iterable[Any], at: datetime | None = None) -> list[ActionTaken]:
    """The standing positive actions, "None" first: it is what must be seen."""
    rows = ActionTaken.objects.standing() if at is None else ActionTaken.objects.as_at(at)
    none_first = Choose(When(kind=PositiveAction.NONE, then=Value(0)), default=Value(1))
    found = rows.filter(incident__in=list(incidents)).select_related("recorded_by", "endorsed_by")
    return list(found.order_by("-incident", none_first, "pk"))


@dataclass(frozen=True, slots=True)
class Done:
    """Everything of one incident, for a panel, a review and a paper."""

    incident: Incident
    decided: list[Decided]
    actions: list[ActionTaken]

    @property
    def nothing(self) -> ActionTaken | None:
        return next((row for row in self.actions if row.is_none), None)


def of_incident(record: Incident, user: User, since: datetime | None) -> list[Done]:
    """Beside a decision about the record."""
    return [Done(record, decided_in(record, user), done_in([record]))]


def of_case(case: Case, user: User, at: datetime) -> list[Done]:
    """The box on the case: every incident in which something was said to be done, the newest first."""
    incidents = incidents_here(case, user, at)
    rows, actions = decisions_in(incidents, at), done_in(incidents, at)
    names = names_for({row.person_id for row in rows if row.suspect_id}, user)
    found = [
        Done(
            incident,
            [card(names.get(row.person_id, ""), row.suspect, row) for row in rows if row.incident_id == incident.pk],
            [row for row in actions if row.incident_id == incident.pk],
        )
        for incident in incidents
    ]
    return [done for done in found if done.decided or done.actions]


def to_check(decision: ArrestDecision, user: User, since: datetime | None) -> list[Decided]:
    """Beside a supervisor's verdict: the decision itself."""
    names = names_for([decision.person_id], user) if decision.suspect_id else {}
    return [card(names.get(decision.person_id, ""), decision.suspect, decision)]


def asked_by_its_officer(decision: ArrestDecision) -> Approval | None:
    """The question stands open as long as the suspect has not been arrested; nobody has to send it."""
    if not not_taken(decision):
        return None
    return Approval(
        of=NO_ARREST, asked_by=decision.recorded_by, asked_at=decision.decided_at, seen_version=decision.version
    )


def verdicts_told(case: Case) -> Any:
    return ArrestVerdict.objects.filter(case=case)


asks_itself(f"{ARREST.name}.{NO_ARREST}", asked_by_its_officer)
review(
    Review("incident", 12, "cases/review_done.html", of_incident),
    Review("arrest", 10, "cases/review_arrest.html", to_check),
)
show(
    Panel(
        "done", "What was done", of_case, "cases/panels/done.html", "reporting/paper/done.html", order=22, side=True,
        kinds=INVESTIGATION,
    )
)  # fmt: skip
WHAT = Choose(
    When(arrested="yes", then=Concat(Value("Arrested: "), "offences")),
    When(arrested="no", then=Concat(Value("Not arrested: "), "why")),
    default=Value(""), output_field=TextField(),
)  # fmt: skip
tell(
    Words(
        "arrestdecision.add",
        lambda case: ArrestDecision.objects.standing().filter(case=case),
        "recorded_at",
        WHAT,
        happened="decided_at",
        title="Whether to arrest was decided",
    ),
    Words("arrest.accept", verdicts_told, "recorded_at", "reason"),
    Words("arrest.return", verdicts_told, "recorded_at", "reason"),
    Words("arrest.order", verdicts_told, "recorded_at", "reason", risk=True),
    Words(
        "arrest.try", lambda case: ArrestAttempt.objects.filter(case=case), "recorded_at", "place", happened="tried_at"
    ),
)
