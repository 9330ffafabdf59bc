"""The equality report: who is harmed and what stood in their way, with what is not known, and nobody found by a small number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Incident
from people.models.ethnicity import EIGHTEEN
from people.services import describe
from reporting.equality.counted import ethnic_rows, lines, report
from reporting.equality.small import FEWEST, kept_back
from tests import factories
from tests.cases.recording import words
from tests.cast import involve
from tests.doors.test_ceilings import opened
from workflow import engine

SignIn = Callable[[User | None], Client]
MODEST = settings(max_examples=60, deadline=None)


def harm(
    by: User, number: int, barriers_asked: str = "", barriers: tuple[str, ...] = (), **said: str
) -> list[Incident]:
    """So many people harmed, each in an incident of their own, who say this of themselves."""
    incidents = [factories.begun(by) for _ in range(number)]
    for incident in incidents:
        told = {"barriers_asked": barriers_asked, "barriers": list(barriers)}
        who = involve(incident, by, "victim", "Leanne Farrow", **told).person
        describe(person=who, said={topic: (answer, "") for topic, answer in said.items()}, beneath=incident, by=by)
    return incidents


@pytest.mark.requirement("S0-023")
def test_the_analyst_reads_who_was_harmed_and_what_stood_in_their_way(ellen: User, ari: User, sign_in: SignIn) -> None:
    """Each answer, "did not wish to say", "not asked" and "nothing recorded" are rows of their own, of one total."""
    harm(
        ellen, 9, "told", ("disability", "money"), gender="F", disability="yes", ethnicity="A2", orientation="straight"
    )
    harm(ellen, 6, "declined", gender="F", disability="declined", ethnicity="W1", religion="muslim")
    harm(ellen, 7, "not_asked", gender="M", disability="not_asked", ethnicity="not_asked")
    harm(ellen, 5)
    browser = sign_in(ari)
    page = words(browser.get("/equality/"))
    assert "People harmed 27 Reports in which somebody was harmed 27" in page
    asked, made = page.index("Was anything in the way"), page.index("What was in the way")
    tables = {
        label: page[page.index(f"{label} Answer People") :] for label in ("Gender", "Disability", "Religion or belief")
    }
    assert "Yes, they told me 9 33%" in page[asked:made]
    assert "Did not wish to say 6 22%" in page[asked:made] and "Not asked 7 26%" in page[asked:made]
    assert "Not known: nothing recorded 5 19%" in page[asked:made]
    assert "Disability, or needing the suspect's care 9 33%" in page[made:]
    assert tables["Gender"].index("Female 15 56% 9") < tables["Gender"].index("Male 7 26% 0")
    in_order = (
        "Yes 9 33% 9",
        "No 0 0% 0",
        "Did not wish to say 6 22% 0",
        "Not asked 7 26% 0",
        "Not known: nothing recorded 5",
    )
    assert [words_ for words_ in in_order if words_ not in tables["Disability"][:400]] == []
    assert "Muslim 6 22%" in tables["Religion or belief"] and "Asian: Pakistani 9 33%" in page
    assert "Sexual orientation Answer" in page and "Every share is of all 27 people" in page


def test_small_numbers_are_kept_back_and_no_total_gives_them_away(ellen: User, ari: User, sign_in: SignIn) -> None:
    harm(ellen, 2, gender="X", religion="sikh")
    harm(ellen, 8, gender="F", religion="none")
    harm(ellen, 20, gender="M", religion="christian")
    page = words(sign_in(ari).get("/equality/"))
    gender = page[page.index("Gender Answer") :][:420]
    assert "Non-binary or other fewer than 5 not shown" in gender
    assert "Male 20 67%" in gender
    assert "Female not shown not shown" in gender  # else 30 less 20 and 8 would be the two
    assert "Sikh fewer than 5" in page and "Sikh 2" not in page


def test_where_only_few_told_of_a_barrier_no_column_adds_up_to_them(ellen: User, ari: User, sign_in: SignIn) -> None:
    harm(ellen, 3, "told", ("honour",), gender="F")
    harm(ellen, 12, "declined", gender="F")
    page = words(sign_in(ari).get("/equality/"))
    assert "Yes, they told me fewer than 5" in page and "Female 15 100%" in page
    assert "Of them, told" not in page and "Family or community honour" not in page


def test_of_fewer_than_five_people_nothing_is_printed(ellen: User, ari: User, sign_in: SignIn) -> None:
    harm(ellen, 4, "told", ("race",), gender="F")
    page = words(sign_in(ari).get("/equality/"))
    assert "Fewer than 5 people were harmed" in page
    assert "Female" not in page and "4" not in page[page.index("Fewer than 5 people") :][:120]


def test_one_person_harmed_twice_is_one_person_and_two_reports(ellen: User, ari: User) -> None:
    first, *_ = harm(ellen, 6, gender="F")
    again = factories.begun(ellen, first.case)
    harmed_again = type(first.people("victim").get())(
        incident=again, person=first.people("victim").get().person, part="victim", barriers_asked="told",
        barriers=["money"],
    )  # fmt: skip
    engine.add(harmed_again, beneath=again, by=ellen)
    found = report(ari, timezone.now() - timedelta(days=365))
    assert (found.people, found.reports) == (6, 7)


def test_only_cases_that_the_reader_may_open_are_counted(ellen: User, ari: User, ruth: User, dana: User) -> None:
    incidents = harm(ellen, 7, gender="F")
    engine.perform(incidents[0].case, "restrict", by=dana, evidence={"reason": "An officer is said to have done it."})
    since = timezone.now() - timedelta(days=365)
    assert report(ari, since).people == report(ruth, since).people == 6


def test_what_turned_out_not_to_be_domestic_abuse_or_is_older_is_not_counted(ellen: User, ari: User) -> None:
    other, *_ = harm(ellen, 6)
    engine.amend(other, {"da_confirmed": "no"}, by=ellen, seen=other.version)
    now = timezone.now()
    assert report(ari, now - timedelta(days=91)).people == 5
    assert report(ari, now).people == 0


@pytest.mark.parametrize("who", ["ellen", "priya", "stranger", "sam"])
def test_for_others_there_is_no_such_page(who: str, sign_in: SignIn, request: pytest.FixtureRequest) -> None:
    assert sign_in(request.getfixturevalue(who)).get("/equality/").status_code == 404


def test_whoever_answers_for_the_force_finds_it_in_the_navigation(
    ari: User, ruth: User, ellen: User, sign_in: SignIn
) -> None:
    assert all('href="/equality/"' in sign_in(user).get("/clocks/").content.decode() for user in (ari, ruth))
    assert 'href="/equality/"' not in sign_in(ellen).get("/clocks/").content.decode()


def test_it_asks_the_database_no_more_for_more_people(ellen: User, ari: User, sign_in: SignIn) -> None:
    browser = sign_in(ari)
    harm(ellen, 6, "told", ("money",), gender="F")
    few = opened(browser, "/equality/")
    harm(ellen, 9, "declined", gender="M", ethnicity="W1")
    assert len(opened(browser, "/equality/")) == len(few) <= 24


# --- numbers kept back -------------------------------------------------------------------------------------------------

COLUMNS = st.lists(st.integers(0, 12) | st.integers(0, 300), min_size=1, max_size=8).filter(
    lambda counts: sum(0 < count < FEWEST for count in counts) <= 5
)


@MODEST
@given(COLUMNS)
def test_whoever_takes_what_is_printed_from_the_total_learns_no_small_number(counts: list[int]) -> None:
    """Every small number could still be any of one to four, also for a reader who knows how the others are chosen."""
    column = {str(place): count for place, count in enumerate(counts)}
    away = kept_back(column)
    printed = {key: count for key, count in column.items() if key not in away}
    assert not any(0 < count < FEWEST for count in printed.values())
    if away == frozenset(column):
        return  # nothing of the column is printed at all
    few = [key for key in away if column[key] < FEWEST]
    others = [key for key in away if column[key] >= FEWEST]
    hidden = sum(counts) - sum(printed.values())
    largest = min((count for count in printed.values() if count), default=hidden)
    fits = [
        guess for guess in product(range(1, FEWEST), repeat=len(few))
        if FEWEST * len(others) <= hidden - sum(guess) <= largest * len(others)
    ]  # fmt: skip
    for place, _ in enumerate(few):
        assert {guess[place] for guess in fits} == {1, 2, 3, 4}, (column, away)


@MODEST
@given(COLUMNS)
def test_nothing_is_kept_back_without_need(counts: list[int]) -> None:
    column = {str(place): count for place, count in enumerate(counts)}
    away = kept_back(column)
    assert bool(away) == any(0 < count < FEWEST for count in counts)
    if away != frozenset(column):
        assert all(column[key] for key in away)  # nobody is nobody: a nought is printed


@MODEST
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=6))
def test_how_many_told_is_not_said_of_few_nor_of_all_but_a_few(pairs: list[tuple[int, int]]) -> None:
    found = {str(place): (people, min(people, told)) for place, (people, told) in enumerate(pairs)}
    rows = lines([(code, code) for code in found], found, sum(people for people, _ in found.values()), told=True)
    for row in rows:
        people, told = found[row.label]
        assert row.told is not None
        if row.told.count is not None:
            assert row.people.count == people and row.told.count == told
            assert not 0 < told < FEWEST and not 0 < people - told < FEWEST
    groups = [row for row in rows if found[row.label][0]]
    quiet = [row for row in groups if row.told and row.told.count is None]
    assert len(quiet) != 1 or len(groups) == 1, "the sum of all who told would say how many of these did"


@MODEST
@given(st.lists(st.integers(0, 60), min_size=18, max_size=18))
def test_the_groups_of_ethnicity_add_up_to_their_codes_and_hide_what_either_would_give_away(counts: list[int]) -> None:
    found = {code: (count, 0) for (code, _), count in zip(EIGHTEEN, counts, strict=True)}
    rows = ethnic_rows(found, sum(counts), told=False)
    labels = {label: count for (_, label), count in zip(EIGHTEEN, counts, strict=True)}
    group, beneath = None, {}
    for row in rows:
        if not row.within:
            group = row
            continue
        assert group is not None and group.people.count
        beneath.setdefault(group.label, []).append(row)
        assert row.people.count in (None, labels[row.label])
    for one in rows:
        if one.label in beneath and all(row.people.count is not None for row in beneath[one.label]):
            assert sum(row.people.count for row in beneath[one.label]) == one.people.count
    assert not any(row.people.count and row.people.count < FEWEST for row in rows)
