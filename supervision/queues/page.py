"""A page of a queue: four groups with their counts and first rows, or one group on its own from a place on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from supervision.queues.filters import query_string
from supervision.queues.groups import FEW, GROUPS, MANY, Group, Place, counts, first_of
from supervision.queues.rows import Row, fetched, shown
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


def queue_page(
    rows: Any, user: User, now: datetime, *, pairs: Iterable[tuple[str, str]] = (), alone: str = "",
    after: Place | None = None, with_holders: bool = True, about: dict[str, Any] | None = None, units: Any = None,
) -> QueuePage:  # fmt: skip
    """Count and fetch a queue's deadlines (a queryset) as at a moment (UTC).

    `alone` is the key of one group to list by itself, `after` where its page begins; `pairs` is what its addresses
    carry on. `about` are columns about the person to ask in the same statement as the counts; `units`, a queryset of all
    that the rows can be of, where they are many: they are then asked unit by unit. At most six statements.
    """
    chosen = [group for group in GROUPS if group.key == alone]
    rest = after.after(rows.filter(chosen[0].belongs(now))) if chosen and after else None
    questions = [rows.filter(group.belongs(now)) for group in GROUPS] + ([rest] if rest is not None else [])
    totals, extra = counts(user, questions, units, **(about or {}))
    most = MANY if chosen else FEW
    found = fetched(first_of(rows, now, most, chosen or GROUPS, after if chosen else None, units))
    lines = shown(found, user, now, with_holders=with_holders)
    left = dict(zip((group.key for group in GROUPS), totals, strict=False))
    if rest is not None:
        left[chosen[0].key] = totals[-1]
    carried = list(pairs)
    groups = [
        _group(group, n, totals[n], left[group.key], found, lines, most, carried) for n, group in enumerate(GROUPS)
    ]
    return QueuePage(groups, [group for group in groups if not chosen or group.key == alone], extra)


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
