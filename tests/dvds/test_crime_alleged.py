"""A crime that is told of is recorded beside the consideration, and its time limits run on (I3)."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.models import Case, Task
from dvds.models import Application
from tests.cast import client_of, take, text_of
from workflow import engine
from workflow.models import Refused

pytestmark = pytest.mark.django_db


def owed(application: Application) -> list[Task]:
    return list(Task.objects.filter(case=application.case, kind="crime_alleged", state=Task.State.TO_DO))


def test_a_crime_without_a_number_is_a_task_until_it_has_one(in_checks: Application, perry: User) -> None:
    take(in_checks, "crime", perry, what="He held her by the throat in May.")
    take(in_checks, "crime", perry, what="And he took her telephone.")
    assert len(owed(in_checks)) == 1

    done = take(in_checks, "crime", perry, what="Recorded by the desk.", number="NP/2026/11873")

    assert (done.crime_alleged, done.crime_reference) == ("yes", "NP/2026/11873")
    assert not owed(in_checks)


def test_it_is_linked_to_an_investigation_which_does_not_learn_of_it(
    in_checks: Application, hannahs_case: Case, ellen: User, perry: User
) -> None:
    done = take(in_checks, "crime", perry, what="Recorded by Ellen.", reference=hannahs_case.reference)

    assert done.investigation == hannahs_case and done.crime_reference == hannahs_case.reference
    assert in_checks.case.reference not in text_of(client_of(ellen).get(hannahs_case.get_absolute_url()))
    with pytest.raises(Refused):
        take(in_checks, "crime", perry, what="Recorded by nobody.", reference="DA-2026-999999")


def test_it_changes_neither_the_state_nor_the_start_and_nothing_waits_for_it(
    in_checks: Application, perry: User
) -> None:
    before = (in_checks.state, in_checks.first_contact_at, in_checks.profile)

    done = take(in_checks, "crime", perry, what="He held her by the throat in May.")

    assert (done.state, done.first_contact_at, done.profile) == before
    offers = {offer.step.name: offer.refusal for offer in engine.available(done, perry)}
    assert "crime" not in offers["finish-checks"] and offers["contact"] == ""


def test_said_in_its_section_it_is_owed_too(opened: Application, perry: User) -> None:
    said = {"danger": "none", "crime_alleged": "yes", "crime_reference": "", "seen": opened.version}

    answer = client_of(perry).post(f"/work/consideration/{opened.pk}/sections/danger/", said)

    assert answer.status_code == 302 and len(owed(opened)) == 1
    now = Application.objects.get(pk=opened.pk)
    client_of(perry).post(
        f"/work/consideration/{opened.pk}/sections/danger/",
        {**said, "crime_reference": "NP/2026/11873", "seen": now.version},
    )
    assert not owed(opened)
