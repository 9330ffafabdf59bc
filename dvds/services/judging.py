"""What judging does: the risk kept in versions, the meeting, the assessment, agencies, the category (A3-A6, N3, N4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.services.tasks import raise_task
from cases.steps.safety import unsafe_now
from dvds.forms.assessing import plan_of
from dvds.models import (
    AgencyAsked,
    Application,
    Categorised,
    Category,
    ContactHow,
    ContactResult,
    FaceToFace,
    FullAssessment,
    Outcome,
    Triage,
)
from dvds.services.beneath import keep
from dvds.services.concluding import keep_end
from dvds.services.contact import keep_attempt
from dvds.services.renewed import judged, something_new
from risk.models import Grade
from workflow import engine

Said = dict[str, Any]
REFER = "refer_high"
HIGH = "The risk was judged high."
TOLD_BY_AGENCY = N_("A partner agency answered.")


def keep_triage(application: Any, said: Said, by: User, at: datetime) -> None:
    """A new version of the judgement; those before it stay as they were (S3-219)."""
    keep(Triage, application, by, at, **said)
    judged(application, said["grade"], at)


def keep_first_judgement(application: Any, said: Said, by: User, at: datetime) -> None:
    """Of information that nobody asked about: how far it may be believed stands with it (S3-239)."""
    application.source_grade, application.information_grade = said["source_grade"], said["information_grade"]
    keep_triage(application, said, by, at)


def keep_judged_again(application: Any, said: Said, by: User, at: datetime) -> None:
    """Where somebody is in danger now, safeguarding starts in the same act, and every step onward waits for it (I4)."""
    keep_triage(application, said, by, at)
    if said["immediate"] == "yes" and not unsafe_now(application):
        engine.perform(application.case, "unsafe", by=by, evidence={"what": said["judged"][:2000]}, at=at)


def keep_new(application: Any, said: Said, by: User, at: datetime) -> None:
    something_new(application, said["what"], by, at)


def keep_stop(application: Any, said: Said, by: User, at: datetime) -> None:
    """The support that was given stands before anything ends (I9)."""
    application.support_given, application.support_words = said["support_given"], said["support_words"]
    application.stopped_as, application.stop_pack = said["stopped_as"], said["stop_pack"]
    more = "\n".join(part for part in (said["options"], said.get("tried") or "") if part)
    keep_triage(application, {**said, "options": more[:4000]}, by, at)


def forget_stop(application: Any, said: Said, by: User, at: datetime) -> None:
    application.stopped_as = application.stop_pack = ""


def keep_stopped(application: Any, said: Said, by: User, at: datetime) -> None:
    application.outcome = Outcome(application.stopped_as)
    keep_end(application, at)


def keep_meeting(application: Any, said: Said, by: User, at: datetime) -> None:
    """A meeting is contact: within the plan that was in force when it was held, or with leave (I1). Raises Refused."""
    allowed = {} if said["identity"] else {"allowed_by": by}
    contact = {
        "made_at": said["held_at"], "how": ContactHow.IN_PERSON, "where": said["place"], "result": ContactResult.CAME,
        "words": "",
    }  # fmt: skip
    attempt = keep_attempt(application, contact, by, at)
    keep(FaceToFace, application, by, at, **{**said, "plan": attempt.plan, "asked_as": application.asks_as, **allowed})


def keep_assessment(application: Any, said: Said, by: User, at: datetime) -> None:
    keep(FullAssessment, application, by, at, **said)
    judged(application, said["grade"], at)


def keep_asked(application: Any, said: Said, by: User, at: datetime) -> None:
    keep(AgencyAsked, application, by, at, **{name: value for name, value in said.items() if value is not None})


def keep_answer(application: Any, said: Said, by: User, at: datetime) -> None:
    """What an agency says after the risk was judged is weighed again (I7)."""
    asked = said["asked"]
    asked.answered_at, asked.answer = said["answered_at"], said["answer"]
    asked.save(update_fields=["answered_at", "answer"])
    something_new(application, TOLD_BY_AGENCY, by, at)


def keep_category(application: Any, said: Said, by: User, at: datetime) -> None:
    """What the police propose; the safety plan of a concern is the one in force, or the one being written."""
    concern = said["category"] == Category.CONCERN
    plan = plan_of(application) if concern else None
    row = {name: value for name, value in said.items() if name != "safety_plan"}
    keep(Categorised, application, by, at, **{**row, "safety_plan": plan})


def keep_signed(application: Any, said: Said, by: User, at: datetime) -> None:
    """It goes to the forum; a high risk goes to the conference as well."""
    if application.risk == Grade.HIGH:
        raise_task(case=application.case, kind=REFER, why=HIGH, by=by, at=at, once=True)


def newest_category(application: Application) -> Categorised | None:
    """What the police propose now. Index: categorised_of_application."""
    found: Categorised | None = Categorised.objects.standing().filter(application=application).order_by("-pk").first()
    return found
