"""The lowest grade where so-called honour is feared (A.3): a number of the force, with its authority."""

from __future__ import annotations

from django.db.models import Exists, Q

from cases.models import Case, SetMarker
from risk.further import H_DASH, HONOUR_MARKS, fears_honour
from risk.models import SAYS_YES, Answer, Assessment, Grade, Limits
from risk.models.grading import Floor


def honour_floor(limits: Limits) -> Floor:
    """Of a case in which so-called honour is feared."""
    grade = Grade.values[min(limits["hba_floor"], len(Grade.values)) - 1]
    return Floor(grade, f"so-called honour, forced marriage or mutilation is feared; the rule is {Grade(grade).label}")


def is_feared(assessment: Assessment) -> bool:
    """Whether it is said with the assessment, or with the one that a further set follows; seen as a sign of the abuse;
    marked on the case; or told by a Yes of the questions on honour. One query at most.
    """
    if fears_honour(assessment.follows or assessment, assessment.incident.abuse_signs):
        return True
    marked = SetMarker.objects.standing().filter(
        case=assessment.case_id, code__in=HONOUR_MARKS, cleared_at__isnull=True
    )
    told = Answer.objects.standing().filter(
        assessment__incident=assessment.incident_id, assessment__struck_out_at__isnull=True, value__in=SAYS_YES,
        assessment__instrument_version__instrument__code=H_DASH,
    )  # fmt: skip
    return Case.objects.filter(Q(Exists(marked)) | Q(Exists(told)), pk=assessment.case_id).exists()
