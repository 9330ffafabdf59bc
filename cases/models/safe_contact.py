"""Safe contact: how somebody may be reached without putting them in danger. Each change is a new version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _

from cases.models.answers.contact import Means, Never, Weekday
from people.models import Telephone
from workflow.models import CaseRecord, RecordQuerySet

LEAST_DIGITS = 6  # fewer are a house number or a time, not a telephone number
NUMBER = re.compile(r"\+?\d[\d\s().-]{4,}\d")


class SafeContactQuerySet(RecordQuerySet):
    """Every version comes with the numbers of the person harmed that were taken out since: no page gives them to call."""

    def standing(self) -> Self:
        return super().standing()._with_numbers_gone()

    def as_at(self, at: Any) -> Self:
        return super().as_at(at)._with_numbers_gone()

    def _with_numbers_gone(self) -> Self:
        hers = {"person__involvements__case": OuterRef("case"), "person__involvements__part": "victim"}
        gone = Telephone._base_manager.filter(**hers, struck_out_at__gte=OuterRef("recorded_at"))
        return self.annotate(numbers_gone=ArraySubquery(gone.values("number")))


@pghistory.track()
class SafeContact(CaseRecord):
    """One version of the plan; the newest counts. Days and hours are London's; `means` stand in the order to be tried."""

    means = ArrayField(models.CharField(max_length=10, choices=Means), default=list, blank=True)
    unknown_why = models.TextField("why no safe way is known", max_length=1000, blank=True)
    call = models.CharField("number to call", max_length=40, blank=True)
    text_to = models.CharField("number to text", max_length=40, blank=True)
    email = models.CharField("email address", max_length=200, blank=True)
    meet_at = models.CharField("where it is safe to see them", max_length=300, blank=True)
    through = models.CharField("through whom", max_length=300, blank=True)

    days = ArrayField(models.CharField(max_length=3, choices=Weekday), default=list, blank=True)
    from_time = models.TimeField("from", null=True, blank=True)
    to_time = models.TimeField("until", null=True, blank=True)
    when = models.CharField("safe times", max_length=200, blank=True)

    may_answer = models.CharField("who may answer", max_length=300, blank=True)
    if_answered_by_another = models.CharField(max_length=300, blank=True)
    never_means = ArrayField(models.CharField(max_length=10, choices=Never), default=list, blank=True)
    never_numbers = models.TextField(
        "numbers and addresses never to use, one on each line", max_length=1000, blank=True
    )
    never_use = models.CharField(max_length=300, blank=True)
    code_word = models.CharField(max_length=60, blank=True)
    language = models.CharField("language to speak", max_length=100, blank=True)

    valid_until = models.DateField(null=True, blank=True)
    changed_because = models.CharField("why it was changed", max_length=300, blank=True)
    confirmed_at = models.DateTimeField("last said to be right still", null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    numbers_gone: Sequence[str] = ()

    objects: ClassVar[Any] = SafeContactQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time__isnull=True, to_time__isnull=True)
                | Q(from_time__isnull=False, to_time__isnull=False),
                name="safe_contact_hours_both_or_none",
            ),
        ]

    def __str__(self) -> str:
        return "safe contact"

    @property
    def last_confirmed(self) -> datetime:
        """When somebody last said that it is right: set, or confirmed since."""
        return self.confirmed_at or self.recorded_at

    @property
    def confirmer(self) -> Any:
        return self.confirmed_by or self.recorded_by

    @property
    def nothing_known(self) -> bool:
        return Means.NONE in self.means

    def ran_out(self, on: date) -> bool:
        """Whether its last day lies before this day (London's)."""
        return self.valid_until is not None and self.valid_until < on

    @property
    def ways(self) -> list[tuple[str, str]]:
        """(means, its number, address, place or person) in the order to be tried; never a number on the never-use list."""
        known = {
            Means.CALL: self.call, Means.TEXT: self.text_to or self.call, Means.EMAIL: self.email,
            Means.IN_PERSON: self.meet_at, Means.THROUGH: self.through,
        }  # fmt: skip
        order = self.means or ([Means.CALL] if self.call else [])
        found = [(_(str(Means(way).label)), known[Means(way)]) for way in order if way in known]
        return [(label, where) for label, where in found if not self.forbids_number(where)]

    @property
    def times(self) -> str:
        """Monday to Friday, 09:30 to 14:30; "" where no days and no hours were said."""
        said = ""
        if self.from_time and self.to_time:
            said = _("%(from)s to %(to)s") % {"from": f"{self.from_time:%H:%M}", "to": f"{self.to_time:%H:%M}"}
        return ", ".join(part for part in (spoken_days(self.days), said, self.when) if part)

    @property
    def never(self) -> str:
        """Everything that must never be used, in one line; "" where nothing was said."""
        ways = [_(str(Never(way).label)) for way in self.never_means]
        listed = [line.strip() for line in self.never_numbers.splitlines()]
        return ", ".join(part for part in (*ways, *listed, self.never_use) if part)

    @property
    def forbidden_numbers(self) -> set[str]:
        """The telephone numbers of the never-use list, as plain digits; those in its words too."""
        words = [*self.never_numbers.splitlines(), self.never_use]
        return {
            plain
            for text in words
            for found in NUMBER.findall(text)
            if len(plain := plain_number(found)) >= LEAST_DIGITS
        }

    def forbids_number(self, number: str) -> bool:
        """Whether this is a number on the never-use list, or one that was taken out since, however it is written."""
        plain = plain_number(number)
        never = self.forbidden_numbers | {plain_number(gone) for gone in self.numbers_gone}
        return len(plain) >= LEAST_DIGITS and plain in never


def plain_number(text: str) -> str:
    """The digits of a telephone number: +44 7700 900461, 0044 7700 900461 and 07700 900461 are one number."""
    digits = "".join(character for character in text if character.isdigit())
    for prefix in ("0044", "44"):
        if digits.startswith(prefix) and (text.strip().startswith("+") or prefix == "0044"):
            return "0" + digits.removeprefix(prefix).removeprefix("0")
    return digits


def spoken_days(days: list[str]) -> str:
    """Monday to Friday; Saturday and Sunday; Tuesday, Thursday. "" for none, which is any day."""
    chosen = [number for number, day in enumerate(Weekday.values) if day in days]
    labels = [_(str(Weekday(Weekday.values[number]).label)) for number in chosen]
    if len(chosen) == len(Weekday):
        return _("Any day")
    if len(chosen) > 2 and chosen[-1] - chosen[0] == len(chosen) - 1:
        return _("%(first)s to %(last)s") % {"first": labels[0], "last": labels[-1]}
    return _(" and ").join(labels) if len(labels) == 2 else ", ".join(labels)
