"""The forms of words that are said aloud, as rows with their authority: nobody makes them up at a door (D5, D6, S3-256).

What the guidance gives in its annexes was not seen: what is shipped is ours, says so, and is superseded by a newer row.
"""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.db import models


class WordingQuerySet(models.QuerySet["Wording"]):
    def said_on(self, code: str, day: date) -> Wording:
        """The words for a day (London's). Raises LookupError where none were ever set."""
        row = self.filter(code=code, valid_from__lte=day).order_by("-valid_from", "-pk").first()
        if row is None:
            raise LookupError(f"No words on {day} for {code}.")
        return row


class Wording(models.Model):
    """One form of words from a day on; newer words are a new row, so that it can be read what was said then."""

    class Code(models.TextChoices):
        TELL = "tell", "Said before and after what is told"
        NOTHING = "nothing", "Said where nothing is to be told"

    code = models.CharField(max_length=12, choices=Code)
    words = models.TextField(max_length=2000)
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)

    objects = WordingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["code", "-valid_from", "-id"], name="wording_in_force")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.get_code_display())
