"""Serial perpetrators: the flag is computed, a person looks at it, and a plan has a lead officer or there is a reason for none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, SerialPlan, Task
from cases.panels.merging import two_open_plans
from cases.services.involving import involve_known, involve_new
from cases.services.serial import serial_cohort, serial_in
from people.models import Person
from reporting.paper.case_file import read_case
from supervision.escalation import sweep
from supervision.models import Notice
from tests import factories
from tests.cases.recording import words
from tests.cases.test_repeat import happened, of
from tests.cast import client_of, person, shut_out, take
from workflow import engine
from workflow.models import Deadline, Refusal, Refused

FOUND = "He finds women who live alone near his work, and moves in within weeks."
SAID = {
    "tactics": ["arrest", "disclosure"], "what": "Response 3 arrests on sight. DC Kemp asks for the right to know.",
    "protects": "Each has her own safety plan; whoever is with him now is found and asked.", "review_days": 14,
}  # fmt: skip


@pytest.fixture
def cora(force: Unit) -> User:
    """The domestic abuse coordinator of the force."""
    return person("Coordinator", "8100", "Cora Fenn", ("da_coordinator", force))


@pytest.fixture
def ray(ellen: User) -> Person:
    """Ray Pike: suspected of harming Leanne 300 days ago, and Ada ten days ago."""
    first = happened(ellen, 300, "Leanne Farrow", "Ray Pike")
    happened(ellen, 10, "Ada Marlow", of(first, "suspect"))
    return of(first, "suspect")


def case_of(someone: Person) -> Case:
    return Case.objects.filter(incident__involvements__person=someone).order_by("-pk")[0]


def begun(someone: Person, by: User, lead: User, case: Case | None = None) -> SerialPlan:
    said = {"person": someone.pk, "lead": lead.collar_number, "because": FOUND}
    plan: SerialPlan = take(SerialPlan(case=case or case_of(someone)), "begin", by, **said)
    return plan


def in_force(someone: Person, by: User, lead: User, coordinator: User) -> SerialPlan:
    plan = engine.amend(begun(someone, by, lead), SAID, by=by, seen=1)
    return take(take(plan, "send", by, note=""), "approve", coordinator)  # type: ignore[no-any-return]


def tonight(someone: Person, by: User, harmed: str) -> Incident:
    """A new report, by its pages' own verbs: he is named, then whom he harmed."""
    incident = factories.begun(by)
    involve_known(incident=incident, part="suspect", person=someone, by=by)
    forename, _, surname = harmed.partition(" ")
    involve_new(incident=incident, part="victim", by=by, forename=forename, surname=surname)
    return Incident.objects.get(pk=incident.pk)


@pytest.mark.requirement("S3-041")
def test_a_suspect_who_is_serial_asks_a_coordinator_to_look_and_one_who_harmed_one_person_does_not(
    ellen: User, cora: User
) -> None:
    once = happened(ellen, 30, "Una Moss", "Pip Marlow")
    incident = factories.begun(ellen)
    involve_known(incident=incident, part="suspect", person=of(once, "suspect"), by=ellen)
    involve_known(incident=incident, part="victim", person=of(once, "victim"), by=ellen)
    assert not Task.objects.filter(kind="serial_flag").exists()
    again = tonight(of(once, "suspect"), ellen, "Ada Marlow")
    task = Task.objects.get(kind="serial_flag")
    assert (task.case_id, task.owed_by) == (again.case_id, "da_coordinator")
    sweep(timezone.now())
    owed = Deadline.objects.open().get(subject_type="cases.task", subject_id=task.pk)
    assert set(Notice.objects.filter(deadline=owed).values_list("person", flat=True)) == {cora.pk}


@pytest.mark.requirement("S3-041")
def test_the_list_names_who_harmed_several_people_most_first_and_says_that_nobody_has_looked(
    ray: Person, ellen: User, priya: User
) -> None:
    other = happened(ellen, 90, "Ola Bright", "Sid Crane")
    for days, name in ((60, "May Dunn"), (40, "Joy Tate")):
        happened(ellen, days, name, of(other, "suspect"))
    happened(ellen, 5, "Una Moss", "Pip Marlow")
    found, more = serial_cohort(priya, timezone.now())
    assert [(one.person, one.harmed) for one in found] == [(of(other, "suspect").pk, 3), (ray.pk, 2)] and not more
    page = words(client_of(priya).get("/serial-perpetrators/"))
    assert "Ray Pike" in page and "2 people harmed" in page and "Nobody has looked" in page and "Pip Marlow" not in page


@pytest.mark.requirement("S3-041")
def test_a_person_looks_at_the_flag_and_a_plan_with_a_lead_is_approved_by_the_coordinator(
    ray: Person, ellen: User, priya: User, tom: User, cora: User
) -> None:
    tonight(ray, ellen, "May Dunn")
    assert Task.objects.filter(kind="serial_flag", state="to_do").exists()
    plan = begun(ray, priya, tom)
    assert (plan.person, plan.lead, plan.harmed, plan.state) == (ray, tom, 3, "writing")
    assert Task.objects.get(kind="serial_flag").state == "done", "somebody has looked"
    written = Deadline.objects.open().get(policy="serial-plan-written")
    assert written.holder == tom
    with pytest.raises(Refused, match="still missing"):
        take(plan, "send", priya, note="")
    plan = engine.amend(SerialPlan.objects.get(pk=plan.pk), SAID, by=priya, seen=plan.version)
    plan = take(plan, "send", priya, note="")
    with pytest.raises(Refused):
        take(plan, "approve", priya)
    plan = take(plan, "approve", cora)
    assert plan.state == SerialPlan.State.IN_FORCE
    owed = Deadline.objects.open().get(policy="serial-plan-reviewed")
    assert (owed.length, owed.holder) == ("days:14", tom)
    line = words(client_of(priya).get("/serial-perpetrators/"))
    assert (
        "In force" in line
        and "Lead: PC 2208 Ashdown" in line
        and "Review by" in line
        and "Nobody has looked" not in line
    )
    assert "Ray Pike" in words(client_of(cora).get("/serial-perpetrators/plans/"))
    panel = words(client_of(priya).get(f"{plan.case.get_absolute_url()}?panel=serial-plan"))
    assert FOUND in panel and "Arrest on sight for what is open" in panel and SAID["protects"] in panel
    [rows] = [rows for panel, rows in read_case(plan.case, priya, timezone.now()).panels if panel.name == "serial-plan"]
    assert [one.plan.pk for one in rows] == [plan.pk]


@pytest.mark.requirement("S3-041")
def test_the_plan_is_looked_at_as_often_as_it_says_handed_over_and_ended_with_why(
    ray: Person, priya: User, tom: User, ellen: User, cora: User
) -> None:
    plan = in_force(ray, priya, tom, cora)
    first = Deadline.objects.open().get(policy="serial-plan-reviewed")
    take(plan, "review", priya, reason="Nothing new; he has moved to Southmere and the team there knows.")
    again = Deadline.objects.open().get(policy="serial-plan-reviewed")
    assert again.pk != first.pk and plan.looks.count() == 1
    take(plan, "hand-over", priya, lead=ellen.collar_number)
    again.refresh_from_db()
    assert again.holder == ellen
    with pytest.raises(Refused):
        take(plan, "end", priya, reason="He is in prison until the spring of next year.")
    take(plan, "end", cora, reason="He is in prison until the spring of next year.")
    assert not Deadline.objects.open().filter(policy__startswith="serial-plan").exists()


@pytest.mark.requirement("S3-041")
def test_that_there_is_no_plan_is_said_with_why_looked_at_again_and_one_more_person_harmed_brings_it_back(
    ray: Person, priya: User, tom: User, ellen: User, cora: User
) -> None:
    why = "Both reports are of one evening, and he was found elsewhere by the second team."
    plan = take(SerialPlan(case=case_of(ray)), "set-aside", priya, person=ray.pk, because=why)
    assert (plan.state, plan.harmed, plan.lead) == ("set_aside", 2, None)
    assert Deadline.objects.open().get(policy="serial-set-aside").length == "days:91"
    assert "No plan now" in words(client_of(priya).get("/serial-perpetrators/"))
    known = tonight(ray, ellen, "Leanne Again")
    assert Task.objects.get(kind="serial_flag").case_id == known.case_id
    assert "More harmed since" in words(client_of(priya).get("/serial-perpetrators/"))
    plan = take(plan, "take-up", priya, lead=tom.collar_number)
    assert (plan.state, plan.lead) == ("writing", tom)
    assert not Deadline.objects.open().filter(policy="serial-set-aside").exists()


def test_a_flag_that_somebody_has_looked_at_asks_nobody_again_for_the_same_people(
    ray: Person, priya: User, tom: User, ellen: User
) -> None:
    begun(ray, priya, tom)
    tonight(ray, ellen, "May Dunn")
    assert not Task.objects.filter(kind="serial_flag").exists()


def test_what_is_kept_from_some_counts_and_is_told_in_words_that_say_nothing(
    ray: Person, ellen: User, priya: User, tom: User
) -> None:
    first = Case.objects.earliest("pk")
    engine.perform(first, "restrict", by=priya, evidence={"reason": "She works for this force."})
    once = Incident.objects.exclude(case=first).get()
    incident = factories.begun(tom)
    involve_known(incident=incident, part="suspect", person=ray, by=tom)
    involve_known(incident=incident, part="victim", person=of(once, "victim"), by=tom)
    assert {task.kind for task in Task.objects.filter(case=incident.case)} == {"earlier_history"}
    assert serial_in(Incident.objects.get(pk=incident.pk)) == {"plain": False, "every": True}
    assert serial_cohort(tom, timezone.now())[0] == [], "and no list counts it for whoever may not see it"


def test_one_person_has_one_plan_whichever_case_begins_it_and_the_database_holds_to_it(
    ray: Person, priya: User, tom: User, cora: User, sam: User
) -> None:
    begun(ray, priya, tom)
    with pytest.raises(Refused, match="There is a plan for this person already"):
        begun(ray, priya, tom, Case.objects.earliest("pk"))
    with pytest.raises(IntegrityError), transaction.atomic():
        SerialPlan.objects.create(
            case=Case.objects.earliest("pk"), person=ray, lead=tom, because=FOUND, recorded_by=priya, state="writing"
        )
    Case.objects.filter(pk=case_of(ray).pk).update(restricted=True)
    with pytest.raises(Refused, match="Ask the domestic abuse coordinator"):
        begun(ray, priya, tom, Case.objects.earliest("pk"))


def test_a_plan_is_of_a_suspect_of_the_case_and_of_nobody_else(
    ray: Person, priya: User, tom: User, ellen: User
) -> None:
    victim = Incident.objects.latest("pk").people("victim").get().person
    with pytest.raises(Refused) as refused:
        begun(victim, priya, tom, case_of(ray))
    assert refused.value.kind is Refusal.FORM
    with pytest.raises(Refused, match="names no suspect"):
        begun(ray, priya, tom, factories.begun(ellen).case)


def test_two_people_with_a_plan_each_are_not_merged(ray: Person, priya: User, tom: User, ellen: User) -> None:
    other = happened(ellen, 20, "May Dunn", "Raymond Pike")
    begun(ray, priya, tom)
    assert two_open_plans(ray.pk, of(other, "suspect").pk, priya) == ""
    begun(of(other, "suspect"), priya, tom)
    assert "serial perpetrator plan" in two_open_plans(ray.pk, of(other, "suspect").pk, priya)


def test_the_lists_are_for_whoever_plans_and_cost_the_same_for_one_and_for_many(
    ray: Person, ellen: User, priya: User, stranger: User
) -> None:
    for url in ("/serial-perpetrators/", "/serial-perpetrators/plans/"):
        assert client_of(ellen).get(url).status_code == client_of(stranger).get(url).status_code == 403
        for odd in ("?from=-1", "?from=99999999999999999999", "?before=x", "?from=200"):
            assert client_of(priya).get(url + odd).status_code == 200
    browser = client_of(priya)
    browser.get("/serial-perpetrators/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/serial-perpetrators/")
    for number in range(4):
        other = happened(ellen, 20, f"Ada Moss{number}", f"Sid Crane{number}")
        happened(ellen, 19, f"May Dunn{number}", of(other, "suspect"))
    with CaptureQueriesContext(connection) as many:
        browser.get("/serial-perpetrators/")
    assert len(many) == len(few), [query["sql"][:120] for query in many]


def test_who_is_shut_out_of_a_case_counts_nothing_of_it(ray: Person, priya: User, northgate: Unit) -> None:
    ruth = person("Insp", "1177", "Nina Frost", ("inspector", northgate))
    shut_out(Case.objects.earliest("pk"), priya, ruth)
    assert serial_cohort(priya, timezone.now())[0] == []


def test_counted_is_the_day_of_the_event_within_the_window_of_the_definition(ellen: User, priya: User) -> None:
    """Shipped: 36 months; what happened before them is no part of the number, whenever it was told."""
    first = happened(ellen, 1, "Leanne Farrow", "Ray Pike", occurred_from=timezone.now() - timedelta(days=365 * 40))
    happened(ellen, 1, "Ada Marlow", of(first, "suspect"))
    assert serial_cohort(priya, timezone.now())[0] == []
    happened(ellen, 300, "May Dunn", of(first, "suspect"))
    assert [one.harmed for one in serial_cohort(priya, timezone.now())[0]] == [2]
