"""Whoever is sent is told of the brief, it is their reading that counts, and they hear when it says something else (S3-020)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Brief, BriefRead, Call, Case
from cases.services.brief_keeping import find_changed
from people.models import Person
from supervision.models import Notice
from tests.cases.calls import called, step
from tests.cases.recording import words
from tests.cast import client_of, person, shut_out
from workflow import engine, reactions
from workflow.models import Outbox, Refused

ELLEN = "NR31, PC 2877 Marsh"


def ago(minutes: int) -> str:
    return (timezone.now() - timedelta(minutes=minutes)).isoformat()


def sent(call: Call, rafi: User, whom: str = ELLEN) -> Call:
    return step(call, "dispatch", rafi, resource=whom, dispatched_at=ago(3))


def there(call: Call, rafi: User, minutes_ago: int = 0) -> Call:
    return step(call, "arrive", rafi, arrived_at=ago(minutes_ago))


def opened(call: Call, *readers: User) -> None:
    for reader in readers:
        assert client_of(reader).get(f"/briefs/call/{call.pk}/").status_code == 200


def notices() -> list[tuple[User, str]]:
    """Who was told of a brief, and what without the reference."""
    while reactions.run_due(timezone.now() + timedelta(minutes=5)):
        pass  # one act causes another
    assert not Outbox.objects.filter(done_at__isnull=True).exists(), Outbox.objects.values_list(
        "reaction", "last_error"
    )
    rows = Notice.objects.filter(kind=Notice.Kind.BRIEF).order_by("pk").select_related("person")
    return [(row.person, re.sub(r"DA-\d+-\d+", "it", row.text).split(". ")[0]) for row in rows]


SENT, CHANGED = "You are sent to the call of it", "The brief that you read for the call of it says something else now"


# --- who read it --------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S1-004", "S3-020")
def test_whoever_is_sent_must_have_opened_it_before_they_were_there_and_nobody_else_counts_for_them(
    rafi: User, bea: User, ellen: User, tom: User, priya: User, nr3: Unit
) -> None:
    unopened, by_others, by_her, late = (sent(called(rafi, nr3, log_ref=f"06{n}0"), rafi) for n in range(4))
    assert {tuple(row.sent) for row in Brief.objects.all()} == {(ellen.pk,)}
    opened(by_others, tom, priya, rafi)
    step(by_others, "acknowledge", tom, read="on")
    opened(by_her, ellen)
    for call in (unopened, by_others, by_her, late):
        there(call, rafi, minutes_ago=2 if call is late else 0)
    opened(late, ellen)
    page = words(client_of(bea).get("/board/briefs/"))
    assert "Log 0600" in page and "Log 0610" in page, "she had not opened it, whoever else had"
    assert "Log 0630" in page and "Log 0620" not in page, "after they were there is too late"
    assert "25%" in page and "1 of 4 attendances" in page
    assert "Nobody is named" not in page
    assert client_of(ellen).get("/board/briefs/").status_code == 403


def test_where_nobody_is_named_the_list_says_so_and_counts_the_team_alone(
    rafi: User, bea: User, ellen: User, nr3: Unit, force: Unit
) -> None:
    elsewhere = person("", "6001", "Mina Rao", ("da_specialist", force))
    expert = person("", "6002", "Cleo Hart", ("da_coordinator", force))
    by_team, by_others = (sent(called(rafi, nr3, log_ref=f"07{n}0"), rafi, "NR31 and the van") for n in range(2))
    opened(by_team, ellen)
    opened(by_others, elsewhere, expert)
    for call in (by_team, by_others):
        there(call, rafi)
    page = words(client_of(bea).get("/board/briefs/"))
    assert "Log 0710" in page and "Log 0700" not in page
    assert "Nobody is named by collar number" in page


def test_a_number_that_two_have_and_one_in_the_control_room_name_nobody(
    rafi: User, ellen: User, nr3: Unit, nr4: Unit
) -> None:
    other = person("PC", "2878", "Another Marsh", ("officer", nr4))
    User.objects.filter(pk=other.pk).update(collar_number="2877")
    sent(called(rafi, nr3), rafi, "PC 2877, 7010, NR31")
    assert Brief.objects.get().sent == []


# --- who is told --------------------------------------------------------------------------------------------------


def test_whoever_is_sent_is_told_once_and_the_notice_leads_to_the_brief(
    rafi: User, ellen: User, tom: User, nr3: Unit
) -> None:
    call = sent(called(rafi, nr3), rafi)
    assert notices() == [(ellen, SENT)]
    sent(call, rafi, "2877 and 2208")
    assert notices() == [(ellen, SENT), (tom, SENT)]
    notice = Notice.objects.get(person=ellen)
    answer: Any = client_of(ellen).get(f"/notices/{notice.pk}/")
    assert answer["Location"] == f"/briefs/call/{call.pk}/"
    for secret in ("Hannah", "Mill Lane", "Reeve", "kicking"):
        assert secret not in notice.text
    assert "You are sent" in words(client_of(ellen).get("/notices/"))


def test_whoever_may_not_know_of_the_case_is_told_nothing(
    rafi: User, victor: User, priya: User, hannahs_case: Case
) -> None:
    sent(called(rafi, case=hannahs_case), rafi, "PC 2950")
    assert Brief.objects.get().sent == [victor.pk] and notices() == []


# --- whether what they read still holds ---------------------------------------------------------------------------


@pytest.fixture
def read(rafi: User, ellen: User, hannah: Person, nr3: Unit) -> Call:
    """Ellen has read the brief of a call to Hannah, and said so."""
    call = sent(called(rafi, nr3, harmed=str(hannah.pk)), rafi)
    step(call, "acknowledge", ellen, read="on")
    assert find_changed(timezone.now()) == 0 and notices() == [(ellen, SENT)]
    return call


def add_gun(call: Call, rafi: User) -> None:
    fresh = Call.objects.get(pk=call.pk)
    engine.amend(fresh, {"risks": [*fresh.risks, "weapon"]}, by=rafi, seen=fresh.version)


def test_what_she_read_no_longer_holds_and_she_is_told_and_may_say_so_anew(read: Call, rafi: User, ellen: User) -> None:
    browser, url = client_of(ellen), f"/briefs/call/{read.pk}/"
    assert "You have said that you have read it" in words(browser.get(url))
    add_gun(read, rafi)
    page = words(browser.get(url))
    assert "Changed since you read it today at" in page and "You have said" not in page
    assert notices() == [(ellen, SENT), (ellen, CHANGED)], "at once, without waiting for the minute"
    notice = Notice.objects.filter(person=ellen).latest("pk")
    assert browser.get(f"/notices/{notice.pk}/")["Location"] == url
    assert find_changed(timezone.now()) == 0 and len(notices()) == 2, "once for each change"
    browser.post(f"{url}read/", {"token": "again"})
    assert BriefRead.objects.filter(recorded_by=ellen).count() == 2
    page = words(browser.get(url))
    assert "You have said that you have read it" in page and "Changed since" not in page
    with pytest.raises(Refused):
        step(read, "acknowledge", ellen, read="on")


def test_a_warning_on_another_case_of_hers_is_a_change_too_and_a_closed_call_is_nobodys(
    read: Call, rafi: User, ellen: User, hannahs_case: Case
) -> None:
    def warn(what: str) -> None:
        engine.perform(Case.objects.get(pk=hannahs_case.pk), "warn", by=ellen, evidence={"what": what})

    warn("A shotgun in the loft")
    assert find_changed(timezone.now()) == 1
    warn("Large dog loose in the yard")
    assert find_changed(timezone.now()) == 1, "each change anew"
    there(read, rafi)
    step(read, "close", rafi, result="attended")
    warn("He is back in the house")
    assert find_changed(timezone.now()) == 0


def test_nobody_is_told_of_what_is_theirs_no_longer(read: Call, rafi: User, ellen: User, priya: User) -> None:
    shut_out(Case.objects.get(pk=read.case_id), ellen, priya)
    add_gun(read, rafi)
    assert notices() == [(ellen, SENT)] and find_changed(timezone.now()) == 0


def test_what_changed_while_she_was_reading_is_shown_before_she_can_say_so(read: Call, rafi: User, tom: User) -> None:
    browser, url = client_of(tom), f"/briefs/call/{read.pk}/"
    shown = re.search(r'name="shown" value="(\w{64})"', browser.get(url).content.decode())
    assert shown
    add_gun(read, rafi)
    answer: Any = browser.post(f"{url}read/", {"token": "t", "shown": shown[1]})
    assert answer["Location"] == f"{url}?again" and not BriefRead.objects.filter(recorded_by=tom).exists()
    page = browser.get(answer["Location"])
    assert "It changed while you were reading" in words(page)
    now = re.search(r'name="shown" value="(\w{64})"', page.content.decode())
    assert now
    browser.post(f"{url}read/", {"token": "u", "shown": now[1]})
    assert BriefRead.objects.filter(recorded_by=tom).exists()
