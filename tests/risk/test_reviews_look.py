"""Lowering a grade, the course of a case, looks that are owed, in a real browser: usable by everybody at every width."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from cases.models import Case
from risk.models import Assessment
from tests.cast import take
from tests.looks import usable
from tests.risk.story import answer_all, give_reasons, grade
from tests.risk.test_ask import FOUND, asked, dana
from tests.risk.test_lowering import NOT_SPOKEN, lower
from tests.risk.test_triggers import recorded

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["dana"]


def opened(page: Page, path: str) -> None:
    for closed in page.locator("main details:not([open]) > summary").all():
        if closed.is_visible():
            closed.click()
    for words in ("The suspect is remanded or in prison", "A protective order is in force and kept"):
        answer = page.get_by_label(words, exact=True)
        if answer.count():
            answer.check()
    if page.locator("#id_spoken").count():
        page.locator("#id_spoken").check()
    for answer in page.get_by_label("No: it must be changed").all():
        answer.check()


def test_the_pages_of_lowering_and_of_looking_again_are_usable_by_everybody(
    browser: Browser, live_server: Any, dash: Assessment, ellen: User, priya: User, dana: User
) -> None:
    answer_all(dash, ellen, yes=(1, 2))
    give_reasons(dash, ellen)
    grade(dash, ellen, "high")
    case: Case = dash.case
    for kind, days in (("charge", 0), ("trial", 20), ("breach", 0), ("release", 40)):
        recorded(case, ellen, kind, days=days)
    review, answered = asked(case, ellen), asked(case, dana)
    made = lower(case, priya, **NOT_SPOKEN)
    take(answered, "done", priya, outcome=FOUND, spoken="yes", grade="medium")
    trial = case.courseevent_set.get(kind="trial")
    breach = case.reassessment_set.get(trigger="breach")
    here, new = f"/cases/{case.reference}/", f"in/{case.pk}/"
    paths = [
        f"/work/reassessment/new/ask/{new}", f"/work/course/new/record/{new}", f"/work/course/{trial.pk}/move/",
        f"/work/course/{trial.pk}/strike/", f"/work/reassessment/{breach.pk}/done/", f"/work/downgrade/{made.pk}/confirm/",
        "/team/risk-reviews/", f"{here}?panel=risk-reviews", f"{here}?panel=course", f"{here}?panel=grade",
        f"/work/reassessment/{answered.pk}/read/", f"/work/reassessment/{review.pk}/done/",
    ]  # fmt: skip
    usable(browser, live_server.url, dana, paths, "reviews", opened)


def test_the_page_of_lowering_is_usable_by_everybody(
    browser: Browser, live_server: Any, dash: Assessment, ellen: User, priya: User
) -> None:
    answer_all(dash, ellen, yes=(1, 2))
    give_reasons(dash, ellen)
    grade(dash, ellen, "high")
    paths = [f"/work/downgrade/new/lower/in/{dash.case_id}/", f"/work/reassessment/new/ask/in/{dash.case_id}/"]
    usable(browser, live_server.url, priya, paths, "lowering", opened)
