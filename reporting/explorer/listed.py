"""What the explorer shows, as a list that leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from accounts.models import User
from audit.stream import Entry, all_of
from cases.visibility import AUDITING
from reporting.explorer.asked import Asked
from reporting.explorer.lines import lines_of
from reporting.exports import Kind, Piece, ask_for, text_of
from reporting.models import MARKING, Export

CODE = "audit"
MOST_ROWS = 100_000
AT_A_TIME = 2000
HEADINGS = (
    "Number", "When (UTC)", "Who", "What", "Operation", "Case", "About", "Reason", "Searched for", "Shown",
)  # fmt: skip


def ask_for_list(*, asked: Asked, by: User, recipient: str, basis: str) -> Export:
    """Ask for what the explorer shows as a file, with who it is for and on what basis."""
    kept = asked.pairs() | ({"closed": "yes"} if asked.closed else {})
    return ask_for(CODE, asked=kept, by=by, recipient=recipient, basis=basis)


def pieces(export: Export) -> Iterator[Piece]:
    """The headings, then the lines as they may be read by whoever asked."""
    user, name = export.asked_by, f"{MARKING} audit {export.pk}.csv"
    held = user.roles_over(None)
    yield Piece(name, 0, text_of([HEADINGS]))
    for entries in grouped(all_of(Asked.read(export.asked).sides(), AT_A_TIME, MOST_ROWS)):
        lines = (
            (
                line.id, line.at.isoformat(timespec="seconds"), line.who, line.what, line.operation, line.reference,
                line.about, line.reason, line.terms, line.shown or "",
            )
            for line in lines_of(entries, user, held)
        )  # fmt: skip
        yield Piece(name, len(entries), text_of(lines))


def grouped(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    group: list[Entry] = []
    for entry in entries:
        group.append(entry)
        if len(group) == AT_A_TIME:
            yield group
            group = []
    if group:
        yield group


def said(export: Export) -> str:
    return Asked.read(export.asked).said()


LISTED = Kind(CODE, "audit", AUDITING, pieces, said, back="audit", most=MOST_ROWS)
