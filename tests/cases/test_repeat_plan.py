"""Repeat victims at highest harm: a list whose points are said, and a plan with owner, visits, review, a coordinator's yes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, RepeatPlan
from cases.services.cohort import MOST_POINTS, cohort
from people.models import Person
from tests.cases.test_repeat import happened, of
from tests.cast import client_of, person, shut_out, take
from workflow import engine
from workflow.deadlines import ladder_of
from workflow.models import Deadline, Refusal, Refused

SAID = {
    "reach": "Her sister answers, before noon; the health visitor goes along.",
    "tactics": ["visits", "suspect"],
    "what": "Neighbourhood team visits on Mondays. Response 3 arrests on sight of a breach.",
    "visit_days": 7,
}


@pytest.fixture
def cora(force: Unit) -> User:
    """The domestic abuse coordinator of the force."""
    return person("Coordinator", "8100", "Cora Fenn", ("da_coordinator", force))


@pytest.fixture
def hannah(ellen: User) -> Person:
    """Harmed twice: the second time, ten days ago, hands were put on her neck."""
    first = happened(ellen, 300, "Hannah Okoro", "Daniel Reeve")
    happened(ellen, 10, of(first, "victim"), of(first, "suspect"), abuse_signs=["strangled"], weapon="no")
    return of(first, "victim")


def case_of(someone: Person) -> Case:
    return Case.objects.filter(incident__involvements__person=someone).order_by("-pk")[0]


def begun(someone: Person, by: User) -> RepeatPlan:
    return take(RepeatPlan(case=case_of(someone)), "begin", by, owner=by.collar_number)


def written(someone: Person, by: User) -> RepeatPlan:
    plan = begun(someone, by)
    changed: RepeatPlan = engine.amend(plan, SAID, by=by, seen=plan.version)
    return changed


def in_force(someone: Person, by: User, coordinator: User) -> RepeatPlan:
    return take(take(written(someone, by), "send", by, note=""), "approve", coordinator)


def test_the_list_says_every_point_and_they_add_up(hannah: Person, ellen: User, priya: User) -> None:
    found, more = cohort(priya, timezone.now())
    (one,) = found
    assert (one.person, more) == (hannah.pk, False)
    assert one.score == sum(part.points for part in one.parts) == 6 + 25 + 25 + 10 <= MOST_POINTS
    words = " ".join(part.words for part in one.parts)
    assert "2 incidents" in words and "strangled" in words and "graver than what came before" in words


def test_who_is_harmed_once_is_not_on_it_and_the_graver_stands_first(hannah: Person, ellen: User, priya: User) -> None:
    happened(ellen, 5, "Una Moss", "Pip Marlow")
    other = happened(ellen, 200, "Leanne Farrow", "Ray Pike")
    happened(ellen, 190, of(other, "victim"), of(other, "suspect"))
    found, _more = cohort(priya, timezone.now())
    assert [one.person for one in found] == [hannah.pk, of(other, "victim").pk]


def test_it_is_of_ones_own_work_alone(hannah: Person, priya: User, ikande: User, ellen: User) -> None:
    assert cohort(ikande, timezone.now())[0] == []
    shut_out(case_of(hannah), priya, ellen_s_inspector(ellen))
    assert cohort(priya, timezone.now())[0] == []


def ellen_s_inspector(ellen: User) -> User:
    return person("Insp", "1177", "Nina Frost", ("inspector", Unit.objects.get(code="NR3")))


def test_the_list_costs_the_same_for_one_and_for_many(hannah: Person, ellen: User, priya: User) -> None:
    browser = client_of(priya)
    browser.get("/repeat-victims/")
    with CaptureQueriesContext(connection) as few:
        assert "Hannah Okoro" in browser.get("/repeat-victims/").content.decode()
    for number in range(6):
        other = happened(ellen, 20, f"Ada Marlow{number}", "Ray Pike")
        happened(ellen, 19, of(other, "victim"), of(other, "suspect"))
    with CaptureQueriesContext(connection) as many:
        browser.get("/repeat-victims/")
    assert len(many) == len(few), [query["sql"][:120] for query in many]


@pytest.fixture
def in_two_districts(ellen: User, sam: User) -> Person:
    """Una: harmed once at Northgate, once at the next beat, where hands were put on her neck."""
    first = happened(ellen, 300, "Una Moss", "Pip Marlow")
    happened(sam, 10, of(first, "victim"), of(first, "suspect"), abuse_signs=["strangled"])
    return of(first, "victim")


def test_who_is_harmed_once_in_each_of_two_districts_is_on_the_list_of_both(
    in_two_districts: Person, priya: User, sr1: Unit
) -> None:
    """On it by one's own work; counted is what may be seen, as on her page. Elsewhere she is on nobody's list."""
    next_beat = person("PS", "4480", "Ada Finch", ("sergeant", sr1))
    for sergeant, own in ((priya, Case.objects.earliest("pk")), (next_beat, Case.objects.latest("pk"))):
        ((one,), _more) = cohort(sergeant, timezone.now())
        assert (one.person, one.own, len(one.cases)) == (in_two_districts.pk, (own.pk,), 2)
        assert any("2 incidents" in part.words for part in one.parts) and any("strangled" in p.words for p in one.parts)
        assert (
            f"/work/repeat-plan/new/begin/in/{own.pk}/" in client_of(sergeant).get("/repeat-victims/").content.decode()
        )


def test_of_what_a_reader_is_shut_out_of_the_list_counts_nothing(
    in_two_districts: Person, priya: User, sr1: Unit
) -> None:
    shut_out(Case.objects.latest("pk"), priya, person("PS", "4480", "Ada Finch", ("sergeant", sr1)))
    assert cohort(priya, timezone.now())[0] == []


def test_one_person_has_one_plan_whichever_team_begins_it(in_two_districts: Person, priya: User, sr1: Unit) -> None:
    """The other team sees the plan there is, and cannot begin a second; of one that it may not see it hears whom to ask."""
    next_beat = person("PS", "4480", "Ada Finch", ("sergeant", sr1))
    here, there = Case.objects.earliest("pk"), Case.objects.latest("pk")
    take(RepeatPlan(case=here), "begin", priya, owner="4471")
    line = client_of(next_beat).get("/repeat-victims/").content.decode()
    assert "Owner: PS 4471 Nair" in line and "/work/repeat-plan/new/begin/" not in line
    with pytest.raises(Refused, match="There is a plan for this person already"):
        take(RepeatPlan(case=there), "begin", next_beat, owner="4480")
    Case.objects.filter(pk=here.pk).update(restricted=True)
    with pytest.raises(Refused, match="Ask the domestic abuse coordinator") as refused:
        take(RepeatPlan(case=there), "begin", next_beat, owner="4480")
    assert "plan" not in str(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        RepeatPlan.objects.create(
            case=there, person=in_two_districts, owner=priya, recorded_by=priya, state=RepeatPlan.State.WRITING
        )


@pytest.mark.requirement("S3-113")
def test_visits_are_owed_by_the_owner_as_often_as_the_plan_says_from_the_day_of_the_last(
    hannah: Person, priya: User, tom: User, cora: User
) -> None:
    """Every seven days: the clock starts with the coordinator's yes, each visit starts it anew, and the end ends it."""
    plan = in_force(hannah, priya, cora)
    owed = Deadline.objects.open().get(policy="repeat-plan-visited")
    assert (owed.length, owed.holder) == ("days:7", priya)
    assert [(rung.who, rung.hours) for rung in ladder_of(owed)][:3] == [
        ("holder", -24),
        ("holder", 0),
        ("da_coordinator", 24),
    ]
    visited = timezone.now() - timedelta(days=2)
    take(plan, "visit", tom, visited_at=visited.isoformat(), seen="yes", words="She is well and slept at home.")
    again = Deadline.objects.open().get(policy="repeat-plan-visited")
    assert again.pk != owed.pk and abs(again.started_at - visited) < timedelta(minutes=1)
    assert abs(again.due_at - visited - timedelta(days=7)) < timedelta(days=1)
    take(plan, "hand-over", priya, owner=tom.collar_number)
    again.refresh_from_db()
    assert again.holder == tom
    take(plan, "end", cora, reason="He is in prison until spring; the IDVA keeps in touch.")
    assert not Deadline.objects.open().filter(policy="repeat-plan-visited").exists()


@pytest.mark.requirement("S3-113")
def test_a_visit_at_which_nobody_was_seen_leaves_the_next_one_due_as_it_was(
    hannah: Person, priya: User, tom: User, cora: User
) -> None:
    plan = in_force(hannah, priya, cora)

    def visit(days_ago: int, seen: str) -> Deadline:
        at = (timezone.now() - timedelta(days=days_ago)).isoformat()
        take(plan, "visit", tom, visited_at=at, seen=seen, words="Nobody came to the door; the lights were on.")
        return Deadline.objects.open().get(policy="repeat-plan-visited")

    first = Deadline.objects.open().get(policy="repeat-plan-visited")
    kept = visit(1, "no")
    assert (kept.pk, kept.due_at) == (first.pk, first.due_at), "to knock is not to see her"
    after = visit(3, "yes")
    assert after.pk != first.pk
    kept = visit(0, "no")
    assert (kept.pk, kept.due_at) == (after.pk, after.due_at)
    assert plan.visits.count() == 3


def test_a_plan_changed_to_more_visits_is_owed_them_and_one_without_owes_none(
    hannah: Person, priya: User, cora: User
) -> None:
    plan = take(in_force(hannah, priya, cora), "change", priya)
    for days, length in ((3, ["days:3"]), (None, [])):
        plan = engine.amend(
            RepeatPlan.objects.get(pk=plan.pk), {**SAID, "visit_days": days}, by=priya, seen=plan.version
        )
        plan = take(take(plan, "send", priya, note=""), "approve", cora)
        assert [row.length for row in Deadline.objects.open().filter(policy="repeat-plan-visited")] == length
        plan = take(plan, "change", priya)


@pytest.mark.requirement("S0-010", "S3-113")
def test_a_plan_with_tactics_visits_owner_and_review_is_approved_by_the_coordinator(
    hannah: Person, priya: User, tom: User, cora: User
) -> None:
    """Found in the list, written, approved by somebody else, visited, looked at again on its day, ended with why."""
    page = client_of(priya).get("/repeat-victims/").content.decode()
    case = case_of(hannah)
    assert f"/work/repeat-plan/new/begin/in/{case.pk}/" in page and "No plan" in page
    plan = in_force(hannah, priya, cora)
    assert (plan.person, plan.owner, plan.state) == (hannah, priya, RepeatPlan.State.IN_FORCE)
    owed = Deadline.objects.open().get(policy="repeat-plan-reviewed")
    assert (owed.due_at - timezone.now()).days in (27, 28)
    said = {"visited_at": timezone.now().isoformat(), "seen": "yes", "words": "She is well and slept at home."}
    take(plan, "visit", tom, **said)
    take(plan, "review", priya, reason="It works: no report since, she answers each time.")
    assert Deadline.objects.open().get(policy="repeat-plan-reviewed").pk != owed.pk
    shown = client_of(priya).get(f"{case.get_absolute_url()}?panel=repeat-plan").content.decode()
    assert "slept at home" in shown and "Visits by the neighbourhood team" in shown and "no report since" in shown
    line = client_of(priya).get("/repeat-victims/").content.decode()
    assert "In force" in line and "Owner: PS 4471 Nair" in line and "Review by" in line and "No plan" not in line
    assert "Hannah Okoro" in client_of(cora).get("/repeat-victims/plans/").content.decode()
    take(plan, "end", cora, reason="He is in prison until spring; the IDVA keeps in touch.")
    assert not Deadline.objects.open().filter(policy="repeat-plan-reviewed").exists()


def test_whoever_wrote_it_does_not_approve_it(hannah: Person, cora: User) -> None:
    plan = take(written(hannah, cora), "send", cora, note="")
    with pytest.raises(Refused) as refused:
        take(plan, "approve", cora)
    assert refused.value.kind is Refusal.GUARD


def test_a_plan_that_says_nothing_is_not_sent(hannah: Person, priya: User) -> None:
    with pytest.raises(Refused):
        take(begun(hannah, priya), "send", priya, note="")


def test_one_plan_at_a_time_and_for_somebody_who_is_named(hannah: Person, priya: User, ellen: User) -> None:
    begun(hannah, priya)
    with pytest.raises(Refused, match="There is a plan"):
        begun(hannah, priya)
    nobody = happened(ellen, 1).case
    with pytest.raises(Refused, match="does not say who was harmed"):
        take(RepeatPlan(case=nobody), "begin", priya, owner="4471")


def test_a_plan_returned_is_mended_and_one_in_force_is_opened_to_be_changed(
    hannah: Person, priya: User, cora: User
) -> None:
    plan = take(take(written(hannah, priya), "send", priya, note=""), "return", cora)
    assert plan.state == RepeatPlan.State.WRITING
    plan = take(take(plan, "send", priya, note=""), "approve", cora)
    assert take(plan, "change", priya).state == RepeatPlan.State.WRITING


def test_the_list_is_for_whoever_plans(ellen: User, stranger: User, priya: User, hannahs_incident: Incident) -> None:
    for url in ("/repeat-victims/", "/repeat-victims/plans/"):
        assert client_of(ellen).get(url).status_code == client_of(stranger).get(url).status_code == 403
        for odd in ("?from=-1", "?from=99999999999999999999", "?before=x", "?from=100"):
            assert client_of(priya).get(url + odd).status_code == 200


def test_counted_is_the_day_of_the_event(ellen: User, priya: User) -> None:
    first = happened(ellen, 400, "Hannah Okoro", "Daniel Reeve")
    late = timezone.now() - timedelta(days=500)
    happened(ellen, 1, of(first, "victim"), of(first, "suspect"), occurred_from=late)
    assert cohort(priya, timezone.now())[0] == []
