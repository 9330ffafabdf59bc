"""Where a safety plan is seen: its page, the case, the printed file, the brief, two lists; and the words it begins from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Incident
from cases.services.brief_lines import Scene
from risk.models import PlanActionKind, PlanInput, PlanShare, SafetyPlan
from risk.panels_of_plans import plans_of, works_in_brief
from risk.services.plans import is_child_to_parent
from tests import factories
from tests.cast import client_of, involve, shut_out, take, text_of
from tests.reporting.conftest import case_file_of, words_of
from tests.risk import plans
from workflow import engine
from workflow.models import Refused


@pytest.fixture
def plan(complete_record: Incident, ellen: User, priya: User) -> SafetyPlan:
    return plans.in_force(complete_record.case, ellen, priya)


def test_the_plan_is_read_with_who_to_ring_and_each_action_with_its_owner(plan: SafetyPlan, tom: User) -> None:
    page = text_of(client_of(tom).get(plan.get_absolute_url()))
    for told in (
        "Safety plan, version 1", "In force", "For Hannah Okoro", "Harbour line, 0808 157 0000", "press 55",
        plans.SAID["wishes"], "New lock on the front door.", "Northgate Housing, Ms Adeyemi", "Is the victim very frightened?",
        "approved by PS 4471 Nair", "Begin a new version",
    ):  # fmt: skip
        assert told in page, told


def test_the_page_that_begins_a_plan_says_whose_it_is_how_grave_and_leads_back(
    complete_record: Incident, ellen: User
) -> None:
    case = complete_record.case
    answer = client_of(ellen).get(f"/work/safety-plan/new/begin/in/{case.pk}/")
    page = text_of(answer)
    assert case.reference in page and "Hannah Okoro" in page and "Grade:" in page
    assert f'href="{case.get_absolute_url()}">Cancel</a>' in answer.content.decode()


def test_an_earlier_version_is_read_as_it_was(plan: SafetyPlan, ellen: User, priya: User) -> None:
    take(plan, "renew", ellen)
    second = SafetyPlan.objects.get(supersedes=plan)
    plans.act(second, ellen, "patrols", what="Each night at eleven.")
    plans.approved(take(second, "send", ellen, note=""), priya)
    browser = client_of(ellen)
    first, now = (text_of(browser.get(row.get_absolute_url())) for row in (plan, second))
    assert "kept as it was" in first and "New lock on the front door." in first and "Each night at eleven." not in first
    assert "Say that it is done" not in first, "nothing is done in what no longer counts"
    assert "Each night at eleven." in now and "New lock on the front door." in now
    assert plan.get_absolute_url() in now and second.get_absolute_url() in first


def test_who_may_not_see_the_case_sees_no_plan(
    plan: SafetyPlan, stranger: User, tom: User, ruth: User, ellen: User
) -> None:
    take(plan, "renew", ellen)
    made = SafetyPlan.objects.get(supersedes=plan)
    kind = PlanActionKind.objects.get(code="locks")
    urls = (plan.get_absolute_url(), f"/safety-plans/{made.pk}/kinds/{kind.pk}/")
    assert all(client_of(stranger).get(url).status_code == 404 for url in urls)
    shut_out(plan.case, tom, ruth)
    assert all(client_of(tom).get(url).status_code == 404 for url in urls)
    assert client_of(ellen).get(f"/safety-plans/{made.pk}/kinds/999999/").status_code == 404


def test_the_case_shows_the_plan_in_force_and_only_from_when_it_was_there(plan: SafetyPlan, ellen: User) -> None:
    browser = client_of(ellen)
    page = text_of(browser.get(f"{plan.case.get_absolute_url()}?panel=safety-plan"))
    assert "Safety plan, version 1" in page and "Northgate Housing, Ms Adeyemi" in page
    assert plans_of(plan.case, ellen, plan.recorded_at - timedelta(hours=1)) == []
    assert [box.plan for box in plans_of(plan.case, ellen, timezone.now())] == [plan]


def test_the_printed_file_holds_the_plan(plan: SafetyPlan, ellen: User) -> None:
    plans.done(plan.actions.get(kind__code="locks"), ellen)
    words = " ".join(words_of(case_file_of(plan.case, ellen)))
    for told in ("Safety plan", "Harbour line, 0808 157 0000", "New lock on the front door.", "The risk is reduced"):
        assert told in words, told


def test_the_brief_says_what_made_somebody_safer_and_not_where_anybody_is(plan: SafetyPlan, ellen: User) -> None:
    pk, reference = plan.case_id, plan.case.reference
    plans.done(plan.actions.get(kind__code="locks"), ellen)
    plans.done(plan.actions.get(kind__code="housing"), ellen, result="unchanged")
    scene = Scene(timezone.now(), cases={pk: reference}, open=frozenset({pk}))
    said = [line.words for line in works_in_brief(scene, ellen)]
    assert said == ["A safety plan is in force: read it", "Locks, doors and windows: The risk is reduced"]
    assert works_in_brief(Scene(timezone.now(), cases={pk: reference}), ellen) == [], "a door that is shut says nothing"


def test_whoever_decides_again_sees_what_is_new_and_what_changed(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    plan = plans.sent(complete_record.case, ellen)
    url = f"{plan.get_absolute_url()}decide/plan/"
    first = text_of(client_of(priya).get(url))
    assert "Quality check" in first and ">Changed<" not in first.replace(" ", "") and "10 of 12 hold" in first
    plan = take(plan, "return", priya, parts=["actions"], reason="Say who watches the school gate.")
    plans.act(plan, ellen, "school-told", what="PC Marsh stands at the gate at three.")
    locks = plan.actions.get(kind__code="locks")
    engine.amend(locks, {"what": "Two locks, front and back."}, by=ellen, seen=locks.version, beneath=plan)
    take(plan, "send", ellen, note="")
    again = text_of(client_of(priya).get(url)).replace(" ", "")
    assert again.count(">New<") == 1 and again.count(">Changed<") == 1
    assert "Approve the plan" in first and "Return it, with parts marked" in first


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked.captured_queries)


@pytest.mark.parametrize("where", ["page", "section", "decide", "panel"])
def test_a_plan_of_fifty_actions_asks_as_often_as_one_of_three(
    where: str, complete_record: Incident, ellen: User, priya: User
) -> None:
    plan = plans.written(complete_record.case, ellen)
    urls = {
        "page": plan.get_absolute_url(), "section": f"{plan.get_absolute_url()}sections/actions/",
        "decide": f"{plan.get_absolute_url()}decide/plan/", "panel": f"{plan.case.get_absolute_url()}?panel=safety-plan",
    }  # fmt: skip
    browser = client_of(priya if where == "decide" else ellen)

    def count() -> int:
        sent = take(plan, "send", ellen, note="") if where == "decide" else None
        browser.get(urls[where])
        asked = queries(lambda: browser.get(urls[where]))
        if sent:
            take(sent, "withdraw", ellen)
        return asked

    few = count()
    for number in range(47):
        plans.act(plan, ellen, "patrols", what=f"Visit {number}", factors=["frightened"])
    assert count() == few
    assert few <= 45


def test_a_team_has_its_plans_to_approve_and_to_review(
    complete_record: Incident, ellen: User, priya: User, ikande: User, stranger: User
) -> None:
    plan = plans.sent(complete_record.case, ellen)
    approve, review = "/team/plans-to-approve/", "/team/plans-to-review/"
    page = text_of(client_of(priya).get(approve))
    assert plan.case.reference in page and f"/work/safety-plan/{plan.pk}/approve/" in page
    assert plan.case.reference not in text_of(client_of(ikande).get(approve)), "another team's"
    assert client_of(ellen).get(approve).status_code == client_of(stranger).get(review).status_code == 403
    plans.approved(plan, priya)
    assert plan.case.reference not in text_of(client_of(priya).get(approve))
    assert plan.case.reference in text_of(client_of(priya).get(review))


def test_a_list_asks_as_often_for_one_plan_as_for_many(ellen: User, priya: User) -> None:
    browser = client_of(priya)
    plans.sent(factories.complete(ellen).case, ellen)
    browser.get("/team/plans-to-approve/")
    few = queries(lambda: browser.get("/team/plans-to-approve/"))
    for _ in range(4):
        plans.sent(factories.complete(ellen).case, ellen)
    assert queries(lambda: browser.get("/team/plans-to-approve/")) == few


# --- the words it begins from -------------------------------------------------------------------------------------


def test_what_nothing_answers_yet_is_offered_with_words_to_begin_from(complete_record: Incident, ellen: User) -> None:
    plan = plans.begun(complete_record.case, ellen)
    page = text_of(client_of(ellen).get(f"{plan.get_absolute_url()}sections/actions/"))
    kind = PlanActionKind.objects.get(code="silent-999")
    assert "Nothing answers these yet" in page and f"/safety-plans/{plan.pk}/kinds/{kind.pk}/" in page
    form = text_of(client_of(ellen).get(f"/safety-plans/{plan.pk}/kinds/{kind.pk}/"))
    assert kind.words in form and re.search(r'value="frightened"[^>]*\bchecked\b', form), "the risk is ticked already"
    plans.act(plan, ellen, "silent-999", factors=["frightened"])
    again = text_of(client_of(ellen).get(f"{plan.get_absolute_url()}sections/actions/"))
    assert f"/safety-plans/{plan.pk}/kinds/{kind.pk}/" not in again


def test_an_offered_action_is_added_with_the_risks_that_it_answers(complete_record: Incident, ellen: User) -> None:
    plan = plans.begun(complete_record.case, ellen)
    kind = PlanActionKind.objects.get(code="silent-999")
    due = timezone.localtime(timezone.now() + timedelta(days=1))
    said = {
        "kind": kind.pk, "what": kind.words, "owner": ellen.collar_number, "agency": "", "priority": "now", "forum": "",
        "due_at_day": due.day, "due_at_month": due.month, "due_at_year": due.year, "due_at_time": "12:00",
        "factors": ["frightened"], "seen": 1, "token": "t3",
    }  # fmt: skip
    answer = client_of(ellen).post(f"/safety-plans/{plan.pk}/kinds/{kind.pk}/", said)
    assert answer.status_code == 302 and answer["Location"].endswith("/sections/actions/")
    assert plan.actions.get().factors == ["frightened"]


@pytest.mark.requirement("S0-009")
def test_a_parent_harmed_by_their_child_is_offered_templates_of_their_own(ellen: User) -> None:
    """The connection is recorded by its code: the suspect is the son of the person harmed. Partners are not offered them."""
    incident = factories.begun(ellen)
    involve(incident, ellen, "victim", "Ruth Okoro")
    involve(incident, ellen, "suspect", "Joel Okoro", relationship="SD", cohabiting="yes")
    incident = factories.written(incident, ellen)
    factories.assessed(incident, ellen)
    assert is_child_to_parent(incident.case_id)
    plan = plans.begun(incident.case, ellen)
    page = text_of(client_of(ellen).get(f"{plan.get_absolute_url()}sections/actions/"))
    own = list(PlanActionKind.objects.filter(child_to_parent=True, factors__overlap=["frightened", "injury"]))
    assert own and all(kind.label in page for kind in own)
    assert page.index(own[0].label) < page.index(PlanActionKind.objects.get(code="named-contact").label)
    partner = plans.begun(factories.complete(ellen).case, ellen)
    other = text_of(client_of(ellen).get(f"{partner.get_absolute_url()}sections/actions/"))
    assert not any(kind.label in other for kind in own)


@pytest.mark.requirement("S3-114")
def test_what_a_voluntary_group_advised_is_recorded_and_read(complete_record: Incident, ellen: User) -> None:
    plan = plans.begun(complete_record.case, ellen)
    day = timezone.localdate()
    said = {
        "agency": "Harbour Women’s Aid", "who": "Dana Quist", "words": "Change the route to the nursery.", "seen": 1, "token": "t4",
        "said_on_day": day.day, "said_on_month": day.month, "said_on_year": day.year,
    }  # fmt: skip
    browser = client_of(ellen)
    assert browser.post(f"{plan.get_absolute_url()}rows/input/", said).status_code == 302
    page = text_of(browser.get(plan.get_absolute_url()))
    assert "Harbour Women’s Aid" in page and "Change the route to the nursery." in page


def test_a_plan_in_force_is_shared_and_advised_on(plan: SafetyPlan, ellen: User) -> None:
    day = timezone.localdate().isoformat()
    take(plan, "share", ellen, agency="Northgate Housing", shared_on=day, basis="vital", what="The move alone.")
    take(plan, "advise", ellen, agency="Harbour", who="", said_on=day, words="Another way to the nursery.")
    page = text_of(client_of(ellen).get(plan.get_absolute_url()))
    for told in ("Northgate Housing", "a life is in danger", "The move alone.", "Another way to the nursery."):
        assert told in page, told


def test_what_is_shared_needs_an_agency_a_day_and_a_lawful_basis(complete_record: Incident, ellen: User) -> None:
    plan = plans.begun(complete_record.case, ellen)
    answer = client_of(ellen).post(f"{plan.get_absolute_url()}rows/share/", {"seen": 1, "token": "t5"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("Say with which agency", "Say on which day", "Choose the lawful basis"):
        assert sentence in page


def test_a_risk_has_one_reason_for_having_no_action(complete_record: Incident, ellen: User) -> None:
    plan = plans.begun(complete_record.case, ellen)
    plans.leave(plan, ellen, "frightened")
    said = {"factor": "frightened", "why": "She says it twice over now.", "seen": 1, "token": "t6"}
    answer = client_of(ellen).post(f"{plan.get_absolute_url()}rows/left/", said)
    assert answer.status_code == 422 and "has its reason already" in answer.content.decode()


def test_a_force_loads_its_own_kinds_and_what_plans_hold_stays(plan: SafetyPlan, ellen: User, tmp_path: Path) -> None:
    own = [
        {
            "code": "dog-unit",
            "group": "police",
            "label": "Dog unit passes by",
            "factors": ["stalking"],
            "authority": "Northshire 12/3",
        }
    ]
    file = tmp_path / "kinds.json"
    file.write_text(json.dumps(own))
    call_command("load_plan_actions", str(file), "--only")
    assert [kind.code for kind in PlanActionKind.objects.offered()] == ["dog-unit"]
    assert "Locks, doors and windows" in text_of(client_of(ellen).get(plan.get_absolute_url()))
    file.write_text(json.dumps([{**own[0], "group": "elsewhere"}]))
    with pytest.raises(CommandError, match="elsewhere is no group"):
        call_command("load_plan_actions", str(file))


def test_what_was_shared_by_mistake_is_struck_out_of_a_plan_in_force_with_why_and_stays_readable(
    complete_record: Incident, ellen: User, priya: User, rafi: User
) -> None:
    """Nothing else of what is in force is changed, and nobody else strikes it out."""
    plan = plans.in_force(complete_record.case, ellen, priya)
    said = {
        "agency": "Northgate Housing",
        "shared_on": timezone.localdate().isoformat(),
        "basis": "vital",
        "what": "All of it.",
    }
    take(plan, "share", ellen, **said)
    take(plan, "advise", ellen, agency="Harbour", said_on=timezone.localdate().isoformat(), words="A second lock.")
    share = PlanShare.objects.get(plan=plan)
    page = text_of(client_of(ellen).get(plan.get_absolute_url()))
    url = f"{plan.get_absolute_url()}rows/share/{share.pk}/strike/"
    assert url in page and "rows/input/" in page
    assert client_of(ellen).get(url).status_code == 200
    why = "It was the other housing office, and they had nothing."
    pressed = client_of(ellen).post(url, {"reason": why, "seen": share.version}, follow=True)
    assert pressed.status_code == 200
    page = text_of(client_of(ellen).get(plan.get_absolute_url()))
    assert "Northgate Housing" in page and "Struck out" in page and url not in page
    act = Event.objects.filter(name="planshare.amend").get()
    assert (act.by, act.changes[""][1]) == (ellen, why)
    advised = PlanInput.objects.get(plan=plan)
    with pytest.raises(Refused):
        engine.strike_out(advised, beneath=plan, by=rafi, seen=advised.version, reason=why)
    with pytest.raises(Refused):
        engine.amend(advised, {"words": "Two locks."}, by=ellen, seen=advised.version, beneath=plan)
    left = plans.fresh(plan).actions.first()
    with pytest.raises(Refused):
        engine.strike_out(left, beneath=plan, by=ellen, seen=left.version, reason=why)
