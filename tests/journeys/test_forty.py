"""A sergeant clears forty items in a morning from the keyboard: each is checked, decided on, and the next one is offered."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import Incident
from risk.models import QualityCheck
from tests import factories
from tests.journeys.looking import Looking, staff
from workflow.models import Approval

pytestmark = pytest.mark.long
ITEMS = 40
REASON = "Read with the log. Agreed."


def focused(sergeant: Looking) -> str:
    return str(sergeant.page.evaluate("document.activeElement.name || document.activeElement.innerText"))


def turn_keys_on(sergeant: Looking) -> None:
    sergeant.open("/keyboard/", "forty-01-keys")
    sergeant.page.focus("[name=on]")
    sergeant.page.keyboard.press("Space")
    sergeant.page.get_by_role("button", name="Keep my keys").press("Enter")
    expect(sergeant.page.locator("main")).to_contain_text("Your keys are kept.")


def check_and_approve(sergeant: Looking) -> None:
    """The first row of the checklist passed, the record approved with a reason: no mouse."""
    keys = sergeant.page.keyboard
    keys.press("c")
    keys.press("Space")
    keys.press("Escape")
    keys.press("a")
    assert focused(sergeant) == "incident-approve-reason"
    keys.type(REASON)
    keys.press("Tab")
    assert focused(sergeant) == "Decide"
    keys.press("Enter")
    sergeant.page.wait_for_url("**/team/**")


def decided(by: User) -> int:
    return Approval.objects.filter(decided_by=by, verdict=Approval.Verdict.APPROVED).count()


def test_a_sergeant_clears_forty_items_from_the_keyboard(at_work: Any, request: Any) -> None:
    place = "1" if "desk" in request.node.name else "2"
    officer = staff("PC", f"798{place}", f"Kit Lowe {place}", "officer", f"F{place}")
    by = staff("PS", f"798{int(place) + 2}", f"Uma Frost {place}", "sergeant", f"F{place}")
    records = [factories.sent(officer).pk for _ in range(ITEMS)]
    sergeant = at_work(by)
    turn_keys_on(sergeant)
    sergeant.open("/team/?wanted=dash-checked", "forty-02-queue")
    sergeant.page.keyboard.press("j")
    sergeant.page.keyboard.press("o")
    for number in range(ITEMS):
        sergeant.page.wait_for_url("**/decide/record/**")
        left = ITEMS - number
        expect(sergeant.page.locator(".app-place")).to_contain_text(f"1 of {left} in your queue")
        if number == 0:
            sergeant.look("forty-03-decide")
        check_and_approve(sergeant)
        if number == 0:
            sergeant.look("forty-04-next-offered")
        if left > 1:
            assert focused(sergeant).startswith("Next: Check DASH, DA-")
            sergeant.page.keyboard.press("Enter")
    expect(sergeant.page.locator("main")).to_contain_text("Nothing else is in your queue.")
    sergeant.look("forty-05-done")
    assert set(Incident.objects.filter(pk__in=records).values_list("state", flat=True)) == {"checked"}
    assert decided(by) == QualityCheck.objects.filter(recorded_by=by).count() == ITEMS
