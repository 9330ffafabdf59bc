"""In a real browser: paper for the room, the page of an agency, an agenda with the last plan, a pack with what was released."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from marac.models import ForumAction, Pack, Research
from safeguarding.models import Agency
from tests.cast import take
from tests.looks import usable
from tests.marac.followed import taken_on
from tests.marac.made import at_ten, forum_of, meeting, referral
from tests.marac.room import line

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_an_agency_owes_the_paper_the_agenda_and_a_pack_are_usable(
    live_server: Any, browser: Browser, hal: User, cleo: User, tess: User, housing: Agency, advisers: Agency
) -> None:
    forum = forum_of(hal, housing, advisers)
    old = referral(forum, hal, state="heard", days_ago=120)
    action = taken_on(old, housing, hal, what="Change the locks of the flat and the cellar.")
    ForumAction.objects.filter(pk=action.pk).update(due_at=at_ten(2))
    again = referral(
        forum,
        hal,
        children=("Mia Okoro",),
        repeat_of=old,
        grounds=["repeat"],
        repeat_because="Repeat: within 12 months.",
    )
    held = take(meeting(forum, hal), "publish", hal)
    research = Research.objects.get(agency=advisers, referral=again)
    line(research, tess, "fact", "Safe to ring at work, mornings only.", released_at=held.published_at, source="File")
    taken_on(again, housing, hal, what="A management move is put to the panel.")
    item = held.items.get(kind="referral")
    paper, pack = f"/marac/items/{item.pk}/paper/", Pack.objects.get(agency=housing, referral=again)
    usable(browser, live_server.url, hal, [paper, held.get_absolute_url()], "seams-hal")
    usable(
        browser,
        live_server.url,
        cleo,
        ["/agency/", paper, held.get_absolute_url(), pack.get_absolute_url()],
        "seams-cleo",
    )
