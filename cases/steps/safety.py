"""Safety acts: possible from every state of every record, waiting and closed included. Each workflow has them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import (
    FRONTLINE,
    PROFESSIONAL_STANDARDS,
    SPECIALISTS,
    SUPERVISORS,
    SYSTEM,
    roles,
)
from cases.forms.contact import SafeWays, StillRight
from cases.forms.safety import (
    DangerAtTheDoor,
    EverybodySafe,
    MadeSafer,
    ShutOutPerson,
    UnsafeNow,
)
from cases.models import Safeguarding, SafetyWarning, ShutOut, UnsafeReport
from cases.services import restrict
from cases.services.beside import restrict_beside, shut_out_beside
from cases.steps.contact import confirm_safe_contact, contact_is_set, keep_safe_contact
from workflow.declare import ANY, STAYS, Step
from workflow.forms import Reason

Said = dict[str, Any]
#: Who keeps people out of a case; the program where what is said of one case follows to the case beside it.
SHUTS = (
    SUPERVISORS
    | SPECIALISTS
    | PROFESSIONAL_STANDARDS
    | SYSTEM
    | roles("marac_coordinator", "forum_chair", "disclosure_supervisor")
)
CAREFUL = FRONTLINE | roles(
    "superintendent", "disclosure_officer", "disclosure_supervisor", "marac_coordinator", "forum_chair",
)  # fmt: skip


def unsafe_now(subject: Any) -> bool:
    """somebody on the case is unsafe now"""
    folder = subject.folder
    if "unsafe_shown" in vars(folder):  # a page has asked already; under the locks of a verb the folder is a fresh one
        return folder.unsafe_shown is not None
    return UnsafeReport.objects.filter(case=folder, answered_at__isnull=True).exists()


def report_unsafe(subject: Any, said: Said, by: User, at: datetime) -> None:
    standing = UnsafeReport.objects.filter(case=subject.folder, answered_at__isnull=True).first()
    if standing is None:
        UnsafeReport.objects.create(case=subject.folder, what=said["what"], since_at=at, recorded_by=by, recorded_at=at)
        return
    standing.what = f"{standing.what}\n{said['what']}"[-2000:]
    standing.save(update_fields=["what"])


def answer_safe(subject: Any, said: Said, by: User, at: datetime) -> None:
    standing = UnsafeReport.objects.get(case=subject.folder, answered_at__isnull=True)
    standing.answered_at, standing.answered_by, standing.answer = at, by, said["answer"]
    standing.save(update_fields=["answered_at", "answered_by", "answer"])


def keep_warning(subject: Any, said: Said, by: User, at: datetime) -> None:
    SafetyWarning.objects.create(case=subject.folder, recorded_by=by, recorded_at=at, what=said["what"])


def keep_safeguarding(subject: Any, said: Said, by: User, at: datetime) -> None:
    Safeguarding.objects.create(case=subject.folder, recorded_by=by, recorded_at=at, **said)


def restrict_folder(subject: Any, said: Said, by: User, at: datetime) -> None:
    restrict(case=subject.folder, by=by)
    restrict_beside(case=subject.folder, by=by, at=at)


def shut_out(subject: Any, said: Said, by: User, at: datetime) -> None:
    """Shut somebody out; once is enough, so a second time changes nothing."""
    keep_out(subject, said["person"], said["reason"], by, at)
    shut_out_beside(case=subject.folder, person=said["person"], by=by, at=at)


def step_away(subject: Any, said: Said, by: User, at: datetime) -> None:
    keep_out(subject, by, said["reason"], by, at)
    shut_out_beside(case=subject.folder, person=by, by=by, at=at, step="step-away")


def keep_out(subject: Any, person: User, reason: str, by: User, at: datetime) -> None:
    kept = {"reason": reason, "recorded_by": by, "recorded_at": at}
    ShutOut.objects.get_or_create(case=subject.folder, person=person, lifted_at=None, defaults=kept)


# fmt: off
SAFETY: tuple[Step, ...] = (
    Step("unsafe",       "Say that somebody is unsafe now",  ANY, STAYS, CAREFUL | SYSTEM,     UnsafeNow,       effect=report_unsafe,     done="Unsafe now reported"),
    Step("safe",         "Say that everyone is safe",        ANY, STAYS, CAREFUL,              EverybodySafe,   when=unsafe_now, effect=answer_safe, done="Everyone said to be safe"),
    Step("safeguard",    "Record what made somebody safer",  ANY, STAYS, CAREFUL,              MadeSafer,       effect=keep_safeguarding, done="Safeguarding recorded"),
    Step("safe-contact", "Set how to make contact safely",   ANY, STAYS, CAREFUL,              SafeWays,        effect=keep_safe_contact, done="Safe contact set"),
    Step("still-safe",   "Say that safe contact is right still", ANY, STAYS, CAREFUL,          StillRight,      when=contact_is_set, effect=confirm_safe_contact, done="Safe contact confirmed"),
    Step("warn",         "Add a safety warning",             ANY, STAYS, CAREFUL,              DangerAtTheDoor, effect=keep_warning,      done="Safety warning added"),
    Step("restrict",     "Restrict this case",               ANY, STAYS, SHUTS, Reason,        effect=restrict_folder, done="Case restricted to people named"),
    Step("shut-out",     "Shut somebody out of this case",   ANY, STAYS, SHUTS, ShutOutPerson, effect=shut_out, done="Somebody was shut out"),
    Step("step-away",    "Tell us that you know a party",    ANY, STAYS, CAREFUL,              Reason,          effect=step_away,         done="Somebody stepped away"),
)
# fmt: on
