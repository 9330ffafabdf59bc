"""Something new about either of them is weighed at once, wherever it was recorded (I7)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, SystemCheck, Task
from dvds.models import Application, Part, Party
from people.models import Person
from tests.cast import involve, take
from tests.dvds.cast_of_disclosures import consideration
from workflow.models import Deadline
from workflow.reactions import run_due

pytestmark = pytest.mark.django_db


def tasks_of(application: Application) -> list[Task]:
    return list(Task.objects.filter(case=application.case, kind="judge_again"))


def fresh(application: Application) -> Application:
    found: Application = Application.objects.get(pk=application.pk)
    return found


@pytest.fixture
def judged(disclosure_unit: Unit, perry: User) -> Application:
    """To be met, and judged a moment ago."""
    return consideration(disclosure_unit, perry, "meeting", looked_at=timezone.now(), risk="medium")


def who(application: Application, part: str) -> Person:
    return Person.objects.get(pk=Party.objects.get(application=application, part=part).person_id)


@pytest.mark.parametrize("part", [Part.SUBJECT, Part.AT_RISK])
def test_an_incident_that_names_either_of_them_asks_for_it(
    judged: Application, hannahs_incident: Incident, ellen: User, part: str
) -> None:
    row = involve(hannahs_incident, ellen, "suspect", "Daniel Reeve")
    Party.objects.filter(application=judged, part=part).update(person=row.person_id)
    run_due()
    assert fresh(judged).renewed_at is not None
    task = tasks_of(judged)[0]
    assert "DA-" not in task.why and "incident" not in task.why
    deadline = Deadline.objects.open().get(subject_type="cases.task", subject_id=task.pk)
    assert deadline.length == "hours:4"


def test_what_another_system_says_elsewhere_asks_for_it_and_nothing_does_not(
    judged: Application, hannahs_incident: Incident, hannahs_case: Case, ellen: User
) -> None:
    row = involve(hannahs_incident, ellen, "suspect", "Daniel Reeve")
    person = row.person_id
    run_due()
    Party.objects.filter(application=judged, part=Part.SUBJECT).update(person=person)
    said: dict[str, Any] = {"system": "custody", "person": person, "names": "Daniel Reeve", "births": "30/01/1988",
                            "checked_at": timezone.now().isoformat()}  # fmt: skip
    take(SystemCheck(case=hannahs_case), "record", ellen, **said, found="nothing")
    run_due()
    assert fresh(judged).renewed_at is None
    take(SystemCheck(case=hannahs_case), "record", ellen, **said, found="something", result="Held on Friday.")
    run_due()
    assert fresh(judged).renewed_at is not None and len(tasks_of(judged)) == 1


def test_nothing_is_asked_before_the_risk_was_judged_or_after_it_is_closed(
    disclosure_unit: Unit, perry: User, hannahs_incident: Incident, ellen: User
) -> None:
    rows = [consideration(disclosure_unit, perry, "checks"),
            consideration(disclosure_unit, perry, "closed", looked_at=timezone.now())]  # fmt: skip
    row = involve(hannahs_incident, ellen, "suspect", "Daniel Reeve")
    person = row.person_id
    Party.objects.filter(application__in=rows, part=Part.SUBJECT).update(person=person)
    run_due()
    assert not any(fresh(one).renewed_at or tasks_of(one) for one in rows)
