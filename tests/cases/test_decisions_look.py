"""The pages of what a case decides, in a real browser: nothing serious for axe, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from accounts.models import User
from cases.models import Attachment, Incident, LinkedReferral
from tests import factories
from tests.cases.closing import except_from, ready
from tests.cases.test_decision_log import NOW, SAID, run
from tests.cases.test_interview import begun as interview_begun
from tests.cases.test_interview import held, planned
from tests.cases.test_linked_referral import send
from tests.cases.test_repeat import happened, of
from tests.cases.test_serial_plan import begun as plan_begun
from tests.cast import involve, person, take
from tests.looks import usable
from workflow import engine

pytestmark = pytest.mark.django_db(transaction=True)


def every_detail(page: Page, path: str) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(found => found.open = true)")


def test_the_pages_of_the_log_the_standards_and_exceptions_are_usable_by_everybody(
    browser: Browser, live_server: Any, ellen: User, priya: User, ruth: User
) -> None:
    case = ready(ellen, priya)
    engine.perform(case, "log-decision", by=ellen, evidence={**SAID, **NOW})
    run()
    incident = Incident.objects.get(case=case)
    factories.begun(ellen, case)
    Attachment.objects.update(struck_out_at=timezone.now())
    asked = except_from(case, f"statement-{incident.pk}", priya)
    closable = ready(ellen, priya)
    here = f"/cases/{case.reference}"
    hers = [
        f"{here}/decisions/", f"{here}/standards/", f"{here}/?panel=decisions", f"{here}/?panel=closing",
        f"/work/case/{case.pk}/log-decision/", f"/work/standard-exception/new/ask/in/{case.pk}/",
        f"/work/case/{closable.pk}/close/",
    ]  # fmt: skip
    usable(browser, live_server.url, priya, hers, "decisions", every_detail)
    theirs = ["/team/exceptions/", f"/work/standard-exception/{asked.pk}/grant/"]
    usable(browser, live_server.url, ruth, theirs, "exceptions")


def test_the_pages_of_referrals_serial_plans_and_interviews_are_usable_by_everybody(
    browser: Browser, live_server: Any, ellen: User, priya: User, tom: User
) -> None:
    first = happened(ellen, 300, "Leanne Farrow", "Ray Pike")
    second = happened(ellen, 10, "Ada Marlow", of(first, "suspect"))
    happened(ellen, 9, "Joy Tate", of(happened(ellen, 8, "Ola Bright", "Sid Crane"), "suspect"))
    specialist = person("DC", "6100", "Orla Kemp", ("da_specialist", second.case.unit))
    sent: LinkedReferral = send(second.case, specialist)
    plan = plan_begun(of(first, "suspect"), priya, tom)
    involve(second, ellen, "witness", "May Dunn")
    being = interview_begun(second, ellen)
    done = take(planned(second, ellen, priya), "hold", ellen, **held())
    here = f"/cases/{second.case.reference}"
    hers = [
        "/serial-perpetrators/", "/serial-perpetrators/plans/", f"/work/serial-plan/{plan.pk}/",
        f"/work/serial-plan/{plan.pk}/sections/plan/", f"/work/serial-plan/new/begin/in/{first.case_id}/",
        f"/work/serial-plan/new/set-aside/in/{first.case_id}/", f"{here}/?panel=serial-plan", f"{here}/?panel=referrals",
        f"/work/linked-referral/new/send/in/{second.case_id}/", f"/work/linked-referral/{sent.pk}/answer/",
        f"{here}/?panel=interviews", f"/work/interview/new/begin/in/{second.case_id}/",
        f"/work/interview/{being.pk}/sections/plan/", f"/work/interview/{done.pk}/decide/summary/",
    ]  # fmt: skip
    usable(browser, live_server.url, priya, hers, "serial")
