"""Attempts on the upload of files: by type, by size, by name, by what is inside, and on a file that is not one's own."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Attachment, Case
from cases.services import filetypes, storing
from tests.cases import files
from tests.cases.files import store as store
from tests.cases.recording import words
from tests.cases.scanner import scanner as scanner
from tests.cases.test_files import add, held

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.usefixtures("store")


def nothing_kept(store: Path) -> bool:
    return not Attachment.objects.exists() and not [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "body", [files.SVG, files.HTML, b"MZ" + b"\0" * 200, b"GIF89a" + files.HTML],
    ids=["svg", "html", "program", "gif with html"],
)  # fmt: skip
def test_a_wrong_type_is_refused_whatever_it_is_called(
    body: bytes, hannahs_case: Case, ellen: User, sign_in: SignIn, store: Path
) -> None:
    answer = add(sign_in(ellen), hannahs_case, files.sent(body, "photo.jpg", "image/jpeg"))
    assert answer.status_code == 422 and "This kind of file is not taken" in words(answer)
    assert nothing_kept(store)


@pytest.mark.parametrize("forged", [False, True], ids=["says so", "says few"])
def test_a_long_list_of_contents_is_refused_without_being_read(
    forged: bool, hannahs_case: Case, ellen: User, sign_in: SignIn, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = files.word(*(f"part{number}.xml" for number in range(60_000)))
    end = body.rfind(b"PK\5\6")
    if forged:
        body = body[: end + 8] + b"\x02\0\x02\0" + body[end + 12 :]
    monkeypatch.setattr(filetypes.zipfile, "ZipFile", None)  # whoever opens it fails
    answer = add(sign_in(ellen), hannahs_case, files.sent(body, "statement.docx"))
    assert answer.status_code == 422 and "This kind of file is not taken" in words(answer)
    assert nothing_kept(store)


def test_what_is_larger_than_its_kind_may_be_is_not_read_to_be_known(
    hannahs_case: Case, ellen: User, sign_in: SignIn, settings: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_MEGABYTES = {**settings.FILE_MEGABYTES, "document": 1}
    monkeypatch.setattr(filetypes, "MARKUP", None)  # whoever reads the words fails
    answer = add(sign_in(ellen), hannahs_case, files.sent(b"word " * 400_000, "statement.txt", "text/plain"))
    assert answer.status_code == 422 and "At most 1 MB are taken of this kind" in words(answer)
    assert nothing_kept(store)


def test_a_picture_with_a_page_behind_it_is_never_rendered(hannahs_case: Case, ellen: User, sign_in: SignIn) -> None:
    """A JPEG is a JPEG however much follows it: it is kept as it is, and no browser is given a way to read the rest."""
    row, browser = files.kept(hannahs_case, ellen, files.jpeg() + files.HTML), sign_in(ellen)
    whole = browser.get(f"/files/{row.pk}/")
    assert whole["Content-Type"] == "image/jpeg" and whole["Content-Disposition"].startswith("attachment")
    assert whole["X-Content-Type-Options"] == "nosniff" and "sandbox" in whole["Content-Security-Policy"]
    small = browser.get(f"/files/{row.pk}/small/")
    assert b"<script>" not in b"".join(small.streaming_content)  # type: ignore[attr-defined]


def test_a_file_that_is_too_large_is_left_out_while_it_arrives_and_the_words_stay(
    hannahs_case: Case, ellen: User, sign_in: SignIn, settings: Any, store: Path
) -> None:
    settings.FILE_MEGABYTES = dict.fromkeys(settings.FILE_MEGABYTES, 1)
    answer = add(sign_in(ellen), hannahs_case, b"\xff\xd8\xff" + b"\0" * 2_000_000, words="Kitchen, from the door")
    assert answer.status_code == 422 and "A file was too large and was left out. At most 1 MB" in words(answer)
    assert "Kitchen, from the door" in answer.content.decode()
    assert nothing_kept(store)


def test_a_large_file_among_small_ones_takes_none_of_them_with_it(
    hannahs_case: Case, ellen: User, sign_in: SignIn, settings: Any
) -> None:
    settings.FILE_MEGABYTES = dict.fromkeys(settings.FILE_MEGABYTES, 1)
    answer = add(sign_in(ellen), hannahs_case, files.jpeg(), b"\xff\xd8\xff" + b"\0" * 2_000_000)
    assert answer.status_code == 422 and "1 file was kept" in words(answer)
    assert Attachment.objects.count() == 1


def test_a_kind_with_a_smaller_limit_of_its_own_is_held_to_it(
    hannahs_case: Case, ellen: User, sign_in: SignIn, settings: Any, store: Path
) -> None:
    settings.FILE_MEGABYTES = {**settings.FILE_MEGABYTES, "document": 1}
    answer = add(sign_in(ellen), hannahs_case, files.PDF + b"\n" * 1_500_000 + b"%%EOF")
    assert "This file has 2 MB. At most 1 MB are taken of this kind." in words(answer)
    assert nothing_kept(store)


def test_a_request_that_is_too_large_as_a_whole_is_answered_413(
    hannahs_case: Case, ellen: User, sign_in: SignIn, settings: Any, store: Path
) -> None:
    settings.UPLOAD_MEGABYTES = 1
    answer = add(sign_in(ellen), hannahs_case, b"\0" * 1_500_000)
    assert answer.status_code == 413
    assert nothing_kept(store)


def test_more_files_than_are_taken_at_once_are_answered_413(
    hannahs_case: Case, ellen: User, sign_in: SignIn, store: Path
) -> None:
    answer = add(sign_in(ellen), hannahs_case, *[files.WORDS] * 21)
    assert answer.status_code == 413
    assert nothing_kept(store)


def test_a_virus_is_refused_and_nothing_of_it_is_kept(
    hannahs_case: Case, ellen: User, sign_in: SignIn, scanner: Any, store: Path
) -> None:
    answer = add(sign_in(ellen), hannahs_case, files.WORDS + files.EICAR)
    assert answer.status_code == 422 and "A virus was found in this file." in words(answer)
    assert nothing_kept(store)


def test_no_answer_of_the_scanner_opens_a_file(hannahs_case: Case, ellen: User, sign_in: SignIn, scanner: Any) -> None:
    """A scanner that was stopped, or that hangs up in the middle, has said nothing."""
    row = held(hannahs_case, ellen, scanner, files.jpeg())
    assert sign_in(ellen).get(f"/files/{row.pk}/").status_code == 409


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x.jpg", "..\\..\\x.jpg", "a\0b.jpg", "/etc/passwd", "x" * 4000 + ".jpg"]
)
def test_a_name_with_tricks_leads_nowhere(
    name: str, hannahs_case: Case, ellen: User, sign_in: SignIn, store: Path
) -> None:
    add(sign_in(ellen), hannahs_case, files.sent(files.jpeg(), name))
    found = [path for path in store.parent.rglob("*") if path.is_file()]
    assert found == [storing.place_of(Attachment.objects.get().digest)]


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has ten thousand million pixels."""

    def piece(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))

    head = struct.pack("!LLBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", zlib.compress(b"\0" * 1000)) + piece(b"IEND", b"")
    )


def test_a_picture_that_would_fill_the_memory_is_not_unpacked(
    hannahs_case: Case, ellen: User, sign_in: SignIn, store: Path
) -> None:
    answer = add(sign_in(ellen), hannahs_case, bomb())
    assert answer.status_code == 422 and "not taken, or it is damaged" in words(answer)
    assert nothing_kept(store)


def test_a_file_of_a_hidden_case_is_a_file_that_never_was(
    hannahs_case: Case, ellen: User, victor: User, sign_in: SignIn
) -> None:
    row, browser = files.kept(hannahs_case, ellen), sign_in(victor)
    for path in ("/files/{}/", "/files/{}/small/", "/work/file/{}/strike/", "/work/file/{}/"):
        there, never = (browser.get(path.format(number)) for number in (row.pk, 87654321))
        assert (there.status_code, never.status_code) == (404, 404)
    answer = browser.post(
        f"/cases/{hannahs_case.reference}/files/add/", {"kind": "other", "added": [files.sent(files.jpeg())]}
    )
    assert answer.status_code == 404 and Attachment.objects.count() == 1


def test_an_analyst_reads_no_file_into_a_case(hannahs_case: Case, ari: User, sign_in: SignIn, store: Path) -> None:
    """Whoever may look and not work is refused before a byte is looked at."""
    browser = sign_in(ari)
    browser.post(f"/cases/{hannahs_case.reference}/reason/", {"later": "1"})
    body = io.BytesIO(files.jpeg())
    body.name = "x.jpg"
    answer = browser.post(f"/cases/{hannahs_case.reference}/files/add/", {"kind": "other", "added": [body]})
    assert answer.status_code == 403 and nothing_kept(store)
