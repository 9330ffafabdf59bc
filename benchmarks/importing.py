"""The import of a force's history proved at scale: killed in the middle, gone on with, run once more; every bad row of
which somebody knows in the rejects file, everything else in. It is also how the people who are searched get there.
"""

from __future__ import annotations

import csv
import os
import subprocess
import time
from collections import Counter
from dataclasses import dataclass

from django.db import connection

from benchmarks import stage
from benchmarks.history_files import Planted
from benchmarks.seeding import run
from config.local.paths import PYTHON, ROOT, say

ENOUGH = 8_000  # people, so that it can be killed between the first batch and the last
KILLED_AT = 0.05  # of the incidents that can go in
COUNTED = ("people_person", "cases_case", "cases_incident", "cases_involvement", "people_personname", "people_birth",
           "people_address", "people_telephone", "cases_importedrow", "people_personnameevent", "people_place")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What the import did. Seconds of the run that was killed, of the one that went on, and of the one that changed nothing."""

    rows: dict[str, int]
    planted: int
    rejected: int
    incidents: int
    people: int
    killed: int
    seconds: tuple[float, float, float]
    written: int

    @property
    def rows_in_all(self) -> int:
        return sum(self.rows.values())


class NotProved(Exception):
    """The import did not do what it says; the sentence says where."""


def prove(planted: Planted) -> Imported:
    """Import the files in three runs, and compare what came of it with what must; too few to be killed in the middle, in
    two. Raises NotProved.
    """
    first, killed = 0.0, 0
    if planted.people >= ENOUGH:
        say("Importing; it is killed in the middle …")
        first, killed = killed_run(planted)
        say(f"Killed when {killed:,} incidents were in. Importing again …")
    second = whole_run(planted)
    before = counts()
    say("And once more, which must change nothing …")
    third = whole_run(planted)
    need(before == counts(), "a second run changed something")
    rejected = compare(planted)
    written = sum(count for table, count in before.items() if not table.endswith("event"))
    return Imported(
        dict(planted.rows), len(planted.bad), rejected, planted.incidents, planted.people, killed, (first, second, third),
        written,
    )  # fmt: skip


def start(planted: Planted) -> subprocess.Popen[bytes]:
    name = str(connection.settings_dict["NAME"])
    where = {
        "DATABASE_URL": stage.with_name(os.environ["DATABASE_URL"], name),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    words = [str(PYTHON), "manage.py", "import_history", str(planted.folder)]
    return subprocess.Popen(words, cwd=ROOT, env={**os.environ, **where})  # noqa: S603 - our own


def killed_run(planted: Planted) -> tuple[float, int]:
    """Kill it outright, as a power cut does; seconds, and how many incidents were in."""
    began, work = time.monotonic(), start(planted)
    while work.poll() is None and incidents_in() < planted.incidents * KILLED_AT:
        time.sleep(0.2)
    need(work.poll() is None, "the run ended before it could be killed")
    work.kill()
    work.wait()
    found = incidents_in()
    need(0 < found < planted.incidents, "the run was not killed in the middle")
    return time.monotonic() - began, found


def incidents_in() -> int:
    return int(run("SELECT count(*) FROM cases_importedrow WHERE kind = 'incident'")[0][0])


def whole_run(planted: Planted) -> float:
    began = time.monotonic()
    need(start(planted).wait() == 0, "the run failed")
    return time.monotonic() - began


def counts() -> dict[str, int]:
    return {table: int(run(f"SELECT count(*) FROM {table}")[0][0]) for table in COUNTED}  # noqa: S608 - ours


def compare(planted: Planted) -> int:
    """Every planted row rejected for its field, every other row in or rejected for what it follows from; how many were."""
    with (planted.folder / "rejects.csv").open(encoding="utf-8", newline="") as file:
        rejects = [(row["file"], int(row["row"]), row["field"], row["reason"]) for row in csv.DictReader(file)]
    found = {(name, row): field for name, row, field, _ in rejects}
    need(len(found) == len(rejects), "a row was rejected twice")
    need(all(reason for *_, reason in rejects), "a row was rejected without a reason")
    for place, field in planted.bad.items():
        need(found.get(place) == field, f"row {place} is wrong in {field} and was rejected for {found.get(place)}")
    of = Counter(name for name, *_ in rejects)
    taken = {
        "people.csv": planted.people,
        "incidents.csv": planted.incidents,
        "involvements.csv": counts()["cases_involvement"],
    }
    for name, rows in planted.rows.items():
        need(rows == of[name] + taken[name], f"of {rows} rows of {name} {taken[name]} are in and {of[name]} rejected")
    need(incidents_in() == planted.incidents, "not every whole incident is in")
    need(counts()["people_person"] == planted.people, "not everybody of a whole incident is in")
    return len(rejects)


def need(right: bool, sentence: str) -> None:
    if not right:
        raise NotProved(sentence)
