"""What apps say of a person, on the person page and in a search row: registries, so that neither page imports anybody.

The rows and lines an app gives are its own records, asked through its own `visible_to`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import TABLE
from people.kinds import look_through
from people.models import Person, Place, WarningMarker
from people.services import addresses, numbers
from people.services.judging import beside_merge, beside_undo, same_person
from people.services.places import warnings_about
from people.services.reading import Reading
from workflow.pages import Entry, navigate
from workflow.pages.records import step_context

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PersonPanel:
    """One box of the person page. `rows(reading)` gives its content as recorded by the reading's moment; with nothing to
    give it is not drawn. `who`: roles that see it (empty: whoever sees the person). `side`: beside the facts.
    `forbids(rows, fact)`: whether the panel's content says that a fact must never be used, such as a number to call.
    `tab`: the name of the tab it stands on ("" is the summary). `title(rows)`: its heading where that depends on whom it
    is about. `head`: no box but a button beside the name; its rows are {"url": where it leads}.
    """

    name: str
    label: str
    rows: Callable[[Reading], Any]
    template: str
    who: frozenset[str] = frozenset()
    order: int = 50
    side: bool = False
    forbids: Callable[[Any, Any], bool] | None = None
    tab: str = ""
    title: Callable[[Any], str] | None = None
    head: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the person page, at an address of its own that holds ids alone. `url`: the name of that address, which
    takes the id, or a function of the person. `count(reading)`: what stands in brackets, of what may be seen.
    """

    name: str
    label: str
    url: str | Callable[[Person], str]
    order: int = 50
    who: frozenset[str] = frozenset()
    count: Callable[[Reading], int] | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """What stands first on the page of somebody because it is in force now: a warning, an order, bail. `tone`: red, amber
    or violet, never without its words.
    """

    title: str
    words: str = ""
    url: str = ""
    link: str = ""
    tone: str = "red"


@dataclass(frozen=True, slots=True)
class AtPlaceNow:
    """What a panel of a place is asked: by whom, when (UTC), from where on in a long list ("" from the newest), and by
    which ids whoever looks may know who lives there now. `cases` are those that stand open to them, of the place.
    """

    place: Place
    user: User
    now: datetime
    after: str
    residents: tuple[int, ...]
    cases: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class PlacePanel:
    """One box of the page of a place. `rows(asked)`: its content; with nothing to give it is not drawn. What is long has
    `more` on its rows: where its next page begins, asked by the name of the panel. `head`: as on a person.
    """

    name: str
    label: str
    rows: Callable[[AtPlaceNow], Any]
    template: str
    order: int = 50
    side: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line beneath a name in a search: words, the page they lead to, a grade to show as a badge. With a `tone` (red,
    yellow, blue, grey, dark) it is a marker, which the words say without the colour.
    """

    words: str
    url: str = ""
    grade: str = ""
    tone: str = ""


#: person ids, reader -> {id: lines}. Costs the same number of queries for one person and for ten.
Lines = Callable[[list[int], User], dict[int, list[Line]]]
#: What is in force; the parts of the head of the page, each a label and its words.
Forces = Callable[[Reading], list[InForce]]
Parts = Callable[[Reading], list[tuple[str, str]]]
PANELS: dict[str, PersonPanel] = {}
TABS: dict[str, Tab] = {}
FORCES: dict[str, tuple[int, Forces]] = {}
HEADS: dict[str, tuple[int, Parts]] = {}
LINES: dict[str, tuple[int, Lines]] = {}
PLACE_PANELS: dict[str, PlacePanel] = {}


def declare(registry: dict[str, T], name: str, row: T, what: str) -> None:
    """A name used twice stops the program."""
    if name in registry:
        raise LookupError(f"Two {what} are named {name}.")
    registry[name] = row


def show_on_person(*panels: PersonPanel) -> None:
    """Declare panels of the person page."""
    for panel in panels:
        declare(PANELS, panel.name, panel, "panels of a person")


def show_at_place(*panels: PlacePanel) -> None:
    """Declare panels of the page of a place."""
    for panel in panels:
        declare(PLACE_PANELS, panel.name, panel, "panels of a place")


def say_in_search(name: str, lines: Lines, order: int = 50) -> None:
    """Declare what an app says of people in a search row."""
    declare(LINES, name, (order, lines), "lines of a search")


def add_tabs(*tabs: Tab) -> None:
    """Declare tabs of the person page."""
    for tab in tabs:
        declare(TABS, tab.name, tab, "tabs of a person")


def say_in_force(name: str, source: Forces, order: int = 50) -> None:
    """Declare what an app knows to be in force about people."""
    declare(FORCES, name, (order, source), "sources of what is in force")


def say_at_head(name: str, source: Parts, order: int = 50) -> None:
    """Declare what an app says at the head of the page of somebody."""
    declare(HEADS, name, (order, source), "parts of the head")


def in_force_on(reading: Reading) -> list[InForce]:
    """Everything in force about somebody at the moment, that this reader may know."""
    sources = sorted(FORCES.values(), key=lambda entry: entry[0])
    return [said for _, source in sources for said in source(reading)]


def at_head_of(reading: Reading) -> list[tuple[str, str]]:
    sources = sorted(HEADS.values(), key=lambda entry: entry[0])
    return [said for _, source in sources for said in source(reading)]


def tabs_for(held: frozenset[str]) -> list[Tab]:
    """The tabs for somebody who holds these roles anywhere, in order."""
    return sorted((tab for tab in TABS.values() if not tab.who or tab.who & held), key=lambda tab: tab.order)


def panels_for(held: frozenset[str], tab: str = "") -> list[PersonPanel]:
    """The panels of a tab for somebody who holds these roles anywhere, in order."""
    shown = [panel for panel in PANELS.values() if panel.tab == tab and (not panel.who or panel.who & held)]
    return sorted(shown, key=lambda panel: panel.order)


def lines_for(person_ids: list[int], user: User) -> dict[int, list[Line]]:
    """Everything the apps say of these people to this reader."""
    said: dict[int, list[Line]] = {person: [] for person in person_ids}
    if not person_ids:
        return said
    for _order, lines in sorted(LINES.values(), key=lambda entry: entry[0]):
        for person, told in lines(person_ids, user).items():
            said[person] += told
    return said


def door_to(reference: str, back: str) -> str:
    """The page that asks why before a case tells more, and leads back."""
    return f"{reverse('case-reason', args=[reference])}?{urlencode({'next': back})}"


def warnings_in_force(reading: Reading) -> list[InForce]:
    """What whoever meets somebody must be warned of, for the head of their page; the same danger once, as last said."""
    newest: dict[str, WarningMarker] = {}
    for row in warnings_about([reading.person.pk], reading.user, reading.at):
        newest.setdefault(f"{row.danger}:{row.what.casefold()}", row)
    return [
        InForce(
            _("Warning: %(danger)s") % {"danger": _(str(row.get_danger_display())).lower()},
            "; ".join(part for part in (row.what, row.span_words, row.review_words) if part),
            row.case.get_absolute_url(), row.case.reference, tone="amber",
        )
        for row in newest.values()
    ]  # fmt: skip


POLICE = frozenset(role.code for role in TABLE if role.police)
look_through(addresses.KIND, numbers.KIND)
navigate(Entry("Search", "search", 30, POLICE, menu="people"))
show_on_person(PersonPanel("same", "One person?", same_person, "people/panels/same.html", POLICE, order=95, side=True))
step_context("duplicate.merge")(beside_merge)
step_context("duplicate.undo")(beside_undo)
say_in_force("warnings", warnings_in_force, order=20)
add_tabs(Tab("addresses", "Addresses", "person-addresses", 30))
