"""What an act causes elsewhere: written with the act, run by the worker, tried again, never lost and never done twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case, SafetyWarning
from workflow import engine, reactions
from workflow.models import Outbox, Refused
from workflow.reactions import Reaction


@pytest.fixture
def heard(monkeypatch: Any, hannahs_case: Case) -> Iterator[list[Event]]:
    """What the reaction to a safety warning was called with; no worker is woken, so the test runs it."""
    found: list[Event] = []
    monkeypatch.setattr(reactions, "_wake", lambda: None)
    Outbox.objects.all().delete()  # what the making of the case itself has caused
    monkeypatch.setitem(reactions.REACTIONS, "note-warning", Reaction("note-warning", "case.warn", found.append))
    yield found


def warn(case: Case, by: User) -> None:
    engine.perform(case, "warn", by=by, evidence={"what": "Knife kept by the front door."})


def test_a_reaction_runs_once_however_often_the_worker_looks(
    hannahs_case: Case, ellen: User, heard: list[Event]
) -> None:
    warn(hannahs_case, ellen)
    assert (reactions.run_due(), reactions.run_due()) == (1, 0)
    assert [event.name for event in heard] == ["case.warn"]


def test_nothing_is_queued_for_an_act_that_was_refused(hannahs_case: Case, stranger: User, heard: list[Event]) -> None:
    with pytest.raises(Refused):
        warn(hannahs_case, stranger)
    assert Outbox.objects.count() == 0


def test_a_reaction_that_fails_undoes_nothing_is_red_and_is_tried_again(
    hannahs_case: Case, ellen: User, heard: list[Event], monkeypatch: Any
) -> None:
    monkeypatch.setitem(reactions.REACTIONS, "note-warning", Reaction("note-warning", "case.warn", fail_with("Hannah")))
    warn(hannahs_case, ellen)
    assert reactions.run_due() == 0
    row = Outbox.objects.get()
    assert (row.attempts, row.last_error, row.done_at) == (1, "ValueError", None)
    assert SafetyWarning.objects.filter(case=hannahs_case).exists()
    assert reactions.failing() == 1

    monkeypatch.setitem(reactions.REACTIONS, "note-warning", Reaction("note-warning", "case.warn", heard.append))
    assert reactions.run_due() == 0  # not yet: it waits a minute first
    assert reactions.run_due(timezone.now() + timedelta(minutes=2)) == 1
    assert reactions.failing() == 0


def test_a_failing_reaction_leaves_none_of_its_own_rows(
    hannahs_case: Case, ellen: User, heard: list[Event], monkeypatch: Any
) -> None:
    def half(event: Event) -> None:
        SafetyWarning.objects.create(case=hannahs_case, what="Half done", recorded_by=ellen)
        raise ValueError

    monkeypatch.setitem(reactions.REACTIONS, "note-warning", Reaction("note-warning", "case.warn", half))
    warn(hannahs_case, ellen)
    reactions.run_due()
    assert not SafetyWarning.objects.filter(what="Half done").exists()


def test_two_reactions_of_one_name_stop_the_program(heard: list[Event]) -> None:
    with pytest.raises(LookupError):
        reactions.react(Reaction("note-warning", "case.close", heard.append))


def fail_with(words: str) -> Callable[[Event], None]:
    def fail(event: Event) -> None:
        raise ValueError(words)

    return fail
