"""The figures of a forum, quarter by quarter, from its meetings; what was signed stands as it was signed (D.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncQuarter

from marac.figures import DERIVED, HEARD, POLICE, TABLE
from marac.models import Forum, Hearing, Meeting, Part, QuarterReturn, ReferredPerson, Transfer
from workflow.clock import LONDON

Counted = dict[str, int | None]
MONTHS = 3
YEAR = 4  # quarters
SHARES = {
    "male_share": "male", "disabled_share": "disabled", "lgbt_share": "lgbt", "minority_share": "ethnic_minority",
}  # fmt: skip
HELD = (Meeting.State.HELD, Meeting.State.MINUTED)


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of a forum. `figures` is None where it is missing: no meeting, and nothing entered. Never zero."""

    begins_on: date
    figures: Counted | None
    signed: QuarterReturn | None
    running: bool

    @property
    def missing(self) -> bool:
        return self.figures is None


def quarter_of(day: date) -> date:
    """The first day of the quarter that a day lies in."""
    return date(day.year, day.month - (day.month - 1) % MONTHS, 1)


def later(begins_on: date, quarters: int) -> date:
    """The first day of the quarter so many later (negative: earlier)."""
    months = begins_on.year * 12 + begins_on.month - 1 + quarters * MONTHS
    return date(months // 12, months % 12 + 1, 1)


def span(first: date, last: date) -> list[date]:
    """The first days of the quarters from one to the other, both with it."""
    days, at = [], first
    while at <= last:
        days.append(at)
        at = later(at, 1)
    return days


def moment(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def quarters(forum: Forum, first: date, last: date, today: date) -> list[Quarter]:
    """Every quarter from one first day to another, earliest first. Four queries, however many years.

    Indexes: meeting_of_forum, agenda_item_in_order, referred_person_of_referral.
    """
    counted, met = counted_by(forum, first, last), met_by(forum, first, last)
    signed = {
        row.begins_on: row
        for row in QuarterReturn.objects.filter(
            forum=forum, state=QuarterReturn.State.SIGNED, begins_on__range=(first, last)
        ).select_related("recorded_by")
    }
    found = []
    for day in span(first, last):
        kept = signed.get(day)
        figures = kept.figures if kept else {**counted.get(day, {}), "meetings": met[day]} if day in met else None
        found.append(Quarter(day, complete(figures), kept, later(day, 1) > today))
    return found


def complete(figures: Mapping[str, Any] | None) -> Counted | None:
    """Every figure of the table. Of a quarter counted here what is not there is none; of one that was entered, not said."""
    if figures is None:
        return None
    unsaid = None if figures.get("entered") else 0
    return {row.code: figures.get(row.code, unsaid) for row in TABLE} | {
        name: figures.get(name) for name in ("women_over_16", "cost")
    }


def counted_by(forum: Forum, first: date, last: date) -> dict[date, Counted]:
    """{first day of the quarter: its figures} of the quarters in which something was heard."""
    heard = in_quarters(hearings(forum), "item__meeting__starts_at", first, last)
    over = Transfer.objects.standing().filter(referral=OuterRef("referral"), way=Transfer.Way.IN)
    one_by_one = {
        row.code: Count("referral", distinct=True, filter=row.counts or None) for row in TABLE if row.counts is not None
    }
    rows = heard.annotate(came_over=Exists(over)).values("quarter").annotate(**one_by_one).order_by("quarter")
    found: dict[date, Counted] = {row.pop("quarter").date(): row for row in rows}
    for day, children in children_by(heard).items():
        found[day]["children"] = children
    return found


def children_by(heard: QuerySet[Any]) -> dict[date, int]:
    children = ReferredPerson.objects.standing().filter(part=Part.CHILD)
    rows = (
        heard.filter(referral__people__in=children).values("quarter")
        .annotate(count=Count("referral__people__person", distinct=True)).order_by("quarter")
    )  # fmt: skip
    return {row["quarter"].date(): row["count"] for row in rows}


def hearings(forum: Forum) -> QuerySet[Any]:
    """What the forum heard to an end."""
    rows: QuerySet[Any] = Hearing.objects.standing().filter(
        item__meeting__forum=forum, outcome__in=HEARD, item__meeting__state__in=HELD
    )
    return rows


def met_by(forum: Forum, first: date, last: date) -> dict[date, int]:
    """{first day of the quarter: meetings held in it}; a quarter without one is not there."""
    held = in_quarters(Meeting.objects.filter(forum=forum, state__in=HELD), "starts_at", first, last)
    rows = held.values("quarter").annotate(count=Count("pk")).order_by("quarter")
    return {row["quarter"].date(): row["count"] for row in rows}


def in_quarters(rows: QuerySet[Any], column: str, first: date, last: date) -> QuerySet[Any]:
    """Each row with its quarter, which begins and ends at midnight in London."""
    since, before = moment(first), moment(later(last, 1))
    kept = rows.filter(**{f"{column}__gte": since, f"{column}__lt": before})
    return kept.annotate(quarter=TruncQuarter(column, tzinfo=LONDON))


@dataclass(frozen=True, slots=True)
class Rolling:
    """What is worked out of twelve months. `proxied`: quarters for which the one before them stands in."""

    values: dict[str, float | None]
    proxied: tuple[date, ...] = ()
    dropped: bool = False


def rolling(rows: Sequence[Quarter], at: int, women: int | None) -> Rolling:
    """The twelve months that end with the quarter at a place in `rows`. A missing quarter is stood in for by the forum's
    last one; two missing in a row, or nothing to stand in, and nothing is worked out (D.9 [S]).
    """
    four, proxied = [], []
    for place in range(at - YEAR + 1, at + 1):
        figures = rows[place].figures if place >= 0 else None
        if figures is None:
            before = rows[place - 1].figures if place >= 1 else None
            if before is None:
                return Rolling({row.code: None for row in DERIVED}, dropped=True)
            figures = before
            proxied.append(rows[place].begins_on)
        four.append(figures)
    return Rolling(worked_out(four, women), tuple(proxied))


def worked_out(four: Sequence[Counted], women: int | None) -> dict[str, float | None]:
    cases, repeats = total(four, "cases"), total(four, "repeats")
    police, cost = total(four, POLICE), total(four, "cost")
    partners = cases - police if cases is not None and police is not None else None
    shares = {code: ratio(total(four, figure), cases, 100) for code, figure in SHARES.items()}
    return {
        **shares, "cases_12": cases, "per_10000": ratio(cases, women, 10_000), "repeat_share": ratio(repeats, cases, 100),
        "partner_share": ratio(partners, cases, 100), "cost_case": ratio(cost, cases, 1),
    }  # fmt: skip


def total(four: Sequence[Counted], code: str) -> int | None:
    """The sum of a figure; None where one quarter does not say it."""
    said = [figures.get(code) for figures in four]
    return sum(value for value in said if value is not None) if None not in said else None


def ratio(part: int | None, whole: int | None, times: int) -> float | None:
    return None if part is None or not whole else round(times * part / whole, 1)
