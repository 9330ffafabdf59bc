"""Where somebody is signed in: seen, ended from elsewhere, and under a new key after every sign-in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.utils import timezone

from accounts.models import Session, User, handle_of
from audit.models import Event
from tests.accounts.conftest import PASSWORD, is_inside, sign_in, words_of
from tests.cast import client_of

Acts = Callable[[], list[str]]
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"


def here(browser: Client) -> str:
    return str(browser.session.session_key)


@pytest.fixture
def both(knows: User) -> tuple[Client, Client]:
    """Her telephone and the machine at the desk."""
    phone, desk = Client(headers={"User-Agent": PHONE}), Client(headers={"User-Agent": DESK})
    for browser in (phone, desk):
        sign_in(browser)
        assert is_inside(browser)
    return phone, desk


def test_each_browser_is_named_and_no_key_is_shown(both: tuple[Client, Client]) -> None:
    phone, desk = both
    page = words_of(desk.get("/sessions/"))
    assert "Chrome on Android" in page and "Edge on Windows" in page and page.count("This one") == 1
    assert here(phone) not in page and here(desk) not in page and "Signed in" in page


def test_one_is_ended_from_the_other_at_once(both: tuple[Client, Client], acts: Acts) -> None:
    phone, desk = both
    answer: Any = desk.post(f"/sessions/{handle_of(here(phone))}/end/")
    assert answer["Location"] == "/sessions/" and not is_inside(phone) and is_inside(desk)
    assert acts()[-1] == "session-ended"


def test_all_others_are_ended_and_this_one_stays(both: tuple[Client, Client], acts: Acts) -> None:
    phone, desk = both
    desk.post("/sessions/end-others/")
    assert not is_inside(phone) and is_inside(desk) and acts()[-1] == "other-sessions-ended"


def test_ending_this_one_signs_out(both: tuple[Client, Client], acts: Acts) -> None:
    phone, desk = both
    desk.post(f"/sessions/{handle_of(here(desk))}/end/")
    assert is_inside(phone) and not is_inside(desk) and acts()[-1] == "signed-out"


def test_nobody_ends_another_persons_session(both: tuple[Client, Client], priya: User) -> None:
    phone, _ = both
    assert client_of(priya).post(f"/sessions/{handle_of(here(phone))}/end/").status_code == 404
    assert is_inside(phone)
    assert "Android" not in words_of(client_of(priya).get("/sessions/"))


def test_an_ended_session_is_not_brought_back_by_a_request_on_its_way(both: tuple[Client, Client]) -> None:
    """The other request has already read its session and saves it after the end."""
    phone, desk = both
    held = phone.session
    assert held["seen_at"]
    desk.post("/sessions/end-others/")
    held["seen_at"] = timezone.now().isoformat()
    with pytest.raises(UpdateError):
        held.save()
    assert not Session.objects.filter(pk=here(phone)).exists()


def test_signing_in_takes_a_new_key(knows: User) -> None:
    """Somebody plants a key in her browser and waits for her to sign in under it."""
    browser = Client()
    planted = browser.session
    planted["planted"] = "yes"
    planted.save()
    browser.cookies["sessionid"] = str(planted.session_key)
    sign_in(browser)
    assert is_inside(browser) and here(browser) != planted.session_key
    thief = Client()
    thief.cookies["sessionid"] = str(planted.session_key)
    assert not is_inside(thief)


def test_a_key_that_was_never_given_out_is_not_taken(knows: User) -> None:
    browser = Client()
    browser.cookies["sessionid"] = "a" * 32
    sign_in(browser)
    assert here(browser) != "a" * 32


def test_signing_out_ends_the_row(knows: User, acts: Acts) -> None:
    browser = Client()
    sign_in(browser)
    key = here(browser)
    browser.post("/sign-out/")
    assert not Session.objects.filter(pk=key).exists() and acts() == ["signed-in", "signed-out"]


def test_a_new_password_ends_every_other_session(both: tuple[Client, Client], knows: User, acts: Acts) -> None:
    phone, desk = both
    said = {"oldpassword": PASSWORD, "password1": "another-orchard-gate", "password2": "another-orchard-gate"}
    assert desk.post("/sign-in/password/", said).status_code == 302
    assert is_inside(desk) and not is_inside(phone)
    assert Session.objects.filter(user=knows).count() == 1 and acts()[-1] == "password-changed"


def test_the_last_use_is_noted_to_the_minute(knows: User) -> None:
    browser = Client()
    sign_in(browser)
    is_inside(browser)
    before = Session.objects.get(user=knows).seen_at
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        is_inside(browser)
    after = Session.objects.get(user=knows).seen_at
    assert before and after and after - before > timedelta(minutes=4)


def test_somebody_outside_is_shown_nothing(db: None) -> None:
    answer: Any = Client().get("/sessions/")
    assert answer.status_code == 302 and "/sign-in/" in answer["Location"]


def test_a_session_that_its_twelve_hours_end_is_written_down(knows: User, acts: Acts) -> None:
    browser = Client()
    sign_in(browser)
    assert is_inside(browser)
    session = browser.session
    session["started_at"] = (timezone.now() - timedelta(hours=12, minutes=1)).isoformat()  # and used ever since
    session.save()
    answer: Any = browser.get("/")
    assert answer["Location"].startswith("/sign-in/")
    assert acts()[-1] == "session-over" and acts().count("session-over") == 1
    over = Event.objects.get(name="sign-in.session-over")
    assert over.by == knows


def test_the_menu_of_every_page_leads_here(knows: User) -> None:
    page = words_of(client_of(knows).get("/clocks/"))
    assert page.count('href="/sessions/"') == 2 and "Where you are signed in" in page
    assert all(f'href="/{about}/"' in page for about in ("help", "accessibility", "privacy"))
