"""What a partner reads: the referrals sent to their own agency, in the words that were sent, and nothing else anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.models import Case, ShutOut
from safeguarding.models import Agency, OnwardReferral, ReferralReceived
from supervision.escalation import sweep
from supervision.models import Notice
from tests import factories
from tests.cast import client_of, involve, shut_out, take, text_of
from tests.safeguarding.referring import TOLD, adviser_asked, answered, children_referred
from workflow.models import Deadline, Refused


@pytest.fixture
def referral(hannahs_case: Case, ellen: User, social_care: Agency) -> OnwardReferral:
    """Mia, referred to social care."""
    incident = factories.complete(ellen, hannahs_case)
    involve(incident, ellen, "child", "Mia Okoro", spoken_to="no", silent_because="Asleep.")
    return children_referred(hannahs_case, ellen, social_care)


def test_the_agency_finds_it_on_its_own_page_and_answers_there(referral: OnwardReferral, moira: User) -> None:
    home, theirs = client_of(moira), referral.received
    assert "Mia Okoro" in text_of(home.get("/agency/"))
    page = text_of(home.get(theirs.get_absolute_url()))
    assert TOLD in page and "We have it" in page and "We take it on" in page
    step = f"/work/received-referral/{theirs.pk}/acknowledge/"
    assert "somebody here has read it" in text_of(home.get(step))
    answer = home.post(step, {"read": "on", "seen": theirs.version})
    assert answer.status_code == 302 and answer["Location"] == theirs.get_absolute_url()
    assert ReferralReceived.objects.get().state == "acknowledged"


def test_nobody_of_another_agency_nor_of_the_police_reads_it_there(
    referral: OnwardReferral, cleo: User, tess: User, ellen: User, hal: User, priya: User, stranger: User
) -> None:
    """The hidden twin: what may not be seen answers as what is not there."""
    path = referral.received.get_absolute_url()
    for who in (cleo, tess, ellen, hal, priya, stranger):
        assert not ReferralReceived.objects.visible_to(who).exists()
        for page in (path, f"/work/received-referral/{referral.received.pk}/acknowledge/"):
            assert client_of(who).get(page).status_code == 404, (who, page)
        assert client_of(who).get("/agency/referrals/99999/").status_code == 404
    for who in (cleo, tess):
        for page in ("/agency/", "/agency/referrals/"):
            assert "Mia Okoro" not in text_of(client_of(who).get(page))
    assert client_of(ellen).get("/agency/").status_code == 403
    with pytest.raises(Refused):
        take(referral.received, "acknowledge", cleo, read=True)


def test_the_agency_follows_nothing_back_to_the_case(referral: OnwardReferral, moira: User) -> None:
    case, browser = referral.case, client_of(moira)
    for page in (
        f"/cases/{case.reference}/", f"/cases/{case.reference}/referrals/", f"/cases/{case.reference}/shared/",
        f"/work/onward-referral/{referral.pk}/", f"/work/onward-referral/{referral.pk}/accept/",
        f"/people/{referral.subjects.get().person_id}/", f"/work/exchange/{referral.exchange.pk}/",
    ):  # fmt: skip
        assert browser.get(page).status_code == 404, page
    for page in ("/agency/", "/agency/referrals/", referral.received.get_absolute_url(), "/", "/notices/"):
        text = text_of(browser.get(page))
        assert case.reference not in text and "Daniel Reeve" not in text, page
    found = text_of(browser.post("/search/", {"q": "Mia Okoro"}))
    assert case.reference not in found
    assert not Case.objects.visible_to(moira).exists()


def test_the_clock_of_the_agency_lies_in_no_case_and_climbs_to_its_manager_and_the_coordinator(
    referral: OnwardReferral,
) -> None:
    clock = Deadline.objects.get(policy="received-answered")
    assert clock.case is None and clock.unit == referral.received.unit and clock.length == "working-days:1"


def test_whoever_is_shut_out_of_the_case_does_not_read_it_at_their_agency_either(
    referral: OnwardReferral, moira: User, priya: User
) -> None:
    shut_out(referral.case, moira, priya)
    assert ShutOut.objects.filter(person=moira).exists() and not ReferralReceived.objects.visible_to(moira).exists()
    assert client_of(moira).get(referral.received.get_absolute_url()).status_code == 404


def test_what_the_case_learns_later_does_not_reach_the_agency(
    referral: OnwardReferral, ellen: User, moira: User
) -> None:
    """Frozen when it was sent."""
    incident = factories.begun(ellen, referral.case)
    involve(incident, ellen, "child", "Ola Secret", spoken_to="no", silent_because="Asleep.")
    assert "Ola Secret" not in text_of(client_of(moira).get(referral.received.get_absolute_url()))


def test_an_agency_hands_its_work_only_to_its_own_people(
    hannahs_case: Case, ellen: User, advisers: Agency, tess: User, cleo: User
) -> None:
    factories.complete(ellen, hannahs_case)
    referral = adviser_asked(hannahs_case, ellen, advisers)
    with pytest.raises(Refused):
        answered(referral, "accept", tess, adviser=cleo.pk, decision_words="")
    assert answered(referral, "accept", tess, adviser=tess.pk, decision_words="").state == "accepted"


def test_the_page_of_an_agency_costs_the_same_for_one_referral_and_for_nine(
    referral: OnwardReferral, moira: User, ellen: User, social_care: Agency
) -> None:
    browser, pages = client_of(moira), ("/agency/", "/agency/referrals/")

    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(page)
        return len(queries)

    [asked(page) for page in pages]
    before = [asked(page) for page in pages]
    for _number in range(8):
        children_referred(referral.case, ellen, social_care)
    assert [asked(page) for page in pages] == before


def test_the_coordinator_hears_that_an_agency_is_silent_and_is_led_to_nothing_of_the_referral(
    referral: OnwardReferral, moira: User, hal: User
) -> None:
    clock = Deadline.objects.get(policy="received-answered")
    sweep(clock.due_at + timedelta(hours=25))
    notices = Notice.objects.filter(deadline=clock, person=hal)
    assert notices.exists() and not any(
        "Mia" in notice.text or referral.case.reference in notice.text for notice in notices
    )
    assert client_of(hal).get(f"/notices/{notices[0].pk}/")["Location"] == "/notices/"
