"""The pages of arrests and positive actions in a real browser: nothing serious for axe, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from tests import factories
from tests.cast import involve
from tests.looks import usable
from workflow import engine

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "What became of the neighbour at number 10, and who looked at the canal path?"


def test_the_pages_of_arrests_and_actions_are_usable_by_everybody(
    browser: Browser, live_server: Any, ellen: User, priya: User
) -> None:
    empty = factories.suspected(ellen)
    two = factories.complete(ellen, arrested=False)
    involve(two, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    sent = factories.sent(ellen, arrested=False)
    returned = factories.sent(ellen, arrested=False)
    row, back = sent.arrest_decisions.get(), returned.arrest_decisions.get()
    engine.perform(back, "return", by=priya, evidence={"reason": WHY}, seen=back.version)
    action = returned.actions.get()
    unsaid = f"/work/incident/{empty.pk}/sections/arrest/"
    hers = [
        unsaid, f"/work/incident/{two.pk}/sections/arrest/", f"/work/incident/{returned.pk}/sections/arrest/",
        f"/work/incident/{empty.pk}/sections/done/", f"/work/incident/{returned.pk}/sections/done/",
        f"/work/incident/{returned.pk}/rows/action/{action.pk}/", f"/work/incident/{sent.pk}/sections/arrest/",
        f"/work/arrest/{row.pk}/try/", f"/work/arrest/{row.pk}/take/", f"/cases/{sent.case.reference}/?panel=done",
    ]  # fmt: skip
    decide = [f"/work/incident/{sent.pk}/decide/record/", f"/work/arrest/{row.pk}/decide/no-arrest/"]

    def answered(page: Page, path: str) -> None:
        """No arrest, and a reason that asks for more."""
        if path == unsaid:
            page.check('input[name="arrested"][value="no"]')
            page.check('input[name="codes"][value="N3"]')

    usable(browser, live_server.url, ellen, hers, "arrest", answered)
    usable(browser, live_server.url, priya, [*decide, "/team/no-arrest/"], "arrest-decided")
