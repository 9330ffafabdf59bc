"""Who takes part in a case of a kind that has no incidents: said by the app whose records name them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cases.models.involvement import Involvement


class Part(NamedTuple):
    """Somebody’s part in a case: its code, and in words."""

    person_id: int
    code: str
    label: str


#: The parts of a case by its id, in the order in which they are shown; nothing for a case that is not of the kind.
Source = Callable[[int], list[Part]]
_SOURCES: dict[str, Source] = {}


def takes_part(kind: str, source: Source) -> None:
    """Declare who takes part in the cases of a kind; a kind said twice stops the program."""
    if kind in _SOURCES:
        raise LookupError(f"Two sources say who takes part in a {kind}.")
    _SOURCES[kind] = source


def parts_in(case: int) -> list[Part]:
    """Everybody with a part in a case, as recorded. One query; one for each other source where no incident names anybody."""
    rows = Involvement.objects.standing().filter(case=case).order_by("pk")
    named = [Part(row.person_id, row.part, str(row.get_part_display())) for row in rows]
    return named or [part for source in _SOURCES.values() for part in source(case)]


_ABOUT: dict[str, Callable[[int], int | None]] = {}


def is_about(kind: str, whom: Callable[[int], int | None]) -> None:
    """Declare whom a case of a kind is to keep safe, by its id."""
    if kind in _ABOUT:
        raise LookupError(f"Two sources say whom a {kind} is about.")
    _ABOUT[kind] = whom


def person_of(case: object) -> int | None:
    """The person harmed whom the case is about, as last recorded; of another kind, whoever is to be kept safe. One query."""
    kind, pk = getattr(case, "kind", ""), getattr(case, "pk", None)
    if kind in _ABOUT and pk is not None:
        return _ABOUT[kind](pk)
    rows = Involvement.objects.standing().filter(case=pk, part=Involvement.Part.VICTIM)
    found: int | None = rows.order_by("-pk").values_list("person_id", flat=True).first()
    return found
