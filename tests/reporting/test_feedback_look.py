"""The pages of feedback: usable on a phone and on a desk, by those who ask, who keep it, and partners."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from accounts.models import User
from reporting.models import FeedbackFinding, PartnerFeedback, Questionnaire, Survey
from safeguarding.models import Agency
from tests.cast import take
from tests.looks import usable
from tests.reporting.asking import answers, edition
from tests.reporting.test_consultations import acted, consulted, found, minutes
from tests.reporting.test_partner_feedback import said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard(cora: User, abel: User, ellen: User, cleo: User, housing: Agency) -> dict[str, Any]:
    """A consultation, findings in every state, one for partners, minutes issued, feedback of a partner."""
    logged = consulted(cora)
    finding = acted(found(cora, FeedbackFinding(consultation=logged), stage="court"), abel, ellen)
    take(finding, "publish", abel, read="on")
    take(
        acted(found(cora, heard="The letter was hard to read."), abel, ellen),
        "finish",
        abel,
        did="It was written anew.",
    )
    found(cora, heard="The front desk has no private room.")
    review = minutes(cora, housing)
    acted(found(cora, FeedbackFinding(review=review), heard="Files of the north are read together."), abel, ellen)
    take(review, "issue", abel)
    partner = edition(cora, abel, "partner")
    given = take(PartnerFeedback(), "give", cleo, **said(partner, "fairly", words="Ring us sooner."))
    return {"consultation": logged, "finding": finding, "review": review, "given": given}


def test_the_pages_of_who_asks_are_usable(browser: Browser, live_server: Any, survey: Survey, wren: User) -> None:
    take(survey, "attempt", wren, at=timezone.now().isoformat(), way="call", reached="no", words="Rang out.")
    work = f"/work/survey/{survey.pk}"
    paths = ["/feedback/surveys/", f"/surveys/{survey.pk}/", f"{work}/answer/", f"{work}/attempt/", f"{work}/not-safe/",
             f"/work/survey-consent/new/agree/in/{survey.case_id}/",
             f"/cases/{survey.case.reference}/?panel=asked-how"]  # fmt: skip
    usable(browser, live_server.url, wren, paths, "asking")
    take(survey, "answer", wren, **answers(survey, words="Thank the officer who sat with me."))
    usable(browser, live_server.url, wren, [f"/surveys/{survey.pk}/"], "asked")


def test_the_pages_of_who_keeps_feedback_are_usable(
    browser: Browser,
    live_server: Any,
    heard: dict[str, Any],
    survey: Survey,
    cora: User,
    wren: User,
    asked_with: Questionnaire,
) -> None:
    take(survey, "answer", wren, **answers(survey, "fairly"))
    paths = [
        "/feedback/", "/feedback/you-said/", "/feedback/samples/", "/feedback/questionnaires/", asked_with.get_absolute_url(),
        "/feedback/partners/", "/feedback/consultations/", "/feedback/reviews/",
        *(one.get_absolute_url() for one in heard.values()), f"/feedback/reviews/{heard['review'].pk}/action/",
        "/work/consultation/new/log/", "/work/outcome-review/new/minute/", "/work/sample/new/set/",
        "/work/questionnaire/new/draft/",
    ]  # fmt: skip
    usable(browser, live_server.url, cora, paths, "feedback")


def test_the_pages_of_a_partner_are_usable(
    browser: Browser, live_server: Any, heard: dict[str, Any], cleo: User, housing_manager: User
) -> None:
    paths = ["/feedback/you-said/", "/feedback/partners/", "/feedback/reviews/",
             *(heard[name].get_absolute_url() for name in ("finding", "review", "given"))]  # fmt: skip
    usable(browser, live_server.url, cleo, paths, "partner-feedback")
    usable(browser, live_server.url, housing_manager, ["/work/partner-feedback/new/give/"], "partner-gives")
