"""Danger said on the public page at two in the morning reaches the control room at the next sweep."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import UnsafeReport
from dvds import tasks
from dvds.models import Intake, PublicRequest
from dvds.services.asked import take_in
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import client_of, take, text_of
from tests.dvds.door import request, taken
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
SECOND, QUARTER = timedelta(seconds=1), timedelta(minutes=15)
CLOCK = "request-in-danger"


def online(danger: str = "yes") -> Intake:
    """Asked on the public page, and taken in by the worker."""
    row = PublicRequest.objects.create(
        key=uuid4(), danger=danger, asks_as="self", asker="Rosa", subject="Karl Field", safe_means="Ring 07700 900123"
    )
    intake = take_in(row.pk, at=timezone.now())
    assert intake is not None
    return intake


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(person=user, deadline__policy=CLOCK).values_list("text", flat=True))


def test_danger_said_on_the_public_page_is_told_to_the_control_room_at_the_next_sweep(
    rafi: User, bea: User, perry: User, maya: User
) -> None:
    waits = online()

    sweep(timezone.now() + SECOND)

    for user in (rafi, bea, maya):
        (words,) = told(user)
        assert not any(word in words for word in ("Rosa", "Field", "Clare", "isclosure", "900123")), words
    assert waits.danger == "yes" and "999" in waits.danger_words
    page = client_of(rafi).get("/requests/")
    assert [row.pk for row in page.context["rows"]] == [waits.pk] and "anger" in text_of(page)


def test_nobody_answering_is_told_again_to_the_supervisors_after_a_quarter_and_half_an_hour(
    rafi: User, bea: User, perry: User, maya: User
) -> None:
    waits = online()
    owed = Deadline.objects.get(policy=CLOCK, subject_id=waits.pk)
    assert owed.due_at - owed.started_at == QUARTER
    for moment, user, number in ((SECOND, bea, 2), (QUARTER + SECOND, maya, 2)):
        sweep(timezone.now() + SECOND)
        sweep(owed.due_at + moment)
        assert len(told(user)) == number, user


def test_whoever_takes_it_up_finds_somebody_unsafe_on_the_case_and_the_clock_stops(rafi: User, perry: User) -> None:
    waits = online()
    application = taken(waits, rafi)
    assert UnsafeReport.objects.filter(case=application.case, answered_at__isnull=True).exists()
    assert Deadline.objects.get(policy=CLOCK, subject_id=waits.pk).stopped_at is not None


def test_what_tells_of_no_danger_wakes_nobody_until_somebody_says_so(ellen: User, rafi: User, perry: User) -> None:
    waits = request(ellen)
    online("possible")
    assert not Deadline.objects.filter(policy=CLOCK).exists()
    take(waits, "danger", rafi, what="He is outside her door; a car is on its way.")
    assert Deadline.objects.get(policy=CLOCK).subject_id == waits.pk


def test_danger_said_of_what_was_taken_up_is_owed_on_its_case_and_not_at_the_door(
    ellen: User, rafi: User, perry: User
) -> None:
    waits = request(ellen)
    application = taken(waits, perry)
    take(waits, "danger", perry, what="He is outside her door; a car is on its way.")
    assert not Deadline.objects.filter(policy=CLOCK).exists()
    assert UnsafeReport.objects.filter(case=application.case, answered_at__isnull=True).exists()


def test_the_worker_that_looks_into_the_letterbox_every_minute_is_the_whole_way(
    rafi: User, perry: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    PublicRequest.objects.create(key=uuid4(), danger="yes", asks_as="friend", subject="Karl Field", safe_means="None")
    monkeypatch.setattr(tasks.take_in_request, "delay", tasks.take_in_request)
    assert tasks.take_in_requests() == 1
    sweep(timezone.now() + SECOND)
    assert len(told(rafi)) == 1
