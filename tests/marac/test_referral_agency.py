"""An agency's own page of its referrals: what came back says what is wanting, and is sent again from there."""

from __future__ import annotations

import pytest

from accounts.models import User
from marac.models import Forum
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.marac import refer
from tests.marac.test_forums import easterby

PAGE = "/agency/marac-referrals/"


@pytest.fixture
def forum(hal: User) -> Forum:
    return easterby(hal)


def test_what_came_back_says_on_the_agencys_page_what_is_wanting_and_is_sent_again(
    forum: Forum, housing: Agency, cleo: User, hal: User
) -> None:
    referral = refer.sent_by_agency(housing, cleo, forum)
    assert "What is missing" not in text_of(client_of(cleo).get(PAGE))
    take(referral, "return", hal, lacks=["children", "contact"], words="Where does Rosa’s daughter sleep?")
    page = text_of(client_of(cleo).get(PAGE))
    assert "Nothing is said of the children" in page and "Complete it and send it again" in page
    assert "Rosa" not in page, "a list is read over a shoulder: the words stand on the referral"
    whole = text_of(client_of(cleo).get(referral.get_absolute_url()))
    assert "Where does Rosa’s daughter sleep?" in whole and "Send the referral" in whole
    again = take(refer.whole(referral, cleo, history="She sleeps at her aunt's."), "submit", cleo, note="")
    assert again.state == "submitted" and again.returned.count() == 1
    assert "What is missing" not in text_of(client_of(cleo).get(PAGE))


def test_the_newest_list_stands_there_and_no_older_one(forum: Forum, housing: Agency, cleo: User, hal: User) -> None:
    referral = refer.sent_by_agency(housing, cleo, forum)
    back = take(referral, "return", hal, lacks=["children"], words="Which children are there?")
    sent = take(back, "submit", cleo, note="")
    take(sent, "return", hal, lacks=["consent"], words="Does she know of this referral?")
    page = text_of(client_of(cleo).get(PAGE))
    assert "whether she knows and agrees" in page and "Nothing is said of the children" not in page


def test_another_agency_reads_nothing_of_what_is_wanting(
    forum: Forum, housing: Agency, cleo: User, moira: User, hal: User
) -> None:
    referral = refer.sent_by_agency(housing, cleo, forum)
    take(referral, "return", hal, lacks=["children"], words="Which children are there?")
    assert "Nothing is said of the children" not in text_of(client_of(moira).get(PAGE))
