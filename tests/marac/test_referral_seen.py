"""Who sees a referral: whoever wrote it, the forum, the team; never another agency, and a partner nothing of the police file."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, Task
from cases.services import name_unit
from marac.models import Forum, Referral
from people.models import Person
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.marac import refer
from tests.marac.test_forums import easterby
from workflow.models import Refused


@pytest.fixture
def forum(hal: User) -> Forum:
    return easterby(hal)


def addresses_of(referral: Referral) -> list[str]:
    one = referral.people.first()
    named = [f"/work/marac-referral/{referral.pk}/rows/person/{one.pk}/", f"/people/{one.person_id}/"] if one else []
    return [
        f"/work/marac-referral/{referral.pk}/", f"/work/marac-referral/{referral.pk}/sections/people/",
        f"/work/marac-referral/{referral.pk}/sections/her/", f"/cases/{referral.case.reference}/",
        f"/marac/referrals/{referral.pk}/people/person/", *named,
    ]  # fmt: skip


def seen_by(user: User, paths: list[str]) -> list[int]:
    browser = client_of(user)
    return [browser.get(path).status_code for path in paths]


def test_an_agency_refers_somebody_by_its_own_sign_in_and_only_it_and_the_forum_see_that(
    forum: Forum, housing: Agency, cleo: User, moira: User, tess: User, hal: User, ellen: User
) -> None:
    referral = refer.sent_by_agency(housing, cleo, forum)
    assert (referral.state, referral.agency, referral.investigation) == ("submitted", housing, None)
    paths = addresses_of(referral)
    assert set(seen_by(moira, paths)) == set(seen_by(tess, paths)) == {404}
    assert set(seen_by(ellen, paths)) == {404}
    assert seen_by(cleo, paths[:1]) == seen_by(hal, paths[:1]) == [200]
    assert "Rosa Field" in text_of(client_of(cleo).get(paths[1]))
    assert referral.case.reference in text_of(client_of(cleo).get("/agency/marac-referrals/"))
    assert referral.case.reference not in text_of(client_of(moira).get("/agency/marac-referrals/"))


def test_a_partner_refers_for_no_agency_but_their_own(forum: Forum, housing: Agency, moira: User) -> None:
    with pytest.raises(Refused, match="do not sign in for that agency"):
        refer.by_agency(housing, moira, forum)


def test_a_partner_is_told_where_a_child_is_referred_and_nothing_is_begun(
    forum: Forum, housing: Agency, cleo: User, social_care: Agency
) -> None:
    said = {"agency": housing.pk, "forum": forum.pk, "age": "14", "contact": "Cleo Banner, 01632 960111"}
    answer = client_of(cleo).post("/work/marac-referral/new/refer/", said)
    assert answer.status_code == 422 and "Easterby children’s services" in text_of(answer)
    assert not Referral.objects.exists()


def test_a_partner_who_sees_a_conference_sees_nothing_of_the_investigation(
    forum: Forum, housing: Agency, cleo: User, ellen: User, hal: User
) -> None:
    """As a published agenda leaves it: the agency's unit is named on the conference, and on nothing else."""
    referral = refer.sent(refer.high(ellen), ellen, forum)
    case = referral.investigation
    name_unit(case=referral.case, unit=housing.unit, at=timezone.now())
    assert list(Case.objects.visible_to(cleo)) == [referral.case]
    assert not Incident.objects.visible_to(cleo).exists()
    page = text_of(client_of(cleo).get(f"/cases/{referral.case.reference}/"))
    assert "Hannah Okoro" in page and case.reference not in page
    assert client_of(cleo).get(f"/cases/{case.reference}/").status_code == 404
    her = referral.people.get(part="victim").person
    assert Person.objects.visible_to(cleo).filter(pk=her.pk).exists()
    assert case.reference not in text_of(client_of(cleo).get(f"/people/{her.pk}/"))


def test_the_coordinator_links_it_to_an_investigation_and_its_team_sees_it_then(
    forum: Forum, housing: Agency, cleo: User, hal: User, ellen: User, victor: User, priya: User
) -> None:
    case = refer.high(ellen)
    take(case, "shut-out", priya, person=victor.collar_number, reason="Related to a party.")
    referral = refer.sent_by_agency(housing, cleo, forum)
    take(referral, "accept", hal, note="")
    [task] = Task.objects.filter(case=referral.case)
    assert (task.kind, task.owed_by) == ("crime_disclosed", "marac_coordinator")
    with pytest.raises(Refused):
        take(referral, "link", hal, reference="DA-2020-000001", reason="The same address and the same names.")
    linked = take(referral, "link", hal, reference=case.reference, reason="The same address and the same names.")
    assert linked.investigation == case
    assert Referral.objects.visible_to(ellen).filter(pk=referral.pk).exists()
    assert not Referral.objects.visible_to(victor).filter(pk=referral.pk).exists()
    assert list(Case.objects.visible_to(cleo)) == [referral.case]


def test_the_coordinator_sees_what_waits_and_partners_have_no_such_page(
    forum: Forum, ellen: User, hal: User, cleo: User
) -> None:
    referral = refer.sent(refer.high(ellen), ellen, forum)
    page = text_of(client_of(hal).get("/marac/referrals/"))
    assert referral.case.reference in page and "Hannah" not in page
    assert client_of(cleo).get("/marac/referrals/").status_code == 403
    assert client_of(cleo).get("/marac/not-referred/").status_code == 403


def test_a_conference_is_headed_by_the_grade_of_the_police_for_them_and_for_no_partner(
    forum: Forum, housing: Agency, cleo: User, hal: User, ellen: User
) -> None:
    referral = refer.sent(refer.high(ellen), ellen, forum)
    name_unit(case=referral.case, unit=housing.unit, at=timezone.now())
    page = referral.case.get_absolute_url()
    for who in (hal, ellen):
        assert "app-grade--high" in client_of(who).get(page).content.decode(), who
    assert "app-grade" not in client_of(cleo).get(page).content.decode()


def test_lists_ask_as_many_questions_for_many_as_for_one(forum: Forum, housing: Agency, cleo: User, hal: User) -> None:
    refer.sent_by_agency(housing, cleo, forum)

    def asked(user: User, path: str) -> int:
        browser = client_of(user)
        browser.get(path)
        with CaptureQueriesContext(connection) as few:
            browser.get(path)
        return len(few)

    paths = [(hal, "/marac/referrals/"), (cleo, "/agency/marac-referrals/")]
    before = [asked(*one) for one in paths]
    for _number in range(4):
        refer.sent_by_agency(housing, cleo, forum)
    assert [asked(*one) for one in paths] == before
