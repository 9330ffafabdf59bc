"""Deadlines as the engine keeps them: what a second start does, what repeats, what a setting changes and from when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.models import Posting, User
from cases.models import Case
from workflow import engine, policies
from workflow.clock import LONDON, hours, working_days
from workflow.models import Deadline, DueChange, PolicySetting
from workflow.policies import HOLDER, Again, Policy, Rung

LADDER = (Rung(-4, HOLDER), Rung(0, "sergeant"), Rung(4, "inspector"))
NIGHT = datetime(2026, 8, 24, 2, 0, tzinfo=LONDON)

LOOK = Policy(
    "look-again", "Look again", starts=frozenset({"case.warn"}), stops=frozenset({"case.safeguard"}), within=hours(24),
    ladder=LADDER, authority="The force",
)  # fmt: skip

Declare = Callable[[Policy], Policy]


@pytest.fixture
def clock(monkeypatch: Any) -> Declare:
    """A policy in the table for one test."""

    def declared(policy: Policy) -> Policy:
        monkeypatch.setitem(policies.POLICIES, policy.name, policy)
        return policy

    return declared


def warn(case: Case, by: User, at: datetime = NIGHT) -> None:
    engine.perform(case, "warn", by=by, evidence={"what": "Dog loose in the yard."}, at=at)


def safeguard(case: Case, by: User, at: datetime) -> None:
    said = {"what": "Locks were changed today.", "done_at": NIGHT.isoformat()}
    engine.perform(case, "safeguard", by=by, evidence=said, at=at)


def rows() -> list[Deadline]:
    return list(Deadline.objects.filter(policy="look-again").order_by("pk"))


@pytest.fixture
def case(hannahs_case: Case) -> Case:
    """Hannah's case, with everybody in post long before the night of these tests."""
    Posting.objects.update(from_at=NIGHT - timedelta(days=400))
    return hannahs_case


def test_a_deadline_is_owed_by_whoever_holds_the_case_and_knows_when_an_inspector_is_told(
    case: Case, ellen: User, clock: Declare
) -> None:
    clock(LOOK)
    warn(case, ellen)
    [deadline] = rows()
    due = NIGHT + timedelta(hours=24)
    assert (deadline.due_at, deadline.holder, deadline.unit) == (due, ellen, case.unit)
    assert (deadline.next_rung_at, deadline.critical_at) == (due - timedelta(hours=4), due + timedelta(hours=4))


@pytest.mark.parametrize(
    ("again", "expected"),
    [(Again.KEEP_EARLIEST, [24]), (Again.RESTART, [27]), (Again.ANOTHER, [24, 27])],
)
def test_a_second_start_does_what_the_policy_says(
    case: Case, ellen: User, clock: Declare, again: Again, expected: list[int]
) -> None:
    clock(replace(LOOK, again=again))
    warn(case, ellen)
    warn(case, ellen, NIGHT + timedelta(hours=3))
    assert [(row.due_at - NIGHT) / timedelta(hours=1) for row in rows()] == expected


def test_what_repeats_starts_again_from_when_it_was_done(case: Case, ellen: User, clock: Declare) -> None:
    clock(replace(LOOK, repeats=True))
    warn(case, ellen)
    safeguard(case, ellen, NIGHT + timedelta(hours=2))
    first, second = rows()
    assert first.met and not first.is_open
    assert second.due_at == NIGHT + timedelta(hours=26)


def test_done_in_time_but_recorded_late_is_met(case: Case, ellen: User, clock: Declare) -> None:
    clock(replace(LOOK, until=lambda record: NIGHT + timedelta(hours=1)))
    warn(case, ellen)
    safeguard(case, ellen, NIGHT + timedelta(hours=30))
    [deadline] = rows()
    assert deadline.met
    assert deadline.stopped_by_event is not None
    assert deadline.stopped_by_event.recorded_at > deadline.due_at


def test_a_setting_counts_from_its_day_and_an_open_deadline_keeps_what_it_began_with(
    case: Case, ellen: User, clock: Declare
) -> None:
    clock(replace(LOOK, again=Again.ANOTHER))
    PolicySetting.objects.create(
        policy="look-again", valid_from=NIGHT.date() + timedelta(days=1), within=str(working_days(2)), unit=case.unit,
        authority="Force order 14", state=PolicySetting.State.APPROVED, recorded_by=ellen,
    )  # fmt: skip
    warn(case, ellen)
    warn(case, ellen, NIGHT + timedelta(days=1))
    before, after = rows()
    assert (before.length, before.setting) == ("hours:24", None)
    assert after.length == "working-days:2"
    assert after.due_at.astimezone(LONDON).isoformat() == "2026-08-27T23:59:59+01:00"


def test_a_setting_that_is_only_proposed_changes_nothing(case: Case, ellen: User, clock: Declare) -> None:
    clock(LOOK)
    PolicySetting.objects.create(
        policy="look-again", valid_from=NIGHT.date(), within="hours:1", unit=case.unit, authority="Force order 14",
        state=PolicySetting.State.PROPOSED, recorded_by=ellen,
    )  # fmt: skip
    warn(case, ellen)
    assert rows()[0].length == "hours:24"


def test_deadlines_follow_the_case_to_its_new_holder(
    case: Case, ellen: User, tom: User, priya: User, clock: Declare
) -> None:
    clock(LOOK)
    warn(case, ellen)
    fresh = Case.objects.get(pk=case.pk)
    said = {"part": "investigation", "person": "2208", "reason": "Ellen goes off duty now."}
    engine.perform(fresh, "hold", by=priya, evidence=said, seen=fresh.version)
    assert rows()[0].holder == tom


def test_every_date_a_deadline_has_had_is_kept_with_why(case: Case, ellen: User, clock: Declare) -> None:
    clock(replace(LOOK, again=Again.RESTART))
    warn(case, ellen)
    warn(case, ellen, NIGHT + timedelta(hours=3))
    kept = DueChange.objects.filter(deadline=rows()[0]).order_by("pk").values_list("why", flat=True)
    assert list(kept) == ["First set", "It started again"]


def test_an_event_that_drops_it_is_neither_met_nor_missed(case: Case, ellen: User, clock: Declare) -> None:
    clock(replace(LOOK, stops=frozenset(), drops=frozenset({"case.safeguard"})))
    warn(case, ellen)
    safeguard(case, ellen, NIGHT + timedelta(hours=30))
    [deadline] = rows()
    assert (deadline.is_open, deadline.met, deadline.dropped_because) == (False, False, "Safeguarding recorded")


@pytest.mark.parametrize(
    "fault",
    [
        {"ladder": ()},
        {"within": {"high": hours(1)}},
        {"ladder": (Rung(0, "king"),)},
        {"starts": frozenset({"case.fly"})},
    ],
)
def test_a_policy_with_a_fault_stops_the_program(fault: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured):
        policies.declare(replace(LOOK, name="faulty", **fault))
    assert "faulty" not in policies.POLICIES


def test_overdue_is_asked_of_the_moment_and_nothing_has_to_run(case: Case, ellen: User, clock: Declare) -> None:
    clock(LOOK)
    warn(case, ellen)
    assert not Deadline.objects.overdue(NIGHT + timedelta(hours=23)).filter(policy="look-again").exists()
    assert Deadline.objects.overdue(NIGHT + timedelta(days=8)).filter(policy="look-again").exists()
