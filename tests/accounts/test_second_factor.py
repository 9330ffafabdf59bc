"""The second factor: set up on our own pages, asked for at sign-in, lost and found again by recovery codes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import SECRET_OF_HERS, code_now, is_inside, sign_in, words_of, wrong_code
from tests.accounts.test_demonstration import production

Acts = Callable[[], list[str]]
MFA = "/sign-in/second-factor/"


def inside(browser: Client) -> Client:
    """Signed in with both."""
    sign_in(browser)
    answer = browser.post(f"{MFA}authenticate/", {"code": code_now()})
    assert answer.status_code == 302
    return browser


def unused_codes(user: User) -> list[str]:
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return list(RecoveryCodes(row).get_unused_codes())


def test_an_authenticator_is_added_with_a_square_and_with_the_secret_in_letters(knows: User, acts: Acts) -> None:
    browser = Client()
    sign_in(browser)
    page = browser.get(f"{MFA}totp/activate/")
    said = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in said
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
    secret = re.search(r"<strong [^>]*data-secret>(\w+)</strong>", said)
    assert secret
    wrong = browser.post(f"{MFA}totp/activate/", {"code": "12"})
    assert wrong.status_code == 200 and "That code is not right" in words_of(wrong)
    added: Any = browser.post(f"{MFA}totp/activate/", {"code": code_now(secret[1])})
    assert added["Location"] == f"{MFA}recovery-codes/"
    codes = browser.get(added["Location"]).content.decode()
    assert re.findall(r"<code>(\d{8})</code>", codes) == unused_codes(knows)
    assert acts() == ["signed-in", "second-factor-added"]


def test_recovery_codes_are_shown_once(guarded: User) -> None:
    browser = inside(Client())
    shown = words_of(browser.get(f"{MFA}recovery-codes/"))
    assert all(code in shown for code in unused_codes(guarded))
    again = words_of(browser.get(f"{MFA}recovery-codes/"))
    assert not any(code in again for code in unused_codes(guarded)) and "not shown again" in again
    assert browser.get(f"{MFA}recovery-codes/download/").status_code == 404


def test_no_secret_lies_readable_in_the_database(guarded: User) -> None:
    rows = Authenticator.objects.filter(user=guarded)
    kept = " ".join(str(row.data) for row in rows)
    assert "secret" in kept and SECRET_OF_HERS not in kept
    assert not any(code in kept for code in unused_codes(guarded))


def test_sign_in_stops_at_the_code(guarded: User, acts: Acts) -> None:
    browser = Client()
    assert sign_in(browser)["Location"].startswith(f"{MFA}authenticate/")
    assert not is_inside(browser), "the password alone opened the service"
    wrong = browser.post(f"{MFA}authenticate/", {"code": wrong_code()})
    assert "That code is not right" in words_of(wrong) and not is_inside(browser)
    browser.post(f"{MFA}authenticate/", {"code": code_now()})
    assert is_inside(browser) and acts() == ["failed", "signed-in"]


def test_a_code_works_once(guarded: User) -> None:
    code = code_now()
    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser)
        browser.post(f"{MFA}authenticate/", {"code": code})
    assert is_inside(first) and not is_inside(second)


def test_a_recovery_code_opens_once(guarded: User) -> None:
    code = unused_codes(guarded)[0]
    for opens in (True, False):
        browser = Client()
        sign_in(browser)
        browser.post(f"{MFA}authenticate/", {"code": f"{code[:4]} {code[4:]}"})
        assert is_inside(browser) is opens


def test_codes_are_guessed_five_times_and_no_more_whatever_the_password_does_between(guarded: User, acts: Acts) -> None:
    """Typing the right password again must not give five more guesses of the code."""
    for _ in range(5):
        browser = Client()
        sign_in(browser)
        browser.post(f"{MFA}authenticate/", {"code": wrong_code()})
    browser = Client()
    sign_in(browser)
    answer = browser.post(f"{MFA}authenticate/", {"code": code_now()})
    assert "Too many wrong attempts" in words_of(answer) and not is_inside(browser)
    assert acts().count("failed") == 5 and acts()[-1] == "locked-out"


def test_new_codes_make_the_old_ones_worthless(guarded: User, acts: Acts) -> None:
    before = unused_codes(guarded)
    browser = inside(Client())
    browser.post(f"{MFA}recovery-codes/generate/")
    assert not set(before) & set(unused_codes(guarded)) and acts()[-1] == "recovery-codes-made"


def test_taking_it_away_wants_proof_and_is_written_down(guarded: User, acts: Acts) -> None:
    began = time.time()
    browser = inside(Client())
    with time_machine.travel(began + 400, tick=True):
        for path in ("totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"):
            asked: Any = browser.get(f"{MFA}{path}")
            assert asked["Location"].startswith(f"{MFA}reauthenticate/?next="), path
        assert browser.post(f"{MFA}totp/deactivate/").status_code == 302
        assert Authenticator.objects.filter(user=guarded, type="totp").exists()
        proof: Any = browser.post(f"{MFA}reauthenticate/", {"code": code_now(), "next": f"{MFA}totp/deactivate/"})
        assert proof["Location"] == f"{MFA}totp/deactivate/"
        browser.post(f"{MFA}totp/deactivate/")
    assert not Authenticator.objects.filter(user=guarded).exists()
    assert acts()[-1] == "second-factor-removed"


@pytest.mark.parametrize("url", ["/", "/clocks/", "/search/", "/notices/", "/sessions/", "/administration/"])
def test_where_it_is_required_nothing_else_opens_until_there_is_one(url: str, knows: User, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    browser = Client()
    sign_in(browser)
    answer: Any = browser.get(url)
    assert (answer.status_code, answer["Location"]) == (302, f"{MFA}totp/activate/")


@pytest.mark.parametrize("url", ["/help/", "/accessibility/", "/privacy/"])
def test_where_it_is_required_the_pages_that_help_are_open(url: str, knows: User, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    browser = Client()
    sign_in(browser)
    assert browser.get(url).status_code == 200


def test_where_it_is_required_the_language_is_changed_and_one_signs_out(knows: User, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    browser = Client()
    sign_in(browser)
    answer: Any = browser.post("/language/", {"language": "cy", "next": "/help/"})
    assert answer["Location"] == "/help/"
    left: Any = browser.post("/sign-out/")
    assert "totp" not in left["Location"] and "_auth_user_id" not in browser.session


def test_where_it_is_required_adding_one_opens_the_rest(knows: User, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    browser = Client()
    sign_in(browser)
    page = words_of(browser.get(f"{MFA}totp/activate/"))
    assert "before anything else opens" in page
    secret = re.search(r"<strong [^>]*data-secret>(\w+)</strong>", page)
    assert secret
    browser.post(f"{MFA}totp/activate/", {"code": code_now(secret[1])})
    assert is_inside(browser)
    browser.post("/sign-out/")
    assert not is_inside(browser)


def test_production_requires_it_and_other_places_offer_it() -> None:
    assert production("import config.settings as s; print(s.SECOND_FACTOR, s.LOCAL_SIGN_IN)") == "required everybody"


def test_a_changed_secret_key_makes_codes_worthless_and_breaks_nothing(guarded: User, settings: Any) -> None:
    settings.SECRET_KEY = "another-key-another-key-another-key-another-key"  # noqa: S105
    browser = Client()
    sign_in(browser)
    assert "That code is not right" in words_of(browser.post(f"{MFA}authenticate/", {"code": code_now()}))
    assert not is_inside(browser)
