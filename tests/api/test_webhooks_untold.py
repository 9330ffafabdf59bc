"""An act that tells of another case is told to no other system, whatever it asked to hear."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import SystemAccount, User
from audit.models import Event
from supervision.models import Delivery, Subscription
from supervision.webhooks.send import send_due, spread
from tests import factories
from workflow import engine, reactions

COUNTER = "incident.counter"


@pytest.fixture
def listener(account: SystemAccount, anna: User) -> Subscription:
    """A subscription of an earlier release: it names the act still."""
    said = {"url": "https://cad.example.org/told", "events": ["incident.begin"]}
    found: Subscription = engine.perform(Subscription(account=account), "subscribe", by=anna, evidence=said)
    Subscription.objects.filter(pk=found.pk).update(events=[COUNTER, "incident.begin"])
    return found


@pytest.fixture
def event(listener: Subscription, ellen: User, priya: User) -> Event:
    hers: Any = factories.complete(ellen)
    Delivery.objects.all().delete()
    engine.perform(hers, "counter", by=ellen, evidence={}, seen=hers.version)
    return Event.objects.get(name=COUNTER)


def test_whoever_asked_already_to_hear_of_a_counter_allegation_hears_of_the_second_record_alone(event: Event) -> None:
    reactions.run_due()
    spread(event)
    assert {row.event.name for row in Delivery.objects.select_related("event")} == {"incident.begin"}


def test_what_an_earlier_release_left_waiting_is_dropped_and_never_sent(event: Event, listener: Subscription) -> None:
    waiting = Delivery.objects.create(subscription=listener, event=event)
    assert send_due(timezone.now()) == 0
    waiting.refresh_from_db()
    assert waiting.done_at and waiting.attempts == 0
    assert waiting.dropped_because == "Not told to any other system"
