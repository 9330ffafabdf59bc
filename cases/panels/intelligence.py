"""Intelligence on a case and on the page of a person: what each reader may read, else only that there is some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Case, Intelligence
from cases.models.intelligence import HELD
from cases.panels.registry import Panel, show
from cases.services.intelligence import KIND
from people.kinds import look_through
from people.panels import AtPlaceNow, PersonPanel, PlacePanel, show_at_place, show_on_person
from people.services.reading import Reading

MOST = 20  # of one person, or one case; the entry's own page says the rest


@dataclass(frozen=True, slots=True)
class Shown:
    """`entries`, the newest first, may be read; `held`: there is more, or some, that may not."""

    entries: list[Intelligence]
    held: bool

    @property
    def sentence(self) -> str:
        return HELD if self.held else ""

    @property
    def printed(self) -> list[Intelligence]:
        """What may stand on paper."""
        return [entry for entry in self.entries if entry.may_be_printed]


def on_case(case: Case, user: User, at: datetime) -> Shown | None:
    """One query, whatever the number of entries."""
    rows = Intelligence.objects.as_at(at).filter(case=case).with_reading(user).select_related("recorded_by")
    found = list(rows.order_by("-known_at", "-pk")[:MOST])
    for row in found:
        row.case = case
    return _shown(found)


def on_person(reading: Reading) -> Shown | None:
    """From the cases that stand open to the reader what may be read; from those they may open, that there is some.

    Two queries. Indexes: intelligence_of_person, intelligence_about_person.
    """
    rows = Intelligence.objects.as_at(reading.at).known_to(reading.user).about(reading.person)
    return _of_several_cases(rows, reading.user, reading.told)


def _of_several_cases(rows: Any, user: User, read: set[int] | None = None) -> Shown | None:
    """What may be read of it now; `read` takes the cases of which something was."""
    opened = Case.objects.open_to(user).order_by().values_list("pk", flat=True)
    found = list(rows.select_related("case", "recorded_by").order_by("-known_at", "-pk")[:MOST])
    stands_open = set(opened.filter(pk__in={row.case_id for row in found})) if found else set()
    for row in found:
        row.reads = row.reads and row.case_id in stands_open
    if read is not None:
        read.update(row.case_id for row in found if row.reads)
    return _shown(found)


def at_place(asked: AtPlaceNow) -> Shown | None:
    """The same of a place. Two queries. Index: intelligence_of_place."""
    rows = Intelligence.objects.as_at(asked.now).known_to(asked.user).filter(place_key=asked.place.key)
    return _of_several_cases(rows, asked.user)


def _shown(found: list[Any]) -> Shown | None:
    entries = [row for row in found if row.reads]
    held = any(not row.reads and row.state != Intelligence.State.STRUCK for row in found)
    return Shown(entries, held) if entries or held else None


show(
    Panel(
        "intelligence", "Intelligence", on_case, "cases/panels/intelligence.html", "cases/paper/intelligence.html",
        order=46, side=True, kinds=frozenset(Case.Kind.values),
    )
)  # fmt: skip
show_on_person(
    PersonPanel("intelligence", "Intelligence", on_person, "cases/panels/intelligence.html", order=6, side=True)
)
show_at_place(
    PlacePanel("intelligence", "Intelligence", at_place, "cases/panels/intelligence.html", order=15, side=True)
)
look_through(KIND)
