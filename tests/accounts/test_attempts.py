"""Wrong passwords are counted in the database and lock for a time; the answer is the same for names that do not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import BasePasswordHasher, get_hasher
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts import attempts
from accounts.attempts import GUESSES, NAMES
from accounts.leaving import disable
from accounts.models import Attempt, User
from audit.models import Event
from tests.accounts.conftest import PASSWORD, is_inside, sign_in, words_of

Acts = Callable[[], list[str]]
TOO_MANY = "Too many wrong attempts"
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


def wrong(times: int, login: str = "2877", **where: Any) -> None:
    for _ in range(times):
        sign_in(Client(), login=login, password="not hers", **where)


def test_after_five_wrong_ones_the_right_one_is_not_tried(knows: User, acts: Acts) -> None:
    wrong(GUESSES)
    browser = Client()
    assert TOO_MANY in words_of(sign_in(browser)) and not is_inside(browser)
    assert acts() == ["failed"] * GUESSES + ["locked-out"]


def test_four_wrong_ones_lock_nothing_and_the_right_one_forgives_them(knows: User) -> None:
    for _ in range(3):
        wrong(GUESSES - 1)
        browser = Client()
        sign_in(browser)
        assert is_inside(browser)


def test_the_lock_ends_after_a_quarter_of_an_hour(knows: User) -> None:
    wrong(GUESSES)
    with time_machine.travel(timezone.now() + timedelta(minutes=14), tick=False):
        assert TOO_MANY in words_of(sign_in(Client()))
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        browser = Client()
        sign_in(browser)
        assert is_inside(browser)


def test_somebody_elses_guesses_do_not_shut_her_out_at_her_own_desk(knows: User) -> None:
    wrong(GUESSES, **ELSEWHERE)
    browser = Client()
    sign_in(browser)
    assert is_inside(browser)


def test_an_address_that_tries_many_names_is_locked_for_all_of_them(knows: User) -> None:
    for number in range(NAMES):
        wrong(1, login=f"nobody-{number}", **ELSEWHERE)
    browser = Client(**ELSEWHERE)
    assert TOO_MANY in words_of(sign_in(browser, **ELSEWHERE))
    other = Client()
    sign_in(other)
    assert is_inside(other)


def test_the_count_survives_a_flushed_cache(knows: User) -> None:
    wrong(GUESSES)
    cache.clear()
    assert TOO_MANY in words_of(sign_in(Client()))


def test_a_hundred_at_once_are_still_counted(knows: User) -> None:
    """Each is written down before it is tried."""
    now = timezone.now()
    begun = {"kind": "password", "login": "2877", "address": "192.0.2.9", "at": now}
    for _ in range(GUESSES):
        attempts.begin(**begun)
    with pytest.raises(attempts.LockedOut):
        attempts.begin(**begun)


def test_the_answer_for_a_name_that_does_not_exist_is_the_same(knows: User, priya: User) -> None:
    disable(priya, at=timezone.now())
    pages = []
    for login in ("2877", "4471", "no-such-name", "system"):
        said = [words_of(sign_in(Client(), login=login, password="not hers")) for _ in range(GUESSES + 1)]
        said = [page.replace(login, "NAME") for page in said]
        pages.append([plain(page) for page in said])
    assert all(page == pages[0] for page in pages)
    assert "not right" in pages[0][0] and TOO_MANY in pages[0][-1]


def plain(page: str) -> str:
    """A page without its forgery token and its moment."""
    import re

    return re.sub(r'(csrfmiddlewaretoken" value|data-now)="[^"]*"', "", page)


@pytest.mark.parametrize("login", ["2877", "4471", "no-such-name"])
def test_one_password_is_hashed_whoever_is_named(
    login: str, knows: User, priya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of the answer is the time of one hash, so it does not say who works here."""
    disable(knows, at=timezone.now())
    hashed: list[str] = []
    kind: type[BasePasswordHasher] = type(get_hasher())
    encode = kind.encode
    monkeypatch.setattr(kind, "encode", lambda self, *said: hashed.append(said[0]) or encode(self, *said))
    sign_in(Client(), login=login, password="not hers")
    assert len(hashed) == 1


def test_what_was_typed_is_kept_nowhere(knows: User) -> None:
    sign_in(Client(), login="my-password-in-the-wrong-box", password="and-another-one")
    kept = str([*Attempt.objects.values(), *Event.objects.values("name", "changes")])
    assert "wrong-box" not in kept and "another-one" not in kept


def test_no_log_line_says_who_failed(knows: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        wrong(GUESSES + 1)
    said = " ".join(
        str(record.msg) + str(record.args) for record in caplog.records if not record.name.startswith("django.db")
    )
    assert "2877" not in said and "not hers" not in said


def test_the_lock_of_the_idle_session_counts_too(knows: User, acts: Acts) -> None:
    browser = Client()
    sign_in(browser)
    browser.post("/lock/")
    for _ in range(GUESSES):
        answer = browser.post("/unlock/", {"password": "not hers"})
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
    assert TOO_MANY in words_of(sign_in(Client()))
    assert acts() == ["signed-in", *["failed"] * GUESSES, "locked-out", "signed-out"]


def test_the_password_now_is_not_guessed_on_the_page_that_changes_it(knows: User) -> None:
    browser = Client()
    sign_in(browser)
    new = {"password1": "another-orchard-gate", "password2": "another-orchard-gate"}
    for _ in range(GUESSES):
        browser.post("/sign-in/password/", {"oldpassword": "not hers", **new})
    answer = browser.post("/sign-in/password/", {"oldpassword": PASSWORD, **new})
    assert TOO_MANY in words_of(answer)
    assert User.objects.get(pk=knows.pk).check_password(PASSWORD)


def test_an_administrator_sees_who_is_locked_and_lets_them_in(knows: User, priya: User) -> None:
    now = timezone.now()
    assert not attempts.locked_people(now).exists()
    wrong(GUESSES)
    now = timezone.now()
    assert list(attempts.locked_people(now)) == [knows]
    assert attempts.lift(knows, at=now) == GUESSES
    assert not attempts.locked_people(now).exists()
    browser = Client()
    sign_in(browser)
    assert is_inside(browser)


def test_behind_our_proxy_the_address_is_the_one_it_saw_and_not_the_one_that_is_claimed(
    knows: User, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(GUESSES):
        sign_in(Client(), password="not hers", headers={"X-Forwarded-For": f"10.0.0.{number}, 192.0.2.7"})
    assert {row.address for row in Attempt.objects.all()} == {"192.0.2.7"}
