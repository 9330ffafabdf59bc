"""What was decided on a case: its log, the standards before it is closed, referrals to linked teams, the serial plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, LinkedReferral, LoggedDecision, SerialLook, SerialPlan, StandardException
from cases.models.standard import Line, lines_of
from cases.panels.registry import Panel, show
from cases.panels.timeline import Words, decided, tell
from cases.steps.standard import EXCEPTION
from cases.visibility import INVESTIGATING
from people.services import names_for
from workflow.pages import step_context
from workflow.templatetags.words import when_inside

FEW = 5  # decisions in the panel; all of them on the page and on paper


@dataclass(frozen=True, slots=True)
class Log:
    """The newest decisions, and the question that asks for all of them, for paper."""

    newest: list[LoggedDecision]
    everything: Any

    def __bool__(self) -> bool:
        return bool(self.newest)


def log(case: Case, user: User, at: datetime) -> Log:
    """One query; the paper asks one more. Index: decision_of_case."""
    rows = logged(case, at)
    return Log(list(rows[:FEW]), rows)


def logged(case: Case, at: datetime) -> Any:
    """The decisions recorded by a moment (UTC), the newest first."""
    rows = LoggedDecision.objects.as_at(at).filter(case=case).select_related("decided_by")
    return rows.order_by("-decided_at", "-pk")


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands between a case and its closing: what is not met, and the exceptions that were asked for."""

    unmet: list[Line]
    asked: list[StandardException]

    def __bool__(self) -> bool:
        return bool(self.unmet or self.asked)


def closing(case: Case, user: User, at: datetime) -> Closing:
    """Asked of the facts of now: the panel is not drawn before somebody opens it."""
    if case.state != Case.State.OPEN:
        return Closing([], exceptions(case, at))
    return Closing([line for line in lines_of(case) if line.is_open], exceptions(case, at))


def exceptions(case: Case, at: datetime) -> list[StandardException]:
    rows = StandardException.objects.as_at(at).filter(case=case).select_related("recorded_by", "decided_by")
    return list(rows.order_by("-pk"))


def referrals(case: Case, user: User, at: datetime) -> list[LinkedReferral]:
    rows = LinkedReferral.objects.as_at(at).filter(case=case).select_related("recorded_by")
    return list(rows.order_by("-pk"))


@dataclass(frozen=True, slots=True)
class OneSerial:
    plan: SerialPlan
    name: str
    looks: list[SerialLook]

    @property
    def url(self) -> str:
        """Its own page; what was set aside has none but the step by which it is looked at again."""
        if self.plan.state == SerialPlan.State.SET_ASIDE:
            return reverse("step", args=["serial-plan", self.plan.pk, "review"])
        return self.plan.get_absolute_url()


def serial(case: Case, user: User, at: datetime) -> list[OneSerial]:
    """The plans of the case, the newest first, with names and looks. Three queries; one where there is none."""
    rows = list(SerialPlan.objects.as_at(at).filter(case=case).select_related("lead", "recorded_by").order_by("-pk"))
    if not rows:
        return []
    names = names_for({plan.person_id for plan in rows}, user)
    looks: dict[int, list[SerialLook]] = {plan.pk: [] for plan in rows}
    for look in SerialLook.objects.as_at(at).filter(plan__in=rows).select_related("recorded_by").order_by("-at"):
        looks[look.plan_id].append(look)
    return [OneSerial(plan, names[plan.person_id], looks[plan.pk]) for plan in rows]


show(
    Panel("decisions", "Decision log", log, "cases/panels/decisions.html", "cases/paper/decisions.html", order=26, side=True),
    Panel(
        "serial-plan", "Serial perpetrator", serial, "cases/panels/serial_plan.html", "cases/paper/serial_plan.html",
        who=INVESTIGATING, order=28, side=True,
    ),
    Panel("closing", "Before it is closed", closing, "cases/panels/closing.html", "cases/paper/closing.html", order=38, side=True),
    Panel(
        "referrals", "Referrals to linked teams", referrals, "cases/panels/referrals.html", "cases/paper/referrals.html",
        order=39, side=True,
    ),
)  # fmt: skip
tell(
    Words("case.log-decision", lambda case: LoggedDecision.objects.filter(case=case), "recorded_at", "what", happened="decided_at"),
    Words(f"{EXCEPTION.name}.ask", lambda case: StandardException.objects.filter(case=case), "recorded_at", "why"),
    *(
        Words(f"{EXCEPTION.name}.{step}", lambda case: StandardException.objects.filter(case=case), "decided_at", "decided_why")
        for step in ("grant", "refuse")
    ),
    Words(
        "linked-referral.send", lambda case: LinkedReferral.objects.filter(case=case), "recorded_at", "asked",
        happened="sent_at",
    ),
    *(Words(f"serial-plan.{step}", decided(SerialPlan), "decided_at", "reason") for step in ("approve", "return")),
    Words("serial-plan.set-aside", lambda case: SerialPlan.objects.filter(case=case), "recorded_at", "because"),
    Words("serial-plan.review", lambda case: SerialLook.objects.filter(case=case), "recorded_at", "words"),
)  # fmt: skip


# --- what stands beside the boxes of a step, so that nobody decides on what they have not read ---


def asked_for(request: HttpRequest, exception: Any) -> dict[str, Any]:
    """What was asked, by whom, why, and what is done instead."""
    told = {"who": exception.recorded_by.title(), "at": when_inside(exception.recorded_at)}
    said = [
        _("Not met: %(what)s") % {"what": exception.unmet}, _("Because: %(why)s") % {"why": exception.why},
        _("Done instead: %(what)s") % {"what": exception.instead} if exception.instead else "",
        _("Asked for by %(who)s, %(at)s.") % told,
    ]  # fmt: skip
    return {"consequences": [words for words in said if words], "consequences_title": _("What was asked")}


def asked_of_them(request: HttpRequest, referral: Any) -> dict[str, Any]:
    said = [f"{_(referral.team)}: {referral.reference}", referral.asked]
    return {"consequences": said, "consequences_title": _("What was asked")}


def looked_at(request: HttpRequest, plan: Any) -> dict[str, Any]:
    """What was made of the flag; of a plan in force, what is done."""
    said = [words for words in (plan.because, plan.what, plan.protects) if words]
    return {"consequences": said, "consequences_title": _("What stands there now")}


def closes(request: HttpRequest, case: Any) -> dict[str, Any]:
    """What closing does, and what it is closed without."""
    granted = [row for row in exceptions(case, timezone.now()) if row.state == StandardException.State.GRANTED]
    said = [_("Close the case. Whoever works it may open it again.")]
    said += [_("Close it without: %(what)s. %(why)s") % {"what": row.unmet, "why": row.decided_why} for row in granted]
    return {"consequences": [*said, _("Write the decision in the log of the case.")]}


for step in ("grant", "refuse"):
    step_context(EXCEPTION.event(step))(asked_for)
for step in ("review", "take-up"):
    step_context(f"serial-plan.{step}")(looked_at)
step_context("linked-referral.answer")(asked_of_them)
step_context("case.close")(closes)
