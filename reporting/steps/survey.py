"""THE TABLES of a survey: consent said and taken back; somebody drawn, asked by a safe way, or not asked (S0-029, S3-015)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import SYSTEM
from cases.models import Case, UnsafeReport
from cases.models.answers import YesOrNo
from cases.steps.safety import SAFETY
from reporting.feedback.gates import agreed, by_its_caller, nobody_unsafe, not_held, not_their_own_work, tried
from reporting.feedback.people import DECIDERS, HEARS_CONSENT, SURVEYORS
from reporting.feedback.saying import answers_in
from reporting.forms.survey import Agreeing, Answered, AttemptMade, CalledOff, Declining, NotSafe, Pressed, TakenBack
from reporting.models import Survey, SurveyAnswer, SurveyAttempt, SurveyConsent
from reporting.models.feedback import Unasked
from workflow import engine
from workflow.declare import NEW, STAYS, Step, Workflow, in_a_folder
from workflow.engine import keep_said

Said = dict[str, Any]
C, S = SurveyConsent.State, Survey.State


def of_an_investigation(consent: Any, user: User) -> str:
    """Guard: surveys are of investigations; a conference or a consideration is not spoken of."""
    return "" if consent.case.kind == Case.Kind.INVESTIGATION else "Not available here. Record it on the investigation."


def keep_consent(consent: Any, said: Said, by: User, at: datetime) -> None:
    consent.person_id, consent.said_at, consent.words = said["person"], said["said_at"], said["words"]


def keep_taken_back(consent: Any, said: Said, by: User, at: datetime) -> None:
    consent.said_at = at
    consent.words = said["words"] or consent.words


def as_drawn(survey: Any, said: Said, by: User, at: datetime) -> None:
    """The draw has said who, for which stage, with which questions."""


def take_on(survey: Any, said: Said, by: User, at: datetime) -> None:
    survey.caller = by


def kept(survey: Any, by: User, at: datetime) -> dict[str, Any]:
    return {"case": survey.case, "survey": survey, "recorded_by": by, "recorded_at": at}


def keep_attempt(survey: Any, said: Said, by: User, at: datetime) -> None:
    SurveyAttempt.objects.create(**kept(survey, by, at), **said)


def keep_answers(survey: Any, said: Said, by: User, at: datetime) -> None:
    """Every answer as it was given. A danger that was spoken of opens safeguarding in the same act (I4)."""
    for row in answers_in(survey.questionnaire.asked_of(survey.stage), said):
        SurveyAnswer.objects.create(**kept(survey, by, at), **row)
    keep_said(survey, {name: said[name] for name in ("way", "words", "danger", "danger_words")}, by, at)
    survey.asked_at, survey.ended_at = said["at"], at
    if said["danger"] == YesOrNo.YES:
        raise_danger(survey, said["danger_words"], by, at)


def raise_danger(survey: Any, what: str, by: User, at: datetime) -> None:
    """Said by the act that every case has, so that its clock runs and a sergeant hears it; nothing where it stands already."""
    if not UnsafeReport.objects.filter(case=survey.case_id, answered_at__isnull=True).exists():
        engine.perform(survey.case, "unsafe", by=by, evidence={"what": what[:2000]}, at=at)


def keep_declined(survey: Any, said: Said, by: User, at: datetime) -> None:
    survey.asked_at, survey.ended_at, survey.way = said["at"], at, said["way"]
    survey.declined_because = said["declined_because"]


def keep_unsafe(survey: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(survey, said, by, at)
    survey.ended_at = at
    if said["unsafe_why"] == Unasked.DANGER:
        raise_danger(survey, said["unsafe_words"], by, at)


def keep_ended(survey: Any, said: Said, by: User, at: datetime) -> None:
    survey.ended_at, survey.ended_because = at, said["reason"]


# fmt: off
CONSENT = Workflow("survey-consent", SurveyConsent, C,
    Step("agree",    "Record that they agree to be asked how we did", NEW, C.GIVEN,  HEARS_CONSENT, Agreeing, guards=(in_a_folder, of_an_investigation), effect=keep_consent, done="Agreed to be asked how the police did"),
    Step("refuse",   "Record that they do not want to be asked",      NEW, C.REFUSED, HEARS_CONSENT, Agreeing, guards=(in_a_folder, of_an_investigation), effect=keep_consent, done="Did not want to be asked how the police did"),
    Step("withdraw", "They do not agree any more",                    C.GIVEN, C.WITHDRAWN, HEARS_CONSENT | SURVEYORS, TakenBack, effect=keep_taken_back, done="Does not agree any more to be asked how the police did"),
    *SAFETY,
    label="consent to a survey", finished=set(C),
)

#: Whoever asks is named, did not work on it, and asks nobody who is in danger or does not agree.
ASKING = (agreed, nobody_unsafe, not_held, not_their_own_work, by_its_caller)

SURVEY = Workflow("survey", Survey, S,
    Step("draw",     "Draw somebody to be asked",     NEW,     S.DRAWN,       SYSTEM,    Pressed,     guards=(in_a_folder,), effect=as_drawn, done="Drawn to be asked how the police did"),
    Step("take",     "I will ask them",               S.DRAWN, STAYS,         SURVEYORS, Pressed,     guards=(not_their_own_work,), effect=take_on, done="Somebody said that they will ask"),
    Step("attempt",  "Record an attempt",             S.DRAWN, STAYS,         SURVEYORS, AttemptMade, guards=ASKING, effect=keep_attempt,  done="Attempt to ask how the police did"),
    Step("answer",   "Record their answers",          S.DRAWN, S.ANSWERED,    SURVEYORS, Answered,    guards=ASKING, effect=keep_answers,  done="Was asked how the police did"),
    Step("decline",  "They do not want to answer",    S.DRAWN, S.DECLINED,    SURVEYORS, Declining,   guards=(not_their_own_work, by_its_caller), effect=keep_declined, done="Did not want to say how the police did"),
    Step("not-safe", "It is not safe to ask them",    S.DRAWN, S.NOT_SAFE,    SURVEYORS, NotSafe,     effect=keep_unsafe,   done="Not safe to ask how the police did"),
    Step("give-up",  "They cannot be reached",        S.DRAWN, S.NOT_REACHED, SURVEYORS, CalledOff,   guards=(tried,), effect=keep_ended, done="Could not be asked how the police did"),
    Step("call-off", "Call it off",                   S.DRAWN, S.CALLED_OFF,  SURVEYORS | DECIDERS | SYSTEM, CalledOff, effect=keep_ended, done="Survey called off"),
    *SAFETY,
    label="survey", finished=set(S),  # a survey keeps no case open
)
# fmt: on
