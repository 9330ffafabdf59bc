"""THE TABLE of an assessment. The grade is a decision in a ledger of its own; the steps here write it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import FRONTLINE, SPECIALISTS, SUPERVISORS, SYSTEM
from cases.services.consequences import raise_high_grade
from cases.steps import SAFETY
from risk.contradictions import contradictions
from risk.forms.evidence import ChosenGrade, FurtherSetBegun, HowAsked, RaisedGrade, ReasonsFirst, WhyStopped
from risk.forms.quality import quality_form
from risk.further import OPENINGS, asks_honour
from risk.models import (
    Answer,
    Assessment,
    Explanation,
    Grade,
    InstrumentUse,
    InstrumentVersion,
    Limits,
    QualityCheck,
    RiskDecision,
    RiskThreshold,
    Row,
    current_grades,
    rank,
    rows_of,
    rows_with,
)
from risk.models.grading import Counts, count, count_floor
from risk.services import decide, grading_of, refuse_below
from risk.services.further import not_begun
from risk.services.history import day_of
from risk.services.page import write_answers
from risk.services.quality import keep_check
from risk.services.records import on_record
from risk.services.versions import out_of_use_words
from risk.steps_lower import DOWNGRADE
from risk.steps_of_actions import PLAN_ACTION
from risk.steps_of_plans import SAFETY_PLAN
from risk.steps_review import REASSESSMENT
from workflow import engine
from workflow.approvals import written_by
from workflow.beneath import rows_beneath
from workflow.declare import ANY, NEW, STAYS, Step, Workflow, in_a_folder
from workflow.models import Refusal, Refused

__all__ = ["ASSESSMENT", "DOWNGRADE", "PLAN_ACTION", "REASSESSMENT", "SAFETY_PLAN"]

S = Assessment.State
VOID_WITH = "The assessment that it follows was made void."
Said = dict[str, Any]
RAISING = FRONTLINE | SPECIALISTS | SUPERVISORS


def one_at_a_time(assessment: Assessment, user: User) -> str:
    others = Assessment.objects.standing().filter(incident=assessment.incident, follows__isnull=True)
    return "You cannot do this. A DASH of this incident has been begun already." if others.exists() else ""


def reasons_are_saved(assessment: Assessment, user: User) -> str:
    return "" if assessment.reasons_at else "Not yet. Write and save your reasons first."


def not_highest_yet(assessment: Assessment, user: User) -> str:
    highest = current_grades([assessment.case_id]).get(assessment.case_id) == Grade.HIGH
    return "Not available. The grade is High already." if highest else ""


def graded_here(assessment: Assessment, user: User) -> str:
    """Guard: a grade is set on the assessment that the further sets follow."""
    return "" if assessment.is_graded else "Not available. The grade is set on the assessment that this set follows."


def begin(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    """On the version in force that day, in London, of the instrument that the unit uses."""
    code = InstrumentUse.objects.code_for(assessment.case.unit, day_of(at))
    assessment.instrument_version = InstrumentVersion.objects.in_force(code, day_of(at))
    assessment.asked_how, assessment.asked_at = said["asked_how"], at


def follow(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    """A further set beneath the assessment of the same incident, asked in the same way; one of each set."""
    sets = Assessment.objects.standing().filter(incident=assessment.incident)
    above = sets.filter(follows__isnull=True).order_by("-pk").first()
    if above is None:
        raise Refused(Refusal.GUARD, _("Not yet. Begin the DASH of this incident first."))
    if sets.filter(instrument_version__instrument__code=said["code"]).exists():
        raise Refused(Refusal.GUARD, _("You cannot do this. This set of the incident has been begun already."))
    assessment.follows, assessment.asked_how, assessment.asked_at = above, above.asked_how, at
    assessment.instrument_version = InstrumentVersion.objects.in_force(said["code"], day_of(at))


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
    refuse_below(grading, said["grade"])
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
    """It stays readable and counts no longer, so that another may be begun; so does what follows it, whose answers are
    offered again. Its decisions stand in the ledger.
    """
    assessment.struck_out_at = at
    for row in Assessment.objects.standing().filter(follows=assessment.pk):
        said = {"reason": VOID_WITH}
        engine.perform(row, "void-with", by=User.objects.system(), evidence=said, seen=row.version, at=at)


def strike(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    assessment.struck_out_at = at


def is_out_of_use(assessment: Assessment) -> bool:
    """its version went out of use longer ago than a draft may take"""
    if not assessment.is_graded:
        return False
    today = timezone.localdate()
    ended = on_record(assessment).version_ended
    return bool(out_of_use_words(assessment, ended, today, RiskThreshold.objects.in_force(today)))


def follows_another(assessment: Assessment) -> bool:
    """it follows another assessment"""
    return not assessment.is_graded


def checked_by_another(assessment: Assessment, user: User) -> str:
    """Nobody checks what they wrote themselves, not after a change of role either (B.8)."""
    own = assessment.recorded_by_id == user.pk or written_by(assessment, user).exists()
    return "You cannot do this. You wrote part of it, so somebody else must check it." if own else ""


def keep_quality(assessment: Assessment, said: Said, by: User, at: datetime) -> None:
    keep_check(QualityCheck.Kind.DASH, assessment, said, by, at)


def lacking(assessment: Assessment) -> list[str]:
    """What keeps the assessment from being sent, in sentences."""
    if assessment.struck_out_at:
        return []
    beneath = {Answer: "assessment", RiskDecision: "assessment", Explanation: "assessment"}
    held = rows_beneath(assessment, beneath)
    rows = rows_with(assessment, held[Answer])
    said = gaps(sum(not row.value for row in rows), sum(row.lacks_words for row in rows))
    if not assessment.is_graded:
        name = _(str(rows[0].question.version.instrument))
        return [f"{name}: {sentence}" for sentence in said if sentence]
    last = max(held[RiskDecision], key=lambda row: (row.at, row.pk), default=None)
    counts = count(rows) if last and is_counted(rows) else None
    limits = RiskThreshold.objects.in_force(timezone.localdate())
    besides = besides_lacking(assessment, rows, held[Explanation], limits)
    return [sentence for sentence in (*said, *besides, grade_lacking(last, counts, limits)) if sentence]


def besides_lacking(
    assessment: Assessment, rows: list[Row], explanations: list[Explanation], limits: Limits
) -> list[str]:
    """Further sets that are owed, contradictions that nobody explained, honour that nobody spoke of, an old version."""
    known = on_record(assessment)
    standing = contradictions(rows, known, limits["recorded_often"], explanations, _)
    return [
        *sets_lacking([row.code for row in not_begun(rows, assessment, known)]),
        contradictions_lacking(sum(not one.explained for one in standing)),
        honour_lacking(assessment, rows),
        out_of_use_words(assessment, known.version_ended, timezone.localdate(), limits),
    ]


def sets_lacking(codes: list[str]) -> list[str]:
    return [_("%(name)s not done") % {"name": _(OPENINGS[code].name)} for code in codes]


def contradictions_lacking(number: int) -> str:
    words = ngettext("%(count)s contradiction not explained", "%(count)s contradictions not explained", number)
    return words % {"count": number} if number else ""


def honour_lacking(assessment: Assessment, rows: Sequence[Row]) -> str:
    """Yes to being cut off, controlled or afraid of others asks whether honour is feared; yes to that asks for words."""
    if not assessment.honour_concern:
        return _("Say whether so-called honour is feared") if asks_honour(rows) else ""
    feared = assessment.honour_concern == Assessment.Concern.YES
    return _("Say what is feared for honour, and from whom") if feared and not assessment.honour_words.strip() else ""


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
    Step("follow",  "Begin a further set",                NEW,        S.STANDING, FRONTLINE,   FurtherSetBegun, guards=(in_a_folder,),     effect=follow,       done="Further set begun"),
    Step("ask",     "Change how it was asked",            S.STANDING, STAYS,      FRONTLINE,   HowAsked,     done="How the DASH was asked was changed"),
    Step("stop",    "The victim does not want to go on",  S.STANDING, STAYS,      FRONTLINE,   WhyStopped,   effect=stop,                 done="The questions of the DASH stopped"),
    Step("reasons", "Save reasons and show the count",    S.STANDING, STAYS,      FRONTLINE,   ReasonsFirst, guards=(graded_here,), effect=keep_reasons,         done="Reasons for the grade saved"),
    Step("grade",   "Set the grade",                      S.STANDING, STAYS,      FRONTLINE,   ChosenGrade,  guards=(graded_here, reasons_are_saved), effect=keep_grade,   done="Grade set"),
    Step("raise",   "Raise the grade",                    ANY,        STAYS,      RAISING,     RaisedGrade,  guards=(graded_here, not_highest_yet), effect=raise_grade,  done="Grade raised"),
    Step("check",   "Save the quality check",             S.STANDING, STAYS,      SUPERVISORS, quality_form(QualityCheck.Kind.DASH), guards=(checked_by_another,), effect=keep_quality, done="Quality of the DASH checked", unsealed=True),
    Step("void",    "Make this DASH void",                S.STANDING, S.VOID,     SUPERVISORS, effect=make_void,            done="DASH made void"),
    Step("restart", "Begin again on the version in use",  S.STANDING, S.VOID,     FRONTLINE,   when=is_out_of_use, effect=make_void,      done="DASH begun again on a newer version"),
    Step("void-with", "Make this set void with its DASH", S.STANDING, S.VOID,     SYSTEM,      when=follows_another, effect=strike,       done="Further set made void"),
    *SAFETY,
    label="DASH", part_of="incident", needs_one=True, begins_at="dash-begin", incomplete=lacking,
    editable={S.STANDING: FRONTLINE}, finished=(S.VOID,),
)
# fmt: on
