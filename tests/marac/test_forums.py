"""Forums are data: their rules are rows with a day and an authority, and who sits in one is known on any day (D.2-D.4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.utils import Error
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from marac.forms.forum import NUMBERS
from marac.models import Forum, ForumMember, ForumTerms
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.partners import recorded
from workflow.models import Refusal, Refused

TODAY = timezone.localdate


def easterby(by: User, **said: Any) -> Forum:
    said = {"name": "Easterby MARAC", "kind": "marac", "area": "Easterby", "runs": "DAU", **said}
    made: Forum = take(Forum(), "record", by, **said)
    return made


def terms_said(forum: Forum, **changed: Any) -> dict[str, Any]:
    now = ForumTerms.objects.of(forum, TODAY())
    said: dict[str, Any] = {name: getattr(now, name) for name, _label, _most in NUMBERS}
    said |= {"repeat_words": now.repeat_words, "repeat_anchor": now.repeat_anchor, "counts_transfers": "yes"}
    said |= {"valid_from": (TODAY() + timedelta(days=30)).isoformat(), "authority": "Steering group, 4 November 2026."}
    return {**said, **changed}


def seated(forum: Forum, agency: Agency, by: User, ago: int = 10) -> ForumMember:
    since = (TODAY() - timedelta(days=ago)).isoformat()
    seat = ForumMember(forum=forum, unit=forum.unit)
    made: ForumMember = take(seat, "join", by, agency=agency.pk, core="yes", since=since)
    return made


def test_a_forum_begins_with_the_rules_as_shipped_and_says_on_whose_authority(hal: User) -> None:
    forum = easterby(hal)
    terms = ForumTerms.objects.of(forum, TODAY())
    assert (terms.cutoff_days, terms.agenda_days, terms.research_days, terms.minutes_days) == (10, 8, 2, 3)
    assert (terms.visible_score, terms.repeat_months, terms.repeat_anchor) == (14, 12, "last_referral_date")
    page = text_of(client_of(hal).get(forum.get_absolute_url()))
    assert "to be confirmed by the steering group" in page and "an agenda goes to nobody" in page


def test_new_rules_hold_from_their_day_and_the_old_ones_before_it(hal: User) -> None:
    forum = easterby(hal)
    take(forum, "terms", hal, **terms_said(forum, visible_score=12, repeat_anchor="last_heard_date"))
    then = TODAY() + timedelta(days=30)
    assert ForumTerms.objects.of(forum, then - timedelta(days=1)).visible_score == 14
    assert ForumTerms.objects.of(forum, then).visible_score == 12
    assert "From" in text_of(client_of(hal).get(forum.get_absolute_url()))


def test_a_transfer_counts_and_an_agency_is_expected_exactly_as_was_said(hal: User, housing: Agency) -> None:
    forum = easterby(hal)
    for days, said in ((30, "no"), (31, "yes")):
        day = TODAY() + timedelta(days=days)
        take(forum, "terms", hal, **terms_said(forum, counts_transfers=said, valid_from=day.isoformat()))
        assert ForumTerms.objects.of(forum, day).counts_transfers is (said == "yes")
    seat = seated(forum, housing, hal)
    assert ForumMember.objects.get().core is True
    assert "Expected" in text_of(client_of(hal).get(forum.get_absolute_url()))
    for said in ("no", "yes"):
        seat = take(
            ForumMember.objects.get(pk=seat.pk), "change", hal, core=said, reason="It comes when it is asked for."
        )
        assert seat.core is (said == "yes")


def test_rules_out_of_order_or_without_an_authority_are_refused_and_named(hal: User) -> None:
    forum = easterby(hal)
    for wrong in ({"agenda_days": 12}, {"research_days": 9}, {"authority": ""}, {"slots": 0}):
        with pytest.raises(Refused) as refusal:
            take(forum, "terms", hal, **terms_said(forum, **wrong))
        assert refusal.value.kind is Refusal.FORM
    assert ForumTerms.objects.filter(forum=forum).count() == 1


def test_a_rule_that_was_in_force_is_never_changed_nor_taken_away(hal: User) -> None:
    terms = ForumTerms.objects.of(easterby(hal), TODAY())
    for verb in ("UPDATE marac_forumterms SET visible_score = 5", "DELETE FROM marac_forumterms"):
        with pytest.raises(Error), connection.cursor() as cursor:
            cursor.execute(f"SAVEPOINT here; {verb}")
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO here")
    assert ForumTerms.objects.get(pk=terms.pk).visible_score == 14


def test_an_agency_sits_once_and_is_a_member_from_its_day_to_the_last_before_it_leaves(
    hal: User, housing: Agency
) -> None:
    forum, on = easterby(hal), ForumMember.objects.all().on
    seat = seated(forum, housing, hal)
    with pytest.raises(Refused, match="already"):
        seated(forum, housing, hal)
    assert not on(TODAY() - timedelta(days=11)).exists() and on(TODAY()).exists()
    with pytest.raises(Refused, match="later day"):
        take(seat, "leave", hal, until=(TODAY() - timedelta(days=11)).isoformat())
    take(seat, "leave", hal, until=TODAY().isoformat())
    assert on(TODAY() - timedelta(days=1)).exists() and not on(TODAY()).exists()
    seated(forum, housing, hal, ago=0)


def test_the_page_says_to_which_members_nothing_is_sent(hal: User, housing: Agency) -> None:
    forum, silent = easterby(hal), recorded(hal, "Easterby probation", "EPRO", "probation")
    seated(forum, housing, hal)
    seated(forum, silent, hal)
    page = text_of(client_of(hal).get(forum.get_absolute_url()))
    assert page.count("No agreement: nothing is sent") == 1 and page.count("Agreement counts") == 1


def test_a_number_of_women_is_kept_with_where_it_comes_from(hal: User) -> None:
    with pytest.raises(Refused) as refusal:
        easterby(hal, women_over_16="81200")
    assert "women_source" in refusal.value.errors.errors
    assert easterby(hal, women_over_16="81200", women_source="ONS mid-year 2025").women_over_16 == 81200


def test_partners_and_officers_change_no_forum(hal: User, cleo: User, ellen: User) -> None:
    forum = easterby(hal)
    for who in (cleo, ellen):
        with pytest.raises(Refused):
            take(forum, "terms", who, **terms_said(forum))
    assert client_of(cleo).get(forum.get_absolute_url()).status_code == 404
    assert client_of(ellen).get(forum.get_absolute_url()).status_code == 200


def test_a_forum_asks_as_many_questions_for_ten_members_as_for_one(hal: User, housing: Agency) -> None:
    forum, browser = easterby(hal), client_of(hal)
    seated(forum, housing, hal)

    def asked() -> int:
        with CaptureQueriesContext(connection) as few:
            browser.get(forum.get_absolute_url())
        return len(few)

    asked()
    before = asked()
    for number in range(9):
        seated(forum, recorded(hal, f"Agency {number}", f"A{number}", "voluntary"), hal)
    assert asked() == before


def test_the_terms_of_a_day_before_any_were_set_are_nobodys_guess(hal: User) -> None:
    with pytest.raises(LookupError):
        ForumTerms.objects.of(easterby(hal), date(2020, 1, 1))


def test_the_record_of_a_member_leads_to_its_forum(hal: User, housing: Agency) -> None:
    forum = easterby(hal)
    member = seated(forum, housing, hal)
    answer = client_of(hal).get(f"/work/forum-member/{member.pk}/")
    assert answer.status_code == 302 and answer["Location"] == f"/marac/forums/{forum.pk}/"
