"""The times of Operation Encompass are rows with a day and an authority: a new edition moves no bell that has rung (E.7)."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from safeguarding.models import EncompassTerms, LocalAuthority
from tests.cast import client_of, person, take, text_of
from tests.safeguarding import schools
from workflow.models import Refusal, Refused


@pytest.fixture
def council(hal: User) -> LocalAuthority:
    return schools.authority(hal)


@pytest.fixture
def olga(abuse_unit: Unit) -> User:
    """Answers for domestic abuse in the force."""
    return person("", "8102", "Olga Best", ("da_coordinator", abuse_unit))


def said(**more: Any) -> dict[str, Any]:
    on = timezone.localdate() + timedelta(days=30)
    whole = {
        "valid_from": on.isoformat(), "statutory": "yes", "bell": "08:30", "ring_from": "08:00", "youngest": 5, "grown": 18,
        "authority": "Chief officers, 4 November 2026",
    }  # fmt: skip
    return {**whole, **more}


def test_new_times_hold_from_their_day_and_the_old_ones_before_it(
    council: LocalAuthority, olga: User, ellen: User
) -> None:
    take(council, "terms", olga, **said())
    on = timezone.localdate() + timedelta(days=30)
    assert EncompassTerms.objects.on(on - timedelta(days=1)).bell == time(8)
    later = EncompassTerms.objects.on(on)
    assert (later.bell, later.ring_from, later.youngest, later.statutory) == (time(8, 30), time(8), 5, True)
    page = text_of(client_of(ellen).get("/encompass/"))
    assert "Told before 08:00; somebody rings from 07:30" in page
    assert "before 08:30" in page and "Chief officers, 4 November 2026" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"bell": "25:00"}, "like 07:30"), ({"ring_from": "09:00"}, "before the bell"), ({"authority": ""}, "Say on which"),
     ({"valid_from": "2020-01-01"}, "today or in the future")],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(
    council: LocalAuthority, olga: User, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused) as refusal:
        take(council, "terms", olga, **said(**wrong))
    assert words in str(refusal.value.errors.errors if refusal.value.errors else "")


def test_two_editions_of_one_day_are_refused_and_who_keeps_schools_sets_no_times(
    council: LocalAuthority, olga: User, hal: User
) -> None:
    take(council, "terms", olga, **said())
    with pytest.raises(Refused) as twice:
        take(council, "terms", olga, **said())
    assert "set already" in str(twice.value.errors.errors if twice.value.errors else "")
    with pytest.raises(Refused) as role:
        take(council, "terms", hal, **said(valid_from=timezone.localdate().isoformat()))
    assert role.value.kind is Refusal.ROLE
