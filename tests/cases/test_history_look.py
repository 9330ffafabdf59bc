"""The person page with its tabs, and the page of two people, in a real browser: usable by everybody at every width."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from cases.models import Case, Incident, SafetyWarning
from people.models import Address, Description, Person, Telephone
from tests.cases.lives import acted, gareth, kerry, leanne, life, with_kerry, with_leanne
from tests.looks import usable
from tests.people.population import learned

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["gareth", "kerry", "leanne", "life", "with_kerry", "with_leanne"]


def opened(page: Page, path: str) -> None:
    for closed in page.locator("main details:not([open]) > summary").all():
        if closed.is_visible():
            closed.click()


def test_the_history_of_somebody_is_usable_by_everybody(
    browser: Browser, live_server: Any, ellen: User, life: Person, kerry: Person, with_kerry: Case, with_leanne: Case
) -> None:
    learned(Description, with_kerry, life, ellen, topic="gender", answer="M")
    for line in ("14 Tannery Row", "3 Corn Street", "9 Harbour View", "Flat 2, 40 High Street"):
        learned(Address, with_kerry, life, ellen, line=line, postcode="NG5 2AB")
    learned(Telephone, with_leanne, life, ellen, number="07700 900862")
    SafetyWarning.objects.create(case=with_leanne, recorded_by=ellen, what="Keeps knives in the hall.")
    latest = Incident.objects.get(account="Rang her eleven times.")
    acted(latest, ellen, "idva")
    acted(latest, ellen, "accommodation", answer="declined")
    here = f"/people/{life.pk}"
    paths = [
        f"{here}/", f"{here}/narrative/", f"{here}/with/", f"{here}/addresses/", f"{here}/systems/",
        f"{here}/with/{kerry.pk}/", f"{here}/with/{kerry.pk}/?harmed=one", f"{here}/?on_day=1&on_month=3&on_year=2025",
    ]  # fmt: skip
    usable(browser, live_server.url, ellen, paths, "history", opened)
