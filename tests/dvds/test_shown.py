"""What the demonstration shows of the door: told by the ordinary steps, each at its own moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from config.demo.disclosures import Disclosures
from config.demo.force import make_force
from dvds.models import Application, Intake

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_what_waits_and_what_was_sent_on() -> None:
    now = timezone.now()

    Disclosures(make_force(now), now).tell()

    assert Intake.objects.waiting().count() == 3
    states = list(Application.objects.order_by("first_contact_at").values_list("route", "state"))
    assert states == [("know", "checks"), ("ask", "checks"), ("ask", "opened")]
    assert Application.objects.filter(first_contact_at__lt=now - timedelta(hours=26)).count() == 2
