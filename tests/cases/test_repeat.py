"""Repeat, serial, vulnerable (part F, R-50): counted by the day of the event, by the definition of that day, each explained."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from accounts.models import Unit, User
from cases.models import Case, DefinitionSet, Incident, Involvement
from cases.models.definition_set import SHIPPED, TERMS, months_before
from cases.models.marker import with_derived
from cases.services.repeat import Flag, flags_at_the_time, flags_of, flags_of_pairs
from cases.services.repeat_places import flags_of_places
from people.models import Person
from tests import factories
from tests.cast import client_of, involve, shut_out
from workflow import engine


def happened(by: User, days: float, harmed: Any = None, suspect: Any = None, **said: Any) -> Incident:
    """An incident so many days ago; `harmed` and `suspect` are people, or the names of new ones."""
    incident = factories.begun(by)
    for part, who in (("victim", harmed), ("suspect", suspect)):
        if isinstance(who, str):
            involve(incident, by, part, who)
        elif who is not None:
            engine.add(Involvement(incident=incident, person=who, part=part), beneath=incident, by=by)
    at = timezone.now() - timedelta(days=days)
    said = {"reported_at": at, **said}
    Incident.objects.filter(pk=incident.pk).update(**said)
    return Incident.objects.get(pk=incident.pk)


def of(incident: Incident, part: str) -> Person:
    found: Person = incident.people(part).get().person
    return found


def codes(flags: list[Flag]) -> set[str]:
    return {flag.code for flag in flags}


def now_of(person: Person, user: User, at: datetime | None = None) -> set[str]:
    return codes(flags_of([person.pk], user, at)[person.pk])


@pytest.fixture
def two(ellen: User) -> tuple[Person, Person]:
    """Hannah and Daniel, once, 300 days ago."""
    first = happened(ellen, 300, "Hannah Okoro", "Daniel Reeve")
    return of(first, "victim"), of(first, "suspect")


def test_every_term_of_the_brief_is_shipped_with_words_and_an_authority(db: None) -> None:
    held = DefinitionSet.objects.in_force(timezone.localdate())
    assert set(held) == set(TERMS) == {row[0] for row in SHIPPED} and len(TERMS) == 8
    assert all(row.text and row.authority for row in held.values())
    numbers = {code: (row.window_months, row.at_least) for code, row in held.items()}
    assert numbers["repeat_victim"] == numbers["repeat_pair"] == numbers["repeat_suspect"] == (12, 2)
    assert (numbers["serial_suspect"], numbers["repeat_place"]) == ((36, 2), (12, 3))
    assert numbers["vulnerable"] == (None, None) and numbers["marac_repeat"] == (12, None)


def test_two_incidents_make_each_party_what_their_own_part_makes_them(ellen: User, two: Any) -> None:
    hannah, daniel = two
    assert now_of(hannah, ellen) == now_of(daniel, ellen) == set()
    happened(ellen, 1, hannah, daniel)
    assert now_of(hannah, ellen) == {"repeat_victim", "repeat_pair"}
    assert now_of(daniel, ellen) == {"repeat_pair", "repeat_suspect"}


def test_a_counter_allegation_counts_each_party_in_the_part_they_have(ellen: User, two: Any) -> None:
    hannah, daniel = two
    happened(ellen, 1, daniel, hannah)
    assert now_of(hannah, ellen) == now_of(daniel, ellen) == set()


def test_a_flag_says_which_events_made_it_how_many_earlier_and_what_the_word_means(ellen: User, two: Any) -> None:
    hannah, daniel = two
    older = happened(ellen, 500, hannah, daniel)
    last = happened(ellen, 2, hannah, daniel)
    flag = next(flag for flag in flags_of([hannah.pk], ellen)[hannah.pk] if flag.code == "repeat_victim")
    assert [event.incident for event in flag.events][0] == last.pk and older.pk not in {e.incident for e in flag.events}
    assert (flag.number, flag.earlier, flag.told_since) == (2, 1, 0)
    assert "2 incidents in 12 months" in flag.why and "1 happened earlier." in flag.why and "2 or more" in flag.why
    assert flag.definition.text == SHIPPED[0][3]


def test_it_is_counted_by_the_day_it_happened_and_a_late_report_is_said_beside_it(ellen: User, two: Any) -> None:
    hannah, daniel = two
    long_ago = timezone.now() - timedelta(days=900)
    happened(ellen, 1, hannah, daniel, occurred_from=long_ago)
    assert now_of(hannah, ellen) == set()
    happened(ellen, 0.5, hannah, daniel)
    flag = flags_of([hannah.pk], ellen)[hannah.pk][0]
    assert (flag.number, flag.earlier, flag.told_since) == (2, 1, 1) and "reported since" in flag.why


def test_as_of_an_earlier_moment_what_came_later_does_not_count(ellen: User, two: Any) -> None:
    hannah, daniel = two
    happened(ellen, 100, hannah, daniel)
    assert now_of(hannah, ellen, timezone.now() - timedelta(days=101)) == set()
    assert now_of(hannah, ellen, timezone.now() - timedelta(days=99)) == {"repeat_victim", "repeat_pair"}
    assert now_of(hannah, ellen, timezone.now() + timedelta(days=80)) == set()  # 300 + 80 days: out of the window


def test_different_people_within_three_years_make_a_serial_suspect_and_no_repeat(ellen: User, two: Any) -> None:
    _hannah, daniel = two
    happened(ellen, 1090 - 300, "Leanne Farrow", daniel)
    flags = flags_of([daniel.pk], ellen)[daniel.pk]
    assert codes(flags) == {"serial_suspect"} and "2 people harmed in 36 months" in flags[0].why


def test_what_turned_out_to_be_no_domestic_abuse_or_was_struck_out_counts_for_nothing(ellen: User, two: Any) -> None:
    hannah, daniel = two
    happened(ellen, 1, hannah, daniel, da_confirmed="no")
    happened(ellen, 2, hannah, daniel, struck_out_at=timezone.now())
    assert now_of(hannah, ellen) == set()


def test_what_the_reader_may_not_see_makes_nobody_a_repeat(ellen: User, tom: User, priya: User, two: Any) -> None:
    hannah, daniel = two
    hidden = happened(ellen, 1, hannah, daniel).case
    assert "repeat_victim" in now_of(hannah, tom)
    shut_out(hidden, tom, priya)
    assert now_of(hannah, tom) == set() and "repeat_victim" in now_of(hannah, ellen)
    assert flags_of_pairs([(hannah.pk, daniel.pk)], tom) == {}


def test_the_third_of_a_pair_asks_for_marac(ellen: User, two: Any) -> None:
    hannah, daniel = two
    happened(ellen, 20, hannah, daniel)
    pair = (hannah.pk, daniel.pk)
    assert not flags_of_pairs([pair], ellen)[pair].asks_for_marac
    happened(ellen, 10, hannah, daniel)
    assert flags_of_pairs([pair, (daniel.pk, hannah.pk)], ellen).keys() == {pair}
    assert flags_of_pairs([pair], ellen)[pair].asks_for_marac


def test_a_person_judges_who_is_vulnerable_and_the_flag_says_who_and_why(ellen: User, two: Any) -> None:
    hannah, daniel = two
    case = Case.objects.get(incident__involvements__person=hannah)
    said = {"code": "vulnerable_victim", "reason": "She cannot leave the flat without him."}
    engine.perform(case, "set-marker", by=ellen, evidence=said, seen=case.version)
    flag = flags_of([hannah.pk], ellen)[hannah.pk][0]
    assert (flag.code, flag.judged[0].by, flag.judged[0].why) == ("vulnerable", ellen.short_title(), said["reason"])
    assert now_of(daniel, ellen) == set()


def test_a_person_judges_who_does_high_harm_and_the_flag_says_who_why_and_what_it_means(ellen: User, two: Any) -> None:
    hannah, daniel = two
    case = Case.objects.get(incident__involvements__person=hannah)
    said = {"code": "high_harm", "reason": "Hands on her neck twice, and he looks for a gun."}
    engine.perform(case, "set-marker", by=ellen, evidence=said, seen=case.version)
    (flag,) = flags_of([daniel.pk], ellen)[daniel.pk]
    assert (flag.code, flag.judged[0].by, flag.judged[0].why) == ("high_harm", ellen.short_title(), said["reason"])
    assert flag.definition.text == next(row[3] for row in SHIPPED if row[0] == "high_harm")
    assert now_of(hannah, ellen) == set()


def test_another_definition_holds_from_its_day_and_the_days_before_keep_theirs(ellen: User, two: Any) -> None:
    hannah, daniel = two
    later = happened(ellen, 200, hannah, daniel)
    change = timezone.localdate() - timedelta(days=100)
    DefinitionSet.objects.create(code="repeat_victim", text="Three or more.", window_months=12, at_least=3,
                                 valid_from=change, authority="Force order", state="approved")  # fmt: skip
    assert "repeat_victim" not in now_of(hannah, ellen)
    assert "repeat_victim" in now_of(hannah, ellen, timezone.now() - timedelta(days=150))
    marked = with_derived(Incident.objects.filter(pk=later.pk), ellen).get()
    assert marked.marker_repeat_victim


def test_the_markers_of_an_incident_say_what_the_service_says(ellen: User, two: Any) -> None:
    hannah, daniel = two
    second, third = happened(ellen, 100, hannah, daniel), happened(ellen, 50, "Leanne Farrow", daniel)
    old = happened(ellen, 800, hannah, daniel)
    expected = {second: {"repeat_victim", "repeat_pair", "repeat_suspect"}, third: {"serial_suspect"}, old: set()}
    for incident, marked in expected.items():
        row = with_derived(Incident.objects.filter(pk=incident.pk), ellen).get()
        parts = ("repeat_victim", "repeat_pair", "repeat_suspect", "serial_suspect")
        assert {code for code in parts if getattr(row, f"marker_{code}")} == marked
        then = flags_at_the_time([incident.pk], ellen)[incident.pk]
        assert marked <= {code for flags in then.values() for code in codes(flags)}
        people = [of(incident, "victim"), of(incident, "suspect")]
        assert marked <= {code for person in people for code in now_of(person, ellen, incident.reported_at)}


def test_at_the_time_stays_what_it_was_when_more_is_recorded_and_people_are_merged(ellen: User, two: Any) -> None:
    """Frozen: of what was recorded when its record was begun, and of whom people were taken to be then."""
    hannah, daniel = two
    later = happened(ellen, 10, "H Okoro", daniel)  # nobody knew that it is she
    other = of(later, "victim")
    assert flags_at_the_time([later.pk], ellen)[later.pk][other.pk] == []
    happened(ellen, 20, other, daniel)  # earlier, and recorded afterwards
    assert flags_at_the_time([later.pk], ellen)[later.pk][other.pk] == []
    merge(other, hannah)
    assert codes(flags_at_the_time([later.pk], ellen)[later.pk][hannah.pk]) == set()
    assert now_of(hannah, ellen) == {"repeat_victim", "repeat_pair"}


def merge(gone: Person, kept: Person) -> None:
    """As a merge does it: the rows name another hub from now on. A test runs in one moment of the database, so the history
    of before is put a minute back.
    """
    with pgtrigger.ignore("cases.InvolvementEvent:append_only"):
        apps.get_model("cases", "InvolvementEvent").objects.update(pgh_created_at=timezone.now() - timedelta(days=2000))
        Involvement.objects.filter(person=gone).update(person=kept)
        newest = apps.get_model("cases", "InvolvementEvent").objects.filter(person_id=kept.pk, pgh_label="update")
        newest.update(pgh_created_at=timezone.now() + timedelta(seconds=1))


def test_three_calls_or_reports_at_one_place_make_a_repeat_location(ellen: User) -> None:
    for days in (3, 2, 1):
        happened(ellen, days, place="Flat 3, 14 Mill Lane", postcode="NR3 4QX")
    happened(ellen, 1, place="Flat 4, 14 Mill Lane", postcode="NR3 4QX")
    keys = set(Incident.objects.values_list("place_key", flat=True))
    found = flags_of_places(keys, ellen)
    assert len(keys) == 2 and [flag.number for flag in found.values()] == [3]
    assert "3 calls or reports in 12 months" in next(iter(found.values())).why


def test_one_person_and_forty_cost_the_same_statements(ellen: User, two: Any) -> None:
    hannah, daniel = two
    rows = [happened(ellen, days, hannah, daniel) for days in (5, 6)]
    with CaptureQueriesContext(connection) as few:
        flags_of([hannah.pk], ellen)
        flags_at_the_time([rows[0].pk], ellen)
    for days in range(8):
        rows.append(happened(ellen, days, f"Ada Marlow{days}", daniel))
    people = list(Person.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as many:
        flags_of(people, ellen)
        flags_at_the_time([row.pk for row in rows], ellen)
    assert len(many) == len(few) <= 10, [query["sql"][:100] for query in many]


def test_the_person_page_shows_each_flag_with_what_made_it_and_what_it_means(ellen: User, two: Any) -> None:
    hannah, daniel = two
    last = happened(ellen, 1, hannah, daniel)
    page = " ".join(client_of(ellen).get(f"/people/{hannah.pk}/").content.decode().split())
    assert "Repeat victim" in page and "2 incidents in 12 months" in page and last.case.reference in page
    assert "/definitions/#repeat_victim" in page


def test_the_case_shows_at_the_time_beside_now(ellen: User, two: Any) -> None:
    hannah, daniel = two
    first = Incident.objects.get(involvements__person=hannah)
    happened(ellen, 1, hannah, daniel)
    page = " ".join(client_of(ellen).get(f"{first.case.get_absolute_url()}?panel=repeat").content.decode().split())
    assert "At the time: none" in page and "Now: Repeat victim" in page


@settings(max_examples=200, deadline=None)
@given(some.dates(date(1950, 1, 1), date(2100, 1, 1)), some.integers(1, 1200))
def test_months_before_is_what_the_database_makes_of_it(day: date, months: int) -> None:
    """29 February a year before is 28 February; 10 January a year before is 10 January."""
    found = months_before(day, months)
    count = day.year * 12 + day.month - months
    assert (found.year * 12 + found.month, found.day <= day.day) == (count, True)
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_no_unit_is_needed_for_what_is_shipped(force: Unit) -> None:
    assert DefinitionSet.objects.first().scope == force  # type: ignore[union-attr]
