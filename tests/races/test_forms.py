"""One form sent twice at the same moment makes one record, whatever the form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, SafetyWarning
from people.models import Person
from reporting.models import Document
from tests import factories
from tests.cast import client_of
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "a" * 32


def sent_twice(by: User, url: str, said: dict[str, Any]) -> list[Any]:
    """The same form from two windows of one person; both answers."""
    browsers = [client_of(by), client_of(by)]
    for browser in browsers:
        browser.raise_request_exception = False
    return at_once(*(lambda b=b: b.post(url, {**said, "token": TOKEN}) for b in browsers))


def same(answers: list[Any]) -> None:
    assert [answer.status_code for answer in answers] == [302, 302], answers
    assert answers[0]["Location"] == answers[1]["Location"], "both are taken to the one record"


def test_an_incident_begun_twice_is_one(ellen: User) -> None:
    at = timezone.localtime(timezone.now() - timedelta(hours=1))
    said = {
        "reported_at_day": at.day, "reported_at_month": at.month, "reported_at_year": at.year,
        "reported_at_time": f"{at:%H:%M}", "channel": "999", "log_ref": "0388",
    }  # fmt: skip
    same(sent_twice(ellen, "/incidents/new/", said))
    assert (Incident.objects.count(), Case.objects.count()) == (1, 1)


def test_somebody_new_added_twice_is_one_person(ellen: User) -> None:
    incident = factories.written(factories.begun(ellen), ellen)
    said = {"forename": "Ola", "surname": "Bright", "new": "1"}
    same(sent_twice(ellen, f"/incidents/{incident.pk}/people/witness/", said))
    assert incident.people("witness").count() == 1 and Person.objects.count() == 1


def test_a_safety_warning_said_twice_is_one(ellen: User) -> None:
    case = factories.begun(ellen).case
    said = {"what": "A large dog is loose in the yard.", "seen": str(case.version)}
    same(sent_twice(ellen, f"/work/case/{case.pk}/warn/", said))
    assert SafetyWarning.objects.filter(case=case).count() == 1


def test_a_decision_pressed_twice_is_one(ellen: User, priya: User) -> None:
    incident = factories.sent(ellen)
    said = {
        "decision": "incident-approve",
        "incident-approve-reason": "Read and agreed.",
        "seen": str(incident.version),
    }
    answers = sent_twice(priya, f"/work/incident/{incident.pk}/decide/record/", said)
    assert all(answer.status_code in (302, 409) for answer in answers), [a.status_code for a in answers]
    assert 302 in [answer.status_code for answer in answers]
    assert Incident.objects.get(pk=incident.pk).version == incident.version + 1


def test_a_case_file_asked_for_twice_is_one(ellen: User) -> None:
    case = factories.begun(ellen).case
    same(sent_twice(ellen, f"/cases/{case.reference}/case-file/", {}))
    assert Document.objects.count() == 1
