"""What feedback shows: on a case, in the navigation, and to a partner on the page of their agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.roles import PARTNERS
from cases.models import Case
from cases.panels import Panel, show
from reporting.feedback.pages import READS_FINDINGS
from reporting.feedback.people import HEARS_CONSENT, READS_SCORES, SURVEYORS
from reporting.models import Survey, SurveyConsent
from workflow.pages import Entry, navigate

FEW = 5


@dataclass(frozen=True, slots=True)
class AskedHow:
    """What the person harmed said last of being asked, and the newest surveys."""

    consent: SurveyConsent | None
    surveys: list[Survey]


def asked_how(case: Case, user: User, at: datetime) -> AskedHow:
    """Two queries. Indexes: survey_consent_of_person, survey_of_case."""
    consents = SurveyConsent.objects.as_at(at).filter(case=case).order_by("-recorded_at", "-pk")
    surveys = Survey.objects.as_at(at).filter(case=case).order_by("-pk")
    return AskedHow(consents.first(), list(surveys[:FEW]))


show(
    Panel(
        "asked-how", "Asked how we did", asked_how, "reporting/panels/asked_how.html", kinds=frozenset({"investigation"}),
        who=HEARS_CONSENT | SURVEYORS, order=85, side=True,
    )
)  # fmt: skip
navigate(
    Entry("Feedback", "feedback", 69, READS_SCORES, menu="reports"),
    Entry("You said, we did", "you-said", 70, READS_FINDINGS, menu="reports"),
    Entry("To be asked", "surveys", 31, SURVEYORS, menu="team"),
    Entry("How the police work with you", "partner-feedback", 75, PARTNERS, menu="reports"),
)
