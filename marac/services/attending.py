"""Which agency came to what meetings, and how it answered when research was asked (S3-038, S3-127)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q

from marac.models import Attendance, Forum, ForumMember, Meeting, Research
from marac.models.seats import day_of
from marac.services.counting import HELD, moment

HERE, APOLOGY = Attendance.Standing.HERE, Attendance.Standing.APOLOGY
MOST = 400  # meetings of a quarter; a forum that sits every working day has about sixty-five
NONE = {"asked": 0, "in_time": 0, "late": 0, "silent": 0}


@dataclass(frozen=True, slots=True)
class SeatLine:
    """What one agency did in a time. `meetings`: those held while it had a seat; `silent`: research due and not back."""

    name: str
    core: bool
    meetings: int
    here: int
    apology: int
    asked: int
    in_time: int
    late: int
    silent: int

    @property
    def absent(self) -> int:
        """Neither here nor an apology."""
        return self.meetings - self.here - self.apology

    @property
    def attended(self) -> int | None:
        """Whole per cent of the meetings held; None where none was."""
        return round(100 * self.here / self.meetings) if self.meetings else None

    @property
    def answered(self) -> int | None:
        """Whole per cent of what was asked and is due, answered at all; None where nothing was."""
        due = self.in_time + self.late + self.silent
        return round(100 * (self.in_time + self.late) / due) if due else None


@dataclass(frozen=True, slots=True)
class Came:
    """One meeting, with how many agencies were here."""

    meeting: Meeting
    here: int
    people: int


def meetings_held(forum: Forum, first: date, before: date) -> list[Meeting]:
    """From a day to before another (London), the newest first. Index: meeting_of_forum."""
    rows = Meeting.objects.filter(
        forum=forum, state__in=HELD, starts_at__gte=moment(first), starts_at__lt=moment(before)
    )
    return list(rows.order_by("-starts_at", "-pk")[:MOST])


def register(meetings: list[Meeting]) -> list[Came]:
    """Each meeting with who came, as a number. One query."""
    rows = Attendance.objects.filter(meeting__in=meetings, standing=HERE).order_by().values("meeting")
    found = {row["meeting"]: row for row in rows.annotate(people=Count("pk"), here=Count("agency", distinct=True))}
    none = {"people": 0, "here": 0}
    return [
        Came(row, found.get(row.pk, none)["here"], found.get(row.pk, none)["people"]) for row in meetings
    ]  # fmt: skip


def seat_lines(forum: Forum, meetings: list[Meeting], now: datetime) -> list[SeatLine]:
    """Each agency that had a seat at one of these meetings, by name. Three queries, however many agencies and meetings."""
    seats = list(
        ForumMember.objects.filter(forum=forum).select_related("agency__unit").order_by("agency__unit__name", "pk")
    )
    here, sorry = came(meetings)
    answers = answered_by(meetings, now)
    found: dict[int, list[Any]] = {}
    for seat in seats:
        sat = [
            row for row in meetings if seat.since <= day_of(row) and (seat.until is None or day_of(row) < seat.until)
        ]
        line = found.setdefault(seat.agency_id, [str(seat.agency), False, set()])
        line[1] = line[1] or seat.core
        line[2] |= {row.pk for row in sat}
    return [
        SeatLine(
            name, core, len(sat), sum((row, agency) in here for row in sat), sum((row, agency) in sorry for row in sat),
            **answers.get(agency, NONE),
        )
        for agency, (name, core, sat) in found.items() if sat
    ]  # fmt: skip


def came(meetings: list[Meeting]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """(meeting, agency) of those here, and of those that only sent an apology."""
    rows = Attendance.objects.filter(meeting__in=meetings, agency__isnull=False, standing__in=[HERE, APOLOGY])
    said: Counter[tuple[int, int, str]] = Counter(rows.order_by().values_list("meeting", "agency", "standing"))
    here = {(meeting, agency) for meeting, agency, standing in said if standing == HERE}
    return here, {(meeting, agency) for meeting, agency, standing in said if standing == APOLOGY} - here


def answered_by(meetings: list[Meeting], now: datetime) -> dict[int, dict[str, int]]:
    """{agency id: how many returns were asked, back in time, back late, due and not back}."""
    back = Q(returned_at__isnull=False)
    on_time = Q(due_at__isnull=True) | Q(returned_at__lte=F("due_at"))
    rows = Research.objects.standing().filter(meeting__in=meetings).order_by().values("agency")
    counted = rows.annotate(
        asked=Count("pk"), in_time=Count("pk", filter=back & on_time), late=Count("pk", filter=back & ~on_time),
        silent=Count("pk", filter=~back & (Q(due_at__isnull=True) | Q(due_at__lt=now))),
    )  # fmt: skip
    return {row.pop("agency"): row for row in counted}
