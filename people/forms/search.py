"""What somebody may say when they look for something: as much of a name, a birth date, a place or a number as they know."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from people.kinds import Asked
from people.models.birth import PartialDay
from people.models.search import real_day
from workflow.forms import DayField, EvidenceForm, Pick, ShortText
from workflow.forms.choice import fit, split
from workflow.forms.field import dressed
from workflow.forms.moment import EARLIEST_YEAR, LONDON, DateBoxes, Typed, month_number, said_together
from workflow.models import ReferenceEntry

REFERENCE = re.compile(r"DA[\s/-]*(\d{4})[\s/-]*(\d{1,6})", re.IGNORECASE)
NOTHING = "Enter a name, a birth date or a case reference"


AGE = re.compile(r"\d{1,3}")
OLDEST = 125
TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})")


class BirthBox(DateBoxes):
    """A birth date or an age in one box. What three boxes said, on an older page or a program, is taken as well."""

    template_name = forms.TextInput.template_name
    input_type = "text"
    use_fieldset = False

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        return id_

    def first_wrong_id(self, id_: str) -> str:
        return id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        said = value if isinstance(value, str) else " ".join(filter(None, self.as_typed(value).values()))
        context = forms.Widget.get_context(self, name, said, attrs)
        context["widget"] |= {"type": self.input_type, "value": said or None}
        return dressed(context, "govuk-input")


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


class BirthOrAge(PartialDayField):
    """The same in one box, as people say it: 11 4 1988, 11/04/1988, 11 April 1988, April 1988, 1988, or an age: 38."""

    widget = BirthBox

    def from_api(self, value: str) -> Any:
        said = value.strip()
        if re.fullmatch(r"\d{4}(-\d{1,2}){0,2}", said):
            return super().from_api(said)
        if AGE.fullmatch(said) and int(said) <= OLDEST:
            return {"year": str(self.now().astimezone(LONDON).year - int(said)), "month": "", "day": ""}
        together = TOGETHER.fullmatch(said)
        parts = (
            list(together.groups()) if together else re.split(r"[\s/.,-]+", re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", said))
        )
        if len(parts) > 3:
            self.refuse(_("%(name)s must be a real date"))
        year, month, day = [*reversed(parts), "", ""][:3]
        return {"year": year, "month": month, "day": day}


class Search(EvidenceForm):
    """What somebody is looking for. Valid, it holds `asked`, or `reference` for a case."""

    q = ShortText(
        label="Name, address, phone or reference", called="The name or reference", required=False, max_length=200,
        hint="As you heard it. Part of a number or of an address will do",
    )  # fmt: skip
    born = BirthOrAge(
        label="Birth date or age, if known", called="The birth date", required=False,
        hint="For example 11 4 1988, 1988 or 38",
    )  # fmt: skip
    where = ShortText(
        label="Where, if known", called="Where", required=False, max_length=200, hint="For example corn st easterby"
    )
    because = Pick(label="Why you are looking", called="Why you are looking", required=False)
    more = ShortText(
        label="Anything to add", called="What you add", required=False, max_length=200,
        hint="For example log 0412 of today. Do not write names",
    )  # fmt: skip

    reference = ""
    asked = Asked()

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        pairs, hints = split([("", _("Not said"), ""), *reasons_today()])
        because: Any = self.fields["because"]
        because.choices = pairs
        fit(because.widget, hints, {}, inline=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        asked = REFERENCE.fullmatch(said["q"].strip())
        if asked:
            self.reference = f"DA-{asked[1]}-{int(asked[2]):06d}"
            return said
        self.asked = Asked(said["q"], said["born"], said["where"])
        if not enough(self.asked):
            self.add_error("q", self._not_enough(said))
        return said

    def _not_enough(self, said: dict[str, Any]) -> str:
        if said["q"]:
            return "The name must have two letters or more"
        return "Enter a name too, or the whole birth date" if said["born"] else NOTHING


def enough(asked: Asked) -> bool:
    """Whether there is enough to look for: two letters or numbers, a whole birth date, or a place of three."""
    return asked.sought.answerable or len(re.findall(r"\w", asked.where)) > 2


def reasons_today() -> list[tuple[str, str, str]]:
    """The force's own answers of today to why somebody looks, in their order."""
    rows = ReferenceEntry.objects.offered(ReferenceEntry.List.OPENING, timezone.localdate())
    return [(row.code, row.label, row.hint) for row in rows]
