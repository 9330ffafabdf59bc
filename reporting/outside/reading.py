"""A file of figures as it was sent: what each row says, and which rows are wrong and why. Nothing is written here."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from reporting.outside.cells import Known, Wrong, known
from reporting.outside.table import Column, KindOf, Line

MOST_BYTES = 2_000_000
MOST_ROWS = 10_000
LONGEST_CELL = 1000
SPREADSHEET = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how XLSX and XLS begin
Row = list[str]


class NotAFile(Exception):
    """The file cannot be read at all; its words say what to do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. `rejects`: of each wrong row its number in the file (the headings are row 1), and why."""

    kind: str
    digest: str
    content: str
    lines: list[Line]
    rejects: list[tuple[int, str]]

    @property
    def first_on(self) -> date | None:
        return min((line.said["begins_on"] for line in self.lines), default=None)

    @property
    def last_on(self) -> date | None:
        return max((line.said["begins_on"] for line in self.lines), default=None)


def read(kind: KindOf, content: bytes, today: date) -> Reading:
    """Read a file that was sent. Raises NotAFile."""
    return read_text(kind, text_of(content), hashlib.sha256(content).hexdigest(), today)


def text_of(content: bytes) -> str:
    if not content.strip():
        raise NotAFile(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise NotAFile(_("The file is larger than 2 MB. Divide it by months and bring in one part after the other."))
    if content.startswith(SPREADSHEET):
        raise NotAFile(_("This is a spreadsheet. Save it as CSV (UTF-8) and bring that in."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAFile(_("The file is not in UTF-8. Save it as “CSV UTF-8” and bring that in.")) from None
    if "\x00" in text:
        raise NotAFile(_("The file is no text. Save it as “CSV UTF-8” and bring that in."))
    return text


def read_text(kind: KindOf, text: str, digest: str, today: date) -> Reading:
    """The same of a text that was read before. Raises NotAFile."""
    rows = rows_of(text)
    heads = [head.strip().lower() for head in rows[0]]
    if problem := wrong_heads(kind, heads):
        raise NotAFile(problem)
    columns = {column.name: column for column in kind.columns}
    near, lines, rejects = known(today), list[Line](), list[tuple[int, str]]()
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            lines.append(line_of(kind, number, [columns[head] for head in heads], row, near))
        except Wrong as wrong:
            rejects.append((number, str(wrong)))
    if not lines and not rejects:
        raise NotAFile(_("The file has no rows beneath its headings."))
    rejects += said_twice(lines)
    rejects += [found for check in kind.checks for found in check(lines)]
    return Reading(kind.code, digest, text, lines, sorted(rejects))


def rows_of(text: str) -> list[Row]:
    """The rows as a spreadsheet numbers them. Raises NotAFile."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), strict=True), MOST_ROWS + 2))
    except csv.Error:
        raise NotAFile(_("The file is no CSV: a quotation mark is left open, or a cell is far too long.")) from None
    if len(rows) > MOST_ROWS + 1:
        raise NotAFile(
            _("The file has more than 10,000 rows. Divide it by months and bring in one part after the other.")
        )
    return rows


def wrong_heads(kind: KindOf, heads: Row) -> str:
    """Why the headings are not those of this kind; "" where they are, in whatever order."""
    lacking = [name for name in kind.heads if name not in heads]
    unknown = [name for name in heads if name not in kind.heads]
    if lacking:
        words = _("The first row must be headings, parted by commas: %(heads)s. These are missing: %(lacking)s.")
        return words % {"heads": ", ".join(kind.heads), "lacking": ", ".join(lacking)}
    if unknown:
        return _("There are columns that are not asked for. Leave only: %(heads)s.") % {"heads": ", ".join(kind.heads)}
    return _("A heading stands there twice.") if len(set(heads)) < len(heads) else ""


def line_of(kind: KindOf, number: int, columns: list[Column], row: Row, near: Known) -> Line:
    """What one row says. Raises Wrong at the first cell that is wrong."""
    if len(row) != len(columns):
        words = _("Has %(found)s cells, and the headings are %(wanted)s.")
        raise Wrong(words % {"found": len(row), "wanted": len(columns)})
    said: dict[str, object] = {"months": kind.months} if kind.months else {}
    if kind.figure:
        said["figure"] = kind.figure
    for column, cell in zip(columns, row, strict=True):
        said[column.field] = value_of(column, cell, near)
    return Line(number, said)


def value_of(column: Column, cell: str, near: Known) -> object:
    """One cell. The mark that we put before what looks like a formula is taken away again."""
    said = cell.strip().removeprefix("'").strip()
    try:
        if len(said) > LONGEST_CELL:
            raise Wrong(_("Far too long."))
        if not said and not column.empty:
            raise Wrong(_("Nothing is said."))
        return column.read(said, near) if said else ""
    except Wrong as wrong:
        raise Wrong(f"{column.name}: {wrong}") from None


def said_twice(lines: list[Line]) -> Iterator[tuple[int, str]]:
    seen: dict[object, int] = {}
    for line in lines:
        first = seen.setdefault(line.key(), line.number)
        if first != line.number:
            yield line.number, _("Is a figure of the same as row %(row)s.") % {"row": first}
