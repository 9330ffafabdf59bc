"""What a case meets of its assessments before it is closed (S1-017)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cases.models import Case, Incident
from cases.models.standard import Standard, standard
from risk.models import Grade, RiskDecision, SafetyPlan, current_grades
from risk.services.further import owed_in


def not_graded(case: Case, incidents: Sequence[Incident]) -> dict[int | None, str]:
    """An assessment stands and is graded; one that was refused is graded too (R-19), with why it was stopped."""
    rows = RiskDecision.objects.filter(case=case, assessment__struck_out_at__isnull=True)
    graded = set(rows.order_by().values_list("assessment__incident_id", flat=True))
    return {one.pk: _("No risk assessment is graded") for one in incidents if one.pk not in graded}


def sets_not_done(case: Case, incidents: Sequence[Incident]) -> dict[int | None, str]:
    """The further sets that the answers asked for were filled in (A.2, A.3)."""
    names = ", ".join(owed_in(case))
    return {None: _("Not done: %(names)s") % {"names": names}} if names else {}


def no_plan(case: Case, incidents: Sequence[Incident]) -> dict[int | None, str]:
    """A case graded medium or high had a safety plan that a supervisor approved, whether or not it has ended since."""
    if current_grades([case.pk]).get(case.pk) not in (Grade.MEDIUM, Grade.HIGH):
        return {}
    approved = SafetyPlan.objects.ever_in_force().filter(case=case).exists()
    return {} if approved else {None: _("No safety plan was approved")}


standard(
    Standard("assessed", "Risk was assessed and graded, or why it was stopped is said", not_graded, "S1-017; R-19 [R]"),
    Standard(
        "followed", "Further questions were asked where the answers called for them", sets_not_done, "A.2, A.3 [S]"
    ),
    Standard("planned", "A safety plan was approved (medium and high)", no_plan, "S2-014; C [R]"),
)
