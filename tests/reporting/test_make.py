"""Making papers in the worker: once, whatever happens; and the sweep after those that nobody is making."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from reporting import paper, services, tasks
from reporting.models import TRIES, Document, DocumentContent
from tests.cast import shut_out
from tests.reporting.conftest import case_file_of

NOW = timezone.now()
Stage = Document.Stage


class Fault(Exception):
    """Something broke in the press."""


@pytest.fixture
def document(hannahs_case: Case, ellen: User) -> Document:
    return services.ask_for_document(case=hannahs_case, by=ellen)[0]


@pytest.fixture
def made(told: Case, ellen: User, quick: None) -> Document:
    return case_file_of(told, ellen)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def press(html: str, tell: Any) -> Any:
        raise Fault

    monkeypatch.setattr(paper, "press", press)


def test_made_it_holds_its_bytes_its_pages_and_its_digest(made: Document) -> None:
    assert (made.stage, made.progress, made.attempts) == (Stage.MADE, 100, 1)
    assert made.pages > 1
    assert len(made.digest) == 64
    assert made.asked_at < made.as_at < made.made_at


def test_a_task_that_comes_twice_makes_one(document: Document, quick: None) -> None:
    assert [tasks.make_document(document.pk), tasks.make_document(document.pk)] == [True, False]
    assert DocumentContent.objects.count() == 1


def test_a_second_worker_leaves_what_another_has_in_hand(document: Document) -> None:
    taken = services.take(document.pk, again=False)
    assert taken is not None
    assert not services.make(document.pk)


def test_a_task_given_back_by_the_broker_takes_over_and_the_first_keeps_nothing(
    document: Document, quick: None
) -> None:
    first = services.take(document.pk, again=False)
    assert first is not None
    assert services.make(document.pk, again=True)
    assert not services.keep(first, b"%PDF-of-the-first", 1)
    assert bytes(DocumentContent.objects.get().pdf) != b"%PDF-of-the-first"


def test_progress_is_told_as_it_goes(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(services, "say", lambda _, share, words: said.append(words))
    services.make(document.pk)
    assert said[0] == "Laying out the pages"
    assert "Laying out page 1" in said
    assert said[-1].startswith("Writing ")


def test_what_its_asker_may_no_longer_see_is_not_made_and_says_so(document: Document, ellen: User, priya: User) -> None:
    shut_out(document.case, ellen, priya)
    assert not services.make(document.pk)
    document.refresh_from_db()
    assert (document.stage, document.failed_because) == (Stage.FAILED, services.HIDDEN_NOW)


def test_a_fault_is_raised_and_the_paper_waits_again(document: Document, broken: None) -> None:
    with pytest.raises(Fault):
        services.make(document.pk)
    document.refresh_from_db()
    assert (document.stage, document.attempts) == (Stage.QUEUED, 1)


def test_after_the_last_attempt_it_has_failed_with_a_sentence(document: Document, broken: None) -> None:
    for _ in range(TRIES):
        with pytest.raises(Fault):
            services.make(document.pk)
    assert not services.make(document.pk)
    document.refresh_from_db()
    assert (document.stage, document.failed_because) == (Stage.FAILED, services.GAVE_UP)


def test_the_sentence_stands_on_its_page(document: Document, ellen: User, sign_in: Any) -> None:
    Document.objects.update(stage=Stage.FAILED, failed_because=services.GAVE_UP)
    page = sign_in(ellen).get(f"/documents/{document.pk}/progress/").content.decode()
    assert services.GAVE_UP in page
    assert "data-done" in page


@pytest.mark.parametrize(("age", "found"), [(29, False), (31, True)])
def test_the_sweep_asks_again_for_what_nobody_began(document: Document, age: int, found: bool) -> None:
    Document.objects.update(asked_at=NOW - timedelta(seconds=age))
    assert services.sweep(NOW) == ([document.pk] if found else [])


@pytest.mark.parametrize(("age", "state"), [(9, Stage.MAKING), (11, Stage.QUEUED)])
def test_the_sweep_puts_back_what_a_dead_worker_had_in_hand(document: Document, age: int, state: str) -> None:
    services.take(document.pk, again=False)
    Document.objects.update(taken_at=NOW - timedelta(minutes=age), asked_at=NOW - timedelta(minutes=age))
    services.sweep(NOW)
    document.refresh_from_db()
    assert document.stage == state


def test_the_sweep_gives_up_after_the_last_attempt(document: Document) -> None:
    services.take(document.pk, again=False)
    Document.objects.update(attempts=TRIES, taken_at=NOW - timedelta(minutes=11), asked_at=NOW - timedelta(hours=1))
    assert services.sweep(NOW) == []
    document.refresh_from_db()
    assert (document.stage, document.failed_because) == (Stage.FAILED, services.GAVE_UP)


def test_a_broker_that_is_down_loses_nothing(
    document: Document, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def down(document: int) -> None:
        raise ConnectionError

    monkeypatch.setattr(tasks.make_document, "delay", down)
    with django_capture_on_commit_callbacks() as callbacks:
        tasks.send(document.pk)
    assert len(callbacks) == 1
    assert Document.objects.get().stage == Stage.QUEUED
    assert services.sweep(timezone.now() + timedelta(minutes=1)) == [document.pk]


def test_the_sweep_tells_the_worker(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(tasks.make_document, "delay", told.append)
    Document.objects.update(asked_at=timezone.now() - timedelta(minutes=1))
    assert (tasks.sweep_documents(), told) == (1, [document.pk])
