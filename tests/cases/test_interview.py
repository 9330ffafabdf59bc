"""An interview is planned, the plan approved by a supervisor, held, and its summary checked by another (S3-104)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Incident, Interview
from reporting.paper.case_file import read_case
from tests import factories
from tests.cases.recording import words
from tests.cast import client_of, shut_out, take
from workflow import engine
from workflow.models import Deadline, Refused

PLAN = {
    "aims": "What happened on the stairs, and before.", "topics": "The relationship. Money. The night.",
    "to_prove": "Intent to restrict breathing; self-defence is expected.", "needs": "None.", "who": "PC Marsh; his solicitor.",
}  # fmt: skip
SUMMARY = "He says that he held her by the coat. He did not answer who had the key."


@pytest.fixture
def incident(ellen: User) -> Incident:
    return factories.suspected(ellen)


def held(**more: Any) -> dict[str, Any]:
    said = {"summary": SUMMARY, "kept_where": "INT/26/0091", "follow_up": "Ask the locksmith."}
    return {"held_at": timezone.now().isoformat(), **said, **more}


def begun(incident: Incident, by: User) -> Interview:
    row = incident.people("suspect").get()
    plan: Interview = take(Interview(case=incident.case), "begin", by, involvement=str(row.pk), kind="suspect")
    return plan


def planned(incident: Incident, by: User, sergeant: User) -> Interview:
    plan = engine.amend(begun(incident, by), PLAN, by=by, seen=1)
    approved: Interview = take(take(plan, "send-plan", by, note=""), "approve-plan", sergeant)
    return approved


@pytest.mark.requirement("S3-104")
def test_a_plan_and_a_summary_are_each_approved_by_a_supervisor_with_a_clock(
    incident: Incident, ellen: User, priya: User
) -> None:
    plan = begun(incident, ellen)
    with pytest.raises(Refused, match="still missing"):
        take(plan, "send-plan", ellen, note="")
    plan = take(
        engine.amend(Interview.objects.get(pk=plan.pk), PLAN, by=ellen, seen=plan.version), "send-plan", ellen, note=""
    )
    assert Deadline.objects.open().get(policy="interview-plan-decided").subject_id == plan.pk
    assert PLAN["to_prove"] in words(client_of(priya).get(f"/work/interview/{plan.pk}/decide/plan/"))
    plan = take(plan, "return-plan", priya, reason="Say what you put to him of the key.")
    plan = take(take(plan, "send-plan", ellen, note=""), "approve-plan", priya)
    plan = take(plan, "hold", ellen, **held())
    assert (plan.state, plan.summary) == ("summary_sent", SUMMARY)
    assert Deadline.objects.open().get(policy="interview-summary-checked").subject_id == plan.pk
    page = words(client_of(priya).get(f"/work/interview/{plan.pk}/decide/summary/"))
    assert SUMMARY in page and "Ask the locksmith." in page and PLAN["topics"] in page
    plan = take(plan, "check-summary", priya)
    assert plan.state == "checked" and not Deadline.objects.open().filter(policy__startswith="interview").exists()
    shown = words(client_of(ellen).get(f"{incident.case.get_absolute_url()}?panel=interviews"))
    assert "Daniel Reeve" in shown and SUMMARY in shown and "Summary checked" in shown
    [rows] = [
        rows for panel, rows in read_case(incident.case, ellen, timezone.now()).panels if panel.name == "interviews"
    ]
    assert [one.interview.pk for one in rows] == [plan.pk]


@pytest.mark.requirement("S3-104")
def test_nobody_approves_their_own_plan_or_summary(incident: Incident, priya: User, ellen: User) -> None:
    plan = engine.amend(begun(incident, priya), PLAN, by=priya, seen=1)
    plan = take(plan, "send-plan", priya, note="")
    with pytest.raises(Refused, match="somebody else must decide"):
        take(plan, "approve-plan", priya)
    other = planned(incident, ellen, priya)
    other = take(other, "hold", priya, **held())
    with pytest.raises(Refused, match="somebody else must decide"):
        take(other, "check-summary", priya)


def test_a_summary_returned_is_written_again_over_what_was_there(incident: Incident, ellen: User, priya: User) -> None:
    plan = take(planned(incident, ellen, priya), "hold", ellen, **held())
    plan = take(plan, "return-summary", priya, reason="Say what he admitted.")
    assert plan.state == "planned" and plan.summary == SUMMARY
    assert SUMMARY in client_of(ellen).get(f"/work/interview/{plan.pk}/hold/").content.decode()
    assert take(plan, "hold", ellen, **held(summary=SUMMARY + " He admits the key.")).state == "summary_sent"


def test_an_interview_that_is_not_held_says_why_and_a_case_is_not_closed_over_one(
    incident: Incident, ellen: User, priya: User, victor: User
) -> None:
    plan = planned(incident, ellen, priya)
    with pytest.raises(Refused, match="not finished"):
        take(incident.case, "close", priya)
    done = take(plan, "call-off", ellen, reason="He was sectioned this morning; the doctor says not before May.")
    assert done.state == "called_off" and "sectioned" in done.follow_up
    shut_out(incident.case, victor, priya)
    assert client_of(victor).get(f"/work/interview/{plan.pk}/").status_code == 404


def test_only_people_of_the_case_are_interviewed(incident: Incident, ellen: User) -> None:
    other = factories.suspected(ellen).people("suspect").get()
    with pytest.raises(Refused):
        take(Interview(case=incident.case), "begin", ellen, involvement=str(other.pk), kind="suspect")
