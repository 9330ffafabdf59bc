"""What must not be in the ledger of grades, asked each night."""

from __future__ import annotations

from django.db.models import F, QuerySet, Value, Window
from django.db.models.functions import Lag

from risk.models import RiskDecision
from workflow.health import Monitor, monitor


def grade_from_nowhere() -> QuerySet[RiskDecision]:
    """Each row says from which grade it came: that of the row before it in the case, or from none."""
    before = Window(Lag("to_grade", default=Value("")), partition_by=F("case"), order_by=("at", "pk"))
    return RiskDecision.objects.annotate(before=before).exclude(from_grade=F("before"))


monitor(
    Monitor(
        "grade-unlike-ledger",
        "Does a grade say it came from another grade than the ledger has?",
        grade_from_nowhere,
        "The auditor: a row of the ledger was changed, taken out or put in past the program. Run manage.py verify_audit.",
    ),
)
