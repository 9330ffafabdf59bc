"""Which forum hears a case is said in rows: the nearest unit above the case that a forum names (the forums are data)."""

from __future__ import annotations

import pytest

from accounts.models import Unit, User
from marac.models import ForumUnit
from marac.services.forums import forum_for
from tests.cast import client_of, take, text_of
from tests.marac.test_forums import easterby
from workflow.models import Refused


def changed(forum: object, by: User, hears: str) -> None:
    take(
        forum, "change", by, area="Easterby", hears=hears, venue="", women_over_16="", women_source="",
        reason="The steering group said so.",
    )  # fmt: skip


def test_the_forum_that_names_the_nearest_unit_above_hears_the_case(
    hal: User, northgate: Unit, nr3: Unit, nr4: Unit, sr1: Unit
) -> None:
    wide = easterby(hal, name="Northgate MARAC", hears=northgate.code)
    near = easterby(hal, name="Third beat MARAC", hears=nr3.code)
    assert (forum_for(nr3), forum_for(nr4)) == (near, wide)
    assert forum_for(sr1) == wide, "named by none: the first by name, so that nobody is heard nowhere"


def test_of_two_that_name_the_same_unit_a_marac_comes_before_a_daily_meeting(hal: User, nr3: Unit) -> None:
    easterby(hal, name="A daily meeting", kind="daily", hears=nr3.code)
    marac = easterby(hal, name="The MARAC", hears=nr3.code.lower())
    assert forum_for(nr3) == marac
    take(marac, "close", hal)
    assert str(forum_for(nr3)) == "A daily meeting"


def test_a_name_in_the_text_of_an_area_decides_nothing(hal: User, nr3: Unit, southmere: Unit) -> None:
    easterby(hal, name="A", area=nr3.name)
    there = easterby(hal, name="B", area=southmere.name, hears=nr3.code)
    assert forum_for(nr3) == there


def test_no_forum_meets_and_none_is_named(nr3: Unit) -> None:
    assert forum_for(nr3) is None


def test_the_units_are_changed_on_the_forum_and_what_was_named_before_stays_on_record(
    hal: User, nr3: Unit, nr4: Unit
) -> None:
    forum = easterby(hal, hears=nr3.code)
    changed(forum, hal, f"{nr4.code}, {nr3.code}")
    changed(forum, hal, nr4.code)
    assert [str(unit) for unit in forum.hears] == [nr4.name]
    ended = ForumUnit.objects.get(until__isnull=False)
    assert ended.unit == nr3 and ended.until > ended.since
    page = text_of(client_of(hal).get(forum.get_absolute_url()))
    assert nr4.name in page and nr3.name not in page


def test_a_code_that_no_unit_has_is_named_and_nothing_is_changed(hal: User, nr3: Unit) -> None:
    forum = easterby(hal, hears=nr3.code)
    with pytest.raises(Refused) as refusal:
        changed(forum, hal, f"{nr3.code} NOPE")
    assert "NOPE" in str(refusal.value.errors.errors) and [unit.code for unit in forum.hears] == [nr3.code]
