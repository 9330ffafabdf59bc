"""The figures of a measure in order of time, held against their limits, and what they say in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.charts.axis import Scale, mark
from reporting.charts.limits import Limits, against, p_chart, restarts, xmr
from reporting.charts.points import Point

NAMED = 5  # so many months outside are named in the heading
P_CHART, XMR, NONE = "p", "xmr", ""


@dataclass(frozen=True, slots=True)
class Change:
    """From this day on it was counted otherwise: limits start again."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """What happened in a month, or until a later one, that a reader should know. It is printed beneath, its letter above the
    month; where it lasted, a line along the top reaches to the month in which it ended.
    """

    day: date
    words: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """What it is compared with, point by point: another unit, the year before, a figure from outside, a target."""

    label: str
    points: Sequence[Point]

    @property
    def latest(self) -> Point | None:
        return next((point for point in reversed(self.points) if point.value is not None), None)


@dataclass(frozen=True, slots=True)
class Series:
    """Points in order of time, each with its limits, and how those are found: "p", "xmr" or ""."""

    points: Sequence[Point]
    limits: Sequence[Limits | None]
    kind: str

    @property
    def held(self) -> int:
        """How many points could be held against limits."""
        return sum(
            limits is not None and point.value is not None
            for point, limits in zip(self.points, self.limits, strict=True)
        )

    @property
    def is_monthly(self) -> bool:
        return all(point.month for point in self.points)

    @property
    def outside(self) -> list[int]:
        return [place for place, point in enumerate(self.points) if against(point, self.limits[place])]

    @property
    def latest(self) -> int:
        """The last that can be drawn."""
        return max(place for place, point in enumerate(self.points) if point.value is not None)


def series(points: Sequence[Point], kind: str, changes: Sequence[Change] = ()) -> Series:
    """The points with their limits; what a table beneath the chart says comes from here too."""
    starts = restarts(points, [change.day for change in changes])
    none: list[Limits | None] = [None] * len(points)
    limits = p_chart(points, starts) if kind == P_CHART else xmr(points, starts) if kind == XMR else none
    return Series(points, limits, kind)


def heading(told: Series) -> str:
    """What the chart shows, in a sentence."""
    outside = told.outside
    if not told.held:
        latest = told.points[told.latest]
        return f"{latest.label}: {latest.words}"
    if not outside:
        return all_within(told)
    names = [told.points[place].label for place in outside[-NAMED:]]
    if len(outside) > NAMED:
        names.insert(0, _("%(count)s earlier") % {"count": len(outside) - NAMED})
    said_of = {"count": len(outside), "all": told.held, "which": "; ".join(names)}
    if told.is_monthly:
        return ngettext(
            "%(count)s of %(all)s months is outside the limits: %(which)s",
            "%(count)s of %(all)s months are outside the limits: %(which)s",
            len(outside),
        ) % said_of  # fmt: skip
    return ngettext(
        "%(count)s of %(all)s figures is outside the limits: %(which)s",
        "%(count)s of %(all)s figures are outside the limits: %(which)s",
        len(outside),
    ) % said_of  # fmt: skip


def all_within(told: Series) -> str:
    if told.held == 1:
        return _("The one figure is within the limits")
    said_of = {"all": told.held}
    if told.is_monthly:
        return _("All %(all)s months are within the limits") % said_of
    return _("All %(all)s figures are within the limits") % said_of


def how_limits(told: Series, changes: Sequence[Change]) -> str:
    if not told.held:
        return ""
    found = (
        _("Limits are three standard errors around the mean (p-chart)")
        if told.kind == P_CHART
        else _("Limits are 2.66 mean moving ranges around the mean (XmR)")
    )
    if changes:
        found = _("%(limits)s, reset where counting changed") % {"limits": found}
    return _("%(limits)s. Outside means ask why; inside means do not explain the wobble.") % {"limits": found}


def starts_at(y: Scale) -> str:
    return _("Vertical axis starts at %(value)s.") % {"value": mark(y.low)}


def summary(title: str, told: Series, changes: Sequence[Change], others: Sequence[Other] = ()) -> str:
    """The chart in words, for who does not see it."""
    known = [place for place, point in enumerate(told.points) if point.value is not None]
    lowest = min(known, key=lambda place: told.points[place].value or 0)
    highest = max(known, key=lambda place: told.points[place].value or 0)
    parts = [
        _("%(title)s, line chart from %(first)s to %(last)s.")
        % {"title": title, "first": told.points[0].label, "last": told.points[-1].label},
        heading(told) + ".",
        _("Latest, %(month)s: %(value)s.") % said_of(told.points[told.latest]),
        _("Lowest, %(month)s: %(value)s.") % said_of(told.points[lowest]),
        _("Highest, %(month)s: %(value)s.") % said_of(told.points[highest]),
        *(f"{change.words}." for change in changes),
        *(f"{one.label}: {one.latest.label}, {one.latest.words}." for one in others if one.latest),
        _("Every figure is in the table."),
    ]
    return " ".join(parts)


def letter(place: int) -> str:
    """The letter of a note."""
    return chr(ord("a") + place % 26)


def said_of(point: Point) -> dict[str, str]:
    return {"month": point.label, "value": point.words}
