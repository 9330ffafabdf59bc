"""Logs: one reference through web and worker and back to the browser; nobody's name, address, telephone or story."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from celery.worker.request import Request
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from cases.models import Incident
from config.celery import app
from config.correlation import HEADER, route_of
from tests.cases.recording import begin, record_all
from tests.cast import client_of
from tests.doors.conftest import PERSONAL
from tests.service.conftest import Lines

pytestmark = pytest.mark.django_db
PASSWORD = "a long password of hers"
#: Of the cast, of the story that is recorded below, and of whoever signs in. All that a line may never hold.
NEVER_WRITTEN = (
    *PERSONAL, "Hillfeild", "sister", "neighbour", "pushed past", "Eli", "Ellen", "Marsh", "ellen.marsh@northshire.invalid",
    "Priya", "2877", PASSWORD, "wrong-password-9", "127.0.0.1", "Mozilla", "sessionid",
)  # fmt: skip
CRASH = 'duplicate key: Key (surname, line)=(Okoro, "Flat 3, 14 Mill Lane") already exists. Hannah, 07700 900123.'


@pytest.fixture
def browser(ellen: User) -> Client:
    ellen.email = "ellen.marsh@northshire.invalid"
    ellen.set_password(PASSWORD)
    ellen.save()
    found = client_of(ellen)
    found.raise_request_exception = False
    return found


def crash(*args: Any, **more: Any) -> Any:
    """As a database does: a fault that repeats the whole row, from a fault that repeats what was typed."""
    try:
        raise ValueError("Hannah Okoro said: he put both hands on her neck")
    except ValueError as typed:
        raise IntegrityError(CRASH) from typed


def messages() -> list[Any]:
    """What is waiting for a worker, taken out of the queue."""
    with app.connection_for_read() as line:
        queue = line.SimpleQueue(app.conf.task_default_queue)
        found = [queue.get(block=False) for _ in range(queue.qsize())]
        for message in found:
            message.ack()
    return found


def work(message: Any) -> None:
    """A worker takes a message and runs its task, here and now."""
    Request(message, app=app).execute()


def leaks(text: str) -> list[str]:
    # a collar number may stand by chance within the digits of a moment or a reference: as a word of its own it is hers
    return [word for word in NEVER_WRITTEN if re.search(rf"(?<![\w.-]){re.escape(word)}(?![\w-])", text, re.I)]


def test_no_line_of_a_working_day_holds_anything_about_anybody(
    lines: Lines, browser: Client, hannahs_incident: Incident, monkeypatch: Any
) -> None:
    record_all(browser, begin(browser))  # each section typed, people looked for and added
    browser.post("/search/", {"q": "Hannah Okoro", "born_day": "4", "born_month": "5", "born_year": "1991"})
    browser.get("/search/", {"q": "Hannah Okoro"})
    browser.get("/people/Hannah-Okoro/")
    browser.get(f"/cases/{hannahs_incident.case.reference}/?q=Mill+Lane", headers={"User-Agent": "Mozilla Hannah"})
    Client().post("/sign-in/", {"login": "2877", "password": "wrong-password-9"})
    Client().post("/sign-in/", {"login": "Hannah Okoro", "password": PASSWORD})
    Client().post("/sign-in/", {"login": "2877", "password": PASSWORD})
    with monkeypatch.context() as broken:
        broken.setattr("people.views.search.answer", crash)
        assert browser.post("/search/", {"q": "Hannah Okoro"}).status_code == 500
        broken.setattr("supervision.services.send_notices", crash)
        app.send_task("supervision.send_notices")
        for message in messages():
            work(message)
    written = {line["event"] for line in lines.all()}
    assert {"request_started", "request_finished", "request_failed", "task_started", "task_failed"} <= written
    assert len(lines.named("request_finished")) > 30
    assert leaks(lines.text()) == []


def test_a_fault_is_written_as_its_kind_and_place(lines: Lines, browser: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("people.views.search.answer", crash)
    browser.post("/search/", {"q": "Hannah Okoro"})
    [failed] = lines.named("request_failed")
    assert [fault.split()[0] for fault in failed["fault"]] == ["IntegrityError", "ValueError"]
    assert "test_logs.py" in failed["fault"][0]
    assert failed["level"] == "error"


def test_what_a_library_fills_into_its_line_is_left_out(lines: Lines) -> None:
    logging.getLogger("somebody.elses").warning("Could not send to %s after %d tries", "hannah@home.invalid", 3)
    [line] = lines.all()
    assert (line["event"], line["given"]) == ("Could not send to %s after %d tries", ["str", 3])


def test_every_line_of_a_request_has_one_reference_and_the_browser_gets_it(lines: Lines, browser: Client) -> None:
    answer = browser.get("/notices/")
    assert answer.headers[HEADER]
    web = {line["request_id"] for line in lines.all() if line["event"].startswith("request_")}
    assert web == {answer.headers[HEADER]}


def test_the_worker_s_lines_carry_the_reference_that_came_with_the_message(
    lines: Lines, browser: Client, monkeypatch: Any
) -> None:
    messages()

    def asks(*args: Any, **more: Any) -> None:
        app.send_task("supervision.send_notices")
        crash()

    monkeypatch.setattr("people.views.search.answer", asks)
    answer = browser.post("/search/", {"q": "Hannah Okoro"})
    [message] = messages()
    work(message)
    reference = answer.headers[HEADER]
    assert reference and reference in answer.content.decode(), "the 500 page says the same"
    done = [*lines.named("task_started"), *lines.named("task_succeeded")]
    assert len(done) >= 2 and {line["request_id"] for line in done} == {reference}


def test_what_a_browser_calls_its_request_is_not_believed(lines: Lines, browser: Client) -> None:
    answer = browser.get("/notices/", headers={HEADER: "Hannah-Okoro", "X-Correlation-ID": "Hannah-Okoro"})
    assert answer.headers[HEADER] != "Hannah-Okoro"
    assert "Hannah" not in lines.text()


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/people/3/", "/people/3/"),
        ("/people/Hannah-Okoro/", "(no such address)"),
        ("/work/incident/3/sections/happened/", "/work/incident/3/sections/happened/"),
        ("/work/Hannah/3/Okoro/", "/work/<slug:workflow>/3/<slug:step>/"),
        ("/cases/Hannah-Okoro/", "/cases/<slug:reference>/"),
    ],
)
def test_an_address_is_written_as_its_route(path: str, written: str) -> None:
    assert route_of(path) == written
