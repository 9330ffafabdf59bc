"""The lowest grade where so-called honour is feared (A.3): a number of the force, with its authority."""

from __future__ import annotations

from cases.models import SetMarker
from risk.further import HONOUR_MARKS, fears_honour
from risk.models import Assessment, Grade, Limits
from risk.models.grading import LOWEST_OF_ALL, Floor


def honour_floor(assessment: Assessment, limits: Limits) -> Floor:
    """Of what is said with the assessment, of the signs of the abuse and of the markers of the case. One query at most."""
    if not is_feared(assessment):
        return LOWEST_OF_ALL
    grade = Grade.values[min(limits["hba_floor"], len(Grade.values)) - 1]
    return Floor(grade, f"so-called honour, forced marriage or mutilation is feared; the rule is {Grade(grade).label}")


def is_feared(assessment: Assessment) -> bool:
    """Whether it is said with the assessment, or with the one that a further set follows; seen as a sign of the abuse; or
    marked on the case.
    """
    if fears_honour(assessment.follows or assessment, assessment.incident.abuse_signs):
        return True
    marked = SetMarker.objects.standing().filter(
        case=assessment.case_id, code__in=HONOUR_MARKS, cleared_at__isnull=True
    )
    return bool(marked.exists())
