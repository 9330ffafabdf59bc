"""THE TABLES of what is asked: an edition written, put in use, ended; how many are drawn each month (S0-029, S3-015)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from reporting.feedback.people import DECIDERS, KEEPERS, unit_of
from reporting.feedback.shipped import SHIPPED
from reporting.forms.questionnaire import Held, NewEdition, OneQuestion, QuestionDropped, SampleSet
from reporting.models import Questionnaire, SampleRule, SurveyQuestion
from reporting.models.feedback import OF_THE_HARMED, Audience, Stage
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.engine import keep_said
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S, R = Questionnaire.State, SampleRule.State
BEING_WRITTEN = "Not available. Another edition of this questionnaire is being written. Finish that one first."
NOT_YOUR_UNIT = "Your role does not reach that unit. Name a unit of yours, or ask an administrator."
SET_ALREADY = "Not available. A sample of this stage draws for that unit already. End it first, so that its numbers stay on record."


def keep_edition(edition: Any, said: Said, by: User, at: datetime) -> None:
    """The next edition, with the questions of the one before it. Raises Refused while another is being written."""
    before = Questionnaire.objects.filter(audience=said["audience"])
    if before.filter(state=S.DRAFT).exists():
        raise Refused(Refusal.GUARD, BEING_WRITTEN)
    edition.unit = unit_of(by, KEEPERS, at)
    keep_said(edition, said, by, at)
    last = before.order_by("-edition").first()
    edition.edition = (last.edition if last else 0) + 1
    edition.save()
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(questionnaire=edition, stage=stage, asks=asks, words=words, scored=scored, place=place)
        for place, (stage, asks, words, scored) in enumerate(questions_of(last, said["audience"]), start=1)
    )


def questions_of(last: Any, audience: str) -> Any:
    """The questions of the edition before; of none, those shipped."""
    if last is None:
        return SHIPPED[audience]
    rows = last.questions.filter(dropped_at__isnull=True).order_by("place", "pk")
    return rows.values_list("stage", "asks", "words", "scored")


def keep_question(edition: Any, said: Said, by: User, at: datetime) -> None:
    last = edition.questions.aggregate(last=Max("place"))["last"] or 0
    row = {name: said[name] for name in ("stage", "asks", "words", "scored")}
    SurveyQuestion.objects.create(questionnaire=edition, place=last + 1, **row)


def drop_question(edition: Any, said: Said, by: User, at: datetime) -> None:
    row = edition.questions.get(pk=said["question"])
    row.dropped_at, row.scored = at, False
    row.save(update_fields=["dropped_at", "scored"])


def each_stage_has_its_score(edition: Any, user: User) -> str:
    """Guard: every stage that people are asked about has the question whose answer is its score."""
    stages = [Stage.TOGETHER] if edition.audience == Audience.PARTNER else OF_THE_HARMED
    scored = set(edition.questions.filter(scored=True, dropped_at__isnull=True).values_list("stage", flat=True))
    lacking = [_(str(stage.label)) for stage in stages if stage not in scored]
    if not lacking:
        return ""
    return _("Not yet. No question is scored for: %(stages)s.") % {"stages": ", ".join(lacking)}


def by_another(edition: Any, user: User) -> str:
    """Guard: whoever wrote it does not put it in use."""
    return "You wrote it, so somebody else must put it in use." if edition.recorded_by_id == user.pk else ""


def put_in_use(edition: Any, said: Said, by: User, at: datetime) -> None:
    """The edition before it has ended: the next step of that record, taken first."""
    edition.used_from = at


def none_in_use(edition: Any, user: User) -> str:
    """Guard: one edition at a time, so that nobody wonders which was asked."""
    in_use = Questionnaire.objects.filter(audience=edition.audience, state=S.IN_USE)
    return "Not yet. Another edition is in use: end that one first." if in_use.exists() else ""


def keep_ended(record: Any, said: Said, by: User, at: datetime) -> None:
    record.ended_at = at


def hold(edition: Any, said: Said, by: User, at: datetime) -> None:
    edition.held_at = edition.held_at or at


def ask_again(edition: Any, said: Said, by: User, at: datetime) -> None:
    edition.held_at = None


def is_held(edition: Any) -> bool:
    """nobody is asked with it now"""
    return edition.held_at is not None


def keep_sample(rule: Any, said: Said, by: User, at: datetime) -> None:
    """Raises Refused where the role does not reach the unit, or a sample of the stage draws there."""
    rule.unit = said["runs"]
    if not by.holds(DECIDERS, rule.unit, at):
        raise Refused(Refusal.ROLE, NOT_YOUR_UNIT)
    if SampleRule.objects.filter(unit=rule.unit, stage=said["stage"], state=R.WORKING).exists():
        raise Refused(Refusal.GUARD, SET_ALREADY)
    keep_said(rule, said, by, at)


def pause(rule: Any, said: Said, by: User, at: datetime) -> None:
    rule.paused_at = rule.paused_at or at


def resume(rule: Any, said: Said, by: User, at: datetime) -> None:
    rule.paused_at = None


def is_paused(rule: Any) -> bool:
    """it draws nobody now"""
    return rule.paused_at is not None and rule.state == R.WORKING


# fmt: off
QUESTIONNAIRE = Workflow("questionnaire", Questionnaire, S,
    Step("draft",   "Write a new edition",            NEW,       S.DRAFT,  KEEPERS,  NewEdition,      effect=keep_edition,  done="Edition of a questionnaire begun"),
    Step("ask",     "Add a question",                 S.DRAFT,   STAYS,    KEEPERS,  OneQuestion,     effect=keep_question, done="Question added"),
    Step("drop",    "Drop a question",                S.DRAFT,   STAYS,    KEEPERS,  QuestionDropped, effect=drop_question, done="Question dropped"),
    Step("use",     "Put it in use",                  S.DRAFT,   S.IN_USE, DECIDERS, Reason,          guards=(each_stage_has_its_score, by_another, none_in_use), effect=put_in_use, done="Questionnaire put in use"),
    Step("end",     "Use it no longer",               (S.DRAFT, S.IN_USE), S.ENDED, DECIDERS, Reason, effect=keep_ended,    done="Questionnaire used no longer"),
    Step("hold",    "Ask nobody with it now",         ANY,       STAYS,    KEEPERS | DECIDERS, Held,  effect=hold,          done="Nobody is asked with the questionnaire"),
    Step("release", "Ask with it again",              S.IN_USE,  STAYS,    DECIDERS, Reason,          when=is_held, effect=ask_again, done="People are asked with the questionnaire again"),
    label="questionnaire", finished=(S.ENDED,),
)

SAMPLE = Workflow("sample", SampleRule, R,
    Step("set",     "Set a monthly sample",           NEW,       R.WORKING, DECIDERS, SampleSet,      effect=keep_sample,   done="Monthly sample set"),
    Step("pause",   "Draw nobody now",                ANY,       STAYS,     KEEPERS | DECIDERS, Reason, effect=pause, done="Monthly sample paused"),
    Step("resume",  "Draw again",                     R.WORKING, STAYS,     DECIDERS, Reason,         when=is_paused, effect=resume, done="Monthly sample resumed"),
    Step("end",     "End it",                         R.WORKING, R.ENDED,   DECIDERS, Reason,         effect=keep_ended,    done="Monthly sample ended"),
    label="monthly sample of surveys", finished=(R.ENDED,),
)
# fmt: on
