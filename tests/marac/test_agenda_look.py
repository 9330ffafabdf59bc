"""The pages of meetings, research and packs in a real browser, for whoever runs the forum and for an agency."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from marac.models import Pack, Research, ResearchLine
from safeguarding.models import Agency
from tests.cast import take
from tests.looks import usable
from tests.marac.made import forum_of, meeting, referral

pytestmark = pytest.mark.django_db(transaction=True)


def test_meetings_research_and_packs_are_usable_on_a_phone_and_on_a_desk(
    live_server: Any, browser: Browser, hal: User, cleo: User, housing: Agency, advisers: Agency
) -> None:
    forum = forum_of(hal, housing, advisers)
    first = referral(forum, hal, children=("Mia Okoro",))
    referral(forum, hal, victim="Ann Bell", grounds=["repeat"])
    held = take(meeting(forum, hal), "publish", hal)
    asked = Research.objects.get(agency=housing, referral=first)
    other = Research.objects.get(agency=housing, referral__grounds=["repeat"])
    when = {"case": asked.case, "research": asked, "recorded_by": cleo}
    ResearchLine.objects.create(
        about="victim", sort="fact", words="Ground-floor flat, broken lock.", source="File", **when
    )
    pack = Pack.objects.get(agency=housing, referral=first)
    runs = ["/marac/meetings/", held.get_absolute_url(), pack.get_absolute_url(), f"/marac/forums/{forum.pk}/meeting/",
            f"/work/meeting/{held.pk}/keep-out/", f"{asked.case.get_absolute_url()}?panel=agencies-know"]  # fmt: skip
    usable(browser, live_server.url, hal, runs, "agenda")
    own = [held.get_absolute_url(), "/agency/research/", asked.get_absolute_url(), f"{asked.get_absolute_url()}sections/known/",
           f"{asked.get_absolute_url()}rows/line/", f"/work/research/{other.pk}/nil/", pack.get_absolute_url()]  # fmt: skip
    usable(browser, live_server.url, cleo, own, "research")
