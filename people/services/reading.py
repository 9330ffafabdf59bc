"""One look at somebody: whom, by whom, as of when; and what its questions have found, so that none is asked twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from accounts.models import User
from people.models import Person
from people.services.speaking import EITHER

T = TypeVar("T")


@dataclass(slots=True)
class Reading:
    """What every panel of the page of somebody is given.

    `at` is the moment (UTC), `past` the same where it is not now, `day` that day as it stands in an address. `after`: the
    row after which a long list goes on. `gender`: how the page speaks of them. `told`: the cases that panels told of,
    which they add themselves; they are written down with the look.
    """

    person: Person
    user: User
    at: datetime
    past: datetime | None = None
    day: str = ""
    after: int | None = None
    gender: str = EITHER
    told: set[int] = field(default_factory=set)
    found: dict[Any, Any] = field(default_factory=dict)

    def once(self, ask: Callable[[Reading], T]) -> T:
        """The answer to a question that several panels have: asked by the first of them."""
        if ask not in self.found:
            self.found[ask] = ask(self)
        found: T = self.found[ask]
        return found
