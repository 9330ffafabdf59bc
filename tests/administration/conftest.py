"""Two administrators, a superintendent, and browsers that have proved who they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Unit, User
from tests.cast import client_of, person


@pytest.fixture
def una(force: Unit) -> User:
    """The administrator."""
    return person("", "", "Una Field", ("administrator", force))


@pytest.fixture
def ivor(force: Unit) -> User:
    """The other administrator."""
    return person("", "", "Ivor Senn", ("administrator", force))


@pytest.fixture
def june(force: Unit) -> User:
    """The superintendent."""
    return person("Supt", "0311", "June Harcourt", ("superintendent", force))


@pytest.fixture
def proved(monkeypatch: Any) -> Callable[[User], Client]:
    """A browser whose person has proved lately who they are."""
    monkeypatch.setattr("supervision.views.administration.people.proved_lately", lambda request: True)
    monkeypatch.setattr("supervision.views.administration.postings.proved_lately", lambda request: True)
    return client_of
