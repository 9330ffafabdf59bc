"""Secrets that must be read again (the keys of authenticators), encrypted with a key made of SECRET_KEY."""

from __future__ import annotations

from base64 import b32encode, urlsafe_b64encode
from hashlib import sha256
from os import urandom

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def sealed(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """The secret. Where no key of ours opens it (SECRET_KEY was changed), one that nobody has: then no code is right."""
    try:
        return _keys().decrypt(text.encode()).decode()
    except InvalidToken:
        return b32encode(urandom(20)).decode()


def _keys() -> MultiFernet:
    """The newest key first; those in SECRET_KEY_FALLBACKS still open what they sealed."""
    said = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"authenticators {key}".encode()).digest())) for key in said])
