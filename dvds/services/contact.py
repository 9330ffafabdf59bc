"""Contact with whoever asks or is at risk: within the plan in force, or once with a supervisor’s leave; never else (I1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, SafeContact
from cases.models.answers.contact import Means
from cases.services.contact import NOT_SET, allowed, in_force
from dvds.models import Application, ContactAttempt, ContactHow, ContactLeave
from workflow.models import Refusal, Refused

#: What a plan calls each way; a call with a picture is a call to the same number.
MEANS = {
    ContactHow.CALL: Means.CALL, ContactHow.VIDEO: Means.CALL, ContactHow.IN_PERSON: Means.IN_PERSON,
    ContactHow.THROUGH: Means.THROUGH,
}  # fmt: skip
BEFORE_IT = "The plan for safe contact was set only later, so nothing says that it was safe then."
ASK_FIRST = "Outside the plan only the supervisor may allow it, beforehand and once."


def plan_lacks(plan: SafeContact | None) -> list[str]:
    """What of place, means and times a plan does not say (S590). That no safe way is known yet is an answer: somebody must
    find one, and until then nobody is contacted.
    """
    if plan is None:
        return [_("by what means"), _("in what place"), _("at what times")]
    if plan.nothing_known:
        return []
    said = ((bool(plan.ways), _("by what means")), (bool(plan.meet_at or plan.through), _("in what place")),
            (bool(plan.times), _("at what times")))  # fmt: skip
    return [words for there, words in said if not there]


def lacks_said(plan: SafeContact | None) -> str:
    """The sentence that names what is missing; "" where nothing is."""
    lacks = plan_lacks(plan)
    return _("Safe contact does not say yet: %(lacks)s.") % {"lacks": ", ".join(lacks)} if lacks else ""


def outside_of(case: Case, how: str, where: str, at: datetime) -> str:
    """In what a contact is outside the plan in force at the moment (UTC); "" where it is within it. A plan made wider since
    makes nothing safe that was not safe then.
    """
    plan = in_force(case, at)
    return lacks_said(plan) or allowed(case, MEANS[ContactHow(how)], at, where, plan)


def by_the_clock(made_at: datetime, at: datetime) -> datetime:
    """A minute as it is said on a page means all of it: a plan or a leave given within it came before. Never after `at`."""
    whole = made_at.second == 0 and made_at.microsecond == 0
    return min(made_at + timedelta(seconds=59), at) if whole else made_at


def keep_attempt(application: Application, said: dict[str, Any], by: User, at: datetime) -> ContactAttempt:
    """Write an attempt down with the version of the plan that was in force when it was made. Raises Refused where it was
    outside that and no leave stands for it.
    """
    made_at = by_the_clock(said["made_at"], at)
    plan = in_force(application.case, made_at)
    if plan is None:
        raise Refused(Refusal.GUARD, BEFORE_IT if in_force(application.case, at) else NOT_SET)
    outside = outside_of(application.case, said["how"], said["where"], made_at)
    leave = leave_for(application, said, made_at) if outside else None
    if outside and leave is None:
        raise Refused(Refusal.GUARD, f"{outside} {_(ASK_FIRST)}")
    attempt = ContactAttempt(
        application=application, case=application.case, plan=plan, recorded_by=by, recorded_at=at, outside=outside,
        allowed_because=leave.because if leave else "", allowed_by=leave.recorded_by if leave else None, at=said["made_at"],
        **{name: said[name] for name in ("how", "where", "result", "words")},
    )  # fmt: skip
    attempt.save(force_insert=True)
    if leave is not None:
        leave.used_by = attempt
        leave.version += 1
        leave.save(update_fields=["used_by", "version"])
    return attempt


def leave_for(application: Application, said: dict[str, Any], made_at: datetime) -> ContactLeave | None:
    """The leave that stands for just this: the same way and number or place, given before, not run out, not used."""
    rows = ContactLeave.objects.standing().filter(application=application, how=said["how"], used_by__isnull=True)
    rows = rows.filter(where__iexact=said["where"].strip(), recorded_at__lte=made_at, until__gte=made_at)
    found: ContactLeave | None = rows.select_for_update().order_by("pk").first()
    return found


def may_contact_now(application: Application, at: datetime) -> list[tuple[str, str, str]]:
    """Each way of the plan: (label, number or place, "" where it may be used at the moment (UTC) or why not)."""
    plan = in_force(application.case, at)
    if plan is None:
        return []
    ways = [(ContactHow.CALL, plan.call), (ContactHow.IN_PERSON, plan.meet_at), (ContactHow.THROUGH, plan.through)]
    return [(_(str(way.label)), where, outside_of(application.case, way, where, at)) for way, where in ways if where]
