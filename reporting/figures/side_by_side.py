"""Ours beside theirs, month by month: two numbers of one measure that count the same thing by different rules. Never mixed."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reporting.charts.points import signed
from reporting.charts.tables import Cell, Table
from reporting.figures.asked import Asked
from reporting.measures.elsewhere import NOT_BROUGHT_IN


def of(asked: Asked) -> Table | None:
    """The months of the window, the newest first; None where the measure has nothing of others to set beside its own, or is
    broken down. What was not brought in differs from nothing.
    """
    measure = asked.measure
    if not measure.beside or asked.by:
        return None
    ours, theirs = (measure.part(code).some for code in measure.beside)
    question = asked.question(monthly=True)
    mine, others = asked.counts(ours, question), asked.counts(theirs, question)
    heads = [_("Month"), capfirst(ours.label), capfirst(theirs.label), _("Difference")]
    rows = []
    for month in reversed(question.window.months()):
        own, other = mine.get((month, ""), 0) or 0, others.get((month, ""))
        known = other is not None
        rows.append((f"{month:%B %Y}", [
            Cell(f"{own:,}"), Cell(f"{other:,}" if known else _(NOT_BROUGHT_IN)),
            Cell(signed(own - other, places=0) if other is not None else "–", strong=True),
        ]))  # fmt: skip
    return Table(_("Our own record beside what was brought in"), heads, rows, 3)
