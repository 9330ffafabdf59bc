"""Two people change one row: the second to save sees both versions, field by field; a row struck out meanwhile is said so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases.models import ArrestDecision, Crime, Incident, Involvement
from tests import factories
from tests.cases.recording import hidden, words
from tests.cast import involve
from workflow import engine
from workflow.models import Draft

pytestmark = pytest.mark.django_db
MINE, THEIRS = "He asked where mummy was", "He hid under the table"


@pytest.fixture
def witness(ellen: User) -> Involvement:
    incident = factories.begun(ellen)
    safe = {"everyone_safe": "yes", "made_safe": "He has left and she is at her sister's."}
    engine.amend(incident, safe, by=ellen, seen=incident.version)
    return involve(incident, ellen, "witness", "Ola Bright", own_words="A bang")


def at(row: Involvement) -> str:
    return f"/work/incident/{row.incident_id}/rows/witness/{row.pk}/"


def opened(browser: Client, url: str) -> dict[str, str]:
    return hidden(browser.get(url).content.decode())


def test_the_second_to_save_a_row_chooses_between_both_versions(
    witness: Involvement, ellen: User, tom: User, sign_in: Any
) -> None:
    hers, his = sign_in(ellen), sign_in(tom)
    before_him = opened(his, at(witness))
    hers.post(at(witness), {**opened(hers, at(witness)), "own_words": THEIRS})
    clash: Any = his.post(at(witness), {**before_him, "own_words": MINE})
    said = words(clash)
    assert clash.status_code == 409 and "PC 2877 Marsh saved at" in said
    assert MINE in said and THEIRS in said and "A bang" in said
    witness.refresh_from_db()
    assert witness.own_words == THEIRS
    page = clash.content.decode()
    chosen = {**hidden(page), "own_words": MINE, "choose-own_words": "mine"}
    assert his.post(at(witness), chosen).status_code == 302
    witness.refresh_from_db()
    assert witness.own_words == MINE
    assert not Draft.objects.filter(person=tom).exists()


@pytest.mark.parametrize(("choice", "kept"), [("theirs", THEIRS), ("original", "A bang")])
def test_theirs_or_the_original_may_be_kept(
    witness: Involvement, ellen: User, tom: User, sign_in: Any, choice: str, kept: str
) -> None:
    hers, his = sign_in(ellen), sign_in(tom)
    before_him = opened(his, at(witness))
    hers.post(at(witness), {**opened(hers, at(witness)), "own_words": THEIRS})
    page = his.post(at(witness), {**before_him, "own_words": MINE}).content.decode()
    his.post(at(witness), {**hidden(page), "own_words": MINE, "choose-own_words": choice})
    witness.refresh_from_db()
    assert witness.own_words == kept


def test_two_who_each_add_a_row_add_two(witness: Involvement, ellen: User, tom: User, sign_in: Any) -> None:
    """Adding to a list takes nothing from anybody."""
    incident: Incident = witness.incident
    for user, name in ((ellen, "Ana"), (tom, "Bo")):
        browser, url = sign_in(user), f"/incidents/{incident.pk}/people/witness/"
        said = {"forename": name, "surname": "Vale", "new": "1"}
        assert browser.post(url, {**opened(browser, url), **said}).status_code == 302
    assert incident.people("witness").count() == 3


def test_what_was_typed_about_a_row_that_was_struck_out_meanwhile_is_shown_and_not_lost(
    witness: Involvement, ellen: User, tom: User, sign_in: Any
) -> None:
    his = sign_in(tom)
    before_him = opened(his, at(witness))
    engine.strike_out(witness, beneath=witness.incident, by=ellen, seen=witness.version, reason="The wrong flat.")
    answer: Any = his.post(at(witness), {**before_him, "own_words": MINE})
    said = words(answer)
    assert answer.status_code == 409
    assert "PC 2877 Marsh took this out" in said and "The wrong flat." not in answer.headers.get("Location", "")
    assert MINE in said, "the words are there to be copied"
    witness.refresh_from_db()
    assert witness.own_words == "A bang"


@pytest.mark.parametrize("kind", ["arrest", "offence"])
def test_a_row_whose_form_asks_what_it_hangs_on_is_shown_as_well_when_it_was_struck_out(
    kind: str, ellen: User, tom: User, sign_in: Any
) -> None:
    incident = factories.written(factories.peopled(factories.begun(ellen), ellen), ellen)
    row: Any = ArrestDecision.objects.get() if kind == "arrest" else Crime.objects.get()
    url = f"/work/incident/{incident.pk}/rows/{kind}/{row.pk}/"
    his = sign_in(tom)
    before_him = opened(his, url)
    engine.strike_out(row, beneath=incident, by=ellen, seen=row.version, reason="The wrong man.")
    typed = {"place": "Behind the bakery", "particulars": "Behind the bakery"}
    answer: Any = his.post(url, {**before_him, **typed})
    assert answer.status_code == 409
    assert "Behind the bakery" in words(answer), "the words are there to be copied"
    assert type(row).objects.get(pk=row.pk).version == row.version + 1, "the row itself was not written to"
