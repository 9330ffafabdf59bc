"""Working out what a grade may be, and writing it in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from risk.models import Assessment, Grade, Limits, RiskDecision, RiskThreshold, Row, rank, rows_of
from risk.models.grading import (
    Counts,
    Expected,
    Floor,
    count,
    count_floor,
    expected,
    highest,
    history_floor,
    is_insufficient,
    refusal_floor,
    standing_floor,
)
from risk.services.history import History, day_of, history_of
from risk.services.honour import honour_floor, is_feared
from workflow.models import Refusal, Refused

#: A person who holds several roles decides in the first of these that they hold.
PRECEDENCE = ("da_specialist", "da_coordinator", "inspector", "sergeant", "investigator", "officer")


@dataclass(frozen=True, slots=True)
class Grading:
    """Everything a grade stands on. `counts` is None until the reasons are saved; no floor is made of it before."""

    rows: Sequence[Row]
    history: History
    limits: Limits
    decisions: Sequence[RiskDecision]  # of the case, newest first
    counts: Counts | None
    floor_of_facts: Floor  # of the count, the history and a refusal
    expected: Expected | None
    honour_feared: bool

    @property
    def floor(self) -> Floor:
        """The lowest that may be chosen now: that of the facts, or the grade that stands where it is graver."""
        return highest((self.floor_of_facts, standing_floor(self.current)))

    @property
    def current(self) -> str:
        """The case's grade now; "" before the first."""
        return self.decisions[0].to_grade if self.decisions else ""

    def decision_on(self, assessment: Assessment) -> RiskDecision | None:
        """The newest decision made on this assessment."""
        return next((row for row in self.decisions if row.assessment_id == assessment.pk), None)

    def is_below(self, grade: str) -> bool:
        return rank(grade) < rank(self.floor.grade)

    def needs_why(self, grade: str) -> bool:
        """Whether the grade is below what guidance expects, so that it takes words."""
        return self.expected is not None and rank(grade) < rank(self.expected.grade)


def grading_of(assessment: Assessment, user: User, *, at: datetime) -> Grading:
    """What this person may grade it at the moment (UTC). Counts only once the reasons are saved. Eight queries."""
    asked = rows_of(assessment)
    limits = RiskThreshold.objects.in_force(day_of(at))
    known = history_of(assessment.incident, user, months=limits["incident_months"])
    decisions = RiskDecision.objects.filter(case=assessment.case_id).select_related("decided_by").order_by("-at", "-pk")
    ledger = list(decisions)
    shown = assessment.is_counted and bool(assessment.reasons_at)
    counts = count(asked) if shown else None
    floors = [history_floor(known.incidents, limits), refusal_floor(assessment.was_refused, known.earlier)]
    feared = is_feared(assessment)
    if feared:
        floors.append(honour_floor(limits))
    if counts:
        floors.insert(0, count_floor(counts, limits))
    return Grading(asked, known, limits, ledger, counts, highest(floors), expected(asked), feared)


def refuse_below(grading: Grading, grade: str) -> None:
    """Raise Refused for a grade below the lowest allowed, with the fact and the rule (R-11)."""
    if grading.is_below(grade):
        lowest = {"grade": _(str(Grade(grading.floor.grade).label)), "because": _(grading.floor.because)}
        words = _("Not available. The lowest grade allowed is %(grade)s: %(because)s.")
        raise Refused(Refusal.GUARD, words % lowest)


def decide(
    assessment: Assessment, grading: Grading, *, grade: str, kind: str, by: User, at: datetime, rationale: str,
    why_below: str = "", spoken: str = "",
) -> RiskDecision:  # fmt: skip
    """Write one row of the ledger, with what stood there. Called by the effect of a step, never alone."""
    counts = grading.counts
    return RiskDecision.objects.create(
        case=assessment.case, assessment=assessment, recorded_by=by, recorded_at=at, decided_by=by, at=at,
        role=role_of(by, assessment, at), kind=kind, from_grade=grading.current, to_grade=grade, rationale=rationale,
        why_below=why_below, floor=grading.floor_of_facts.grade, floor_because=grading.floor_of_facts.because,
        expected=grading.expected.grade if grading.expected else "",
        expected_because=grading.expected.because if grading.expected else "",
        is_insufficient=is_insufficient(grade, count(grading.rows), grading.limits),  # also where no number is shown
        policy_version=grading.limits.policy, spoken=spoken, asked_how=assessment.asked_how,
        hours_since_report=hours_to_questions(assessment), **_snapshot(counts),
    )  # fmt: skip


def hours_to_questions(assessment: Assessment) -> int:
    """R-20: whole hours from the report to the questions; 0 where they were asked before it was written down."""
    return max(0, int((assessment.asked_at - assessment.incident.reported_at).total_seconds() // 3600))


def _snapshot(counts: Counts | None) -> dict[str, int]:
    if counts is None:
        return {}
    return {
        "yes_total": counts.yes, "ric_yes": counts.ric_yes, "critical_yes": counts.critical,
        "unknown_total": counts.unknown, "not_asked_total": counts.not_asked,
    }  # fmt: skip


def role_of(by: User, assessment: Assessment, at: datetime) -> str:
    """The role in which somebody decides: the gravest of those they hold over the case at the moment (UTC)."""
    held = by.roles_over(assessment.scope, at)
    return next((role for role in PRECEDENCE if role in held), min(held, default="system"))
