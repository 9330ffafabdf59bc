"""Telling at once, in danger, before a forum sits; and the forum’s word on it afterwards (A15)."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Unit, User
from dvds.models import Application, Ratification, Telling, TestAnswer
from tests.cast import take
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.forum import NOTHING, WHY, before, fresh, plan, referred, told_nothing, told_said, unsafe, visit
from workflow.models import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_danger(disclosure_unit: Unit, perry: User) -> Application:
    """Being checked, a plan in force, and somebody said to be unsafe."""
    application = consideration(disclosure_unit, perry, "checks")
    plan(application, perry)
    unsafe(application, perry)
    return application


def at_once(**said: Any) -> dict[str, Any]:
    words = told_said()
    del words["to_chosen"]
    return {
        **words, "why_now": "He is on his way to her with a weapon.", "t1_reason": WHY, "t2_reason": WHY, "t3_reason": WHY,
        "recipients": ["at_risk"], "at_risk_why": "She is alone with him tonight.", "promise": "signed", **said,
    }  # fmt: skip


def test_a_supervising_officer_tells_at_once_and_the_state_stays(in_danger: Application, maya: User) -> None:
    take(in_danger, "tell-in-danger", maya, **at_once())
    telling, application = Telling.objects.get(application=in_danger), fresh(in_danger)
    assert telling.emergency and telling.outcome == "emergency" and telling.text and telling.safety_plan
    assert application.state == "checks" and application.told_at == telling.at
    assert set(TestAnswer.objects.filter(application=in_danger, stage="urgent").values_list("test", flat=True)) == {
        "T1",
        "T2",
        "T3",
    }
    assert Ratification.objects.filter(application=in_danger, ratified_at__isnull=True).count() == 1


@pytest.mark.parametrize(
    "gap", ["t1_reason", "t2_reason", "t3_reason", "text", "why_now", "recipients", "promise", "nothing_left"]
)
def test_danger_excuses_nothing_of_what_is_kept(gap: str, in_danger: Application, maya: User) -> None:
    with pytest.raises(Refused) as refused:
        take(in_danger, "tell-in-danger", maya, **at_once(**{gap: ""}))
    assert gap in refused.value.errors.errors and not Telling.objects.exists()


def test_it_is_for_danger_alone_with_a_plan_and_not_for_every_officer(
    in_danger: Application, disclosure_unit: Unit, perry: User, maya: User
) -> None:
    with pytest.raises(Refused, match="Your role may not"):
        take(in_danger, "tell-in-danger", perry, **at_once())
    calm = consideration(disclosure_unit, perry, "checks", at_risk="Ida Moss")
    plan(calm, perry)
    with pytest.raises(Refused, match="Say first that somebody is unsafe"):
        take(calm, "tell-in-danger", maya, **at_once())
    bare = consideration(disclosure_unit, perry, "checks", at_risk="Ann Low")
    unsafe(bare, perry)
    with pytest.raises(Refused, match="No safety plan"):
        take(bare, "tell-in-danger", maya, **at_once())


def test_a_promise_refused_in_danger_is_reconsidered_in_the_same_breath(in_danger: Application, maya: User) -> None:
    take(in_danger, "tell-in-danger", maya, **at_once(promise="refused", refused_because="No time, she said."))
    telling = Telling.objects.get(application=in_danger)
    assert (telling.undertaking, telling.reconsidered, telling.reconsidered_by) == ("refused", "tell", maya)


def test_the_next_forum_ratifies_it_and_without_that_nothing_is_closed(
    in_danger: Application, hal: User, inez: User, perry: User, maya: User
) -> None:
    take(in_danger, "tell-in-danger", maya, **at_once())
    with pytest.raises(Refused):
        take(in_danger, "ratify", inez, ratified="yes", words="It saved her.")  # not named on the case yet
    before(in_danger, hal, inez, perry)
    take(in_danger, "ratify", inez, ratified="no", words="A call to her sister would have done.")
    row = Ratification.objects.get(application=in_danger)
    assert (row.ratified, row.words) == ("no", "A call to her sister would have done.") and row.ratified_at
    with pytest.raises(Refused, match="does not apply"):
        take(in_danger, "ratify", inez, ratified="yes", words="Agreed after all.")


def test_to_whom_something_was_told_it_is_not_said_that_there_is_nothing(
    disclosure_unit: Unit, hal: User, inez: User, perry: User, maya: User
) -> None:
    application = referred(disclosure_unit, perry)
    unsafe(application, perry)
    take(application, "tell-in-danger", maya, **at_once())
    take(application, "safe", perry, answer="He is in custody, she is at her sister’s.")
    told_nothing(application, hal, inez, perry)
    assert fresh(application).outcome == "emergency", "what was told stays told"
    with pytest.raises(Refused, match="told something in danger"):
        take(application, "inform", perry, **visit(**NOTHING))
    take(application, "conclude-uninformed", maya, reason="She was told in danger, before the forum sat.")
    assert fresh(application).state == "concluding"
