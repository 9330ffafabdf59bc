"""The pages of a safety plan in a real browser: nothing serious for axe, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from tests import factories
from tests.cast import take
from tests.looks import usable
from tests.risk import plans

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_a_safety_plan_are_usable_by_everybody(
    browser: Browser, live_server: Any, ellen: User, priya: User, tom: User
) -> None:
    empty = plans.begun(factories.complete(ellen, grade="high").case, ellen)
    force = plans.in_force(factories.complete(ellen).case, ellen, priya)
    take(force, "ask-review", tom, reason="He was released from custody this morning, sooner than was said.")
    plans.done(force.actions.get(kind__code="locks"), ellen)
    sent = plans.sent(factories.complete(ellen).case, ellen)
    asked = sent.actions.get(kind__code="housing")
    take(asked, "give-up", ellen, reason="No flat is free in the whole district before the spring.")
    returned = plans.sent(factories.complete(ellen).case, ellen)
    take(returned, "return", priya, parts=["actions"], reason="Say who watches the school gate.")
    open_one = force.actions.get(kind__code="housing")
    work = "/work/safety-plan"
    hers = [
        f"{work}/{empty.pk}/", *(f"{work}/{empty.pk}/sections/{name}/" for name in ("wishes", "contact", "actions")),
        f"{work}/{returned.pk}/", f"{work}/{returned.pk}/rows/plan-action/", f"{work}/{returned.pk}/sections/left/",
        f"{work}/{returned.pk}/sections/partners/", f"{work}/{force.pk}/", f"{work}/{force.pk}/review/",
        *(f"/work/plan-action/{open_one.pk}/{step}/" for step in ("done", "replace", "change")),
        f"/cases/{force.case.reference}/?panel=safety-plan",
    ]  # fmt: skip
    decide = [
        f"{work}/{sent.pk}/decide/plan/", f"/work/plan-action/{asked.pk}/decide/not-possible/", "/team/plans-to-approve/",
        "/team/plans-to-review/",
    ]  # fmt: skip
    usable(browser, live_server.url, ellen, hers, "safety-plan")
    usable(browser, live_server.url, priya, decide, "safety-plan-decided")
