"""What whoever meets somebody must be warned of: who says so, since when, on what evidence, and when to look again."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models.fact import Fact
from people.models.span import Part, Spanned, as_partial, span_ends_after_it_begins
from workflow.clock import LONDON


@pghistory.track()
class WarningMarker(Spanned, Fact):
    """One warning. Read by everybody who may see the case, before anybody asks why: it is for whoever goes to the door.

    `review_on`: from that day in London it stands as due to be looked at again; it warns all the same.
    """

    class Danger(models.TextChoices):
        WEAPONS = "weapons", "Weapons"
        FIREARMS = "firearms", "Firearms"
        VIOLENT = "violent", "Violent"
        POLICE = "police", "Violent to police"
        ESCAPES = "escapes", "Escapes or runs"
        CONCEALS = "conceals", "Hides things on the body"
        DRUGS = "drugs", "Drugs"
        ALCOHOL = "alcohol", "Alcohol"
        SELF_HARM = "self_harm", "Self-harm or suicide"
        MENTAL = "mental", "Mental ill-health"
        AILMENT = "ailment", "Illness or condition"
        INFECTIOUS = "infectious", "Infectious"
        SEXUAL = "sexual", "Sexual offender"
        ALLEGES = "alleges", "Makes complaints about staff"
        ANIMALS = "animals", "Dangerous animal"
        OTHER = "other", "Another danger"

    label = "Warning"
    order = 25
    withheld = False
    several = True

    danger = models.CharField("what of", max_length=10, choices=Danger)
    what = models.CharField("in words", max_length=300)
    said_by = models.CharField("who says so", max_length=200)
    evidence = models.CharField("on what evidence", max_length=500, blank=True)
    review_on = models.DateField("look at it again on", null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(said_by=""), name="warning_says_what_and_who"),
            span_ends_after_it_begins("warning_ends_after_it_begins"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            # Those that are due to be looked at again, the longest due first.
            models.Index(
                fields=["review_on", "id"],
                condition=Q(struck_out_at__isnull=True, review_on__isnull=False),
                name="warning_to_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_danger_display()}: {self.what}"

    def due(self, today: date | None = None) -> bool:
        """Whether the day to look at it again has come (in London)."""
        now = today or timezone.now().astimezone(LONDON).date()
        return self.review_on is not None and self.review_on <= now

    @property
    def words(self) -> str:
        """Weapons: kitchen knife; since 3 March 2022; says PC Hallam; evidence: statement; review was due 1 March 2023."""
        parts = [str(self), self.span_words, _("says %(who)s") % {"who": self.said_by}]
        parts += [_("evidence: %(evidence)s") % {"evidence": self.evidence}] if self.evidence else []
        return "; ".join(part for part in (*parts, self.review_words) if part)

    @property
    def review_words(self) -> str:
        """When it is to be looked at again, or was; "" where nobody said."""
        if self.review_on is None:
            return ""
        words = _("review was due %(day)s") if self.due() else _("to be reviewed %(day)s")
        return words % {"day": as_partial(self.review_on, Part.DAY)}

    @property
    def on_paper(self) -> str:
        """Without who says so and the evidence: a paper may come into the hands of whoever it warns of."""
        return "; ".join(part for part in (str(self), self.span_words) if part)
