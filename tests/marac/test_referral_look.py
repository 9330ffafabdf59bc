"""The pages of referrals in a real browser: for the officer, the coordinator, the sergeant and an agency."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from safeguarding.models import Agency
from tests.cast import take
from tests.looks import usable
from tests.marac import refer
from tests.marac.test_forums import easterby

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_referrals_are_usable_on_a_phone_and_on_a_desk(
    live_server: Any, browser: Browser, ellen: User, priya: User, hal: User, cleo: User, housing: Agency
) -> None:
    forum = easterby(hal, hears="NR3")
    draft = refer.drafted(refer.high(ellen), ellen, forum)
    ours = refer.sent_by_agency(housing, cleo, forum)
    back = take(refer.sent_by_agency(housing, cleo, forum), "return", hal, lacks=["children", "contact"],
                words="Where do the children sleep, and who answers her telephone?")  # fmt: skip
    writing = f"/work/marac-referral/{draft.pk}/"
    usable(browser, live_server.url, ellen, [
        f"/cases/{draft.investigation.reference}/?panel=marac", writing, f"{writing}sections/people/", f"{writing}sections/her/",
        f"{writing}sections/lawful/", f"/marac/referrals/{draft.pk}/people/person/",
    ], "referral-officer")  # fmt: skip
    usable(browser, live_server.url, priya, ["/marac/not-referred/"], "referral-sergeant")
    usable(browser, live_server.url, hal, [
        "/marac/referrals/", f"/work/marac-referral/{ours.pk}/", f"/work/marac-referral/{ours.pk}/return/",
        ours.case.get_absolute_url(), forum.get_absolute_url(), f"/work/forum/{forum.pk}/change/",
    ], "referral-coordinator")  # fmt: skip
    usable(browser, live_server.url, cleo, [
        "/agency/marac-referrals/", back.get_absolute_url(), "/work/marac-referral/new/refer/",
    ], "referral-agency")  # fmt: skip
