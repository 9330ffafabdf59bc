"""Partner agencies: recorded with a unit of their own; nothing is sent to one without an agreement that counts (R-35)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Value
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case
from cases.services import end_unit, name_unit, open_conference
from cases.visibility import hearing
from safeguarding.models import Agency
from tests.cast import client_of, person, shut_out, take, text_of
from tests.partners import recorded, signed
from workflow.models import Refusal, Refused


def agreed(agency: Agency, on: date | None = None) -> bool:
    return Agency.objects.all().agreed(on or timezone.localdate()).filter(pk=agency.pk).exists()


def test_an_agency_gets_a_unit_of_its_own_beneath_the_unit_that_works_with_it(hal: User, abuse_unit: Unit) -> None:
    agency = recorded(hal, "Easterby housing", "EHOU", "housing")
    assert (agency.unit.name, agency.unit.parent, agency.unit.code) == ("Easterby housing", abuse_unit, "EHOU")
    assert agency.unit.lineage == [*abuse_unit.lineage, agency.unit.pk]


def test_nobody_records_an_agency_beneath_a_unit_that_their_role_does_not_reach(hal: User, sr1: Unit) -> None:
    with pytest.raises(Refused, match="does not reach"):
        recorded(hal, "Southmere housing", "SHOU", "housing", beneath="SR1")
    assert not Agency.objects.exists() and not Unit.objects.filter(code="SHOU").exists()


@pytest.mark.parametrize(
    ("ago", "lasts", "counts"), [(100, 365, True), (0, 0, True), (100, 99, False), (100, 100, True), (0, 365, True)]
)
def test_a_signature_counts_from_its_day_to_the_last_before_its_review(
    hal: User, ago: int, lasts: int, counts: bool
) -> None:
    """R-35."""
    agency = recorded(hal, "Easterby housing", "EHOU", "housing")
    assert not agreed(agency)
    signed(hal, agency, ago, lasts)
    assert agreed(agency) is counts
    assert not agreed(agency, timezone.localdate() - timedelta(days=ago + 1))


def test_an_agreement_looked_at_again_counts_for_longer_and_one_that_ended_counts_no_more(
    hal: User, housing: Agency
) -> None:
    agreement, later = housing.agreements.get(), timezone.localdate() + timedelta(days=600)
    assert not agreed(housing, later)
    with pytest.raises(Refused) as refusal:
        take(agreement, "review", hal, review_on=timezone.localdate().isoformat())
    assert refusal.value.kind is Refusal.FORM
    take(agreement, "review", hal, review_on=later.isoformat())
    assert agreed(housing, later)
    take(agreement, "end", hal)
    assert not agreed(housing)


def test_the_page_says_who_has_no_agreement_and_that_nothing_is_sent_to_them(
    hal: User, housing: Agency, sign_in: Callable[[User | None], Client]
) -> None:
    lapsed = recorded(hal, "Easterby probation", "EPRO", "probation")
    signed(hal, lapsed, 400, 365)
    all_of_them, only = (text_of(sign_in(hal).get(f"/agencies/{query}")) for query in ("", "?lapsed=yes"))
    assert "Easterby housing" in all_of_them and "Easterby probation" in all_of_them
    assert "Easterby housing" not in only and "Nothing is sent to it" in only
    assert "Review overdue" in text_of(sign_in(hal).get(lapsed.get_absolute_url()))


def test_an_agency_that_works_with_us_no_longer_signs_nothing_and_its_people_leave_first(
    hal: User, housing: Agency, cleo: User
) -> None:
    with pytest.raises(Refused, match="must end first"):
        take(housing, "close", hal)
    cleo.postings.update(to_at=timezone.now())
    take(housing, "close", hal)
    with pytest.raises(Refused, match="no longer"):
        signed(hal, Agency.objects.get(pk=housing.pk))
    assert not agreed(housing)


def test_a_partner_finds_the_page_of_their_own_agency_and_of_no_other(
    housing: Agency, advisers: Agency, cleo: User, stranger: User, sign_in: Callable[[User | None], Client]
) -> None:
    assert sign_in(cleo).get(housing.get_absolute_url()).status_code == 200
    assert sign_in(cleo).get(advisers.get_absolute_url()).status_code == 404
    assert sign_in(cleo).get("/agencies/").status_code == 403
    assert sign_in(stranger).get(housing.get_absolute_url()).status_code == 200
    assert sign_in(cleo).get(f"/agencies/{housing.pk}/agreement/").status_code == 404


def test_the_list_asks_as_many_questions_for_thirty_agencies_as_for_one(hal: User, housing: Agency) -> None:
    browser = client_of(hal)

    def asked() -> int:
        with CaptureQueriesContext(connection) as few:
            browser.get("/agencies/")
        return len(few)

    asked()
    before = asked()
    for number in range(30):
        signed(hal, recorded(hal, f"Agency {number:02}", f"A{number:02}", "voluntary"))
    assert asked() == before
    page = text_of(browser.get("/agencies/"))
    assert "Next page" in page and "Agency 29" not in page


# --- what a partner sees: the cases that their agency's unit is named on, and nothing else


def conference(abuse_unit: Unit) -> Case:
    return Case.begin(Case.Kind.CONFERENCE, abuse_unit, timezone.now())


def sees(user: User, case: Case) -> tuple[bool, bool, bool]:
    """Whether they may open it, whether it is their work, and whether they may be told of it."""
    rows, now = Case.objects.filter(pk=case.pk), timezone.now()
    told = hearing([case.pk], [user.pk], now).may_hear(case, user.pk, "partner")
    each = Case.objects.filter(pk=case.pk).visible_to_each(Value(user.pk)).exists()
    assert rows.visible_to(user).exists() is each
    return rows.visible_to(user).exists(), rows.worked_by(user).exists(), told


ALL, NONE = (True, True, True), (False, False, False)


def test_a_partner_sees_the_case_that_their_agency_is_named_on_and_no_other_agency_does(
    abuse_unit: Unit, housing: Agency, cleo: User, tess: User, housing_manager: User
) -> None:
    case, other = conference(abuse_unit), conference(abuse_unit)
    assert [sees(who, case) for who in (cleo, tess, housing_manager)] == [NONE, NONE, NONE]
    name_unit(case=case, unit=housing.unit, at=timezone.now())
    assert [sees(who, case) for who in (cleo, tess, housing_manager)] == [ALL, NONE, ALL]
    assert sees(cleo, other) == NONE


def test_the_grant_ends_by_itself_and_can_be_ended(abuse_unit: Unit, housing: Agency, cleo: User) -> None:
    case, now = conference(abuse_unit), timezone.now()
    name_unit(case=case, unit=housing.unit, at=now - timedelta(days=2), until=now - timedelta(days=1))
    assert sees(cleo, case) == NONE
    name_unit(case=case, unit=housing.unit, at=now - timedelta(days=2), until=now + timedelta(days=1))
    assert sees(cleo, case) == ALL
    end_unit(case=case, unit=housing.unit, at=now)
    assert sees(cleo, case) == NONE


def test_whoever_leaves_the_agency_or_holds_another_role_there_sees_nothing_of_it(
    abuse_unit: Unit, housing: Agency, cleo: User
) -> None:
    case = conference(abuse_unit)
    name_unit(case=case, unit=housing.unit, at=timezone.now())
    above = person("", "", "Abe Over", ("partner", abuse_unit))
    typist = person("", "", "Ty Pist", ("training_lead", housing.unit))
    assert [sees(who, case) for who in (above, typist)] == [NONE, NONE]
    cleo.postings.update(to_at=timezone.now())
    assert sees(cleo, case) == NONE


def test_a_partner_who_is_shut_out_of_a_case_does_not_see_it_though_their_agency_is_named(
    abuse_unit: Unit, housing: Agency, cleo: User, housing_manager: User, inez: User
) -> None:
    """A conflict of interest is one person's, not the agency's."""
    case = conference(abuse_unit)
    name_unit(case=case, unit=housing.unit, at=timezone.now())
    shut_out(case, cleo, inez)
    assert (sees(cleo, case), sees(housing_manager, case)) == (NONE, ALL)


def test_a_partner_opens_nothing_of_the_polices_own(
    hannahs_case: Case, housing: Agency, cleo: User, sign_in: Callable[[User | None], Client]
) -> None:
    assert sees(cleo, hannahs_case) == NONE
    assert sign_in(cleo).get(f"/cases/{hannahs_case.reference}/").status_code == 404


# --- the police beside the conference


def test_the_team_of_the_investigation_sees_its_conference_and_the_next_beat_does_not(
    hannahs_case: Case, abuse_unit: Unit, ellen: User, priya: User, sam: User, hal: User, ikande: User
) -> None:
    case = open_conference(unit=abuse_unit, by=hal, at=timezone.now(), beside=hannahs_case)
    assert [Case.objects.filter(pk=case.pk).visible_to(who).exists() for who in (ellen, priya, hal)] == [True] * 3
    assert [Case.objects.filter(pk=case.pk).visible_to(who).exists() for who in (sam, ikande)] == [False] * 2


def test_whoever_is_shut_out_of_the_investigation_is_shut_out_of_its_conference_then_and_later(
    hannahs_case: Case, abuse_unit: Unit, victor: User, tom: User, hal: User, priya: User
) -> None:
    case = open_conference(unit=abuse_unit, by=hal, at=timezone.now(), beside=hannahs_case)
    rows = Case.objects.filter(pk=case.pk)
    assert not rows.visible_to(victor).exists() and rows.visible_to(tom).exists()
    shut_out(hannahs_case, tom, priya)
    assert not rows.visible_to(tom).exists()


def test_a_restricted_investigation_has_a_restricted_conference_for_the_same_people(
    hannahs_case: Case, abuse_unit: Unit, ellen: User, priya: User, tom: User, hal: User
) -> None:
    take(hannahs_case, "restrict", priya)
    case = open_conference(unit=abuse_unit, by=hal, at=timezone.now(), beside=Case.objects.get(pk=hannahs_case.pk))
    rows = Case.objects.filter(pk=case.pk)
    assert case.restricted and rows.visible_to(ellen).exists() and rows.visible_to(priya).exists()
    assert not rows.visible_to(tom).exists()
