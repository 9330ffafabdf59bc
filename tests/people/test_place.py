"""A place: which addresses are one, for whom it exists, and what its page says and keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Access
from cases.models import Call, Case, Incident
from cases.services import at_place
from people.models import Address, PartialDay, Person, Place, WarningMarker
from people.models.span import span_columns
from people.services import places
from tests import factories
from tests.cases.calls import called
from tests.cases.recording import words
from tests.doors.conftest import give_reason
from tests.people.population import known, learned
from workflow import engine

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
HERE = ("Flat 3, 14 Mill Lane", "NR3 4QX")


def key_of(line: str, postcode: str = "") -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_place_key(%s, %s)", [line, postcode])
        row: tuple[str] = cursor.fetchone()
    return row[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HERE, ("3/14 Mill Lane, Northgate", "nr34qx")),
        (HERE, ("FLAT 3 14 MILL LANE NR3 4QX", "")),
        (("14 Tannery Row", "NG5 2AB"), ("14, Tannery Row, Easterby", "ng5  2ab")),
        (("The Rose Cottage", "NG5 2AB"), ("Rose Cottage, Mill Lane", "NG5 2AB")),
        (("14 Tannery Row, Easterby", ""), ("14 TANNERY ROW EASTERBY", "")),
    ],
)
def test_one_place_however_it_is_written(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert key_of(*one) == key_of(*other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HERE, ("14 Mill Lane", "NR3 4QX")),
        (HERE, ("Flat 3, 14 Mill Lane", "NR3 4QY")),
        (("14a Mill Lane", "NR3 4QX"), ("14 Mill Lane", "NR3 4QX")),
        (("Rose Cottage", "NG5 2AB"), ("Mill House", "NG5 2AB")),
    ],
)
def test_two_homes_are_two_places(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert key_of(*one) != key_of(*other)


@pytest.mark.parametrize(
    "said", [("", ""), ("", "NR3 4QX"), ("14 High Street", ""), ("Easterby", ""), ("🏠", ""), ("  ", " ")]
)
def test_what_tells_no_house_from_another_is_no_place(said: tuple[str, str]) -> None:
    assert key_of(*said) == ""


@pytest.mark.parametrize("said", ["7" * 5000, "شقة ٣", "1 " * 900, "'; DROP TABLE people_place; --", "%_\\"])
def test_whatever_is_pasted_makes_a_short_key(said: str) -> None:
    assert len(key_of(said, "NR3 4QX")) < 400


def test_there_is_one_row_for_each_place_kept_by_the_database(
    hannah: Person, hannahs_incident: Incident, hannahs_case: Case, ellen: User, rafi: User
) -> None:
    place = Place.objects.get()
    assert place.key == "NR34QX 14 3"
    called(rafi, case=hannahs_case)
    changed = Incident.objects.get(pk=hannahs_incident.pk)
    engine.amend(changed, {"place": HERE[0], "postcode": HERE[1]}, by=ellen, seen=changed.version)
    assert Place.objects.get() == place
    assert {row.place_key for row in (Call.objects.get(), Incident.objects.get())} == {place.key}
    Address.objects.update(line="Flat 4, 14 Mill Lane")
    assert Place.objects.filter(key="NR34QX 14 4").exists()


@pytest.fixture
def place(hannah: Person, hannahs_case: Case, rafi: User, ellen: User, hannahs_incident: Incident) -> Place:
    """Hannah lives there, a call came from there, and it happened there."""
    called(rafi, case=hannahs_case)
    changed = Incident.objects.get(pk=hannahs_incident.pk)
    said = {"place": HERE[0], "postcode": HERE[1], "abuse_types": ["physical"]}
    engine.amend(changed, said, by=ellen, seen=changed.version)
    return Place.objects.get(key="NR34QX 14 3")


@pytest.mark.requirement("S3-019")
def test_a_call_handler_finds_person_and_address_in_one_box_and_reads_what_is_known_each_with_its_source(
    place: Place, hannah: Person, rafi: User, sign_in: SignIn
) -> None:
    client = sign_in(rafi)
    assert f"/people/{hannah.pk}/" in client.post("/search/", {"q": "Hanna Okoroe"}).content.decode()
    assert place.get_absolute_url() in client.post("/search/", {"q": "14 mill lane"}).content.decode()
    for url in (f"/people/{hannah.pk}/", place.get_absolute_url()):
        page = words(client.get(url))
        assert re.search(r"DA-\S+ , PC 2877 Ellen Marsh", page), url
        assert "Daniel Reeve" in page, url


def test_it_says_who_lived_there_and_what_happened_each_with_its_source(
    place: Place, hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    old = known(hannahs_case, ellen, "Kerry", "Dunmore")
    span = span_columns(PartialDay(2018), PartialDay(2019, 5))
    learned(Address, hannahs_case, old, ellen, line=HERE[0], postcode=HERE[1], **span)
    page = words(sign_in(ellen).get(place.get_absolute_url()))
    assert "Flat 3, 14 Mill Lane, NR3 4QX" in page
    assert re.search(r"Kerry Dunmore 2018 to May 2019 DA-\S+ , PC 2877 Ellen Marsh", page)
    assert "Hannah Okoro When is not known" in page
    assert "Call: " in page and "Incident: Hannah Okoro, by Daniel Reeve: physical or sexual abuse" in page
    assert page.index("Call: ") < page.index("Incident: ")  # four minutes ago, before forty


def test_for_whoever_may_see_nothing_there_it_does_not_exist(
    place: Place, victor: User, stranger: User, sign_in: SignIn
) -> None:
    for shut in (victor, stranger):
        assert sign_in(shut).get(place.get_absolute_url()).status_code == 404
        assert not Place.objects.visible_to(shut).exists()
    assert not Access.objects.filter(what=f"people.place:{place.pk}").exists()


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 18, "9" * 40])
def test_there_is_no_other(pk: str, ellen: User, sign_in: SignIn) -> None:
    assert sign_in(ellen).get(f"/places/{pk}/").status_code == 404


def test_what_wants_a_reason_is_not_told_before_and_the_address_is_not_named(
    place: Place, hannahs_case: Case, sam: User, sign_in: SignIn
) -> None:
    browser = sign_in(sam)
    page = words(browser.get(place.get_absolute_url()))
    assert "An address, not shown yet" in page and "Say why you need it" in page
    for closed in ("Mill Lane", "NR3", "Hannah", "Daniel", "physical"):
        assert closed not in page
    assert hannahs_case.reference in page
    give_reason(browser, hannahs_case)
    assert "Hannah Okoro" in words(browser.get(place.get_absolute_url()))


def test_looking_is_written_down_with_the_cases_that_were_read(
    place: Place, hannahs_case: Case, ellen: User, sam: User, sign_in: SignIn
) -> None:
    for user, read in ((ellen, [hannahs_case.pk]), (sam, [])):
        sign_in(user).get(place.get_absolute_url())
        look = Access.objects.get(by=user, kind=Access.Kind.VIEW, what=f"people.place:{place.pk}")
        assert look.hits == read


def test_warnings_about_those_who_live_there_and_of_the_cases_stand_first(
    place: Place, hannah: Person, hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    learned(WarningMarker, hannahs_case, hannah, ellen, danger="animals", what="Large dog", said_by="Neighbour")
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "He keeps an axe by the door"})
    page = words(sign_in(ellen).get(place.get_absolute_url()))
    assert "Warning: dangerous animal Large dog" in page and "Safety warning: He keeps an axe by the door" in page
    Address.objects.update(**span_columns(None, PartialDay(2020)))
    assert "Large dog" not in words(sign_in(ellen).get(place.get_absolute_url()))  # she has gone, and the dog with her


def test_it_is_a_repeat_location_when_the_definition_says_so(
    place: Place, hannahs_case: Case, rafi: User, ellen: User, sign_in: SignIn
) -> None:
    browser = sign_in(ellen)
    assert "Repeat location" not in words(browser.get(place.get_absolute_url()))
    called(rafi, case=hannahs_case, minutes_ago=90)
    called(rafi, case=hannahs_case, minutes_ago=60 * 24 * 30)
    page = words(browser.get(place.get_absolute_url()))
    assert "Repeat location" in page and "in 12 months" in page


def test_a_long_list_is_read_a_page_at_a_time_and_each_line_stands_once(
    place: Place, hannahs_case: Case, rafi: User, ellen: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_place, "PAGE", 3)
    monkeypatch.setattr(places, "PAGE", 2)
    moment = Incident.objects.get().reported_at
    call = Call.objects.get()
    for at in (moment, moment, moment - timedelta(days=1), moment):  # four at one moment with the incident
        call.pk, call._state.adding = None, True
        call.received_at = at
        call.save(force_insert=True)
    for number in range(4):
        person = known(hannahs_case, ellen, f"Lodger {number}", "Hall")
        learned(Address, hannahs_case, person, ellen, line=HERE[0], postcode=HERE[1])
    listed: list[str] = []
    cases, after = [hannahs_case.pk], ""
    for _page in range(9):
        page = at_place.happenings(place, ellen, cases, after)
        listed += [f"{line.label} {line.at}" for line in page.lines]
        if not (after := page.more):
            break
    assert len(listed) == 6 and listed == sorted(listed, key=lambda line: line.split(" ", 1)[1], reverse=True)
    assert sum(line.startswith("Incident") for line in listed) == 1
    browser, seen, url = sign_in(ellen), [], place.get_absolute_url()
    while url:
        text = browser.get(url).content.decode()
        seen += re.findall(r"Lodger \d", text)
        more = re.search(r'href="(\?lived=\d+)', text)
        url = f"{place.get_absolute_url()}{more[1]}" if more else ""
    assert sorted(seen) == [f"Lodger {number}" for number in range(4)]


@pytest.mark.parametrize(
    "typed", ["x", "-1", "1-i-1-1", "9" * 40 + "-i-1", "1-z-1", "1-i-99999999999999999999", "٣-i-١", "1'--"]
)
def test_whatever_stands_for_a_place_in_a_list_it_is_answered(
    typed: str, place: Place, ellen: User, sign_in: SignIn
) -> None:
    answer = sign_in(ellen).get(place.get_absolute_url(), {"happened": typed, "lived": typed})
    assert answer.status_code == 200 and "Hannah Okoro" in words(answer)


def test_the_page_asks_the_same_number_of_questions_however_much_is_known(
    place: Place, hannahs_case: Case, rafi: User, ellen: User, sign_in: SignIn
) -> None:
    def asked() -> int:
        browser.get(place.get_absolute_url())
        with CaptureQueriesContext(connection) as found:
            browser.get(place.get_absolute_url())
        return len(found)

    browser = sign_in(ellen)
    few = asked()
    for number in range(6):
        called(rafi, case=hannahs_case, minutes_ago=10 + number)
        person = known(hannahs_case, ellen, f"Lodger {number}", "Hall")
        learned(Address, hannahs_case, person, ellen, line=HERE[0], postcode=HERE[1])
    factories.begun(ellen, hannahs_case)
    assert asked() == few <= 30


def test_no_address_of_the_page_and_no_title_names_anybody(place: Place, ellen: User, sign_in: SignIn) -> None:
    page = sign_in(ellen).get(place.get_absolute_url()).content.decode()
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    assert title and "Mill" not in title[1] and "NR3" not in title[1]
    assert not any("Mill" in url or "NR3" in url for url in re.findall(r'href="([^"]*)"', page))


def test_a_place_is_no_older_than_its_newest_address(place: Place, hannahs_case: Case, ellen: User) -> None:
    person = known(hannahs_case, ellen, "Kerry", "Dunmore")
    later = timezone.now() + timedelta(minutes=1)
    learned(Address, hannahs_case, person, ellen, later, line="Flat 3 (rear), 14 Mill Lane", postcode="NR3 4QX")
    assert places.words_at(place, [hannahs_case.pk]) == "Flat 3 (rear), 14 Mill Lane, NR3 4QX"
