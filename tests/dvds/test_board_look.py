"""The board, the page of a consideration and its own forms in a real browser: usable by everybody at every width."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from accounts.models import Unit, User
from cases.models import CheckedSystem, SystemCheck, UnsafeReport
from cases.services import hold
from dvds.models import Application, Delay, Exceptional, Part, Party, TestAnswer, Trace
from dvds.services import limits
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.clocked import happened, opened_at
from tests.looks import usable

pytestmark = pytest.mark.django_db(transaction=True)
S = Application.State
DAY = timedelta(days=1)


def a_full_board(unit: Unit, perry: User, wren: User) -> Application:
    """One or two in each stage, late and in time; the one whose page is looked at is with the forum."""
    now = timezone.now()
    made = {
        state: opened_at(one, one.first_contact_at, perry)
        for state, one in (
            (state, consideration(unit, perry, state, days_ago=days, risk=risk, **said))
            for state, days, risk, said in (
                ("checks", 0.8, "high", {"children_affected": "yes", "children": ("Leo Field", "Mia Field")}),
                ("checked", 4, "medium", {"route": "know"}), ("meeting", 19, "medium", {}), ("met", 22, "high", {}),
                ("referred", 26, "high", {"renewed_at": now, "children": ("Leo Field",)}), ("to_tell", 25, "medium", {}),
                ("concluding", 27, "standard", {}),
            )
        )
    }  # fmt: skip
    forum = made["referred"]
    first = forum.first_contact_at
    happened(forum, "consideration.progress", perry, first + timedelta(hours=20), state=S.MEETING)
    happened(forum, "consideration.hold-meeting", perry, first + 10 * DAY, state=S.MET)
    happened(forum, "consideration.sign", perry, first + 23 * DAY, state=S.REFERRED)
    for one in (made["meeting"], forum):
        hold(case=one.case, part="investigation", person=wren, at=now)
    UnsafeReport.objects.create(
        case=made["checks"].case, what="He is outside the door.", since_at=now, recorded_by=perry, recorded_at=now
    )
    said = {
        "recorded_by": perry,
        "policy": limits.MEETING,
        "why": "applicant",
        "words": "She cannot get away before Friday.",
    }
    Delay.objects.create(
        case=made["meeting"].case, application=made["meeting"], holding_plan="Her sister stays with her.", **said
    )
    Exceptional.objects.create(
        case=forum.case, application=forum, from_on=(now - 9 * DAY).date(), to_on=(now - 7 * DAY).date(),
        words="The whole town was without power.", state="asked", recorded_by=perry,
    )  # fmt: skip
    checked(forum, perry)
    return forum


def checked(forum: Application, perry: User) -> None:
    subject = Party.objects.get(application=forum, part=Part.SUBJECT).person
    first, second = CheckedSystem.objects.offered()[:2]
    said = {
        "case": forum.case,
        "person": subject,
        "checked_at": timezone.now(),
        "recorded_by": perry,
        "state": "recorded",
    }
    said["names"] = ["Karl Field"]
    found = SystemCheck.objects.create(
        system=first, found="something", result="Two convictions.", births_unknown=True, **said
    )
    SystemCheck.objects.create(system=second, found="nothing", births=["1988-01-30"], **said)
    of = {"case": forum.case, "application": forum, "recorded_by": perry}
    Trace.objects.create(
        check_made=found, sort="conviction", words="Harassment of a former partner", spent="spent", **of
    )
    TestAnswer.objects.create(
        stage="police", test="T1", answer="yes", reason="Two partners harmed in the same way.", **of
    )


def test_board_and_application_are_usable_by_everybody(
    browser: Browser, live_server: Any, disclosure_unit: Unit, perry: User, maya: User, wren: User
) -> None:
    forum = a_full_board(disclosure_unit, perry, wren)
    paths = [
        "/considerations/", "/considerations/?stage=checks&risk=high", forum.get_absolute_url(),
        f"/work/consideration/{forum.pk}/delay/", f"/work/consideration/{forum.pk}/allocate/",
        f"/work/exceptional/new/ask/in/{forum.case_id}/",
    ]  # fmt: skip
    usable(browser, live_server.url, maya, paths, "clares")
