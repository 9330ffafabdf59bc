"""What the page of questions shows. No number of Yes answers is in here before the reasons are saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Involvement
from cases.panels.dangers import dangers_of
from cases.templatetags.case_words import band_of
from people.services import names_for
from risk.models import DEFINITIONS, Answer, Assessment, Grade, RiskDecision, Row
from risk.panels import answers_of, ledger_of
from risk.services import Grading, grading_of
from risk.services.history import moment_of
from risk.steps import gaps, grade_lacking
from risk.views.lines import Typed, errors_of, grade_error_of, lines_of, parts_of, problems_of


@dataclass(frozen=True, slots=True)
class GradeChoice:
    """One grade to choose, or the sentence why it cannot be chosen."""

    grade: str
    label: str
    words: str
    refusal: str
    needs_why: bool
    chosen: bool


def dash_context(assessment: Assessment, user: User, typed: Typed) -> dict[str, Any]:
    """Everything the page needs; its queries do not grow with the questions."""
    now = timezone.now()
    grading = grading_of(assessment, user, at=now)
    decision = grading.decision_on(assessment)
    lines = lines_of(grading.rows, typed)
    wordless, unanswered = [line for line in lines if line.lacks_words], [line for line in lines if not line.value]
    no_grade = grade_lacking(decision, grading.counts, grading.limits)
    return {
        **_heading(assessment, user, grading),
        "assessment": assessment, "history": grading.history, "parts": parts_of(lines), "values": Answer.Value.choices,
        "answered": sum(bool(line.value) for line in lines), "total": len(lines),
        "wordless": wordless, "unanswered": unanswered,
        "reasons": typed.get("reasons", assessment.reasons),
        "why_below": typed.get("why_below", decision.why_below if decision else ""),
        "counts": grading.counts, "floor": grading.floor, "lowest": Grade(grading.floor.grade).label,
        "expected": grading.expected, "choices": _choices(grading, typed, decision), "decision": decision,
        "limits": grading.limits, "errors": errors_of(typed), "grade_error": grade_error_of(typed),
        "problems": problems_of(lines, typed, no_grade),
        "lacks": in_one([*gaps(len(unanswered), len(wordless)), no_grade]),
        "no_grade": no_grade, "seen": assessment.version,
        "saved_at": typed.saved_at or _last_saved(assessment, grading.rows),
    }  # fmt: skip


def in_one(sentences: Sequence[str]) -> str:
    """8 questions not answered, 2 answers need words, the grade is not set."""
    said = [sentence for sentence in sentences if sentence]
    return ", ".join(text if place == 0 else text[:1].lower() + text[1:] for place, text in enumerate(said))


def read_context(assessment: Assessment, user: User) -> dict[str, Any]:
    """The assessment as it stands, from what was kept with each answer; nothing can be changed."""
    now = timezone.now()
    grading = grading_of(assessment, user, at=now)
    ledger = ledger_of(assessment.case, user, now)
    return {
        **_heading(assessment, user, grading), "assessment": assessment, "history": grading.history,
        "answers": answers_of([assessment], now)[0], "decision": grading.decision_on(assessment), "ledger": ledger,
    }  # fmt: skip


def _heading(assessment: Assessment, user: User, grading: Grading) -> dict[str, Any]:
    case: Case = assessment.case
    newest: RiskDecision | None = grading.decisions[0] if grading.decisions else None
    identity = {
        "reference": case.reference, "url": case.get_absolute_url(), "name": _names(assessment, user),
        "grade": grading.current, "restricted": _("Restricted") if case.restricted else "",
        "back_url": reverse("record", args=["incident", assessment.incident_id]), "back_words": _("Back to sections"),
    }  # fmt: skip
    band = band_of(dangers_of(case))
    return {**band, "case": case, "identity": identity, "graded": newest, "happened": moment_of(assessment.incident)}


def _names(assessment: Assessment, user: User) -> str:
    """Who is harmed, and by whom: "Hannah Okoro and Daniel Reeve"."""
    parts = (Involvement.Part.VICTIM, Involvement.Part.SUSPECT)
    rows = assessment.incident.involvements.filter(struck_out_at__isnull=True, part__in=parts)
    people = list(rows.order_by("-part", "pk").values_list("person_id", flat=True))
    names = names_for(people, user)
    said = [names.get(person, _("Name not known")) for person in people]
    return _(" and ").join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _choices(grading: Grading, typed: Typed, decision: RiskDecision | None) -> list[GradeChoice]:
    chosen = typed.get("grade", decision.to_grade if decision else "")
    return [
        GradeChoice(
            grade.value, _(str(grade.label)), _(DEFINITIONS[grade]), _refusal(grading, grade, chosen),
            grading.needs_why(grade), grade == chosen and not grading.is_below(grade),
        )
        for grade in Grade
    ]  # fmt: skip


def _refusal(grading: Grading, grade: str, chosen: str) -> str:
    """Why a grade cannot be chosen; one that was chosen before its floor was known says so."""
    if not grading.is_below(grade):
        return ""
    said = _("Below the lowest grade allowed.")
    return f"{said} {_('You had chosen it.')}" if grade == chosen else said


def _last_saved(assessment: Assessment, rows: Sequence[Row]) -> Any:
    moments = [row.answer.answered_at for row in rows if row.answer]
    return max([*moments, *([assessment.reasons_at] if assessment.reasons_at else [])], default=None)
