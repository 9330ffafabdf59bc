"""A supervisor finds that two records are one man, merges them, learns more of him, and makes them two again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from cases.models import Case, Incident, Involvement
from people.models import Duplicate, Person, Telephone
from people.services import learn
from people.services.weighing import suggest
from tests.browser import DESK, PHONE
from tests.cast import involve
from tests.factories import begun
from tests.journeys.looking import Looking, staff
from workflow import engine

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [PHONE], indirect=True, ids=["phone"])]

SURE = "The same custody photograph, and he says so himself."
WRONG = "The custody record is of his brother: the prints differ."
HIS, BROTHERS, NOBODY_CAN_TELL = "07700 900811", "07700 900822", "07700 900833"


def said_to_harm(incident: Incident, by: Any, whom: str, who: str, born_on: date) -> Person:
    involve(incident, by, "victim", whom)
    return involve(incident, by, "suspect", who, born_on=born_on, relationship="XBG").person


def telephone(person: int, number: str, incident: Incident, by: Any) -> None:
    """A record that is being written learns one more number of him."""
    learn(Telephone(person_id=person, number=number), beneath=Incident.objects.get(pk=incident.pk), by=by)


def numbers_of(person: int) -> set[str]:
    return set(Telephone.objects.standing().filter(person=person).values_list("number", flat=True))


def judged_from_the_queue(sergeant: Looking, pair: Duplicate) -> None:
    """The queue, the pair side by side, what a merge would change, and the merge."""
    sergeant.open("/", "one-man-1-work")
    sergeant.open("/team/same-person/", "one-man-2-queue")
    sergeant.page.get_by_role("link", name="Silas Wexford and Sylas Wexfrod").click()
    sergeant.heading("May these be the same person?")
    words = sergeant.look("one-man-3-pair")
    assert "11 April 1979" in words and "4 November 1979" in words, "both stand beside each other"
    counts = sergeant.page.locator("tr", has=sergeant.page.get_by_role("rowheader", name="Part in an incident"))
    expect(counts.get_by_role("cell")).to_have_text(["1", "1", "2"])
    sergeant.page.get_by_role("link", name="Merge the two records").click()
    sergeant.heading("Merge the two records")
    sergeant.page.fill("[name=reason]", SURE)
    sergeant.look("one-man-4-merge")
    sergeant.press("Merge the two records")
    sergeant.page.wait_for_url(f"**{pair.get_absolute_url()}")
    sergeant.look("one-man-5-merged")


def made_two_again(sergeant: Looking, pair: Duplicate) -> None:
    """The page says what goes where, and asks of the one thing that nobody can tell."""
    sergeant.open(pair.get_absolute_url(), "one-man-7-before-it-is-undone")
    sergeant.page.get_by_role("link", name="Make them two again").click()
    sergeant.heading("Make them two again")
    said = sergeant.page.locator("main")
    for number in (HIS, BROTHERS, NOBODY_CAN_TELL):
        expect(said).to_contain_text(number)
    sergeant.page.get_by_label(NOBODY_CAN_TELL).check()
    sergeant.page.fill("[name=reason]", WRONG)
    sergeant.look("one-man-8-undo")
    sergeant.press("Make them two again")
    sergeant.page.wait_for_url(f"**{pair.get_absolute_url()}")
    sergeant.look("one-man-9-two-again")


def test_two_records_are_merged_and_made_two_again_and_each_fact_is_where_it_came_from(at_work: Any) -> None:
    officer = staff("PC", "8201", "Wilf Tranter", "officer", "NR6")
    judge = staff("PS", "8202", "Olive Stanmore", "sergeant", "NR6")
    first, second, third = (begun(officer, log_ref=f"061{n}") for n in range(3))
    silas = said_to_harm(first, officer, "Bettina Crale", "Silas Wexford", date(1979, 4, 11))
    sylas = said_to_harm(second, officer, "Coral Dymond", "Sylas Wexfrod", date(1979, 11, 4))
    pair = suggest(
        {silas.pk: first.case_id, sylas.pk: second.case_id}, by=officer, reason="A neighbour says that it is one man.",
        unit=first.case.unit,
    )  # fmt: skip

    sergeant = at_work(judge)
    assert "suspect in 1" in sergeant.open(f"/people/{silas.pk}/", "one-man-0-before").lower()
    judged_from_the_queue(sergeant, pair)
    merged = sergeant.open(f"/people/{sylas.pk}/", "one-man-6-one-man")  # an address that somebody kept
    assert sergeant.page.url.endswith(f"/people/{silas.pk}/")
    assert "suspect in 2" in merged.lower() and "Sylas Wexfrod" in merged

    telephone(silas.pk, HIS, first, officer)
    telephone(silas.pk, BROTHERS, second, officer)
    fresh = Incident.objects.get(pk=third.pk)
    engine.add(Involvement(incident=fresh, person=silas, part="suspect", relationship="XBG"), beneath=fresh, by=officer)
    telephone(silas.pk, NOBODY_CAN_TELL, third, officer)
    assert numbers_of(silas.pk) == {HIS, BROTHERS, NOBODY_CAN_TELL}
    made_two_again(sergeant, pair)

    assert numbers_of(silas.pk) == {HIS} and numbers_of(sylas.pk) == {BROTHERS, NOBODY_CAN_TELL}
    his = sergeant.open(f"/people/{silas.pk}/", "one-man-10-his")
    brothers = sergeant.open(f"/people/{sylas.pk}/", "one-man-11-brothers")
    assert HIS in his and BROTHERS not in his and NOBODY_CAN_TELL not in his and "Coral Dymond" not in his
    assert BROTHERS in brothers and NOBODY_CAN_TELL in brothers and HIS not in brothers
    assert "Bettina Crale" not in brothers and "Sylas WEXFROD" in brothers
    assert Case.objects.get(pk=second.case_id).reference in brothers
    sergeant.page.set_viewport_size(DESK)
    for path in ("/team/same-person/", pair.get_absolute_url(), f"/people/{silas.pk}/"):
        sergeant.open(path, f"one-man-12{path.replace('/', '-')}")
