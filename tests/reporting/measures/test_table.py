"""The table of measures: every row says what it is, and can be asked in every way that it offers."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Unit
from reporting.measures.declare import MEASURES, Measure
from reporting.measures.reckon import Question, Window, ask

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
WITH_FIGURES = [measure for measure in MEASURES.values() if measure.parts]
WAYS = [(measure, by) for measure in WITH_FIGURES for by in ("", *measure.by)]


@pytest.mark.django_db
@pytest.mark.parametrize(("measure", "by"), WAYS, ids=lambda value: getattr(value, "code", value) or "whole")
def test_a_measure_is_answered_in_every_way_it_offers(measure: Measure, by: str, nr3: Unit) -> None:
    for unit in (None, nr3):
        answer = ask(Question(measure, YEAR, by, unit, monthly=True))
        assert set(answer.values) == {part.code for part in measure.parts}
