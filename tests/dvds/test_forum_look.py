"""The pages of forum, telling and end in a real browser, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import Unit, User
from dvds.models import FinalReport
from tests.cast import take
from tests.dvds.forum import CONCLUDED, answers, before, fresh, managed, referred, to_be_told, told_said, trace
from tests.looks import usable

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_forum_telling_and_end_are_usable(
    live_server: Any, browser: Browser, disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    waits = referred(disclosure_unit, perry, at_risk="Ida Moss", subject="Dean Low", children=("Mia Moss",))
    trace(waits, perry)
    before(waits, hal, inez, perry)
    take(waits, "answer-tests", inez, **answers("t3"))
    planned = to_be_told(referred(disclosure_unit, perry), hal, inez, perry)
    told = to_be_told(referred(disclosure_unit, perry, at_risk="Ann Bell"), hal, inez, perry)
    take(told, "tell", perry, **told_said())
    take(told.application, "review-management", perry, **managed())
    take(told.application, "conclude", perry, **CONCLUDED, outcome="disclosed")
    report = FinalReport.objects.get(application=told.application_id)
    steps = [f"/work/consideration/{waits.pk}/{step}/" for step in ("answer-tests", "defer")]
    usable(browser, live_server.url, inez, [*steps, f"{waits.case.get_absolute_url()}?panel=at-forum"], "forum")
    take(waits, "answer-tests", inez, **answers())
    usable(browser, live_server.url, inez, [f"/work/consideration/{waits.pk}/decide-tell/"], "decide")
    own = [
        fresh(told).get_absolute_url(), f"/work/telling/{planned.pk}/tell/", report.get_absolute_url(), "/considerations/reports/",
        *(f"{told.case.get_absolute_url()}?panel={name}" for name in ("at-forum", "tellings", "ending")),
    ]  # fmt: skip
    usable(browser, live_server.url, perry, own, "telling")
