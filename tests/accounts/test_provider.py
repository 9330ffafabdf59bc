"""The force's own sign-in: an identity opens the account it names, and nothing else; a lie opens nothing."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.leaving import disable
from accounts.models import User
from audit.models import Event
from tests.accounts.conftest import PASSWORD, code_now, is_inside, sign_in, words_of
from tests.accounts.provider import OTHER_KEY, SECRET, Provider

Acts = Callable[[], list[str]]


def to_the_door(browser: Client, **said: str) -> str:
    """Press the button; where the page leads on to."""
    page = browser.post("/sign-in/force/", said)
    assert page.status_code == 200, page.status_code
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def there_and_back(browser: Client, **said: str) -> Any:
    """Press the button, sign in over there, come back."""
    back = requests.get(to_the_door(browser, **said), allow_redirects=False, timeout=5).headers["Location"]
    return browser.get(back.removeprefix("http://testserver"))


def test_an_officer_comes_in_through_the_forces_sign_in(provider: Provider, ellen: User, acts: Acts) -> None:
    browser = Client()
    answer = there_and_back(browser, next="/notices/")
    assert (answer.status_code, answer["Location"]) == (302, "/notices/")
    assert is_inside(browser) and acts() == ["signed-in"]
    assert provider.asked["code_challenge_method"] == "S256" and provider.asked["nonce"] and provider.asked["state"]
    assert set(provider.asked["scope"].split()) == {"openid", "profile"}


def test_nothing_that_the_provider_tells_is_kept_but_its_number(provider: Provider, ellen: User) -> None:
    provider.person |= {"email": "ellen@force.example", "name": "Somebody Else", "given_name": "Somebody"}
    there_and_back(Client())
    person = User.objects.get(pk=ellen.pk)
    assert (person.email, person.get_full_name()) == ("", "Ellen Marsh")
    bound = person.socialaccount_set.get()
    assert (bound.uid, bound.extra_data) == ("number-1", {}) and not bound.socialtoken_set.exists()


def test_the_way_out_is_a_page_so_that_no_form_leads_to_another_site(provider: Provider, ellen: User) -> None:
    page = Client().post("/sign-in/force/")
    assert page.status_code == 200 and "Location" not in page.headers
    assert re.search(r"form-action 'self'(;|$)", page.headers["Content-Security-Policy"])
    assert provider.address not in page.headers["Content-Security-Policy"]


def test_the_button_is_there_only_where_there_is_such_a_sign_in(provider: Provider, settings: Any, db: None) -> None:
    assert "Sign in with" in words_of(Client().get("/sign-in/"))
    settings.OIDC_ISSUER = ""
    assert "Sign in with" not in words_of(Client().get("/sign-in/"))
    assert Client().post("/sign-in/force/").status_code == 404
    assert Client().get("/sign-in/force/callback/?state=x&code=y").status_code == 404


def unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, None, "none", headers={"kid": "one"})


def by_another(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, OTHER_KEY, "RS256", headers={"kid": "one"})


def by_the_shared_secret(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, SECRET * 2, "HS256", headers={"kid": "one"})


def by_an_unknown_key(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, OTHER_KEY, "RS256", headers={"kid": "two"})


LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "for somebody else": {"aud": "another service"},
    "for two, made for the other": {"aud": ["cases", "another service"], "azp": "another service"},
    "expired": {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
    "without an end": {"exp": None},
    "of another issuer": {"iss": "https://evil.example"},
    "without a number": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_an_identity_with_a_lie_in_it_opens_nothing(lie: str, provider: Provider, ellen: User, acts: Acts) -> None:
    provider.lies = LIES[lie]
    browser = Client()
    answer = there_and_back(browser)
    assert answer.status_code == 401 and "was not finished" in words_of(answer)
    assert not is_inside(browser) and acts() == ["provider-failed"]


@pytest.mark.parametrize("sign", [unsigned, by_another, by_the_shared_secret, by_an_unknown_key])
def test_an_identity_that_the_provider_did_not_sign_opens_nothing(
    sign: Any, provider: Provider, ellen: User, acts: Acts
) -> None:
    provider.sign = sign
    browser = Client()
    assert there_and_back(browser).status_code == 401
    assert not is_inside(browser) and acts() == ["provider-failed"]


def test_a_state_that_this_browser_did_not_begin_opens_nothing(provider: Provider, ellen: User) -> None:
    """Somebody is sent a link that finishes another's sign-in: in their browser it never began."""
    begun = Client()
    back = requests.get(to_the_door(begun), allow_redirects=False, timeout=5).headers["Location"]
    path = back.removeprefix("http://testserver")
    sent = Client()
    assert sent.get(path).status_code == 401 and not is_inside(sent)
    wrong = re.sub(r"state=\w+", "state=guessed", path)
    assert begun.get(wrong).status_code == 401 and not is_inside(begun)


def test_an_answer_works_once(provider: Provider, ellen: User) -> None:
    browser = Client()
    back = requests.get(to_the_door(browser), allow_redirects=False, timeout=5).headers["Location"]
    path = back.removeprefix("http://testserver")
    assert browser.get(path).status_code == 302
    browser.post("/sign-out/")
    assert browser.get(path).status_code == 401 and not is_inside(browser)


@pytest.mark.parametrize("claim", ["9999", "", "system"])
def test_nobody_is_made_by_signing_in(claim: str, provider: Provider, ellen: User, acts: Acts) -> None:
    provider.person = {"sub": "number-9", "preferred_username": claim, "email": "ellen@force.example"}
    User.objects.filter(pk=ellen.pk).update(email="ellen@force.example")
    people, browser = User.objects.count(), Client()
    answer = there_and_back(browser)
    assert answer.status_code == 403 and "no open account" in words_of(answer)
    assert not is_inside(browser) and User.objects.count() == people and acts() == ["refused"]


def test_a_leaver_is_refused_with_the_same_words(provider: Provider, ellen: User, acts: Acts) -> None:
    disable(ellen, at=timezone.now())
    browser = Client()
    answer = there_and_back(browser)
    assert answer.status_code == 403 and "no open account" in words_of(answer)
    assert not is_inside(browser) and acts() == ["refused"]
    assert Event.objects.get(name="sign-in.refused").changes["why"] == "left"


def test_a_name_given_to_somebody_new_in_the_directory_does_not_open_the_old_account(
    provider: Provider, ellen: User, acts: Acts
) -> None:
    there_and_back(Client())
    provider.person = {"sub": "number-2", "preferred_username": "2877"}
    assert there_and_back(Client()).status_code == 403
    assert acts() == ["signed-in", "refused"]


def test_a_number_whose_name_is_changed_over_there_does_not_open_another_account(
    provider: Provider, ellen: User, priya: User
) -> None:
    there_and_back(Client())
    provider.person = {"sub": "number-1", "preferred_username": "4471"}
    browser = Client()
    assert there_and_back(browser).status_code == 403 and not is_inside(browser)


def test_the_claim_may_be_one_that_only_userinfo_says(provider: Provider, ellen: User, settings: Any) -> None:
    settings.OIDC_USERNAME_CLAIM = "employee_number"
    provider.userinfo = {"sub": "number-1", "employee_number": "2877"}
    browser = Client()
    assert there_and_back(browser).status_code == 302 and is_inside(browser)
    provider.userinfo = {"sub": "another", "employee_number": "2877"}
    stranger = Client()
    assert there_and_back(stranger).status_code == 401 and not is_inside(stranger)


def test_who_presses_cancel_over_there_is_told_plainly(provider: Provider, ellen: User) -> None:
    provider.refuse = "access_denied"
    answer = there_and_back(Client())
    assert answer.status_code == 401 and "Start again" in words_of(answer)


def test_a_provider_that_does_not_answer_is_said_and_not_a_fault(provider: Provider, settings: Any, db: None) -> None:
    settings.OIDC_APP = settings.OIDC_APP | {"settings": {"server_url": "http://127.0.0.1:1"}}
    answer = Client().post("/sign-in/force/")
    assert answer.status_code == 503 and "does not answer" in words_of(answer)


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/"])
def test_coming_back_leads_nowhere_else(next_page: str, provider: Provider, ellen: User) -> None:
    assert there_and_back(Client(), next=next_page)["Location"] == "/"


# The second factor


def test_the_providers_second_factor_counts_only_when_we_are_told_to_believe_it(
    provider: Provider, guarded: User, settings: Any
) -> None:
    provider.person |= {"amr": ["pwd", "mfa"]}
    assert "/authenticate/" in there_and_back(Client())["Location"]
    settings.OIDC_SECOND_FACTOR = ["mfa"]
    browser = Client()
    assert there_and_back(browser)["Location"] == "/" and is_inside(browser)
    provider.person |= {"amr": ["pwd"]}
    assert "/authenticate/" in there_and_back(Client())["Location"]


def test_what_the_provider_proved_for_one_does_not_open_for_the_next_in_the_same_browser(
    provider: Provider, guarded: User, settings: Any
) -> None:
    settings.OIDC_SECOND_FACTOR = ["mfa"]
    provider.person |= {"amr": ["mfa"]}
    browser = Client()
    there_and_back(browser)
    browser.post("/sign-out/")
    assert "/authenticate/" in sign_in(browser)["Location"]
    assert not is_inside(browser)
    browser.post("/sign-in/second-factor/authenticate/", {"code": code_now()})
    assert is_inside(browser)


def test_a_second_factor_of_the_provider_is_enough_where_one_is_required(
    provider: Provider, ellen: User, settings: Any
) -> None:
    settings.SECOND_FACTOR, settings.OIDC_SECOND_FACTOR = "required", ["mfa"]
    provider.person |= {"amr": ["mfa"]}
    browser = Client()
    there_and_back(browser)
    assert is_inside(browser)


# Proof, and passwords of this service


def test_whoever_only_the_provider_knows_proves_it_there(provider: Provider, ellen: User, settings: Any) -> None:
    ellen.set_unusable_password()
    ellen.save(update_fields=["password"])
    browser = Client()
    there_and_back(browser)
    with time_machine.travel(time.time() + 400, tick=True):
        asked: Any = browser.get("/sign-in/second-factor/totp/activate/")
        assert asked["Location"].startswith("/sign-in/force/again/?next=")
        assert "Sign in with" in words_of(browser.get(asked["Location"]))
        stale = {"auth_time": int(time.time()) - 900}
        provider.lies = stale
        assert there_and_back(browser, again="1", next="/clocks/").status_code == 403
        assert provider.asked["prompt"] == "login" and provider.asked["max_age"] == "0"
        provider.lies = {}
        assert there_and_back(browser, again="1", next="/clocks/")["Location"] == "/clocks/"
        assert browser.get("/sign-in/second-factor/totp/activate/").status_code == 200


def test_somebody_else_is_no_proof(provider: Provider, ellen: User, priya: User) -> None:
    browser = Client()
    there_and_back(browser)
    provider.person = {"sub": "number-2", "preferred_username": "4471"}
    assert there_and_back(browser, again="1").status_code == 403
    assert browser.get("/").context["user"].pk == ellen.pk


def test_a_locked_session_of_theirs_opens_by_signing_in_there(provider: Provider, ellen: User) -> None:
    ellen.set_unusable_password()
    ellen.save(update_fields=["password"])
    browser = Client()
    there_and_back(browser)
    browser.post("/lock/", {"next": "/clocks/"})
    page = words_of(browser.get("/unlock/?next=/clocks/"))
    assert "Sign in with" in page and 'name="password"' not in page
    assert there_and_back(browser, next="/clocks/")["Location"] == "/clocks/" and is_inside(browser)


def test_beside_the_provider_a_password_opens_only_the_accounts_kept_for_a_bad_day(
    provider: Provider, knows: User, priya: User, settings: Any
) -> None:
    settings.LOCAL_SIGN_IN, settings.BREAK_GLASS_ACCOUNTS = "break-glass", ["4471"]
    priya.set_password(PASSWORD)
    priya.save(update_fields=["password"])
    browser = Client()
    shut = sign_in(browser)
    wrong = sign_in(Client(), password="something else")
    assert not is_inside(browser)
    sentence = "The name or the password is not right"
    assert sentence in words_of(shut) and sentence in words_of(wrong)
    opened = Client()
    sign_in(opened, login="4471")
    assert is_inside(opened)
