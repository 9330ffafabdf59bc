"""./run restore: a backup, and what the archive holds after it, into a fresh server; then the proof that it is whole.

A living server is never written over. Everything is checked before anything is put in place: the manifest, each
file of the base backup (pg_verifybackup), each document. Afterwards: every page's checksum, migrations, the audit.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.local import backup, environment, python, system
from config.local.backup import BASE, DOCUMENTS, FORMAT, MANIFEST, digest, whole_path
from config.local.paths import PYTHON, ROOT, say, stop
from config.local.postgres import APP, OWNER, RECOVERY, Cluster, lay

TOO_FAR = "recovery ended before configured recovery target was reached"


def main(arguments: list[str]) -> int:
    """Restore into the private server, into one beside it that goes again, or only lay out the data folder of another."""
    chosen = _read(arguments)
    manifest = proven(chosen.folder)
    until = moment(chosen.until, manifest) if chosen.until else None
    archive = chosen.archive or Path(manifest["archive"])
    if chosen.into:
        into_folder(chosen.folder, chosen.into, recovery(archive, until))
        say(f"Laid out in {chosen.into}. Start PostgreSQL {manifest['server']} on it; then manage.py verify_audit.")
        return 0
    system.ensure()
    python.ensure()
    settings = recovery(archive, until, chosen.old_data)
    return rehearse(chosen.folder, manifest, settings) if chosen.rehearse else really(chosen.folder, manifest, settings)


def rehearse(folder: Path, manifest: dict[str, Any], settings: dict[str, str]) -> int:
    """Prove beside the living server that this backup can be restored, then take everything away again."""
    cluster = Cluster(f"-rehearsal{os.getpid()}")
    try:
        into_cluster(folder, cluster, settings)
        return 0 if whole(cluster, manifest, backup.anchor_file()) else 1
    finally:
        cluster.remove()


def really(folder: Path, manifest: dict[str, Any], settings: dict[str, str]) -> int:
    """Into the private server, whose place must be empty."""
    if "DATABASE_URL" in os.environ:
        stop("DATABASE_URL is set: that server is not ours. Use --into FOLDER for its data folder (docs/runbook.md).")
    seat = environment.Guest()
    try:
        cluster = Cluster()
        into_cluster(folder, cluster, settings)
        documents(folder, backup.documents_folder())
        return 0 if whole(cluster, manifest, backup.anchor_file()) else 1
    finally:
        seat.leave()


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run restore", description="Restore a backup into a fresh server.")
    parser.add_argument("folder", type=whole_path, help="one backup: the folder that holds manifest.json")
    parser.add_argument("--until", help="stop at this moment: 2026-11-21T14:05 (London) or with an offset")
    parser.add_argument("--archive", type=whole_path, help="where the WAL is, if not where the backup says")
    parser.add_argument(
        "--old-data", type=whole_path, help="the broken server's data folder: brings back the last minutes"
    )
    parser.add_argument("--rehearse", action="store_true", help="beside the living server: prove it, then remove it")
    parser.add_argument(
        "--into", type=whole_path, metavar="FOLDER", help="only lay out an empty data folder (containers)"
    )
    return parser.parse_args(arguments)


def proven(folder: Path) -> dict[str, Any]:
    """The manifest of a backup in which every byte is as it was written; otherwise a sentence."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = folder / BASE / "backup_manifest"
        sound = manifest["format"] == FORMAT and digest(listed) == manifest["base_digest"]
        changed = [name for name, was in manifest["documents"].items() if digest(folder / DOCUMENTS / name) != was]
    except FileNotFoundError as problem:
        stop(f"{folder} is not a whole backup: {problem.filename} is missing. Nothing was changed.")
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        stop(f"{folder} cannot be read as a backup of this program. Take another one. Nothing was changed.")
    if not sound or changed:
        stop(
            f"{folder} is damaged: {', '.join(changed) or 'its manifest'} is not as it was written. Nothing was changed."
        )
    try:
        backup.output([backup.program("pg_verifybackup"), "-q", str(folder / BASE)])
    except RuntimeError as problem:
        stop(f"{folder} is damaged: {problem}. Take another one. Nothing was changed.")
    if newer := newer_than_here(manifest):
        stop(f"{folder} was made by a newer release: {', '.join(newer)} is not known here. Nothing was changed.")
    return manifest


def newer_than_here(manifest: dict[str, Any]) -> list[str]:
    """Migrations of our own apps that this checkout does not have: its program could not work with those tables."""
    ours = (name.partition(".")[::2] for name in manifest["migrations"])
    return [
        f"{app}.{name}"
        for app, name in ours
        if (ROOT / app / "migrations").is_dir() and not (ROOT / app / "migrations" / f"{name}.py").exists()
    ]


def moment(text: str, manifest: dict[str, Any]) -> datetime:
    """The moment to stop at. Without an offset it is London time. It cannot lie before the backup was whole."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        stop(f"{text!r} is not a moment. Write it like 2026-11-21T14:05, London time.")
    read = read if read.tzinfo else read.replace(tzinfo=ZoneInfo("Europe/London"))
    if read < datetime.fromisoformat(manifest["whole_at"]):
        stop(f"This backup was whole at {manifest['whole_at']}, after {text}. Take an older one. Nothing was changed.")
    return read


def recovery(archive: Path, until: datetime | None = None, old_data: Path | None = None) -> dict[str, str]:
    """What PostgreSQL is told: where WAL is, and where to stop (as far as there is any, unless told)."""
    fetch = f'test -e "{archive}/%f.gz" && gzip -dc "{archive}/%f.gz" > "%p"'
    if old_data:
        fetch = f'{{ {fetch}; }} || cp "{old_data.resolve()}/pg_wal/%f" "%p"'
    settings = {"restore_command": fetch, "recovery_target_action": "promote"}
    return settings | ({"recovery_target_time": until.isoformat(" ")} if until else {})


def into_folder(folder: Path, place: Path, settings: dict[str, str]) -> None:
    """Lay out a data folder for a server that somebody else starts."""
    if place.exists() and any(place.iterdir()):
        stop(f"{place} is not empty. Give an empty folder, or move what is there away. Nothing was changed.")
    lay(folder / BASE, place, settings, RECOVERY)


def into_cluster(folder: Path, cluster: Cluster, settings: dict[str, str]) -> None:
    """Fill a fresh server of our own and bring it to the end of what the archive has, or to the moment asked for."""
    if not cluster.is_empty:
        stop(
            f"There is a database in {cluster.data}. Nothing was changed. Stop ./run, move that folder away "
            f"(mv {cluster.data} {cluster.data}-before), then restore again, with --old-data {cluster.data}-before "
            "if the newest minutes are still wanted from it."
        )
    say(f"Restoring {folder} …")
    cluster.fill(folder / BASE, settings, RECOVERY)
    try:
        cluster.ensure()
    except (RuntimeError, SystemExit):
        if TOO_FAR in cluster.log.read_text(errors="replace"):
            cluster.remove_data()
            stop("The archive ends before that moment. Restore without --until to have all there is.")
        raise
    cluster.sql("ALTER SYSTEM RESET ALL")
    cluster.stop()
    cluster.checksums()
    cluster.ensure()


def documents(folder: Path, place: Path) -> None:
    """Put back each stored file that is not there. One that is there stays: files are never changed, only added."""
    source = folder / DOCUMENTS
    for file in source.rglob("*"):
        target = place / file.relative_to(source)
        if file.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target)


def misnamed(manifest: dict[str, Any]) -> list[str]:
    """Files of cases that were not what their name says when they were backed up: each is named by its own digest."""
    kept = {name: was for name, was in manifest["documents"].items() if name.startswith("files/")}
    return [name for name, was in kept.items() if not name.endswith(f"/{was}")]


def whole(cluster: Cluster, manifest: dict[str, Any], anchors: Path) -> bool:
    """Migrations, then the record against the anchors as they are today; says what it finds."""
    say("Every page matches its checksum.")
    for name in misnamed(manifest):
        say(f"{name} is not what its name says: it was changed before this backup. An older backup may have it whole.")
    if anchors_differ(manifest["anchors"], anchors):
        say(f"{anchors} does not begin with the lines it had when the backup was made. Fetch the copy kept elsewhere.")
        return False
    if manage(cluster, anchors, "migrate", "--check").returncode:
        say("The backup is of an earlier release: ./run brings its tables up to date. Then: manage.py verify_audit")
        return True
    done = manage(cluster, anchors, "verify_audit")
    say((done.stderr + done.stdout).strip())
    if done.returncode:
        say(
            "Acts that an anchor names and the record lacks were lost with the restore: docs/runbook.md, After a restore."
        )
    return done.returncode == 0


def anchors_differ(noted: dict[str, Any], path: Path) -> bool:
    """Whether the anchor file lost or changed a line that it had when the backup was made."""
    lines = path.read_bytes().splitlines(keepends=True)[: noted["lines"]] if path.exists() else []
    return hashlib.sha256(b"".join(lines)).hexdigest() != noted["digest"]


def manage(cluster: Cluster, anchors: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a manage.py command on the restored database."""
    surroundings = os.environ | {
        "DJANGO_ENV": "local",
        "DATABASE_URL": cluster.url(environment.DATABASE, APP),
        "DATABASE_OWNER_URL": cluster.url(environment.DATABASE, OWNER),
        "AUDIT_ANCHOR_FILE": str(anchors),
    }
    arguments = [str(PYTHON), "manage.py", *command]
    return subprocess.run(arguments, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
