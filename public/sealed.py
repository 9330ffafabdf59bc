"""What travels in the page: everything said so far, sealed, so that the server need keep nothing and a device can read nothing.

The seal holds for `QUIET` seconds. After that nobody can open it any more through us: partial answers are gone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from public.reading import Typed

MOST = 150_000  # characters; the longest answers, sealed, are well beneath


@dataclass
class Page:
    """One request being made: its key, the language, the question before the person, what was said, what is typed there."""

    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    language: str = "en"
    at: str = ""  # the question now asked; empty before the first, "send" after the last
    said: dict[str, Any] = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)


def _box(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"public page:" + secret.encode()).digest()))


def seal(page: Page, secret: str, now: int) -> str:
    """`now` in seconds since 1970: from then on the seal holds."""
    return _box(secret).encrypt_at_time(json.dumps(asdict(page), ensure_ascii=False).encode(), now).decode()


def unseal(token: str, secret: str, now: int, quiet: int) -> Page | None:
    """What was sealed no longer than `quiet` seconds ago by us; None for anything else."""
    if not token or len(token) > MOST:
        return None
    try:
        opened = json.loads(_box(secret).decrypt_at_time(token.encode(), ttl=quiet, current_time=now))
    except (InvalidToken, ValueError):
        return None
    return Page(**opened)
