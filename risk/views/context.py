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
from risk.contradictions import Contradiction
from risk.forms import explain_name
from risk.further import ASKS_HONOUR, TABLE, Opening
from risk.models import DEFINITIONS, Assessment, Grade, OnRecord, Option, RiskDecision, Row
from risk.panels import answers_of, ledger_of
from risk.services import (
    FurtherSet,
    Grading,
    contradictions_of,
    earlier_answers,
    further_sets,
    grading_of,
    on_record,
)
from risk.services.checking import to_mend
from risk.services.contradictions import contradictions_in
from risk.services.history import moment_of
from risk.services.points import points_shown
from risk.services.quality import newest_check
from risk.services.versions import out_of_use_words
from risk.steps import (
    contradictions_lacking,
    gaps,
    grade_lacking,
    honour_lacking,
    sets_lacking,
)
from risk.views.lines import Typed, errors_of, grade_error_of, lines_of, parts_of, problems_of
from workflow.forms.field import lower_first


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
    known = on_record(assessment, user)
    sets = further_sets(assessment, grading.rows, known.marks)
    lines = lines_of(grading.rows, typed, earlier_answers(assessment, grading.rows, user), _begins(assessment, sets))
    wordless, unanswered = [line for line in lines if line.lacks_words], [line for line in lines if not line.value]
    decision = grading.decision_on(assessment)
    no_grade = grade_lacking(decision, grading.counts, grading.limits) if assessment.is_graded else ""
    besides = _besides(assessment, grading, known, sets) if assessment.is_graded else _Besides()
    asks_of_honour = [row.number for row in grading.rows if row.question.key in ASKS_HONOUR]
    return {
        **_heading(assessment, user, grading), **_graded(assessment, grading, typed, decision),
        "assessment": assessment, "history": grading.history, "parts": parts_of(lines),
        "answered": sum(bool(line.value) for line in lines), "total": len(lines),
        "wordless": wordless, "unanswered": unanswered, "sets": sets,
        "opened": [one for one in sets if one.owed or one.assessment], "besides": besides, "keys": keys_of(grading.rows),
        "explanations": [(one, typed.get(explain_name(one.key), one.explained)) for one in besides.contradictions],
        "honour_asked": bool(asks_of_honour), "honour_numbers": asks_of_honour,
        "honour": typed.get("honour", assessment.honour_concern), "concerns": Assessment.Concern.choices,
        "honour_words": typed.get("honour_words", assessment.honour_words),
        "one_chance": grading.honour_feared, "errors": errors_of(typed),
        "problems": problems_of(lines, typed, no_grade, besides.problems),
        "lacks": in_one([*gaps(len(unanswered), len(wordless)), *besides.sentences, no_grade]),
        "to_mend": to_mend(assessment),  # what a supervisor marked
        "no_grade": no_grade, "seen": assessment.version,
        "saved_at": typed.saved_at or _last_saved(assessment, grading.rows),
    }  # fmt: skip


def _graded(assessment: Assessment, grading: Grading, typed: Typed, decision: RiskDecision | None) -> dict[str, Any]:
    """What the box of the grade shows."""
    return {
        "reasons": typed.get("reasons", assessment.reasons),
        "why_below": typed.get("why_below", decision.why_below if decision else ""),
        "counts": grading.counts, "floor": grading.floor, "lowest": Grade(grading.floor.grade).label,
        "expected": grading.expected, "choices": _choices(grading, typed, decision), "decision": decision,
        "limits": grading.limits, "grade_error": grade_error_of(typed), "points": points_shown(assessment, grading.rows),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Besides:
    """What the assessment asks beside its questions: (place on the page, sentence) for each thing that is missing."""

    contradictions: Sequence[Contradiction] = ()
    problems: Sequence[tuple[str, str]] = ()

    @property
    def sentences(self) -> list[str]:
        return list(dict.fromkeys(sentence for _place, sentence in self.problems if sentence))

    @property
    def elsewhere(self) -> bool:
        """Whether something is missing that no box of this page can say: a further set, a version out of use."""
        return any(sentence and place in ("further", "questions") for place, sentence in self.problems)


def _besides(assessment: Assessment, grading: Grading, known: OnRecord, sets: Sequence[FurtherSet]) -> _Besides:
    often = grading.limits["recorded_often"]
    standing = contradictions_in(assessment, grading.rows, known, often)
    unexplained = [one for one in standing if not one.explained]
    owed = [row.code for row in sets if row.owed and not row.is_done]
    first = explain_name(unexplained[0].key) if unexplained else ""
    old = out_of_use_words(assessment, known.version_ended, timezone.localdate(), grading.limits)
    return _Besides(
        standing,
        [
            ("id_honour", honour_lacking(assessment, grading.rows)),
            *(("further", sentence) for sentence in sets_lacking(owed)),
            (f"id_{first}", contradictions_lacking(len(unexplained))),
            ("questions", old),
        ],
    )


def _begins(assessment: Assessment, sets: Sequence[FurtherSet]) -> dict[str, Opening]:
    """By the key of the question that opens it, the set that may be begun from there: the gravest where there are two."""
    if not assessment.is_graded:
        return {}
    begun = {row.code for row in sets if row.assessment}
    wanted = [row for row in TABLE if row.owed and row.code not in begun]
    return {key: row for row in reversed(wanted) for key in row.questions}


def keys_of(rows: Sequence[Row]) -> list[Option]:
    """The keys that answer, each once, in the order in which the page first has them."""
    found: dict[str, Option] = {}
    for row in rows:
        for option in row.options:
            found.setdefault(option.key, option)
    return list(found.values())


def in_one(sentences: Sequence[str]) -> str:
    """8 questions not answered, 2 answers need words, S-DASH not done: a name in capitals keeps them."""
    said = [sentence for sentence in sentences if sentence]
    return ", ".join(
        text if place == 0 or not text[1:2].islower() else lower_first(text) for place, text in enumerate(said)
    )


def read_context(assessment: Assessment, user: User) -> dict[str, Any]:
    """The assessment as it stands, from what was kept with each answer; nothing can be changed."""
    now = timezone.now()
    grading = grading_of(assessment, user, at=now)
    ledger = ledger_of(assessment.case, user, now)
    return {
        **_heading(assessment, user, grading), "assessment": assessment, "history": grading.history,
        "answers": answers_of([assessment], now)[0], "decision": grading.decision_on(assessment), "ledger": ledger,
        "one_chance": grading.honour_feared, "points": points_shown(assessment, grading.rows),
        "contradictions": contradictions_of(assessment, user),
        "check": newest_check(assessment),
    }  # fmt: skip


def _heading(assessment: Assessment, user: User, grading: Grading) -> dict[str, Any]:
    case: Case = assessment.case
    newest: RiskDecision | None = grading.decisions[0] if grading.decisions else None
    identity = {
        "reference": case.reference, "url": case.get_absolute_url(), "name": _names(assessment, user),
        "grade": grading.current, "restricted": _("Restricted") if case.restricted else "",
        "back_url": _back(assessment), "back_words": _("Back to sections") if assessment.is_graded else _("Back to the DASH"),
    }  # fmt: skip
    band = band_of(dangers_of(case))
    return {**band, "case": case, "identity": identity, "graded": newest, "happened": moment_of(assessment.incident)}


def _back(assessment: Assessment) -> str:
    """The sections of the incident; from a further set the assessment that it follows."""
    if assessment.follows_id:
        return reverse("dash", args=[assessment.follows_id])
    return reverse("record", args=["incident", assessment.incident_id])


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
