"""Asking for a case file, watching it, opening it; and who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Access
from cases.models import Case
from reporting import tasks
from reporting.models import Document, DocumentContent
from tests.cast import shut_out
from tests.reporting.conftest import case_file_of
from workflow import engine

SignIn = Callable[[User | None], Client]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the worker was told of."""
    told: list[int] = []
    monkeypatch.setattr(tasks.make_document, "delay", told.append)
    return told


@pytest.fixture
def made(told: Case, ellen: User, quick: None) -> Document:
    return case_file_of(told, ellen)


def ask(client: Client, case: Case, **said: Any) -> Any:
    return client.post(f"/cases/{case.reference}/case-file/", said)


def test_asking_tells_the_worker_and_leads_to_the_page_that_waits(
    hannahs_case: Case, ellen: User, sign_in: SignIn, sent: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(ellen)
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(client, hannahs_case)
    document = Document.objects.get(case=hannahs_case)
    assert (answer.status_code, answer["Location"], sent) == (302, f"/documents/{document.pk}/", [document.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "Waiting for its turn" in page
    assert f'data-progress-url="/documents/{document.pk}/progress/"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page


def test_asking_is_written_down_as_a_disclosure_by_printing(
    hannahs_case: Case, ellen: User, sign_in: SignIn, sent: list[int]
) -> None:
    ask(sign_in(ellen), hannahs_case)
    looked = Access.objects.get(kind=Access.Kind.PRINT)
    assert (looked.by, looked.chain, looked.operation) == (ellen, hannahs_case.pk, "disclosure")


def test_pressed_twice_makes_one(hannahs_case: Case, ellen: User, sign_in: SignIn, sent: list[int]) -> None:
    client = sign_in(ellen)
    first, second = ask(client, hannahs_case), ask(client, hannahs_case)
    assert first["Location"] == second["Location"]
    assert Document.objects.count() == Access.objects.filter(kind=Access.Kind.PRINT).count() == 1


def test_the_same_form_sent_again_after_it_was_made_leads_to_the_first(
    hannahs_case: Case, ellen: User, sign_in: SignIn, sent: list[int]
) -> None:
    client = sign_in(ellen)
    first = ask(client, hannahs_case, token="the-same-form")
    Document.objects.update(stage=Document.Stage.FAILED, failed_because="It could not.")
    assert ask(client, hannahs_case, token="the-same-form")["Location"] == first["Location"]


def test_an_address_that_is_only_followed_asks_for_nothing(hannahs_case: Case, ellen: User, sign_in: SignIn) -> None:
    answer = sign_in(ellen).get(f"/cases/{hannahs_case.reference}/case-file/")
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{hannahs_case.reference}/")
    assert not Document.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "victor"])
def test_to_whom_the_case_is_hidden_the_file_is_hidden(made: Document, request: Any, sign_in: SignIn, who: str) -> None:
    client = sign_in(request.getfixturevalue(who))
    answers = [ask(client, made.case)]
    answers += [client.get(f"/documents/{made.pk}/{tail}") for tail in ("", "progress/", "file/")]
    assert [answer.status_code for answer in answers] == [404] * 4


def test_nobody_is_sent_to_sign_in(made: Document, nobody: Client) -> None:
    answers = [nobody.get(f"/documents/{made.pk}/{tail}") for tail in ("", "progress/", "file/")]
    assert all(answer.status_code == 302 and "/sign-in/" in answer["Location"] for answer in answers)


def test_the_officer_of_the_next_beat_is_asked_why_first(made: Document, sam: User, sign_in: SignIn) -> None:
    answer = sign_in(sam).get(f"/documents/{made.pk}/file/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/cases/{made.case.reference}/reason/")


def test_who_is_shut_out_after_it_was_made_no_longer_finds_it(
    made: Document, ellen: User, priya: User, sign_in: SignIn
) -> None:
    client = sign_in(ellen)
    assert client.get(f"/documents/{made.pk}/file/").status_code == 200
    shut_out(made.case, ellen, priya)
    assert client.get(f"/documents/{made.pk}/file/").status_code == 404


def test_the_file_opens_by_its_own_name_and_is_written_down(made: Document, ellen: User, sign_in: SignIn) -> None:
    answer = sign_in(ellen).get(f"/documents/{made.pk}/file/")
    moment = timezone.localtime(made.as_at)
    name = f"OFFICIAL-SENSITIVE {made.case.reference} case file {moment:%Y-%m-%d %H%M}.pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    export = Access.objects.get(kind=Access.Kind.EXPORT)
    assert (export.by, export.chain, export.operation) == (ellen, made.case_id, "disclosure")


def test_the_page_leads_to_the_file_and_says_how_long_it_is(made: Document, ellen: User, sign_in: SignIn) -> None:
    page = sign_in(ellen).get(f"/documents/{made.pk}/").content.decode()
    assert f"Open the case file (PDF, {made.pages} page" in page
    assert "data-progress-url" not in page
    assert "http-equiv" not in page


def test_a_colleague_who_sees_as_much_may_read_it(made: Document, tom: User, sign_in: SignIn) -> None:
    assert sign_in(tom).get(f"/documents/{made.pk}/file/").status_code == 200


def test_a_colleague_to_whom_something_behind_it_is_hidden_prints_their_own(
    made: Document, tom: User, ellen: User, priya: User, sign_in: SignIn, nr3: Any
) -> None:
    other = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    engine.perform(other, "restrict", by=priya, evidence={"reason": "A colleague is involved."})
    Document.objects.update(drawn_from=[other.pk])
    answer = sign_in(tom).get(f"/documents/{made.pk}/file/")
    assert (answer.status_code, b"Print a case file of your own" in answer.content) == (403, True)
    assert sign_in(ellen).get(f"/documents/{made.pk}/file/").status_code == 200


def test_what_is_not_made_yet_cannot_be_opened(hannahs_case: Case, ellen: User, sign_in: SignIn) -> None:
    document = Document.objects.create(case=hannahs_case, asked_by=ellen)
    assert sign_in(ellen).get(f"/documents/{document.pk}/file/").status_code == 404
    assert not DocumentContent.objects.exists()
