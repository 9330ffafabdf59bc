"""Backing up a living system and restoring it elsewhere: nothing that was committed is lost, and what is damaged is refused."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.local import backup, restore
from config.local.environment import DATABASE
from config.local.paths import ROOT
from config.local.postgres import Cluster
from tests import databases
from tests.operations.systems import PRINT, SAID, SAY_MORE, VISIT, Place

pytestmark = pytest.mark.long
#: Where the program keeps a file of a case: under the digest of its bytes.
DIGEST = hashlib.sha256(b"a photograph").hexdigest()
PHOTOGRAPH = f"files/{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"


def archived(cluster: Cluster) -> None:
    """Finish the piece of WAL that is being written and wait until the archive has it."""
    wanted = cluster.sql("SELECT pg_walfile_name(pg_switch_wal())").strip()
    for _ in range(300):
        if (cluster.archive / f"{wanted}.gz").exists():
            return
        time.sleep(0.1)
    raise AssertionError(cluster.log.read_text()[-2000:])


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Place]:
    """The demonstration force on a server of its own, with one paper printed and one file stored."""
    place = Place(Cluster(f"-ops{os.getpid()}"), tmp_path_factory.mktemp("living"))
    try:
        with django_db_blocker.unblock():
            databases.ready(place.cluster, DATABASE)
        done = place.manage("setup")
        assert done.returncode == 0, done.stderr[-2000:]
        place.does(PRINT)
        place.documents.mkdir()
        (place.documents / "0001.bin").write_bytes(b"an exhibit")
        for name in (PHOTOGRAPH, "files/.half-1", "previews/ab/cd/1"):
            (place.documents / name).parent.mkdir(parents=True, exist_ok=True)
            (place.documents / name).write_bytes(b"a photograph")
        yield place
    finally:
        place.cluster.remove()


@pytest.fixture(scope="module")
def kept(living: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, made while it runs."""
    folder = tmp_path_factory.mktemp("backups")
    return backup.of_cluster(living.cluster, folder, documents=living.documents, anchors=living.anchors)


@pytest.fixture
def elsewhere(tmp_path: Path, living: Place) -> Iterator[Place]:
    """A fresh machine. The anchors are where they always were: outside of what is backed up and restored."""
    place = Place(Cluster(f"-opsr{os.getpid()}"), tmp_path)
    shutil.copy(living.anchors, place.anchors)
    try:
        yield place
    finally:
        place.cluster.remove()


def brought_back(kept: Path, place: Place, archive: Path, until: datetime | None = None) -> bool:
    """Restore as ./run restore does; whether it was found whole."""
    manifest = restore.proven(kept)
    restore.into_cluster(kept, place.cluster, restore.recovery(archive, until))
    restore.documents(kept, place.documents)
    return restore.whole(place.cluster, manifest, place.anchors)


def test_a_backup_restores_into_a_fresh_server_with_its_cases_files_and_a_whole_record(
    kept: Path, living: Place, elsewhere: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    living.does(SAY_MORE)  # the system goes on; what it does now is in no backup and, here, in no archive
    assert brought_back(kept, elsewhere, archive=tmp_path / "no-archive")
    assert "The record is whole" in capsys.readouterr().out
    assert elsewhere.does(VISIT) == "case 200 file 200"
    assert (elsewhere.documents / "0001.bin").read_bytes() == b"an exhibit"
    assert (elsewhere.documents / PHOTOGRAPH).read_bytes() == b"a photograph"
    assert {path.name for path in elsewhere.documents.rglob("*") if path.is_file()} == {"0001.bin", DIGEST}
    assert elsewhere.does(SAID) == "0"


def test_what_was_written_after_the_backup_comes_back_from_the_archive_up_to_the_moment_asked_for(
    kept: Path, living: Place, elsewhere: Place
) -> None:
    before = int(living.does(SAID))
    living.does(SAY_MORE)
    between = datetime.now(UTC)
    time.sleep(1.1)  # anything committed later is later by the server's clock as well
    living.does(SAY_MORE)
    archived(living.cluster)
    assert brought_back(kept, elsewhere, living.cluster.archive, until=between)
    assert elsewhere.does(SAID) == str(before + 1)
    elsewhere.cluster.remove()
    assert brought_back(kept, elsewhere, living.cluster.archive)
    assert elsewhere.does(SAID) == str(before + 2)


def test_acts_that_an_anchor_has_seen_and_the_restore_lost_are_named(
    kept: Path, living: Place, elsewhere: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    living.does(SAY_MORE)
    living.does("from audit.services import anchor; anchor()")
    shutil.copy(living.anchors, elsewhere.anchors)
    assert not brought_back(kept, elsewhere, archive=tmp_path / "no-archive")
    said = capsys.readouterr().out
    assert "is gone or was rewritten" in said
    assert "were lost with the restore" in said


def test_a_file_that_was_changed_before_it_was_backed_up_is_named(kept: Path) -> None:
    manifest = json.loads((kept / backup.MANIFEST).read_text())
    assert restore.misnamed(manifest) == []
    manifest["documents"][PHOTOGRAPH] = "0" * 64
    assert restore.misnamed(manifest) == [PHOTOGRAPH]


def test_an_anchor_file_that_lost_its_first_lines_is_not_believed(kept: Path, tmp_path: Path) -> None:
    noted = json.loads((kept / backup.MANIFEST).read_text())["anchors"]
    assert noted["lines"] > 0
    (tmp_path / "anchors.jsonl").write_text("{}\n")
    assert restore.anchors_differ(noted, tmp_path / "anchors.jsonl")


@pytest.mark.parametrize("harm", ["a page", "a document", "the manifest", "a piece missing"])
def test_a_damaged_backup_is_refused_with_a_sentence(
    harm: str, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(kept, damaged)
    table = max((damaged / "base" / "base").rglob("[0-9]*"), key=lambda p: p.stat().st_size if p.is_file() else 0)
    place = {
        "a page": table,
        "a document": damaged / "documents" / "0001.bin",
        "the manifest": damaged / "manifest.json",
    }
    if harm in place:
        said = bytearray(place[harm].read_bytes())
        said[len(said) // 2] ^= 0xFF
        place[harm].write_bytes(said)
    else:
        table.unlink()
    with pytest.raises(SystemExit):
        restore.proven(damaged)
    told = capsys.readouterr().err
    assert "Nothing was changed." in told
    assert "Traceback" not in told


def test_a_living_server_is_never_written_over(kept: Path, living: Place, capsys: pytest.CaptureFixture[str]) -> None:
    before = living.does(SAID)
    with pytest.raises(SystemExit):
        restore.into_cluster(kept, living.cluster, restore.recovery(living.cluster.archive))
    assert "move that folder away" in capsys.readouterr().err
    assert living.does(SAID) == before


def test_a_moment_before_the_backup_or_beyond_the_archive_is_refused(
    kept: Path, living: Place, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = restore.proven(kept)
    for text in ("2020-01-01T10:00", "soon"):
        with pytest.raises(SystemExit):
            restore.moment(text, manifest)
    with pytest.raises(SystemExit):
        settings = restore.recovery(living.cluster.archive, datetime.now(UTC) + timedelta(days=300))
        restore.into_cluster(kept, elsewhere.cluster, settings)
    assert "The archive ends before that moment" in capsys.readouterr().err
    assert elsewhere.cluster.is_empty


def test_only_as_many_backups_are_kept_as_asked_for_and_no_wal_that_none_of_them_needs(
    living: Place, kept: Path, tmp_path: Path
) -> None:
    archived(living.cluster)
    archive = tmp_path / "archive"
    shutil.copytree(living.cluster.archive, archive)
    assert any(archive.glob("0*.gz"))
    source = backup.Source(
        f"host={living.cluster.socket} user=postgres", archive, documents=living.documents, anchors=living.anchors
    )
    made = []
    for _ in range(3):
        living.cluster.sql("SELECT pg_switch_wal()")
        made.append(backup.make(source, tmp_path / "backups", keep=2))
    assert backup.made_in(tmp_path / "backups") == made[1:]
    oldest = json.loads((made[1] / backup.MANIFEST).read_text())["first_wal"]
    pieces = sorted(file.name[:24] for file in archive.glob(f"{'?' * 24}.gz"))
    assert all(piece >= oldest for piece in pieces)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["backup"], "DATABASE_URL is set"),
        (["backup", "--keep", "0"], "--keep must be at least 1"),
        (["restore", "nowhere"], "is not a whole backup"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(arguments: list[str], sentence: str) -> None:
    done = subprocess.run(
        ["./run", *arguments], cwd=ROOT, env=os.environ | {"DATABASE_URL": "postgresql://elsewhere/cases"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
