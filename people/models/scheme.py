"""Whether somebody who harms is nominated for MATAC or managed in IOM: how that stands, since when, led by whom."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from people.models.fact import Fact
from people.models.span import Spanned, span_ends_after_it_begins


@pghistory.track()
class InScheme(Spanned, Fact):
    """One statement of a scheme for people who harm most (S3-210, E.2, E.4). A person decides it; no score does."""

    class Scheme(models.TextChoices):
        MATAC = "matac", "MATAC: tasking of agencies about the most harmful"
        IOM = "iom", "IOM: integrated offender management"

    class Standing(models.TextChoices):
        NOMINATED = "nominated", "Nominated"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Not accepted"
        LEFT = "left", "Discharged"

    class Cohort(models.TextChoices):
        """Of IOM [K]."""

        FIXED = "fixed", "Fixed"
        FLEX = "flex", "Flex"
        FREE = "free", "Free"

    label = "MATAC and IOM"
    order = 28
    several = True

    scheme = models.CharField(max_length=5, choices=Scheme)
    standing = models.CharField("how it stands", max_length=10, choices=Standing)
    cohort = models.CharField(max_length=5, choices=Cohort, blank=True)
    contact = models.CharField("which agency leads, and how it is reached", max_length=200)
    why = models.CharField("why", max_length=300)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(contact="") & ~Q(why=""), name="in_scheme_says_by_whom_and_why"),
            models.CheckConstraint(condition=Q(cohort="") | Q(scheme="iom"), name="in_scheme_cohort_is_of_iom"),
            span_ends_after_it_begins("in_scheme_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.short_words

    @property
    def short_words(self) -> str:
        """MATAC, nominated; IOM, accepted, flex cohort."""
        parts = [self.scheme.upper(), _(str(self.get_standing_display())).lower()]
        if self.cohort:
            parts.append(_("%(name)s cohort") % {"name": _(str(self.get_cohort_display())).lower()})
        return ", ".join(parts)

    @property
    def words(self) -> str:
        """MATAC, nominated; since March 2026; contact: Sgt Pole, 0999; three people harmed in a year."""
        parts = [self.short_words, self.span_words, _("contact: %(who)s") % {"who": self.contact}, self.why]
        return "; ".join(part for part in parts if part)

    @property
    def on_paper(self) -> str:
        """Not on paper: who is watched is asked of whoever leads it."""
        return ""
