"""A decision is read again by somebody who had no part in it; the same month draws the same (H2, H3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models import Task
from dvds.models import Application, Outcome, SecondLook
from dvds.services.outliers import compared
from dvds.services.sample import TOLD, draw, draw_if_due, drawn_of, last_month, seed_of
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from workflow.models import Refusal, Refused

S = Application.State
READ: dict[str, Any] = {"searches_whole": "yes", "reasons_given": "yes", "words": "Every source, every spelling."}
CODES = st.sampled_from([Outcome.DISCLOSED.value, Outcome.NOTHING_HELD.value, Outcome.WITHDRAWN.value])


def ended(unit: Unit, by: User, outcome: str = "nothing_held", **columns: Any) -> Application:
    """One that came to its end last month."""
    when = timezone.now().replace(day=1) - timedelta(days=3)
    said = {"outcome": outcome, "ended_at": when, "days_ago": 40, **columns}
    return consideration(unit, by, S.CLOSED, intelligence_ref="INT-1", **said)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(CODES, min_size=1, max_size=30), st.integers(1, 8))
def test_the_same_seed_draws_the_same_and_half_of_what_was_not_told(codes: list[str], size: int) -> None:
    rows = list(enumerate(codes, 1))
    seed = seed_of(date(2026, 11, 1))
    drawn = drawn_of(rows, seed, size)
    assert drawn == drawn_of(list(reversed(rows)), seed, size) and len(set(drawn)) == min(size, len(rows))
    untold = [pk for pk, code in rows if code not in TOLD]
    assert len(set(drawn) & set(untold)) >= min(len(untold), -(-size // 2))
    assert len(rows) < 12 or drawn != drawn_of(rows, "another seed", size) or size >= len(rows)


@pytest.mark.django_db
def test_last_months_decisions_are_drawn_once(disclosure_unit: Unit, perry: User) -> None:
    for _ in range(5):
        ended(disclosure_unit, perry)
    now = timezone.now()
    drawn = draw_if_due(now)
    assert len(drawn) == 3 and draw_if_due(now) == []
    assert {look.drawn_for for look in drawn} == {last_month(now)}
    first = {look.application_id for look in drawn}
    assert draw(last_month(now), now) == [] and {row.application_id for row in SecondLook.objects.all()} == first


@pytest.mark.django_db
def test_what_went_on_elsewhere_is_not_drawn(disclosure_unit: Unit, perry: User) -> None:
    ended(disclosure_unit, perry, "merged")
    ended(disclosure_unit, perry, "transferred")
    assert draw_if_due(timezone.now()) == []


@pytest.fixture
def look(disclosure_unit: Unit, perry: User) -> SecondLook:
    """One drawn, on whose case Perry acted."""
    one = ended(disclosure_unit, perry)
    take(one, "warn", perry, what="A dog in the yard.")
    (drawn,) = draw_if_due(timezone.now())
    return drawn


@pytest.mark.django_db
def test_nobody_reads_again_what_they_worked_on(look: SecondLook, perry: User, wren: User) -> None:
    with pytest.raises(Refused, match="You worked on it") as refused:
        take(look, "sound", perry, **READ)
    assert refused.value.kind is Refusal.GUARD
    done = take(look, "sound", wren, **READ)
    assert (done.state, done.looked_by) == ("sound", wren)


@pytest.mark.django_db
def test_what_is_not_sound_is_put_right(look: SecondLook, maya: User) -> None:
    with pytest.raises(Refused, match="You said No"):
        take(look, "sound", maya, **{**READ, "searches_whole": "no"})
    with pytest.raises(Refused) as refused:
        take(look, "concern", maya, searches_whole="no", reasons_given="yes")
    assert refused.value.kind is Refusal.FORM
    done = take(look, "concern", maya, **{**READ, "searches_whole": "no"})
    assert done.state == "concern"
    assert Task.objects.get(case=look.case, kind="second_look").owed_by == "disclosure_supervisor"


@pytest.mark.django_db
def test_the_figures_of_a_worker_are_shown_beside_the_units(
    disclosure_unit: Unit, perry: User, wren: User, maya: User
) -> None:
    for _ in range(5):
        ended(disclosure_unit, perry)
        ended(disclosure_unit, wren, "disclosed", told_at=timezone.now() - timedelta(days=30))
    unit, (one, two) = compared(maya, timezone.now())
    assert (unit.ended, unit.told, unit.nothing) == (10, 50, 50)
    assert {one.told, two.told} == {0, 100} and one.unlike and two.unlike
    said = text_of(client_of(maya).get("/looking-back/second-look/"))
    assert "Told in 0 of 100, the unit in 50" in said and "H3" in said


@pytest.mark.django_db
def test_nobody_is_compared_on_fewer_than_the_least_number(disclosure_unit: Unit, perry: User, maya: User) -> None:
    ended(disclosure_unit, perry)
    _unit, (one,) = compared(maya, timezone.now())
    assert one.unlike == ()


@pytest.mark.django_db
def test_the_page_is_the_supervisors_alone(look: SecondLook, maya: User, perry: User, ellen: User) -> None:
    assert look.case.reference in text_of(client_of(maya).get("/looking-back/second-look/"))
    for user in (perry, ellen):
        assert client_of(user).get("/looking-back/second-look/").status_code == 404
