"""One of each chart, with everything on it: what is looked at and what is pressed on paper."""

from __future__ import annotations

from datetime import date

from reporting.charts.axis import HALF, LIST, WIDE, Size
from reporting.charts.bar_chart import of_points, of_stages, of_stretches
from reporting.charts.between import funnel
from reporting.charts.drawn import Chart
from reporting.charts.funnel_chart import funnel_plot
from reporting.charts.grids import Grid, movement_grid
from reporting.charts.points import Point, of_month
from reporting.charts.series import P_CHART, Change, Note, Other, Series, series
from reporting.charts.spark import Spark, spark
from reporting.charts.spread import histogram
from reporting.charts.stages import attrition, movement
from reporting.charts.tables import Table, funnel_table, over_time_table, shares_table, stages_table, waiting_table
from reporting.charts.time_chart import over_time
from reporting.charts.waiting import Curve, Wait, kaplan_meier
from reporting.charts.waiting_chart import waiting_curve

#: Arrests for every 100 crimes, November 2022 to October 2026: in tenths, and the crimes of the month.
RATES = (
    384, 367, 374, 367, 374, 377, 373, 387, 388, 366, 380, 374, 358, 380, 384, 382, 388, 383, 356, 372, 360, 365, 377, 353,
    358, 328, 364, 406, 355, 382, 343, 386, 366, 381, 377, 374, 383, 380, 381, 396, 395, 380, 404, 392, 361, 435, 391, 396,
)  # fmt: skip
CHANGED = Change(date(2023, 6, 1), "June 2023: counting rules changed")
NOTED = Note(date(2026, 8, 3), "August 2026: new arrest guidance from 3 August. B. Lindqvist, 12 September.")


def months(number: int, first: date = date(2022, 11, 1)) -> list[date]:
    begun = 12 * first.year + first.month - 1
    return [date((begun + n) // 12, (begun + n) % 12 + 1, 1) for n in range(number)]


def arrests() -> Series:
    points = []
    for place, (month, rate) in enumerate(zip(months(len(RATES)), RATES, strict=True)):
        crimes = 880 + 37 * place % 110
        points.append(of_month(month, round(rate * crimes / 1000), crimes))
    return series(points, P_CHART, [CHANGED])


def units() -> list[Point]:
    names = ("North", "South", "East", "West", "Coast", "City", "Moor", "Dale", "Harbour")
    parts = (120, 240, 70, 36, 330, 90, 8, 60, 20)
    wholes = (310, 640, 260, 90, 700, 255, 31, 150, 42)
    return [Point(*row) for row in zip(names, parts, wholes, strict=True)]


def to_charge() -> list[tuple[str, Curve]]:
    high = [Wait(n * n % 41 + 2, n % 4 != 0) for n in range(60)]
    medium = [Wait(n * n % 97 + 9, n % 3 != 0) for n in range(80)]
    return [("High", kaplan_meier(high)), ("Medium", kaplan_meier(medium))]


STAGES = (
    ("Reported", 9120), ("Recorded as a crime", 6480), ("Suspect named", 5230), ("Arrested", 2570),
    ("Advice of the CPS", 980), ("Charged", 742), ("Convicted", 531),
)  # fmt: skip
MOVED = {
    ("Standard", "Standard"): 412, ("Standard", "Medium"): 61, ("Standard", "High"): 14, ("Medium", "Standard"): 38,
    ("Medium", "Medium"): 287, ("Medium", "High"): 52, ("High", "Medium"): 29, ("High", "High"): 118, ("High", "Standard"): 6,
}  # fmt: skip


GROUPS = [Point("White", 402, 610), Point("Asian", 61, 84), Point("Black", 17, 29), Point("Not known", 0, 0)]


def compared() -> Chart:
    told = arrests()
    before = [None, *(point.part for point in told.points)][: len(told.points)]
    shifted = [
        of_month(point.month or date.min, part, point.whole) for point, part in zip(told.points, before, strict=True)
    ]
    target = [of_month(point.month or date.min, 42, 100) for point in told.points]
    return over_time(
        "compared",
        "Arrest rate beside its target",
        told,
        [CHANGED],
        others=[Other("A month later", shifted), Other("Target", target)],
    )


def all_charts(size: Size = WIDE) -> list[Chart]:
    told = arrests()
    lengths = [n * n % 37 for n in range(120)]
    return [
        over_time("arrests", "Arrest rate", told, [CHANGED], [NOTED], size),
        funnel_plot("units", "Arrest rate by division", units(), "Domestic abuse crimes recorded", size),
        waiting_curve("to-charge", "From report to charge", to_charge(), size),
        of_stages("attrition", "What became of the reports of 2025", attrition(STAGES), LIST if size is WIDE else size),
        of_stretches("days", "Days from report to arrest", histogram(lengths, (0, 1, 3, 7, 14, 28)), HALF),
        of_points("satisfied", "Very or fairly satisfied", GROUPS),
        over_time("none", "Arrest rate of nobody", series([], P_CHART), size=size),
    ]


def a_grid() -> Grid:
    return movement_grid("moved", "Grade at first and at close", movement(MOVED, ("Standard", "Medium", "High")))


def a_spark() -> Spark:
    return spark("Arrest rate", arrests())


def all_tables() -> list[Table]:
    heads = ("Division", "Arrests", "Crimes", "For every 100")
    return [
        over_time_table("Figures", arrests(), "Month", "Arrests", "Crimes", "For every 100"),
        funnel_table("By division", funnel(units()), units(), heads),
        waiting_table("From report to charge", to_charge(), (7, 28), "Grade"),
        stages_table("Attrition", attrition(STAGES)),
        shares_table("Satisfied", GROUPS, ("Group", "Satisfied", "Answers", "For every 100")),
    ]
