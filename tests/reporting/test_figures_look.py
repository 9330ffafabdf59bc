"""The explorer in a real browser: usable by everybody at every width, with its funnels, waits, stages and notes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from accounts.models import Unit, User
from tests.looks import signed_in, usable
from tests.reporting.measures.generated import plant
from tests.reporting.measures.test_journeys import AUTUMN, BARE, CRIME
from tests.reporting.outside import confirmed, second
from tests.reporting.test_context_notes import noted

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_explorer_is_usable_by_everybody(
    browser: Browser, live_server: Any, ari: User, force: Unit, nr3: Unit, nr4: Unit, sr1: Unit, ellen: User
) -> None:
    full = BARE | {"dash": 2, "later": "medium", "action": "support"}
    drawn = [full | {"crimes": [CRIME], "arrest": 2, "charge": 9, "unit": n % 2, "days": 30 + n} for n in range(12)]
    plant(
        [*drawn, *(full | {"crimes": [CRIME], "unit": n % 3, "days": 40 + n} for n in range(8))], [nr3, nr4, sr1], ellen
    )
    confirmed("benchmark", [("M06b", "2025-10", "12", "England and Wales", "41.5", "ONS")], ari, second(force))
    noted(ari, title="Pandemic", from_on="2026-02-01", until_on="2026-06-30")
    note = noted(ari, from_on="2026-10-05")
    paths = [
        "/figures/", "/figures/m06/?from=2023-01&to=2026-11", f"/figures/m06b/?by=team&{AUTUMN}",
        f"/figures/m06b/?unit=NR3&compare=force&{AUTUMN}", f"/figures/m06b/?compare=others&{AUTUMN}",
        f"/figures/m02/?by=offence&{AUTUMN}", f"/figures/m18/?{AUTUMN}", f"/figures/m19/?by=risk&{AUTUMN}",
        f"/figures/m19/?time=from-arrest-to-charge&{AUTUMN}", f"/figures/m23/?by=action&{AUTUMN}", f"/figures/m24/?{AUTUMN}",
        "/figures/m18/?from=2020-01&to=2020-03", "/figures/notes/", note.get_absolute_url(), "/work/context-note/new/add/",
        f"/work/context-note/{note.pk}/correct/", f"/figures/m44/?of=M06b&by=gender&{AUTUMN}",
    ]  # fmt: skip
    usable(browser, live_server.url, ari, paths, "figures")


def test_a_page_that_takes_long_to_count_says_that_it_is_at_it(
    browser: Browser, live_server: Any, ari: User, force: Unit
) -> None:
    page = signed_in(browser, live_server.url, ari)
    page.goto(f"{live_server.url}/figures/m06/")
    page.route("**/figures/m06/?*", lambda route: route.fulfill(status=204))  # as if the answer were still to come
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Counting.", exact=True)).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("from="))
    expect(page.get_by_text("Counting.", exact=True)).not_to_be_visible()
