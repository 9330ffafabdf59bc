"""Packs, owners and words of figures in a real browser: usable by everybody at every width."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import Unit, User
from reporting.models import MeasureComment, MeasureOwner
from tests.cast import take
from tests.looks import usable
from tests.reporting.packs.packing import asked, made, reports, sent, withdrawn

pytestmark = pytest.mark.django_db(transaction=True)


def test_packs_are_usable_by_everybody(
    browser: Browser, live_server: Any, ari: User, kofi: User, nr3: Unit, ellen: User, quick: None
) -> None:
    reports(7, nr3, ellen)
    aim = {"way": "least", "target": "40", "authority": "Performance board, 3 March 2026."}
    take(MeasureOwner(), "name", kofi, measure="M06", over="NP", owner="0077", **aim)
    said = take(
        MeasureComment(),
        "say",
        kofi,
        measure="M06",
        over="NP",
        month="2026-10",
        words="Arrests rose with the new guidance.",
    )
    take(said, "act", kofi, action="Look at forty decisions not to arrest.", does="0077", due_on="2099-01-31")
    waiting, old = asked("inspection", ari), withdrawn(made("caseload", ari), ari)
    monthly, shared = sent(made("performance", ari), ari, kofi), made("partners", ari)
    of_ari = [
        "/packs/", "/packs/?pack=performance", "/packs/new/?pack=partners", waiting.get_absolute_url(), old.get_absolute_url(),
        monthly.get_absolute_url(), shared.get_absolute_url(), f"/work/pack/{shared.pk}/send/", f"/work/pack/{shared.pk}/write/",
        "/figures/m06/?to=2026-10", "/figures/m06/owner/", "/figures/m06/said/",
    ]  # fmt: skip
    usable(browser, live_server.url, ari, of_ari, "packs")
    of_kofi = [f"/work/pack/{monthly.pk}/sign/", "/figures/m06/owner/new/", "/figures/m06/said/new/"]
    usable(browser, live_server.url, kofi, of_kofi, "packs-signed")
