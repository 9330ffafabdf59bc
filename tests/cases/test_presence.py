"""Who else is on a record: told to whoever may open it, politely, and never for longer than they are there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import sessions
from accounts.models import User
from audit.models import Access
from cases.models import Case, Incident, Presence
from tests import factories
from tests.cast import shut_out
from workflow import engine
from workflow.models import Draft
from workflow.templatetags.words import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(ellen: User) -> Incident:
    return factories.begun(ellen)


def tell(browser: Client, record: Incident, place: str = "happened", **more: str) -> Any:
    return browser.post("/present/", {"workflow": "incident", "record": record.pk, "place": place, **more})


def test_two_on_one_section_see_each_other_and_since_when(
    record: Incident, ellen: User, tom: User, sign_in: Any
) -> None:
    assert tell(sign_in(ellen), record).json() == {"said": []}
    now = clock(timezone.now())
    assert tell(sign_in(tom), record).json()["said"] == [f"PC 2877 Marsh is on this section, since {now}"]
    assert tell(sign_in(ellen), record).json()["said"] == [f"PC 2208 Ashdown is on this section, since {now}"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("kinds", "PC 2877 Marsh is on the section Kinds of abuse, since"),
        ("", "PC 2877 Marsh is on this record, since"),
        ("decision", "PC 2877 Marsh is deciding on this record, since"),
        ("<b>nonsense</b>", "PC 2877 Marsh is on this record, since"),
    ],
)
def test_where_they_are_is_said(record: Incident, ellen: User, tom: User, sign_in: Any, place: str, said: str) -> None:
    tell(sign_in(ellen), record, place)
    (sentence,) = tell(sign_in(tom), record).json()["said"]
    assert sentence.startswith(said)


def test_since_begins_anew_in_another_section_and_not_with_each_beat(
    record: Incident, ellen: User, sign_in: Any
) -> None:
    browser = sign_in(ellen)
    tell(browser, record)
    first = timezone.now() - timedelta(minutes=5)
    Presence.objects.update(since=first)
    tell(browser, record)
    assert Presence.objects.get().since == first
    tell(browser, record, "kinds")
    assert Presence.objects.get().since > first


def test_who_leaves_or_is_not_heard_of_for_a_minute_is_not_there(
    record: Incident, ellen: User, tom: User, sign_in: Any
) -> None:
    hers, his = sign_in(ellen), sign_in(tom)
    tell(hers, record)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert tell(his, record).json() == {"said": []}
    tell(hers, record)
    assert tell(hers, record, leave="1").status_code == 204
    assert tell(his, record).json() == {"said": []}
    assert not Presence.objects.filter(person=ellen).exists()


def test_old_rows_of_somebody_go_with_their_next_beat(record: Incident, ellen: User, sign_in: Any) -> None:
    elsewhere = {"subject_type": "cases.incident", "subject_id": 999}
    Presence.objects.create(person=ellen, seen_at=timezone.now() - timedelta(hours=2), **elsewhere)
    tell(sign_in(ellen), record)
    assert Presence.objects.filter(person=ellen).count() == 1


def test_a_record_that_one_may_not_open_is_as_one_that_never_was(
    record: Incident, ellen: User, priya: User, victor: User, stranger: User, sam: User, sign_in: Any
) -> None:
    shut_out(record.case, victor, priya)
    tell(sign_in(ellen), record)
    for user in (victor, stranger, sam):  # sam would first have to say why
        assert tell(sign_in(user), record).status_code == 404
    engine.perform(Case.objects.get(pk=record.case_id), "restrict", by=priya, evidence={"reason": "Known to the team."})
    other = sign_in(User.objects.get(username="2877"))
    assert tell(other, record).status_code == 200
    assert not Presence.objects.filter(person__in=[victor, stranger, sam]).exists()


@pytest.mark.parametrize("record", ["", "x", "9" * 30, "-1"])
def test_nonsense_is_not_found(ellen: User, sign_in: Any, record: str) -> None:
    for table in ("incident", "nothing", "holiday"):
        assert sign_in(ellen).post("/present/", {"workflow": table, "record": record}).status_code == 404


def test_being_there_puts_off_no_lock_and_leaves_no_draft(record: Incident, ellen: User, sign_in: Any) -> None:
    browser: Client = sign_in(ellen)
    browser.get("/")
    session = browser.session
    session[sessions.SEEN] = (timezone.now() - timedelta(minutes=14)).isoformat()
    session.save()
    assert tell(browser, record).status_code == 200
    assert browser.session[sessions.SEEN] == session[sessions.SEEN]
    session = browser.session
    session[sessions.SEEN] = (timezone.now() - timedelta(minutes=16)).isoformat()
    session.save()
    assert tell(browser, record).status_code == 423
    assert not Draft.objects.exists()


def test_it_is_no_look_of_its_own(record: Incident, ellen: User, sign_in: Any) -> None:
    before = Access.objects.count()
    tell(sign_in(ellen), record)
    assert Access.objects.count() == before


@pytest.mark.parametrize(
    ("path", "place"),
    [("", ""), ("sections/happened/", "happened")],
)
def test_the_pages_of_a_record_say_where_they_stand(
    record: Incident, ellen: User, sign_in: Any, path: str, place: str
) -> None:
    browser: Client = sign_in(ellen)
    engine.amend(record, {"everyone_safe": "yes"}, by=ellen, seen=record.version)
    page = browser.get(f"/work/incident/{record.pk}/{path}").content.decode()
    assert f'data-presence="/present/" data-workflow="incident" data-record="{record.pk}" data-place="{place}"' in page


def test_the_page_of_a_decision_does_too(sent_record: Incident, priya: User, sign_in: Any) -> None:
    page = sign_in(priya).get(f"/work/incident/{sent_record.pk}/decide/record/").content.decode()
    assert 'data-place="decision"' in page
