"""The telling itself: only within the safe-contact plan, only what is not spent today, and what it makes of the consideration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import SafeContact
from cases.models.answers.contact import Means
from cases.services.contact import allowed, in_force
from dvds.models import (
    Application,
    ContactAttempt,
    ContactHow,
    ContactLeave,
    ContactResult,
    Decision,
    Outcome,
    Part,
    Party,
    Telling,
    Undertaking,
)
from dvds.services.contact import by_the_clock
from dvds.services.deciding import last_decision
from workflow import engine
from workflow.models import Refusal, Refused

T = Telling.State
BEFORE_FIRST = "It cannot have been told before it was decided. Check the day and the time."
NO_PLAN = "Not yet. Safe contact is not set: agree a place, a means and times first."
TOLD_ELSEWHERE = "That is outside the safe contact plan. {why} A supervisor may allow it for a reason, beforehand."


# --- within the plan (I1)


def is_under_the_plan(telling: Telling) -> bool:
    """Whether the safe-contact plan of the case is about this recipient: the person at risk, or the applicant."""
    parts = [Part.AT_RISK, Part.APPLICANT]
    rows = Party.objects.standing().filter(application=telling.application_id, part__in=parts, person=telling.person_id)
    return telling.person_id is not None and rows.exists()


def contact_lacks(case: Any, at: datetime) -> str:
    """What a plan must say before anybody goes there: a means, a place, times. "" where it says all three. `at` is UTC."""
    plan = in_force(case, at)
    if plan is None:
        return NO_PLAN
    lacks = [
        words
        for words, there in (
            ("means", plan.means or plan.call),
            ("place", plan.meet_at or plan.through),
            ("times", plan.times),
        )
        if not there
    ]
    return f"Not yet. The safe contact plan does not say: {', '.join(lacks)}." if lacks else ""


def met(
    application: Application, *, at: datetime, place: str, by: User, recorded_at: datetime, words: str, under_plan: bool = True,
    result: str = ContactResult.SPOKE,
) -> SafeContact:  # fmt: skip
    """Keep a meeting as an attempt of contact, with the plan then in force; returns the plan. Outside it only with a leave
    that a supervisor gave beforehand. Raises Refused.
    """
    plan = in_force(application.case_id, by_the_clock(at, recorded_at))
    if plan is None:
        raise Refused(Refusal.GUARD, NO_PLAN)
    why = allowed(application.case, Means.IN_PERSON, at, place, plan) if under_plan else ""
    leave = leave_for(application, place, at) if why else None
    if why and leave is None:
        raise Refused(Refusal.GUARD, TOLD_ELSEWHERE.format(why=why))
    outside = {"outside": why, "allowed_because": leave.because, "allowed_by": leave.recorded_by} if leave else {}
    attempt = ContactAttempt.objects.create(
        case=application.case, application=application, plan=plan, at=at, how=ContactHow.IN_PERSON, where=place, result=result,
        words=words, recorded_by=by, recorded_at=recorded_at, **outside,
    )  # fmt: skip
    if leave is not None:
        leave.used_by = attempt
        leave.version += 1
        leave.save(update_fields=["used_by", "version"])
    return plan


def leave_for(application: Application, place: str, at: datetime) -> ContactLeave | None:
    """A supervisor's leave to go to this place outside the plan: given before, not run out, not used. Index: contact_leave_of."""
    rows = ContactLeave.objects.standing().filter(
        application=application.pk, how=ContactHow.IN_PERSON, where__iexact=place.strip(), used_by__isnull=True
    )
    rows = rows.filter(recorded_at__lte=at, until__gte=at).select_for_update()
    found: ContactLeave | None = rows.order_by("-pk").first()
    return found


def tries_since(application: Application, since: datetime | None) -> Any:
    """The attempts to make contact since a moment (UTC). Index: contact_attempt_of."""
    rows = ContactAttempt.objects.standing().filter(application=application.pk)
    return rows.filter(at__gte=since) if since else rows


# --- what became of it


def outcome_of_telling(telling: Telling) -> str:
    """The outcome of one recipient's line, once it was told (part F)."""
    if telling.emergency:
        return str(Outcome.EMERGENCY)
    return str(Outcome.DISCLOSED if telling.undertaking == Undertaking.SIGNED else Outcome.NO_UNDERTAKING)


#: How an ending of one telling is said of the line.
ENDINGS = {T.DECLINED: Outcome.DECLINED, T.UNREACHABLE: Outcome.UNREACHABLE, T.WITHHELD: Outcome.TESTS_NOT_MET}


def settle(telling: Telling, ends_as: str, at: datetime) -> None:
    """One recipient's line has ended: the last of them moves the consideration. Told beats declined beats not reached; where
    every promise was refused and it was held back, the forum decides again. `telling` is not saved yet.
    """
    application = Application.objects.get(pk=telling.application_id)
    if application.state != Application.State.TO_TELL:
        return
    lines = (
        Telling.objects.standing()
        .filter(application=application.pk, decision=telling.decision_id)
        .exclude(pk=telling.pk)
    )
    states = {*lines.values_list("state", flat=True), ends_as}
    if states & {T.PLANNED, T.HELD_BACK}:
        return
    order: Iterable[tuple[str, str]] = (
        (T.TOLD, "told"), (T.DECLINED, "declined"), (T.UNREACHABLE, "unreachable"), (T.WITHHELD, "decide-again"),
    )  # fmt: skip
    step = next(name for state, name in order if state in states)
    said = {"reason": "Every line of the decision has ended."}
    engine.perform(application, step, by=User.objects.system(), evidence=said, seen=application.version, at=at)


def decided_before(telling: Telling, at: datetime) -> None:
    """Raises Refused where it is said to have been told before it was decided."""
    if telling.decision is not None and at < telling.decision.decided_at:
        raise Refused(Refusal.GUARD, BEFORE_FIRST)


def subject_may_be_informed(application: Application) -> str:
    """ "" where the forum allowed it and she was told first; else the sentence that says why not (I5)."""
    decision = last_decision(application)
    if application.told_at is None:
        return "Not available. Nothing was told, so the subject is never informed."
    if decision is None or decision.decision != Decision.TELL or decision.subject_informed != "yes":
        return "Not available. The forum did not decide that the subject is informed."
    return ""
