"""A repeat is found when a referral is sent (R-30): the same two, further abuse, within the forum's months."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Involvement
from marac.models import Forum, ForumTerms, Ground, Referral
from marac.services.repeat import flags_ended
from tests import factories
from tests.cast import take
from tests.marac import refer
from tests.marac.followed import DAY, heard, met
from tests.marac.test_forums import easterby
from workflow import engine


@pytest.fixture
def forum(hal: User) -> Forum:
    return easterby(hal)


@pytest.fixture
def first(forum: Forum, ellen: User, hal: User) -> Referral:
    """Hannah's referral, heard."""
    referral = take(refer.sent(refer.high(ellen), ellen, forum), "accept", hal, note="")
    heard: Referral = take(referral, "hear", User.objects.system())
    return heard


def again(first: Referral, by: User, *, by_whom: str = "suspect") -> Referral:
    """A new report of the same people in the same case, referred: everything as the officer does it."""
    case = first.investigation
    people = {row.part: row.person for row in first.people.all()}
    incident = factories.begun(by, case, log_ref="0511", minutes_ago=5)
    rows = [("victim", people["victim"])] + ([("suspect", people["suspect"])] if by_whom == "suspect" else [])
    for part, person in rows:
        said = {"wants": "As before.", "fears": "As before."} if part == "victim" else {"relationship": "XBG"}
        engine.add(Involvement(incident=incident, person=person, part=part, **said), beneath=incident, by=by)
    made: Referral = refer.drafted(case, by, first.forum)
    return made


def sent(referral: Referral, by: User) -> Referral:
    done: Referral = take(refer.whole(referral, by), "submit", by, note="")
    return done


@pytest.mark.rule("R-30")
def test_further_abuse_within_the_year_is_a_repeat_and_the_page_says_why(first: Referral, ellen: User) -> None:
    refer.ago(first, refer.LATELY)
    second = again(first, ellen)
    assert Ground.REPEAT in second.grounds
    done = sent(second, ellen)
    assert done.repeat_of == first and "within 12 calendar months of the last referral" in done.repeat_because


@pytest.mark.rule("R-30")
def test_after_the_year_it_is_a_new_referral(first: Referral, ellen: User) -> None:
    refer.ago(first, 400)
    done = sent(again(first, ellen), ellen)
    assert done.repeat_of is None and done.repeat_because.startswith("No repeat") and Ground.REPEAT not in done.grounds


def test_what_was_referred_then_is_no_further_abuse(first: Referral, ellen: User) -> None:
    """The same incident referred twice is no repeat: nothing has happened since."""
    done = sent(refer.drafted(first.investigation, ellen, first.forum), ellen)
    assert done.repeat_of is None


def under(forum: Forum, **changed: Any) -> None:
    """New rules of the forum, in force today."""
    now = ForumTerms.objects.of(forum, timezone.localdate())
    kept = {field.name: getattr(now, field.name) for field in ForumTerms._meta.fields if field.name != "id"}
    ForumTerms.objects.create(**{**kept, **changed, "authority": "Steering group."})


@pytest.mark.rule("R-30")
@pytest.mark.parametrize("words", ["any_abuse_v2", "listed_behaviours_v1"])
@pytest.mark.parametrize(("anchor", "is_repeat"), [("last_referral_date", False), ("last_heard_date", True)])
def test_referred_400_days_ago_and_heard_300_days_ago_is_a_repeat_where_the_months_run_from_the_hearing(
    first: Referral, ellen: User, hal: User, anchor: str, is_repeat: bool, words: str
) -> None:
    refer.ago(first, 400)
    heard(first, met(first.forum, hal, timezone.now() - 300 * DAY), hal)
    under(first.forum, repeat_anchor=anchor, repeat_words=words)
    second = again(first, ellen)
    incident = refer.incident_in(first.investigation)
    engine.amend(incident, {"abuse_signs": ["stalking"]}, by=ellen, seen=refer.fresh(incident).version)
    done = sent(second, ellen)
    assert (done.repeat_of == first) is is_repeat
    assert ("of when it was last heard" in done.repeat_because) is is_repeat


def test_the_months_and_the_definition_are_the_forums(first: Referral, ellen: User) -> None:
    refer.ago(first, 100)
    now = ForumTerms.objects.of(first.forum, timezone.localdate())
    kept = {field.name: getattr(now, field.name) for field in ForumTerms._meta.fields if field.name != "id"}
    changed: dict[str, Any] = {**kept, "repeat_months": 3, "authority": "Steering group."}
    ForumTerms.objects.create(**changed)
    assert sent(again(first, ellen), ellen).repeat_of is None


@pytest.mark.rule("R-30")
def test_the_listed_behaviours_alone_count_where_the_forum_says_so(first: Referral, ellen: User) -> None:
    refer.ago(first, refer.LATELY)
    now = ForumTerms.objects.of(first.forum, timezone.localdate())
    kept = {field.name: getattr(now, field.name) for field in ForumTerms._meta.fields if field.name != "id"}
    ForumTerms.objects.create(**{**kept, "repeat_words": "listed_behaviours_v1", "authority": "Steering group."})
    second = again(first, ellen)
    assert Ground.REPEAT not in second.grounds  # nothing listed was recorded of it
    incident = refer.incident_in(first.investigation)
    engine.amend(incident, {"abuse_signs": ["stalking"]}, by=ellen, seen=refer.fresh(incident).version)
    assert sent(second, ellen).repeat_of == first


def test_files_are_flagged_for_a_year_and_the_agenda_is_told_when_it_ended(first: Referral) -> None:
    day = first.flag_until
    assert day is not None
    assert list(flags_ended(first.forum, day, day)) == [first]
    assert not flags_ended(first.forum, day + timedelta(days=1), day + timedelta(days=30)).exists()
