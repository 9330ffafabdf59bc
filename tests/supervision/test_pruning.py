"""What the service forgets each night, what it keeps, and how it is seen that it does not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Attempt, Session, User
from audit.models import Access, Event, Seal
from cases.models import Case
from supervision import health, pruning, tasks
from supervision.models import Heartbeat
from workflow.models import Once, Outbox

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def rows(ellen: User, hannahs_case: Case, now: datetime) -> None:
    """Of each kind one that is old enough to go and one that is not."""
    Once.objects.create(by=ellen, key="old", at=now - 31 * DAY)
    Once.objects.create(by=ellen, key="young", at=now - 29 * DAY)
    Attempt.objects.create(kind="password", login="old", at=now - 91 * DAY)
    Attempt.objects.create(kind="password", login="young", at=now - 90 * DAY)
    Session.objects.create(session_key="old", session_data="", expire_date=now - HOUR)
    Session.objects.create(session_key="young", session_data="", expire_date=now + HOUR)
    event = Event.objects.earliest("pk")
    Outbox.objects.all().delete()
    for name, done in (("old", now - 91 * DAY), ("young", now - 89 * DAY), ("failed", None)):
        Outbox.objects.create(event=event, reaction=name, queued_at=now - 99 * DAY, done_at=done)


def kept() -> list[Any]:
    return [
        *Once.objects.order_by("key").values_list("key", flat=True),
        *Attempt.objects.order_by("login").values_list("login", flat=True),
        *Session.objects.filter(session_key__in=["old", "young"]).values_list("session_key", flat=True),
        *Outbox.objects.order_by("reaction").values_list("reaction", flat=True),
    ]


def test_what_is_old_goes_and_what_is_not_stays(rows: None, now: datetime) -> None:
    assert pruning.prune(now) == {row.name: 1 for row in pruning.TABLE}
    assert kept() == ["young", "young", "young", "failed", "young"]
    assert pruning.prune(now) == dict.fromkeys((row.name for row in pruning.TABLE), 0)


def test_batches_take_all_and_no_night_takes_more_than_its_bound(
    rows: None, ellen: User, now: datetime, monkeypatch: Any
) -> None:
    Once.objects.bulk_create([Once(by=ellen, key=f"{n}", at=now - 40 * DAY) for n in range(6)])
    monkeypatch.setattr(pruning, "BATCH", 2)
    monkeypatch.setattr(pruning, "MOST", 2)
    assert pruning.prune(now)["forms sent"] == 4
    assert pruning.prune(now)["forms sent"] == 3


def test_the_record_is_never_among_it(now: datetime) -> None:
    forgotten = {row.older(now).model for row in pruning.TABLE}
    assert not forgotten & {Event, Access, Seal} and "audit" not in {model._meta.app_label for model in forgotten}


def test_it_is_done_once_a_night_however_often_it_is_asked_for(rows: None, now: datetime) -> None:
    assert tasks.prune() == len(pruning.TABLE) or not kept().count("old")
    Heartbeat.objects.filter(name=Heartbeat.PRUNING).update(at=now)
    assert not pruning.is_due(now + HOUR) and pruning.is_due(now + 25 * HOUR)


def test_one_night_without_it_is_no_news_and_two_are_red(now: datetime, monkeypatch: Any) -> None:
    assert health.pruned_lately()
    pruning.prune(now)
    beat = Heartbeat.objects.filter(name=Heartbeat.PRUNING)
    from_now = health.timezone.now()
    beat.update(at=from_now - 26 * HOUR)
    assert health.pruned_lately()
    beat.update(at=from_now - 52 * HOUR)
    assert not health.pruned_lately()


def test_a_night_that_fails_from_the_very_first_is_counted_too(now: datetime, monkeypatch: Any) -> None:
    def falls(rows: Any) -> int:
        raise ConnectionError

    monkeypatch.setattr(pruning, "_forget", falls)
    with pytest.raises(ConnectionError):
        pruning.prune(now)
    assert pruning.went_well(now + 26 * HOUR) and not pruning.went_well(now + 52 * HOUR)
