"""Blocks that other tables of figures already reckon, small numbers kept back by their own rule: Clare’s Law, the quarterly return."""

# ruff: noqa: E501 - sentences and headings stay whole

from __future__ import annotations

from datetime import date, timedelta

from marac.figures import GROUPS, TABLE
from marac.models import Forum
from marac.services.counting import later, quarter_of, quarters, rolling
from marac.services.steering import beside
from reporting.disclosures.counted import Line, report
from reporting.forums.leaving import cells
from reporting.packs.declare import Asking, Told
from workflow.clock import LONDON

NEVER_SAID = "not said"


def clares_law(asking: Asking) -> Told:
    """What is asked of Clare’s Law by requests for information, and how long each stage took. Two queries."""
    found = report(asking.window.first, asking.window.last)
    told = Told("Clare’s Law", f"{found.total} considerations were first heard of in this time.")
    told.definition = [
        ("Definition", "Considerations of disclosure by the London day of the first contact. One to four are never said, nor what would give them away."),
        ("Authority", "dvds.md F; Freedom of Information Act 2000"),
    ]  # fmt: skip
    tables = (
        ("By route", found.routes),
        ("By outcome", found.outcomes),
        ("As it is published", found.published),
        ("For every 100", found.rates),
    )
    told.said = [(caption, ("What", "Number"), pairs(lines)) for caption, lines in tables]
    stages = [(row.label, row.number, row.half, row.most, row.longest) for row in found.stages]
    told.said.append(
        (
            "How long each stage took, in days",
            ("Stage", "Went through it", "Half within", "Nine in ten within", "Longest"),
            stages,
        )
    )
    return told


def pairs(lines: list[Line]) -> list[tuple[str, ...]]:
    return [(f"{line.label} ({line.more})" if line.more else line.label, line.number) for line in lines]


def returns(asking: Asking) -> Told:
    """The quarterly return of each forum of the force (D.9). Four queries for each."""
    day, today = quarter_of(asking.window.first), asking.as_at.astimezone(LONDON).date()
    told = Told("The return of each forum")
    told.definition = [
        (
            "Definition",
            "Cases as the meetings heard them, each referral once in a quarter. One to four are never said, nor what would give them away. Not said is not none.",
        ),
        ("Authority", "SafeLives; risk_and_marac.md D.9"),
    ]
    for forum in Forum.objects.select_related("unit").order_by("name", "pk"):
        quarter = quarters(forum, day, day, today)[0]
        if quarter.figures is None:
            told.paragraphs.append(f"{forum.name}: no meeting was held in the quarter, and nothing was entered.")
            continue
        said = cells(quarter.figures)
        signed = "signed" if quarter.signed else "counted here, not signed"
        for group, heading in GROUPS:
            rows = [(row.label, said[row.code] or NEVER_SAID) for row in TABLE if row.group == group]
            told.said.append((f"{forum.name} ({signed}): {heading.lower()}", ("Figure", "Number"), rows))
    told.lead = "" if told.said or told.paragraphs else "There is no forum."
    return told


def last_whole(day: date) -> date:
    """The first day of the last quarter that is over by the end of this day."""
    after = day + timedelta(days=1)
    return later(quarter_of(after), -1)


def indicators(asking: Asking) -> Told:
    """Twelve months of each forum beside what is expected and what others published (D8). Shares and rates, no small numbers."""
    last = last_whole(asking.window.last)
    today = asking.as_at.astimezone(LONDON).date()
    told = Told("MARAC beside what is expected")
    told.definition = [
        (
            "Definition",
            "Figures of twelve months; none where a quarter is missing. Expected and published values are kept with each figure, with their source.",
        )
    ]
    for forum in Forum.objects.select_related("unit").order_by("name", "pk"):
        rows = quarters(forum, later(last, -4), last, today)  # one more, to stand in for one that is missing
        twelve = rolling(rows, len(rows) - 1, forum.women_over_16)
        lines = [
            (one.row.label, "n/a" if one.value is None else f"{one.value:,.1f}{one.row.unit}", one.place or "–",
             "; ".join(f"{value.place}: {value.value}" for value in one.published) or "–")
            for one in beside(twelve, last)
        ]  # fmt: skip
        told.said.append(
            (forum.name, ("Figure", "Twelve months", "Beside what is expected", "Published by others"), lines)
        )
    told.lead = "" if told.said else "There is no forum."
    return told
