"""How a row is begun that is more than its own columns: where something must be looked for before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from workflow.forms import EvidenceForm
from workflow.models import Refusal, Refused


class LookFirst(Refused):
    """There is something alike, and whoever asks has not been shown it yet: `near` is what they may see of it."""

    def __init__(self, sentence: str, near: list[dict[str, Any]]) -> None:
        super().__init__(Refusal.STATE, sentence)
        self.near = near


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is said to begin a row, and the verb that makes it. `look(record, said, by)` raises LookFirst: it is asked
    before anything is made and outside its transaction, so that what was shown stays written down.
    `act(record, kind, said, by)` gives the row.
    """

    form: type[EvidenceForm]
    look: Callable[[Any, dict[str, Any], User], None]
    act: Callable[[Any, Any, dict[str, Any], User], Any]
