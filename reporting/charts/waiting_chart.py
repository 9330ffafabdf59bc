"""How long until it happens: the share still waiting by day, one line for each group (at most four: they must read in grey)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reporting.charts.axis import HALF, LINE, WIDE, Scale, Size, apart, path, px, scale
from reporting.charts.drawn import Chart, Line, Words, feet, grid, nothing, width_of
from reporting.charts.points import said
from reporting.charts.time_chart import DASHES as BEHIND
from reporting.charts.time_chart import SAMPLE
from reporting.charts.waiting import Curve

DRAWING = "reporting/charts/waiting.html"
STILL = gettext_noop("Still waiting")
MOST_ENDS = 60  # marks on one line: more of them are one thick line
DASHES = ("", *BEHIND)  # one for each line


def waiting_curve(name: str, title: str, curves: Sequence[tuple[str, Curve]], size: Size = WIDE) -> Chart:
    """The drawing. `title`: "From report to charge, days". Raises ValueError for more than four groups."""
    told = [(label, curve) for label, curve in curves if curve.number]
    if len(told) > len(DASHES):
        raise ValueError(f"{len(told)} lines cannot be told apart; at most {len(DASHES)}")
    if not told:
        return nothing(name, title, size, DRAWING)
    widest = max(width_of(label or STILL) for label, _curve in told)
    size = replace(size.with_name(), right=round(min(SAMPLE + 28 + 1.15 * widest, size.width / 2)))
    x = scale(
        0,
        max(curve.drops[-1].days for _label, curve in told) or 1,
        size.left,
        size.plot_right,
        about=8 if size.width > HALF.width else 4,
    )
    y = scale(0, 100, size.plot_bottom, size.top)
    strokes = {
        "grid": grid(y, size),
        "feet": feet(x, size),
        "foot": Words(px((size.left + size.plot_right) / 2), px(size.height - 6), _("Days"), "middle"),
        "half": Line(px(size.left), px(y.at(50)), px(size.plot_right), px(y.at(50))),
        "lines": [
            {"path": path(steps(curve, x, y)), "dash": dash, "ends": ends(curve, x, y)}
            for (_label, curve), dash in zip(told, DASHES, strict=False)
        ],
        "beside": beside(told, y, size),
    }
    how = _(
        "The line falls where it happened to somebody. A small upright mark: somebody was last looked at then and had not"
        " reached it. The dotted line is half. Vertical axis starts at 0."
    )
    return Chart(name, title, heading(told), how, summary(title, told), size, DRAWING, strokes)


def steps(curve: Curve, x: Scale, y: Scale) -> list[tuple[float, float]]:
    """Level until the day, then down."""
    found, before = [(x.at(0), y.at(100))], 100.0
    for drop in curve.drops:
        now = 100 * float(drop.waiting)
        found += [(x.at(drop.days), y.at(before)), (x.at(drop.days), y.at(now))]
        before = now
    return found


def ends(curve: Curve, x: Scale, y: Scale) -> list[Line]:
    """A mark wherever somebody was last looked at without having reached it; of very many days every so-manyth."""
    there = [(x.at(drop.days), y.at(100 * float(drop.waiting))) for drop in curve.drops if drop.censored]
    there = there[:: -(-len(there) // MOST_ENDS) or 1]
    return [Line(px(at), px(foot - 4), px(at), px(foot + 4)) for at, foot in there]


def beside(told: Sequence[tuple[str, Curve]], y: Scale, size: Size) -> list[tuple[Line, str, Words]]:
    """At the right: how each line is drawn, and of whom it is; in the order in which they end."""
    wanted = [y.at(100 * float(curve.drops[-1].waiting)) + 4.5 for _label, curve in told]
    feet_at = apart(wanted, LINE, size.top, size.plot_bottom)
    return [
        (
            Line(px(size.plot_right + 8), px(foot - 4.5), px(size.plot_right + 8 + SAMPLE), px(foot - 4.5)),
            dash,
            Words(px(size.plot_right + 14 + SAMPLE), px(foot), label or _(STILL), "start", "latest"),
        )
        for foot, (label, _curve), dash in zip(feet_at, told, DASHES, strict=False)
    ]


def half_within(curve: Curve) -> str:
    """Half within 12 days · Half not reached"""
    if curve.median is None:
        return _("half not reached")
    return _("half within %(days)s days") % {"days": said(curve.median, 0 if curve.median == int(curve.median) else 1)}


def one_line(label: str, curve: Curve) -> str:
    said_of = _("%(half)s, %(not)s of %(all)s not reached") % {
        "half": half_within(curve), "not": f"{curve.not_reached:,}", "all": f"{curve.number:,}",
    }  # fmt: skip
    return f"{label}: {said_of}" if label else said_of[:1].upper() + said_of[1:]


def heading(told: Sequence[tuple[str, Curve]]) -> str:
    """What the chart shows, in a sentence."""
    return "; ".join(one_line(label, curve) for label, curve in told)


def summary(title: str, told: Sequence[tuple[str, Curve]]) -> str:
    begins = _("%(title)s, curve of those still waiting.") % {"title": title}
    return f"{begins} {heading(told)}. " + _("Every figure is in the table.")
