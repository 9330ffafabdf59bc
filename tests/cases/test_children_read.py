"""How often a child was there, and where the children of a case are read: beside it, beside a decision, on paper."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, Involvement
from cases.panels import PANELS
from cases.panels.review import present
from cases.services.children import child_rows
from people.models import Person
from reporting.paper.case_file import read_case
from tests.cases.recording import words
from tests.cases.test_children import CARE, SEEN, incident_of
from tests.cast import client_of, involve, shut_out
from workflow import engine

# --- how often ---


def again(incident: Incident, person: Person, by: User) -> Involvement:
    made: Involvement = engine.add(Involvement(incident=incident, person=person, part="child"), beneath=incident, by=by)
    return made


def exposures(child: Involvement, user: User) -> tuple[int, int]:
    found = child_rows(Involvement.objects.filter(pk=child.pk), user, timezone.now()).get()
    return found.lately, found.ever


def test_exposures_are_counted_over_twelve_months_and_ever(hannahs_incident: Incident, ellen: User) -> None:
    child = involve(hannahs_incident, ellen, "child", "Eli Okoro")
    for days in (30, 364, 400, 900):
        again(incident_of(ellen, days), child.person, ellen)
    assert exposures(child, ellen) == (3, 5)


def test_an_incident_that_may_not_be_seen_or_was_struck_out_is_not_counted(
    hannahs_incident: Incident, ellen: User, priya: User, tom: User
) -> None:
    child = involve(hannahs_incident, ellen, "child", "Eli Okoro")
    hidden, wrong = incident_of(ellen, 30), incident_of(ellen, 40)
    again(hidden, child.person, ellen)
    mistaken = again(wrong, child.person, ellen)
    shut_out(hidden.case, tom, priya)
    assert exposures(child, ellen) == (3, 3)
    assert exposures(child, tom) == (2, 2)
    engine.strike_out(mistaken, beneath=wrong, by=ellen, seen=mistaken.version, reason="Another child.")
    assert exposures(child, ellen) == (2, 2)


# --- where it is read ---


@pytest.fixture
def told(hannahs_case: Case, hannahs_incident: Incident, hannah: Person, ellen: User) -> Involvement:
    """Eli in Hannah's incident, with all that was said of him."""
    return involve(hannahs_incident, ellen, "child", "Eli Okoro", **SEEN, **CARE)


def test_the_case_shows_each_child_with_words_school_and_how_often(told: Involvement, ellen: User) -> None:
    page = words(client_of(ellen).get(told.case.get_absolute_url(), {"panel": "children"}))
    for said in (
        "Heard it", "“He hurt mummy.”", "Hillfield Primary", "1 incident in 12 months, 1 in all",
        "Victim in their own right (2021 Act, section 3)",
    ):  # fmt: skip
        assert said in page


def test_a_case_without_children_has_no_such_box(hannahs_case: Case, hannah: Person, ellen: User) -> None:
    assert not PANELS["children"].rows(hannahs_case, ellen, timezone.now())


def test_a_child_of_two_incidents_stands_once_as_at_the_latest(told: Involvement, ellen: User) -> None:
    second = engine.perform(
        Incident(case=told.case), "begin", by=ellen,
        evidence={"reported_at": timezone.localtime().isoformat(), "channel": "999"},
    )  # fmt: skip
    engine.add(
        Involvement(incident=second, person=told.person, part="child", own_words="Again."), beneath=second, by=ellen
    )
    case = Case.objects.get(pk=told.case_id)
    found = PANELS["children"].rows(case, ellen, timezone.now())["children"]
    assert [child.row.own_words for child in found] == ["Again."]
    assert found[0].exposures == "2 incidents in 12 months, 2 in all"


def test_the_sergeant_reads_the_children_beside_the_decision(
    told: Involvement, hannahs_incident: Incident, priya: User
) -> None:
    child = next(one for one in present(hannahs_incident, priya, None) if one.name == "Eli Okoro")
    lines = dict(child.lines)
    assert lines["What did the child say?"] == "He hurt mummy."
    assert lines["Which?"] == "Hillfield Primary"
    assert lines["Was the child hurt?"] == "No"
    assert lines["In law"] == "Victim in their own right (2021 Act, section 3)"
    assert lines["There at"] == "1 incident in 12 months, 1 in all"


def test_the_printed_file_has_the_children(told: Involvement, ellen: User) -> None:
    file = read_case(Case.objects.get(pk=told.case_id), ellen, timezone.now())
    printed = {panel.name: rows for panel, rows in file.panels}["children"]
    assert [child.name for child in printed["children"]] == ["Eli Okoro"]
    assert printed["own_right"] == 1
