"""What leaves the force: one to four are never said in any table of a pack, nor what would give them away by subtraction."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from reporting.equality.readers import Sum
from reporting.equality.small import FEWEST, small
from reporting.equality.sums import Kept
from reporting.measures.reckon import Window
from reporting.packs.calendar import windows
from reporting.packs.declare import PACKS, Asking, Row, Told, window_of
from reporting.packs.withheld import NOT_SHOWN, frozen, in_hand, kept_of, rows_of
from tests.reporting.measures.generated import FORCE, NOW, plant
from tests.reporting.packs.packing import figures_of, made, reports
from tests.reporting.test_small_tables import Reader

pytestmark = pytest.mark.django_db
PLAIN = settings(
    max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
KEPT_BACK = [code for code, pack in PACKS.items() if pack.suppressed]


def told_of(code: str, window: Window, force: Unit) -> list[Told]:
    asking = Asking(window, force, timezone.now())
    return [block.read(asking) for block in PACKS[code].blocks]


def attacked(told: list[Told]) -> Kept:
    """A reader of every table takes what is printed from every sum until that says no more: each small number is still any of
    four. (That no search finds it either is proved of the rule itself in `test_small_tables.py`.)
    """
    counts, sums = in_hand(told)
    kept = kept_of(told)
    reader = Reader(counts, sums, kept)
    known = reader.narrowed(reader.knows)
    assert known is not None
    for key, count in counts.items():
        if small(count):
            least, most = known[key]
            assert key in kept and most - least >= FEWEST - 2, (key, count, least, most)
    return kept


@pytest.mark.requirement("S3-129")
@PLAIN
@given(drawn=FORCE)
@pytest.mark.parametrize("code", KEPT_BACK)
def test_no_small_number_of_a_pack_can_be_worked_out(
    code: str, drawn: list[dict[str, Any]], force: Unit, nr3: Unit, nr4: Unit, sr1: Unit, ellen: User
) -> None:
    quarter = windows(PACKS[code], NOW.date())[0]
    close = [{**one, "days": 51 + one["days"] % 90} for one in drawn]
    with transaction.atomic():
        plant(close, [nr3, nr4, sr1], ellen)
        attacked(told_of(code, quarter, force))
        transaction.set_rollback(True)


NUMBERS = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(5, 60))


@PLAIN
@given(months=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=3))
def test_no_small_number_of_a_share_by_month_can_be_worked_out(months: list[tuple[int, int]]) -> None:
    told = Told("A share")
    rows = []
    for place, (some, rest) in enumerate(months):
        told.counts |= {("some", place): some, ("whole", place): some + rest}
        rows.append(Row(f"{place}", ("some", place), ("whole", place)))
    for name in ("some", "whole"):
        parts = tuple((name, place) for place in range(3))
        told.counts[(name, "all")] = sum(told.counts[part] for part in parts)
        told.sums.append(Sum((name, "all"), parts))
    rows.append(Row("all", ("some", "all"), ("whole", "all")))
    told.tables = [("By month", ("Month", "Number", "Of", "Rate"), rows)]
    kept = attacked([told])
    counts, sums = in_hand([told])
    reader = Reader(counts, sums, kept)
    for key, count in counts.items():
        if small(count):
            possible = [guess for guess in range(1, count + FEWEST) if reader.can_be(key, guess)]
            assert possible and possible[-1] - possible[0] >= FEWEST - 2, (key, possible)


def test_a_rate_is_said_only_where_both_its_numbers_are() -> None:
    told = Told("A share", counts={("some",): 3, ("whole",): 40})
    told.tables = [("All", ("What", "Number", "Of", "Rate"), [Row("All", ("some",), ("whole",))])]
    [open_] = frozen([told], suppressed=False)
    assert open_["tables"][0]["rows"] == [["All", "3", "40", "7.5"]]
    [shut] = frozen([told], suppressed=True)
    assert shut["tables"][0]["rows"][0][1] != "3" and shut["tables"][0]["rows"][0][3] == NOT_SHOWN


def test_one_number_under_one_key_is_hidden_in_every_table_or_in_none() -> None:
    one, other = Told("One", counts={("a",): 7}), Told("Other", counts={("a",): 8})
    with pytest.raises(ValueError, match="is two numbers"):
        frozen([one, other], suppressed=True)


def test_no_chart_is_drawn_of_what_is_kept_back_and_none_reaches_beyond_the_quarter(
    ari: User, nr3: Unit, ellen: User, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    reports(3, nr3, ellen, days=80)
    for code in KEPT_BACK:
        kept = figures_of(made(code, ari)).blocks
        assert all(one["chart"] == {} for one in kept), code
        words = str(kept)
        assert "June 2026" not in words and "October 2026" not in words


def test_each_number_that_counts_nobody_twice_is_said_to_add_up(force: Unit, nr3: Unit, ellen: User) -> None:
    reports(3, nr3, ellen, days=80)
    told = told_of("partners", window_of(PACKS["partners"], NOW.date().replace(month=7, day=1)), force)
    _, sums = in_hand(told)
    totals = {row.total for row in sums}
    for one in told:
        for caption, _, rows in one.tables:
            if len(rows) > 1:
                assert rows[-1].some in totals, (one.title, caption)
    assert sum(len(rows_of(one)) for one in told) > 20
