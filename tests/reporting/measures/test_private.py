"""Small numbers that nobody reads: hidden, and given back by no subtraction within an answer or between two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models.marker import SetMarker
from reporting.measures.declare import MEASURES
from reporting.measures.private import kept_back
from reporting.measures.reckon import Question, Value, Window, ask
from tests.cast import client_of, text_of
from tests.reporting.measures.generated import plant
from tests.reporting.measures.test_gaps import SAID

MONTHS = [date(2023 + nth // 12, nth % 12 + 1, 1) for nth in range(24)]
LINE = st.integers(0, 20).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
LINES = st.lists(LINE, min_size=1, max_size=24)


def by_month(lines: list[tuple[int, int]]) -> dict[tuple[date | None, str], Value]:
    found: dict[tuple[date | None, str], Value] = {
        (month, ""): Value(*line) for month, line in zip(MONTHS, lines, strict=False)
    }
    return found | whole_of(lines)


def whole_of(lines: list[tuple[int, int]]) -> dict[tuple[date | None, str], Value]:
    return {(None, ""): Value(sum(some for some, _ in lines), sum(whole for _, whole in lines))}


def by_group(lines: list[tuple[int, int]]) -> dict[tuple[date | None, str], Value]:
    return {(None, f"group {nth}"): Value(*line) for nth, line in enumerate(lines)}


@settings(max_examples=150, derandomize=True, deadline=None)
@given(lines=LINES)
def test_no_small_number_is_printed_and_none_is_what_is_left_of_the_others(lines: list[tuple[int, int]]) -> None:
    """Whoever has the months, the groups and the figure of the whole window in hand finds no number of one to four."""
    alone = kept_back(whole_of(lines))[None, ""]
    for shown, total in ((kept_back(by_month(lines)), True), (kept_back(by_group(lines)), False)):
        if total:
            assert shown[None, ""] == alone  # the same in every answer
        parts = [value for key, value in shown.items() if not total or key[0]]
        for value in (*parts, alone):
            if not value.lacking:
                assert not {value.some, value.whole, (value.whole or 0) - value.some} & {1, 2, 3, 4}
        for known, of in (("some", "lacking"), ("whole", "whole")):
            hidden = [value for value in parts if value.lacking and (known == "some" or not value.whole)]
            wholes = sum(value.whole or 0 for value in parts)
            if not alone.lacking and known == "some":
                left = alone.some - sum(value.some for value in parts if not value.lacking)
                assert len(hidden) != 1 or left not in (1, 2, 3, 4), of
            if not alone.lacking and known == "whole" and len(hidden) == 1:
                assert (alone.whole or 0) - wholes not in (1, 2, 3, 4)


@pytest.mark.django_db
def test_police_suspects_are_not_found_by_taking_the_others_from_all(nr3: Unit, ellen: User, ari: User) -> None:
    crime = {"cancelled": False, "struck": False, "hours": 1, "named": True, "outcomes": []}
    plant([SAID | {"victim": 1, "crimes": [crime], "police": nth < 3} for nth in range(9)], [nr3], ellen)
    assert SetMarker.objects.filter(code="police_suspect").count() == 3
    answer = ask(Question(MEASURES["M46"], Window(date(2026, 11, 1), date(2026, 11, 30)), monthly=True))
    assert answer.value("police").shown == "fewer than 5" and answer.value("all").whole == 9
    assert not {part.label for part in MEASURES["M46"].parts if "other" in part.label.lower()}
    page = text_of(client_of(ari).get("/figures/m46/?from=2026-11&to=2026-11"))
    assert "fewer than 5" in page and "One to four are hidden from everybody" in page
    file = client_of(ari).get("/figures/m46/file/csv/?from=2026-11&to=2026-11").content.decode()
    assert "fewer than 5" in file and ",3," not in file
