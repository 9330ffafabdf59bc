"""Who hears that something of a case was sent to an agency: the exchange log, which writes it down by itself (S3-126)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing that went to one agency: of which conference, on which basis (a code of `LawfulBasis`), what in words without
    any of its content, when (UTC).
    """

    case: Any
    agency: Any
    what: str
    basis: str
    by: User
    at: datetime


Listener = Callable[[list[Exchange]], None]
_LISTENERS: list[Listener] = []


def hears_exchanges(listener: Listener) -> None:
    """Declare who writes exchanges down; called in the transaction of the act, with all of it at once."""
    _LISTENERS.append(listener)


def exchanged(rows: list[Exchange]) -> None:
    for listener in _LISTENERS if rows else ():
        listener(rows)
