"""How the work is done: every clock, how checks of risk were scored, what repeat means here, what victims said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import DefinitionSet
from reporting.answers.declare import Asked, Told
from reporting.answers.partners import score_cells
from reporting.charts.tables import Cell, Table
from reporting.feedback.people import READS_SCORES
from reporting.feedback.scores import responses, satisfaction
from reporting.measures.declare import MEASURES
from reporting.measures.facts import CHECKS, OWED
from reporting.measures.owed import code_of
from reporting.measures.partners import REFERRING
from reporting.measures.reckon import Value, rows_of
from reporting.models.feedback import OF_THE_HARMED, Stage
from reporting.quality.counted import box
from risk.models.grade import Grade
from workflow.policies import POLICIES

TERMS = ("repeat_victim", "repeat_pair", "repeat_suspect", "serial_suspect")
#: Of the rows of a check that were decided, so many in a hundred passed: from the first, to before the second.
SCORES = ((0, 50), (50, 70), (70, 90), (90, 100), (100, 101))


def definitions(asked: Asked) -> list[Told]:
    """What the force means by repeat and serial, as it is in force on the last day of the span. One query."""
    found = DefinitionSet.objects.in_force(min(asked.window.last, timezone.localdate(asked.now)))
    rows = []
    for code in TERMS:
        if row := found.get(code):
            window = _("%(months)s months") % {"months": row.window_months} if row.window_months else _("a lifetime")
            rows.append(
                (
                    _(row.term.label),
                    [Cell(row.text), Cell(window), Cell(f"{row.valid_from:%Y-%m-%d}"), Cell(row.authority)],
                )
            )
    heads = [_("Term"), _("What it means"), _("Within"), _("In force from"), _("Authority")]
    words = _("The figures on this page count 365 days back from each report, and 36 months for serial suspects.")
    return [Told(Table(_("What the force means by it"), heads, rows, 0), words)]


def clocks(asked: Asked, only: Sequence[str] = ()) -> list[Told]:
    """Every clock of which anything fell due, or `only` these: how much was done in time, and done. One statement."""
    in_time, done = Q(stopped_at__lte=F("due_at")), Q(stopped_at__isnull=False)
    owed = rows_of(OWED, asked.window, asked.unit)
    rows = (owed.filter(policy__in=only) if only else owed).values("policy").annotate(
        due=Count("pk"), in_time=Count("pk", filter=in_time), done=Count("pk", filter=done)
    )  # fmt: skip
    lines = sorted((line for row in rows if (line := clock_line(asked, row))), key=lambda line: line[0])
    heads = [_("Clock"), _("Fell due"), _("In time"), _("In time, of 100"), _("Done"), _("Done, of 100")]
    words = _("What was done in time and recorded late is in time. What was no longer owed is left out.")
    return [Told(Table(_("These clocks") if only else _("Every clock"), heads, lines, 5), words)]


def referring(asked: Asked) -> list[Told]:
    """How soon cases are referred to MARAC, accepted and put on an agenda."""
    return clocks(asked, REFERRING)


def clock_line(asked: Asked, row: dict[str, Any]) -> tuple[str, list[Cell]] | None:
    policy = POLICIES.get(row["policy"])
    if policy is None:
        return None
    in_time, done = Value(row["in_time"], row["due"]), Value(row["done"], row["due"])
    page = asked.span.address("figure", MEASURES[code_of(policy)].slug)
    cells = [Cell(f"{row['due']:,}", page), Cell(f"{in_time.some:,}"), Cell(in_time.shown, strong=True)]
    return _(policy.label), [*cells, Cell(f"{done.some:,}"), Cell(done.shown, strong=True)]


def scores(asked: Asked) -> list[Told]:
    """Checks of quality by the share of their rows that passed. One statement."""
    rows = rows_of(CHECKS, asked.window, asked.unit).annotate(decided=F("passed") + F("advised") + F("returned"))
    rows = rows.filter(decided__gt=0).annotate(share=F("passed") * 100.0 / F("decided"))
    wanted = {f"from_{low}": Count("pk", filter=Q(share__gte=low, share__lt=high)) for low, high in SCORES}
    found = rows.aggregate(all=Count("pk"), **wanted)
    lines = []
    for low, high in SCORES:
        label = _("All of it") if low == 100 else _("%(low)s to under %(high)s in 100") % {"low": low, "high": high}
        value = Value(found[f"from_{low}"], found["all"])
        lines.append((label, [Cell(f"{value.some:,}"), Cell(value.shown, strong=True)]))
    heads = [_("Rows of the checklist that passed"), _("Checks"), _("Of 100 checks")]
    return [Told(Table(_("How checks of quality were scored"), heads, lines, 2))]


def satisfied(asked: Asked) -> list[Told]:
    """Satisfied by stage and by stage and risk, how sure that is, and who answered at all, for whoever reads scores. Three
    statements.
    """
    if not asked.user.holds(READS_SCORES, asked.unit):
        return [Told(words=_("What victims said is read by inspectors and above, and by those who ask them."))]
    since, until = asked.window.begins, asked.window.ends
    stages, grades = dict(Stage.choices), dict(Grade.choices)
    by_stage = {one.key[0]: one for one in satisfaction(since, until, "stage", unit=asked.unit)}
    by_risk = satisfaction(since, until, "stage", "grade", unit=asked.unit)
    became = {one.stage: one for one in responses(since, until, unit=asked.unit)}
    numbers = [_("Satisfied"), _("Answers"), _("Of 100"), _("95 in 100 between")]
    rows = [(_(stages[stage]), score_cells(by_stage[stage])) for stage in OF_THE_HARMED if stage in by_stage]
    risks = [
        (f"{_(stages[one.key[0]])}: {_(grades.get(one.key[1], 'Not graded'))}", score_cells(one)) for one in by_risk
    ]
    drawn = [
        (_(stages[stage]), [
            Cell(f"{one.drawn:,}"), Cell(f"{one.could_answer:,}"), Cell(f"{one.answered:,}"),
            Cell(_("n/a") if one.rate is None else f"{one.rate:.1f}", strong=True), Cell(f"{one.not_safe:,}"),
        ])
        for stage, one in became.items()
    ]  # fmt: skip
    heads = [_("Stage"), _("Drawn"), _("Could answer"), _("Answered"), _("Response rate, of 100"), _("Not safe to ask")]
    words = _(
        "Very or fairly satisfied, of valid answers; the interval is Wilson’s. An answer counts in the month it was given."
    )
    return [
        Told(Table(_("Satisfied, by stage"), [_("Stage"), *numbers], rows, 4), words),
        Told(Table(_("Satisfied, by stage and risk"), [_("Stage and risk"), *numbers], risks, 4)),
        Told(Table(_("Who answered"), heads, drawn, 5)),
    ]


def record(asked: Asked) -> list[Told]:
    """How good the record is that all this is counted from."""
    rows = [(what, [Cell(words)]) for what, words in box(asked.window, asked.unit)]
    return [Told(Table(_("How good the record is"), [_("Kind of fault"), _("Found")], rows, 0))]
