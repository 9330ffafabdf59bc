"""What one person is to another: said once, and standing on the pages of both."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from people.models.fact import Fact, FactQuerySet
from people.models.span import Spanned, span_ends_after_it_begins


@dataclass(frozen=True, slots=True)
class Tie:
    """One row: what the person is of the other; `turned` is the row of what the other is of them."""

    code: str
    label: str
    turned: str


# fmt: off
TABLE: tuple[Tie, ...] = (
    Tie("partner",     "partner of",              "partner"),
    Tie("former",      "former partner of",       "former"),
    Tie("parent",      "parent of",               "child"),
    Tie("child",       "child of",                "parent"),
    Tie("step_parent", "step-parent of",          "step_child"),
    Tie("step_child",  "step-child of",           "step_parent"),
    Tie("sibling",     "brother or sister of",    "sibling"),
    Tie("grandparent", "grandparent of",          "grandchild"),
    Tie("grandchild",  "grandchild of",           "grandparent"),
    Tie("in_law",      "in-law of",               "in_law"),
    Tie("relative",    "other relative of",       "relative"),
    Tie("carer",       "carer of",                "cared_for"),
    Tie("cared_for",   "cared for by",            "carer"),
    Tie("lives_with",  "lives with",              "lives_with"),
    Tie("friend",      "friend of",               "friend"),
    Tie("works_with",  "works with",              "works_with"),
)
# fmt: on
TIES: dict[str, Tie] = {row.code: row for row in TABLE}
CHOICES = [(row.code, row.label) for row in TABLE]


class LinkQuerySet(FactQuerySet):
    def of(self, person_ids: Any) -> Self:
        """From either end. Indexes: link_of_person, link_of_other."""
        return self.filter(Q(person__in=person_ids) | Q(other__in=person_ids))


@pghistory.track()
class Link(Spanned, Fact):
    """`person` is the tie of `other`: Gareth is the partner of Leanne, since January 2026.

    `other_name` is what whoever reads may know the other by; `people.services` says it before the words are asked.
    """

    label = "Linked to"
    order = 47
    several = True
    short = False
    other_name = ""

    other = models.ForeignKey("people.Person", models.PROTECT, related_name="linked", db_index=False)
    tie = models.CharField("what they are to them", max_length=12, choices=CHOICES)
    said_words = models.CharField("what else is known of it", max_length=200, blank=True)

    objects: ClassVar[Any] = LinkQuerySet.as_manager()

    class Meta(Fact.Meta):
        # Nothing forbids a tie to oneself. Two who stand tied are never merged (`merging.why_not`), but a tie that was
        # taken out is moved with everything else, and then has the same person at both ends.
        constraints = [span_ends_after_it_begins("link_ends_after_it_begins")]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["other", "-recorded_at"], name="link_of_other"),  # the page of the other
        ]

    def __str__(self) -> str:
        return str(self.get_tie_display())

    def sides(self) -> list[tuple[int, Link]]:
        """It stands on both pages, each time from whose page it is."""
        if self.other_id == self.person_id:
            return [(self.person_id, self)]
        return [(self.person_id, self), (self.other_id, self.turned())]

    def turned(self) -> Link:
        """The same row as the other person's page says it. Only to be read: it is not saved."""
        seen = copy(self)
        seen.person_id, seen.other_id, seen.tie = self.other_id, self.person_id, TIES[self.tie].turned
        return seen

    @property
    def words(self) -> str:
        """Partner of Leanne Ashdown, since January 2026."""
        tie = _(TIES[self.tie].label)
        name = self.other_name or _("somebody whose name is not known")
        more = [self.span_words, self.said_words]
        return ", ".join(part for part in (f"{tie[:1].upper()}{tie[1:]} {name}", *more) if part)

    @property
    def leads_to(self) -> str:
        """The page of the other, where their name may be known."""
        return reverse("person", args=[self.other_id]) if self.other_name else ""
