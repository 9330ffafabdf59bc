"""What a refusal or a fault shows: what happened, what to do, what is kept, a reference; and nothing of anybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User
from cases.models import Incident
from config.correlation import HEADER
from config.faults import too_often
from people.models import Person
from tests.cast import client_of
from tests.doors.conftest import PERSONAL
from workflow.models import Draft

pytestmark = pytest.mark.django_db
TYPED = "He pushed past her and put both hands on her neck"


def page_of(answer: Any) -> str:
    """The page, once it is found to say the reference that the header and the log have, and nothing of anybody."""
    page = answer.content.decode()
    assert answer.headers[HEADER] and answer.headers[HEADER] in page
    assert [word for word in PERSONAL if word in page] == []
    return page


@pytest.fixture
def browser(ellen: User, hannah: Person) -> Client:
    found = client_of(ellen)
    found.raise_request_exception = False
    return found


def test_a_page_that_is_not_there_says_what_to_check(browser: Client) -> None:
    answer = browser.get("/cases/DA-2019-000001/")
    assert answer.status_code == 404
    assert "Check the address or the reference" in page_of(answer)


def test_what_is_not_for_ones_role_says_who_to_ask(browser: Client) -> None:
    answer = browser.get("/health/")
    assert answer.status_code == 403
    page = page_of(answer)
    assert "You cannot do this" in page and "ask your supervisor" in page and "Sign out" in page


def test_more_fields_than_are_taken_are_refused_and_nothing_is_said_of_them(browser: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    answer = browser.post("/search/", {f"f{n}": TYPED for n in range(50)})
    assert answer.status_code == 413
    assert "too much to send at once" in page_of(answer)


def test_a_text_larger_than_is_taken_is_refused(browser: Client, settings: Any, hannahs_incident: Incident) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    url = f"/work/incident/{hannahs_incident.pk}/sections/safe/"
    answer = browser.post(url, f"made_safe={'x' * 5000}", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "What was saved while you typed is still there" in page_of(answer)


def test_what_cannot_be_read_is_refused_in_a_page_that_needs_nothing(browser: Client) -> None:
    answer = browser.get("/", headers={"host": "hannah.okoro.invalid"})
    assert answer.status_code == 400
    assert "This could not be read" in page_of(answer)


def test_a_fault_shows_its_reference_and_nothing_of_itself(browser: Client, monkeypatch: Any) -> None:
    def crash(*args: Any) -> None:
        raise ValueError("Hannah Okoro, 14 Mill Lane")

    monkeypatch.setattr("people.views.search.answer", crash)
    answer = browser.post("/search/", {"q": "Hannah Okoro"})
    assert answer.status_code == 500
    assert "ValueError" not in page_of(answer)


def test_too_many_guesses_are_told_to_wait(nobody: Client, rf: Any) -> None:
    request = rf.post("/sign-in/")
    answer = too_often(request)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert "Wait a few minutes" in answer.content.decode()


@pytest.mark.usefixtures("hannah")
def test_a_form_opened_before_signing_in_again_is_kept_and_offered(ellen: User, hannahs_incident: Incident) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ellen, backend="django.contrib.auth.backends.ModelBackend")
    url = f"/work/incident/{hannahs_incident.pk}/sections/happened/"
    answer = strict.post(url, {"account": TYPED, "csrfmiddlewaretoken": "an-old-one", "seen": "1"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This page was open too long" in page and f'href="{url}"' in page and TYPED not in page
    assert Draft.objects.get(person=ellen, path=url).data["account"] == [TYPED]


def test_a_form_from_somebody_elses_page_leaves_no_draft(ellen: User, hannahs_incident: Incident) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ellen, backend="django.contrib.auth.backends.ModelBackend")
    url = f"/work/incident/{hannahs_incident.pk}/sections/happened/"
    answer = strict.post(url, {"account": TYPED}, headers={"origin": "https://evil.invalid"})
    assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_a_stranger_is_told_the_same_of_what_is_hidden_and_what_never_was(stranger: User, hannah: Person) -> None:
    browser = client_of(stranger)
    said = [
        page_of(browser.get(path)).split("<main")[1].split("data-reference")[0]
        for path in ("/people/1/", "/people/999/")
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500])
def test_every_page_of_a_refusal_says_that_nothing_is_lost(status: int, rf: Any, ellen: User) -> None:
    request = rf.get("/")
    request.user = ellen
    page = render_to_string(f"{status}.html", {"reference": "a-reference"}, request=request)
    assert "a-reference" in page and "OFFICIAL-SENSITIVE" in page
    assert (
        "still there" in page
        or "othing that you saved before is lost" in page
        or "nothing that you saved before" in page
    )
