"""Files of a case: what is taken, what is refused, where it lies, who opens it, and what the record says of it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import User
from audit.models import Access, Event
from cases.health import files_scanned
from cases.models import Attachment, Case, Incident, Task
from cases.services import storing
from cases.services.filetypes import TABLE, Unfit, type_of
from cases.services.waiting import scan_waiting
from cases.steps.evidence import ask_again_for_photographs
from tests.cases import files
from tests.cases.files import store as store
from tests.cases.recording import hidden, words
from tests.cases.scanner import scanner as scanner
from workflow import engine
from workflow.models import Refused

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.usefixtures("store")
GOOD = {
    "jpeg": files.jpeg(), "png": files.png(), "webp": files.webp(), "heic": files.boxed(b"heic"), "pdf": files.PDF,
    "docx": files.word(), "txt": files.WORDS, "m4a": files.boxed(b"M4A "), "mp3": b"ID3\x03" + b"\0" * 60,
    "wav": files.wave(), "mp4": files.boxed(b"mp42"), "mov": files.boxed(b"qt  "),
}  # fmt: skip


def add(browser: Client, case: Case, *bodies: Any, **said: str) -> Any:
    """As the page sends it."""
    url = f"/cases/{case.reference}/files/add/"
    page = browser.get(url)
    assert page.status_code == 200, words(page)
    sent = [body if hasattr(body, "read") else files.sent(body) for body in bodies]
    return browser.post(url, {**hidden(page.content.decode()), "kind": "photograph", **said, "added": sent})


@pytest.mark.parametrize("code", sorted(GOOD))
def test_each_type_of_the_table_is_known_by_its_bytes(code: str) -> None:
    body = GOOD[code]
    assert type_of(io.BytesIO(body), len(body)).code == code


def test_every_type_of_the_table_has_bytes_in_this_test() -> None:
    assert {row.code for row in TABLE} == set(GOOD)


@pytest.mark.parametrize(
    "body",
    [files.SVG, files.HTML, b"MZ" + b"\0" * 200, files.word("word/vbaProject.bin"), b"#!/bin/sh\nrm -rf /\n",
     b"\xff\xd8\xff\xe0 cut short"],
    ids=["svg", "html", "program", "macros", "script", "half a picture"],
)  # fmt: skip
def test_what_is_in_no_row_of_the_table_is_refused_with_what_is_taken(body: bytes) -> None:
    with pytest.raises(Unfit, match="JPEG, PNG, WebP"):
        type_of(io.BytesIO(body), len(body))


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Unfit, match="empty"):
        type_of(io.BytesIO(b""), 0)


def test_several_files_are_added_at_once_and_lie_under_their_digests(
    hannahs_case: Case, ellen: User, sign_in: SignIn, store: Path
) -> None:
    one, two = files.jpeg("red"), files.jpeg("blue")
    answer = add(sign_in(ellen), hannahs_case, one, two, words="Hall and kitchen")
    assert answer["Location"] == f"/cases/{hannahs_case.reference}/files/"
    for body, row in zip((one, two), Attachment.objects.order_by("pk"), strict=True):
        assert row.digest == hashlib.sha256(body).hexdigest()
        assert (row.type, row.size, row.words, row.state) == ("jpeg", len(body), "Hall and kitchen", "kept")
        place = storing.place_of(row.digest)
        assert place.read_bytes() == body and place.is_relative_to(store)
        assert place.stat().st_mode & 0o777 == 0o440
    assert Event.objects.filter(name="file.keep", chain=hannahs_case.pk).count() == 2


def test_what_a_file_was_called_is_kept_nowhere(hannahs_case: Case, ellen: User, sign_in: SignIn, store: Path) -> None:
    add(sign_in(ellen), hannahs_case, files.sent(files.jpeg(), "Hannah Okoro bruises.jpg"))
    row = Attachment.objects.get()
    told = [str(value) for value in vars(row).values()] + [str(event.changes) for event in Event.objects.all()]
    assert not any("bruises" in text for text in told)
    assert not any("bruises" in path.name for path in store.rglob("*"))


def test_the_same_form_sent_twice_adds_one_file(hannahs_case: Case, ellen: User, sign_in: SignIn) -> None:
    browser, url = sign_in(ellen), f"/cases/{hannahs_case.reference}/files/add/"
    unseen = hidden(browser.get(url).content.decode())
    for _ in range(2):
        answer = browser.post(url, {**unseen, "kind": "other", "added": [files.sent(files.jpeg())]})
        assert answer.status_code == 302
    assert Attachment.objects.count() == 1


def test_one_bad_file_among_good_ones_loses_neither_the_good_ones_nor_the_words(
    hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    answer = add(sign_in(ellen), hannahs_case, files.jpeg(), files.SVG, words="Left forearm, inside")
    assert answer.status_code == 422
    said = words(answer)
    assert "1 file was kept" in said and "File 2 (holiday.jpg): This kind of file is not taken" in said
    assert "Left forearm, inside" in answer.content.decode()
    assert Attachment.objects.count() == 1


def test_a_picture_is_shown_small_and_without_what_the_camera_wrote_and_the_original_stays_as_it_was(
    hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    body, browser = files.jpeg(size=(3000, 2000)), sign_in(ellen)
    row = files.kept(hannahs_case, ellen, body)
    small = b"".join(browser.get(f"/files/{row.pk}/small/").streaming_content)  # type: ignore[attr-defined]
    assert files.CAMERA.encode() in body and files.CAMERA.encode() not in small
    with Image.open(io.BytesIO(small)) as picture:
        assert picture.format == "JPEG" and max(picture.size) == 1200 and not picture.getexif()
    whole = b"".join(browser.get(f"/files/{row.pk}/").streaming_content)  # type: ignore[attr-defined]
    assert whole == body


def test_a_download_is_sealed_neutrally_named_and_written_down(
    hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    row = files.kept(hannahs_case, ellen)
    answer = sign_in(ellen).get(f"/files/{row.pk}/")
    assert answer["Content-Disposition"] == f'attachment; filename="{hannahs_case.reference}-file-{row.pk}.jpg"'
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in answer["Cache-Control"]
    look = Access.objects.get(what=f"cases.attachment:{row.pk}")
    assert (look.kind, look.operation, look.by, look.chain) == ("export", "disclosure", ellen, hannahs_case.pk)


def test_each_look_at_a_small_picture_is_written_down(hannahs_case: Case, ellen: User, sign_in: SignIn) -> None:
    row, browser = files.kept(hannahs_case, ellen), sign_in(ellen)
    browser.get(f"/files/{row.pk}/small/")
    assert Access.objects.filter(what=f"cases.attachment:{row.pk}", kind="view").count() == 1


def test_whoever_may_not_open_the_case_finds_no_file(
    hannahs_case: Case, ellen: User, victor: User, stranger: User, sam: User, sign_in: SignIn
) -> None:
    row = files.kept(hannahs_case, ellen)
    for somebody in (victor, stranger):
        for path in (f"/files/{row.pk}/", f"/files/{row.pk}/small/", f"/cases/{hannahs_case.reference}/files/"):
            assert sign_in(somebody).get(path).status_code == 404
    assert "/reason/" in sign_in(sam).get(f"/files/{row.pk}/")["Location"]


def test_a_file_is_struck_out_and_stays(hannahs_case: Case, ellen: User, sign_in: SignIn) -> None:
    row = files.kept(hannahs_case, ellen)
    evidence = {"reason": "It belongs to another case."}
    engine.perform(row, "strike", by=ellen, evidence=evidence, seen=row.version)
    browser = sign_in(ellen)
    assert "Taken out" in words(browser.get(f"/cases/{hannahs_case.reference}/files/"))
    assert browser.get(f"/files/{row.pk}/").status_code == 200
    assert storing.place_of(row.digest).exists()


def test_the_list_of_files_is_paged(hannahs_case: Case, ellen: User, sign_in: SignIn) -> None:
    rows = [files.kept(hannahs_case, ellen) for _ in range(21)]
    browser, url = sign_in(ellen), f"/cases/{hannahs_case.reference}/files/"
    first, second = browser.get(url), browser.get(f"{url}?before={rows[1].pk}")
    assert first.content.decode().count("Download<") == 20 and "?before=" in first.content.decode()
    assert second.content.decode().count("Download<") == 1
    assert browser.get(f"{url}?before=x").status_code == 200


def test_the_same_bytes_in_two_cases_lie_once_and_each_is_seen_through_its_own_case(
    hannahs_case: Case, ellen: User, store: Path
) -> None:
    other = engine.perform(
        Incident(), "begin", by=ellen, evidence={"reported_at": timezone.now().isoformat(), "channel": "101"}
    )
    body = files.jpeg()
    assert files.kept(hannahs_case, ellen, body).digest == files.kept(other.case, ellen, body).digest
    assert sum(path.is_file() for path in (store / "files").rglob("*")) == 1


def test_while_the_scanner_is_silent_a_file_is_held_and_opens_for_nobody(
    hannahs_case: Case, ellen: User, sign_in: SignIn, scanner: Any
) -> None:
    scanner.stop()
    browser = sign_in(ellen)
    assert add(browser, hannahs_case, files.jpeg()).status_code == 302
    row = Attachment.objects.get()
    assert row.state == "waiting"
    assert "Waiting for the virus scan" in words(browser.get(f"/cases/{hannahs_case.reference}/files/"))
    for path in (f"/files/{row.pk}/", f"/files/{row.pk}/small/"):
        assert browser.get(path).status_code == 409
    assert not files_scanned()


def test_a_held_file_is_scanned_when_the_scanner_is_back(hannahs_case: Case, ellen: User, scanner: Any) -> None:
    row = held(hannahs_case, ellen, scanner, files.jpeg())
    assert scan_waiting(timezone.now()) == 0  # still silent: nothing is believed
    scanner.start()
    assert scan_waiting(timezone.now()) == 1
    row.refresh_from_db()
    assert row.state == "kept" and row.scanned_at
    assert files_scanned()


def test_a_held_file_with_a_virus_is_refused_for_good(
    hannahs_case: Case, ellen: User, scanner: Any, sign_in: SignIn
) -> None:
    row = held(hannahs_case, ellen, scanner, files.WORDS + files.EICAR)
    scanner.start()
    scan_waiting(timezone.now())
    row.refresh_from_db()
    assert row.state == "refused"
    assert sign_in(ellen).get(f"/files/{row.pk}/").status_code == 409


def held(case: Case, by: User, scanner: Any, body: bytes) -> Attachment:
    """A file that arrived while the scanner did not answer."""
    scanner.stop()
    taken = storing.take_in(files.sent(body))
    assert taken.waits
    made: Attachment = engine.perform(
        Attachment(case=case), "hold", by=by, evidence={"kind": "other"}, files={"file": taken}
    )
    return made


def test_health_is_red_when_a_file_has_waited_for_ten_minutes(hannahs_case: Case, ellen: User, scanner: Any) -> None:
    row = held(hannahs_case, ellen, scanner, files.jpeg())
    scanner.start()
    assert files_scanned()
    Attachment.objects.filter(pk=row.pk).update(recorded_at=timezone.now() - timedelta(minutes=11))
    assert not files_scanned()


def test_a_clean_file_says_when_it_was_scanned(hannahs_case: Case, ellen: User, scanner: Any) -> None:
    assert files.kept(hannahs_case, ellen).scanned_at
    assert scanner.seen == [len(files.jpeg())]


def test_without_a_scanner_the_list_says_that_nothing_was_scanned(
    hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    files.kept(hannahs_case, ellen)
    assert "Not scanned for viruses." in words(sign_in(ellen).get(f"/cases/{hannahs_case.reference}/files/"))


def test_a_photograph_taken_two_days_later_meets_the_task(
    hannahs_incident: Incident, hannahs_case: Case, ellen: User
) -> None:
    began = timezone.now() - timedelta(hours=50)
    now = Incident.objects.get(pk=hannahs_incident.pk)
    Incident.objects.filter(pk=now.pk).update(reported_at=began, occurred_from=began)
    again = task_raised(Incident.objects.get(pk=now.pk), ellen)
    local = timezone.localtime(began + timedelta(hours=1)).replace(microsecond=0)
    files.kept(hannahs_case, ellen, kind="injury", taken_at=local.isoformat())
    again.refresh_from_db()
    assert again.state == Task.State.TO_DO  # taken on the night: not what was asked
    files.kept(hannahs_case, ellen, kind="injury")
    again.refresh_from_db()
    assert again.state == Task.State.DONE


def task_raised(incident: Incident, by: User) -> Task:
    said = {"injured": "yes", "injuries_what": "Red marks on the neck.", "injuries_photographed": "yes"}
    engine.amend(incident, said, by=by, seen=incident.version, effect=ask_again_for_photographs)
    return Task.objects.get(kind="injuries_again")


def test_a_digest_that_somebody_writes_is_no_file(hannahs_case: Case, ellen: User) -> None:
    """Nothing but what the page has put away itself is taken: not a digest, not bytes past the scan."""
    row = files.kept(hannahs_case, ellen)
    for said in ({"file": files.sent(files.jpeg())}, {}):
        with pytest.raises(Refused):
            evidence = {"kind": "other", "digest": row.digest, "file": row.digest}
            engine.perform(Attachment(case=hannahs_case), "keep", by=ellen, evidence=evidence, files=said)


def test_no_digest_leads_out_of_the_store() -> None:
    for name in ("../../etc/passwd", "a" * 63 + "/", "A" * 64):
        with pytest.raises(ValueError, match="not a digest"):
            storing.place_of(name)
