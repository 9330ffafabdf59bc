"""Attempts on the record of who looked: to learn from it what is hidden, to put statements into it, to carry it away."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Posting, User
from audit.models import Access, Event
from cases.models import Case, Incident
from people.models import Person
from reporting import exports
from reporting.explorer.asked import Asked
from reporting.explorer.listed import ask_for_list
from reporting.models import Export
from tests.attacks.test_sight import restricted
from tests.cast import person, shut_out
from workflow.models import Draft

SignIn = Callable[[User | None], Client]
FOR = {"recipient": "The independent office", "basis": "Their request of 3 March, reference 12."}
PASSWORD = "correct horse battery"  # noqa: S105 - of a file that does not exist
NOTHING = "Nothing was done or seen"


def text(answer: Any) -> str:
    """The words of the page, and where its links lead."""
    said = re.sub(r'data-now="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return " ".join(said.split())


def but_for_its_number(answer: Any) -> str:
    """The page without the number that was asked about."""
    return re.sub(r'(case=|person=|name="person" value=")\d+', "", text(answer))


def test_narrowing_by_a_hidden_case_tells_as_much_as_by_none(
    ellen: User, priya: User, noor: User, sign_in: SignIn
) -> None:
    """The auditor tries the numbers of cases: neither lines nor words differ where one is restricted."""
    case, browser = restricted(ellen, priya).case, sign_in(noor)
    hidden, never = (browser.get("/audit/", {"case": number}) for number in (case.pk, 87654321))
    assert NOTHING in text(hidden) and but_for_its_number(hidden) == but_for_its_number(never)
    by_reference = [browser.post("/audit/", {"reference": said}) for said in (case.reference, "DA-2026-999999")]
    assert [answer.status_code for answer in by_reference] == [422, 422]
    assert "no case with that reference that you may be told of" in text(by_reference[0])


def test_whoever_is_shut_out_does_not_learn_from_the_record_who_looks_for_whom(
    hannah: Person, hannahs_case: Case, dana: User, priya: User, ellen: User, sign_in: SignIn
) -> None:
    """The suspect, or a friend of his, works in professional standards: the searches for him would warn him."""
    shut_out(hannahs_case, dana, priya)
    looker = sign_in(ellen)
    looker.post("/search/", {"q": "Daniel Reeve"})
    looker.get(f"/people/{hannah.pk}/")
    browser = sign_in(dana)
    page = text(browser.get("/audit/"))
    assert "Daniel Reeve" not in page and f"/people/{hannah.pk}/" not in page and f"person {hannah.pk}" not in page
    hers, never = (browser.get("/audit/", {"person": number}) for number in (hannah.pk, 87654321))
    assert NOTHING in text(hers) and but_for_its_number(hers) == but_for_its_number(never)
    other = person("DC", "0908", "Ray Quill", ("professional_standards", priya.postings.get().unit.parent.parent))
    assert "Daniel Reeve" in text(sign_in(other).get("/audit/"))  # who is not shut out is told


@pytest.mark.parametrize(
    "filled",
    [{"officer": "1 OR 1=1"}, {"case": "1; DROP TABLE audit_event"}, {"person": "1)--"}, {"kind": "act' OR ''='"},
     {"operation": "consultation'--"}, {"since": "2026-01-01'--"}, {"until": "infinity"}, {"person": "9" * 40},
     {"officer": "٣"}, {"case": "-1"}, {"since": "0001-01-01"}, {"until": "9999-12-31"}],
)  # fmt: skip
def test_a_statement_in_the_filter_is_no_question(filled: dict[str, str], dana: User, sign_in: SignIn) -> None:
    acts = Event.objects.count()
    answer = sign_in(dana).get("/audit/", filled)
    assert answer.status_code == 200
    assert Event.objects.count() == acts
    for path in ("/audit/unusual/?day=2026-13-45", "/audit/unusual/?day=9999-12-31", "/audit/accesses/?after=1'--"):
        assert sign_in(dana).get(path).status_code == 200, path


@pytest.mark.parametrize(
    "place",
    ["x", "2026-01-01~a~1", "2026-01-01T00:00:00+00:00~z~1", "9999-12-31T23:59:59-12:00~a~1", "~~", "a" * 5000,
     "2026-01-01T00:00:00+00:00~e~1' OR 1=1", "0001-01-01T00:00:00+14:00~e~1"],
)  # fmt: skip
def test_a_place_that_was_made_up_shows_no_more(place: str, hannahs_case: Case, dana: User, sign_in: SignIn) -> None:
    assert sign_in(dana).get("/audit/", {"after": place}).status_code == 200


@pytest.fixture
def made(hannahs_case: Case, dana: User) -> Export:
    export = ask_for_list(asked=Asked(case=hannahs_case.pk), by=dana, **FOR)
    assert exports.make(export.pk)
    return Export.objects.get(pk=export.pk)


def test_an_export_about_a_hidden_case_is_empty_and_not_of_everything(
    ellen: User, priya: User, noor: User, sign_in: SignIn
) -> None:
    """Narrowed by what the reader may not be told of, a file holds its headings; never the whole record instead."""
    case = restricted(ellen, priya).case
    assert sign_in(noor).post(f"/audit/export/?case={case.pk}", {**FOR, "token": "d" * 32}).status_code == 302
    export = Export.objects.get()
    exports.make(export.pk)
    export.refresh_from_db()
    assert (export.stage, export.rows) == (Export.Stage.MADE, 0)


def test_an_export_is_not_taken_once_the_posting_has_ended(made: Export, dana: User, sign_in: SignIn) -> None:
    browser = sign_in(dana)
    Posting.objects.filter(user=dana).update(to_at=timezone.now())
    for path in (f"/exports/{made.pk}/", f"/exports/{made.pk}/progress/"):
        assert browser.get(path).status_code in (403, 404)
    answer = browser.post(f"/exports/{made.pk}/", {"password": PASSWORD, "password_again": PASSWORD})
    assert answer.status_code in (403, 404) and answer["Content-Type"].startswith("text/html")


def test_the_export_of_a_colleague_is_no_page_by_any_door(made: Export, noor: User, sam: User, sign_in: SignIn) -> None:
    for who in (noor, sam):
        browser = sign_in(who)
        for path in (f"/exports/{made.pk}/", f"/exports/{made.pk}/progress/"):
            assert browser.get(path).status_code in (403, 404)
        answer = browser.post(f"/exports/{made.pk}/", {"password": PASSWORD, "password_again": PASSWORD})
        assert answer["Content-Type"].startswith("text/html") and answer.status_code in (403, 404)


def test_an_export_is_asked_for_as_oneself_whatever_is_sent(dana: User, noor: User, sign_in: SignIn) -> None:
    said = {**FOR, "asked_by": noor.pk, "stage": "made", "content": "x", "asked": "{}", "token": "c" * 32}
    assert sign_in(dana).post("/audit/export/", said).status_code == 302
    export = Export.objects.get()
    assert (export.asked_by, export.content) == (dana, None)


def test_the_password_of_a_file_is_in_no_row_no_act_and_no_line_of_the_log(
    made: Export, dana: User, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        answer = sign_in(dana).post(f"/exports/{made.pk}/", {"password": PASSWORD, "password_again": PASSWORD})
    assert answer["Content-Type"] == "application/zip"
    rows = [*Export.objects.values(), *Access.objects.values(), *Event.objects.values(), *Draft.objects.values()]
    assert PASSWORD not in str(rows) + caplog.text


def test_reading_the_record_cannot_be_done_unseen(dana: User, noor: User, sign_in: SignIn) -> None:
    for who in (dana, noor):
        sign_in(who).get("/audit/", {"officer": noor.pk})
        assert Access.objects.filter(by=who, what="audit.explorer", terms=f"officer {noor.pk}").exists()


def test_a_case_number_of_a_case_file_made_by_a_colleague_who_sees_more_is_not_read(
    hannahs_incident: Incident, ellen: User, stranger: User, sign_in: SignIn
) -> None:
    """A guessed file address: the paper of a case that one may not open is a page that never was."""
    made = hannahs_incident.case.documents.create(asked_by=ellen)
    browser = sign_in(stranger)
    for rest in ("", "progress/", "file/"):
        assert browser.get(f"/documents/{made.pk}/{rest}").status_code == 404
