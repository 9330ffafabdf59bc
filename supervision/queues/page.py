"""A page of a queue: four groups with their counts and first rows, or one group on its own from a place on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.kept import kept
from supervision.queues.filters import query_string
from supervision.queues.groups import FEW, GROUPS, MANY, Group, Place, counts, first_of
from supervision.queues.rows import Row, fetched, in_order, shown
from workflow.templatetags.words import COUNTED, capped

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group as the page draws it: its count, the rows shown, and the address of the rest ("" when all are shown)."""

    key: str
    name: str
    total: int
    said: str
    rows: list[Row]
    url: str
    more_url: str
    more_words: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The groups of the head of the page, those that are listed, and what else was asked in the counting statement."""

    groups: list[ShownGroup]
    listed: list[ShownGroup]
    about: dict[str, Any]

    @property
    def rows(self) -> int:
        return sum(len(group.rows) for group in self.listed)

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks for a person: its deadlines; all units that the rows can be of, where they are many: they are then
    asked unit by unit; and columns about the person, asked in the same statement as the counts. `shape` names a question
    that everybody asks alike, whose words are kept under that name; "" where somebody narrowed it.
    """

    rows: Callable[[User], Any]
    units: Callable[[User], Any] | None = None
    about: Callable[[User], dict[str, Any]] = lambda user: {}
    shape: str = ""


def queue_page(
    asked: Asked, user: User, now: datetime, *, pairs: Iterable[tuple[str, str]] = (), alone: str = "",
    after: Place | None = None, with_holders: bool = True,
) -> QueuePage:  # fmt: skip
    """Count and fetch a queue's deadlines as at a moment (UTC). At most six statements.

    `alone` is the key of one group to list by itself, `after` where its page begins; `pairs` is what its addresses
    carry on.
    """
    chosen = [group for group in GROUPS if group.key == alone]
    place = after if chosen else None
    most = MANY if chosen else FEW

    def counting(who: User) -> Any:
        rows = asked.rows(who)
        questions = [rows.filter(group.belongs(now)) for group in GROUPS]
        if place:
            questions.append(place.after(rows.filter(chosen[0].belongs(now))))
        return counts(who, questions, asked.units and asked.units(who), **asked.about(who))

    def listing(who: User) -> Any:
        return fetched(first_of(asked.rows(who), now, most, chosen or GROUPS, place, asked.units and asked.units(who)))

    shape = f"{asked.shape} {alone if chosen else ''}" if asked.shape and place is None else ""
    extra = answer(shape and f"{shape} counts", counting, user, now)[0]
    totals = [extra.pop(f"count_{n}") for n in range(len(GROUPS) + bool(place))]
    found = in_order(answer(shape and f"{shape} rows", listing, user, now))
    lines = shown(found, user, now, with_holders=with_holders)
    left = dict(zip((group.key for group in GROUPS), totals, strict=False))
    if place:
        left[chosen[0].key] = totals[-1]
    carried = list(pairs)
    groups = [
        _group(group, n, totals[n], left[group.key], found, lines, most, carried) for n, group in enumerate(GROUPS)
    ]
    return QueuePage(groups, [group for group in groups if not chosen or group.key == alone], extra)


def answer(shape: str, question: Callable[[User], Any], user: User, now: datetime) -> list[dict[str, Any]]:
    """The rows of a question: from its kept words where it has a shape."""
    return kept(shape, question, user, now) if shape else list(question(user))


def _group(
    group: Group, place: int, total: int, left: int, found: Sequence[dict[str, Any]], lines: Sequence[Row], most: int,
    carried: Pairs,
) -> ShownGroup:  # fmt: skip
    here = [line for row, line in zip(found, lines, strict=True) if row["place"] == place]
    said = SAID.get(group.key, "") if total else ""
    url = "?" + query_string([*carried, ("group", group.key)])
    if len(here) <= most:
        return ShownGroup(group.key, group.name, total, said, here, url, "", "")
    last = here[most - 1]
    more = f"{url}&{query_string([('after', str(Place(last.due_at, last.id)))])}"
    words = more_words(left - most, group.name, left > COUNTED)
    return ShownGroup(group.key, group.name, total, said, here[:most], url, more, words)


SAID = {"critical": "an inspector has been told", "soon": "in the next 8 hours"}


def more_words(left: int, name: str, beyond: bool) -> str:
    """Show 8 more overdue · Show 25 more of 500+ not due yet."""
    nxt = min(left, MANY)
    said = {"count": nxt, "all": capped(COUNTED + 1) if beyond else left, "group": _(name).lower()}
    if beyond or left > nxt:
        return _("Show %(count)s more of %(all)s %(group)s") % said
    return _("Show %(count)s more %(group)s") % said
