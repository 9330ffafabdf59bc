"""The past day on which a page is asked for: as it was known then, for a review or an inquest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from workflow.clock import LONDON
from workflow.forms import DayField, EvidenceForm
from workflow.numbers import id_in

MOMENT = timedelta(microseconds=1)


class KnownOn(EvidenceForm):
    """A day in London, today or before; what had been recorded by its end is shown."""

    on = DayField(
        label="As it was known on", called="The day", past=True, hint="For example 11 4 2024. Empty shows what is known now",
        required=False,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AsOf:
    """What a page shows: `at` is the moment (UTC), `past` the same where it is not now."""

    form: KnownOn
    at: datetime
    past: datetime | None = None

    @property
    def status(self) -> int:
        return 422 if self.form.is_bound and not self.form.is_valid() else 200

    @property
    def query(self) -> str:
        """The day as it stands in an address, for the next page of the same; a day tells nothing of anybody."""
        day = self.past.astimezone(LONDON) if self.past else None
        return f"on_day={day.day}&on_month={day.month}&on_year={day.year}" if day else ""


def as_of(said: Any, now: datetime | None = None) -> AsOf:
    """From the boxes of an address. A day that cannot be read leaves the page at now, with the sentence that mends it."""
    moment = now or timezone.now()
    if not any(said.get(f"on_{box}", "").strip() for box in ("day", "month", "year")):
        return AsOf(KnownOn(), moment)
    form = KnownOn(said, at=moment)
    day = form.cleaned_data["on"] if form.is_valid() else None
    if day is None:
        return AsOf(form, moment)
    ends = datetime.combine(day + timedelta(days=1), time.min, LONDON) - MOMENT
    return AsOf(form, ends, ends) if ends < moment else AsOf(form, moment)


def place_in(said: Any) -> int | None:
    """The row after which a page begins; whatever is no id begins at the newest."""
    return id_in(said.get("after"))
