"""What waits for whoever runs a forum, or works for an agency, is said on the page that they open first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from marac.models import Forum
from marac.services.forum_waits import waits_in_forums
from safeguarding.models import Agency
from tests.cast import client_of, text_of
from tests.marac.followed import taken_on
from tests.marac.made import forum_of, referral


@pytest.fixture
def forum(hal: User, housing: Agency) -> Forum:
    return forum_of(hal, housing)


def test_my_work_counts_what_waits_in_ones_forums_and_leads_there(forum: Forum, hal: User, inez: User) -> None:
    assert "In your forums" not in text_of(client_of(hal).get("/"))
    for name in ("Ann Bell", "Cate Dunn"):
        referral(forum, hal, victim=name, state="submitted")
    for who in (hal, inez):
        answer = client_of(who).get("/")
        assert "In your forums:" in text_of(answer)
        assert 'href="/marac/referrals/">2 referrals to accept or return</a>.' in answer.content.decode()


def test_an_action_is_counted_from_the_moment_that_it_is_late(forum: Forum, hal: User, housing: Agency) -> None:
    action = taken_on(referral(forum, hal, state="heard"), housing, hal)
    assert waits_in_forums(hal, action.due_at - timedelta(minutes=1)) == []
    assert waits_in_forums(hal, action.due_at + timedelta(minutes=1)) == [("1 action that is late", "/marac/actions/")]


def test_nobody_else_is_told_of_them(forum: Forum, hal: User, ellen: User, cleo: User) -> None:
    referral(forum, hal, state="submitted")
    for who in (ellen, cleo):
        assert "In your forums" not in text_of(client_of(who).get("/"))


def test_a_partner_is_led_from_my_work_to_the_page_of_the_agency(cleo: User, ellen: User, housing: Agency) -> None:
    assert 'href="/agency/"' in client_of(cleo).get("/").content.decode().partition("<main")[2]
    assert 'href="/agency/"' not in client_of(ellen).get("/").content.decode()


def test_it_asks_as_much_for_one_as_for_twenty(forum: Forum, hal: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as few:
            client_of(hal).get("/")
        return len(few)

    referral(forum, hal, state="submitted")
    asked()
    before = asked()
    for number in range(19):
        referral(forum, hal, victim=f"Case Number{number}", state="submitted")
    assert asked() == before
