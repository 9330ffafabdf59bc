"""A task: raised once for what it is about, heard of by the role that owes it, done by that role or whoever leads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case, Incident, Task
from cases.models.task import TABLE, TASK_KINDS
from cases.services import raise_task
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cases.recording import press, words
from workflow import engine
from workflow.models import Deadline, Refused
from workflow.policies import POLICIES

Raise = Callable[..., Task]


@pytest.fixture
def raised(hannahs_case: Case, hannahs_incident: Incident, ellen: User) -> Raise:
    """Raises a task on Hannah's case, by Ellen, about her incident."""

    def make(kind: str = "strangulation", about: Any = hannahs_incident) -> Task:
        why = "Hands to the neck, she could not breathe."
        return raise_task(case=hannahs_case, kind=kind, why=why, by=ellen, at=timezone.now(), about=about)

    return make


def test_a_task_is_raised_once_while_it_is_open_for_what_it_is_about(raised: Raise, hannahs_case: Case) -> None:
    first = raised()
    assert raised().pk == first.pk
    assert raised(about=None).pk != first.pk
    assert raised("weapon").pk != first.pk
    assert Task.objects.filter(case=hannahs_case).count() == 3
    assert Event.objects.filter(chain=hannahs_case.pk, name="task.raise").count() == 3


def test_once_it_is_done_the_same_may_be_raised_again(raised: Raise, ruth: User) -> None:
    first = raised()
    engine.perform(first, "done", by=ruth, evidence={"outcome": "Read; officer sent to see her."}, seen=first.version)
    assert raised().pk != first.pk


@pytest.mark.parametrize("kind", [row.code for row in TABLE])
def test_every_kind_has_a_clock_of_its_length_owed_by_its_role_with_an_authority(kind: str, raised: Raise) -> None:
    row, task = TASK_KINDS[kind], raised(kind)
    deadline = Deadline.objects.open().get(subject_type="cases.task", subject_id=task.pk)
    assert deadline.due_at - deadline.started_at == timedelta(hours=row.within)
    assert POLICIES[deadline.policy].owed_by == row.role
    assert task.owed_by == row.role and row.authority


def test_the_role_hears_at_once_and_whoever_is_above_when_it_is_missed(
    raised: Raise, priya: User, ruth: User, iris: User
) -> None:
    task = raised()
    now = timezone.now()
    sweep(now)
    about = {"deadline__subject_type": "cases.task", "deadline__subject_id": task.pk}
    assert set(Notice.objects.filter(**about).values_list("person", flat=True)) == {ruth.pk}
    sweep(now + timedelta(hours=5))
    assert iris.pk in Notice.objects.filter(**about).values_list("person", flat=True)
    assert priya.pk not in Notice.objects.filter(**about).values_list("person", flat=True)


def test_a_notice_of_a_task_says_nothing_of_what_is_alleged(raised: Raise, ruth: User) -> None:
    task = raised()
    sweep(timezone.now())
    notice = Notice.objects.get(person=ruth, deadline__subject_type="cases.task", deadline__subject_id=task.pk)
    assert task.case.reference in notice.text
    for word in ("strangul", "neck", "Hannah", "Okoro"):
        assert word.lower() not in notice.text.lower()


def test_an_inspectors_task_is_done_by_an_inspector_and_not_by_a_sergeant(
    raised: Raise, priya: User, ruth: User
) -> None:
    task = raised()
    said = {"outcome": "I have spoken to the officer and agree the plan."}
    with pytest.raises(Refused, match="It is for whoever owes it"):
        engine.perform(task, "done", by=priya, evidence=said, seen=task.version)
    done = engine.perform(task, "done", by=ruth, evidence=said, seen=task.version)
    assert (done.state, done.outcome, done.ended_by) == ("done", said["outcome"], ruth)
    deadline = Deadline.objects.get(subject_type="cases.task", subject_id=task.pk)
    assert deadline.met


def test_a_task_that_is_not_needed_says_why_and_is_no_longer_owed(raised: Raise, ruth: User) -> None:
    task = raised()
    with pytest.raises(Refused):
        engine.perform(task, "not-needed", by=ruth, evidence={"outcome": ""}, seen=task.version)
    said = {"outcome": "Ticked by mistake, as the account says."}
    ended = engine.perform(task, "not-needed", by=ruth, evidence=said, seen=task.version)
    deadline = Deadline.objects.get(subject_type="cases.task", subject_id=task.pk)
    assert ended.state == "not_needed" and not deadline.is_open and deadline.dropped_because


def test_an_open_task_keeps_the_case_from_being_closed(raised: Raise, hannahs_case: Case, priya: User) -> None:
    raised()
    with pytest.raises(Refused, match="not finished"):
        engine.perform(
            hannahs_case, "close", by=priya, evidence={"reason": "Nothing left to do."}, seen=hannahs_case.version
        )


def test_a_task_stands_in_the_team_queue_and_leads_to_where_it_is_done(
    raised: Raise, ruth: User, sign_in: Callable[[User], Client]
) -> None:
    task = raised()
    browser = sign_in(ruth)
    page = browser.get("/team/").content.decode()
    assert "Look at strangulation" in page
    assert f"/work/task/{task.pk}/done/" in page
    answer = press(browser, f"/work/task/{task.pk}/done/", {"outcome": "Officer sent to see her again tonight."})
    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.state == "done"


def test_the_box_on_the_case_shows_what_is_to_be_done_why_and_by_whom(
    raised: Raise, hannahs_case: Case, ellen: User, sign_in: Callable[[User], Client]
) -> None:
    raised()
    page = words(sign_in(ellen).get(f"{hannahs_case.get_absolute_url()}?panel=tasks"))
    assert "Look at strangulation To do Hands to the neck, she could not breathe. Inspector." in page


def test_somebody_may_give_a_task_by_hand_on_the_page_of_the_case(
    hannahs_case: Case, ellen: User, sign_in: Callable[[User], Client]
) -> None:
    said = {"kind": "other", "why": "Please look in on her parents on your way."}
    answer = press(sign_in(ellen), f"/work/task/new/raise/in/{hannahs_case.pk}/", said)
    assert answer.status_code == 302, words(answer)
    assert Task.objects.get(case=hannahs_case).owed_by == "sergeant"


def test_a_task_of_a_hidden_case_is_no_task_for_whoever_is_shut_out(
    raised: Raise, victor: User, sign_in: Callable[[User], Client]
) -> None:
    task = raised()
    assert not Task.objects.visible_to(victor).exists()
    assert sign_in(victor).get(f"/work/task/{task.pk}/done/").status_code == 404
