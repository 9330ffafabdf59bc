"""`docs/measures.md`: every measure with its definition, made from the table."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Measure

HEAD = """# Measures

Made from `reporting/measures/` by `manage.py document`. Every figure is reckoned from the facts at the moment it is asked. A
window is London days, the first and the last with it. Unknown is a group; 0 of 0 is n/a; a rate may pass 100.
"""


def measures_paper() -> str:
    themes = dict.fromkeys(measure.theme for measure in MEASURES.values())
    return "\n".join([HEAD, *(line for theme in themes for line in theme_lines(theme))]).rstrip() + "\n"


def theme_lines(theme: str) -> Iterator[str]:
    yield f"## {theme}\n"
    for measure in MEASURES.values():
        if measure.theme == theme:
            yield from measure_lines(measure)


def measure_lines(measure: Measure) -> Iterator[str]:
    yield f"### {measure.code} {measure.name}\n"
    yield f"{measure.sentence}\n"
    yield "| | |"
    yield "| --- | --- |"
    yield from figure_lines(measure)
    if measure.lacks:
        yield f"| no data yet | {measure.lacks} |"
    elif not measure.compares:
        yield f"| basis | {measure.basis.value} |"
        yield f"| small numbers | {measure.small} |"
    yield from reading_lines(measure)
    yield f"| authority | {measure.authority} |"
    yield ""


def reading_lines(measure: Measure) -> Iterator[str]:
    """How it is divided, and what is read beside it."""
    if measure.by:
        yield f"| broken down by | {', '.join(map(words_of, measure.by))} |"
    if measure.beside:
        ours, theirs = (measure.part(code).label for code in measure.beside)
        yield f"| set side by side, never mixed | {ours}; {theirs} |"
    if measure.pair:
        yield f"| read with | {measure.pair} {MEASURES[measure.pair].name} |"
    if measure.mind:
        yield f"| mind | {measure.mind} |"


def figure_lines(measure: Measure) -> Iterator[str]:
    for part in measure.parts:
        of = f", for every {part.per} {part.of.label} ({part.of.at_words})" if part.of else ""
        yield f"| {part.label} | {part.some.label} ({part.some.at_words}){of} |"
    for took in measure.took:
        yield f"| days {took.label} | of {took.counted.label} ({took.counted.at_words}); those that have not come to it are said |"


def words_of(by: str) -> str:
    return BREAKDOWNS[by].label.lower() if by in BREAKDOWNS else by.replace("_", " ")
