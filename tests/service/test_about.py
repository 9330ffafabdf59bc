"""Help, accessibility and privacy: for anybody, from every page, and showing nothing of anybody's work."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from people.models import Person
from tests.cast import client_of
from tests.doors.conftest import PERSONAL

pytestmark = pytest.mark.django_db
PAGES = ("/help/", "/accessibility/", "/privacy/")


@pytest.mark.parametrize("path", PAGES)
def test_it_is_read_without_signing_in_and_from_a_locked_session(
    path: str, nobody: Client, ellen: User, hannah: Person
) -> None:
    assert nobody.get(path).status_code == 200
    locked = client_of(ellen)
    locked.get("/")
    locked.post("/lock/")
    answer = locked.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert [word for word in (*PERSONAL, "Marsh", "unread", "My work") if word in page] == []


@pytest.mark.parametrize("path", ["/", "/notices/", "/sign-in/", "/cases/DA-2019-000001/", *PAGES])
def test_every_page_leads_there(path: str, ellen: User) -> None:
    page = client_of(None if path == "/sign-in/" else ellen).get(path).content.decode()
    assert [f'href="{link}"' in page for link in PAGES] == [True, True, True]
    assert ("Sign out" in page) == (path != "/sign-in/")


def test_help_names_whom_the_force_has_set(nobody: Client, settings: Any) -> None:
    settings.SERVICE_DESK = "Northshire desk, extension 4000"
    assert "Northshire desk, extension 4000" in nobody.get("/help/").content.decode()


@pytest.mark.parametrize(
    "words", ["locked out", "wrong person", "cannot see a case", "A clock is wrong", "in danger", "Keys"]
)
def test_help_says_what_to_do_when(words: str, nobody: Client) -> None:
    assert words in nobody.get("/help/").content.decode()
