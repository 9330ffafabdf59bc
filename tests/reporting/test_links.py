"""The link report: patterns as figures that lead to cases, small numbers kept back; and how good what is linked is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Access
from cases.models import Incident
from people.models import Address
from people.services import learn
from reporting.links.pages import tables_of
from reporting.links.patterns import PATTERNS, cases_of, how_many
from reporting.links.quality import quality
from tests.cases.test_repeat import happened, of
from tests.cast import client_of, shut_out

pytestmark = pytest.mark.django_db


def numbers(pattern: str, user: User) -> dict[str, int]:
    now = timezone.now()
    return how_many(PATTERNS[pattern], user, now - timedelta(days=365), now)


def serial(by: User, name: str, harmed: int) -> list[Incident]:
    """One suspect of harming so many different people."""
    first = happened(by, 30, f"{name} Harmed0", f"{name} Reeve")
    suspect = of(first, "suspect")
    return [first, *(happened(by, 20, f"{name} Harmed{n}", suspect) for n in range(1, harmed))]


def test_suspects_are_counted_by_how_many_different_people_they_harm(ellen: User, ari: User) -> None:
    serial(ellen, "Al", 2)
    serial(ellen, "Bo", 3)
    serial(ellen, "Cy", 5)
    serial(ellen, "Di", 1)
    assert numbers("shared-suspects", ari) == {"2": 1, "3": 1, "more": 1}


def test_whoever_is_harmed_by_several_is_a_shared_victim(ellen: User, ari: User) -> None:
    first = happened(ellen, 9, "Hannah Okoro", "Daniel Reeve")
    happened(ellen, 8, of(first, "victim"), "Ray Pike")
    assert numbers("shared-victims", ari) == {"2": 1, "3": 0, "more": 0}
    assert numbers("shared-suspects", ari) == {"2": 0, "3": 0, "more": 0}


def test_harm_that_rises_is_graver_in_the_later_half(ellen: User, ari: User) -> None:
    first = happened(ellen, 300, "Hannah Okoro", "Daniel Reeve")
    happened(ellen, 5, of(first, "victim"), of(first, "suspect"), abuse_signs=["strangled"])
    falls = happened(ellen, 300, "Leanne Farrow", "Ray Pike", abuse_signs=["strangled"])
    happened(ellen, 5, of(falls, "victim"), of(falls, "suspect"))
    assert numbers("rising", ari) == {"some": 0, "much": 1}


def test_a_suspect_at_several_addresses_and_a_place_where_it_happens_again(ellen: User, ari: User) -> None:
    incident = happened(ellen, 5, "Hannah Okoro", "Daniel Reeve", place="Flat 3, 14 Mill Lane", postcode="NR3 4QX")
    for line, code in (("9 Tannery Row", "NR3 1AA"), ("11 Sample Street", "NR7 9ZZ"), ("11, Sample St", "NR7 9ZZ")):
        learn(Address(person=of(incident, "suspect"), line=line, postcode=code), beneath=incident, by=ellen)
    assert numbers("addresses", ari) == {"2": 1, "3": 0, "more": 0}
    for days in (4, 3):
        happened(ellen, days, place="3/14 Mill Lane", postcode="NR34QX")
    assert numbers("places", ari) == {"3": 1, "4": 0, "more": 0}


def test_counted_is_what_the_reader_may_see_by_the_day_of_the_event(ellen: User, ari: User, priya: User) -> None:
    first, second = serial(ellen, "Al", 2)
    assert numbers("shared-suspects", ari)["2"] == 1
    Incident.objects.filter(pk=second.pk).update(occurred_from=timezone.now() - timedelta(days=800))
    assert numbers("shared-suspects", ari)["2"] == 0
    Incident.objects.filter(pk=second.pk).update(occurred_from=None)
    shut_out(first.case, ari, priya)
    assert numbers("shared-suspects", ari)["2"] == 0


def at_two_places(by: User, name: str) -> Incident:
    """A suspect who came to a second place."""
    incident = happened(by, 5, f"{name} Farrow", f"{name} Pike")
    for number in (1, 2):
        address = Address(person=of(incident, "suspect"), line=f"{number} {name} Row", postcode=f"NR{number} 1AA")
        learn(address, beneath=incident, by=by)
    return incident


def by_two(by: User, name: str) -> Incident:
    """Somebody harmed by two suspects; the newer of the two incidents."""
    first = happened(by, 9, f"{name} Okoro", f"{name} Pike")
    return happened(by, 8, of(first, "victim"), f"{name} Quill")


def getting_graver(by: User, name: str) -> Incident:
    first = happened(by, 300, f"{name} Okoro", f"{name} Reeve")
    return happened(by, 5, of(first, "victim"), of(first, "suspect"), abuse_signs=["strangled"])


@pytest.mark.requirement("S3-205")
def test_repeat_and_serial_suspects_shared_victims_rising_harm_and_many_addresses_are_found(
    ellen: User, ari: User, priya: User
) -> None:
    """Five of each are planted among others: the page and the file count them, and behind each figure stand their cases."""
    planted = {
        ("shared-suspects", "2"): [serial(ellen, f"Al{n}", 2)[-1] for n in range(5)],
        ("shared-victims", "2"): [by_two(ellen, f"Bo{n}") for n in range(5)],
        ("rising", "much"): [getting_graver(ellen, f"Cy{n}") for n in range(5)],
        ("addresses", "2"): [at_two_places(ellen, f"Di{n}") for n in range(5)],
    }
    happened(ellen, 3, "Once Marlow", "Once Finch")
    browser = client_of(ari)
    page = " ".join(browser.get("/links/").content.decode().split())
    lines = browser.get("/links/file/").content.decode().splitlines()
    references = {pk: one.case.reference for rows in planted.values() for one in rows for pk in [one.pk]}
    for (code, group), rows in planted.items():
        label, line = PATTERNS[code].label, PATTERNS[code].group(group)
        assert label in page and f"/links/{code}/{group}/?days=365" in page and line
        assert f'"{label}","{line.label}","5"' in lines
        listed = browser.get(f"/links/{code}/{group}/?days=365").content.decode()
        mine = {references[one.pk] for one in rows}
        assert {reference for reference in references.values() if reference in listed} == mine
    assert "/links/shared-victims/more/" not in page and ">None</td>" in page, "nothing leads to no cases"
    shut_out(planted["addresses", "2"][0].case, ari, priya)
    assert '"Suspects at many addresses","2","fewer than 5"' in browser.get("/links/file/").content.decode()


def test_an_address_is_of_the_time_in_which_they_came_to_it_and_not_of_the_import(ellen: User, ari: User) -> None:
    """Ten years of addresses brought in today are not ten moves of this year."""
    incident = at_two_places(ellen, "Al")
    theirs = Address.objects.filter(person=of(incident, "suspect"))
    assert numbers("addresses", ari)["2"] == 1
    first, second = theirs.order_by("pk")
    Address.objects.filter(pk=first.pk).update(since=timezone.localdate() - timedelta(days=3000), since_part="year")
    assert numbers("addresses", ari)["2"] == 0
    old = happened(ellen, 2000, "Hannah Okoro", of(incident, "suspect"))  # an import writes it all in one moment
    Incident.objects.filter(pk=old.pk).update(recorded_at=second.recorded_at)
    Address.objects.filter(pk=first.pk).update(since=None, since_part="")
    assert numbers("addresses", ari)["2"] == 1
    Address.objects.filter(pk=second.pk).update(case=old.case)
    assert numbers("addresses", ari)["2"] == 0


def test_each_figure_leads_to_cases_and_looking_is_written_down(ellen: User, ari: User, priya: User) -> None:
    made = [serial(ellen, f"Al{n}", 2) for n in range(6)]
    browser = client_of(ari)
    listed = browser.get("/links/shared-suspects/2/?days=365").content.decode()
    newest = [rows[-1].case.reference for rows in made]
    assert all(reference in listed for reference in newest)
    shut_out(made[0][-1].case, ari, priya)
    assert newest[0] not in browser.get("/links/shared-suspects/2/").content.decode()
    file = browser.get("/links/file/")
    rows = file.content.decode().splitlines()
    assert file["Content-Type"].startswith("text/csv") and '"Suspects of harming several people","2","5"' in rows
    assert not any("Reeve" in row or "DA-20" in row for row in rows)
    looks = Access.objects.filter(by=ari, what__startswith="reporting.links")
    assert set(looks.values_list("kind", flat=True)) == {Access.Kind.VIEW, Access.Kind.EXPORT}
    assert any(made[1][-1].case_id in look.hits for look in looks if look.hits)


def test_one_to_four_are_kept_back_on_the_page_and_in_the_file(ellen: User, ari: User) -> None:
    serial(ellen, "Al", 2)
    now = timezone.now()
    lines = {t.pattern.code: [line.said for line in t.lines] for t in tables_of(ari, now - timedelta(days=365), now)}
    assert lines["shared-suspects"][0] == "fewer than 5"
    assert '"1"' not in [row.split(",")[2] for row in client_of(ari).get("/links/file/").content.decode().splitlines()]


def test_the_pages_are_there_for_analysts_and_for_nobody_else(ellen: User, stranger: User, ari: User) -> None:
    urls = ("/links/", "/links/file/", "/links/data-quality/", "/links/rising/much/")
    for url in urls:
        assert client_of(ellen).get(url).status_code == client_of(stranger).get(url).status_code == 404
        assert client_of(ari).get(f"{url}?days=x&before=%00").status_code == 200
    for odd in ("/links/rising/nothing/", "/links/nothing/2/"):
        assert client_of(ari).get(odd).status_code == 404


def test_figures_cost_the_same_for_few_and_for_many(ellen: User, ari: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            now = timezone.now()
            tables_of(ari, now - timedelta(days=365), now)
            quality(ari, now - timedelta(days=365))
        return len(found)

    few = asked()
    for n in range(5):
        serial(ellen, f"Al{n}", 3)
    assert asked() == few == len(PATTERNS) + 2


def test_every_case_of_a_group_is_listed_once(ellen: User, ari: User) -> None:
    serial(ellen, "Al", 2)
    pattern, now = PATTERNS["shared-suspects"], timezone.now()
    group: Any = pattern.group("2")
    assert cases_of(pattern, group, ari, now - timedelta(days=365), now).count() == 1


@pytest.mark.requirement("S3-159")
def test_how_good_the_data_is_counts_whom_nobody_asked_too(ellen: User, ari: User) -> None:
    for n in range(5):
        happened(ellen, 3, f"Ada Marlow{n}", f"Ray Pike{n}", place="14 Mill Lane", postcode=f"NR3 4Q{'ABCDE'[n]}")
    found = {row.label: row for row in quality(ari, timezone.now() - timedelta(days=30)).rows}
    assert found["A name is known"].share == 100 and found["An address is known"].share == 0
    assert found["Where it happened names a house"].share == 100 and found["When it happened is known"].share == 0
    page = client_of(ari).get("/links/data-quality/").content.decode()
    assert "Possible duplicates waiting" in page and "Score, of 100" in page


def test_of_fewer_than_five_nothing_is_shown(ellen: User, ari: User) -> None:
    happened(ellen, 3, "Ada Marlow", "Ray Pike")
    found = quality(ari, timezone.now() - timedelta(days=30))
    assert found.score is None and all(row.share is None for row in found.rows)
