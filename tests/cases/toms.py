"""Tom at the doorstep: his browser, and his record of an incident in which Hannah was harmed. A file imports what it needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Incident, Involvement
from tests.cases.recording import add_person, made_safe


@pytest.fixture
def browser(tom: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(tom)


@pytest.fixture
def incident(browser: Client) -> Incident:
    """Tom's record, with Hannah harmed, whom nobody knew before."""
    return of_somebody(browser, "Hannah", "Okoro")


def of_somebody(browser: Client, forename: str, surname: str) -> Incident:
    """A record with everyone safe and one person harmed, not known before."""
    begun = made_safe(browser)
    add_person(browser, begun, "victim", forename=forename, surname=surname)
    return begun


def harmed(incident: Incident) -> Involvement:
    row: Involvement = incident.people("victim").get()
    return row


def row_url(incident: Incident, kind: str = "victim") -> str:
    """A small page about the person harmed."""
    return f"/work/incident/{incident.pk}/rows/{kind}/{harmed(incident).pk}/"
