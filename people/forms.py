"""What somebody may say when they look for a person: as much of a name and of a birth date as they know."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from people.models.birth import PartialDay
from people.models.search import Sought, in_one_box, real_day
from workflow.forms import DayField, EvidenceForm, ShortText
from workflow.forms.moment import EARLIEST_YEAR, LONDON, Typed, month_number, said_together

REFERENCE = re.compile(r"DA[\s/-]*(\d{4})[\s/-]*(\d{1,6})", re.IGNORECASE)
NOTHING = "Enter a name, a birth date or a case reference"


class PartialDayField(DayField):
    """A birth date as far as it is known: year, month and year, or the whole. Cleans to a PartialDay, never ahead."""

    def from_api(self, value: str) -> Any:
        """ISO text as far as it goes: 1988, 1988-04, 1988-04-11."""
        year, month, day, *_ = [*value.strip().split("-"), "", "", ""]
        return {"year": year, "month": month, "day": day}

    def read_day(self, typed: Typed) -> Any:
        year, month, day = typed.get("year", ""), typed.get("month", ""), typed.get("day", "")
        missing = ["month"] if day and not month else []
        missing += ["year"] if not year else []
        if missing:
            self.refuse(_("%(name)s must include %(boxes)s"), *missing, boxes=said_together(missing))
        if not re.fullmatch(r"[0-9]{4}", year):
            self.refuse(_("%(name)s must have a year of 4 numbers"), "year")
        number = month_number(month) if month else None
        if (month and number not in range(1, 13)) or (day and not self._is_day(int(year), number or 0, day)):
            self.refuse(_("%(name)s must be a real date"), "day", "month", "year")
        return PartialDay(int(year), number, int(day) if day else None)

    def _is_day(self, year: int, month: int, day: str) -> bool:
        return bool(re.fullmatch(r"[0-9]{1,2}", day) and real_day(year, month, int(day)))

    def check(self, found: PartialDay) -> None:
        """No birth before 1900 or ahead of today in London."""
        if found.year < EARLIEST_YEAR:
            self.refuse(_("%(name)s must be in %(year)s or later"), "year", year=str(EARLIEST_YEAR))
        today = self.now().astimezone(LONDON).date()
        if date(found.year, found.month or 1, found.day or 1) > today:
            self.refuse(_("%(name)s must be today or in the past"), "day", "month", "year")


class Search(EvidenceForm):
    """Who, or which case, somebody is looking for. Valid, it holds `sought`, or `reference` for a case."""

    q = ShortText(
        label="Name or case reference", called="The name or reference", required=False, max_length=200,
        hint="As you heard it, or a reference like DA-2026-000123",
    )  # fmt: skip
    born = PartialDayField(
        label="Birth date, if known", called="The birth date", required=False,
        hint="For example 11 4 1988. The year alone will do",
    )  # fmt: skip

    reference = ""
    sought = Sought()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        asked = REFERENCE.fullmatch(said["q"].strip())
        if asked:
            self.reference = f"DA-{asked[1]}-{int(asked[2]):06d}"
            return said
        self.sought = in_one_box(said["q"], said["born"])
        if not self.sought.answerable:
            self.add_error("q", self._not_enough(said))
        return said

    def _not_enough(self, said: dict[str, Any]) -> str:
        if said["q"]:
            return "The name must have two letters or more"
        return "Enter a name too, or the whole birth date" if said["born"] else NOTHING
