"""The kinds of fact beside name, birth, address and telephone: how each is said, compared, ended and tied to two people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, Involvement
from cases.visibility import markers_for
from people.models import (
    Address,
    Handle,
    Identifier,
    Link,
    PartialDay,
    Person,
    PersonName,
    Telephone,
    Vehicle,
    WarningMarker,
)
from people.models.identifier import looks_right
from people.models.link import TIES
from people.models.span import as_partial, part_of, span_columns
from people.services import addresses_for, facts_of, learn, still_true, take_out
from reporting.paper.case_file import read_case
from tests import factories
from tests.cases.recording import words
from tests.people.population import known, learned
from workflow import engine
from workflow.models import Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
DANGER = {"danger": "weapons", "what": "Kitchen knife", "said_by": "PC 2208 Hallam"}


@pytest.fixture
def gary(hannahs_case: Any, ellen: User) -> Person:
    return known(hannahs_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11), address="14 Tannery Row")


def lines(person: Person, user: User, label: str) -> list[tuple[str, bool]]:
    return [(fact.words, fact.older) for fact in facts_of(person, user) if fact.label == label]


# --- from and to ---


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        (PartialDay(2021), date(2021, 1, 1), date(2021, 12, 31)),
        (PartialDay(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (PartialDay(2023, 6, 3), date(2023, 6, 3), date(2023, 6, 3)),
    ],
)
def test_a_part_of_a_date_is_kept_as_it_was_said(said: PartialDay, first: date, last: date) -> None:
    columns = span_columns(said, said)
    assert (columns["since"], columns["until"]) == (first, last)
    assert as_partial(columns["since"], part_of(said)) == as_partial(columns["until"], part_of(said)) == said


def test_an_address_says_whose_it_is_and_from_when_until_when(gary: Person, hannahs_case: Any, ellen: User) -> None:
    old = span_columns(PartialDay(2021, 3), PartialDay(2023, 6))
    learned(Address, hannahs_case, gary, ellen, line="3 Corn Street", whose="family", **old)
    assert lines(gary, ellen, "Lives") == [
        ("14 Tannery Row, NG5 2AB", False),  # learned before, and still so
        ("3 Corn Street (Their family’s home, March 2021 to June 2023)", True),
    ]


def test_where_somebody_lives_is_neither_where_they_lived_nor_where_they_work(
    gary: Person, hannahs_case: Any, ellen: User
) -> None:
    learned(Address, hannahs_case, gary, ellen, line="3 Corn Street", **span_columns(None, PartialDay(2023)))
    learned(Address, hannahs_case, gary, ellen, line="Depot, Mill Road", whose="work")
    assert addresses_for([gary.pk], ellen)[gary.pk].line == "14 Tannery Row"


def test_an_address_that_ends_today_is_still_theirs(gary: Person, hannahs_case: Any, ellen: User) -> None:
    today = timezone.localdate()
    ends = learned(Address, hannahs_case, gary, ellen, line="1 Ash Way", until=today, until_part="day")
    assert not ends.over
    ends.until = today - timedelta(days=1)
    assert ends.over


def test_nothing_ends_before_it_begins(gary: Person, hannahs_case: Any, ellen: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        learned(Address, hannahs_case, gary, ellen, line="x", since=date(2023, 1, 1), until=date(2022, 1, 1))


# --- vehicles, accounts, numbers ---


def test_several_vehicles_are_true_at_once_and_doubt_is_said(gary: Person, hannahs_case: Any, ellen: User) -> None:
    learned(Vehicle, hannahs_case, gary, ellen, plate="LK19", partial=True, looks="Grey van", unconfirmed=True)
    learned(Vehicle, hannahs_case, gary, ellen, plate="ab12 cde")
    assert lines(gary, ellen, "Vehicle") == [
        ("AB12 CDE", False), ("Grey van, part plate LK19, unconfirmed", False),
    ]  # fmt: skip
    assert Vehicle.objects.get(partial=False).plate_plain == "AB12CDE"


@pytest.mark.parametrize(
    "said", ["@Gaz.Pollitt88", "gaz.pollitt88", "https://instagram.com/Gaz.Pollitt88/", "instagram.com/gaz.pollitt88"]
)
def test_an_account_is_the_same_however_it_is_written(said: str, gary: Person, hannahs_case: Any, ellen: User) -> None:
    learned(Handle, hannahs_case, gary, ellen, network="instagram", handle=said)
    assert Handle.objects.get().handle_plain == "gaz.pollitt88"


def test_an_account_that_is_theirs_no_longer_is_gone_from_every_case(
    hannah: Person, hannahs_incident: Incident, ellen: User, nr3: Any
) -> None:
    other = factories.begun(ellen)
    engine.add(Involvement(incident=other, person=hannah, part="victim"), beneath=other, by=ellen)
    learn(Handle(person=hannah, network="whatsapp", handle="@HannahO"), beneath=hannahs_incident, by=ellen)
    here = learn(Handle(person=hannah, network="whatsapp", handle="hannaho"), beneath=other, by=ellen)
    take_out(here, beneath=other, by=ellen, reason="He reads it.")
    assert not Handle.objects.standing().exists()


@pytest.mark.parametrize("number", ["88/14402T", "1988/0014402T", "88 / 14402 t", "088/14402T"[1:]])
def test_a_pnc_number_is_the_same_however_it_is_written(
    number: str, gary: Person, hannahs_case: Any, ellen: User
) -> None:
    learned(Identifier, hannahs_case, gary, ellen, series="pnc", number=number)
    assert Identifier.objects.get().number_plain == "8814402T"


@pytest.mark.parametrize(
    ("series", "number", "right"),
    [
        ("pnc", "88/14402T", True), ("pnc", "79/163001B", True), ("pnc", "88/14402X", False), ("pnc", "1440288", False),
        ("custody", "22/0447", True), ("custody", "ABC", False), ("cro", "123456/88A", True), ("cro", "SF39/1234X", True),
        ("cro", "88A", False), ("prison", "A1234BC", True), ("prison", "1234", False), ("nhs", "943 476 5919", True),
        ("nhs", "943 476 5918", False), ("ni", "QQ 12 34 56 C", True), ("passport", "12", False), ("other", "x", True),
    ],
)  # fmt: skip
def test_a_number_has_the_shape_of_its_kind(series: str, number: str, right: bool) -> None:
    assert looks_right(series, number) is right


# --- warnings ---


def test_a_warning_says_what_who_since_when_on_what_evidence_and_when_to_look_again(
    gary: Person, hannahs_case: Any, ellen: User, sign_in: SignIn
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    said = {**DANGER, "evidence": "Statement", "review_on": yesterday, **span_columns(PartialDay(2022, 3, 3))}
    learned(WarningMarker, hannahs_case, gary, ellen, **said)
    page = words(sign_in(ellen).get(f"/people/{gary.pk}/"))
    assert (
        "Weapons: Kitchen knife; since 3 March 2022; says PC 2208 Hallam; evidence: Statement; review was due" in page
    )
    assert "Warning: weapons" in page  # first, with what is in force


def test_a_warning_is_read_by_whoever_may_see_the_case_before_they_say_why(
    gary: Person, hannahs_case: Any, ellen: User, sam: User, victor: User
) -> None:
    learned(WarningMarker, hannahs_case, gary, ellen, **DANGER)
    assert [fact.words for fact in facts_of(gary, sam) if fact.label == "Warning"] == [
        "Weapons: Kitchen knife; says PC 2208 Hallam"
    ]
    assert all(fact.closed for fact in facts_of(gary, sam) if fact.label == "Lives")
    assert facts_of(gary, victor) == []


def test_a_warning_of_another_case_is_asked_again_and_never_learned_unasked(
    gary: Person, hannahs_case: Any, ellen: User
) -> None:
    learned(WarningMarker, hannahs_case, gary, ellen, **DANGER)
    begun = factories.begun(ellen)
    offered = [fact.label for fact in still_true(gary, ellen, case=begun.case)]
    assert "Warning" in offered
    assert not WarningMarker.objects.filter(case=begun.case).exists()


# --- what is asked again ---


def test_each_of_several_is_asked_by_itself_but_only_the_newest_few(
    gary: Person, hannahs_case: Any, ellen: User
) -> None:
    for number in range(5):
        learned(Vehicle, hannahs_case, gary, ellen, looks=f"Van {number}")
    begun = factories.begun(ellen)
    learned(Vehicle, begun.case, gary, ellen, looks="Van 4")
    offered = [fact.words for fact in still_true(gary, ellen, case=begun.case) if fact.label == "Vehicle"]
    assert offered == ["Van 3", "Van 2", "Van 1"]


def test_what_is_over_is_not_asked_again(gary: Person, hannahs_case: Any, ellen: User) -> None:
    Address.objects.update(until=date(2020, 1, 1), until_part="day")
    assert "Lives" not in {fact.label for fact in still_true(gary, ellen, case=factories.begun(ellen).case)}


# --- ties ---


@pytest.fixture
def tied(hannah: Person, hannahs_incident: Incident, ellen: User) -> Link:
    other = hannahs_incident.people("suspect").get().person
    said = span_columns(PartialDay(2026, 1))
    made: Link = learn(Link(person=other, other=hannah, tie="parent", **said), beneath=hannahs_incident, by=ellen)
    return made


def test_a_tie_stands_on_both_pages_each_time_in_its_own_words(hannah: Person, tied: Link, ellen: User) -> None:
    assert lines(tied.person, ellen, "Linked to") == [("Parent of Hannah Okoro, since January 2026", False)]
    assert lines(hannah, ellen, "Linked to") == [("Child of Daniel Reeve, since January 2026", False)]


def test_every_tie_turns_into_one_that_turns_back() -> None:
    assert all(TIES[TIES[code].turned].turned == code for code in TIES)


def test_a_tie_names_nobody_whom_the_reader_may_not_know(
    hannah: Person, tied: Link, ellen: User, hannahs_incident: Incident, sign_in: SignIn
) -> None:
    PersonName.objects.filter(person=tied.person).update(struck_out_at=timezone.now())
    fact = next(fact for fact in facts_of(hannah, ellen) if fact.label == "Linked to")
    assert "somebody whose name is not known" in fact.words and fact.fact.leads_to == ""


def test_nobody_is_tied_to_whom_the_writer_may_not_see(hannah: Person, hannahs_incident: Incident, ellen: User) -> None:
    hidden = Person.objects.create()
    with pytest.raises(Refused):
        learn(Link(person=hannah, other=hidden, tie="partner"), beneath=hannahs_incident, by=ellen)


def test_a_tie_to_oneself_stands_once(gary: Person, hannahs_case: Any, ellen: User) -> None:
    learned(Link, hannahs_case, gary, ellen, other=gary, tie="sibling")
    assert len(lines(gary, ellen, "Linked to")) == 1


# --- all of them ---


def test_the_page_asks_nothing_for_kinds_of_which_there_is_none(gary: Person, ellen: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        facts_of(gary, ellen)
    assert len(asked) == 1 + 3  # which there are; names, births, addresses
    assert not any('FROM "people_vehicle" INNER JOIN' in query["sql"] for query in asked.captured_queries)


def test_a_kind_of_name_that_was_missing_is_found_like_any_other(
    gary: Person, hannahs_case: Any, ellen: User, sign_in: SignIn
) -> None:
    learned(PersonName, hannahs_case, gary, ellen, forename="Garet", surname="Polit", kind="spelling")
    learned(PersonName, hannahs_case, gary, ellen, forename="Gareth", surname="Vane", kind="former")
    page = words(sign_in(ellen).get(f"/people/{gary.pk}/"))
    assert "Spelt from another alphabet: Garet Polit" in page and "Former name: Gareth Vane" in page


def test_every_kind_can_be_taken_out_again_but_who_somebody_is(
    hannah: Person, hannahs_incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    row, browser = hannahs_incident.people("victim").get(), sign_in(ellen)
    alias = learn(PersonName(person=hannah, forename="Hanny", kind="alias"), beneath=hannahs_incident, by=ellen)
    plate = learn(Vehicle(person=hannah, plate="AB12 CDE"), beneath=hannahs_incident, by=ellen)
    base = f"/incidents/{hannahs_incident.pk}/people/{row.pk}/facts"
    legal = PersonName.objects.get(person=hannah, kind="legal")
    for kind, pk, status in (
        ("personname", legal.pk, 404), ("birth", hannah.birth_set.get().pk, 404), ("personname", alias.pk, 302),
        ("vehicle", plate.pk, 302),
    ):  # fmt: skip
        answer = browser.post(f"{base}/{kind}/{pk}/take-out/", {"reason": "It was somebody else's."})
        assert answer.status_code == status, kind
    assert not Vehicle.objects.standing().exists() and not Telephone.objects.exists()
    assert list(PersonName.objects.standing().filter(person=hannah)) == [legal]


def test_the_printed_case_file_leaves_out_who_warned_and_the_numbers_that_open_doors(
    hannah: Person, hannahs_incident: Incident, hannahs_case: Any, ellen: User, tied: Link
) -> None:
    for fact in (
        WarningMarker(person=hannah, **DANGER, evidence="Statement of the neighbour"),
        Identifier(person=hannah, series="nhs", number="943 476 5919"),
        Identifier(person=hannah, series="pnc", number="88/14402T"),
    ):
        learn(fact, beneath=hannahs_incident, by=ellen)
    file = read_case(hannahs_case, ellen, timezone.now())
    paper = render_to_string("reporting/paper/people.html", {"file": file})
    for printed in ("Weapons: Kitchen knife", "PNC 88/14402T", "Parent of Hannah Okoro", "Child of Daniel Reeve"):
        assert printed in paper
    for left_out in ("Hallam", "neighbour", "943 476 5919"):
        assert left_out not in paper


def test_whoever_may_not_open_the_case_is_told_what_the_danger_is_and_no_more(
    hannah: Person, hannahs_incident: Incident, hannahs_case: Any, ellen: User, sam: User, victor: User
) -> None:
    learn(WarningMarker(person=hannah, **DANGER), beneath=hannahs_incident, by=ellen)
    Case.objects.filter(pk=hannahs_case.pk).update(restricted=True)
    assert "Warning: weapons." in {marker.sentence for marker in markers_for(sam, [hannah.pk], [])}
    assert not any("knife" in marker.sentence for marker in markers_for(sam, [hannah.pk], []))
    assert markers_for(victor, [hannah.pk], []) == []
