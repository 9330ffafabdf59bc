"""Where people who work here live, compared with addresses of cases and never shown."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings

from accounts.models import User
from cases.models import StaffHome
from cases.services.same_place import numbers_in


def home_digest(line: str, postcode: str) -> str:
    """One digest for one address, however it is written: its postcode and its numbers. "" where they do not tell it."""
    plain, numbers = "".join(postcode.split()).upper(), numbers_in(line)
    if not plain or not numbers:
        return ""
    said = f"home {plain} {' '.join(numbers)}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()


def keep_home(user: User, line: str, postcode: str) -> bool:
    """Keep where somebody lives, as a digest; False where the address does not tell one house from the next."""
    digest = home_digest(line, postcode)
    if digest:
        StaffHome.objects.update_or_create(user=user, defaults={"digest": digest})
    return bool(digest)
