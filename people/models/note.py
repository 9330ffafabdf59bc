"""Small things worth knowing of somebody, one fact each: a new kind is a row of the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from people.models.fact import Fact
from people.models.whereabouts import Reachable


@dataclass(frozen=True, slots=True)
class NoteKind:
    """One row: the code that is kept, what pages call it, and what is enough. `reaches`: a way to reach them."""

    code: str
    label: str
    hint: str
    reaches: bool = False


# fmt: off
TABLE: tuple[NoteKind, ...] = (
    NoteKind("email",    "Email",                "Only one that nobody else reads", reaches=True),
    NoteKind("school",   "School or nursery",    "Its name, and the class or teacher if known"),
    NoteKind("key_code", "Key code",             "Of the flat or the main door, or where a key is", reaches=True),
    NoteKind("animals",  "Dog or other animals", "For example: large dog, loose in the hall, barks at strangers"),
    NoteKind("gp",       "GP",                   "The name of the surgery is enough"),
    NoteKind("works",    "What works",           "For whoever comes next. For example: speaks once he is out of the room"),
)
# fmt: on

NOTE_KINDS: dict[str, NoteKind] = {row.code: row for row in TABLE}
WAYS = tuple(row.code for row in TABLE if row.reaches)


class NoteQuerySet(Reachable):
    """A way to reach them that was struck out is gone everywhere; a school or a dog only from the case that said so."""

    same = ("about", "said_words")

    def _taken_out(self) -> Any:
        return super()._taken_out().filter(about__in=WAYS)


@pghistory.track()
class Note(Fact):
    """One small thing: an email address, a school, a key code, an animal, a doctor."""

    order = 48
    short = False

    about = models.CharField("what it is", max_length=20)
    said_words = models.CharField("what was said", max_length=200)

    objects: ClassVar[Any] = NoteQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(said_words="") & ~Q(about=""), name="note_says_something"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            # Search by an email address or a piece of one. It stays a note: it is learned, asked again and taken out as
            # one, and nothing more is said of it.
            GinIndex(
                OpClass(Upper("said_words"), name="gin_trgm_ops"),
                condition=Q(about="email"),
                name="note_email_fragment",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:  # type: ignore[override]  # of each kind its own
        row = NOTE_KINDS.get(self.about)
        return row.label if row else self.about

    @property
    def reaches(self) -> bool:  # type: ignore[override]  # of each kind its own
        return self.about in WAYS

    @property
    def words(self) -> str:
        return self.said_words
