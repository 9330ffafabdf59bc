"""Days and moments in London, in boxes that take what people type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, NoReturn, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.dates import MONTHS as MONTH_WORDS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from workflow.forms.field import Asked, dressed

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAY_BOXES = (("day", gettext_noop("Day"), 2), ("month", gettext_noop("Month"), 2), ("year", gettext_noop("Year"), 4))
TIME_BOX = ("time", gettext_noop("Time"), 5)
MISSING = {
    "day": gettext_noop("a day"), "month": gettext_noop("a month"),
    "year": gettext_noop("a year"), "time": gettext_noop("a time"),
}  # fmt: skip
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
Typed = dict[str, str]


class DateBoxes(forms.Widget):
    """Day, month and year; what was typed comes back as typed. The API sends one ISO text under the field's name."""

    template_name = "forms/widgets/date.html"
    use_fieldset = True
    boxes: tuple[tuple[str, str, int], ...] = DAY_BOXES

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.wrong: set[str] = set()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        if name in data:
            return data[name]
        return {box: str(data.get(f"{name}_{box}") or "").strip() for box, _, _ in self.boxes}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{box}" in data for box, _, _ in self.boxes)

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        return f"{id_}_{self.boxes[0][0]}" if id_ else id_

    def first_wrong_id(self, id_: str) -> str:
        """Where the error summary jumps to."""
        return next((f"{id_}_{box}" for box, _, _ in self.boxes if box in self.wrong), self.id_for_label(id_))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed, whole = self.as_typed(value), context["widget"]["attrs"]
        invalid = bool(whole.get("aria-invalid"))
        context["widget"]["boxes"] = [
            {
                "name": f"{name}_{box}",
                "id": f"{whole.get('id', name)}_{box}",
                "label": _(label),
                "width": width,
                "value": typed.get(box, ""),
                "wrong": invalid and (box in self.wrong or not self.wrong),
            }
            for box, label, width in self.boxes
        ]
        return dressed(context, "govuk-date-input")

    def as_typed(self, value: Any) -> Typed:
        """The text of each box: what was typed, or a stored day or moment in London's time."""
        if isinstance(value, datetime):
            value = value.astimezone(LONDON)
            return {**as_boxes(value), "time": f"{value:%H:%M}"}
        if isinstance(value, date):
            return as_boxes(value)
        return value if isinstance(value, dict) else {}


class MomentBoxes(DateBoxes):
    boxes = (*DAY_BOXES, TIME_BOX)


class DayField(Asked):
    """A whole day. `past=True` refuses the future, `future=True` the past; today is in both."""

    widget = DateBoxes

    def __init__(self, *, past: bool = False, future: bool = False, **rest: Any) -> None:
        super().__init__(**rest)
        self.past, self.future = past, future

    @property
    def drawn(self) -> DateBoxes:
        """The boxes of this field in this form."""
        return cast(DateBoxes, self.widget)

    def clean(self, value: Any) -> Any:
        """The day. Raises ValidationError naming the boxes to mend."""
        self.drawn.wrong = set()
        typed = self.from_api(value) if isinstance(value, str) else value
        if not typed or (isinstance(typed, dict) and not any(typed.values())):
            self.validate(None)
            return None
        found = typed if isinstance(typed, date) else self.read(self._boxes(typed))
        self.check(found)
        self.run_validators(found)
        return found

    def _boxes(self, typed: Any) -> Typed:
        if not isinstance(typed, dict) or not all(isinstance(part, str) for part in typed.values()):
            self.refuse(_("%(name)s must be a real date"))
        return dict(typed)

    def from_api(self, value: str) -> Any:
        """One ISO text, as the API sends it."""
        try:
            found = parse_date(value)
        except ValueError:
            found = None
        if value.strip() and (found is None or not EARLIEST_YEAR <= found.year <= LATEST_YEAR):
            self.refuse(_("%(name)s must be a real date, like 2026-08-29"))
        return found

    def read(self, typed: Typed) -> Any:
        return self.read_day(typed)

    def read_day(self, typed: Typed) -> date:
        """The day that the three boxes say, or the sentence for the boxes that are wrong."""
        missing = [box for box, _, _ in self.drawn.boxes if not typed.get(box)]
        if missing:
            self.refuse(_("%(name)s must include %(boxes)s"), *missing, boxes=said_together(missing))
        month = month_number(typed["month"])
        if re.fullmatch(r"\d{1,3}", typed["year"]):
            self.refuse(_("%(name)s must have a year of 4 numbers"), "year")
        try:
            found = date(int(typed["year"]), month, int(typed["day"]))
        except (ValueError, OverflowError):
            self.refuse(_("%(name)s must be a real date"), "day", "month", "year")
        if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
            self.refuse(_("%(name)s must be a real date"), "year")
        return found

    def check(self, found: Any) -> None:
        """Whether the day may lie where it lies. Days are London's."""
        today = self.now().astimezone(LONDON).date()
        if self.past and found > today:
            self.refuse(_("%(name)s must be today or in the past"), "day", "month", "year")
        if self.future and found < today:
            self.refuse(_("%(name)s must be today or in the future"), "day", "month", "year")

    def refuse(self, words: str, *wrong: str, **said: str) -> NoReturn:
        """Say what to do, and remember which boxes it is about."""
        self.drawn.wrong = set(wrong)
        raise ValidationError(words % {"name": self.called, **said}, code="invalid")

    def has_changed(self, initial: Any, data: Any) -> bool:
        typed = data if isinstance(data, dict) else {}
        return self.drawn.as_typed(initial) != typed if typed or initial else bool(data)

    def ask(self, label: str) -> str:
        return super().ask(self.called.rstrip("?"))


class MomentField(DayField):
    """A moment: typed as London's day and 24-hour time, cleaned to an aware moment in UTC.

    An hour that the spring change skipped is refused; in the autumn hour that happens twice the first is meant.
    `not_before` is a moment, or a function giving one, with `not_before_is` naming it in the refusal.
    """

    widget = MomentBoxes

    def __init__(
        self,
        *,
        not_before: datetime | Callable[[], datetime | None] | None = None,
        not_before_is: str = "",
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.not_before, self.not_before_is = not_before, not_before_is

    def from_api(self, value: str) -> Any:
        """ISO text with its offset: a moment without one could be an hour wrong."""
        try:
            found = parse_datetime(value)
        except ValueError:
            found = None
        known = found is not None and EARLIEST_YEAR <= found.year <= LATEST_YEAR
        if value.strip() and (found is None or found.tzinfo is None or not known):
            self.refuse(_("%(name)s must be a real moment with its offset, like 2026-08-29T02:10:00+01:00"))
        return found and found.astimezone(UTC)

    def read(self, typed: Typed) -> datetime:
        day = self.read_day(typed)
        clock = clock_time(typed["time"])
        if clock is None:
            self.refuse(_("%(name)s must have a time on the 24-hour clock, like 09:30 or 23:15"), "time")
        local = datetime.combine(day, clock, tzinfo=LONDON)
        moment = local.astimezone(UTC)
        if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.refuse(_("%(name)s is in the hour that the clocks skipped that night. Use 02:00 or later"), "time")
        return moment

    def check(self, found: datetime) -> None:
        """Whether the moment may lie where it lies."""
        if self.past and found > self.now():
            self.refuse(_("%(name)s must be in the past"), *self.boxes_at_fault(found))
        if self.future and found < self.now():
            self.refuse(_("%(name)s must be in the future"), *self.boxes_at_fault(found))
        least = self.not_before() if callable(self.not_before) else self.not_before
        if least and found < least:
            on = {"time": f"{least.astimezone(LONDON):%H:%M}", "day": spoken_day(least)}
            named = _(self.not_before_is) if self.not_before_is else _("%(time)s on %(day)s") % on
            self.refuse(_("%(name)s must be at or after %(moment)s"), "time", moment=named)

    def boxes_at_fault(self, found: datetime) -> tuple[str, ...]:
        """Only the time when the day is today; the whole otherwise."""
        today = self.now().astimezone(LONDON).date()
        return ("time",) if found.astimezone(LONDON).date() == today else ("day", "month", "year")


def as_boxes(day: date) -> Typed:
    """A stored day as the three boxes show it."""
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def month_number(typed: str) -> int:
    """8, 08, aug, August. Anything else gives 0, which no date accepts."""
    if typed.isdecimal():
        return int(typed)
    word = typed.lower().rstrip(".")
    return next((number for number, month in enumerate(MONTHS, 1) if len(word) > 2 and month.startswith(word)), 0)


def clock_time(typed: str) -> time | None:
    """23:15, 2315, 23.15 or 9:05; None for anything else."""
    found = re.fullmatch(r"(\d{1,2})[:.]?([0-5]\d)", typed.strip())
    if not found or int(found[1]) > 23:
        return None
    return time(int(found[1]), int(found[2]))


def said_together(boxes: list[str]) -> str:
    """`a month`, `a day and a month`, `a day, a month and a year`."""
    *first, last = [_(MISSING[box]) for box in boxes]
    return _("%(most)s and %(last)s") % {"most": ", ".join(first), "last": last} if first else last


def spoken_day(moment: datetime) -> str:
    """29 August 2026, in London."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {MONTH_WORDS[local.month]} {local.year}"
