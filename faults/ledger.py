"""What people were told: one entry for each form they sent, with a mark by which it is found again."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum


class Told(Enum):
    """How sending a form ended, as the person saw it."""

    DONE = "done"  # a redirect onward: the program has promised that it stands
    UNKNOWN = "unknown"  # no answer, or a fault: it may stand, whole, or not at all
    REFUSED = "refused"  # a sentence why not, or the door: it does not stand


@dataclass
class Entry:
    """One form sent: what kind of act, by whom, about what, with which mark, and how it ended."""

    kind: str
    who: str
    subject: int
    mark: str
    path: str
    said: dict[str, str]
    told: Told
    answer: str = ""
    sent: int = 1


@dataclass
class Ledger:
    """Every entry of a run. Many people write in it at once."""

    entries: list[Entry] = field(default_factory=list)
    begun: int = 0
    lock: threading.Condition = field(default_factory=threading.Condition)

    def begin(self) -> None:
        """Somebody presses the button now."""
        with self.lock:
            self.begun += 1
            self.lock.notify_all()

    def write(self, entry: Entry) -> None:
        with self.lock:
            self.entries.append(entry)

    def wait_for(self, begun: int, seconds: float) -> None:
        """Return when so many forms have been sent, or when that has taken too long."""
        with self.lock:
            self.lock.wait_for(lambda: self.begun >= begun, seconds)

    def counts(self) -> Counter[Told]:
        return Counter(entry.told for entry in self.entries)

    def since(self, place: int) -> list[Entry]:
        """The entries from that place on: those of one round."""
        return self.entries[place:]
