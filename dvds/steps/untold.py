"""Nothing is told: the applicant is informed in person, always in the same words; and the subject, never but by the forum (A9, I5)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models.answers import YesOrNo
from dvds.forms.concluding import Managed
from dvds.forms.untold import NotInformed, SaidNothing, SubjectInformed
from dvds.models import Application, NothingToTell, Wording
from dvds.models.at_forum import london_day
from dvds.services.concluding import keep_end
from dvds.services.deciding import last_decision
from dvds.services.telling import contact_lacks, met, subject_may_be_informed, tries_since
from dvds.steps.concluding import manage
from dvds.steps.held import nobody_unsafe
from dvds.steps.judging import asked, known
from dvds.steps.roles import SUPERVISOR, UNIT
from workflow.declare import STAYS, Step
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S = Application.State
TOLD_ONCE = "Not yet. The applicant was told something in danger: that is concluded without this visit."


def plan_says_all(application: Any, user: User) -> str:
    """Guard: nobody goes there without a place, a means and times (I1)."""
    return contact_lacks(application.case, timezone.now())


def told_nothing_yet(application: Any, user: User) -> str:
    """Guard: to whom something was told in danger it is not said that there is nothing."""
    return TOLD_ONCE if application.told_at is not None else ""


def inform(application: Any, said: Said, by: User, at: datetime) -> None:
    """Always the same words, taken from the rows: whether nothing is held, or it is not in proportion to tell (D6)."""
    decision = last_decision(application)
    if decision is not None and said["at"] < decision.decided_at:
        raise Refused(
            Refusal.GUARD, "They cannot have been informed before it was decided. Check the day and the time."
        )
    plan = met(
        application,
        at=said["at"],
        place=said["place"],
        by=by,
        recorded_at=at,
        words="The applicant was informed in person.",
    )
    words = Wording.objects.said_on(Wording.Code.NOTHING, london_day(said["at"])).words
    kept = {name: said[name] for name in ("at", "place", "by_whom", "pack", "concerns", "support")}
    NothingToTell.objects.create(
        case=application.case, application=application, plan=plan, words_used=words, no_absence=YesOrNo.YES, again=YesOrNo.YES,
        subject_not_told=YesOrNo.YES, recorded_by=by, recorded_at=at, **kept,
    )  # fmt: skip


def tried_to_inform(application: Any, user: User) -> str:
    """Guard: nobody is given up whom nobody tried to reach, unless something was told in danger."""
    if application.told_at is not None:
        return ""
    decision = last_decision(application)
    tried = tries_since(application, decision.decided_at if decision else None).exists()
    return "" if tried else "Not yet. No attempt to reach the applicant has been recorded since the decision."


# --- the subject


def forum_allowed_it(application: Any, user: User) -> str:
    """Guard: never where nothing was told, never but by the forum’s decision (I5)."""
    return subject_may_be_informed(application)


def keep_subject_informed(application: Any, said: Said, by: User, at: datetime) -> None:
    if application.told_at is None or said["at"] < application.told_at:
        raise Refused(Refusal.GUARD, "The subject is never informed before she is told. Check the day and the time.")
    decision = last_decision(application)
    because = decision.subject_because if decision else ""
    application.subject_told_at = said["at"]
    application.subject_told_because = f"{because}\n{said['measures']}"[:2000]


def not_informed_yet(application: Any) -> bool:
    """the subject has not been informed"""
    return application.subject_told_at is None


def conclude_untold(application: Any, said: Said, by: User, at: datetime) -> None:
    manage(application, said, by, at)


def conclude_uninformed(application: Any, said: Said, by: User, at: datetime) -> None:
    keep_end(application, at)


# fmt: off
UNTOLD = (
    Step("inform",          "Record that the applicant was informed", S.NOT_TO_TELL, S.INFORMED,   UNIT, SaidNothing, when=asked, guards=(nobody_unsafe, told_nothing_yet, plan_says_all), effect=inform, done="The applicant was informed in person"),
    Step("conclude-untold", "Go on to conclude it",                  S.NOT_TO_TELL, S.CONCLUDING,  UNIT, Managed, when=known, guards=(nobody_unsafe,), effect=conclude_untold, done="To be concluded"),
    Step("conclude-uninformed", "Conclude it: the applicant cannot be informed", S.NOT_TO_TELL, S.CONCLUDING, SUPERVISOR, NotInformed, when=asked, guards=(nobody_unsafe, tried_to_inform), effect=conclude_uninformed, done="To be concluded, the applicant could not be informed"),
    Step("inform-subject",  "Record that the subject was informed",  (S.TOLD, S.CONCLUDING), STAYS, SUPERVISOR, SubjectInformed, when=not_informed_yet, guards=(nobody_unsafe, forum_allowed_it), effect=keep_subject_informed, done="The subject was informed"),
)
# fmt: on
