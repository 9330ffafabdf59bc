"""The risk of one person over time, on one line: what they were said to pose, and what they faced. S3-189."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as N_

from cases.models import Involvement
from cases.services.sight import seen
from people.services.reading import Reading
from people.services.speaking import spoken_of
from risk.models import RiskDecision

MOST = 40  # of the newest decisions that one line draws
POSED = {
    "F": N_("Risk she was said to pose"), "M": N_("Risk he was said to pose"), "": N_("Risk they were said to pose"),
}  # fmt: skip
FACED = {"F": N_("Risk she faced"), "M": N_("Risk he faced"), "": N_("Risk they faced")}
PARTS = ((Involvement.Part.SUSPECT, POSED), (Involvement.Part.VICTIM, FACED))


@dataclass(frozen=True, slots=True)
class OneLine:
    """The decisions about the incidents in which somebody had one part, newest first. `more`: older ones are left out."""

    part: str
    title: str
    decisions: list[RiskDecision]
    more: bool


def decisions_about(reading: Reading) -> list[Any]:
    """Each decision of a case that stands open, with `part`: what the person was in its incident. One query, newest first.

    Index: involvement_of_person, then risk_decision_of_case.
    """
    past = reading.past
    rows = RiskDecision.objects.as_at(past) if past else RiskDecision.objects.standing()
    parts = Involvement.objects.as_at(past) if past else Involvement.objects.standing()
    theirs = dict(
        parts.filter(person=reading.person, case__in=seen(reading).open, part__in=[part for part, _ in PARTS])
        .order_by()
        .values_list("incident_id", "part")
    )
    found = rows.filter(assessment__incident__in=list(theirs), assessment__struck_out_at__isnull=True)
    related = found.select_related("case", "decided_by", "assessment__instrument_version__instrument")
    told = list(related.order_by("-at", "-pk")[: MOST * 2 + 1])
    for row in told:
        row.part = theirs[row.assessment.incident_id]
    return told


def over_time(reading: Reading) -> list[OneLine]:
    """One line for each part that has any decision: two queries."""
    told = decisions_about(reading)
    lines = []
    for part, titles in PARTS:
        rows = [row for row in told if row.part == part]
        if rows:
            lines.append(OneLine(part, spoken_of(reading.gender, titles), rows[:MOST], len(rows) > MOST))
    return lines


def grades_given(incidents: Collection[int], at: datetime | None = None) -> dict[int, str]:
    """{incident: the newest grade decided about it, by the moment (UTC)}. One query. Visibility is the caller's."""
    rows = RiskDecision.objects.as_at(at) if at else RiskDecision.objects.standing()
    about = rows.filter(assessment__incident__in=list(incidents), assessment__struck_out_at__isnull=True)
    newest = about.order_by("assessment__incident_id", "-at", "-pk").distinct("assessment__incident_id")
    return dict(newest.values_list("assessment__incident_id", "to_grade"))
