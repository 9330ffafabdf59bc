"""Units side by side as a funnel: how large each is, its rate, and how far chance alone would carry it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.charts.axis import HALF, LINE, WIDE, Scale, Size, apart, path, px, scale
from reporting.charts.between import ALERT, WARN, Funnel, funnel
from reporting.charts.drawn import Chart, Dot, Words, feet, grid, nothing
from reporting.charts.points import Point, said
from reporting.charts.series import starts_at
from reporting.charts.spacing import Beside, spaced

DRAWING = "reporting/charts/funnel.html"
PLACES = 60  # of the whole at which the limits are drawn
BEYOND = ("above", "below")
NAMED = 5  # units outside that a heading names
KINDS = {"above": "outside", "below": "outside", "high": "near", "low": "near", "": ""}


def funnel_plot(
    name: str, title: str, points: Sequence[Point], whole: str, size: Size = WIDE, *, exact: bool = True
) -> Chart:
    """The drawing. `title` names the measure, `whole` what its wholes are: "Domestic abuse crimes recorded"."""
    known = [point for point in points if point.value is not None and point.whole]
    found = funnel(known, exact=exact)
    if found is None:
        return nothing(name, title, size, DRAWING)
    wholes = [point.whole or 0 for point in known]
    size = size.with_name()
    x = scale(0, max(wholes) * 1.05, size.left, size.plot_right, about=8 if size.width > HALF.width else 4)
    y = scale(*height(known, found), size.plot_bottom, size.top)
    strokes = {
        "grid": grid(y, size),
        "feet": feet(x, size),
        "foot": Words(px((size.left + size.plot_right) / 2), px(size.height - 6), whole, "middle"),
        "lines": limits_drawn(found, x, y),
        "mean": path([(size.left, y.at(found.per * found.mean)), (size.plot_right, y.at(found.per * found.mean))]),
        "dots": [dot(point, found, x, y) for point in known],
        "labels": labels(known, found, x, y, size),
        "beside": beside(found, x, y, size),
    }
    how = _(
        "Each point is a unit. Dotted lines hold 95 of 100 units that differ by chance alone, dashed lines 99.8 of 100."
        " A diamond is outside the dashed lines: ask why. A hollow point is between the two. Small units differ more by chance."
    )
    return Chart(
        name,
        title,
        heading(known, found),
        f"{how} {starts_at(y)}",
        summary(title, known, found),
        size,
        DRAWING,
        strokes,
    )


def height(points: Sequence[Point], found: Funnel) -> tuple[float, float]:
    """From the lowest to the highest of what must be seen: every unit, and the limits of the smallest of them."""
    smallest = max(1, min(point.whole or 1 for point in points))
    limits = found.limits(smallest, ALERT)
    values = [float(point.value or 0) for point in points]
    low, high = min(*values, limits.lower), max(*values, limits.upper)
    return max(0.0, low - 0.08 * (high - low)), high + 0.08 * (high - low)


def limits_drawn(found: Funnel, x: Scale, y: Scale) -> list[tuple[str, str]]:
    """(which, line): the limits of 95 and of 99.8 in 100, above and below, cut off where they leave the drawing."""
    wholes = sorted({max(1, round(x.high * (place / PLACES) ** 2)) for place in range(1, PLACES + 1)})
    drawn = []
    for kind, beyond in (("warn", WARN), ("alert", ALERT)):
        limits = [(whole, found.limits(whole, beyond)) for whole in wholes]
        for edge in ("lower", "upper"):
            places = [
                (x.at(whole), y.at(value)) for whole, one in limits if y.low <= (value := getattr(one, edge)) <= y.high
            ]
            drawn.append((kind, path(places)))
    return drawn


def dot(point: Point, found: Funnel, x: Scale, y: Scale) -> Dot:
    return Dot(px(x.at(point.whole or 0)), px(y.at(float(point.value or 0))), KINDS[found.against(point)])


def labels(points: Sequence[Point], found: Funnel, x: Scale, y: Scale, size: Size) -> list[Words]:
    """The name and value of each unit outside, over those above and beneath those below, the furthest before the others."""
    wanted = []
    for point in beyond(points, found):
        above, text = found.against(point) == "above", f"{point.label}: {point.words}"
        wanted.append(Beside(x.at(point.whole or 0), y.at(float(point.value or 0)), text, above=above))
    return spaced(wanted, size)


def beside(found: Funnel, x: Scale, y: Scale, size: Size) -> list[Words]:
    """At the right, where the lines end: which is which."""
    whole = max(1, round(x.high))
    alert, warn = found.limits(whole, ALERT), found.limits(whole, WARN)
    lines = [
        (alert.upper, _("99.8 in 100")), (warn.upper, _("95 in 100")),
        (alert.mean, _("Mean %(value)s") % {"value": said(alert.mean)}),
        (warn.lower, _("95 in 100")), (alert.lower, _("99.8 in 100")),
    ]  # fmt: skip
    feet_at = apart([y.at(value) + 4.5 for value, _words in lines], LINE, size.top, size.plot_bottom)
    return [
        Words(px(size.plot_right + 8), px(foot), words, "start", "mean" if place == 2 else "")
        for place, (foot, (_value, words)) in enumerate(zip(feet_at, lines, strict=True))
    ]


def beyond(points: Sequence[Point], found: Funnel) -> list[Point]:
    """Those outside, the furthest first."""

    def how_far(point: Point) -> float:
        limits, value = found.limits(point.whole or 0, ALERT), float(point.value or 0)
        return max(value - limits.upper, limits.lower - value)

    return sorted((point for point in points if found.against(point) in BEYOND), key=how_far, reverse=True)


def heading(points: Sequence[Point], found: Funnel) -> str:
    """What the chart shows, in a sentence."""
    there = beyond(points, found)
    if not there:
        return _("All %(all)s units are where chance alone could put them") % {"all": len(points)}
    return ngettext(
        "%(count)s of %(all)s units lies outside what chance explains: %(which)s",
        "%(count)s of %(all)s units lie outside what chance explains: %(which)s",
        len(there),
    ) % {"count": len(there), "all": len(points), "which": named(there)}


def named(there: Sequence[Point]) -> str:
    """The furthest by name, the others by their number."""
    names = [point.label for point in there[:NAMED]]
    if len(there) > NAMED:
        names.append(_("%(count)s more") % {"count": len(there) - NAMED})
    return "; ".join(names)


def summary(title: str, points: Sequence[Point], found: Funnel) -> str:
    told = [f"{point.label}: {point.words}." for point in beyond(points, found)]
    begins = _("%(title)s, funnel plot of %(all)s units. Mean %(mean)s.") % {
        "title": title, "all": len(points), "mean": said(found.per * found.mean),
    }  # fmt: skip
    return " ".join([begins, heading(points, found) + ".", *told, _("Every figure is in the table.")])
