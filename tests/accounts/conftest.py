"""What the tests of sign-in share: a password, a browser outside, an authenticator, the acts that were written down."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User
from audit.models import Event
from tests.accounts.provider import CLIENT, SECRET, Provider, running

PASSWORD = "lantern-orchard-gate"  # noqa: S105 - of people who do not exist
SECRET_OF_HERS = base64.b32encode(b"twenty bytes of hers").decode()


@pytest.fixture
def knows(ellen: User) -> User:
    """Ellen, who knows her password."""
    ellen.set_password(PASSWORD)
    ellen.save(update_fields=["password"])
    return ellen


@pytest.fixture
def guarded(knows: User) -> User:
    """Ellen, with an authenticator and recovery codes."""
    TOTP.activate(knows, SECRET_OF_HERS)
    RecoveryCodes.activate(knows)
    return knows


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """The force's own sign-in, running."""
    with running() as one:
        settings.OIDC_ISSUER = one.address
        settings.OIDC_APP = settings.OIDC_APP | {
            "client_id": CLIENT, "secret": SECRET,
            "settings": settings.OIDC_APP["settings"] | {"server_url": one.address},
        }  # fmt: skip
        yield one


def sign_in(browser: Client, login: str = "2877", password: str = PASSWORD, **more: Any) -> Any:
    return browser.post("/sign-in/", {"login": login, "password": password}, **more)


def code_now(secret: str = SECRET_OF_HERS) -> str:
    """The code that the authenticator shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def wrong_code() -> str:
    return "000000" if code_now() != "000000" else "111111"


def is_inside(browser: Client) -> bool:
    return browser.get("/clocks/").status_code == 200


@pytest.fixture
def acts() -> Callable[[], list[str]]:
    """The acts of sign-in that were written down, in their order."""
    return lambda: [
        name.removeprefix("sign-in.")
        for name in Event.objects.filter(name__startswith="sign-in.").order_by("pk").values_list("name", flat=True)
    ]


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())
