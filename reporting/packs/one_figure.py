"""The paper of one page of the explorer: its question stands in the address, and in the snapshot as the address says it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from accounts.models import Unit
from reporting.measures.breakdowns import of_named
from reporting.measures.declare import MEASURES, Measure
from reporting.measures.reckon import NotOffered, Question, Window
from reporting.packs.beside import quality_box
from reporting.packs.blocks import figure_of, groups_of, made_by
from reporting.packs.declare import Asking, Block, Told

THEME = "Figure"
OF_OFFICERS = "Figures of single officers are not put on paper. Choose another breakdown, or none."
NO_PART = "That measure has no such figure. Choose one of those offered."
NO_FIGURE = "There is no figure of this measure yet, so there is nothing to print."


def question_of(measure: Measure, part: str, by: str, window: Window, unit: Unit) -> str:
    """What is kept of a page: the measure, and of its figures and groups what was chosen. Raises NotOffered for what cannot be
    answered, or is not put on paper.
    """
    if measure.lacks:
        raise NotOffered(NO_FIGURE)
    if of_named(by):
        raise NotOffered(OF_OFFICERS)
    if part and part not in {one.code for one in measure.parts}:
        raise NotOffered(NO_PART)
    Question(measure, window, by, unit)
    said = {name: value for name, value in (("part", part), ("by", by)) if value}
    return f"{measure.code}?{urlencode(said)}" if said else measure.code


def chosen(of: str) -> tuple[str, str, str]:
    """(measure, part, breakdown)"""
    code, _, query = of.partition("?")
    said = dict(parse_qsl(query))
    return code, said.get("part", ""), said.get("by", "")


def read(asking: Asking) -> Told:
    code, part, by = chosen(asking.of)
    if by:
        return groups_of(code, [by], part, asking)
    return figure_of(code, part, asking, len(asking.window.months()))


def blocks_of(of: str) -> tuple[Block, ...]:
    code, _, _ = chosen(of)
    return (
        Block("figure", THEME, read, lambda: f"{of}\n{made_by(code)}", code),
        Block("data-quality", THEME, quality_box, lambda: ""),
    )


def title_of(of: str) -> str:
    """M06 Arrest rate; the code alone where there is no such measure any longer."""
    code = chosen(of)[0]
    return MEASURES[code].called if code in MEASURES else code
