"""That a counter-allegation was begun is told by the head of each case alone, to those who may open the other: no feed tells it.

The record of acts keeps it, and shows it to whoever audits and may be told of both cases.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, ShutOut
from reporting.explorer.listed import pieces
from reporting.models import Export
from supervision.forms.system_account import events_told
from tests import factories
from tests.cases.recording import words
from tests.cast import shut_out
from workflow import engine
from workflow.declare import WORKFLOWS
from workflow.telling import may_be_told, told

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
COUNTER = "incident.counter"
PLAIN = "Incident: amend"


@pytest.fixture
def hers(ellen: User, priya: User) -> Incident:
    return factories.complete(ellen)


@pytest.fixture
def his(hers: Incident, ellen: User) -> Incident:
    """Daniel's record, begun from hers."""
    done: Any = engine.perform(hers, "counter", by=ellen, evidence={}, seen=hers.version)
    return Incident.objects.select_related("case").get(pk=done.led_to.pk)


def test_it_is_declared_once_in_the_table_of_steps() -> None:
    assert COUNTER not in told() and not may_be_told(COUNTER)
    assert not WORKFLOWS["incident"].step("counter").told
    assert may_be_told("incident.submit") and may_be_told("incident.amend") and may_be_told("nothing.of-ours")


# --- other systems --------------------------------------------------------------------------------------------------


def test_no_other_system_may_ask_to_hear_of_it() -> None:
    offered = {event for event, _ in events_told()}
    assert COUNTER not in offered and "incident.begin" in offered


# --- the audit explorer ---------------------------------------------------------------------------------------------


def read(browser: Client, case: Case) -> str:
    return words(browser.get("/audit/", {"case": case.pk}))


def test_whoever_audits_and_may_be_told_of_both_reads_it_in_the_record(
    hers: Incident, his: Incident, noor: User, dana: User, sign_in: SignIn
) -> None:
    for reader in (noor, dana):
        assert f"They accuse each other ({COUNTER})" in read(sign_in(reader), hers.case)


def test_an_auditor_who_may_not_be_told_of_the_other_reads_that_the_record_was_changed(
    hers: Incident, his: Incident, noor: User, dana: User, priya: User, sign_in: SignIn
) -> None:
    engine.perform(his.case, "restrict", by=priya, evidence={"reason": "He is an officer of this force."})
    Case.objects.filter(pk=hers.case_id).update(restricted=False)  # hers is open to all again
    page = read(sign_in(noor), hers.case)
    assert PLAIN in page and COUNTER not in page and "accuse each other" not in page
    assert f"({COUNTER})" in read(sign_in(dana), hers.case), "professional standards hear of restricted cases"


def test_of_a_case_that_may_not_be_told_it_is_not_said_that_they_accuse_each_other(
    hers: Incident, his: Incident, noor: User, priya: User, sign_in: SignIn
) -> None:
    engine.perform(hers.case, "restrict", by=priya, evidence={"reason": "She is an officer of this force."})
    assert "accuse each other" not in words(sign_in(noor).get("/audit/"))


def test_professional_standards_shut_out_of_the_other_read_nothing_of_it_and_take_nothing_away(
    hers: Incident, his: Incident, dana: User, priya: User, sign_in: SignIn
) -> None:
    shut_out(his.case, dana, priya)
    ShutOut.objects.filter(case=hers.case).update(lifted_at=timezone.now())  # of hers it was lifted
    page = read(sign_in(dana), hers.case)
    assert PLAIN in page and COUNTER not in page and "accuse each other" not in page
    taken = "".join(piece.text.decode() for piece in pieces(Export(asked_by=dana, asked={"case": hers.case_id})))
    assert PLAIN in taken and COUNTER not in taken


def test_it_stands_in_no_timeline(hers: Incident, his: Incident, ellen: User, sign_in: SignIn) -> None:
    browser = sign_in(ellen)
    for case in (hers.case, his.case):
        assert "accuse each other" not in words(browser.get(case.get_absolute_url())).partition("Timeline")[2]
