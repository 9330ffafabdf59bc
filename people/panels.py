"""What apps say of a person, on the person page and in a search row: registries, so that neither page imports anybody.

The rows and lines an app gives are its own records, asked through its own `visible_to`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import TABLE
from people.models import Person
from workflow.pages import Entry, navigate


@dataclass(frozen=True, slots=True)
class PersonPanel:
    """One box of the person page. `rows(person, user, at)` gives its content as recorded by `at` (UTC); with nothing to
    give it is not drawn. `who`: roles that see it (empty: whoever sees the person). `side`: beside the facts.
    `forbids(rows, fact)`: whether the panel's content says that a fact must never be used, such as a number to call.
    """

    name: str
    label: str
    rows: Callable[[Person, User, datetime], Any]
    template: str
    who: frozenset[str] = frozenset()
    order: int = 50
    side: bool = False
    forbids: Callable[[Any, Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line beneath a name in a search: words, the page they lead to, a grade to show as a badge."""

    words: str
    url: str = ""
    grade: str = ""


#: person ids, reader -> {id: lines}. Costs the same number of queries for one person and for ten.
Lines = Callable[[list[int], User], dict[int, list[Line]]]
PANELS: dict[str, PersonPanel] = {}
LINES: dict[str, tuple[int, Lines]] = {}


def show_on_person(*panels: PersonPanel) -> None:
    """Declare panels of the person page; a name used twice stops the program."""
    for panel in panels:
        if panel.name in PANELS:
            raise LookupError(f"Two panels of a person are named {panel.name}.")
        PANELS[panel.name] = panel


def say_in_search(name: str, lines: Lines, order: int = 50) -> None:
    """Declare what an app says of people in a search row; a name used twice stops the program."""
    if name in LINES:
        raise LookupError(f"Two apps say {name} in a search.")
    LINES[name] = (order, lines)


def panels_for(held: frozenset[str]) -> list[PersonPanel]:
    """The panels for somebody who holds these roles anywhere, in order."""
    shown = [panel for panel in PANELS.values() if not panel.who or panel.who & held]
    return sorted(shown, key=lambda panel: panel.order)


def lines_for(person_ids: list[int], user: User) -> dict[int, list[Line]]:
    """Everything the apps say of these people to this reader."""
    said: dict[int, list[Line]] = {person: [] for person in person_ids}
    if not person_ids:
        return said
    for _, lines in sorted(LINES.values(), key=lambda entry: entry[0]):
        for person, told in lines(person_ids, user).items():
            said[person] += told
    return said


POLICE = frozenset(role.code for role in TABLE if role.police)
navigate(Entry("Search", "search", 30, POLICE))
