"""What came through the public page’s letterbox is put at the door: each once, none lost, and the time runs from the first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from dvds import tasks
from dvds.health import nothing_lies_in_the_letterbox
from dvds.models import Intake, PublicRequest
from dvds.models.asked import WORDS
from dvds.services import asked
from dvds.services.asked import take_in
from tests.races.together import at_once

SAID: dict[str, Any] = {
    "danger": "possible", "asks_as": "friend", "at_risk": "Rosa Field, Mill Lane", "subject": "Kurt Vane, a white van",
    "why": "He hurt somebody before.\nShe has a bruise.", "feared": ["assault", "control"],
    "safe_means": "Phone somebody they trust: 07700 900417", "safe_times": "Tuesdays before 11",
    "never": "Never ring the house", "asker": "Nina", "language": "Polish",
}  # fmt: skip


def asked_for(**said: Any) -> PublicRequest:
    """One request, as it lies in the letterbox."""
    row: PublicRequest = PublicRequest.objects.create(key=uuid4(), **said)
    row.refresh_from_db()
    return row


def test_it_waits_at_the_door_with_every_word_and_the_letterbox_forgets_them(perry: User, rafi: User) -> None:
    row = asked_for(**SAID)
    intake = take_in(row.pk, at=timezone.now())
    assert intake is not None
    assert {name: getattr(intake, name) for name in SAID} == SAID
    assert (intake.state, intake.route, intake.channel) == ("waiting", "ask", "online")
    assert (intake.recorded_by.username, intake.first_contact_at) == ("system", row.received_at)
    for reader in (perry, rafi):
        assert Intake.objects.visible_to(reader).filter(pk=intake.pk).exists()
    row.refresh_from_db()
    assert {getattr(row, name) for name in WORDS} == {""}
    assert (row.feared, row.intake_id) == ([], intake.pk)
    assert Event.objects.get(subject_type="dvds.intake", subject_id=intake.pk).by.username == "system"


def test_taken_in_twice_it_is_one(perry: User) -> None:
    row = asked_for(**SAID)
    assert take_in(row.pk, at=timezone.now()) is not None
    assert take_in(row.pk, at=timezone.now()) is None
    assert tasks.take_in_request(row.pk) is False
    assert Intake.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_make_one(perry: User) -> None:
    row = asked_for(**SAID)
    made = at_once(*[lambda: take_in(row.pk, at=timezone.now())] * 2)
    assert sum(one is not None for one in made) == 1
    assert Intake.objects.count() == 1


def test_a_worker_that_was_down_for_a_day_loses_hours_and_never_moves_the_start(perry: User) -> None:
    row = asked_for(**SAID)
    later = timezone.now() + timedelta(hours=26)
    intake = take_in(row.pk, at=later)
    assert intake is not None
    assert (intake.first_contact_at, intake.recorded_at) == (row.received_at, later)


def test_danger_now_is_said_with_what_was_done(perry: User) -> None:
    intake = take_in(asked_for(**SAID | {"danger": "yes"}).pk, at=timezone.now())
    assert intake is not None
    assert "showed 999 at once" in intake.danger_words


@pytest.mark.parametrize(
    ("said", "at_risk"),
    [
        ({"asks_as": "self"}, asked.NOT_NAMED),
        ({"asks_as": "self", "asker": "Rosa"}, "Rosa"),
        ({"asks_as": "friend"}, asked.NOT_NAMED),
    ],
)
def test_who_says_hardly_anything_is_taken_in_all_the_same(perry: User, said: dict[str, str], at_risk: str) -> None:
    intake = take_in(asked_for(danger="none", safe_means="Cannot be reached safely", **said).pk, at=timezone.now())
    assert intake is not None
    assert intake.at_risk == at_risk


def test_before_anybody_is_posted_to_the_unit_nothing_is_lost(rafi: User) -> None:
    intake = take_in(asked_for(**SAID).pk, at=timezone.now())
    assert intake is not None
    assert Intake.objects.visible_to(rafi).filter(pk=intake.pk).exists()


def test_one_that_fails_stays_holds_up_no_other_and_is_noticed(perry: User, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = asked_for(subject="The bad one", danger="none"), asked_for(**SAID)
    put = asked.put_at_door

    def put_unless_bad(said: dict[str, Any], at: datetime) -> Intake:
        if said["subject"] == "The bad one":
            raise RuntimeError
        return put(said, at)

    monkeypatch.setattr(asked, "put_at_door", put_unless_bad)
    sent: list[int] = []
    monkeypatch.setattr(tasks.take_in_request, "delay", sent.append)
    assert tasks.take_in_requests() == 2
    assert sent == [bad.pk, good.pk]
    with pytest.raises(RuntimeError), transaction.atomic():
        tasks.take_in_request(bad.pk)
    assert tasks.take_in_request(good.pk) is True
    assert list(PublicRequest.objects.waiting()) == [bad]
    assert nothing_lies_in_the_letterbox()
    PublicRequest.objects.filter(pk=bad.pk).update(received_at=timezone.now() - timedelta(minutes=11))
    assert not nothing_lies_in_the_letterbox()


def test_beat_looks_into_it_every_minute() -> None:
    row = settings.CELERY_BEAT_SCHEDULE["letterbox"]
    assert (row["task"], row["schedule"]) == (tasks.take_in_requests.name, settings.BEAT_SECONDS)


@pytest.mark.parametrize("left", [{"subject": "Kurt Vane"}, {"feared": ["assault"]}, {"why": "x"}])
def test_the_database_keeps_no_words_of_a_request_that_was_taken_in(perry: User, left: dict[str, Any]) -> None:
    row = asked_for(**SAID)
    take_in(row.pk, at=timezone.now())
    with pytest.raises(IntegrityError, match="asked_wiped_once_taken"), transaction.atomic():
        PublicRequest.objects.filter(pk=row.pk).update(**left)
