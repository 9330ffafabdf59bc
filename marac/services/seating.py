"""Recording who is here: each line added or put right by itself, so that two people who record at once both are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from marac.forms.room import AttendanceSaid
from marac.models import Attendance, Meeting
from safeguarding.models import Agency
from workflow import engine


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page: whose, what is known of it, what is said of it."""

    agency: Agency | None
    known: Attendance | None
    form: AttendanceSaid


def keep_seats(meeting: Meeting, rows: list[Row], *, by: User, at: datetime) -> None:
    """What was said and is new. A line without a name says nothing. Raises Refused."""
    for row in rows:
        said = row.form.cleaned_data
        if row.known is not None:
            put_right(meeting, row.known, said, by, at)
        elif said["name"]:
            add_or_put_right(meeting, row.agency, said, by, at)


def put_right(meeting: Meeting, known: Attendance, said: dict[str, Any], by: User, at: datetime) -> None:
    standing = said["standing"] or known.standing
    signed_at = (known.signed_at or at) if said["signed"] else None
    changes = {"standing": standing, "signed_at": signed_at, "sent_word": said["sent_word"]}
    if any(getattr(known, name) != value for name, value in changes.items()):
        engine.amend(known, changes, beneath=meeting, by=by, seen=known.version, at=at)


def add_or_put_right(meeting: Meeting, agency: Agency | None, said: dict[str, Any], by: User, at: datetime) -> None:
    """Somebody of that name may have been added by another hand meanwhile: then that line is put right."""
    there = Attendance.objects.filter(meeting=meeting, agency=agency, name=said["name"]).first()
    if there is not None:
        return put_right(meeting, there, said, by, at)
    standing = said["standing"] or Attendance.Standing.HERE
    row = Attendance(
        meeting=meeting, agency=agency, name=said["name"], standing=standing, sent_word=said["sent_word"],
        signed_at=at if said["signed"] else None, recorded_by=by,
        joined_at=at if standing == Attendance.Standing.HERE else None,
    )  # fmt: skip
    engine.add(row, beneath=meeting, by=by, at=at)
    return None
