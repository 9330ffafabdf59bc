"""Who makes and signs packs, and a press that takes no time."""

from __future__ import annotations

import pytest

from accounts.models import Unit, User
from reporting import paper
from tests.cast import person


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press that takes no time, for what is not about the pages."""
    monkeypatch.setattr(paper, "press", lambda html, tell: (f"%PDF-{hash(html)}".encode(), 3))


@pytest.fixture
def kofi(force: Unit) -> User:
    """The superintendent of the force, who signs packs off."""
    return person("Supt", "0077", "Kofi Rowe", ("superintendent", force))


@pytest.fixture
def maud(force: Unit) -> User:
    """The chief officer, who signs too and is not named."""
    return person("ACC", "0001", "Maud Ellery", ("chief_officer", force))


@pytest.fixture
def piers(force: Unit) -> User:
    """Reads for the commissioner, outside the force."""
    return person("", "", "Piers Lyle", ("commissioner_reader", force))
