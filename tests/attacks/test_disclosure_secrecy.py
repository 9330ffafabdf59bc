"""What a consideration of Clare’s Law gives away: to the officer who looks its subject up, to whoever took it down, to chair and
coordinator afterwards, to either of two applicants, and through whatever the program keeps beside the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Posting, Unit, User
from audit.models import Event
from cases.models import NamedGrant
from dvds.models import Application, Part, Telling
from people.models import Person
from supervision.escalation import sweep
from supervision.models import Delivery, Notice, Subscription
from supervision.webhooks.send import body_of, no_longer_told
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.door import request, taken, whole
from tests.dvds.forum import (
    before,
    fresh,
    referred,
    to_be_told,
    told_nothing,
    told_said,
)
from workflow.clock import LONDON

pytestmark = pytest.mark.django_db
#: Said to her, and standing nowhere else.
SPOKEN = "Quillvarn"
APPROVED = "Brostwick"
WORDS = f"He was convicted in 2023 of an assault, {APPROVED}."


def party(application: Application, part: str) -> Person:
    found: Person = application.parties.get(part=part).person
    return found


def referred_by_a_friend(unit: Unit, by: User) -> Application:
    return referred(unit, by, applicant="Nora Quist")


def told_of(application: Application, hal: User, inez: User, perry: User) -> Telling:
    """Told to Rosa in words that stand nowhere else."""
    telling = to_be_told(application, hal, inez, perry, words=WORDS)
    take(telling, "tell", perry, **told_said(text=f"{WORDS} {SPOKEN}."))
    found: Telling = fresh(telling)
    assert found.state == "told" and SPOKEN in found.text
    return found


def addresses(application: Application) -> list[str]:
    """Every address that leads to it: pages, records, parts, the API."""
    case, pk = application.case, application.pk
    own = [
        f"/cases/{case.reference}/", f"/cases/{case.reference}/?panel=timeline", f"/considerations/{case.reference}/",
        f"/considerations/{case.reference}/checks/", f"/work/consideration/{pk}/", f"/work/consideration/{pk}/contact/",
        f"/work/consideration/{pk}/sections/contact/", f"/work/consideration/{pk}/sections/people/",
        f"/api/v1/consideration/{pk}/", f"/api/v1/case/{case.reference}/",
    ]  # fmt: skip
    for telling in Telling.objects.filter(application=application):
        own += [telling.get_absolute_url(), f"/work/telling/{telling.pk}/", f"/api/v1/telling/{telling.pk}/"]
    return own


def opened(user: User, paths: Iterable[str]) -> list[str]:
    """Those that answer with something."""
    browser = client_of(user)
    return [path for path in paths if browser.get(path, follow=True).status_code not in (403, 404)]


# --- the third party who asked


def scrubbed(page: Any) -> str:
    return re.sub(r'(nonce|value|data-now)="[^"]{16,}"|\d+ (second|minute)s? ago', "", text_of(page))


@pytest.mark.parametrize("ends", ["told", "nothing"])
def test_the_page_of_a_third_party_who_asked_is_the_same_whatever_was_decided(
    ends: str, disclosure_unit: Unit, hal: User, inez: User, perry: User, maya: User, ines: User, ellen: User
) -> None:
    application = referred_by_a_friend(disclosure_unit, perry)
    path = f"/people/{party(application, Part.APPLICANT).pk}/"
    readers = (perry, maya, ines, ellen)
    for user in readers:
        client_of(user).get(path)  # a first look is written down, which the next may show
    was = [(answer.status_code, scrubbed(answer)) for answer in (client_of(user).get(path) for user in readers)]

    if ends == "told":
        told_of(application, hal, inez, perry)
    else:
        told_nothing(application, hal, inez, perry)

    for user, (status, page) in zip(readers, was, strict=True):
        answer = client_of(user).get(path)
        assert answer.status_code == status, user
        if status == 404:  # nobody to them: that page names the moment, and nothing else
            continue
        assert scrubbed(answer) == page, user
        for word in (SPOKEN, APPROVED, "Ask the disclosure unit"):
            assert word not in page


# --- another officer


def test_whoever_looks_the_subject_up_sees_the_marker_and_nothing_that_is_beneath_it(
    disclosure_unit: Unit,
    hal: User,
    inez: User,
    perry: User,
    ellen: User,
    ruth: User,
    daniel: Person,
    tess: User,
    cleo: User,
) -> None:
    application = referred(disclosure_unit, perry, subject=daniel, applicant="Nora Quist")
    told_of(application, hal, inez, perry)
    hidden = [SPOKEN, APPROVED, "Nora", "Quist", "Rosa", application.case.reference, "library in Mill Lane"]
    for user in (ellen, ruth):
        browser = client_of(user)
        subject = text_of(browser.get(f"/people/{daniel.pk}/"))
        assert "Ask the disclosure unit before you act" in subject
        found = browser.post("/search/", {"q": "Daniel Reeve", "what": ["people", "references", "narratives"]})
        shown = [subject, text_of(found), text_of(browser.get(f"/briefs/person/{daniel.pk}/"))]
        for word in hidden:
            assert not [page for page in shown if word in page], (user, word)
        other = browser.post("/search/", {"q": "Rosa Field", "what": ["people", "references", "narratives"]})
        assert application.case.reference not in text_of(other) and "14 Mill Lane" not in text_of(other)
    herself = f"/people/{party(application, Part.AT_RISK).pk}/"
    for user in (ellen, ruth, tess, cleo):
        assert opened(user, [*addresses(application), herself, "/considerations/", "/considerations/reports/"]) == [], (
            user
        )
        for lists in ("consideration", "telling", "final-report", "no-trace", "exceptional"):
            answer = client_of(user).get(f"/api/v1/{lists}/")
            assert answer.status_code in (403, 404) or answer.json().get("results", []) == [], (user, lists)


# --- chair and coordinator


def test_chair_and_coordinator_open_it_while_it_is_before_them_and_not_the_day_after(
    disclosure_unit: Unit, hal: User, inez: User, perry: User, maya: User
) -> None:
    application = referred(disclosure_unit, perry)
    paths = addresses(application)
    assert opened(inez, paths) == opened(hal, paths) == []
    before(application, hal, inez, perry)
    assert all(len(opened(user, paths)) >= 5 for user in (inez, hal))

    from tests.dvds.forum import answers, telling_said, trace

    row = trace(application, perry)
    take(application, "answer-tests", inez, **answers())
    take(application, "decide-tell", inez, **telling_said(row, words=WORDS))
    telling = Telling.objects.get(application=application)
    take(telling, "tell", perry, **told_said(text=f"{WORDS} {SPOKEN}."))

    grants = NamedGrant.objects.filter(content_object=application.case, user__in=[hal, inez])
    ends = set(grants.values_list("until", flat=True))
    tonight = timezone.now().astimezone(LONDON).date()
    assert len(ends) == 1 and {end.astimezone(LONDON).date() for end in ends} == {tonight}
    grants.update(until=timezone.now() - timedelta(seconds=1))  # midnight has passed
    for user in (inez, hal):
        assert opened(user, addresses(application)) == [], user
        found = client_of(user).post("/search/", {"q": "Rosa Field", "what": ["people", "references"]})
        assert application.case.reference not in text_of(found)
    sweep(timezone.now() + timedelta(days=60))
    assert not Notice.objects.filter(case=application.case, person__in=[hal, inez]).exists()


# --- whoever took it down


def test_whoever_took_it_down_finds_nothing_of_it_once_it_was_sent_on(
    ellen: User, rafi: User, perry: User, maya: User
) -> None:
    waits = request(ellen)
    application = whole(taken(waits, rafi), rafi)
    paths = [*addresses(application), waits.get_absolute_url(), f"/people/{party(application, Part.AT_RISK).pk}/"]
    assert len(opened(rafi, paths)) >= 5

    take(application, "forward", rafi)

    assert opened(rafi, paths) == [] and opened(ellen, paths) == []
    for user in (rafi, ellen):
        browser = client_of(user)
        for page in ("/requests/", "/", "/work/", "/notices/"):
            assert application.case.reference not in text_of(browser.get(page, follow=True)), (user, page)
        found = browser.post("/search/", {"q": "Rosa Field", "what": ["people", "references", "narratives"]})
        assert application.case.reference not in text_of(found)
    sweep(timezone.now() + timedelta(days=60))
    assert not Notice.objects.filter(case=application.case, person__in=[rafi, ellen]).exists()
    assert Notice.objects.filter(case=application.case, person=maya).exists()


# --- two who asked about the same people


@pytest.fixture
def merged(disclosure_unit: Unit, perry: User, maya: User) -> tuple[Application, Application]:
    """Nora Quist asked, and Bill Sallow before her: his goes on within hers."""
    one = consideration(disclosure_unit, perry, "checks", days_ago=2, applicant="Nora Quist", risk="high")
    at_risk, subject = party(one, Part.AT_RISK), party(one, Part.SUBJECT)
    two = consideration(
        disclosure_unit, perry, "checks", days_ago=5, applicant="Bill Sallow", at_risk=at_risk, subject=subject
    )
    take(two, "merge", maya, reference=one.case.reference)
    return fresh(one), fresh(two)


def test_neither_of_two_applicants_is_named_with_the_other_on_any_page_history_or_answer(
    merged: tuple[Application, Application], perry: User
) -> None:
    one, two = merged
    browser = client_of(perry)
    for mine, theirs, other in ((one, ("Bill", "Sallow"), two), (two, ("Nora", "Quist"), one)):
        for path in addresses(mine):
            answer = browser.get(path, follow=True)
            if answer.status_code == 200:
                said = text_of(answer)
                assert not [word for word in (*theirs, other.case.reference) if word in said], path
        acts = " ".join(str(row) for row in Event.objects.filter(chain=mine.case_id).values_list("changes", flat=True))
        assert not [word for word in (*theirs, other.case.reference) if word in acts]
    for part, name in ((one, "Nora"), (two, "Bill")):
        page = text_of(browser.get(f"/people/{party(part, Part.APPLICANT).pk}/"))
        assert name in page and {"Nora": "Sallow", "Bill": "Quist"}[name] not in page
        other = {"Nora": two, "Bill": one}[name]
        assert other.case.reference not in page


def test_no_search_notice_or_webhook_ties_two_applicants_together(
    merged: tuple[Application, Application], perry: User, maya: User, account: Any, disclosure_unit: Unit
) -> None:
    one, two = merged
    for term, other in (("Nora Quist", two), ("Bill Sallow", one)):
        found = client_of(perry).post("/search/", {"q": term, "what": ["people", "references", "narratives"]})
        assert other.case.reference not in text_of(found), term
    sweep(timezone.now() + timedelta(days=60))
    for notice in Notice.objects.filter(case__in=[one.case, two.case]):
        mine, other = (one, two) if notice.case_id == one.case_id else (two, one)
        assert other.case.reference not in notice.text
        assert not [word for word in ("Nora", "Quist", "Bill", "Sallow", "Clare", "isclosure") if word in notice.text]
        assert notice.person_id in (perry.pk, maya.pk) or not notice.person.postings.filter(role="partner").exists()
    listens = Subscription.objects.create(
        account=account, url="https://hooks.example.org/", events=["consideration.take-in"], unit=account.unit,
        recorded_by=perry, state="listening",
    )  # fmt: skip
    event = Event.objects.get(name="consideration.take-in")
    row = Delivery.objects.create(subscription=listens, event=event)
    assert no_longer_told(row), "an account of another team hears nothing of it"
    Posting.objects.create(
        user=account.user, role="disclosure_officer", unit=disclosure_unit, from_at=timezone.now() - timedelta(days=1)
    )
    said = body_of(row).decode()
    assert two.case.reference not in said and not [word for word in ("Nora", "Quist", "Bill", "Sallow") if word in said]


# --- the words


def everywhere(word: str) -> set[str]:
    """Every table in a row of which the word stands, whatever the column."""
    found = set()
    with connection.cursor() as asked:
        asked.execute(
            "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
        )
        for (table,) in asked.fetchall():
            asked.execute(f'select exists (select from "{table}" t where t::text ilike %s)', [f"%{word}%"])  # noqa: S608
            if asked.fetchone() == (True,):
                found.add(table)
    return found


def test_the_words_that_were_told_stand_in_one_row_and_in_no_act_history_draft_notice_or_index(
    disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    told_of(referred(disclosure_unit, perry), hal, inez, perry)
    sweep(timezone.now() + timedelta(days=60))

    assert everywhere(SPOKEN) == {"dvds_telling"}
    kept = everywhere(APPROVED)
    assert "dvds_forumdecision" in kept and "dvds_telling" in kept
    assert not [table for table in kept if not table.startswith("dvds_")], kept


def test_the_words_that_were_told_are_in_no_answer_of_the_api_and_on_one_page_alone(
    disclosure_unit: Unit, hal: User, inez: User, perry: User, maya: User, ines: User, dana: User
) -> None:
    telling = told_of(referred(disclosure_unit, perry), hal, inez, perry)
    case = telling.case
    named = NamedGrant.objects.filter(content_object=case, user__in=[hal, inez])
    named.update(until=timezone.now() - timedelta(seconds=1))  # the day after they decided
    for user in (perry, maya, inez, hal, ines, dana):
        browser = client_of(user)
        paths = [path for path in addresses(telling.application) if path != telling.get_absolute_url()]
        paths += [
            "/api/v1/telling/",
            "/api/v1/consideration/",
            "/considerations/",
            "/requests/",
            f"/cases/{case.reference}/?panel=tellings",
        ]
        for path in paths:
            if path == f"/work/telling/{telling.pk}/" and user in (perry, maya):
                continue  # leads to its page
            answer = browser.get(path, follow=True)
            assert SPOKEN not in answer.content.decode(), (user, path)
        found = browser.post("/search/", {"q": SPOKEN, "what": ["people", "references", "narratives", "intelligence"]})
        assert "Rosa" not in text_of(found) and case.reference not in text_of(found)
    assert SPOKEN in text_of(client_of(perry).get(telling.get_absolute_url()))
