"""./run backup: everything that cannot be made again, into a folder named by its moment, while the system runs.

A backup is a base backup of the whole server, the documents folder, and `manifest.json` with the digest of everything.
From the first one on, finished WAL is kept in the archive beside the data, so that a restore can go on to any later
moment. The audit's anchors are described, not copied: whoever can put back an old database must not be able to put
back the witness against it with the same hand (docs/adr/0014).
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.local import environment, system
from config.local.paths import LOCAL, locked, say, stop
from config.local.postgres import Cluster
from config.local.system import postgres_binaries

FORMAT = 1
BASE, DOCUMENTS, MANIFEST = "base", "documents", "manifest.json"
KEPT = 7
#: Of the stored files: what is still being written, and small pictures, which are made again at the next look.
NOT_KEPT = shutil.ignore_patterns(".half-*", "previews")


def documents_folder() -> Path:
    """Where stored files are (MEDIA_ROOT)."""
    return Path(os.environ.get("MEDIA_ROOT", LOCAL / "documents"))


def anchor_file() -> Path:
    """Where the ends of the audit's chains are kept, outside the database."""
    return Path(os.environ.get("AUDIT_ANCHOR_FILE", LOCAL / "anchors.jsonl"))


def whole_path(text: str) -> Path:
    """What somebody typed, for programs that run in another folder."""
    return Path(text).resolve()


@dataclass(frozen=True)
class Source:
    """What is backed up: a server (as libpq reads it), its database, its archive, and what lies outside of it."""

    server: str
    archive: Path
    database: str = environment.DATABASE
    documents: Path = field(default_factory=documents_folder)
    anchors: Path = field(default_factory=anchor_file)

    def sql(self, statement: str) -> list[str]:
        """Run one statement and return its lines; RuntimeError with the server's reason."""
        command = [program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement]
        return output([*command, "-d", f"{self.server} dbname={self.database}"]).splitlines()


def main(arguments: list[str]) -> int:
    """Back up the private server, or the one that BACKUP_SERVER names (in containers)."""
    parser = argparse.ArgumentParser(prog="./run backup", description="Back up while the system runs.")
    parser.add_argument("folder", nargs="?", type=whole_path, default=LOCAL / "backups", help="where backups are kept")
    parser.add_argument("--keep", type=int, default=KEPT, help=f"how many to keep ({KEPT})")
    chosen = parser.parse_args(arguments)
    if chosen.keep < 1:
        stop("--keep must be at least 1: the newest backup is never removed.")
    if "BACKUP_SERVER" in os.environ:
        source = Source(os.environ["BACKUP_SERVER"], Path(os.environ["WAL_ARCHIVE"]))
        say(f"Backed up into {make(source, chosen.folder, chosen.keep)}.")
        return 0
    if "DATABASE_URL" in os.environ:
        stop("DATABASE_URL is set: that server is not ours. Its own operators back it up (docs/runbook.md says what).")
    system.ensure()
    seat = environment.Guest()
    try:
        cluster = Cluster()
        cluster.ensure()
        say(f"Backed up into {of_cluster(cluster, chosen.folder, chosen.keep)}.")
    finally:
        seat.leave()
    return 0


def of_cluster(cluster: Cluster, folder: Path, keep: int = KEPT, **more: Any) -> Path:
    """Back up one of our own servers; from now on its WAL is archived."""
    cluster.want_archive()
    return make(Source(f"host={cluster.socket} user=postgres", cluster.archive, **more), folder, keep)


def make(source: Source, folder: Path, keep: int = KEPT) -> Path:
    """Make one backup and remove those beyond `keep`; returns its folder. Nothing half made is ever called a backup."""
    with locked("backup"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for remains in folder.glob(".half-*"):
            shutil.rmtree(remains)
        begun = datetime.now(UTC)
        half = folder / f".half-{begun:%Y%m%dT%H%M%S%fZ}"
        half.mkdir(mode=0o700)
        try:
            _base(source, half / BASE)
            # after the rows: files are only ever added, so every file that a row of this backup names is there
            if source.documents.is_dir():
                shutil.copytree(source.documents, half / DOCUMENTS, ignore=NOT_KEPT)
            manifest = describe(source, half, begun)
        except (RuntimeError, OSError) as problem:
            shutil.rmtree(half, ignore_errors=True)
            stop(f"No backup was made: {problem}")
        (half / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        whole = half.rename(folder / half.name.removeprefix(".half-"))
        prune(folder, source.archive, keep)
        return whole


def describe(source: Source, half: Path, begun: datetime) -> dict[str, Any]:
    """What the backup holds, so that a restore can prove it and say what it will bring back."""
    applied = source.sql("SELECT app || '.' || max(name) FROM django_migrations GROUP BY app ORDER BY app")
    files = half / DOCUMENTS
    return {
        "format": FORMAT,
        "begun": begun.isoformat(),
        "whole_at": source.sql("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')")[
            0
        ]
        + "+00:00",
        "server": (half / BASE / "PG_VERSION").read_text().strip(),
        "first_wal": first_wal(half / BASE),
        "archive": str(source.archive),
        "base_digest": digest(half / BASE / "backup_manifest"),
        "documents": {str(p.relative_to(files)): digest(p) for p in sorted(files.rglob("*")) if p.is_file()},
        "migrations": applied,
        "anchors": anchors(source.anchors),
    }


def anchors(path: Path) -> dict[str, Any]:
    """The witness outside the database as it stood: enough to tell later that it still begins with the same lines."""
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    return {"lines": len(lines), "digest": hashlib.sha256(b"".join(lines)).hexdigest()}


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def first_wal(base: Path) -> str:
    """The first piece of WAL that this base backup needs."""
    label = (base / "backup_label").read_text()
    return label.partition("(file ")[2].partition(")")[0]


def made_in(folder: Path) -> list[Path]:
    """The backups of a folder, oldest first."""
    return sorted(path.parent for path in folder.glob(f"[0-9]*/{MANIFEST}"))


def prune(folder: Path, archive: Path, keep: int) -> None:
    """Remove the oldest backups beyond `keep`, then the archived WAL that no backup here can begin from."""
    backups = made_in(folder)
    for old in backups[:-keep]:
        (old / MANIFEST).unlink()  # from here on it is no backup, even if the removal is interrupted
        shutil.rmtree(old)
    oldest = json.loads((backups[-keep:][0] / MANIFEST).read_text())["first_wal"]
    try:
        output([program("pg_archivecleanup"), "-x", ".gz", str(archive), oldest])
    except RuntimeError as problem:
        say(f"The backup is whole, but the archive was not tidied: {problem}")


def _base(source: Source, target: Path) -> None:
    output([
        program("pg_basebackup"), "-d", source.server, "-w", "-D", str(target), "-F", "plain", "-X", "stream",
        "-c", "fast", "--manifest-checksums", "SHA256",
    ])  # fmt: skip
    output([program("pg_verifybackup"), "-q", str(target)])  # what was written can be read


def program(name: str) -> str:
    folder = postgres_binaries()
    if folder is None:
        stop("PostgreSQL's own programs are not on this machine. Run: apt-get install postgresql")
    return str(folder / name)


def output(command: list[str]) -> str:
    clean = {key: value for key, value in os.environ.items() if key != "LD_PRELOAD"}
    done = subprocess.run(command, env=clean, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(" ".join((done.stderr or done.stdout).strip().splitlines()[-1:]))
    return done.stdout
