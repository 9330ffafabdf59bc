"""The pages of arrests and positive actions in a real browser: nothing serious for axe, on a phone and on a desk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from accounts.models import User
from tests import factories
from tests.browser import DESK, PHONE
from tests.cast import involve
from tests.doors.test_axe import faults_of, signed_in
from workflow import engine

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES", "")  # a folder, for whoever wants to look at them
WHY = "What became of the neighbour at number 10, and who looked at the canal path?"


def test_the_pages_of_arrests_and_actions_are_usable_by_everybody(
    browser: Browser, live_server: Any, ellen: User, priya: User
) -> None:
    empty = factories.peopled(factories.begun(ellen), ellen)
    empty = engine.amend(
        empty,
        {"everyone_safe": "yes", "made_safe": "At her sister's.", "suspect_known": "yes"},
        by=ellen,
        seen=empty.version,
    )
    two = factories.complete(ellen, arrested=False)
    involve(two, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    sent = factories.sent(ellen, arrested=False)
    returned = factories.sent(ellen, arrested=False)
    row, back = sent.arrest_decisions.get(), returned.arrest_decisions.get()
    engine.perform(back, "return", by=priya, evidence={"reason": WHY}, seen=back.version)
    action = returned.actions.get()
    views = [
        (ellen, [
            f"/work/incident/{empty.pk}/sections/arrest/", f"/work/incident/{two.pk}/sections/arrest/",
            f"/work/incident/{returned.pk}/sections/arrest/", f"/work/incident/{empty.pk}/sections/done/",
            f"/work/incident/{returned.pk}/sections/done/", f"/work/incident/{returned.pk}/rows/action/{action.pk}/",
            f"/work/incident/{sent.pk}/sections/arrest/", f"/work/arrest/{row.pk}/try/", f"/work/arrest/{row.pk}/take/",
            f"/cases/{sent.case.reference}/?panel=done",
        ]),
        (priya, [
            f"/work/incident/{sent.pk}/decide/record/", f"/work/arrest/{row.pk}/decide/no-arrest/", "/team/no-arrest/",
        ]),
    ]  # fmt: skip
    wrong, axe = [], Axe()
    for user, paths in views:
        page = signed_in(browser, live_server.url, user)
        for number, path in enumerate(paths):
            answer = page.goto(live_server.url + path)
            assert answer is not None and answer.status == 200, (path, answer and answer.status)
            if path.endswith(f"{empty.pk}/sections/arrest/"):
                page.check('input[name="arrested"][value="no"]')
                page.check('input[name="codes"][value="N3"]')
            wrong += [(path, fault) for fault in faults_of(page, axe)]
            for size in (PHONE, DESK) if PICTURES else ():
                page.set_viewport_size(size)  # type: ignore[arg-type]
                name = f"{user.last_name}-{number:02}-{size['width']}.png"
                page.screenshot(path=Path(PICTURES) / name, full_page=True)
        page.context.close()
    assert not wrong, "\n".join(map(str, wrong))
