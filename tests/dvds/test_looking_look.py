"""Second look, figures, the steps of special cases and the marker in a real browser: usable by everybody at every width."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from accounts.models import Unit, User
from dvds.models import Application
from dvds.services.sample import draw_if_due
from tests.dvds.cast_of_disclosures import consideration
from tests.looks import usable

pytestmark = pytest.mark.django_db(transaction=True)

S = Application.State


def test_looking_back_and_special_cases_are_usable_by_everybody(
    browser: Browser, live_server: Any, disclosure_unit: Unit, perry: User, wren: User, maya: User
) -> None:
    when = timezone.now().replace(day=1) - timedelta(days=3)
    for number in range(12):
        said = {"outcome": "disclosed", "told_at": when} if number % 2 else {"outcome": "nothing_held"}
        by = perry if number % 2 else wren
        consideration(disclosure_unit, by, S.CLOSED, days_ago=40, ended_at=when, intelligence_ref="INT", **said)
    draw_if_due(timezone.now())
    met = consideration(disclosure_unit, perry, S.MET, applicant="Nora Quist")
    base = f"/work/consideration/{met.pk}"
    steps = [f"{base}/{step}/" for step in ("go-on-unasked", "end-inapplicable", "freeze", "merge")]
    usable(browser, live_server.url, maya, ["/looking-back/second-look/", "/looking-back/figures/", *steps], "back")
    usable(browser, live_server.url, perry, [f"{base}/withdraw/"], "withdraw")
