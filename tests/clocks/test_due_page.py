"""The page "When would it be due?": asked by its address, answered with the working, and never a word lost."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db

GOOD = {
    "rule": "statutory-hours",
    "n": "48",
    "on_day": "29",
    "on_month": "8",
    "on_year": "2026",
    "at_time": "08:00",
}


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create(username="2877"))
    return client


def ask(client: Client, **changes: str) -> Any:
    return client.get(reverse("due-question"), {**GOOD, **changes})


def text(response: Any) -> str:
    return response.content.decode()


def test_somebody_not_signed_in_is_sent_to_sign_in() -> None:
    assert ask(Client()).status_code == 302


def test_it_first_only_asks(officer: Client) -> None:
    response = officer.get(reverse("due-question"))
    assert response.status_code == 200
    assert "There is a problem" not in text(response)
    assert "Statutory hours" in text(response)


def test_it_answers_with_the_working_and_keeps_the_question(officer: Client) -> None:
    response = ask(officer)
    page = text(response)
    assert response.status_code == 200
    assert "Due Wednesday 2 September 2026 at 08:00" in page
    assert "16 + 0 + 0 + 24 + 8 = 48 hours" in page
    assert "Summer bank holiday, England and Wales." in page
    assert 'value="08:00"' in page


def test_a_first_day_needs_no_time(officer: Client) -> None:
    response = ask(officer, rule="days-beginning", n="3", on_day="2", on_month="4", at_time="")
    assert "Due Saturday 4 April 2026 at 23:59" in text(response)


def test_an_hour_that_happens_twice_is_said(officer: Client) -> None:
    response = ask(officer, rule="hours", n="24", on_day="25", on_month="10", at_time="01:30")
    assert "01:30 happens twice on Sunday 25 October 2026" in text(response)


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"rule": ""}, "Answer: How is the time counted?", "id_rule"),
        ({"rule": "weeks"}, "How the time is counted must be one of the answers shown", "id_rule"),
        ({"n": ""}, "Answer: How many?", "id_n"),
        ({"n": "0"}, "How many must be 1 or more", "id_n"),
        ({"n": "10001"}, "The number of statutory hours must be from 1 to 10,000.", "id_n"),
        ({"n": "9" * 5000}, "How many must be", "id_n"),
        ({"on_day": "31", "on_month": "9"}, "The day it starts must be a real date", "id_on_day"),
        ({"on_day": ""}, "The day it starts must include a day", "id_on_day"),
        ({"on_year": "1950"}, "The year must be from 1990 to 2099.", "id_on_day"),
        ({"on_year": "2031"}, "The bank holidays of 2031 have not been loaded", "id_on_day"),
        ({"at_time": ""}, "Enter the time it starts, like 08:00", "id_at_time"),
        ({"at_time": "25:99"}, "The time it starts must be on the 24-hour clock", "id_at_time"),
        ({"at_time": "8\u202e:00"}, "The time it starts has characters in it that cannot be seen", "id_at_time"),
        (
            {"on_day": "29", "on_month": "3", "at_time": "01:30"},
            "There is no 01:30 on Sunday 29 March 2026",
            "id_at_time",
        ),
    ],
)
def test_what_is_wrong_is_said_above_and_beside_and_everything_typed_is_kept(
    changes: dict[str, str], sentence: str, field: str, officer: Client
) -> None:
    response = ask(officer, **changes)
    page = text(response)
    assert response.status_code == 422
    assert page.count(sentence) == 2
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    typed = [value for name, value in {**GOOD, **changes}.items() if name != "rule" and value]
    assert all(f'value="{value}"' in page for value in typed)


def test_the_calendar_costs_one_query_however_long_the_period(officer: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask(officer, rule="working-days", n="400")
    assert sum("workflow_holiday" in query["sql"] for query in asked.captured_queries) == 1
