"""Pages by cursor: the place of the last row, signed, so that it means nothing to anybody and cannot be made up."""

from __future__ import annotations

from typing import Any

from django.core import signing

from workflow.api.problems import Problem

PAGE, LARGEST = 50, 100


def paged(request: Any, rows: Any, place: str) -> tuple[list[Any], str | None]:
    """The rows after the cursor in order of id, newest first, and the cursor of the next page where there is one.

    `place` names the list: a cursor of one leads nowhere in another.
    """
    size = size_of(request.query_params.get("limit", ""))
    if after := request.query_params.get("after", ""):
        rows = rows.filter(pk__lt=place_of(after, place))
    found = list(rows.order_by("-pk")[: size + 1])
    more = len(found) > size
    return found[:size], signing.dumps(found[size - 1].pk, salt=place) if more else None


def size_of(said: str) -> int:
    if not said:
        return PAGE
    if not said.isascii() or not said.isdecimal() or not 1 <= int(said[:9]) <= LARGEST:
        raise Problem("malformed", f"limit must be from 1 to {LARGEST}.")
    return int(said)


def place_of(cursor: str, place: str) -> int:
    try:
        return int(signing.loads(cursor, salt=place))
    except signing.BadSignature:
        raise Problem("malformed", "after must be the cursor of a page of this list.") from None
