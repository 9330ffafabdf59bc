"""Notices, orders and deaths, as the register has them: each figure is the cell of the file, or it is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Unit, User
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Question, Window, ask
from reporting.models import OutsideFigure, OutsideImport
from reporting.models.outside import OutsideFile
from tests.reporting.measures.comparing import agrees
from tests.reporting.measures.generated import NOW
from tests.reporting.measures.test_figures import PLAIN

pytestmark = pytest.mark.django_db
JUNE = Window(date(2026, 6, 1), date(2026, 6, 30))
Cell = tuple[str, str, str, str]  # kind, group, figure, reason
REASONS = ("bail", "charged", "other_order", "no_grounds", "time", "nobody", "not_thought_of", "other")
CODES = {"dvpn": "M29", "dapn": "M29-dapn", "spo": "M29-spo"}


def order(group: str, figure: str, reason: str = "") -> Cell:
    return "orders", group, figure, reason


def death(figure: str) -> Cell:
    return "deaths", "", figure, ""


#: {(measure, part): (its cell, the cell that it is of)}; None: of the crimes recorded, of which this force has none.
BY_HAND: dict[tuple[str, str], tuple[Cell, ...]] = {
    **{
        (code, part): tuple(order(group, figure) for figure in cells)
        for group, code in CODES.items()
        for part, cells in {
            "considered": ("considered",), "authorised": ("authorised", "considered"),
            "not-authorised": ("not_authorised", "considered"),
            "applied": ("applied",), "granted": ("granted", "applied"), "not-granted": ("not_granted", "applied"),
            "breached": ("breached", "granted"), "lapsed": ("lapsed", "issued"), "issued": ("issued",),
        }.items()
    },
    **{
        (f"{code}-why", reason.replace("_", "-")): (order(group, "not_pursued", reason), order(group, "not_pursued"))
        for group, code in CODES.items() for reason in REASONS
    },
    **{("M43", died): (death(died),) for died in ("homicide", "related")},
    **{
        ("M43", f"{died}-{what}"): (death(f"{died}_{what}"), death(died))
        for died in ("homicide", "related") for what in ("known", "reviewed")
    },
}  # fmt: skip
CELLS = sorted({cell for cells in BY_HAND.values() for cell in cells})
GIVEN = st.dictionaries(st.sampled_from(CELLS), st.integers(0, 60), min_size=len(CELLS) // 2)


def bring_in(given_: dict[Cell, int], force: Unit, by: User, other: User) -> None:
    for kind in ("orders", "deaths"):
        file = OutsideFile.objects.create(kind=kind, digest=f"{kind:>064}", content="x")
        run = OutsideImport.objects.create(
            unit=force, recorded_by=by, state="in_force", kind=kind, file=file, source="x", rows=1, decided_by=other,
            decided_at=NOW,
        )  # fmt: skip
        for (of, group, figure, reason), value in given_.items():
            if of == kind:
                OutsideFigure.objects.create(
                    run=run, kind=kind, figure=figure, group=group, reason=reason, begins_on=JUNE.first, unit=force, value=value,
                )  # fmt: skip


@PLAIN
@given(given_=GIVEN)
def test_each_figure_of_the_register_is_its_cell(
    given_: dict[Cell, int], force: Unit, ellen: User, priya: User
) -> None:
    with transaction.atomic():
        bring_in(given_, force, ellen, priya)
        answers = {code: ask(Question(MEASURES[code], JUNE)) for code in {code for code, _ in BY_HAND}}
        for (code, part), cells in BY_HAND.items():
            value = answers[code].value(part)
            known = [given_.get(cell) for cell in cells]
            if None in known:
                assert value.shown == "not brought in", (code, part)
            elif part == "issued":
                assert (value.some, value.whole, value.shown) == (known[0], 0, "n/a")
            else:
                pair: Any = (known[0], known[1] if len(known) > 1 else None)
                assert agrees(value, pair), (code, part, value, pair)
        transaction.set_rollback(True)
