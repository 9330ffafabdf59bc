"""Merges that make no sense, posted by a supervisor: a sentence to act on, nothing written, what was typed kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Event
from cases.models import Case
from people.models import Duplicate, Merge, MovedRow, Person
from people.services.merging import ALREADY, ITSELF, SIDE_BY_SIDE
from tests.attacks.test_sight import without_reference
from tests.cast import shut_out, text_of
from tests.people.merging import SURE, merged, of, suggested
from tests.people.population import known
from workflow.models import Draft

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
WHY = "He told me that it is him."


def pressed(client: Client, pair: Duplicate, **more: Any) -> Any:
    return client.post(f"/work/duplicate/{pair.pk}/merge/", {**SURE, "seen": pair.version, "token": "m" * 32, **more})


def written() -> tuple[int, ...]:
    """Whatever a merge or a suggestion writes."""
    told = Event.objects.filter(name__startswith="duplicate.")
    return tuple(rows.count() for rows in (Merge.objects, MovedRow.objects, Duplicate.objects, told))


def test_somebody_who_is_said_to_be_the_same_as_themselves(
    two: tuple[Person, Person], priya: User, sign_in: SignIn
) -> None:
    before = written()
    answer = sign_in(priya).post(f"/people/{two[0].pk}/same-as/", {"other": two[0].pk, "reason": WHY})
    assert answer.status_code == 422 and ITSELF in text_of(answer) and WHY in text_of(answer)
    assert written() == before


def test_two_people_of_one_assessment(
    hannahs_case: Case, hannah: Person, daniel: Person, ellen: User, priya: User, sign_in: SignIn
) -> None:
    pair = suggested(hannahs_case, hannahs_case, (hannah, daniel), ellen)
    before, theirs = written(), (of(hannah), of(daniel))
    client = sign_in(priya)
    answer = pressed(client, pair)
    assert answer.status_code == 422 and SIDE_BY_SIDE in text_of(answer) and SURE["reason"] in text_of(answer)
    assert SIDE_BY_SIDE in text_of(client.get(f"/people/pairs/{pair.pk}/")), "before the button, too"
    assert (written(), (of(hannah), of(daniel))) == (before, theirs)


def test_a_hidden_person_is_a_person_who_does_not_exist(
    pair: Duplicate, two: tuple[Person, Person], second: Case, ruth: User, priya: User, sign_in: SignIn
) -> None:
    """The same page and as many questions to the database: of the pair, and of the person suggested."""
    shut_out(second, priya, ruth)
    before, client = written(), sign_in(priya)
    same_as = f"/people/{two[0].pk}/same-as/"
    asked = [
        [(f"/work/duplicate/{pk}/merge/", {**SURE, "seen": pair.version}) for pk in (pair.pk, 87_654_321)],
        [(same_as, {"other": pk, "reason": WHY}) for pk in (two[1].pk, 87_654_321)],
        [(f"/people/{pk}/same-as/", {"other": two[0].pk, "reason": WHY}) for pk in (two[1].pk, 87_654_321)],
    ]
    for attempts in asked:
        found = []
        for url, form in attempts:
            client.post(url, form)
            with CaptureQueriesContext(connection) as statements:
                answer = client.post(url, form)
            found.append((answer.status_code, without_reference(answer), len(statements)))
        assert found[0] == found[1] and found[0][0] == 404
    assert written() == before


def test_somebody_merged_away_while_the_page_stood_open(
    pair: Duplicate, two: tuple[Person, Person], second: Case, ellen: User, priya: User, sign_in: SignIn
) -> None:
    third = known(second, ellen, "Gaz", "Pollitt")
    other = suggested(second, second, (two[1], third), ellen)
    merged(pair, priya)
    before, client = written(), sign_in(priya)
    answer = pressed(client, other)
    assert answer.status_code == 422 and ALREADY in text_of(answer) and SURE["reason"] in text_of(answer)
    answer = client.post(f"/people/{third.pk}/same-as/", {"other": two[1].pk, "reason": WHY})
    assert answer.status_code == 422 and ALREADY in text_of(answer) and WHY in text_of(answer)
    answer = pressed(client, pair)
    assert answer.status_code == 409 and "This is merged, so this step is not open." in text_of(answer)
    assert Draft.objects.get(person=priya, path=f"/work/duplicate/{pair.pk}/merge/")
    assert written() == before
    led = client.get(f"/people/pairs/{other.pk}/")
    assert (led.status_code, led["Location"]) == (302, f"/people/{two[0].pk}/"), "where the facts are now"


def test_an_old_page_of_somebody_merged_away_suggests_for_the_record_that_has_the_facts(
    pair: Duplicate, two: tuple[Person, Person], second: Case, ellen: User, priya: User, sign_in: SignIn
) -> None:
    third = known(second, ellen, "Gaz", "Pollitt")
    merged(pair, priya)
    answer = sign_in(priya).post(f"/people/{two[1].pk}/same-as/", {"other": third.pk, "reason": WHY})
    assert answer.status_code == 302
    assert Duplicate.objects.of(two[0].pk, third.pk).exists()


def test_who_was_looked_for_and_chosen_stays_chosen_when_the_reason_is_too_short(
    two: tuple[Person, Person], second: Case, ellen: User, priya: User, sign_in: SignIn
) -> None:
    far = known(second, ellen, "Zebedee", "Quill")
    form = {"name": "zebedee quill", "other": far.pk, "reason": "short"}
    answer = text_of(sign_in(priya).post(f"/people/{two[0].pk}/same-as/", form))
    assert f'value="{far.pk}" checked' in answer and 'value="zebedee quill"' in answer and "short" in answer
