"""The quality check of a safety plan: row by row beside the decision, never by whoever wrote it, and what it asks stands there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Posting, User
from cases.models import Incident
from risk.models import QualityCheck, SafetyPlan
from risk.plan_checks import TABLE
from risk.quality import CHECKLISTS, PLAN
from risk.services.checking import SPEAKS_TO
from tests.cast import client_of, take, text_of
from tests.risk import plans
from workflow import engine
from workflow.models import Approval, Refusal, Refused

pytestmark = pytest.mark.django_db
KEY = "safety-plan-check"
ASKED = "Say who watches the school gate."
ENOUGH = {"decision": "safety-plan-approve", "safety-plan-approve-reason": "Each risk has somebody and a day."}
BACK = {"decision": "safety-plan-return", "safety-plan-return-parts": ["actions"], "safety-plan-return-reason": ASKED}


@pytest.fixture
def sent(complete_record: Incident, ellen: User) -> SafetyPlan:
    """Hannah's plan, which waits for Priya."""
    return plans.sent(complete_record.case, ellen)


def decide_url(plan: SafetyPlan) -> str:
    return f"{plan.get_absolute_url()}decide/plan/"


def rows(**said: str) -> dict[str, Any]:
    """Rows of the checklist as the page sends them."""
    return {f"{KEY}-{name}": value for name, value in said.items()}


def press(who: User, plan: SafetyPlan, **said: Any) -> Any:
    """A press on the page of the decision, on the version that stands now."""
    version = plans.fresh(plan).version
    return client_of(who).post(decide_url(plan), {"seen": version, f"seen-{KEY}": version, **said})


def panel(who: User, plan: SafetyPlan) -> str:
    """The checklist on the page of the decision."""
    return text_of(client_of(who).get(decide_url(plan))).split('id="quality"')[1].split("</section>")[0]


def test_the_checklist_is_that_of_the_guidance_row_by_row() -> None:
    assert CHECKLISTS[QualityCheck.Kind.PLAN] is PLAN
    assert [look.code for look in PLAN] == [
        "critical", "smart", "agreed", "marker", "children", "suspect", "review", "night", "immediate",
    ]  # fmt: skip
    assert {SPEAKS_TO.get(check.code, check.code) for check in TABLE} == {look.code for look in PLAN}


@pytest.mark.requirement("S2-014")
def test_a_plan_is_checked_row_by_row_with_the_press_that_approves_it(
    sent: SafetyPlan, ellen: User, priya: User
) -> None:
    said = rows(**plans.PASSED) | rows(smart="advise", smart_words="Say until when he is looked for.")
    assert press(priya, sent, **ENOUGH, **said).status_code == 302
    check = QualityCheck.objects.get()
    assert (check.kind, check.recorded_by, check.officer, check.unit) == ("plan", priya, ellen, sent.case.unit)
    assert (check.passed, check.advised, check.returned, check.score, check.marked) == (8, 1, 0, 89, [])
    assert check.subject == plans.fresh(sent) and plans.fresh(sent).state == SafetyPlan.State.IN_FORCE
    page = text_of(client_of(ellen).get(sent.get_absolute_url()))
    assert "Say until when he is looked for." in page, "advice stands on the plan that is in force"


@pytest.mark.requirement("S2-014")
def test_what_is_returned_stands_on_the_page_of_whoever_wrote_it(sent: SafetyPlan, ellen: User, priya: User) -> None:
    press(priya, sent, **BACK, **rows(children="return", children_words=ASKED, suspect="pass"))
    plan = plans.fresh(sent)
    assert (plan.state, plan.returned_parts) == ("draft", ["actions"])
    page = text_of(client_of(ellen).get(plan.get_absolute_url()))
    mend = page.split('id="to-mend"')[1].split("</section>")[0]
    assert ASKED in mend and "The children are covered" in mend and "PS 4471 Nair" in mend
    assert "Something faces the suspect" not in mend, "what passed is not to be mended"
    plans.act(plan, ellen, "school-told", what="PC Marsh stands at the gate at three.")
    plans.approved(take(plan, "send", ellen, note=""), priya)
    page = text_of(client_of(ellen).get(plan.get_absolute_url()))
    assert 'id="to-mend"' not in page, "once it is approved, what was mended before is asked no more"


@pytest.mark.requirement("S2-014")
def test_nothing_is_passed_in_advance_and_no_plan_is_approved_without_its_check(sent: SafetyPlan, priya: User) -> None:
    """Each row is decided; what is said of half of them, or what a row returns, approves nothing and stays typed."""
    drawn = panel(priya, sent)
    assert " checked>" not in drawn and drawn.count('type="radio"') == 3 * len(PLAN)
    wordy = rows(**{"night": "return", "night_words": "The number rings at his mother's."})
    for said, sentence in (
        ({}, "Look through the quality check of the plan as it stands"),
        (rows(critical="pass", night="pass"), "7 rows of the quality check are not decided"),
        (rows(**plans.PASSED) | wordy, "The quality check returns a row"),
    ):
        pressed = press(priya, sent, **ENOUGH, **said)
        assert pressed.status_code == 422 and sentence in text_of(pressed)
        assert "Each risk has somebody and a day." in text_of(pressed), "what was typed is kept"
        assert not QualityCheck.objects.exists() and plans.fresh(sent).state == SafetyPlan.State.SENT


@pytest.mark.requirement("S2-014")
def test_a_check_counts_for_the_plan_as_it_stood_and_not_for_what_is_sent_again(
    sent: SafetyPlan, ellen: User, priya: User
) -> None:
    take(sent, "check", priya, **plans.PASSED)
    plans.done(sent.actions.get(kind__code="housing"), ellen)
    with pytest.raises(Refused, match="as it stands"):
        take(sent, "approve", priya)
    take(sent, "check", priya, **plans.PASSED)
    take(sent, "return", priya, parts=["actions"], reason=ASKED)
    plans.act(plans.fresh(sent), ellen, "school-told", what="PC Marsh stands at the gate at three.")
    plan = take(sent, "send", ellen, note="")
    with pytest.raises(Refused, match="as it stands"):
        take(plan, "approve", priya)
    assert plans.approved(plan, priya).state == SafetyPlan.State.IN_FORCE


def test_what_the_plan_itself_wants_stands_beside_the_row(sent: SafetyPlan, ellen: User, priya: User) -> None:
    assert "No marker on the address is among the actions" in panel(priya, sent)
    row = next(part for part in panel(priya, sent).split("<fieldset") if "shown to be done" in part)
    assert "is meant, not yet shown to be done" in row


def test_the_check_can_be_kept_before_the_decision_which_then_counts_for_the_version_after_it(
    sent: SafetyPlan, priya: User
) -> None:
    said = rows(critical="pass", marker="advise", marker_words="Ask the control room.")
    pressed = press(priya, sent, beside=KEY, **{**ENOUGH, "safety-plan-approve-reason": "Half a sentence"}, **said)
    assert (pressed.status_code, pressed["Location"]) == (302, decide_url(sent))
    page = text_of(client_of(priya).get(decide_url(sent)))
    assert "Show 1 passed" in page and "Ask the control room." in page and "Half a sentence" in page
    assert plans.fresh(sent).state == "sent"
    whole = rows(**plans.PASSED) | said
    assert press(priya, sent, beside=KEY, **whole).status_code == 302
    assert press(priya, sent, **ENOUGH, **whole).status_code == 302
    assert QualityCheck.objects.count() == 2, "the same said again is the same check"


def test_what_is_no_pass_says_what_is_to_be_better_and_nothing_is_decided(sent: SafetyPlan, priya: User) -> None:
    pressed = press(priya, sent, **ENOUGH, **rows(agreed="return"))
    assert pressed.status_code == 422 and "Say what is to be better" in text_of(pressed)
    assert plans.fresh(sent).state == "sent" and not QualityCheck.objects.exists()
    empty = press(priya, sent, beside=KEY)
    assert empty.status_code == 422 and "Decide at least one row" in text_of(empty)


def test_a_decision_on_an_older_version_is_refused_with_its_check(sent: SafetyPlan, priya: User, tom: User) -> None:
    seen = sent.version
    take(sent, "ask-review", tom, reason="He was let out of custody an hour ago.")
    pressed = press(priya, sent, **{"seen": seen, f"seen-{KEY}": seen}, **ENOUGH, **rows(critical="pass"))
    assert pressed.status_code == 409 and "Nothing was decided" in text_of(pressed)
    newer = plans.fresh(sent).version
    pressed = press(priya, sent, **{"seen": seen, f"seen-{KEY}": newer}, **ENOUGH, **rows(critical="pass"))
    assert pressed.status_code == 409, "the version of the check does not lend itself to the decision"
    assert not QualityCheck.objects.exists() and not Approval.objects.filter(verdict="approved").exists()


def test_after_a_change_the_next_look_begins_with_nothing_passed(sent: SafetyPlan, ellen: User, priya: User) -> None:
    press(priya, sent, **BACK, **rows(children="return", children_words=ASKED, suspect="pass"))
    plan = take(plans.fresh(sent), "send", ellen, note="")
    assert "has changed since" not in panel(priya, plan) and " checked>" in panel(priya, plan), "sent back as it was"
    plan = take(plan, "withdraw", ellen)
    plans.act(plan, ellen, "school-told", what="PC Marsh stands at the gate at three.")
    plan = take(plan, "send", ellen, note="")
    drawn = panel(priya, plan)
    assert "The plan has changed since this check" in drawn and ASKED in drawn and " checked>" not in drawn


def test_what_becomes_of_an_action_is_a_change_too(sent: SafetyPlan, ellen: User, priya: User) -> None:
    press(priya, sent, beside=KEY, **rows(immediate="pass"))
    assert " checked>" in panel(priya, sent)
    plans.done(sent.actions.get(kind__code="locks"), ellen, at=timezone.now() - timedelta(minutes=5))
    assert "The plan has changed since this check" in panel(priya, sent)


def test_nobody_checks_what_they_wrote_not_after_a_change_of_role_either(
    sent: SafetyPlan, ellen: User, nr3: Any
) -> None:
    Posting.objects.create(user=ellen, role="sergeant", unit=nr3, from_at=sent.recorded_at)
    assert f'name="{KEY}-critical"' not in text_of(client_of(ellen).get(decide_url(sent)))
    with pytest.raises(Refused, match="You sent it") as refused:
        engine.perform(plans.fresh(sent), "check", by=ellen, evidence={"critical": "pass"}, seen=sent.version)
    assert refused.value.kind is Refusal.GUARD


def test_only_a_supervisor_checks_and_only_what_waits(sent: SafetyPlan, ellen: User, tom: User, priya: User) -> None:
    said: dict[str, Any] = {"evidence": {"critical": "pass"}, "seen": sent.version}
    with pytest.raises(Refused) as refused:
        engine.perform(plans.fresh(sent), "check", by=tom, **said)
    assert refused.value.kind is Refusal.ROLE
    take(sent, "withdraw", ellen)
    with pytest.raises(Refused) as refused:
        engine.perform(plans.fresh(sent), "check", by=priya, **said)
    assert refused.value.kind is Refusal.STATE


def test_the_check_has_its_place_beside_the_decision_and_no_button_of_its_own(sent: SafetyPlan, priya: User) -> None:
    acts = text_of(client_of(priya).get(sent.get_absolute_url())).split('id="acts"')[1].split("</section>")[0]
    assert "Approve the plan" in acts and "Save the quality check" not in acts
