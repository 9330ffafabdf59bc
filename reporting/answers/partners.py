"""With partners: forums beside what is published of others (data item 8), what forums led to, what partners say, disclosure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from marac.models import Forum
from marac.services.counting import YEAR, Quarter, later, quarter_of, quarters, rolling
from marac.services.following import Outcomes
from marac.services.following import outcomes as became
from marac.services.steering import Beside, beside
from reporting.answers.declare import Asked, Told
from reporting.charts.points import wilson
from reporting.charts.tables import Cell, Table
from reporting.disclosures.counted import Line as DisclosureLine
from reporting.disclosures.counted import report
from reporting.feedback.scores import Score, partners_say
from reporting.figures.asked import month_after
from reporting.measures.reckon import Value
from reporting.models import OutsideFigure
from reporting.models.outside import OutsideKind

FORUMS = 20  # of a page
GIVEN = 60  # figures of partners, of a page
PLACES = {
    "below": N_("Below what is expected"), "within": N_("As expected"), "above": N_("Above what is expected"),
}  # fmt: skip


def forums() -> list[Forum]:
    return list(Forum.objects.select_related("unit").order_by("-state", "name", "pk")[:FORUMS])


def last_quarter(asked: Asked) -> date:
    """The first day of the last quarter that is over by the end of the span, and by now."""
    end = min(month_after(asked.span.last), timezone.localdate(asked.now))
    return later(quarter_of(end), -1)


def safelives(asked: Asked) -> list[Told]:
    """Each forum's twelve months beside what is recommended and what was published of other places. Six queries a forum."""
    quarter = last_quarter(asked)
    today = timezone.localdate(asked.now)
    found = [
        Told(*forum_table(forum, quarters(forum, later(quarter, -YEAR), quarter, today), quarter)) for forum in forums()
    ]
    return found or [Told(words=_("No forum is recorded here."))]


def forum_table(forum: Forum, rows: list[Quarter], quarter: date) -> tuple[Table | None, str]:
    twelve = rolling(rows, len(rows) - 1, forum.women_over_16)
    if twelve.dropped:
        words = _("%(forum)s: two quarters in a row are missing, so nothing is worked out of twelve months.")
        return None, words % {"forum": forum.name}
    lines = [(_(one.row.label), cells_of(one)) for one in beside(twelve, quarter)]
    said = {"forum": forum.name, "month": f"{later(quarter, 1):%Y-%m}"}
    heads = [_("Twelve months"), _("Ours"), _("Recommended"), _("It lies"), _("Published of others")]
    caption = _("%(forum)s, the twelve months before %(month)s") % said
    words = _("A quarter that is missing is stood in for by the one before it.") if twelve.proxied else ""
    return Table(caption, heads, lines, 1), words


def cells_of(one: Beside) -> list[Cell]:
    published = "; ".join(f"{row.place}: {row.value.normalize():f} ({row.source})" for row in one.published)
    ours = _("not known") if one.value is None else f"{one.value:g}{one.row.unit}"
    lies = _(PLACES[one.place]) if one.place else "–"
    return [Cell(ours, strong=True), Cell(band_of(one)), Cell(lies), Cell(published or _("none was entered"))]


def band_of(one: Beside) -> str:
    if one.band is None:
        return "–"
    low, high = (None if end is None else f"{end.normalize():f}" for end in (one.band.low, one.band.high))
    ends = _("%(low)s to %(high)s") if high is not None else _("%(low)s or more")
    return f"{ends % {'low': low, 'high': high}} ({one.band.authority})"


def after_forums(asked: Asked) -> list[Told]:
    """Of the cases that each forum heard in the last year that is followed to its end: who came back, how the grade moved,
    what became of the actions. Five queries a forum.
    """
    first = later(last_quarter(asked), -2 * YEAR + 1)
    rows = [(forum.name, outcome_cells(became(forum, first, asked.now))) for forum in forums()]
    if not rows:
        return [Told(words=_("No forum is recorded here."))]
    heads = [_("Forum"), _("Cases heard"), _("Came back within a year"), _("Grade lower now"), _("Grade the same"),
             _("Grade higher"), _("Actions agreed"), _("Done, in time or late"), _("Not done or still late")]  # fmt: skip
    said = {"from": f"{first:%Y-%m}", "to": f"{later(first, YEAR):%Y-%m}"}
    caption = _("What became of cases heard from %(from)s to before %(to)s") % said
    words = _("The year before the last one is taken, so that everybody in it was followed for twelve months.")
    return [Told(Table(caption, heads, rows, 8), words)]


def outcome_cells(found: Outcomes) -> list[Cell]:
    came_back = Value(found.came_back, found.followed)
    back = f"{came_back.some} / {came_back.whole} ({came_back.shown})"
    lowered = Value(found.lower, found.graded)
    moved = f"{lowered.some} / {lowered.whole} ({lowered.shown})"
    acts = found.actions
    numbers = (found.heard, back, moved, found.same, found.higher, acts.agreed, acts.in_time + acts.late)
    return [Cell(f"{number}") for number in (*numbers, acts.not_done + acts.open_late)]


def partners(asked: Asked) -> list[Told]:
    """What representatives of partners said to the scored question, by quarter."""
    found = partners_say(asked.window.begins, asked.window.ends)
    rows = [(f"{one.key[0]:%Y-%m}", score_cells(one)) for one in found]
    heads = [_("Quarter that begins"), _("Satisfied"), _("Answers"), _("Of 100"), _("95 in 100 between")]
    return [Told(Table(_("What partners say"), heads, rows, 4))]


def score_cells(score: Score) -> list[Cell]:
    """Satisfied, of how many, for every 100, and how sure that is."""
    value, sure = Value(score.satisfied, score.valid), wilson(score.satisfied, score.valid)
    between = (
        "–"
        if sure is None
        else _("%(lower)s to %(upper)s") % {"lower": f"{sure.lower:.1f}", "upper": f"{sure.upper:.1f}"}
    )
    return [Cell(f"{score.satisfied:,}"), Cell(f"{score.valid:,}"), Cell(value.shown, strong=True), Cell(between)]


def brought_in(asked: Asked) -> list[Told]:
    """What partners in community safety counted and gave, each figure by area. One query. Index: outside_figure_found."""
    rows = OutsideFigure.objects.in_force().filter(
        kind=OutsideKind.PARTNER, begins_on__gte=asked.span.first, begins_on__lt=month_after(asked.span.last)
    )
    found = rows.values("figure", "unit__name").annotate(months=Count("begins_on", distinct=True), value=Sum("value"))
    given = [
        (row["figure"], [Cell(row["unit__name"]), Cell(f"{row['value']:,.0f}", strong=True), Cell(f"{row['months']}")])
        for row in found.order_by("figure", "unit__name")[:GIVEN]
    ]
    heads = [_("Figure"), _("Area"), _("Number"), _("Months that were given")]
    words = _("A month that nobody gave a figure for is not counted as none: see how many were given.")
    return [Told(Table(_("What partners counted"), heads, given, 0), words)]


def disclosures(asked: Asked) -> list[Told]:
    """Considerations first heard of in these months, as requests for information are answered: small numbers kept back."""
    found = report(asked.window.first, asked.window.last)
    heads = [_("Line"), _("Number"), _("Mind")]
    tables = (
        (_("By route"), found.routes), (_("By outcome"), found.outcomes), (_("As it is published"), found.published),
        (_("Told"), found.rates),
    )  # fmt: skip
    took = [
        (_(row.label), [Cell(row.number), Cell(row.half), Cell(row.most), Cell(row.longest)]) for row in found.stages
    ]
    days = [_("Stage"), _("Number"), _("Half within, days"), _("Nine in ten within, days"), _("Longest, days")]
    return [
        *(Told(Table(caption, heads, list(lines(rows)), 1)) for caption, rows in tables),
        Told(Table(_("How long each stage took"), days, took, 4)),
    ]


def lines(rows: list[DisclosureLine]) -> Iterator[tuple[str, list[Cell]]]:
    for row in rows:
        yield _(row.label), [Cell(row.number, strong=True), Cell(_(row.more) if row.more else "")]
