"""Reading a file row by row: what each row says, or which cell of it is wrong and why. Never the whole file at once."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases.services.importing.columns import FILES, Column, Wrong

UNREADABLE = "�"
Places = Sequence[tuple[Column, int]]  # each column, and where the file has it; -1 where it does not


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number as a spreadsheet counts (the heads are row 1) and what it says; or its wrong field and
    the reason.

    `incident`: the incident that a rejected row was about, so that it does not go in without it.
    """

    line: int
    said: dict[str, Any]
    field: str = ""
    reason: str = ""
    incident: str = ""


def missing_heads(path: Path) -> list[str]:
    """The needed columns that a file does not have."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        heads = heads_of(csv.reader(file))
    return [column.name for column in FILES[path.name] if column.needed and column.name not in heads]


def heads_of(reader: Any) -> list[str]:
    return [head.strip() for head in next(reader, [])]


def rows_of(path: Path, units: frozenset[str]) -> Iterator[Row]:
    """Every row, in order. `units`: the codes of the teams that there are."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader, line = csv.reader(file), 1
        heads = heads_of(reader)
        places = [(column, heads.index(column.name) if column.name in heads else -1) for column in FILES[path.name]]
        while True:
            line += 1
            try:
                cells = next(reader, None)
            except csv.Error:
                yield Row(line, {}, "", "The row cannot be read: a quotation mark may be left open.")
                continue
            if cells is None:
                return
            if cells:  # an empty line says nothing
                yield checked(line, cells, places, units, len(heads))


def checked(line: int, cells: list[str], places: Places, units: frozenset[str], heads: int) -> Row:
    said: dict[str, Any] = {}
    wrong: tuple[str, str] | None = None
    for column, place in places:
        cell = cells[place].strip() if 0 <= place < len(cells) else ""
        try:
            said[column.name] = read(column, cell)
        except Wrong as found:
            wrong = wrong or (column.name, str(found))
            said[column.name] = cell
    if len(cells) > heads and any(cells[heads:]):
        wrong = ("", "The row has more cells than there are columns.")
    if wrong := wrong or whole(said, units):
        return Row(line, {}, *wrong, incident=str(said.get("incident", "")))
    return Row(line, said)


def read(column: Column, cell: str) -> Any:
    if UNREADABLE in cell or "\0" in cell:
        raise Wrong("It cannot be read as UTF-8.")
    if not cell:
        if column.needed:
            raise Wrong("It is empty.")
        return ""
    return column.read(cell)


def whole(said: dict[str, Any], units: frozenset[str]) -> tuple[str, str] | None:
    """What is wrong with a row whose cells are each right: (field, reason)."""
    if "surname" in said and not said["forename"] and not said["surname"]:
        return "surname", "There is neither a forename nor a surname."
    if "unit" in said and said["unit"] not in units:
        return "unit", "There is no team with that code."
    if said.get("occurred_from") and said["occurred_from"] > said["reported_at"]:
        return "occurred_from", "It happened after it was reported."
    if said.get("relationship") and said["part"] != "suspect":
        return "relationship", "Only of a suspect is it said what they are of the person harmed."
    return None
