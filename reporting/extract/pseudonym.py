"""Names for one extract: nobody who has two extracts can join them, and nobody can go back, not even the force."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable

LENGTH = 24  # of the hexadecimal digits: 96 bits, so that no two of millions fall together

Pseudonym = Callable[[str, int | None], str]


def pseudonyms() -> Pseudonym:
    """A way of naming, with a key of its own that is kept nowhere and gone when the extract is made."""
    key = secrets.token_bytes(32)

    def name(kind: str, pk: int | None) -> str:
        """Of nothing, nothing."""
        return "" if pk is None else hmac.digest(key, f"{kind}:{pk}".encode(), "sha256").hex()[:LENGTH]

    return name
