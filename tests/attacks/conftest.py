"""Who attacks, and through what: callers and tokens of the API's tests, keepers of the force's own records."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from tests.administration.conftest import ivor, june, una
from tests.api.conftest import account, anna, ellens, fresh_counts, otto, system, token

__all__ = ["account", "anna", "ellens", "fresh_counts", "ivor", "june", "otto", "system", "token", "una"]

SignIn = Callable[[User | None], Client]
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
