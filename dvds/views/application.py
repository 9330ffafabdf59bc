"""The page of one consideration: where it stands, safe contact, what may be done now and what not yet, and why."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from cases.models import Case
from cases.steps.safety import SAFETY
from cases.views.case import boxes
from cases.views.door import open_case
from dvds.models import Application, Delay, Exceptional, FinalReport, Party, Telling
from dvds.services import limits
from dvds.services.contact_now import contact_now
from dvds.services.late import Breach, breach_of, spans_of
from dvds.services.shown import check_lines, people_of, stage_lines, test_lines, title_of
from dvds.services.standing import of_policies, standing_of
from dvds.steps import CONSIDERATION, EXCEPTIONAL
from dvds.steps.onward import LOOK, LOOKING, ON_THE_WAY, OTHERWISE, place_of
from dvds.steps.roles import UNIT
from people.services import names_for
from risk.models import SafetyPlan
from workflow import engine
from workflow.declare import NEW
from workflow.models import Deadline, Holiday
from workflow.models.record import about
from workflow.pages.records import page
from workflow.pages.tasks import refusal_of, step_url

S = Application.State
OWN = frozenset(step.name for step in SAFETY)
DRAWN_HERE = frozenset({"safe-contact", "consideration", "systems"})
#: What comes later, while it is not offered yet: (step, what it is called here, states from which it comes, why not now).
LATER: tuple[tuple[str, str, tuple[Any, ...], str], ...] = (
    ("told", N_("Record what was told"), (S.TO_TELL, S.NOT_TO_TELL, *limits.ENDING), N_("The forum has not decided, and no place and officer are set.")),
    ("inform-subject", N_("Tell the subject"), (S.TOLD, S.CONCLUDING), N_("Only after somebody was told, where the forum decided it, with safety measures first.")),
    ("close", N_("Close it"), (S.CONCLUDING,), N_("There is no final intelligence report reference.")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """A button or a link, or what may not be done yet and why."""

    label: str
    url: str = ""
    kind: str = ""
    why: str = ""
    place: int = 0

    @property
    def onward(self) -> bool:
        """Whether it takes it on its way: such an act is the green button."""
        return self.place < ON_THE_WAY


@never_cache
@require_safe
@page
def application_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One consideration, for whoever may open its case. Written down as looked at."""
    case = open_case(request, reference)
    application = Application.objects.standing().filter(case=case).select_related("investigation").first()
    if application is None:
        raise Http404
    application.case = case
    user: Any = request.user
    now, held, calendar = timezone.now(), user.roles_over(case.unit), Holiday.objects.calendar()
    rows = list(Party.objects.standing().filter(application=application).order_by("pk"))
    names = names_for({row.person_id for row in rows}, user)
    people = people_of(application, names, rows)
    owed = of_policies(deadlines_of(application))
    delays = list(Delay.objects.standing().filter(application=application).select_related("recorded_by").order_by("pk"))
    may, not_yet = acts_of(application, user, held)
    context = {
        "case": case, "application": application, "people": people, "title": title_of(application, people), "now": now,
        "standing": standing_of(application, owed, calendar, now), "contact": contact_now(case, now),
        "stages": stage_lines(application, owed, delays, calendar, now), "checks": check_lines(application, names),
        "tests": test_lines(application), "may": [act for act in may if act.place < OTHERWISE],
        "turns": [act for act in may if act.place >= OTHERWISE], "not_yet": not_yet, "renewed": application.renewed,
        "breach": breach_shown(application, owed, now), "waits": asked_for(application, held), "in_unit": bool(held & UNIT),
        "written_url": written_url(application, user, held), **others(case, user, held, now, request.GET.get("panel", "")),
    }  # fmt: skip
    return render(request, "dvds/application.html", context)


def deadlines_of(application: Application) -> list[Any]:
    """What it owes and owed, in the order in which it was set. Index: deadline_of_subject."""
    return list(Deadline.objects.filter(**about(application)).select_related("stopped_by_event").order_by("pk"))


def acts_of(application: Application, user: User, held: frozenset[str]) -> tuple[list[Act], list[Act]]:
    """What this person may do now, what leads on before the rest, and what not yet with the reason: as the table has it, and
    what comes later.
    """
    found = engine.offers(application, user, held, but=OWN)
    renewed, written = application.renewed, written_url(application, user, held)
    steps = [offer.step for offer in found if not offer.refusal]
    may = [*pages_of(application, held, written), *(act_of(application, step, renewed=renewed) for step in steps)]
    if may_plan(application, held):
        begin = reverse("begin-in", args=["safety-plan", "begin", application.case_id])
        may.append(Act(N_("Begin a safety plan"), begin, place=ON_THE_WAY))
    if EXCEPTIONAL.step("ask").who & held and application.state in limits.ONGOING:
        begin = reverse("begin-in", args=[EXCEPTIONAL.name, "ask", application.case_id])
        may.append(Act(EXCEPTIONAL.step("ask").label, begin, place=ON_THE_WAY))
    refused = [Act(offer.step.label, "", *refusal_of(offer.refusal)) for offer in found if offer.refusal]
    offered = {offer.step.name for offer in found}
    for name, label, states, why in LATER:
        if name not in offered and application.state not in states and application.state in limits.ONGOING:
            refused.append(Act(label, "", "guard", _(why)))
    return sorted(unique(may), key=lambda act: act.place), unique(refused)


def pages_of(application: Application, held: frozenset[str], written: str) -> list[Act]:
    """Where it goes on upon a page of its own: what is taken down (`written`, its address), whom to tell, the final report.
    At most one query.
    """
    if application.state == S.OPENED and written:
        return [Act(N_("Go on taking it down"), written)]
    rows: Any = []
    if application.state == S.TO_TELL and held & UNIT:
        rows = Telling.objects.standing().filter(application=application, state=Telling.State.PLANNED).order_by("pk")
    elif application.state == S.CONCLUDING and held & UNIT:
        rows = FinalReport.objects.standing().filter(application=application).exclude(state=FinalReport.State.UPLOADED)
    words = {S.TO_TELL: N_("Tell it, and record what was said"), S.CONCLUDING: N_("Go on with the final report")}
    return [Act(words[S(application.state)], row.get_absolute_url()) for row in rows]


def may_plan(application: Application, held: frozenset[str]) -> bool:
    """Whether a safety plan may be begun: by the unit, while none is there. One query."""
    going = application.state in limits.ONGOING and bool(held & UNIT)
    return going and not SafetyPlan.objects.open().filter(case=application.case_id).exists()


def act_of(application: Application, step: Any, *, renewed: bool) -> Act:
    """The page of the step; a look in a system begins on the page that says what is still to be looked at."""
    if step.name in LOOKING:
        words = N_("Look in the systems, and say what was found")
        checks = reverse("considered-checks", args=[application.case.reference])
        return Act(words, checks, place=place_of(application, LOOK, renewed=renewed))
    return Act(step.label, step_url(application, step), place=place_of(application, step.name, renewed=renewed))


def unique(acts: list[Act]) -> list[Act]:
    return list(dict.fromkeys(acts))


def breach_shown(application: Application, owed: Any, now: datetime) -> Breach | None:
    """How far the overall limit was passed, gross and net; None where it was not. One query where it was."""
    overall = owed.get(limits.OVERALL)
    if overall is None or (overall.stopped_at or now) <= overall.due_at:
        return None
    return breach_of(overall.due_at, overall.stopped_at, now, spans_of(application))


def asked_for(application: Application, held: frozenset[str]) -> list[tuple[Exceptional, list[Act]]]:
    """Exceptional circumstances that were asked for, newest first, each with what may be decided. One query."""
    rows = Exceptional.objects.standing().filter(application=application).select_related("recorded_by", "decided_by")
    steps = [step for step in EXCEPTIONAL.steps if step.source is not NEW and step.name not in OWN and step.who & held]
    return [
        (row, [Act(step.label, step_url(row, step)) for step in steps if row.state in EXCEPTIONAL.sources(step)])
        for row in rows.order_by("-pk")
    ]  # fmt: skip


def written_url(application: Application, user: User, held: frozenset[str]) -> str:
    """Where it is taken down, while this person may still write it."""
    if not CONSIDERATION.sections or not engine.editable_by(application, user, held):
        return ""
    return reverse("record", args=[CONSIDERATION.name, application.pk])


def others(case: Case, user: User, held: frozenset[str], now: datetime, asked: str) -> dict[str, Any]:
    """What other parts of the product show on such a case, without what this page draws itself."""
    return boxes(case, user, held, now, asked, but=DRAWN_HERE)
