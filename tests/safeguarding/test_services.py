"""The directory of services: found by need, area and language; told of or referred with one press; how it is used (S3-007)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from safeguarding.models import Agency, OnwardReferral, Service
from tests import factories
from tests.cast import client_of, take, text_of
from tests.safeguarding.referring import of_part, offered, refer
from workflow.models import Deadline, Refused


@pytest.fixture
def safe_at_home(hal: User, housing: Agency) -> Service:
    return offered(hal, housing)


def shown(user: User, query: str = "") -> str:
    return text_of(client_of(user).get(f"/services/{query}"))


@pytest.mark.requirement("S3-007")
@pytest.mark.parametrize(
    ("query", "there"),
    [("?need=home", True), ("?need=legal", False), ("?serves=women", True), ("?serves=men", False), ("?language=pl", True),
     ("?language=so", False), ("?language=en", True), ("?area=north", True), ("?area=south", False),
     ("?need=home&language=pl&area=Northgate", True), ("?need=x&after=x", True)],
)  # fmt: skip
def test_a_service_is_found_by_need_group_language_and_area(
    safe_at_home: Service, ellen: User, query: str, there: bool
) -> None:
    assert ("Safe at home" in shown(ellen, query)) is there


def test_what_is_there_for_everybody_is_found_for_each(hal: User, housing: Agency, ellen: User) -> None:
    offered(hal, housing, name="Open door", serves=[])
    assert "Open door" in shown(ellen, "?serves=men")


@pytest.mark.requirement("S3-007")
def test_from_a_case_one_press_records_what_they_were_told_of_or_refers_and_both_are_counted(
    hannahs_case: Case, safe_at_home: Service, housing: Agency, ellen: User, hal: User
) -> None:
    factories.complete(ellen, hannahs_case)
    page = shown(ellen, f"?case={hannahs_case.reference}")
    signpost, refer_to = (f"/cases/{hannahs_case.reference}/referrals/{step}/" for step in ("signpost", "refer"))
    assert f'action="{signpost}"' in page and f"{refer_to}?service={safe_at_home.pk}" in page
    assert client_of(ellen).post(signpost, {"service": safe_at_home.pk}).status_code == 302
    told = OnwardReferral.objects.get()
    assert (told.state, told.service, told.agency) == ("signposted", safe_at_home, housing)
    form = text_of(client_of(ellen).get(f"{refer_to}?service={safe_at_home.pk}"))
    assert f'<option value="{safe_at_home.pk}" selected>' in form and f'<option value="{housing.pk}" selected>' in form
    said = {"kind": "housing", "people": of_part(hannahs_case, "victim"), "service": safe_at_home.pk}
    refer(hannahs_case, "refer", ellen, housing, **said)
    (row,) = [row for row in text_of(client_of(hal).get("/services/use/")).split("<tr") if "Safe at home" in row]
    assert row.count(">1</td>") == 2
    assert client_of(ellen).get("/services/use/").status_code == 403


def test_a_service_that_takes_nobody_now_is_shown_so_and_one_that_ended_is_not(
    safe_at_home: Service, hal: User, ellen: User
) -> None:
    take(safe_at_home, "pause", hal)
    assert "Takes nobody now" in shown(ellen)
    take(safe_at_home, "end", hal)
    assert "Safe at home" not in shown(ellen)


def test_the_directory_is_checked_every_six_months_from_the_day_it_was_last_right(hal: User, housing: Agency) -> None:
    ago = timezone.localdate() - timedelta(days=100)
    service = offered(hal, housing, verified_on=ago.isoformat())
    clock = Deadline.objects.get(policy="service-checked")
    assert clock.due_at.date() - ago in (timedelta(days=182), timedelta(days=183))
    take(service, "verify", hal, verified_on=timezone.localdate().isoformat())
    clock.refresh_from_db()
    assert not clock.is_open and Deadline.objects.open().filter(policy="service-checked").count() == 1


def test_an_agency_changes_its_own_services_and_no_other(
    safe_at_home: Service, advisers: Agency, hal: User, housing_manager: User, tess: User
) -> None:
    take(safe_at_home, "verify", housing_manager, verified_on=timezone.localdate().isoformat())
    other = offered(hal, advisers, name="Advisers")
    with pytest.raises(Refused):
        take(other, "pause", housing_manager)
    assert client_of(housing_manager).get(safe_at_home.get_absolute_url()).status_code == 200
    assert client_of(housing_manager).get(other.get_absolute_url()).status_code == 404
    assert client_of(tess).get("/services/").status_code == 403


def test_the_directory_costs_the_same_for_one_and_for_thirty(safe_at_home: Service, housing: Agency, hal: User) -> None:
    browser = client_of(hal)

    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(page)
        return len(queries)

    pages = ("/services/", "/services/use/")
    [asked(page) for page in pages]
    before = [asked(page) for page in pages]
    for number in range(29):
        offered(hal, housing, name=f"Service {number:02}")
    assert [asked(page) for page in pages] == before
    assert "Next page" in text_of(browser.get("/services/"))


def test_an_agreement_that_runs_out_is_told_to_the_coordinator_before_its_day(housing: Agency, hal: User) -> None:
    """R-35, S2-040."""
    agreement = housing.agreements.get()
    clock = Deadline.objects.get(policy="agreement-reviewed", subject_id=agreement.pk)
    assert timezone.localtime(clock.due_at).date() == agreement.review_on
    later = agreement.review_on + timedelta(days=300)
    take(agreement, "review", hal, review_on=later.isoformat())
    clock.refresh_from_db()
    assert clock.is_open and timezone.localtime(clock.due_at).date() == later
    take(agreement, "end", hal)
    clock.refresh_from_db()
    assert not clock.is_open


@pytest.mark.requirement("S0-004")
def test_the_directory_of_partners_says_pathway_contact_and_agreement_and_what_was_referred_to_each(
    hannahs_case: Case, hal: User, housing: Agency, ellen: User
) -> None:
    factories.complete(ellen, hannahs_case)
    reached = {"area": "Northgate", "pathway": "The duty desk takes calls from ten.", "email": "duty@housing.example"}
    take(housing, "change", hal, **reached, telephone="01632 960 003", out_of_hours="01632 960 004")
    refer(hannahs_case, "refer", ellen, housing, kind="housing", people=of_part(hannahs_case, "victim"))
    assert "Easterby housing" in text_of(client_of(ellen).get("/agencies/?kind=housing"))
    page = text_of(client_of(ellen).get(housing.get_absolute_url()))
    for words in (*reached.values(), "01632 960 003", "Version 2026-1", "1 referral to it waits for an answer"):
        assert words in page
    (row,) = [
        row for row in text_of(client_of(hal).get("/services/use/")).split("<tr") if ">Easterby housing</th>" in row
    ]
    assert ">1</td>" in row
