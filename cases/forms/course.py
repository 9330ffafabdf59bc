"""What is said of an event in the course of a case: what, when, about whom, in which words."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import CourseEvent
from workflow.clock import LONDON
from workflow.forms import DayField, EvidenceForm, LongText, MomentField, Pick, Reason, ShortText
from workflow.forms.moment import clock_time

K = CourseEvent.Kind
#: An arrest is said once, in its own record; from there it comes here by itself.
SAID_HERE = [(kind.value, kind.label) for kind in K if kind is not K.ARREST]


def moment_of(day: date, clock: time | None) -> datetime:
    """The moment (UTC) of a London day and time; the day's first where no time is known."""
    return datetime.combine(day, clock or time.min, LONDON).astimezone(timezone.get_default_timezone())


class When(EvidenceForm):
    """A day, and a time where it is known."""

    on = DayField(label="On which day?", called="The day", hint="For example 14 12 2026. It may lie ahead.")
    clock = ShortText(
        label="At what time? (optional)", called="The time", required=False, max_length=5,
        hint="On the 24-hour clock, like 10:00. Leave it empty where no time is known.",
    )  # fmt: skip

    def clean_clock(self) -> time | None:
        said = self.cleaned_data["clock"]
        found = clock_time(said) if said else None
        if said and found is None:
            raise ValidationError(_("The time must be on the 24-hour clock, like 09:30 or 23:15"))
        return found

    def moment(self) -> datetime | None:
        day: date | None = self.cleaned_data.get("on")
        return moment_of(day, self.cleaned_data.get("clock")) if day and not self.errors else None

    def refuse_ahead(self, kind: str) -> None:
        """What was done lies in the past; only what is announced may lie ahead."""
        found = self.moment()
        if found and kind and kind not in CourseEvent.AHEAD and found > (self.at or timezone.now()):
            self.add_error("on", _("The day and time must be in the past: this is recorded when it has happened"))


class NewCourseEvent(When):
    kind = Pick(SAID_HERE, label="What is it?", called="What it is", needed="Choose what it is")
    words = LongText(
        label="Which court, which conditions, which order? (optional)", called="The words", required=False,
        max_length=2000, rows=3, hint="One or two sentences. An arrest is recorded with the incident and comes here by itself.",
    )  # fmt: skip
    field_order = ["kind", "on", "clock", "words"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self.refuse_ahead(said.get("kind", ""))
        return said


class Moved(When):
    """Another day or time: a hearing is adjourned, a release put off."""

    wants_subject = True
    reason = LongText(
        label="Why is it changed?", called="The reason", needed="Say why it is changed", min_length=10, max_length=2000, rows=2,
        hint="For example: adjourned, a witness is ill.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self.refuse_ahead(self.subject.kind if self.subject else "")
        return said


class Struck(Reason):
    reason = LongText(
        label="Why is it struck out?", called="The reason", needed="Say why it is struck out", min_length=10, max_length=2000,
        rows=2, hint="It stays readable, marked, and no longer counts.",
    )  # fmt: skip


class Followed(EvidenceForm):
    """What the program says when it takes an event over from the record of an arrest."""

    moment = MomentField(label="When?", called="The moment")
