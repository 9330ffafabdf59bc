"""Whether somebody is managed under MAPPA: in which category, at which level, since when, by whom, and when it is heard next."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from people.models.fact import Fact
from people.models.span import Part, Spanned, as_partial, span_ends_after_it_begins


@pghistory.track()
class Managed(Spanned, Fact):
    """One statement of MAPPA management (S2-007, E.1). Withheld as other facts are: it tells what somebody was convicted of."""

    class Category(models.TextChoices):
        REGISTERED = "1", "Category 1: registered sexual offender"
        VIOLENT = "2", "Category 2: violent or other sexual offender"
        DANGEROUS = "3", "Category 3: other dangerous offender"
        TERRORIST = "4", "Category 4: terrorist or terrorist risk"

    class Level(models.TextChoices):
        ORDINARY = "1", "Level 1: ordinary management"
        ACTIVE = "2", "Level 2: active multi-agency"
        SENIOR = "3", "Level 3: senior, most resource"

    label = "MAPPA"
    order = 27

    category = models.CharField(max_length=1, choices=Category)
    level = models.CharField(max_length=1, choices=Level)
    contact = models.CharField("who manages them, and how they are reached", max_length=200)
    next_on = models.DateField("next meeting", null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(contact=""), name="managed_says_by_whom"),
            span_ends_after_it_begins("managed_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.short_words

    @property
    def short_words(self) -> str:
        """Category 2, level 2: what a referral says of it."""
        return _("Category %(category)s, level %(level)s") % {"category": self.category, "level": self.level}

    @property
    def words(self) -> str:
        """Category 2, level 2; since March 2026; contact: DC Hallam, 0999; next meeting 3 December 2026."""
        parts = [self.short_words, self.span_words, _("contact: %(who)s") % {"who": self.contact}]
        if self.next_on:
            parts.append(_("next meeting %(day)s") % {"day": as_partial(self.next_on, Part.DAY)})
        return "; ".join(part for part in parts if part)

    @property
    def on_paper(self) -> str:
        """Not on paper: what somebody was convicted of is asked of whoever manages them."""
        return ""
