"""The least that must be known of what may not be opened, of a person or an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cases.visibility.rule import INVESTIGATING, hidden_from


@dataclass(frozen=True, slots=True)
class Marker:
    """The least that must be known of what may not be opened, of a person (id) or an address (postcode)."""

    about: str
    key: int | str
    sentence: str


MarkerSource = Callable[[Any, frozenset[int], frozenset[str]], Iterable[Marker]]
_SOURCES: dict[str, MarkerSource] = {}


def mark(name: str, source: MarkerSource) -> None:
    """Declare what an app says of hidden cases, in its markers.py. A name used twice stops the program."""
    if name in _SOURCES:
        raise LookupError(f"Two markers are named {name}.")
    _SOURCES[name] = source


def markers_for(user: User, people: Iterable[int], addresses: Iterable[str]) -> list[Marker]:
    """What this person must know of cases that they may not open, about these people (ids) and addresses (postcodes).

    Only for roles that would work an investigation; nothing at all of a case that the person is shut out of. One query
    for each source, and one for the roles.
    """
    if not user.holds(INVESTIGATING, None):
        return []
    asked = frozenset(people), frozenset(plain_postcode(address) for address in addresses)
    found = [marker for source in _SOURCES.values() for marker in source(hidden_from(user), *asked)]
    return list(dict.fromkeys(found))


def plain_postcode(text: str) -> str:
    """NG3 2AB, ng32ab and NG3  2AB are one address."""
    return "".join(text.split()).upper()
