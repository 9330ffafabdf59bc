"""THE TABLE of an assessment. The grade is a decision in a ledger of its own; the steps here write it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import FRONTLINE, SPECIALISTS, SUPERVISORS
from cases.services.consequences import raise_high_grade
from cases.steps import SAFETY
from risk.forms.evidence import ChosenGrade, HowAsked, RaisedGrade, ReasonsFirst, WhyStopped
from risk.models import (
    Answer,
    Assessment,
    Grade,
    InstrumentVersion,
    Limits,
    RiskDecision,
    RiskThreshold,
    Row,
    current_grades,
    rank,
    rows_of,
    rows_with,
)
from risk.models.grading import Counts, count, count_floor
from risk.services import decide, grading_of
from risk.services.history import day_of
from risk.services.page import write_answers
from workflow.beneath import rows_beneath
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Refusal, Refused

S = Assessment.State
Said = dict[str, Any]
DASH = "dash"
RAISING = FRONTLINE | SPECIALISTS | SUPERVISORS


def one_at_a_time(assessment: Assessment, user: User) -> str:
    others = Assessment.objects.standing().filter(
        incident=assessment.incident, instrument_version__instrument__code=DASH
    )
    return "You cannot do this. A DASH of this incident has been begun already." if others.exists() else ""


def reasons_are_saved(assessment: Assessment, user: User) -> str:
    return "" if assessment.reasons_at else "Not yet. Write and save your reasons first."


def not_highest_yet(assessment: Assessment, user: User) -> str:
    highest = current_grades([assessment.case_id]).get(assessment.case_id) == Grade.HIGH
    return "Not available. The grade is High already." if highest else ""


def begin(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    """On the version of the instrument in force that day, in London."""
    assessment.instrument_version = InstrumentVersion.objects.in_force(DASH, day_of(at))
    assessment.asked_how, assessment.asked_at = said["asked_how"], at


def stop(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    """The questions end, the assessment does not. What is left is marked where that was asked for."""
    assessment.stopped_code, assessment.stopped_words = said["stopped_code"], said["stopped_words"]
    assessment.stopped_at, assessment.recheck_at = at, said["recheck_at"]
    if said["fill"]:
        value = Answer.Value.DECLINED if assessment.was_refused else Answer.Value.NOT_ASKED
        left = [(row, (value, row.words or said["stopped_words"])) for row in rows_of(assessment) if not row.value]
        write_answers(assessment, left, by, at)


def keep_reasons(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    assessment.reasons, assessment.reasons_at, assessment.reasons_by = said["reasons"], at, by


def keep_grade(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    """Write the grade in the ledger. Refused below the lowest allowed, with the fact and the rule (R-11)."""
    grading = grading_of(assessment, by, at=at)
    if grading.is_below(said["grade"]):
        lowest = Grade(grading.floor.grade).label
        words = _("Not available. The lowest grade allowed is %(grade)s: %(because)s.")
        raise Refused(Refusal.GUARD, words % {"grade": _(str(lowest)), "because": _(grading.floor.because)})
    kind = RiskDecision.Kind.REGRADE if grading.decision_on(assessment) else RiskDecision.Kind.INITIAL
    decide(
        assessment, grading, grade=said["grade"], kind=kind, by=by, at=at, rationale=assessment.reasons,
        why_below=said["why_below"],
    )  # fmt: skip
    escalate(assessment, said["grade"], by, at)


def raise_grade(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    """Takes effect at once; judgement may always raise (R-11)."""
    grading = grading_of(assessment, by, at=at)
    decide(
        assessment, grading, grade=said["grade"], kind=RiskDecision.Kind.REVIEW, by=by, at=at, rationale=said["reason"]
    )
    escalate(assessment, said["grade"], by, at)


def escalate(assessment: Assessment, grade: str, by: User, at: datetime) -> None:
    """A high grade is looked at by an inspector, once for the assessment."""
    if grade == Grade.HIGH:
        raise_high_grade(assessment.case, by, at, assessment)


def make_void(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    """It stays readable and counts no longer, so that another may be begun. Its decisions stand in the ledger."""
    assessment.struck_out_at = at


def lacking(assessment: Assessment) -> list[str]:
    """What keeps the assessment from being sent, in sentences."""
    if assessment.struck_out_at:
        return []
    held = rows_beneath(assessment, {Answer: "assessment", RiskDecision: "assessment"})
    rows = rows_with(assessment, held[Answer])
    said = gaps(sum(not row.value for row in rows), sum(row.lacks_words for row in rows))
    last = max(held[RiskDecision], key=lambda row: (row.at, row.pk), default=None)
    counts = count(rows) if last and is_counted(rows) else None
    limits = RiskThreshold.objects.in_force(timezone.localdate())
    return [sentence for sentence in (*said, grade_lacking(last, counts, limits)) if sentence]


def is_counted(rows: list[Row]) -> bool:
    """Whether a number exists for the instrument of these questions."""
    return bool(rows) and rows[0].question.version.scoring == InstrumentVersion.Scoring.COUNT


def gaps(unanswered: int, wordless: int) -> list[str]:
    """How many answers and how many words are missing, in the sentences of the page and the task list alike."""
    asked = ngettext("%(count)s question not answered", "%(count)s questions not answered", unanswered)
    words = ngettext("%(count)s answer needs words", "%(count)s answers need words", wordless)
    return [
        asked % {"count": unanswered} if unanswered else "",
        words % {"count": wordless} if wordless else "",
    ]


def grade_lacking(last: RiskDecision | None, counts: Counts | None, limits: Limits) -> str:
    """Nothing graded, or answers changed since so that the grade lies below what they now allow by their count."""
    if last is None:
        return "The grade is not set"
    below = counts is not None and rank(last.to_grade) < rank(count_floor(counts, limits).grade)
    return "The grade is below the lowest allowed now: set it again" if below else ""


# fmt: off
ASSESSMENT = Workflow("assessment", Assessment, S,
    Step("begin",   "Begin the DASH",                     NEW,        S.STANDING, FRONTLINE,   HowAsked,     guards=(one_at_a_time,),     effect=begin,        done="DASH begun"),
    Step("ask",     "Change how it was asked",            S.STANDING, STAYS,      FRONTLINE,   HowAsked,     done="How the DASH was asked was changed"),
    Step("stop",    "The victim does not want to go on",  S.STANDING, STAYS,      FRONTLINE,   WhyStopped,   effect=stop,                 done="The questions of the DASH stopped"),
    Step("reasons", "Save reasons and show the count",    S.STANDING, STAYS,      FRONTLINE,   ReasonsFirst, effect=keep_reasons,         done="Reasons for the grade saved"),
    Step("grade",   "Set the grade",                      S.STANDING, STAYS,      FRONTLINE,   ChosenGrade,  guards=(reasons_are_saved,), effect=keep_grade,   done="Grade set"),
    Step("raise",   "Raise the grade",                    ANY,        STAYS,      RAISING,     RaisedGrade,  guards=(not_highest_yet,),   effect=raise_grade,  done="Grade raised"),
    Step("void",    "Make this DASH void",                S.STANDING, S.VOID,     SUPERVISORS, effect=make_void,            done="DASH made void"),
    *SAFETY,
    label="DASH", part_of="incident", needs_one=True, begins_at="dash-begin", incomplete=lacking,
    editable={S.STANDING: FRONTLINE}, finished=(S.VOID,),
)
# fmt: on
