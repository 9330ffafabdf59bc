"""May this person be contacted by this means, at this place, at this moment? Asked of the plan in force, and only here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Involvement, SafeContact
from cases.models.answers.contact import Means, Never, Weekday
from workflow.clock import LONDON

ASKED_LASTS = timedelta(hours=24)  # a plan set or confirmed so long before an incident was begun is asked of again
NOT_SET = "Safe contact is not set. Do not call, text or write until it is known what is safe."
NO_WAY = "No safe way to make contact is known yet. Do not call, text or write."
RAN_OUT = "The safe contact plan has run out. Ask whether it is right still before you use it."
#: What a never-use of one kind forbids beside the way of the same name.
FORBIDS = {Never.CALL: {Means.CALL}, Never.TEXT: {Means.TEXT}, Never.EMAIL: {Means.EMAIL},
           Never.IN_PERSON: {Means.IN_PERSON}, Never.THROUGH: {Means.THROUGH}}  # fmt: skip


def in_force(case: Any, at: datetime | None = None) -> SafeContact | None:
    """The version in force at a moment (UTC; now if none), as recorded by then. `case`: a case or its id."""
    rows = SafeContact.objects.as_at(at) if at else SafeContact.objects.standing()
    newest: SafeContact | None = rows.filter(case=case).order_by("-recorded_at", "-pk").first()
    return newest


def asked_since(plan: SafeContact, moment: datetime) -> bool:
    """Whether the plan was set or confirmed lately enough for an incident begun at the moment (UTC)."""
    return plan.last_confirmed >= moment - ASKED_LASTS


def allowed(case: Case, means: str, at: datetime, to: str = "", plan: SafeContact | None = None) -> str:
    """ "" where the person may be contacted by this means at this moment (UTC), else the sentence that says why not.

    `to` is the number, the email address or the place, where the caller knows it; `plan` the version in force, where the
    caller has it. Silence forbids: without a plan, without a way that is said to be safe, and outside the days and hours,
    nobody is contacted. Hours are London's as the wall clock shows them, so a night on which the clocks change is one night;
    a window past midnight belongs to the day it begins on.
    """
    plan = plan or in_force(case, at)
    if plan is None:
        return _(NOT_SET)
    if plan.nothing_known:
        return _(NO_WAY)
    if plan.ran_out(at.astimezone(LONDON).date()):
        return _(RAN_OUT)
    return never_used(plan, means, to) or not_safe(plan, means, to) or not_now(plan, at)


def never_used(plan: SafeContact, means: str, to: str) -> str:
    """What stands on the never-use list beats everything else."""
    forbidden = {way for never in plan.never_means for way in FORBIDS.get(Never(never), set())}
    listed = [line.strip().casefold() for line in plan.never_numbers.splitlines() if line.strip()]
    if means in forbidden or plan.forbids_number(to) or (to and to.strip().casefold() in listed):
        return _("Never use: %(never)s.") % {"never": plan.never}
    return ""


def not_safe(plan: SafeContact, means: str, to: str) -> str:
    """Only the ways that were said to be safe, and only at the place that was said to be."""
    safe = plan.means or ([Means.CALL] if plan.call else [])
    if means not in safe:
        ways = ", ".join(label for label, _where in plan.ways) or _("none")
        return _("Not a way that is said to be safe. Safe ways: %(ways)s.") % {"ways": ways}
    where = plan.meet_at.strip() if means == Means.IN_PERSON else ""
    if to and where and to.strip().casefold() != where.casefold():
        return _("Not a place that is said to be safe. Safe place: %(place)s.") % {"place": where}
    return ""


def not_now(plan: SafeContact, at: datetime) -> str:
    return "" if within_times(plan, at) else _("Not at this time. Safe times: %(times)s.") % {"times": plan.times}


def within_times(plan: SafeContact, at: datetime) -> bool:
    """Whether the moment (UTC) lies in the days and hours; from the first minute, up to and without the last."""
    local = at.astimezone(LONDON)
    today, yesterday = (
        Weekday.values[(local.weekday() - back) % 7] in (plan.days or Weekday.values) for back in (0, 1)
    )
    begins, ends, clock = plan.from_time, plan.to_time, local.time()
    if begins is None or ends is None:
        return today
    if begins < ends:
        return today and begins <= clock < ends
    return (today and clock >= begins) or (yesterday and clock < ends)


def plans_about(person: int, user: User, at: datetime | None = None) -> list[SafeContact]:
    """The plan in force of each case that stands open to the reader and in which this person was harmed. One query.

    Indexes: involvement_of_person; the cases of one person are few.
    """
    parts = Involvement.objects.standing().filter(part=Involvement.Part.VICTIM, person=person)
    opened = Case.objects.open_to(user).order_by().filter(pk__in=parts.values("case"))
    rows = SafeContact.objects.as_at(at) if at else SafeContact.objects.standing()
    rows = rows.filter(case__in=opened.values("pk")).select_related("case", "recorded_by", "confirmed_by")
    return list(rows.order_by("case", "-recorded_at", "-pk").distinct("case"))


def mark_never(facts: Iterable[Any], plans: Iterable[SafeContact]) -> None:
    """Mark each telephone number among the facts that a plan says must never be used: it is not offered to be called."""
    held = list(plans)
    for fact in facts:
        number = getattr(fact, "number", "")
        fact.never_use = bool(number) and any(plan.forbids_number(number) for plan in held)
