"""Ellen's browser. Where her sergeant is to hear of what she records, the file says so: `usefixtures("priya")`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User


@pytest.fixture
def browser(ellen: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ellen)
