"""What became of crimes: which outcomes are called positive (data item 3), beside other crime (5), beside the CPS (6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import Unit
from cases.models.outcome import OUTCOMES as CODES
from reporting.answers.declare import Asked, Told
from reporting.charts.tables import Cell, Table
from reporting.figures.asked import month_after
from reporting.measures.facts import OUTCOMES
from reporting.measures.justice import POSITIVE
from reporting.measures.reckon import Value, Window, one_place, rows_of
from reporting.models import OutsideFigure
from reporting.models.outside import OutsideKind
from reporting.outside import table as outside
from reporting.outside.reconciling import Table as Beside
from reporting.outside.reconciling import tables as reconciled
from reporting.outside.standing import together

#: With what domestic abuse is compared: not with crime that domestic abuse is part of (S3-065).
OTHERS = ("other_victim_based", "other_violence")
Areas = dict[int, tuple[list[int], Decimal]]  # {area: its ancestry and its figure}
NOT_BROUGHT_IN = N_("not brought in")
Given = dict[tuple[str, str, str], Decimal | None]  # {(figure, class, reason): how many; None where a month is missing}


def positive_set(asked: Asked) -> list[Told]:
    """The outcomes that the force calls positive, in words; and those that it does not."""
    rows = [
        (f"{row.code}: {_(row.label)}", [Cell(_("Positive") if row.code in POSITIVE else _("Not positive"))]) for row in CODES
    ]  # fmt: skip
    words = _("Which outcomes are called positive is set by the force; each figure of them says which.")
    return [Told(Table(_("What is called a positive outcome"), [_("Outcome"), _("It is")], rows, 0), words)]


def beside_other_crime(asked: Asked) -> list[Told]:
    """Each outcome of domestic abuse crimes for every 100 recorded, beside those of other crime as they were brought in."""
    ours, recorded = outcomes(asked.window, asked.unit)
    theirs = given(OutsideKind.CRIME, asked, group__in=OTHERS)
    totals = {of: theirs.get((outside.RECORDED, of, "")) for of in OTHERS}
    rows = []
    for code, label in outside.OUTCOME_CODES:
        own = Value(ours.get(code, 0), recorded)
        beside = [share(theirs.get((outside.OUTCOME, of, code)), totals[of]) for of in OTHERS]
        rows.append((_(label), [Cell(f"{own.some:,}"), Cell(own.shown, strong=True), *map(Cell, beside)]))
    named = dict(outside.CLASSES)
    heads = [_("Outcome"), _("Domestic abuse crimes"), _("Of 100 domestic abuse crimes")]
    heads += [_("Of 100: %(which)s") % {"which": _(named[of])} for of in OTHERS]
    words = _(
        "Outcomes by now of the crimes of these months. The other two columns are brought in from outside, for whole "
        "months; a month that was not brought in leaves its column empty, and nothing is filled in for it."
    )
    return [Told(Table(_("Outcomes beside those of other crime"), heads, rows, 4), words)]


def outcomes(window: Window, unit: Unit | None) -> tuple[dict[str, int], int]:
    """{outcome by now, or "none": crimes recorded in the window}, and how many were recorded. One statement."""
    rows = rows_of(OUTCOMES, window, unit).values("code").annotate(n=Count("pk"))
    found = {code or outside.NO_OUTCOME: number for code, number in rows.values_list("code", "n")}
    return found, sum(found.values())


def share(some: Decimal | None, of: Decimal | None) -> str:
    if some is None or of is None:
        return _(NOT_BROUGHT_IN)
    return one_place(100 * some / of) if of else _("n/a")


def given(kind: str, asked: Asked, **only: Any) -> Given:
    """What was brought in of each figure, added up over the whole months of the span. One query. Index: outside_figure_found."""
    unit = asked.unit or Unit.objects.root()
    rows = OutsideFigure.objects.in_force().filter(
        kind=kind, months=1, place="", begins_on__gte=asked.span.first, begins_on__lt=month_after(asked.span.last),
        unit__lineage__contains=[unit.pk], **only,
    )  # fmt: skip
    areas: dict[tuple[str, str, str], dict[date, Areas]] = defaultdict(lambda: defaultdict(dict))
    for figure, group, reason, day, pk, lineage, value in rows.values_list(
        "figure", "group", "reason", "begins_on", "unit", "unit__lineage", "value"
    ):
        areas[figure, group, reason][day][pk] = (lineage, value)
    return {
        key: sum((together(found, unit).value for found in days.values()), Decimal(0))
        if len(days) == asked.span.months
        else None
        for key, days in areas.items()
    }


#: What the CPS and the courts say, in the order in which it happens.
OF_COURTS = (
    outside.REFERRED, outside.CHARGED, outside.NO_ACTION, outside.OUT_OF_COURT, outside.COMPLETED, outside.CONVICTED,
    outside.GUILTY_PLEA, outside.UNSUCCESSFUL,
)  # fmt: skip


def courts(asked: Asked) -> list[Told]:
    """What the CPS and the courts say of these months; then ours beside theirs, of the months that both have."""
    found, labels = given(OutsideKind.PROSECUTION, asked, reason=""), dict(outside.COURT_FIGURES)
    rows = [(_(labels[figure]), [Cell(number(found.get((figure, "", ""))), strong=True)]) for figure in OF_COURTS]
    words = _(
        "Brought in from the CPS and the courts, of all of these months; where one is missing there is no figure."
    )
    return [
        Told(Table(_("What the CPS and the courts say"), [_("Figure"), _("People")], rows, 1), words),
        Told(*beside(reconciled(asked.user, asked.span.first, asked.span.months, Unit.objects.root()))),
    ]


def number(value: Decimal | None) -> str:
    return _(NOT_BROUGHT_IN) if value is None else f"{value:,.0f}"


def beside(found: Sequence[Beside]) -> tuple[Table, str]:
    rows = [(_(one.label), [Cell(_(one.ours)), *differing(one)]) for one in found]
    heads = [_("Figure"), _("Set beside our"), _("Ours"), _("Theirs"), _("Difference"), _("Months")]
    words = _("Ours are of the cases that you may open, of the months of which theirs are known.")
    return Table(_("Ours beside theirs, the whole force"), heads, rows, 5), words


def differing(one: Beside) -> list[Cell]:
    total, months = one.total, sum(line.theirs is not None for line in one.lines)
    if total.theirs is None:
        return [Cell("–"), Cell(_(NOT_BROUGHT_IN)), Cell("–"), Cell("0")]
    return [Cell(f"{total.ours:,}"), Cell(f"{total.theirs:,}"), Cell(f"{total.difference:+,}"), Cell(f"{months}")]


def why_not(asked: Asked) -> list[Told]:
    """Why a prosecution did not succeed, as the courts say it; nothing where no month has a reason."""
    found = given(OutsideKind.PROSECUTION, asked, figure=outside.UNSUCCESSFUL)
    rows = [(_(label), [Cell(number(found.get((outside.UNSUCCESSFUL, "", code))))]) for code, label in outside.REASONS]
    return [Told(Table(_("Why prosecutions did not succeed"), [_("Reason"), _("Defendants")], rows, 1))]
