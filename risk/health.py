"""Whether grades come back and looks are raised in time; and what must not be in the ledger of grades, asked each night."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, QuerySet, Value, Window
from django.db.models.functions import Lag
from django.utils import timezone

from cases.models import CourseEvent
from risk.models import RiskDecision
from risk.services.lowering import due
from risk.services.reassessing import never_raised
from workflow.health import Monitor, check, monitor

PATIENCE = timedelta(minutes=15)


def grades_came_back() -> bool:
    """No lowered grade stands whose time was over a quarter of an hour ago (R-17)."""
    return not due(timezone.now() - PATIENCE)


def look_not_raised() -> QuerySet[CourseEvent]:
    """What came and owes no look: beat was down for longer than the sweep looks back, or the sweep fails (B.7)."""
    return CourseEvent.objects.filter(pk__in=[event.pk for event in never_raised(timezone.now() - PATIENCE)])


def grade_from_nowhere() -> QuerySet[RiskDecision]:
    """Each row says from which grade it came: that of the row before it in the case, or from none."""
    before = Window(Lag("to_grade", default=Value("")), partition_by=F("case"), order_by=("at", "pk"))
    return RiskDecision.objects.annotate(before=before).exclude(from_grade=F("before"))


check(grades=grades_came_back)
monitor(
    Monitor(
        "look-not-raised",
        "Did something come that owes a look at the risk, and none was raised?",
        look_not_raised,
        "A supervisor of the case: open what came, under its course, and record its date again.",
    ),
    Monitor(
        "grade-unlike-ledger",
        "Does a grade say it came from another grade than the ledger has?",
        grade_from_nowhere,
        "The auditor: a row of the ledger was changed, taken out or put in past the program. Run manage.py verify_audit.",
    ),
)
