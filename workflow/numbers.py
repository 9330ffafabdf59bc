"""Numbers in addresses and forms: an id, a version. Whatever is none is None; nothing that somebody typed is an error."""

from __future__ import annotations

from typing import Any

LONGEST_ID, LONGEST_VERSION = 18, 9  # digits that a column of theirs surely holds


def id_in(said: Any) -> int | None:
    """The id that a text says."""
    return _number(said, LONGEST_ID)


def version_in(said: Any) -> int | None:
    """The version of a record that a text says."""
    return _number(said, LONGEST_VERSION)


def _number(said: Any, longest: int) -> int | None:
    text = str(said or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= longest else None
