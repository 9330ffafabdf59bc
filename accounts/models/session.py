"""Where somebody is signed in: a session row that knows its person, so that all of a leaver's can be ended at once."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models


class Session(AbstractBaseSession):
    """One browser's session. The columns repeat what the session's own data say; the key never leaves the server."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=40, blank=True)

    objects: ClassVar[Any] = BaseSessionManager()

    def __str__(self) -> str:
        return self.handle()

    def handle(self) -> str:
        """What stands for this session on a page and in the audit; nobody can make the key from it."""
        return handle_of(self.session_key)


def handle_of(key: str | None) -> str:
    """The digest of a session's key; "" where there is none yet."""
    return hashlib.sha256(key.encode()).hexdigest()[:32] if key else ""
