"""Why it is late, who works it, exceptional circumstances: each is said, and no date moves for any of it (C, 7; H1, H4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from dvds.models import Application, Delay, Exceptional
from dvds.services import limits
from dvds.services.late import late_and_said, spans_of
from tests.cast import take
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.clocked import clock, opened_at
from workflow.models import Refusal, Refused

S = Application.State
DAY = timedelta(days=1)
WORDS = "Adult social care has not answered; asked again on Monday."
SAFE = "Her IDVA rings each evening; the panic alarm is in her bag."


@pytest.fixture
def late_one(disclosure_unit: Unit, perry: User) -> Application:
    """First heard of thirty days ago, still in its checks: every limit that runs is missed."""
    found = consideration(disclosure_unit, perry, "checks", days_ago=30)
    return opened_at(found, found.first_contact_at, perry)


@pytest.fixture
def fresh(disclosure_unit: Unit, perry: User) -> Application:
    found = consideration(disclosure_unit, perry, "checks", days_ago=0.1)
    return opened_at(found, found.first_contact_at, perry)


def why(policy: str = limits.CHECKS, **said: Any) -> dict[str, Any]:
    return {"policy": policy, "why": "agency", "words": WORDS, **said}


def test_a_delay_has_its_reason_and_moves_no_date(fresh: Application, perry: User) -> None:
    before = {policy: clock(fresh, policy).due_at for policy in (limits.CHECKS, limits.MEETING, limits.OVERALL)}
    take(fresh, "delay", perry, **why(limits.MEETING))
    delay = Delay.objects.get(application=fresh)
    assert (delay.policy, delay.why, delay.words, delay.holding_plan) == (limits.MEETING, "agency", WORDS, "")
    assert before == {policy: clock(fresh, policy).due_at for policy in before}


def test_once_a_limit_is_missed_what_keeps_her_safe_meanwhile_must_be_said(late_one: Application, perry: User) -> None:
    with pytest.raises(Refused) as refused:
        take(late_one, "delay", perry, **why())
    assert "holding_plan" in refused.value.errors.errors
    take(late_one, "delay", perry, **why(holding_plan=SAFE))
    assert Delay.objects.get(application=late_one).holding_plan == SAFE


def test_a_reason_is_said_of_a_limit_that_runs_and_of_no_other(fresh: Application, perry: User) -> None:
    for policy in (limits.REPORTED, "record-sent", ""):
        with pytest.raises(Refused) as refused:
            take(fresh, "delay", perry, **why(policy))
        assert refused.value.kind is Refusal.FORM


def test_nobody_ends_quietly_what_came_late(late_one: Application, perry: User) -> None:
    assert "3 limits were missed" in late_and_said(late_one, perry)
    for policy in (limits.CHECKS, limits.MEETING, limits.OVERALL):
        take(late_one, "delay", perry, **why(policy, holding_plan=SAFE))
    assert late_and_said(late_one, perry) == ""


def test_whoever_is_given_it_owes_what_it_owes(fresh: Application, maya: User, wren: User) -> None:
    take(fresh, "allocate", maya, person="8503")
    assert fresh.case.holder_of("investigation") == wren.pk
    assert clock(fresh, limits.CHECKS).holder == wren


def test_it_is_given_to_nobody_who_works_no_considerations(fresh: Application, maya: User, ellen: User) -> None:
    with pytest.raises(Refused) as refused:
        take(fresh, "allocate", maya, person=ellen.collar_number)
    assert refused.value.kind is Refusal.GUARD
    assert fresh.case.holder_of("investigation") is None


def asked(application: Application, by: User, **said: Any) -> Exceptional:
    today = timezone.localdate()
    spans = {"from_on": (today - 5 * DAY).isoformat(), "to_on": (today - 2 * DAY).isoformat()}
    words = {"words": "The whole town was without power and telephones for four days."}
    made: Exceptional = take(Exceptional(case=application.case), "ask", by, **{**spans, **words, **said})
    return made


def test_exceptional_circumstances_are_authorised_by_somebody_else_and_move_no_date(
    late_one: Application, perry: User, maya: User
) -> None:
    due_at = clock(late_one, limits.OVERALL).due_at
    one = asked(late_one, perry)
    assert spans_of(late_one) == []
    take(one, "authorise", maya, reason="The outage is on record with the force.")
    assert len(spans_of(late_one)) == 1
    assert clock(late_one, limits.OVERALL).due_at == due_at


def test_a_supervisor_does_not_authorise_what_they_asked_for(late_one: Application, maya: User) -> None:
    one = asked(late_one, maya)
    with pytest.raises(Refused) as refused:
        take(one, "authorise", maya, reason="I know best about this one.")
    assert refused.value.kind is Refusal.GUARD


@pytest.mark.parametrize(("first", "last"), [(-60, -50), (-2, -5)])
def test_days_before_anybody_had_heard_of_it_and_days_in_the_wrong_order_are_refused(
    late_one: Application, perry: User, first: int, last: int
) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused):
        asked(
            late_one,
            perry,
            from_on=(today + first * DAY).isoformat(),
            to_on=(today + last * DAY).isoformat(),
        )
