"""R-02: an assessment completed by somebody without current DASH training is flagged for whoever checks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import Course, Training, User
from risk.models import Assessment
from workflow.pages.decisions import Review, review


@dataclass(frozen=True, slots=True)
class Untrained:
    """One assessment, who completed it, and the day on which no training of theirs counted."""

    who: str
    on: date


def untrained(incident: Any, user: User, since: datetime | None) -> list[Untrained]:
    """The standing assessments of an incident by people without current training on the day they asked. Two queries."""
    rows = Assessment.objects.standing().filter(incident=incident).select_related("recorded_by", "reasons_by")
    found = []
    for row in rows.order_by("pk"):
        by, on = row.reasons_by or row.recorded_by, timezone.localdate(row.asked_at)
        if Training.objects.lacking(Course.DASH, [by.pk], on):
            found.append(Untrained(by.title(), on))
    return list(dict.fromkeys(found))  # a DASH and its further sets by one person on one day are said once


def declare() -> None:
    review(Review("incident", 5, "supervision/review_untrained.html", untrained))
