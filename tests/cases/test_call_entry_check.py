"""Name, address and telephone are checked as a call is taken: repeat and vulnerable, with the reasons (S3-018)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access
from cases.models import Call, Case, DefinitionSet, Incident, ShutOut
from cases.services.entry_check import known_at_entry
from cases.services.entry_known import Typed
from cases.services.same_place import digits_of, same_place
from people.models import Address, Person, Telephone
from people.services import learn
from tests import factories
from tests.cases.calls import SAID, called, step
from tests.cases.recording import words
from tests.cast import client_of
from workflow import engine
from workflow.templatetags.words import day

HERS = Typed(at_risk="Hannah Okoro", place="Flat 3, 14 Mill Lane", postcode="NR3 4QX", telephone="07700 900123")


@pytest.fixture
def graded(hannah: Person, hannahs_incident: Incident, ellen: User) -> Incident:
    """Hannah's incident, her number known, graded high."""
    learn(Telephone(person=hannah, number="+44 7700 900123"), beneath=hannahs_incident, by=ellen)
    incident = factories.written(hannahs_incident, ellen)
    factories.assessed(incident, ellen, "high")
    return incident


def check(browser: Any, **typed: str) -> Any:
    return browser.post("/calls/check/", typed, headers={"X-Requested-With": "fetch"})


@pytest.mark.requirement("S3-018")
def test_somebody_known_is_shown_as_repeat_and_vulnerable_with_the_reasons(
    graded: Incident, hannahs_case: Case, ellen: User, rafi: User, nr3: Unit
) -> None:
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Knife kept by the front door"})
    answer = check(
        client_of(rafi), at_risk="Hanna Okoro", place="3/14 Mill Lane", postcode="nr34qx", telephone="07700900123"
    )
    page = words(answer)
    assert "REPEAT" in page and "VULNERABLE" in page
    assert "1 report in 12 months" in page
    assert "High grade in force" in page
    assert "Safety warning: Knife kept by the front door" in page
    assert "This telephone number" in page and "This address" in page
    ShutOut.objects.update(lifted_at=timezone.now())
    call = called(rafi, nr3)
    assert call.derived == ["repeat", "vulnerable"] and "High grade in force" in call.derived_why


@pytest.mark.parametrize("alone", ["telephone", "address and name"])
def test_the_number_or_the_address_with_the_name_is_enough(alone: str, graded: Incident, rafi: User) -> None:
    typed = Typed(telephone=HERS.telephone)
    if alone != "telephone":
        typed = Typed(at_risk=HERS.at_risk, place=HERS.place, postcode=HERS.postcode)
    known = known_at_entry(typed, user=rafi)
    assert known.repeat and known.vulnerable, alone


@pytest.mark.parametrize(
    ("months", "at_least", "repeat", "said"),
    [(12, 2, False, ""), (24, 2, True, "1 report in 24 months"), (24, 3, False, "1 report in 24 months")],
)
def test_how_far_back_and_how_many_is_what_the_force_means_by_repeat(
    months: int, at_least: int, repeat: bool, said: str, graded: Incident, rafi: User
) -> None:
    """Hannah reported eighteen months ago; the definition in force says whether this call makes it a repeat."""
    Incident.objects.filter(pk=graded.pk).update(
        reported_at=timezone.now() - timedelta(days=548), occurred_from=None, occurred_to=None
    )
    DefinitionSet.objects.create(
        code="repeat_victim", text="Ours.", window_months=months, at_least=at_least, authority="Ours", state="approved",
        valid_from=timezone.localdate(),
    )  # fmt: skip
    known = known_at_entry(HERS, user=rafi)
    assert known.repeat is repeat
    assert [one for row in known.people for one in row.reasons if "report" in one] == (
        [f"{said}, on {day(timezone.now() - timedelta(days=548))}"] if said else []
    )


def test_a_name_alone_may_be_a_namesake_until_somebody_chooses(graded: Incident, hannah: Person, rafi: User) -> None:
    by_name = known_at_entry(Typed(at_risk="Hannah Okoro"), user=rafi)
    assert [row.name for row in by_name.people] == ["Hannah Okoro"]
    assert by_name.people[0].repeat and not by_name.repeat, "shown beside the name, and not concluded"
    chosen = known_at_entry(Typed(at_risk="Hannah Okoro", harmed=hannah.pk), user=rafi)
    assert chosen.repeat and chosen.vulnerable


def test_a_neighbour_in_the_same_postcode_is_somebody_else(graded: Incident, rafi: User) -> None:
    known = known_at_entry(Typed(at_risk="Zoe Quent", place="22 Mill Lane", postcode="NR3 4QX"), user=rafi)
    assert not known.repeat and not known.people and not known.here


def test_a_report_of_more_than_a_year_ago_is_no_repeat(graded: Incident, rafi: User) -> None:
    in_two_years = timezone.now() + timedelta(days=800)
    known = known_at_entry(HERS, user=rafi, now=in_two_years)
    assert not known.repeat
    assert known.vulnerable, "the grade is in force until somebody changes it"


@pytest.mark.requirement("S3-018")
def test_a_flag_set_by_hand_is_never_lost_by_finding_again(rafi: User, nr3: Unit, ellen: User) -> None:
    call = called(rafi, nr3, marked=["vulnerable"])
    assert (call.marked, call.derived) == (["vulnerable"], [])
    call = step(call, "dispatch", rafi, resource="NR31", dispatched_at=timezone.now().isoformat())
    call = step(call, "brief", rafi, briefed_who="PC Marsh", briefed_at=timezone.now().isoformat())  # finds again
    assert (call.marked, call.derived, call.marks) == (["vulnerable"], [], ["Vulnerable"])
    call = step(call, "mark", ellen, marked=["repeat", "vulnerable"], marked_why="She told me of two before.")
    assert call.marks == ["Repeat", "Vulnerable"] and call.derived == []


@pytest.mark.parametrize("typed", ["01632 960777", "01632960777", "+44 1632 960777", "(01632) 960-777"])
def test_what_somebody_marked_is_told_to_whoever_takes_the_next_call_from_the_number(
    typed: str, rafi: User, nr3: Unit
) -> None:
    called(rafi, nr3, marked=["vulnerable"], flagged="no", telephone="01632 960777", postcode="", at_risk="")
    known = known_at_entry(Typed(telephone=typed), user=rafi)
    assert known.vulnerable and any("Marked vulnerable by hand" in words for words in known.reasons)


def test_an_open_call_from_the_same_number_is_shown(rafi: User, nr3: Unit) -> None:
    first = called(rafi, nr3, log_ref="0409")
    page = words(check(client_of(rafi), telephone="07700 900123"))
    assert "Open calls like it" in page and "Log 0409" in page
    step(first, "close", rafi, result="not_abuse", result_why="Two brothers rehearsing a play.")
    assert "Log 0409" not in words(check(client_of(rafi), telephone="07700 900123"))


def test_of_a_restricted_case_only_the_marker_is_told(
    graded: Incident, hannahs_case: Case, rafi: User, priya: User
) -> None:
    engine.perform(hannahs_case, "restrict", by=priya, evidence={"reason": "A relative works in the control room."})
    page = words(
        check(client_of(rafi), at_risk=HERS.at_risk, place=HERS.place, postcode=HERS.postcode, telephone=HERS.telephone)
    )
    assert "Restricted: ask professional standards." in page
    assert "Hannah" not in page and "12 months" not in page and "High grade" not in page


def test_what_was_looked_for_is_written_down_and_stands_in_no_address(
    graded: Incident, hannah: Person, rafi: User
) -> None:
    check(client_of(rafi), at_risk="Hannah Okoro", telephone="07700 900123")
    looked = Access.objects.filter(by=rafi, kind=Access.Kind.SEARCH).order_by("pk")
    assert {row.terms for row in looked} == {"Hannah Okoro", "07700 900123"}
    assert all(hannah.pk in row.hits for row in looked)


def test_without_script_the_page_comes_back_with_what_was_typed_and_what_is_known(
    graded: Incident, hannah: Person, rafi: User, nr3: Unit
) -> None:
    browser = client_of(rafi)
    answer = browser.post("/calls/check/", {**SAID, "check": "1", "harmed": str(hannah.pk)})
    text = answer.content.decode()
    assert answer.status_code == 200 and "Hannah Okoro" in words(answer) and "REPEAT" in words(answer)
    assert 'value="0412"' in text and "kicking the door" in text and 'action="/calls/new/"' in text
    assert f'value="{hannah.pk}" id="harmed-{hannah.pk}" checked' in text
    assert Call.objects.count() == 0


def test_the_check_is_the_control_rooms_alone(ellen: User, stranger: User) -> None:
    for user in (ellen, stranger):
        assert check(client_of(user), at_risk="Hannah Okoro").status_code == 403


def test_somebody_hidden_cannot_be_chosen(
    graded: Incident, hannah: Person, hannahs_case: Case, rafi: User, priya: User, nr3: Unit
) -> None:
    engine.perform(hannahs_case, "restrict", by=priya, evidence={"reason": "A relative works in the control room."})
    assert called(rafi, nr3, harmed=str(hannah.pk)).harmed is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Flat 3, 14 Mill Lane", "3/14 mill lane", True), ("14 Mill Lane", "14a Mill Lane", False),
        ("The Old Forge", "14 Mill Lane", True), ("14 Mill Lane", "22 Mill Lane", False),
    ],
)  # fmt: skip
def test_two_ways_of_writing_an_address(one: str, other: str, same: bool) -> None:
    assert same_place(one, other) is same


def test_ways_of_writing_a_number() -> None:
    assert "07700900123" in digits_of("+44 (0)7700 900123") and "447700900123" in digits_of("07700 900123")
    assert digits_of("999") == [], "a number that is everybody's finds nobody"


def test_an_address_is_asked_however_the_postcode_was_typed(graded: Incident, hannah: Person, rafi: User) -> None:
    assert Address.objects.filter(person=hannah, postcode="NR3 4QX").exists()
    assert known_at_entry(Typed(place="Flat 3, 14 Mill Lane", postcode="nr34qx"), user=rafi).here


@pytest.mark.requirement("S3-084")
def test_a_siege_marks_the_address_for_whoever_takes_the_next_call_from_there(rafi: User, nr3: Unit) -> None:
    """Weapons or a siege: the warning stands at the address itself, though nobody of the first call was ever named."""
    siege = called(rafi, nr3, at_risk="", telephone="01632 960777")
    step(siege, "declare", rafi, critical_kind="siege", critical_what="Shotgun in the house, two children inside")
    page = words(check(client_of(rafi), place="Flat 3, 14 Mill Lane", postcode="nr34qx"))
    assert "Shotgun in the house, two children inside" in page
    assert "Shotgun" not in words(check(client_of(rafi), place="22 Mill Lane", postcode="nr34qx"))
