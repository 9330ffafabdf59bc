"""The ledger of grades: each decision is a row, nothing is overwritten, the current grade is the latest row."""

from __future__ import annotations

from collections.abc import Iterable

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.roles import CHOICES
from cases.models.answers import YesOrNo
from risk.models.assessment import Assessment
from risk.models.grade import Grade
from workflow.models import CaseRecord


class RiskDecision(CaseRecord):
    """A grade, by whom, in which role, why, and what stood there when it was decided."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "First grade"
        REVIEW = "review", "Supervisor’s review"
        REGRADE = "regrade", "Graded again"
        REASSESSED = "reassessed", "Risk reviewed"
        LOWERED = "lowered", "Lowered"
        LAPSED = "lapsed", "Came back: nobody spoke to the victim"
        REOPENED = "reopened", "Came back: the reason ended"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="decisions")
    from_grade = models.CharField(max_length=10, choices=Grade, blank=True)
    to_grade = models.CharField(max_length=10, choices=Grade)
    kind = models.CharField(max_length=10, choices=Kind)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=CHOICES)
    rationale = models.TextField(max_length=4000)
    why_below = models.TextField(max_length=2000, blank=True, help_text="Why not what guidance expects")
    at = models.DateTimeField()
    spoken = models.CharField("whether the victim was spoken to", max_length=3, choices=YesOrNo, blank=True)
    asked_how = models.CharField(max_length=20, choices=Assessment.Asked, blank=True)
    hours_since_report = models.PositiveIntegerField(
        null=True, help_text="From the report to the questions: what is asked late or by telephone is known (R-20)"
    )
    # What stood there when it was decided. No number where the instrument has none.
    yes_total = models.PositiveSmallIntegerField(null=True)
    ric_yes = models.PositiveSmallIntegerField(null=True)
    critical_yes = models.PositiveSmallIntegerField(null=True)
    unknown_total = models.PositiveSmallIntegerField(null=True)
    not_asked_total = models.PositiveSmallIntegerField(null=True)
    floor = models.CharField(max_length=10, choices=Grade)
    floor_because = models.CharField(max_length=300, blank=True)
    expected = models.CharField(max_length=10, choices=Grade, blank=True)
    expected_because = models.CharField(max_length=300, blank=True)
    is_insufficient = models.BooleanField(default=False, help_text="Standard on too much that is not known")
    policy_version = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(rationale=""), name="risk_decision_has_reasons"),
            models.CheckConstraint(condition=Q(to_grade__in=Grade.values), name="risk_decision_is_a_grade"),
        ]
        indexes = [models.Index(fields=["case", "-at", "-id"], name="risk_decision_of_case")]  # the current grade
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.from_grade or 'no grade'} to {self.to_grade}"


def current_grades(case_ids: Iterable[int]) -> dict[int, str]:
    """case id → high, medium or standard, in one query; a case without a decision is left out.

    Visibility is the caller's: the ids are of cases that somebody may see.
    """
    rows = RiskDecision.objects.filter(case__in=list(case_ids)).order_by("case_id", "-at", "-pk")
    return dict(rows.distinct("case_id").values_list("case_id", "to_grade"))
