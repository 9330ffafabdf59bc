"""`manage.py measures --from 2026-01-01 --to 2026-12-31 --measure M06 --by division --format csv`: what the page shows."""

from __future__ import annotations

import csv
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.measures import asking, printed
from reporting.measures.declare import MEASURES, Measure
from reporting.measures.private import is_a_year_that_is_over
from reporting.measures.reckon import NotOffered, Question, Window

UNIT = "unit"  # what a division is called here as well


class Command(BaseCommand):
    help = "Print the figures of one measure, or of every one that has figures, as CSV or JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", required=True, help="the first day, 2026-01-01")
        parser.add_argument("--to", dest="last", required=True, help="the last day, 2026-12-31")
        parser.add_argument("--measure", default="", help="its code, such as M06; all of them where none is named")
        parser.add_argument("--of", default="", help="of which measure, where the one named compares groups (M44)")
        parser.add_argument("--by", default="", help="a breakdown, such as division, team, risk")
        parser.add_argument("--monthly", action="store_true", help="each month beside the whole")
        parser.add_argument("--format", choices=("csv", "json"), default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            comparing = comparer(options)
            rows = [row for question in questions(options) for row in printed.rows(question, comparing)]
        except NotOffered as refused:
            raise CommandError(str(refused)) from refused
        if options["format"] == "json":
            self.stdout.write(
                json.dumps(
                    [dict(zip(printed.HEADINGS, row, strict=True)) for row in rows], indent=2, ensure_ascii=False
                )
            )
            return
        writer = csv.writer(self.stdout)
        writer.writerow(printed.HEADINGS)
        writer.writerows([printed.safe(cell) for cell in row] for row in rows)


def comparer(options: dict[str, Any]) -> Measure | None:
    """The measure that compares groups of another, where it is the one that is named. Raises NotOffered."""
    measure = asking.measure_of(options["measure"]) if options["measure"] else None
    if measure is None or not measure.compares:
        if options["of"]:
            raise NotOffered("Only a measure that compares groups is asked of another.")
        return None
    asking.compared(asking.measure_of(options["of"]), options["by"])
    return measure


def questions(options: dict[str, Any]) -> list[Question]:
    """Raises NotOffered, also where the measure that is named has no data yet."""
    window = Window(asking.day_of(options["first"], "first"), asking.day_of(options["last"], "last"))
    by = "team" if options["by"] == UNIT else options["by"]
    named = options["of"] or options["measure"]
    if named:
        measure = asking.measure_of(named)
        if measure.lacks:
            raise NotOffered(asking.NO_DATA.format(why=measure.lacks))
        return [asking.question(measure, window, by, None, monthly=options["monthly"])]
    year = is_a_year_that_is_over(window)
    every = [measure for measure in MEASURES.values() if has_figures(measure) and (year or not measure.private)]
    asked = [measure for measure in every if not by or by in measure.by]
    return [asking.question(measure, window, by, None, monthly=options["monthly"]) for measure in asked]


def has_figures(measure: Measure) -> bool:
    """Not of a measure without data, nor of one that is asked of another."""
    return bool(measure.parts or measure.took)
