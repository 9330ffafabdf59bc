"""The brief on one page of paper, for when systems are down: as it stood, with its asker's eyes, and for one turn of duty."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access
from cases.models import Call, Case, Incident
from people.models import Person, Place
from reporting import ahead, services, tasks
from reporting.models import BRIEF_LASTS, Document
from tests.cases.calls import called, step
from tests.cast import client_of, shut_out
from tests.factories import begun
from tests.reporting.conftest import words_of
from workflow import engine, reactions


def brief_of(case: Case, user: User) -> Document:
    document, _ = services.ask_for_document(case=case, by=user, kind=Document.Kind.BRIEF)
    assert services.make(document.pk)
    return Document.objects.select_related("content", "case", "asked_by").get(pk=document.pk)


def first_page_of(document: Document) -> Any:
    return pypdf.PdfReader(BytesIO(bytes(document.content.pdf))).pages[0]


def test_it_is_one_page_that_says_of_when_it_is_and_until_when(told: Case, hannah: Person, ellen: User) -> None:
    document = brief_of(told, ellen)
    assert document.pages == 1
    (page,) = words_of(document)
    assert "Large dog loose in the yard" in page and "Brief" in page and "Out of date at" in page and "As at" in page
    assert "tangerine" not in page.lower()
    assert page.index("Hannah Okoro") < page.index("Dangers"), "it says whom it is about"
    assert "restricted or not open to them is left out" in page and "/Annots" not in first_page_of(document)
    assert document.as_at is not None and document.expires_at == document.as_at + BRIEF_LASTS
    assert "Hannah" not in document.file_name and "brief" in document.file_name


def test_it_is_asked_for_and_opened_by_its_asker_alone_and_not_after_its_time(
    told: Case, ellen: User, priya: User, tom: User, quick: None
) -> None:
    browser = client_of(ellen)
    answer = browser.post(f"/briefs/case/{told.pk}/paper/", {"token": "t"})
    assert answer.status_code == 302
    document = Document.objects.get(kind=Document.Kind.BRIEF)
    services.make(document.pk)
    url = f"/documents/{document.pk}/file/"
    assert browser.get(url).status_code == 200
    assert client_of(tom).get(url).status_code == 404, "made with her eyes: whoever else needs one prints their own"
    Document.objects.filter(pk=document.pk).update(as_at=timezone.now() - BRIEF_LASTS - timedelta(minutes=1))
    gone = browser.get(url)
    assert gone.status_code == 409 and "out of date" in gone.content.decode()


def test_whoever_is_shut_out_meanwhile_gets_none(told: Case, ellen: User, tom: User, priya: User, quick: None) -> None:
    document, _ = services.ask_for_document(case=told, by=tom, kind=Document.Kind.BRIEF)
    shut_out(Case.objects.get(pk=told.pk), tom, priya)
    assert not services.make(document.pk)
    assert Document.objects.get(pk=document.pk).stage == Document.Stage.FAILED


@pytest.mark.parametrize("kind", ["case-file", "brief"])
def test_each_kind_is_made_by_itself(kind: str, told: Case, ellen: User, quick: None) -> None:
    other, _ = services.ask_for_document(case=told, by=ellen, kind="brief" if kind == "case-file" else "case-file")
    document, new = services.ask_for_document(case=told, by=ellen, kind=kind)
    assert new and document.pk != other.pk


# --- of a person, a place, a call, an incident --------------------------------------------------------------------


@pytest.fixture
def call(told: Case, hannah: Person, rafi: User, nr3: Unit) -> Call:
    """A call to Hannah's address, in a case of its own."""
    return called(rafi, nr3, harmed=str(hannah.pk), log_ref="0511")


@pytest.mark.requirement("S1-004")
@pytest.mark.parametrize("about", ["person", "place", "call", "incident"])
def test_a_copy_on_one_page_is_had_of_whatever_has_a_brief(
    about: str, told: Case, call: Call, hannah: Person, ellen: User, tom: User, victor: User
) -> None:
    here = Incident.objects.get(case=told)
    subjects: dict[str, Any] = {
        "person": hannah, "place": Place.objects.get(key=call.place_key), "call": call, "incident": here,
    }  # fmt: skip
    browser, url = client_of(ellen), f"/briefs/{about}/{subjects[about].pk}/"
    assert f'action="{url}paper/"' in browser.get(url).content.decode()
    if about in ("person", "incident"):
        assert client_of(victor).post(f"{url}paper/", {"token": "v"}).status_code == 404
    assert browser.post(f"{url}paper/", {"token": "t"}).status_code == 302
    document = Document.objects.get(kind=Document.Kind.BRIEF, asked_by=ellen)
    assert document.subject == subjects[about] and document.home == url
    assert services.make(document.pk)
    document = Document.objects.select_related("content", "case", "asked_by").get(pk=document.pk)
    assert document.pages == 1
    (page,) = words_of(document)
    assert "Large dog loose in the yard" in page and "tangerine" not in page.lower()
    heading = {"person": "Hannah Okoro", "place": "14 Mill Lane", "call": "Log 0511", "incident": told.reference}[about]
    assert heading in page and "Hannah" not in document.file_name
    assert browser.get(f"/documents/{document.pk}/").status_code == 200
    assert browser.get(f"/documents/{document.pk}/file/").status_code == 200
    assert client_of(tom).get(f"/documents/{document.pk}/file/").status_code == 404
    assert Access.objects.filter(by=ellen, kind=Access.Kind.PRINT, hits__contains=[told.pk]).exists() or (
        Access.objects.filter(by=ellen, kind=Access.Kind.PRINT, chain=told.pk).exists()
    )


def test_the_copy_of_an_older_report_is_of_that_report_and_that_of_a_case_is_of_what_its_page_shows(
    told: Case, ellen: User
) -> None:
    older = Incident.objects.get(case=told)
    later = begun(ellen, case=told)
    assert services.ask_for_brief(older, by=ellen)[0].subject == older
    browser = client_of(ellen)
    assert f'action="/briefs/incident/{later.pk}/paper/"' in browser.get(f"/briefs/case/{told.pk}/").content.decode()
    browser.post(f"/briefs/case/{told.pk}/paper/", {"token": "t"})
    assert Document.objects.filter(incident=later, asked_by=ellen).exists()


def test_a_case_with_neither_call_nor_report_has_a_brief_on_screen_as_on_paper(ellen: User, nr3: Unit) -> None:
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    client_of(ellen).post(f"/cases/{case.reference}/reason/", {"code": "responding", "more": ""})
    assert client_of(ellen).get(f"/briefs/case/{case.pk}/").status_code == 200
    document = brief_of(case, ellen)
    assert (document.of, document.subject) == ("case", case)


# --- made ahead ---------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(call: Call, rafi: User, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Ellen is sent by her number; the worker has done what it does."""
    monkeypatch.setattr(tasks, "send", services.make)
    said = {"resource": "NR31, PC 2877 Marsh", "dispatched_at": timezone.now().isoformat()}
    step(call, "dispatch", rafi, **said)
    reactions.run_due(timezone.now() + timedelta(minutes=5))
    return Call.objects.get(pk=call.pk)


def copies(call: Call) -> list[tuple[str, str]]:
    rows = Document.objects.filter(call=call).order_by("pk").select_related("asked_by")
    return [(row.asked_by.username, row.stage) for row in rows]


@pytest.mark.requirement("S1-004", "S3-020")
def test_as_officers_are_sent_a_copy_is_made_before_anybody_asks(
    sent: Call, told: Case, ellen: User, rafi: User, tom: User, quick: None
) -> None:
    assert copies(sent) == [(ellen.username, "made"), (rafi.username, "made")]
    assert not Access.objects.filter(kind=Access.Kind.PRINT).exists(), "nobody printed anything"
    step(sent, "dispatch", rafi, resource="2877 and the van", dispatched_at=timezone.now().isoformat())
    reactions.run_due(timezone.now() + timedelta(minutes=5))
    assert len(copies(sent)) == 2
    browser = client_of(ellen)
    url = browser.post(f"/briefs/call/{sent.pk}/paper/", {"token": "t"})["Location"]
    document = Document.objects.get(call=sent, asked_by=ellen)
    assert url == document.get_absolute_url(), "the one that is there, at once"
    printed = Access.objects.filter(by=ellen, kind=Access.Kind.PRINT, what=f"reporting.document:{document.pk}")
    assert {row.chain for row in printed} == {sent.case_id} and any(told.pk in row.hits for row in printed)
    assert browser.get(f"{url}file/").status_code == 200
    assert client_of(tom).get(f"{url}file/").status_code == 404


def test_it_is_made_again_once_the_brief_says_something_else(
    sent: Call, told: Case, ellen: User, rafi: User, quick: None
) -> None:
    now = timezone.now()
    assert ahead.renew(now, services.make) == 0
    engine.perform(Case.objects.get(pk=told.pk), "warn", by=ellen, evidence={"what": "A shotgun in the loft"})
    assert ahead.renew(now, services.make) == 2 and ahead.renew(now, services.make) == 0
    newest = Document.objects.filter(call=sent, asked_by=ellen).latest("pk")
    assert services.ask_for_brief(sent, by=ellen) == (newest, False)
    assert ahead.renew(now + BRIEF_LASTS + timedelta(minutes=1), services.make) == 2, "a turn of duty is over"
    step(step(sent, "arrive", rafi, arrived_at=timezone.now().isoformat()), "close", rafi, result="attended")
    engine.perform(Case.objects.get(pk=told.pk), "warn", by=ellen, evidence={"what": "He is back in the house"})
    assert ahead.renew(timezone.now(), services.make) == 0


def test_whoever_may_not_see_the_call_gets_none_and_whoever_is_shut_out_of_what_it_quotes_opens_none(
    sent: Call, told: Case, victor: User, ellen: User, tom: User, priya: User, rafi: User, quick: None
) -> None:
    shut_out(Case.objects.get(pk=sent.case_id), tom, priya)
    step(sent, "dispatch", rafi, resource="PC 2208", dispatched_at=timezone.now().isoformat())
    reactions.run_due(timezone.now() + timedelta(minutes=5))
    assert len(copies(sent)) == 2
    document = Document.objects.get(call=sent, asked_by=ellen)
    assert told.pk in document.drawn_from
    shut_out(Case.objects.get(pk=told.pk), ellen, priya)
    assert client_of(ellen).get(f"/documents/{document.pk}/file/").status_code == 403


def test_a_copy_that_nobody_took_is_forgotten_after_two_days_and_one_that_somebody_took_never(
    sent: Call, ellen: User, rafi: User, quick: None
) -> None:
    taken, _ = services.ask_for_brief(sent, by=ellen)
    assert ahead.forget(timezone.now() + timedelta(days=1)) == 0
    assert ahead.forget(timezone.now() + timedelta(days=3)) == 1
    assert list(Document.objects.filter(call=sent)) == [taken]
