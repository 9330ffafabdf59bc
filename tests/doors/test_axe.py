"""Every kind of page in a real browser: nothing serious for axe on a phone and on a desk, and no sideways scroll at 320 pixels."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from accounts.models import User
from tests.doors.conftest import World
from tests.looks import complaints_of, faults_of, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def of_the_officer(world: World) -> list[str]:
    case, incident = f"/cases/{world.case.reference}/", f"/work/incident/{world.incident.pk}/"
    sections = ("safe", "report", "happened", "kinds", "harmed", "suspects", "arrest", "done", "evidence", "crime")
    return [
        "/", "/notices/", "/notices/mail/", "/features/", "/help/", "/accessibility/", "/privacy/", "/clocks/", "/search/",
        "/when-would-it-be-due/",
        "/when-would-it-be-due/?rule=working-days&n=10&on_day=28&on_month=8&on_year=2026", "/incidents/new/",
        f"{case}files/", f"{case}files/add/", f"{case}?panel=evidence", f"{incident}rows/footage/",
        f"/work/exhibit/new/list/in/{world.case.pk}/", f"/work/device/new/issue/in/{world.case.pk}/",
        f"{incident}rows/offence/", f"/work/crime/{world.others['offence'].pk}/",
        f"/work/crime/{world.others['offence'].pk}/ask-caution/",
        f"{case}?panel=crime", f"{case}?panel=case-markers", f"/work/case/{world.case.pk}/set-marker/",
        case, f"{case}?panel=people&met=all", f"{case}code-word/",
        incident, *(f"{incident}sections/{name}/" for name in sections),
        f"{incident}rows/suspect/{world.rows['suspect'].pk}/", f"{incident}rows/witness/{world.rows['witness'].pk}/strike/",
        f"/incidents/{world.incident.pk}/people/child/", f"/incidents/{world.incident.pk}/people/{world.rows['victim'].pk}/facts/address/",  # noqa: E501
        f"/dash/{world.dash.pk}/", f"{incident}submit/", f"{incident}withdraw/", f"/work/incident/{world.sent.pk}/",
        f"/work/case/{world.case.pk}/unsafe/", f"/work/case/{world.case.pk}/safe-contact/", f"/work/case/{world.case.pk}/warn/",
        f"/work/case/{world.case.pk}/hold/", f"/deadlines/{world.deadline.pk}/", f"/documents/{world.document.pk}/",
        f"/people/{world.hannah.pk}/", "/nothing-here/", "/sessions/", "/sign-in/password/", "/sign-in/again/",
        "/sign-in/second-factor/", "/sign-in/second-factor/totp/activate/",
    ]  # fmt: skip


def of_the_sergeant(world: World) -> list[str]:
    decide = f"/work/incident/{world.sent.pk}/decide/record/"
    return [
        "/team/",
        "/body-worn-video/",
        f"/cases/{world.case.reference}/",
        decide,
        f"/work/case/{world.case.pk}/shut-out/",
        f"/dash/{world.dash.pk}/",
    ]


def refused(world: World) -> list[str]:
    """Pages whose form is refused when it is sent as empty as it comes."""
    return ["/incidents/new/", *(f"/work/case/{world.case.pk}/{step}/" for step in ("warn", "hold", "safe-contact"))]


def test_every_page_is_usable_by_everybody_and_at_every_width(
    browser: Browser, live_server: Any, world: World, ellen: User, priya: User, sam: User
) -> None:
    axe, wrong, looked = Axe(), [], 0
    reason = [f"/cases/{world.case.reference}/reason/"]
    rounds: list[tuple[User | None, list[str]]] = [
        (ellen, of_the_officer(world)), (priya, of_the_sergeant(world)), (sam, reason), (None, ["/sign-in/"]),
    ]  # fmt: skip
    for person, paths in rounds:
        page = signed_in(browser, live_server.url, person)
        complaints = complaints_of(page)
        for path in paths:
            complaints.clear()
            answer = page.goto(live_server.url + path)
            assert answer is not None and answer.status < 500, path
            wrong += [(path, fault) for fault in faults_of(page, axe)]
            wrong += [(path, text) for text in complaints if "the server responded with a status of 4" not in text]
            looked += answer.status == 200 or path == "/nothing-here/"
        page.context.close()
    assert not wrong, "\n".join(map(str, wrong))
    assert looked > 35


def test_pages_that_refuse_are_usable_too(browser: Browser, live_server: Any, world: World, ellen: User) -> None:
    axe, wrong = Axe(), []
    page = signed_in(browser, live_server.url, ellen)
    for path in refused(world):
        page.goto(live_server.url + path)
        for box in page.locator("main textarea, main input[type=text]").all():
            if box.is_visible():
                box.fill("")
        page.locator("main form[method=post] button.govuk-button").first.click()
        page.wait_for_selector(".govuk-error-summary")
        focused = page.evaluate("document.activeElement.className")
        if "govuk-error-summary" not in focused:
            wrong.append((path, f"the summary is not where the keyboard is: {focused}"))
        if not page.title().startswith("Error: "):
            wrong.append((path, f"title: {page.title()}"))
        wrong += [(path, fault) for fault in faults_of(page, axe)]
    page.context.close()
    assert not wrong, "\n".join(map(str, wrong))
