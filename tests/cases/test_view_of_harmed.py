"""What the person harmed wants and fears is learned before anybody decides, and stands beside the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Incident, Involvement
from cases.models.answers.harmed import Barrier, Unheard
from reporting.paper.case_file import read_case
from tests import factories
from tests.cases.recording import press, section, words
from tests.cases.toms import browser as browser
from tests.cases.toms import harmed, row_url
from tests.cases.toms import incident as incident
from tests.cast import HER_VIEW
from workflow import engine
from workflow.declare import all_missing
from workflow.models import Refused

pytestmark = pytest.mark.django_db
NEITHER = {"wants": "", "fears": ""}
SAY_WANTS = "Say what they want to happen, or why you could not learn it"
SAY_FEARS = "Say what they fear, or why you could not learn it"


def said_of(record: Incident, by: User, **said: Any) -> Incident:
    row = harmed(record)
    engine.amend(row, said, beneath=record, by=by, seen=row.version)
    return Incident.objects.get(pk=record.pk)


@pytest.mark.requirement("S4-005")
@pytest.mark.parametrize("left_out", ["wants", "fears"])
def test_nothing_is_sent_to_be_decided_without_what_she_wants_and_fears(
    left_out: str, complete_record: Incident, ellen: User
) -> None:
    record = said_of(complete_record, ellen, **{left_out: ""})
    assert set(all_missing(record)) == {SAY_WANTS if left_out == "wants" else SAY_FEARS}
    with pytest.raises(Refused, match="1 thing still missing"):
        engine.perform(record, "submit", by=ellen, evidence={"note": ""}, seen=record.version)


@pytest.mark.parametrize("why", Unheard.values)
def test_why_it_could_not_be_learned_stands_in_its_place(why: str, complete_record: Incident, ellen: User) -> None:
    record = said_of(complete_record, ellen, unheard=why, **NEITHER)
    assert all_missing(record) == []
    engine.perform(record, "submit", by=ellen, evidence={"note": ""}, seen=record.version)


@pytest.mark.requirement("S4-005")
def test_the_sergeant_reads_her_view_beside_the_decision_which_remains_the_polices(
    complete_record: Incident, ellen: User, priya: User, sign_in: Callable[[User], Client]
) -> None:
    record = said_of(complete_record, ellen, wants="He stays at his mother's.", fears="He has a key.")
    engine.perform(record, "submit", by=ellen, evidence={"note": ""}, seen=record.version)
    page = words(sign_in(priya).get(f"/work/incident/{record.pk}/decide/record/"))
    view = page.index("What the person harmed wants and fears")
    assert view < page.index("Who was there")
    assert "Wants He stays at his mother's." in page and "Fears He has a key." in page
    assert page.count("He has a key.") == 1
    assert "The decision remains the police’s." in page


@pytest.mark.requirement("S4-005")
def test_her_view_is_in_the_printed_file(complete_record: Incident, ellen: User) -> None:
    record = said_of(complete_record, ellen, wants="He stays at his mother's.", fears="He has a key.")
    [paper] = read_case(record.case, ellen, timezone.now()).incidents
    lines = [line for part in paper.parts for row in part.rows for line in row.lines]
    assert ("What do they want to happen?", "He stays at his mother's.") in lines
    assert ("What do they fear?", "He has a key.") in lines


def test_the_sergeant_is_told_why_her_view_is_not_known(
    complete_record: Incident, ellen: User, priya: User, sign_in: Callable[[User], Client]
) -> None:
    record = said_of(complete_record, ellen, unheard="unsafe", **NEITHER)
    engine.perform(record, "submit", by=ellen, evidence={"note": ""}, seen=record.version)
    page = words(sign_in(priya).get(f"/work/incident/{record.pk}/decide/record/"))
    assert "Not known: Unsafe to ask: somebody could hear." in page


def test_somebody_new_is_asked_at_once_and_the_page_says_that_the_decision_is_not_hers(
    browser: Client, incident: Incident
) -> None:
    page = words(browser.get(row_url(incident)))
    in_order = (
        "What did they say first?",
        "What do they want to happen?",
        "What do they fear?",
        "Was an interpreter needed?",
    )
    assert [page.index(question) for question in in_order] == sorted(page.index(question) for question in in_order)
    assert "the decision remains the police's" in page
    assert SAY_WANTS in words(browser.get(section(incident, "harmed")))
    assert press(browser, row_url(incident), HER_VIEW)["Location"] == section(incident, "harmed")
    assert SAY_WANTS not in words(browser.get(section(incident, "harmed")))


def test_a_view_and_a_reason_for_having_none_cannot_both_be_true(browser: Client, incident: Incident) -> None:
    answer = press(browser, row_url(incident), {**HER_VIEW, "unheard": "unable"})
    assert answer.status_code == 422
    assert "Leave this empty, since you say what they want or fear" in words(answer)
    assert press(browser, row_url(incident), {"unheard": "not_present"}).status_code == 302
    assert harmed(incident).unheard == "not_present"


def test_what_would_help_is_optional_and_a_page_of_its_own(browser: Client, incident: Incident) -> None:
    press(browser, row_url(incident), HER_VIEW)
    page = words(browser.get(section(incident, "harmed")))
    assert "What was in the way, and what would help (optional)" in page
    said = {
        "barriers_asked": "told", "barriers": ["language", "immigration"], "barriers_words": "He said they would send me back.",
        "interviewer": "woman", "support_person": "Her adviser", "special_measures": ["screens"], "updates_every": "week",
    }  # fmt: skip
    assert press(browser, row_url(incident, "help"), said)["Location"] == section(incident, "harmed")
    row = harmed(incident)
    assert (row.barriers, row.interviewer, row.special_measures) == (["language", "immigration"], "woman", ["screens"])
    assert row.wants == HER_VIEW["wants"]  # the other page is untouched


@pytest.mark.requirement("S0-023")
def test_barriers_that_were_told_are_named_and_not_asked_is_no_refusal(browser: Client, incident: Incident) -> None:
    answer = press(browser, row_url(incident, "help"), {"barriers_asked": "told"})
    assert answer.status_code == 422
    assert "Choose what was in the way, or write it in their words" in words(answer)
    for asked in ("declined", "not_asked", "none"):
        press(browser, row_url(incident, "help"), {"barriers_asked": asked, "barriers": ["race"]})
        assert (harmed(incident).barriers_asked, harmed(incident).barriers) == (asked, [])


def test_barriers_are_counted_by_person_with_what_is_not_known(ellen: User) -> None:
    told, declined, silent = (factories.peopled(factories.begun(ellen), ellen) for _ in range(3))
    said_of(told, ellen, barriers_asked="told", barriers=[Barrier.DISABILITY, Barrier.MONEY])
    said_of(declined, ellen, barriers_asked="declined")
    counted = Involvement.objects.standing().visible_to(ellen).filter(part="victim").by_barrier()
    assert counted == {"disability": 1, "money": 1, "declined": 1, "unknown": 1}
    assert silent.pk


def test_only_the_person_harmed_has_a_view(complete_record: Incident, ellen: User) -> None:
    row = complete_record.people("suspect").get()
    with pytest.raises(IntegrityError):
        engine.amend(row, {"wants": "To go home."}, beneath=complete_record, by=ellen, seen=row.version)
