"""A weighty step through the API: of a person who has proved it is them just now, and of a token never."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cases.models import Case
from tests.api.conftest import Caller, refused, url
from workflow.declare import WORKFLOWS, Step

WARN = {"what": "Knife kept by the front door."}


@pytest.fixture
def weighty() -> Iterator[Step]:
    """A step of the case that asks for proof; none of case work does today."""
    step = WORKFLOWS["case"].step("warn")
    object.__setattr__(step, "proof", True)
    yield step
    object.__setattr__(step, "proof", False)


def stale(caller: Caller) -> None:
    """As after five minutes: they are signed in, and proved it too long ago."""
    session = caller.client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()


def test_a_session_without_new_proof_is_told_so_and_nothing_is_done(
    weighty: Step, hannahs_case: Case, ellens: Caller
) -> None:
    stale(ellens)
    before = Case.objects.get(pk=hannahs_case.pk).version
    refused(ellens.post(url(hannahs_case, "warn/"), WARN), 403, "proof-needed")
    assert Case.objects.get(pk=hannahs_case.pk).version == before


def test_with_new_proof_it_is_taken(weighty: Step, hannahs_case: Case, ellens: Caller) -> None:
    assert ellens.post(url(hannahs_case, "warn/"), WARN).status_code == 200


def test_a_token_never_takes_it(weighty: Step, hannahs_case: Case, system: Caller) -> None:
    refused(system.post(url(hannahs_case, "warn/"), WARN), 403, "not-by-token")


def test_what_asks_for_no_proof_is_taken_without(hannahs_case: Case, ellens: Caller) -> None:
    stale(ellens)
    assert ellens.post(url(hannahs_case, "warn/"), WARN).status_code == 200
