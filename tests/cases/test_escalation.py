"""What of a volume crime needs somebody higher: each fact raises its task at once, with a clock and who hears (S3-003)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, Offence, Task
from cases.models.task import TASK_KINDS
from supervision.escalation import sweep
from supervision.models import Notice
from tests import factories
from tests.cases.ellens import browser as browser
from tests.cases.recording import made_safe, press, save, words
from tests.cases.test_consequences import add, again
from tests.cast import client_of, person
from workflow.models import Deadline
from workflow.policies import POLICIES

#: The kind of task, who owes it, within how many hours: as the row asks, an inspector or a specialist.
ESCALATED = {
    "strangulation": ("inspector", 4), "weapon": ("inspector", 4), "threat_to_kill": ("inspector", 4),
    "high_grade": ("inspector", 4), "third_incident": ("da_specialist", 24),
}  # fmt: skip


@pytest.fixture
def orla(northgate: Unit) -> User:
    return person("DC", "6100", "Orla Kemp", ("da_specialist", northgate))


@pytest.fixture
def incident(browser: Client, priya: User) -> Incident:
    return made_safe(browser)


def happened(browser: Client, incident: Incident, **said: Any) -> None:
    began = incident.reported_at - timedelta(minutes=20)
    account = "He pushed her against the wall and held her there."
    save(browser, incident, "happened", occurred_from=began, account=account, **said)


def offence(browser: Client, incident: Incident, code: str) -> None:
    save(browser, incident, "crime", classed="crime", da_confirmed="yes")
    said = {"offence": str(Offence.objects.get(code=code).pk)}
    assert press(browser, f"/work/incident/{incident.pk}/rows/offence/", said).status_code == 302


def by_sign(sign: str) -> Any:
    return lambda browser, incident: save(browser, incident, "kinds", abuse_types=["physical"], abuse_signs=[sign])


def by_offence(code: str) -> Any:
    return lambda browser, incident: offence(browser, incident, code)


PROMPTS: list[tuple[str, Any]] = [
    ("strangulation", by_sign("strangled")),
    ("strangulation", by_offence("strangulation")),
    ("strangulation", by_offence("suffocation")),
    ("threat_to_kill", by_sign("threat_to_kill")),
    ("threat_to_kill", by_offence("threats-to-kill")),
    ("weapon", lambda browser, incident: happened(browser, incident, weapon="yes", weapon_what="Kitchen knife")),
]


@pytest.mark.requirement("S3-003")
@pytest.mark.parametrize(("kind", "act"), PROMPTS)
def test_each_fact_raises_its_task_for_its_rank_which_hears_at_once_and_the_rank_above_when_it_is_missed(
    kind: str, act: Any, browser: Client, incident: Incident, ruth: User, iris: User
) -> None:
    act(browser, incident)
    check(incident.case, kind, ruth, iris)


def check(case: Case, kind: str, hears: User, above: User) -> None:
    role, hours = ESCALATED[kind]
    task = Task.objects.get(case=case, kind=kind)
    owed = Deadline.objects.open().get(subject_type="cases.task", subject_id=task.pk)
    assert (task.owed_by, owed.due_at - owed.started_at) == (role, timedelta(hours=hours))
    assert "S3-003" in POLICIES[owed.policy].authority and TASK_KINDS[kind].authority
    told = Notice.objects.filter(deadline=owed).values_list("person", flat=True)
    sweep(timezone.now())
    assert set(told.all()) == {hears.pk}
    sweep(owed.due_at + timedelta(minutes=1))
    assert above.pk in told.all()


@pytest.mark.requirement("S3-003")
def test_a_third_incident_within_a_year_is_for_a_specialist(
    browser: Client, ellen: User, priya: User, orla: User, ruth: User
) -> None:
    first = factories.begun(ellen)
    harmed = add(browser, first)
    again(browser, first.case, harmed)
    assert not Task.objects.filter(case=first.case).exists()
    again(browser, first.case, harmed)
    check(first.case, "third_incident", orla, ruth)


@pytest.mark.requirement("S3-003")
def test_a_high_grade_is_for_an_inspector(ellen: User, priya: User, ruth: User, iris: User) -> None:
    check(factories.complete(ellen, grade="high").case, "high_grade", ruth, iris)


def test_a_sign_and_the_offence_of_the_same_thing_ask_once(browser: Client, incident: Incident) -> None:
    by_sign("strangled")(browser, incident)
    offence(browser, incident, "strangulation")
    assert Task.objects.filter(case=incident.case, kind="strangulation").count() == 1


def test_a_common_assault_without_any_of_it_asks_nobody(browser: Client, incident: Incident) -> None:
    happened(browser, incident, weapon="no")
    offence(browser, incident, "common-assault")
    assert not Task.objects.filter(case=incident.case).exists()


@pytest.mark.requirement("S3-003")
def test_whoever_records_it_sees_what_was_asked_of_whom(
    browser: Client, incident: Incident, ellen: User, ruth: User
) -> None:
    by_sign("strangled")(browser, incident)
    page = words(client_of(ellen).get(f"{incident.case.get_absolute_url()}?panel=tasks"))
    assert "Look at strangulation" in page and "Inspector." in page
