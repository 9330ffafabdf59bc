"""Telling at once in danger, before a forum sits, and the forum’s word on it afterwards (A15)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models.answers import YesOrNo
from cases.steps.safety import unsafe_now
from dvds.forms.danger import ToldInDanger
from dvds.forms.deciding import Ratified
from dvds.models import CUMULATIVE, Application, Outcome, Ratification, Stage, Telling, TestAnswer, Undertaking
from dvds.models.telling import Reconsidered
from dvds.services.before_forum import end_of_day, meeting_of, people_of, see_no_more
from dvds.services.deciding import plan_in_force, recipients_in
from dvds.services.telling import is_under_the_plan, met
from dvds.steps.forum_guards import on_an_agenda, safety_plan_there
from dvds.steps.roles import CHAIR, IN_DANGER
from workflow.declare import STAYS, Step

Said = dict[str, Any]
S = Application.State
BEFORE_TELLING = (S.CHECKS, S.CHECKED, S.MEETING, S.MET, S.TRIAGED, S.ASSESSED, S.SIGNING, S.REFERRED, S.DEFERRED)
#: Where what was told in danger may be ratified: from then on until it is closed.
MAY_RATIFY = (*BEFORE_TELLING, S.TO_TELL, S.NOT_TO_TELL, S.TOLD, S.DECLINED, S.UNREACHABLE, S.INFORMED, S.CONCLUDING)
SAY_UNSAFE = "Not yet. Say first that somebody is unsafe now, so that safeguarding begins: this is for danger alone."


def to_ratify(application: Any) -> bool:
    """something was told in danger, and no forum has ratified it"""
    return Ratification.objects.standing().filter(application=application.pk, ratified_at__isnull=True).exists()


def somebody_unsafe(application: Any, user: User) -> str:
    """Guard: for danger alone; saying so begins safeguarding (I4)."""
    return "" if unsafe_now(application) else SAY_UNSAFE


def tell_in_danger(application: Any, said: Said, by: User, at: datetime) -> None:
    """Told before a forum sits: the three tests with their reasons, everything that a telling keeps, and a forum to ratify it."""
    (one,) = recipients_in(application, said)
    kept = {"case": application.case, "application": application, "recorded_by": by, "recorded_at": at}
    for test in CUMULATIVE:
        reason = said[f"{test.value.lower()}_reason"]
        TestAnswer.objects.create(stage=Stage.URGENT, test=test, answer=YesOrNo.YES, reason=reason, **kept)
    telling = Telling(emergency=True, state=Telling.State.TOLD, outcome=Outcome.EMERGENCY, **one, **kept)
    telling.plan = met(
        application, at=said["at"], place=said["place"], by=by, recorded_at=at, words="It was told at once, in danger.",
        under_plan=is_under_the_plan(telling),
    )  # fmt: skip
    for name in ("at", "place", "by_whom", "identity", "text", "advised", "response", "pack", "follow_up"):
        setattr(telling, name, said[name])
    telling.nothing_left, telling.safety_plan = YesOrNo.YES, plan_in_force(application)
    telling.why = f"{telling.why}\n{said['why_now']}"[:2000]
    telling.undertaking, telling.signature = said["promise"], said.get("signature") or ""
    if said["promise"] == Undertaking.REFUSED:
        telling.refused_because, telling.reconsidered = said["refused_because"], Reconsidered.TELL
        telling.reconsidered_because, telling.reconsidered_by = said["why_now"], by
    telling.save()
    if not to_ratify(application):
        Ratification.objects.create(**kept)
    application.told_at = min(filter(None, (application.told_at, said["at"])))


def ratify(application: Any, said: Said, by: User, at: datetime) -> None:
    """The forum’s word on it; all that waits is answered at once."""
    for row in Ratification.objects.standing().filter(application=application.pk, ratified_at__isnull=True):
        row.ratified_at, row.ratified, row.words = at, said["ratified"], said["words"]
        row.save(update_fields=["ratified_at", "ratified", "words"])
    if application.state not in (S.REFERRED, S.DEFERRED):
        leave_the_forum(application, at)


def leave_the_forum(application: Any, at: datetime) -> None:
    meeting = meeting_of(application)
    if meeting is not None and not to_ratify(application):
        see_no_more(application, people_of(meeting), end_of_day(at))


# fmt: off
AT_ONCE = (
    Step("tell-in-danger",  "Tell at once, in danger",               BEFORE_TELLING, STAYS,        IN_DANGER, ToldInDanger, guards=(somebody_unsafe, safety_plan_there), effect=tell_in_danger, done="Told at once, in danger"),
    Step("ratify",          "Record what the forum says of it",      MAY_RATIFY,    STAYS,         CHAIR, Ratified, when=to_ratify, guards=(on_an_agenda,), effect=ratify, done="What was told in danger came before the forum"),
)
# fmt: on
