"""Attempts on the emergency opening: by a number that was guessed, again and again, after leaving, from a program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.leaving import disable
from accounts.models import User
from audit.models import Access, Event
from cases.models import AccessConcern, Case, Incident, NamedGrant
from cases.services import name_person
from tests.api.conftest import Caller
from tests.attacks.test_sight import restricted, without_reference
from tests.cast import client_of
from workflow import engine
from workflow.models import Refused

SignIn = Callable[[User | None], Client]
SAID = {"code": "danger", "words": "Officers are outside and she does not answer."}


@pytest.fixture
def secret(ellen: User, priya: User) -> Incident:
    """A restricted case of the team that knows a man of whom nobody else has heard."""
    return restricted(ellen, priya)


def break_in(client: Client, case: Case) -> Any:
    return client.post("/emergency/", {**SAID, "reference": case.reference})


def test_nobody_opens_cases_by_trying_the_numbers_of_people(secret: Incident, ruth: User, sign_in: SignIn) -> None:
    """Whoever walks through the numbers would otherwise open every restricted case without knowing one reference."""
    browser, person = sign_in(ruth), secret.people("suspect").get().person_id
    for number in (person, 87654321):
        path = f"/emergency/people/{number}/"
        there, sent = browser.get(path), browser.post(path, SAID)
        assert (there.status_code, sent.status_code) == (404, 404)
    there, never = (browser.get(f"/emergency/people/{number}/") for number in (person, 87654321))
    assert without_reference(there) == without_reference(never)
    assert not NamedGrant.objects.filter(user=ruth).exists() and not AccessConcern.objects.exists()


def test_a_wrong_reference_and_a_case_that_is_not_restricted_for_them_answer_alike(
    secret: Incident, ruth: User, dana: User, priya: User, sign_in: SignIn
) -> None:
    engine.perform(
        secret.case, "shut-out", by=priya, evidence={"person": ruth.collar_number, "reason": "Related to a party."}
    )
    browser = sign_in(ruth)
    shut = browser.post("/emergency/", {**SAID, "reference": secret.case.reference})
    never = browser.post("/emergency/", {**SAID, "reference": "DA-2026-999999"})
    assert shut.status_code == never.status_code == 422
    plain = [
        without_reference(page).replace(secret.case.reference, "").replace("DA-2026-999999", "")
        for page in (shut, never)
    ]
    assert plain[0] == plain[1]


def test_opening_again_while_it_is_open_adds_no_minute(secret: Incident, ruth: User, sign_in: SignIn) -> None:
    browser = sign_in(ruth)
    break_in(browser, secret.case)
    until = NamedGrant.objects.get(user=ruth).until
    for _ in range(3):
        assert break_in(browser, secret.case)["Location"] == secret.case.get_absolute_url()
    assert NamedGrant.objects.get(user=ruth).until == until
    assert AccessConcern.objects.filter(person=ruth).count() == 1


def test_after_its_end_it_is_another_opening_that_is_looked_into_for_itself(
    secret: Incident, ruth: User, sign_in: SignIn
) -> None:
    """Nothing stops an emergency from happening twice; nothing hides that it did."""
    browser = sign_in(ruth)
    break_in(browser, secret.case)
    NamedGrant.objects.filter(user=ruth).update(until=timezone.now())
    assert browser.get(secret.case.get_absolute_url()).status_code == 404
    break_in(browser, secret.case)
    assert AccessConcern.objects.filter(person=ruth, kind=AccessConcern.Kind.EMERGENCY).count() == 2
    assert Access.objects.filter(by=ruth, chain=secret.case_id, kind=Access.Kind.REASON).count() == 2


def test_a_grant_opens_nothing_at_the_moment_of_its_end(secret: Incident, ruth: User) -> None:
    now = timezone.now()
    name_person(case=secret.case, person=ruth, until=now - timedelta(microseconds=1))
    assert not Case.objects.visible_to(ruth).filter(pk=secret.case_id).exists()


def test_a_leaver_breaks_no_glass(secret: Incident, ruth: User, sign_in: SignIn) -> None:
    """Neither with a page that was open, nor past the pages."""
    browser = sign_in(ruth)
    browser.get("/emergency/")
    disable(ruth, at=timezone.now())
    assert break_in(browser, secret.case)["Location"].startswith("/sign-in/")
    ruth.refresh_from_db()
    with pytest.raises(Refused):
        engine.perform(AccessConcern(concerning=secret.case), "emergency", by=ruth, evidence=SAID)
    assert not NamedGrant.objects.filter(user=ruth).exists()


def test_no_program_breaks_glass_and_no_page_names_the_case_for_it(
    secret: Incident, ruth: User, sign_in: SignIn
) -> None:
    caller = Caller(client_of(ruth))
    assert caller.post("/api/v1/concern/emergency/", {**SAID, "concerning": secret.case_id}).status_code == 404
    said = {**SAID, "concerning": secret.case_id, "concerning_id": secret.case_id, "token": "a" * 32}
    assert sign_in(ruth).post("/work/concern/new/emergency/", said).status_code in (404, 409, 422)
    assert not Event.objects.filter(name="concern.emergency").exists()


def test_nobody_ends_or_finds_on_their_own_opening(secret: Incident, ruth: User, dana: User, sign_in: SignIn) -> None:
    browser = sign_in(ruth)
    break_in(browser, secret.case)
    concern = AccessConcern.objects.get(person=ruth)
    said = {"verdict": "justified", "reason": "I did well.", "seen": str(concern.version), "token": "b" * 32}
    assert browser.post(f"/work/concern/{concern.pk}/review/", said).status_code == 404
    concern.refresh_from_db()
    assert concern.state == AccessConcern.State.WAITING
