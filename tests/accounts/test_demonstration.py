"""The demonstration's accounts open nothing where real people work."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from accounts.passwords import DEMONSTRATION
from config.demo import force
from tests.accounts.conftest import is_inside, sign_in, words_of
from tests.operations.test_production import WHOLE, python


def production(code: str, **more: str) -> str:
    """What the code prints under production settings; the last line of the fault where it does not start."""
    done = python({**WHOLE, **more}, "-c", code)
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def test_the_demonstration_and_the_door_mean_the_same_password() -> None:
    assert force.PASSWORD == DEMONSTRATION


def test_a_demonstration_account_opens_nothing_in_production(ellen: User, settings: Any) -> None:
    ellen.set_password(DEMONSTRATION)
    ellen.save(update_fields=["password"])
    browser = Client()
    sign_in(browser, password=DEMONSTRATION)
    assert is_inside(browser)
    settings.PRODUCTION = True
    shut = Client()
    answer = sign_in(shut, password=DEMONSTRATION)
    assert not is_inside(shut) and "not right" in words_of(answer)


def test_nobody_chooses_that_password_in_production(settings: Any) -> None:
    validate_password(DEMONSTRATION)
    settings.PRODUCTION = True
    with pytest.raises(ValidationError, match="demonstration"):
        validate_password(DEMONSTRATION)


@pytest.mark.parametrize(("more", "said"), [
    ({"SECOND_FACTOR": "sometimes"}, "SECOND_FACTOR is 'sometimes'"),
    ({"LOCAL_SIGN_IN": "break-glass"}, "nobody could sign in"),
    ({"OIDC_ISSUER": "https://id.example"}, "OIDC_CLIENT_ID"),
    ({"OIDC_ISSUER": "http://id.example", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}, "https://"),
])  # fmt: skip
def test_half_a_sign_in_stops_the_program(more: dict[str, str], said: str) -> None:
    assert said in production("import config.settings", **more)


def test_with_the_forces_sign_in_passwords_are_for_a_bad_day_only() -> None:
    told = {"OIDC_ISSUER": "https://id.example", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b", "BEHIND_PROXY": "1"}
    code = "import config.settings as s; print(s.LOCAL_SIGN_IN, s.SECOND_FACTOR, s.ALLAUTH_TRUSTED_PROXY_COUNT)"
    assert production(code, **told) == "break-glass required 1"
