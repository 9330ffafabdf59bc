"""What a record said before and says now, and whether somebody else changed it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from accounts.models import User

QUIET = {"version", "recorded_at", "recorded_by_id"}
NEVER_AMENDED = {"id", "state", "version", "case", "case_id", "recorded_by", "recorded_by_id", "recorded_at"}


Settling = Callable[[Any, dict[str, Any]], None]  # the record about to be written, what it said before
_SETTLING: list[Settling] = []


def settles(settling: Settling) -> None:
    """Declare who looks at a record once more before it is written, under the lock of its folder: what it points at may
    have been joined with another, or parted from it, while somebody was writing.
    """
    _SETTLING.append(settling)


def settle(record: Any, before: dict[str, Any]) -> None:
    for settling in _SETTLING:
        settling(record, before)


def snapshot(record: Any) -> dict[str, Any]:
    """Every column of the record, many-to-many left out, as audit and comparison use them; never its `never_audited`."""
    secret: frozenset[str] = getattr(record, "never_audited", frozenset())
    columns = (field.attname for field in record._meta.concrete_fields if field.attname not in secret)
    return {name: getattr(record, name) for name in columns}


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if name not in QUIET and before.get(name) != value
    }


def version_seen(record: Any, seen: int) -> Any:
    """The record's row as it stood at a version, from its history; None if history has no such version."""
    return record.events.filter(version=seen).order_by("-pgh_id").first()


def stale_fields(record: Any, changes: dict[str, Any], seen: int) -> list[str]:
    """The fields that somebody has changed since the version seen, to something else than what is said now."""
    if seen == record.version:
        return []
    original = version_seen(record, seen)
    if original is None:
        return list(changes)
    return [
        name
        for name, mine in changes.items()
        if _column(record, record, name) not in (_column(original, record, name), getattr(mine, "pk", mine))
    ]


def keep_said(subject: Any, said: dict[str, Any], by: User, at: datetime) -> None:
    """The ordinary effect: what the form says goes to the record's columns of the same name."""
    columns = {field.name for field in subject._meta.concrete_fields} - {"id", "state", "version", "case"}
    for name in columns & said.keys():
        setattr(subject, name, said[name])


def _column(row: Any, record: Any, name: str) -> Any:
    return getattr(row, record._meta.get_field(name).attname)


def refuse_state_change(record: Any, changes: dict[str, Any]) -> None:
    names = {field.name for field in record._meta.concrete_fields} | {f.attname for f in record._meta.concrete_fields}
    if unknown := changes.keys() - names:
        raise LookupError(f"{record._meta.label} has no field {', '.join(sorted(unknown))}.")
    if forbidden := changes.keys() & NEVER_AMENDED:
        raise LookupError(f"amend() may not change {', '.join(sorted(forbidden))}: take a step.")
