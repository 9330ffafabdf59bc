"""A third incident within a year is looked at whatever the writer may see; its words tell nothing that is kept from somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, Involvement, Task
from cases.models.task import TASK_KINDS
from cases.services.involving import involve_known
from people.models import Person
from supervision.models import Notice
from tests import factories
from tests.cases.recording import words
from tests.cast import involve, shut_out
from workflow import engine

pytestmark = pytest.mark.django_db
TELLS = ("third", "12 months", "in a year")


@pytest.fixture
def harmed(ellen: User, priya: User) -> Person:
    """Hannah, harmed in two reports of this year, each in a case of its own."""
    first = factories.begun(ellen, minutes_ago=60 * 24 * 200)
    someone: Person = involve(first, ellen, "victim", "Hannah Okoro").person
    earlier(someone, ellen, 100)
    assert not Task.objects.exists()
    return someone


def earlier(person: Person, by: User, days: int) -> Incident:
    incident = factories.begun(by, minutes_ago=60 * 24 * days)
    engine.add(Involvement(incident=incident, person=person, part="victim"), beneath=incident, by=by)
    return incident


def again(person: Person, by: User) -> Case:
    """Tonight's report, by somebody who knows that it is her."""
    incident = factories.begun(by)
    involve_known(incident=incident, part="victim", person=person, by=by)
    return incident.case


def oldest() -> Case:
    return Incident.objects.order_by("reported_at").first().case  # type: ignore[union-attr,no-any-return]


def restrict(case: Case, by: User) -> None:
    engine.perform(case, "restrict", by=by, evidence={"reason": "She works for this force."})


def test_where_nothing_is_kept_from_anybody_the_task_says_that_it_is_the_third(harmed: Person, tom: User) -> None:
    [task] = Task.objects.filter(case=again(harmed, tom))
    assert (task.kind, task.owed_by) == ("third_incident", "da_specialist")
    assert "third incident" in task.why


def test_an_earlier_report_that_the_writer_may_not_see_counts_all_the_same(
    harmed: Person, tom: User, priya: User
) -> None:
    restrict(oldest(), priya)
    assert not Case.objects.visible_to(tom).filter(pk=oldest().pk).exists()
    [task] = Task.objects.filter(case=again(harmed, tom))
    assert (task.kind, task.owed_by) == ("earlier_history", "da_specialist")


def test_what_a_writer_sees_who_is_named_on_a_restricted_case_is_told_to_nobody_else(
    harmed: Person, ellen: User, priya: User, tom: User, sign_in: Callable[[User], Client]
) -> None:
    """Ellen holds the restricted case; Tom reads hers of tonight, its task and its notices."""
    restrict(oldest(), priya)
    case = again(harmed, ellen)
    task = Task.objects.get(case=case)
    said = " ".join([task.why, task.label, words(sign_in(tom).get(case.get_absolute_url()))])
    said += " ".join(Notice.objects.filter(case=case).values_list("text", flat=True))
    assert TASK_KINDS["earlier_history"].label in said
    assert not [told for told in TELLS if told in said.lower()]


def test_from_whom_a_case_is_kept_is_reason_enough_to_say_no_figure(
    harmed: Person, tom: User, priya: User, victor: User
) -> None:
    shut_out(oldest(), victor, priya)
    assert [task.kind for task in Task.objects.filter(case=again(harmed, tom))] == ["earlier_history"]


def test_two_reports_are_no_third_whoever_may_see_them(harmed: Person, ellen: User, tom: User, priya: User) -> None:
    Incident.objects.filter(case=oldest()).update(reported_at=timezone.now() - timedelta(days=366))
    restrict(oldest(), priya)
    assert not Task.objects.filter(case=again(harmed, tom)).exists()


def test_the_neutral_task_is_raised_once_too(harmed: Person, tom: User, priya: User, ellen: User) -> None:
    restrict(oldest(), priya)
    case = again(harmed, tom)
    incident: Any = Incident.objects.get(case=case)
    row = incident.people("victim").get()
    engine.strike_out(row, beneath=incident, by=tom, seen=row.version, reason="Entered twice.")
    involve_known(incident=Incident.objects.get(pk=incident.pk), part="victim", person=harmed, by=tom)
    assert Task.objects.filter(case=case).count() == 1
