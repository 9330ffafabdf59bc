"""Where the strokes of a chart stand, and what is said of it in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.charts.axis import HALF, PAPER, WIDE, Size, apart, scale
from reporting.charts.bar_chart import Bar, bars, folded, of_points
from reporting.charts.drawn import Chart, levels
from reporting.charts.funnel_chart import funnel_plot
from reporting.charts.grids import heat_grid, shade
from reporting.charts.points import Point, of_month
from reporting.charts.series import NONE, P_CHART, XMR, Change, Note, Other, series
from reporting.charts.spacing import box_of, meet
from reporting.charts.spark import spark
from reporting.charts.tables import over_time_table
from reporting.charts.time_chart import over_time
from reporting.charts.waiting import Wait, kaplan_meier
from reporting.charts.waiting_chart import waiting_curve
from tests.reporting.charts.samples import (
    CHANGED,
    GROUPS,
    NOTED,
    a_grid,
    a_spark,
    all_charts,
    all_tables,
    arrests,
    compared,
    months,
)

MODEST = settings(max_examples=25, deadline=None, derandomize=True)
SVG = "{http://www.w3.org/2000/svg}"
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
MONTHLY = st.lists(
    st.one_of(st.none(), st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))), max_size=60
)


def page_of(chart: Chart, **more: Any) -> str:
    return render_to_string("reporting/charts/figure.html", {"chart": chart, **more})


def svg_of(chart: Chart) -> ElementTree.Element:
    page = page_of(chart)
    return ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])  # noqa: S314 - our own page


def places_of(svg: ElementTree.Element) -> list[tuple[float, float]]:
    """Every place that a stroke goes to."""
    found = []
    for one in svg.iter():
        said = one.get("d") or one.get("points") or ""
        numbers = [float(number) for number in NUMBERS.findall(said)]
        found += list(zip(numbers[::2], numbers[1::2], strict=True))
        for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy")):
            if one.get(x):
                found.append((float(one.get(x) or 0), float(one.get(y) or 0)))
    return found


def drawn_within(chart: Chart) -> None:
    for x, y in places_of(svg_of(chart)):
        assert -1 <= x <= chart.size.width + 1 and -1 <= y <= chart.size.height + 1, (x, y, chart.name)


# --- by month ----------------------------------------------------------------------------------------------------------


def test_the_heading_says_which_months_are_outside() -> None:
    chart = over_time("a", "Arrest rate", arrests(), [CHANGED], [NOTED])
    assert chart.heading == "2 of 48 months are outside the limits: December 2024; August 2026"
    assert chart.how == (
        "Limits are three standard errors around the mean (p-chart), reset where counting changed. Outside means ask why;"
        " inside means do not explain the wobble. Vertical axis starts at 28."
    )
    assert chart.notes == ["a. August 2026: new arrest guidance from 3 August. B. Lindqvist, 12 September."]
    for words in ("Latest, October 2026: 39.6.", "Lowest, December 2024: 32.8.", "June 2023: counting rules changed."):
        assert words in chart.summary


def test_months_outside_are_diamonds_with_their_month_and_value() -> None:
    svg = svg_of(over_time("a", "Arrest rate", arrests(), [CHANGED]))
    words = [one.text for one in svg.iter(f"{SVG}text")]
    assert {
        "Dec 2024: 32.8",
        "Aug 2026: 43.5",
        "Upper limit 42.4",
        "Lower limit 33.0",
        "Mean 37.7",
        "Oct 2026 39.6",
    } <= set(words)
    assert len(list(svg.iter(f"{SVG}polygon"))) == 2 and len(list(svg.iter(f"{SVG}circle"))) == 46


def test_where_many_months_are_outside_no_words_run_into_others_and_the_newest_have_theirs() -> None:
    points = [of_month(month, 10 if place < 30 else 90, 100) for place, month in enumerate(months(48))]
    words: Any = over_time("a", "Arrest rate", series(points, P_CHART)).strokes["labels"]
    boxes = [box_of(float(one.x), float(one.y), one.anchor, one.words) for one in words]
    assert not [pair for pair in combinations(boxes, 2) if meet(*(smaller(box) for box in pair))]
    assert 3 <= len(words) < 48 and words[-1].words.startswith("Sep 2026")  # October stands at the right of the plot


def smaller(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Half a pixel within its edges: places in a drawing are rounded."""
    left, top, right, bottom = box
    return left + 0.5, top + 0.5, right - 0.5, bottom - 0.5


def test_of_many_units_outside_the_furthest_are_named_and_the_others_counted() -> None:
    points = [Point(f"Team {n}", 400 if n < 10 else 100 + n, 1000) for n in range(30)]
    chart = funnel_plot("a", "Arrest rate", points, "Crimes")
    assert "Team 0; Team 1; Team 2; Team 3; Team 4; 2" in chart.heading and "more" in chart.heading
    words: Any = chart.strokes["labels"]
    boxes = [smaller(box_of(float(one.x), float(one.y), one.anchor, one.words)) for one in words]
    assert words and not [pair for pair in combinations(boxes, 2) if meet(*pair)]


def test_two_ways_of_counting_have_two_bands_and_a_dotted_line_between() -> None:
    chart = over_time("a", "Arrest rate", arrests(), [CHANGED])
    bands, ((line, words),) = chart.strokes["bands"], chart.strokes["changes"]  # type: ignore[misc, str-unpack]
    assert len(bands) == 2 and words.words == CHANGED.words  # type: ignore[arg-type, has-type]
    assert line.x1 == line.x2  # type: ignore[has-type]


@pytest.mark.parametrize("first", [date(2023, 6, 1), date(2024, 1, 1), date(2022, 1, 1)])
def test_a_change_of_counting_that_no_month_lies_on_both_sides_of_is_neither_drawn_nor_said(first: date) -> None:
    points = [of_month(month, 40 + place % 5, 100) for place, month in enumerate(months(12, first))]
    chart = over_time("a", "Arrest rate", series(points, P_CHART, [CHANGED]), [CHANGED])
    assert chart.strokes["changes"] == []
    assert CHANGED.words not in chart.summary and "counting changed" not in chart.how


def test_all_within_and_numbers_without_limits_are_said_too() -> None:
    points = [of_month(month, 40 + n % 3) for n, month in enumerate(months(12))]
    assert over_time("a", "Reports", series(points, XMR)).heading == "All 12 months are within the limits"
    bare = over_time("a", "Reports", series(points, NONE))
    assert bare.heading == "October 2023: 42" and bare.how == "Vertical axis starts at 39."


def test_many_outside_are_counted_and_the_newest_named() -> None:
    points = [of_month(month, 90 if n % 3 else 10, 100) for n, month in enumerate(months(12))]
    heading = over_time("a", "Rate", series(points, P_CHART)).heading
    assert heading.startswith("12 of 12 months are outside the limits: 7 earlier; June 2023;")


def test_a_month_that_is_not_shown_leaves_a_gap() -> None:
    told = arrests()
    points = [replace(point, part=None) if n in (10, 11) else point for n, point in enumerate(told.points)]
    chart = over_time("a", "Arrest rate", series(points, P_CHART))
    assert len(chart.strokes["lines"]) == 2  # type: ignore[arg-type]
    assert "not shown" in render_to_string(
        "reporting/charts/table.html",
        {"table": over_time_table("F", series(points, P_CHART), "Month", "A", "C", "Rate")},
    )


@MODEST
@given(MONTHLY, st.sampled_from([P_CHART, XMR, NONE]), st.sampled_from([WIDE, HALF, PAPER]), st.integers(0, 80))
def test_whatever_the_figures_every_stroke_is_on_the_drawing(
    said: list[tuple[int, int] | None], kind: str, size: Size, cut: int
) -> None:
    there = months(len(said))
    points = [of_month(month, *(one or (None, 10))) for month, one in zip(there, said, strict=True)]
    changes = [Change(day, "Counting changed") for day in there[cut : cut + 1]]
    chart = over_time("a", "Rate", series(points, kind, changes), changes, [Note(date(2023, 1, 4), "Cup final")], size)
    assert chart.is_empty == (not any(one and one[1] for one in said))
    if not chart.is_empty:
        drawn_within(chart)


# --- all of them -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, HALF, PAPER], ids=lambda size: size.name)
def test_every_chart_says_what_it_shows_and_stays_on_its_sheet(size: Size) -> None:
    for chart in all_charts(size):
        page = page_of(chart)
        assert (
            " style=" not in page
            and "<style" not in page
            and "<script" not in page
            and " on" not in re.sub(">[^<]*<", "><", page)
        )
        assert "<figcaption" in page and chart.heading in page.replace("&quot;", '"')
        if chart.is_empty:
            assert "There is nothing to show" in page and "<svg" not in page
            continue
        drawn_within(chart)
        svg = svg_of(chart)
        title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
        assert title is not None and desc is not None and desc.text == chart.summary
        assert svg.get("role") == "img" and svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert 'tabindex="0" role="region"' in page and 'tabindex="0"' not in page_of(chart, paper=True)


def test_nothing_of_colour_alone_outside_is_a_shape_and_a_word() -> None:
    for chart in all_charts()[:2]:
        diamonds = len(list(svg_of(chart).iter(f"{SVG}polygon")))
        labels = [one for one in svg_of(chart).iter(f"{SVG}text") if "outside" in (one.get("class") or "")]
        assert diamonds == len(labels) == 2


def test_tables_hold_every_point_and_name_their_columns_on_a_phone() -> None:
    pages = [render_to_string("reporting/charts/table.html", {"table": table}) for table in all_tables()]
    assert pages[0].count("<tr") == 1 + 48 and 'data-head="For every 100"' in pages[0]
    assert pages[0].index("October 2026") < pages[0].index("November 2022"), "newest first"
    assert pages[0].count("Above the upper limit") == 1 and pages[0].count("Below the lower limit") == 1
    assert "Above 99.8 in 100" in pages[1] and "Not reached" in pages[2] and "Lost since the stage before" in pages[3]


def test_a_figure_opens_the_page_behind_it() -> None:
    told = arrests()
    links = [(f"/cases/?arrests={n}", f"/cases/?crimes={n}") for n in range(len(told.points))]
    table = over_time_table("Figures", told, "Month", "Arrests", "Crimes", "For every 100", links)
    page = render_to_string("reporting/charts/table.html", {"table": table})
    assert 'href="/cases/?arrests=47"' in page and page.count("<a ") == 96


def test_a_unit_outside_is_named_and_one_of_nobody_is_not_drawn() -> None:
    points = [Point(f"Unit {n}", 40 + n, 100) for n in range(8)] + [Point("Odd", 90, 100), Point("Closed", 0, 0)]
    chart = funnel_plot("f", "Rate", points, "Crimes")
    assert chart.heading == "1 of 9 units lies outside what chance explains: Odd"
    assert len(chart.strokes["dots"]) == 9  # type: ignore[arg-type]
    assert funnel_plot("f", "Rate", points[-1:], "Crimes").is_empty
    assert funnel_plot("f", "Rate", points[:8], "Crimes").heading == "All 8 units are where chance alone could put them"


@MODEST
@given(st.lists(st.integers(0, 900).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=12))
def test_whatever_the_units_the_funnel_is_on_its_sheet(pairs: list[tuple[int, int]]) -> None:
    chart = funnel_plot("f", "Rate", [Point(f"Unit {n}", *pair) for n, pair in enumerate(pairs)], "Crimes", HALF)
    if not chart.is_empty:
        drawn_within(chart)


def test_a_curve_says_half_and_how_many_have_not_reached_it() -> None:
    curve = kaplan_meier([Wait(3, True), Wait(9, False), Wait(9, False), Wait(9, False)])
    chart = waiting_curve("w", "From report to charge", [("", curve)])
    assert chart.heading == "Half not reached, 3 of 4 not reached"
    assert waiting_curve("w", "Nothing", [("High", kaplan_meier([]))]).is_empty
    with pytest.raises(ValueError, match="told apart"):
        waiting_curve("w", "Too many", [(str(n), curve) for n in range(5)])


@MODEST
@given(st.lists(st.builds(Wait, st.integers(0, 400), st.booleans()), min_size=1, max_size=30))
def test_whatever_the_waits_the_curve_is_on_its_sheet(waits: list[Wait]) -> None:
    drawn_within(waiting_curve("w", "Waits", [("A rather long name of a group", kaplan_meier(waits))], HALF))


@MODEST
@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=1, max_size=12))
def test_bars_start_at_nought_and_stay_on_the_sheet(values: list[float | None]) -> None:
    rows = [Bar(f"A group with a long name, number {n}", value, f"{value}", 50) for n, value in enumerate(values)]
    chart = bars("b", "Groups", rows, size=HALF)
    if not chart.is_empty:
        drawn_within(chart)
        assert chart.how == "Bars start at 0."


def test_a_long_label_goes_on_in_a_second_line() -> None:
    assert folded("Recorded as a crime", 40) == ["Recorded as a crime"]
    assert folded("Recorded as a crime", 14) == ["Recorded as a", "crime"]
    assert folded("Said to be far too long for two lines of it", 14) == ["Said to be far", "too long for …"]


def test_a_grid_has_margins_outlines_who_stayed_and_shades_by_size() -> None:
    page = render_to_string("reporting/charts/grid.html", {"grid": a_grid()})
    assert page.count("app-grid__cell--stayed") == 3 and "of 1,017, 817 stayed, 127 went up, 73 went down" in page
    assert [shade(count, 100) for count in (None, 0, 1, 25, 26, 100)] == [0, 0, 1, 1, 2, 4]


def test_a_cell_that_is_not_shown_takes_its_totals_with_it() -> None:
    counts = {("Mon", "00"): 12, ("Mon", "06"): None, ("Tue", "00"): 20, ("Tue", "06"): 9}
    grid = heat_grid("h", "Reports by hour", "Day, down; hour, across", counts, ("Mon", "Tue"), ("00", "06"))
    assert [total for _name, _cells, total in grid.rows] == ["not shown", "29"]
    assert grid.totals == ["32", "not shown", "not shown"]
    assert heat_grid("h", "Reports", "", {}, ("Mon",), ("00",)).is_empty


def test_a_sparkline_says_what_it_shows() -> None:
    page = render_to_string("reporting/charts/spark.html", {"spark": a_spark()})
    assert 'role="img"' in page and "Arrest rate, November 2022 – October 2026. 2 of 48 months" in page
    assert page.count("<polygon") == 2 and page.count("<circle") == 1
    assert "There is nothing to show" in render_to_string(
        "reporting/charts/spark.html", {"spark": spark("A", series([], NONE))}
    )


# --- axes --------------------------------------------------------------------------------------------------------------


def test_an_axis_counts_in_round_numbers() -> None:
    assert scale(31.4, 44.8, 300, 0).marks == [28, 32, 36, 40, 44, 48]
    assert scale(3, 97, 300, 0).marks == [0, 20, 40, 60, 80, 100], "what comes near nought starts there"
    assert scale(0, 0, 300, 0).low == 0


@MODEST
@given(st.floats(-1000, 1000), st.floats(0, 1000))
def test_an_axis_holds_what_it_must(low: float, more: float) -> None:
    axis = scale(low, low + more, 300, 0)
    assert axis.low <= low + 1e-6 and low + more <= axis.high + 1e-6 and axis.low < axis.high
    assert -0.01 <= axis.at(low) <= 300.01 and 2 <= len(axis.marks) <= 13


@MODEST
@given(st.lists(st.floats(0, 300), max_size=6))
def test_words_beside_the_line_do_not_run_into_each_other(wanted: list[float]) -> None:
    found = apart(wanted, 15, 10, 300)
    assert all(after - before >= 15 - 1e-6 for before, after in pairwise(sorted(found)))
    assert all(10 - 1e-6 <= place <= 300 + 1e-6 for place in found)


def test_words_above_give_way_to_each_other() -> None:
    assert levels([(0, 50), (40, 90), (45, 95), (96, 120)]) == [0, 1, 2, 0]


# --- beside it ---------------------------------------------------------------------------------------------------------


def test_what_it_is_compared_with_is_drawn_behind_it_in_dashes_and_named() -> None:
    chart = compared()
    drawn_within(chart)
    svg = svg_of(chart)
    behind = [one for one in svg.iter(f"{SVG}path") if one.get("class") == "app-chart__other"]
    assert len({one.get("stroke-dasharray") for one in behind}) == 2
    assert (
        "Target 42.0" in [one.text for one in svg.iter(f"{SVG}text")] and "Target: October 2026, 42.0." in chart.summary
    )
    told = arrests()
    with pytest.raises(ValueError, match="told apart"):
        over_time("a", "Rate", told, others=[Other(str(n), told.points) for n in range(4)])
    with pytest.raises(ValueError, match="47 points"):
        over_time("a", "Rate", told, others=[Other("Short", told.points[1:])])


def test_figures_that_are_not_of_months_are_not_called_months() -> None:
    points = [Point(f"Week {n}", 40 + n % 3) for n in range(9)]
    assert over_time("a", "Reports", series(points, XMR)).heading == "All 9 figures are within the limits"
    assert over_time("a", "Reports", series([*points, Point("Week 9", 90)], XMR)).heading.startswith(
        "1 of 10 figures is outside"
    )


def test_a_share_says_how_sure_it_is_and_a_rate_of_few_is_flagged() -> None:
    chart = of_points("g", "Satisfied", GROUPS)
    rows: Any = chart.strokes["rows"]
    assert [len(row["sure"]) for row in rows] == [3, 3, 3, 0] and "(Wilson)" in chart.how
    page = render_to_string("reporting/charts/table.html", {"table": all_tables()[4]})
    assert "62.1 to 69.6" in page and page.count("Fewer than 30: read with care") == 1 and "n/a" in page
