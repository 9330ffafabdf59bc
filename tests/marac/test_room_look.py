"""The room in a real browser: nothing serious for axe on a phone and on a desk, nothing wider than a narrow phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from marac.models import Hearing, MinutesCopy
from safeguarding.models import Agency
from tests.cast import take
from tests.looks import usable
from tests.marac.room import (
    agreed,
    called,
    forum_with,
    here,
    line,
    meeting_of,
    referral_of,
    referred,
    researched,
    sitting,
    summed_up,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_room_its_attendance_a_mark_and_the_minutes_are_usable(
    browser: Browser, live_server: Any, hal: User, inez: User, tess: User, cleo: User, moira: User,
    housing: Agency, advisers: Agency, social_care: Agency,
) -> None:  # fmt: skip
    forum = forum_with(hal, housing, advisers, social_care)
    first = sitting(meeting_of(forum, hal, chair=inez), hal)
    old_item = referred(first, hal, to=(housing,))
    before = called(old_item, hal)
    old = agreed(before, hal, housing, "Change the locks")
    done = agreed(before, hal, advisers, "Ring her weekly", "She is alone with it")
    take(summed_up(before, housing), "finish", hal, outcome="actions")
    take(first, "close", hal)
    take(first, "issue", hal, checked="on")
    meeting = sitting(meeting_of(forum, hal, chair=inez), hal)
    osei, farrow = here(meeting, housing, "Mr Osei", hal), here(meeting, advisers, "J. Farrow", hal)
    here(meeting, social_care, "A. Quill", hal, standing="apology", signed=False)
    given = (housing, advisers, social_care)
    item = referred(meeting, hal, children=2, to=given, repeat_of=referral_of(old_item))
    referred(meeting, hal, "Ola Bright", to=given)
    fact = ("fact", "She is afraid of his brother as well. Safe to ring at work, mornings only.")
    research = researched(item, advisers, tess, fact, ("opinion", "She will leave if the tenancy is hers alone."))
    line(research, tess, "fact", "Held.", held_because="third party")
    researched(item, social_care, moira, state="nil")
    researched(item, housing, cleo, state="asked")
    hearing = called(item, hal)
    Hearing.objects.filter(pk=hearing.pk).update(risks="His brother\nHer bank card")
    agreed(hearing, hal, osei, "Put the tenancy in her name alone", "He returns to a joint home")
    agreed(hearing, hal, farrow, "Weekly call, mornings at her work", "She is alone with it")
    type(done).objects.filter(pk=done.pk).update(worth="worked", worth_words="Reached 11 times in 12.")
    room, mine = f"/marac/meetings/{meeting.pk}/room/", f"/work/hearing/{hearing.pk}"
    copy = MinutesCopy.objects.get(meeting=first, agency=None)
    paths = [
        room, f"/marac/meetings/{meeting.pk}/attendance/", f"/marac/hearings/{hearing.pk}/old/{old.pk}/", f"{mine}/finish/",
        f"{mine}/sections/tells/", copy.get_absolute_url(), f"/marac/meetings/{first.pk}/minutes/",
    ]  # fmt: skip
    usable(browser, live_server.url, hal, paths, "room")
    usable(browser, live_server.url, cleo, [room], "room-partner")
