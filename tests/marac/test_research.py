"""Research is its agency’s own until it is released, line by line; a nil return is an answer; nothing released changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.models import Case
from marac.models import AgendaCopy, Forum, Meeting, Pack, Referral, Research, ResearchLine
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.marac.made import forum_of, meeting, referral
from workflow import engine
from workflow.models import Deadline, Refusal, Refused

SECRET = "Zanzibar rent arrears since March"
HELD = "Quokka file of her sister"


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


@pytest.fixture
def one(forum: Forum, hal: User) -> Referral:
    return referral(forum, hal)


@pytest.fixture
def held(one: Referral, forum: Forum, hal: User) -> Meeting:
    return take(meeting(forum, hal), "publish", hal)


@pytest.fixture
def asked(held: Meeting, housing: Agency) -> Research:
    return Research.objects.get(agency=housing)


def line(research: Research, by: User, words: str = SECRET, **said: Any) -> ResearchLine:
    said = {"about": "victim", "sort": "fact", "source": "Tenancy file", **said}
    row = ResearchLine(research=research, words=words, **said)
    made: ResearchLine = engine.add(row, beneath=Research.objects.get(pk=research.pk), by=by)
    return made


def known(research: Research, by: User, **said: Any) -> Research:
    fresh = Research.objects.get(pk=research.pk)
    changed: Research = engine.amend(fresh, {"known": "yes", **said}, by=by, seen=fresh.version)
    return changed


def test_an_agency_writes_returns_and_releases_line_by_line(asked: Research, cleo: User, hal: User) -> None:
    known(asked, cleo)
    shared, kept = line(asked, cleo, "Ground-floor flat, broken lock."), line(asked, cleo)
    take(asked, "return", cleo, lines=[f"line-{shared.pk}"])
    page = text_of(client_of(hal).get(asked.case.get_absolute_url() + "?panel=agencies-know"))
    assert "Ground-floor flat, broken lock." in page and SECRET not in page
    take(asked, "release", cleo, lines=[f"line-{kept.pk}"])
    assert SECRET in text_of(client_of(hal).get(asked.case.get_absolute_url() + "?panel=agencies-know"))


def test_a_return_lists_what_is_missing_and_what_is_known_must_be_said(asked: Research, cleo: User) -> None:
    with pytest.raises(Refused, match="still missing"):
        take(asked, "return", cleo, lines=[])
    known(asked, cleo)
    with pytest.raises(Refused, match="still missing"):
        take(asked, "return", cleo, lines=[])
    line(asked, cleo)
    assert take(asked, "return", cleo, lines=[]).state == "returned"


def test_a_nil_return_says_where_the_agency_looked_and_never_hides_what_was_written(
    asked: Research, cleo: User
) -> None:
    with pytest.raises(Refused) as refusal:
        take(asked, "nil", cleo, searched="")
    assert refusal.value.kind is Refusal.FORM
    written = line(asked, cleo)
    with pytest.raises(Refused, match="return that"):
        take(asked, "nil", cleo, searched="Tenancies, waiting list.")
    fresh = Research.objects.get(pk=asked.pk)
    engine.strike_out(written, beneath=fresh, by=cleo, seen=written.version, reason="Another family.")
    nil = take(asked, "nil", cleo, searched="Tenancies, waiting list.")
    assert (nil.state, nil.known, nil.searched) == ("nil", "no", "Tenancies, waiting list.")


def test_what_is_held_is_never_released_and_only_its_reason_is_read(asked: Research, cleo: User, hal: User) -> None:
    known(asked, cleo)
    held = line(asked, cleo, HELD, held_because="It would name who told us.")
    with pytest.raises(Refused) as refusal:
        take(asked, "return", cleo, lines=[f"line-{held.pk}"])
    assert refusal.value.kind is Refusal.FORM
    take(asked, "return", cleo, lines=[])
    page = text_of(client_of(hal).get(asked.case.get_absolute_url() + "?panel=agencies-know"))
    assert "It would name who told us." in page and HELD not in page


def test_a_released_line_is_corrected_by_striking_it_and_a_new_one_and_both_are_kept(
    asked: Research, cleo: User
) -> None:
    known(asked, cleo)
    row = line(asked, cleo)
    take(asked, "return", cleo, lines=[f"line-{row.pk}"])
    row.refresh_from_db()
    browser, beneath = client_of(cleo), f"/work/research/{asked.pk}/rows/line/{row.pk}/"
    answer = browser.post(
        beneath, {"about": "victim", "sort": "fact", "words": "Changed", "source": "File", "seen": row.version}
    )
    assert answer.status_code == 422 and "strike it out" in text_of(answer)
    fresh = Research.objects.get(pk=asked.pk)
    engine.strike_out(row, beneath=fresh, by=cleo, seen=row.version, reason="It was April.")
    line(asked, cleo, "Arrears since April")
    words = dict(ResearchLine.objects.values_list("words", "struck_out_at"))
    assert words[SECRET] is not None and words["Arrears since April"] is None


def everywhere(
    hal: User, inez: User, tess: User, ellen: User, cleo: User, asked: Research
) -> list[tuple[str, str, Any]]:
    """Every page, list and answer by which somebody outside the agency could meet its research."""
    case, people = asked.case, asked.referral.people.all()
    paths = [
        case.get_absolute_url(), f"{case.get_absolute_url()}?panel=agencies-know", f"/marac/meetings/{asked.meeting_id}/",
        "/marac/meetings/", "/agency/research/", asked.get_absolute_url(), "/api/v1/research/", f"/api/v1/research/{asked.pk}/",
        f"/api/v1/case/{case.reference}/", "/search/?q=Zanzibar", "/notices/", "/", "/audit/",
        f"/work/research/{asked.pk}/return/", *(f"/people/{row.person_id}/" for row in people),
        *(f"/marac/packs/{pack}/" for pack in Pack.objects.values_list("pk", flat=True)),
    ]  # fmt: skip
    return [
        (who.username, path, client_of(who).get(path)) for who in (hal, inez, tess, ellen) for path in paths
    ]  # fmt: skip


def test_the_page_of_a_return_offers_each_line_to_be_released(asked: Research, cleo: User) -> None:
    known(asked, cleo)
    line(asked, cleo, "Joint tenancy since 2021.")
    page = client_of(cleo).get(f"/work/research/{asked.pk}/return/")
    assert page.status_code == 200 and "Joint tenancy since 2021." in text_of(page)


def test_nothing_unreleased_is_read_anywhere_by_anybody_outside_the_agency(
    asked: Research, hal: User, inez: User, tess: User, ellen: User, cleo: User, noor: User
) -> None:
    """Done when 3: before it is returned, once it is returned, and what is held for ever."""
    known(asked, cleo, involved=f"{SECRET} and more", staff_safety="Wombat in the yard")
    line(asked, cleo)
    line(asked, cleo, HELD, held_because="Her sister asked us.")
    for _stage in ("written", "returned"):
        for who, path, answer in everywhere(hal, inez, tess, noor, cleo, asked):
            said = answer.content.decode()
            for secret in ("Zanzibar", "Quokka", "Wombat"):
                assert secret not in said.replace("q=Zanzibar", "").replace('value="Zanzibar"', ""), (who, path)
        if Research.objects.get(pk=asked.pk).state == "asked":
            take(asked, "return", cleo, lines=[])
    assert client_of(tess).get(asked.get_absolute_url()).status_code == 404
    assert client_of(hal).get(asked.get_absolute_url()).status_code == 404
    assert not ResearchLine.objects.visible_to(hal).exists() and not ResearchLine.objects.visible_to(tess).exists()
    assert ResearchLine.objects.visible_to(cleo).count() == 2


def test_whoever_knows_a_party_says_so_and_sees_the_case_no_longer(
    asked: Research, cleo: User, housing_manager: User
) -> None:
    take(asked, "know-party", cleo, reason="She is my cousin.")
    assert client_of(cleo).get(asked.get_absolute_url()).status_code == 404
    assert client_of(housing_manager).get(asked.get_absolute_url()).status_code == 200
    assert Case.objects.visible_to(housing_manager).filter(pk=asked.case_id).exists()


def test_the_clock_of_an_agency_stops_once_the_last_of_its_cases_is_back(
    forum: Forum, hal: User, cleo: User, housing: Agency
) -> None:
    referral(forum, hal)
    referral(forum, hal, victim="Ann Bell")
    take(meeting(forum, hal), "publish", hal)
    first, last = Research.objects.filter(agency=housing).order_by("pk")
    waiting = Deadline.objects.open().filter(policy="research-returned", unit=housing.unit)
    take(first, "nil", cleo, searched="Tenancies.")
    assert waiting.exists()
    take(last, "nil", cleo, searched="Tenancies.")
    assert not waiting.exists()
    assert AgendaCopy.objects.get(agency=housing).state == "answered"


def test_the_agencys_list_has_what_is_owed_and_asks_as_many_questions_for_thirty_as_for_one(
    forum: Forum, hal: User, cleo: User
) -> None:
    referral(forum, hal)
    held = take(meeting(forum, hal), "publish", hal)
    browser = client_of(cleo)
    assert "Hannah Okoro" in text_of(browser.get("/agency/research/"))

    def asked_now() -> int:
        with CaptureQueriesContext(connection) as few:
            assert browser.get("/agency/research/").status_code == 200
        return len(few)

    asked_now()
    before = asked_now()
    for number in range(29):
        referral(forum, hal, victim=f"Case Number{number}")
    take(held, "gather", hal)
    take(held, "send-new", hal)
    assert asked_now() == before
    assert "Next page" in text_of(browser.get("/agency/research/"))
    assert client_of(hal).get("/agency/research/").status_code == 403


def test_the_pages_on_which_an_agency_returns_and_releases_open_with_what_may_be_released(
    asked: Research, cleo: User
) -> None:
    """A form that asks for lines of a record that has lines beneath it: the one is not filled in with the other."""
    known(asked, cleo)
    shared, kept = line(asked, cleo, "Ground-floor flat, broken lock."), line(asked, cleo, "Pays by standing order.")
    page = client_of(cleo).get(f"/work/research/{asked.pk}/return/")
    assert page.status_code == 200 and f"line-{shared.pk}" in text_of(page)
    take(asked, "return", cleo, lines=[f"line-{shared.pk}"])
    later = client_of(cleo).get(f"/work/research/{asked.pk}/release/")
    assert (
        later.status_code == 200 and f"line-{kept.pk}" in text_of(later) and f"line-{shared.pk}" not in text_of(later)
    )
