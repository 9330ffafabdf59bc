"""People to look for: brought in by the import, as a force's own are; the program remembers some of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from accounts.models import User
from benchmarks import force
from benchmarks.history_files import Writer
from benchmarks.importing import Imported, prove
from benchmarks.progress import Progress
from benchmarks.search_people import Truth
from benchmarks.seeding import run, size
from cases.models import Case
from people.models import Address

REMEMBERED = 6_000
ROWS_EACH = 7.1  # of the three files, for each person
HUBS = "SELECT external_id, row_id FROM cases_importedrow WHERE kind = 'person' AND external_id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class SearchSeeded:
    """The ground of the search: who asks, who may be looked for, and how they got there."""

    officer: str
    sergeant: str
    truths: list[Truth]
    people: int
    imported: Imported
    megabytes: int
    own: frozenset[int]  # people whose address stands in a folder of the officer's team


def seed_people(people: int) -> SearchSeeded:
    """Fill an empty migrated database by the import of so many people, with two incidents for each. Raises NotProved."""
    made = force.raise_force()
    with TemporaryDirectory() as folder:
        writer = written(Path(folder), people, [unit.code for unit in made.teams])
        imported = prove(writer.planted)
    run("VACUUM ANALYZE")
    officer, sergeant = made.officer, made.sergeant
    return SearchSeeded(
        officer.username, sergeant.username, recognised(writer.truths), people, imported, size(), of_own_team(officer)
    )


def of_own_team(officer: User) -> frozenset[int]:
    """Whose address the officer may read without saying why."""
    return frozenset(Address.objects.filter(case__in=Case.objects.open_to(officer)).values_list("person_id", flat=True))


def written(folder: Path, people: int, units: list[str]) -> Writer:
    """The files of the import."""
    progress, writer = Progress(int(people * ROWS_EACH)), Writer(folder, units, REMEMBERED)
    for rows in writer.write(people):
        progress.add(rows, "writing the files of the import")
    progress.end()
    return writer


def recognised(truths: Iterable[Truth]) -> list[Truth]:
    """The same people, by the ids they have now."""
    kept = list(truths)
    ids = dict(run(HUBS, [[f"P{truth.person}" for truth in kept]]))
    return [replace(truth, person=ids[f"P{truth.person}"]) for truth in kept]
