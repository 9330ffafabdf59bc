"""A list that leaves: locked, escaped, for somebody, on a basis, and written down as a disclosure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import pyzipper
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit import services as audit
from audit.models import Access, Operation
from cases.models import Case
from reporting import exports
from reporting.explorer import listed
from reporting.explorer.asked import Asked
from reporting.models import Export, ExportPart
from tests.cast import person
from workflow.models import Draft

SignIn = Callable[[User | None], Client]
FOR = {"recipient": "The independent office", "basis": "Their request of 3 March, reference 12."}
PASSWORD = "correct horse battery"


@pytest.fixture
def made(hannahs_case: Case, ellen: User, dana: User, django_capture_on_commit_callbacks: Any) -> Export:
    """Dana's export of everything about the case, as the worker leaves it."""
    audit.looked(by=ellen, kind="search", what="cases.case", folder=hannahs_case, terms="=cmd|' /C calc'!A0", hits=[])
    export = listed.ask_for_list(asked=Asked(case=hannahs_case.pk), by=dana, **FOR)
    assert exports.make(export.pk) and not exports.make(export.pk)
    return Export.objects.get(pk=export.pk)


def opened(body: bytes, password: str) -> list[list[str]]:
    with pyzipper.AESZipFile(io.BytesIO(body)) as file:
        file.setpassword(password.encode())
        (name,) = file.namelist()
        return list(csv.reader(io.StringIO(file.read(name).decode())))


def test_it_is_asked_for_with_who_it_is_for_and_why_and_written_down(
    hannahs_case: Case, dana: User, sign_in: SignIn
) -> None:
    client = sign_in(dana)
    url = f"/audit/export/?case={hannahs_case.pk}"
    assert client.get(url).status_code == 200
    assert client.post(url, {"recipient": "", "basis": ""}).status_code == 422
    answer = client.post(url, FOR)
    export = Export.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/exports/{export.pk}/"
    kept = Access.objects.get(what=f"reporting.export:{export.pk}")
    assert (kept.kind, kept.operation) == (Access.Kind.EXPORT, Operation.DISCLOSURE)
    assert kept.reason == f"To {FOR['recipient']}. {FOR['basis']}" and kept.terms == f"case {hannahs_case.pk}"


def test_it_opens_with_the_password_and_with_no_other(made: Export, dana: User, sign_in: SignIn) -> None:
    answer = sign_in(dana).post(f"/exports/{made.pk}/", {"password": PASSWORD, "password_again": PASSWORD})
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    body = answer.getvalue()
    rows = opened(body, PASSWORD)
    assert rows[0] == list(listed.HEADINGS) and len(rows) == made.rows + 1 > 2
    with pytest.raises(RuntimeError, match="[Pp]assword"):
        opened(body, "another password")
    assert Access.objects.filter(what=f"reporting.export:{made.pk}", kind="export").count() == 2  # asked for, and taken


def test_no_cell_is_a_formula(made: Export, dana: User, sign_in: SignIn) -> None:
    answer = sign_in(dana).post(f"/exports/{made.pk}/", {"password": PASSWORD, "password_again": PASSWORD})
    cells = [cell for row in opened(answer.getvalue(), PASSWORD) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(exports.FORMULA)]


@pytest.mark.parametrize("typed", ["=1", "+1", "-1", "@x", "\tx", "\rx", "  =1", "\n=1"])
def test_each_beginning_of_a_formula_is_escaped(typed: str) -> None:
    assert exports.safe_cell(typed).startswith("'")
    assert exports.safe_cell("DA-2026-000001") == "DA-2026-000001"


@pytest.mark.parametrize(("one", "two", "sentence"), [
    ("short", "short", "must be 12 characters or more"), (PASSWORD, "another one of them", "The two passwords differ"),
    ("", "", "Enter a password"),
])  # fmt: skip
def test_a_weak_or_mistyped_password_is_a_sentence_and_is_not_shown_again(
    made: Export, dana: User, sign_in: SignIn, one: str, two: str, sentence: str
) -> None:
    answer = sign_in(dana).post(f"/exports/{made.pk}/", {"password": one, "password_again": two})
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert PASSWORD not in page


def test_the_password_is_kept_nowhere_not_even_by_a_locked_session(made: Export, dana: User, sign_in: SignIn) -> None:
    client = sign_in(dana)
    client.post("/lock/")
    client.post(f"/exports/{made.pk}/", {"password": PASSWORD, "password_again": PASSWORD})
    assert not Draft.objects.filter(data__icontains="correct horse").exists()
    assert not Access.objects.filter(terms__contains=PASSWORD).exists()


def test_it_is_its_askers_alone_and_after_a_day_nobodys(made: Export, dana: User, force: Any, sign_in: SignIn) -> None:
    other = person("DC", "0908", "Ray Quill", ("professional_standards", force))
    assert sign_in(other).get(f"/exports/{made.pk}/").status_code == 404
    Export.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    exports.sweep(timezone.now())
    made.refresh_from_db()
    assert made.stage == Export.Stage.GONE and not ExportPart.objects.exists()
    answer = sign_in(dana).post(f"/exports/{made.pk}/", {"password": PASSWORD, "password_again": PASSWORD})
    assert "kept no longer" in answer.content.decode()


def test_an_export_that_no_worker_heard_of_is_swept_up_and_one_that_keeps_dying_fails(dana: User, force: Any) -> None:
    export = listed.ask_for_list(asked=Asked(), by=dana, **FOR)
    later = timezone.now() + timedelta(minutes=1)
    assert exports.sweep(later) == [export.pk]
    Export.objects.update(stage=Export.Stage.MAKING, taken_at=timezone.now() - timedelta(hours=1), attempts=3)
    assert exports.sweep(later) == []
    assert Export.objects.get().stage == Export.Stage.FAILED


def test_no_more_rows_leave_than_a_file_may_hold(
    hannahs_case: Case, ellen: User, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MOST_ROWS", 7)
    monkeypatch.setitem(exports.KINDS, "audit", replace(listed.LISTED, most=7))
    monkeypatch.setattr(listed, "AT_A_TIME", 3)
    for _ in range(20):
        audit.looked(by=ellen, kind="view", what="cases.case:1", folder=hannahs_case)
    export = listed.ask_for_list(asked=Asked(case=hannahs_case.pk), by=dana, **FOR)
    exports.make(export.pk)
    export.refresh_from_db()
    assert (export.rows, export.cut) == (7, True)


def test_taking_it_away_asks_who_one_is_again(made: Export, dana: User, sign_in: SignIn, settings: Any) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    for path in (f"/exports/{made.pk}/", "/audit/export/"):
        answer = sign_in(dana).get(path)
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/"), path
