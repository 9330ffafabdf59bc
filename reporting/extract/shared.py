"""Figures for partners, by division and quarter: nothing of one to four, and nothing that would give one away. S3-129.

A quarter is a calendar quarter that is over, and nothing else is offered: of two times that overlap, the difference
would say what each keeps back.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from cases.models import ArrestDecision, Crime, Incident
from reporting.equality.counted import told_unsaid
from reporting.equality.small import FEWEST, kept_back, small
from reporting.extract.reading import areas_of_force
from reporting.outside.cells import after
from risk.models import Grade, RiskDecision
from workflow.clock import LONDON

FEW, NOT_SHOWN = gettext_noop("fewer than 5"), gettext_noop("not shown")
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Of the reports, those of which something is so; each column of the table after the first."""

    code: str
    label: str
    is_so: Any


def graded_high() -> Any:
    return Exists(RiskDecision.objects.standing().filter(assessment__incident=OuterRef("pk"), to_grade=Grade.HIGH))


# fmt: off
PARTS: tuple[Part, ...] = (
    Part("crime",    gettext_noop("Recorded as a crime"),           Exists(Crime.objects.counted().filter(incident=OuterRef("pk")))),
    Part("arrested", gettext_noop("Somebody was arrested"),         Exists(ArrestDecision.objects.standing().taken().filter(incident=OuterRef("pk")))),
    Part("high",     gettext_noop("Graded high risk at some time"), graded_high()),
    Part("children", gettext_noop("A child was there"),             Q(children_present="yes")),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Row:
    """One division, as it is printed."""

    area: str
    name: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Shared:
    """`rows` is empty where there were too few reports to print anything."""

    begins_on: date
    rows: list[Row]
    total: list[str]


def quarters(today: date, back: int = 8) -> list[date]:
    """The first days of the quarters that are over, the newest first."""
    this = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return [after(this, -3 * number) for number in range(1, back + 1)]


def shared(user: User, begins_on: date) -> Shared:
    """The reports of a quarter by division, in the cases that this person may open. Three statements."""
    counts, parts = counted(user, begins_on)
    names = dict(Unit.objects.values_list("code", "name"))
    everything = sum(counts.values())
    away = kept_back(counts)
    if small(everything) or (counts and away == frozenset(counts)):
        return Shared(begins_on, [], [])
    columns = [column_of(counts, parts[part.code], away) for part in PARTS]
    rows = [
        Row(area, names[area], [printed(counts[area], area in away), *(column[area] for column in columns)])
        for area in sorted(counts)
    ]
    totals = [total_of(parts[part.code], counts) for part in PARTS]
    return Shared(begins_on, rows, [str(everything), *totals])


def column_of(counts: Counts, of_them: Counts, away: frozenset[str]) -> dict[str, str]:
    """How many of each division's reports: kept back where few are, where all but a few are, or where it gives one away."""
    told = {area: of_them.get(area, 0) for area in counts}
    quiet = kept_back(told, told_unsaid(counts, told, away))
    return {area: hidden_or(told[area], area in quiet) for area in counts}


def total_of(of_them: Counts, counts: Counts) -> str:
    """The sum, where it may be said: few, or all but a few, of the whole force are few all the same."""
    whole, everything = sum(of_them.values()), sum(counts.values())
    return hidden_or(whole, small(whole) or small(everything - whole))


def hidden_or(count: int, away: bool) -> str:
    """Of a part it is not said either that they are few: of all but a few that would tell of the few."""
    return _(NOT_SHOWN) if away else str(count)


def printed(count: int, away: bool) -> str:
    if not away:
        return str(count)
    return _(FEW) if 0 < count < FEWEST else _(NOT_SHOWN)


def counted(user: User, begins_on: date) -> tuple[Counts, dict[str, Counts]]:
    """{division: reports}, and of each part {division: reports}. Index: incident_by_report."""
    first, end = (datetime.combine(day, time.min, LONDON) for day in (begins_on, after(begins_on, 3)))
    rows = Incident.objects.visible_to(user).standing().exclude(da_confirmed="no")
    rows = rows.filter(reported_at__gte=first, reported_at__lt=end)
    asked = {part.code: Count("pk", filter=part.is_so) for part in PARTS}
    found = rows.order_by().values("case__unit").annotate(reports=Count("pk"), **asked)
    areas = areas_of_force()
    counts: Counts = defaultdict(int)
    parts: dict[str, Counts] = {part.code: defaultdict(int) for part in PARTS}
    for row in found:
        area = areas[row["case__unit"]]
        counts[area] += row["reports"]
        for code, of_them in parts.items():
            of_them[area] += row[code]
    return dict(counts), parts
