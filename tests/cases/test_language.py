"""Whoever calls knows the language; nobody of the family interprets, and who was spoken with through one is seen again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Incident, Task
from cases.models.answers.harmed import NEVER_TO_INTERPRET, Interpreted
from cases.panels.language import language_words
from people.models import Description
from tests.cases.recording import add_person, hidden, made_safe, press, section, words
from tests.cases.toms import browser as browser
from tests.cases.toms import harmed, of_somebody, row_url
from tests.cast import HER_VIEW
from workflow.declare import missing

pytestmark = pytest.mark.django_db
POLISH = {**HER_VIEW, "interpreter_needed": "yes", "language": "pl"}
BY_TELEPHONE = {**POLISH, "interpreted": "telephone", "interpreter_service": "Night line", "translated": "yes"}
NEVER = "Never a relative, a child or the suspect. Ring a telephone interpreter now"


@pytest.fixture
def incident(browser: Client) -> Incident:
    return of_somebody(browser, "Zofia", "Wilk")


def lacks(incident: Incident) -> list[str]:
    return dict((part.name, sentences) for part, sentences in missing(incident)).get("harmed", [])


@pytest.mark.requirement("S0-028")
@pytest.mark.parametrize("who", NEVER_TO_INTERPRET)
def test_a_relative_a_child_or_the_suspect_is_refused_with_the_sentence(
    who: str, browser: Client, incident: Incident
) -> None:
    answer = press(browser, row_url(incident), {**POLISH, "interpreted": who})
    assert answer.status_code == 422
    assert NEVER in words(answer)
    assert harmed(incident).interpreted == "" and not Task.objects.exists()
    again = browser.get(row_url(incident)).content.decode()
    assert HER_VIEW["fears"] in again  # what was typed is not lost


@pytest.mark.requirement("S0-028")
@pytest.mark.parametrize("who", NEVER_TO_INTERPRET)
def test_if_it_has_happened_already_it_is_kept_honestly_and_she_is_seen_again(
    who: str, browser: Client, incident: Incident
) -> None:
    said = {**POLISH, "interpreted": who, "interpreted_by_family": "on"}
    for _ in range(2):
        assert press(browser, row_url(incident), said).status_code == 302
    task = Task.objects.get()
    assert (task.kind, task.label, task.state) == ("see_with_interpreter", "See again with an interpreter", "to_do")
    assert task.why == "Interpreted by family, a friend or the suspect: see again with an interpreter."
    assert task.case == incident.case and task.about_id == harmed(incident).pk


def test_nobody_interpreting_raises_the_same_task(browser: Client, incident: Incident) -> None:
    press(browser, row_url(incident), {**POLISH, "interpreted": "nobody"})
    assert Task.objects.get().why.startswith("Nobody interpreted")


@pytest.mark.parametrize("how", ["telephone", "in_person", "colleague"])
def test_an_interpreter_raises_none_and_a_tick_by_mistake_is_dropped(
    how: str, browser: Client, incident: Incident
) -> None:
    said = {**BY_TELEPHONE, "interpreted": how, "interpreted_by_family": "on"}
    assert press(browser, row_url(incident), said).status_code == 302
    assert not Task.objects.exists()
    assert harmed(incident).interpreted_by_family is False


@pytest.mark.requirement("S0-028")
def test_the_language_stands_where_whoever_calls_looks_first(
    browser: Client, incident: Incident, priya: User, sign_in: Callable[[User], Client]
) -> None:
    press(browser, row_url(incident), BY_TELEPHONE)
    row = harmed(incident)
    assert (row.interpreter_service, row.translated) == ("Night line", "yes")
    for reader in (browser, sign_in(priya)):
        page = words(reader.get(incident.case.get_absolute_url()))
        assert "Language Polish, interpreter needed, never a relative" in page
    person = words(browser.get(f"/people/{row.person_id}/"))
    assert "Preferred language Polish" in person and "Interpreter Interpreter needed" in person


def test_whether_and_by_whom_is_asked_and_the_record_lacks_it_until_then(browser: Client, incident: Incident) -> None:
    said = {name: words for name, words in HER_VIEW.items() if name != "interpreter_needed"}
    press(browser, row_url(incident), said)
    assert lacks(incident) == ["Say whether an interpreter was needed"]
    press(browser, row_url(incident), {**said, "interpreter_needed": "yes"})
    assert lacks(incident) == ["Say which language they prefer", "Say who interpreted"]
    press(browser, row_url(incident), BY_TELEPHONE)
    assert lacks(incident) == []


def test_of_somebody_who_was_not_there_nothing_is_asked_of_language(browser: Client, incident: Incident) -> None:
    press(browser, row_url(incident), {"unheard": "not_present"})
    assert lacks(incident) == []


def test_a_no_after_a_yes_forgets_what_stood_beneath_it(browser: Client, incident: Incident) -> None:
    press(browser, row_url(incident), BY_TELEPHONE)
    press(browser, row_url(incident), {**BY_TELEPHONE, "interpreter_needed": "no"})
    row = harmed(incident)
    assert (row.interpreted, row.language, row.interpreter_service) == ("", "", "")
    assert "interpreter needed" not in words(browser.get(incident.case.get_absolute_url()))


def test_the_next_record_asks_whether_it_is_still_true_and_then_offers_it_in_the_boxes(
    browser: Client, incident: Incident
) -> None:
    press(browser, row_url(incident), BY_TELEPHONE)
    person = harmed(incident).person
    again = made_safe(browser)
    add_person(browser, again, "victim", {"person": str(person.pk)}, forename="Zofia", surname="Wilk")
    page = words(browser.get(section(again, "harmed")))
    assert "preferred language Polish" in page and "interpreter Interpreter needed" in page
    row = harmed(again)
    for fact in Description.objects.filter(case=incident.case):
        said = {"fact": f"people.description:{fact.pk}", "answer": "yes"}
        assert browser.post(f"/incidents/{again.pk}/people/{row.pk}/still-true/", said).status_code == 302
    form = browser.get(row_url(again)).content.decode()
    assert '<option value="pl" selected' in form
    assert hidden(form)  # nothing is saved by looking
    assert harmed(again).language == ""
    assert "Language Polish" in words(browser.get(again.case.get_absolute_url()))


def test_no_to_the_language_leads_to_where_it_is_asked(browser: Client, incident: Incident) -> None:
    press(browser, row_url(incident), BY_TELEPHONE)
    again = made_safe(browser)
    chosen = {"person": str(harmed(incident).person_id)}
    add_person(browser, again, "victim", chosen, forename="Zofia", surname="Wilk")
    fact = Description.objects.get(case=incident.case, topic="language")
    url = f"/incidents/{again.pk}/people/{harmed(again).pk}/still-true/"
    answer = browser.post(url, {"fact": f"people.description:{fact.pk}", "answer": "no"})
    assert answer["Location"] == row_url(again)


@pytest.mark.parametrize(
    ("language", "interpreter", "said"),
    [
        ("pl", "yes", "Polish, interpreter needed, never a relative"),
        ("pl", "no", "Polish"),
        ("en", "no", ""),
        ("en", "yes", "Interpreter needed, never a relative"),
        ("", "", ""),
        ("declined", "declined", ""),
    ],
)
def test_english_without_an_interpreter_needs_no_saying(language: str, interpreter: str, said: str) -> None:
    assert language_words(language, interpreter) == said


def test_who_may_never_interpret_is_among_the_answers_so_that_it_can_be_told() -> None:
    assert set(NEVER_TO_INTERPRET) < set(Interpreted)


def test_the_language_is_not_typed_again_where_safe_contact_is_set(browser: Client, incident: Incident) -> None:
    press(browser, row_url(incident), BY_TELEPHONE)
    page = browser.get(f"/work/case/{incident.case.pk}/safe-contact/").content.decode()
    assert 'name="language" value="Polish"' in page
