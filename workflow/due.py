"""The page "When would it be due?": a question about no case, so its address may be kept, sent and printed."""

from datetime import time
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflow.clock import (
    BadLength,
    BadStart,
    Calendar,
    Length,
    LocalStart,
    MissingHour,
    Rule,
    UnknownYear,
    Working,
    parse_local,
    working,
)
from workflow.forms import Choice, DayField, EvidenceForm, Number, ShortText
from workflow.forms.moment import clock_time
from workflow.models import Holiday

# fmt: off
WAYS = (
    (Rule.EM, "Minutes",                             "Every minute counts, day and night"),
    (Rule.EH, "Hours",                               "Every hour counts, day and night"),
    (Rule.SH, "Statutory hours",                     "Not Sundays, Christmas Day, Good Friday or bank holidays"),
    (Rule.WD, "Working days",                        "Monday to Friday, not bank holidays; the event is on day 0"),
    (Rule.CD, "Days",                                "Every day; the event is on day 0"),
    (Rule.BD, "Days beginning with the first day",   "Every day; the first day is day 1"),
    (Rule.BM, "Months beginning with the first day", "To the day before the day of the same number"),
)
# fmt: on

CLOCK_WANTED = "The time it starts must be on the 24-hour clock, like 09:30 or 23:15"


class DueQuestion(EvidenceForm):
    """A rule, a number and a start in London, as somebody asks them. Valid, it holds `length` and `start`."""

    rule = Choice(choices=WAYS, label="How is the time counted?", called="How the time is counted", coerce=Rule)
    n = Number(label="How many?", called="How many", hint="For example 48", min_value=1, width=5)
    on = DayField(label="Which day does it start?", called="The day it starts", hint="For example 29 8 2026")
    at_time = ShortText(
        label="What time does it start?",
        called="The time it starts",
        hint="London time on the 24-hour clock, like 08:00. Only needed when hours are counted.",
        required=False,
        max_length=8,
        width=5,
    )

    length: Length
    start: LocalStart

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "rule" in said:
            self._read_length(said)
            self._read_start(said)
        return said

    def answer(self, calendar: Calendar) -> Working:
        """The due moment with its working. Raises UnknownYear."""
        return working(self.start.at, self.length, calendar)

    def _read_length(self, said: dict[str, Any]) -> None:
        if "n" not in said:
            return
        try:
            self.length = Length(said["rule"], said["n"])
        except BadLength as refused:
            self.add_error("n", str(refused))

    def _read_start(self, said: dict[str, Any]) -> None:
        by_day = not said["rule"].counts_hours
        clock = None if by_day or "at_time" not in said else self._time(said["at_time"])
        if "on" not in said or "at_time" in self.errors:
            return
        text = said["on"].isoformat() + (f"T{clock:%H:%M}" if clock else "")
        try:
            self.start = parse_local(text, date_alone=by_day)
        except BadStart as refused:
            self.add_error("at_time" if isinstance(refused, MissingHour) else "on", str(refused))

    def _time(self, typed: str) -> time | None:
        clock = clock_time(typed)
        if clock is None:
            self.add_error("at_time", CLOCK_WANTED if typed else "Enter the time it starts, like 08:00")
        return clock


@login_required
@require_safe
def due_question(request: HttpRequest) -> HttpResponse:
    """Ask, or answer what the address asks: 200 with the working, 422 with what to mend."""
    form = DueQuestion(request.GET or None)
    answer = None
    if form.is_valid():
        try:
            answer = form.answer(Holiday.objects.calendar())
        except UnknownYear as refused:
            form.add_error("on", str(refused))
    return render(request, "workflow/due.html", {"form": form, "working": answer}, status=422 if form.errors else 200)
