"""Whoever sees a case at a forum may ask the police to look at its risk again, a partner too (S3-180)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from cases.services import name_unit
from marac.models import Referral
from risk.models import Reassessment
from safeguarding.models import Agency
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import client_of, text_of
from tests.marac.made import forum_of, referral

SAID = {
    "trigger": "near", "why": "He waits outside her work each evening since Monday.", "now": "She has stopped going home.",
}  # fmt: skip


@pytest.fixture
def beside(hannahs_case: Case, hal: User, housing: Agency) -> Referral:
    """Hannah's case at a forum; housing sees its conference."""
    return seen_by(housing, referral(forum_of(hal, housing), hal, beside=hannahs_case))


def seen_by(agency: Agency, one: Referral) -> Referral:
    name_unit(case=one.case, unit=agency.unit, at=timezone.now())
    return one


def ask_url(one: Referral) -> str:
    return f"/work/reassessment/new/ask/in/{one.case_id}/"


@pytest.mark.requirement("S3-180")
def test_a_partner_asks_on_the_conference_and_the_police_of_the_investigation_hear_of_it(
    beside: Referral, hannahs_case: Case, cleo: User, ellen: User, priya: User
) -> None:
    browser = client_of(cleo)
    page = browser.get(beside.case.get_absolute_url()).content.decode()
    assert ask_url(beside) in page and "Ask for a risk review" in page
    answer = browser.post(ask_url(beside), SAID)
    assert (answer.status_code, answer["Location"]) == (302, beside.case.get_absolute_url())
    review = Reassessment.objects.get()
    assert (review.case, review.state, review.recorded_by) == (hannahs_case, "owed", cleo)
    assert review.why.startswith("Cleo Banner, Easterby housing asks.") and SAID["why"] in review.why
    sweep(timezone.now())
    assert Notice.objects.filter(deadline__subject_id=review.pk, person=priya).exists()
    assert SAID["why"] in text_of(client_of(ellen).get(f"/cases/{hannahs_case.reference}/?panel=risk-reviews"))


def test_the_partner_learns_nothing_of_the_file_by_asking(beside: Referral, hannahs_case: Case, cleo: User) -> None:
    browser = client_of(cleo)
    browser.post(ask_url(beside), SAID)
    review = Reassessment.objects.get()
    for path in (f"/work/reassessment/{review.pk}/", hannahs_case.get_absolute_url()):
        assert browser.get(path).status_code == 404, path
    for path in (beside.case.get_absolute_url(), "/agency/", "/"):
        assert hannahs_case.reference not in browser.get(path).content.decode(), path
    assert not Notice.objects.filter(person=cleo).exists()


def test_without_a_case_of_the_police_it_is_said_whom_to_ring(hal: User, housing: Agency, cleo: User) -> None:
    alone = seen_by(housing, referral(forum_of(hal, housing), hal))
    answer = client_of(cleo).post(ask_url(alone), SAID)
    assert answer.status_code == 422 and "The police hold no case of this: ring the coordinator" in text_of(answer)
    assert not Reassessment.objects.exists()


def test_an_agency_that_does_not_see_the_conference_finds_nothing_there(beside: Referral, tess: User) -> None:
    assert client_of(tess).post(ask_url(beside), SAID).status_code == 404
    assert not Reassessment.objects.exists()
