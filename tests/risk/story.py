"""Hannah's incidents and their DASH, made by the ordinary verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, Involvement
from people.models import Person
from people.services import create
from risk.models import Assessment
from risk.services.page import keep_answers
from tests.cast import HER_VIEW
from workflow import engine

REASONS = "Hands to the neck tonight; she has left and he knows the flat. What he does when he hears is not known."
PART = Involvement.Part


def incident_of(case: Case, by: User, happened: datetime | None = None) -> Incident:
    """An incident being recorded; by default it happened an hour ago."""
    moment = happened or timezone.now() - timedelta(hours=1)
    return Incident.objects.create(
        case=case, recorded_by=by, recorded_at=moment, state=Incident.State.RECORDING, reported_at=moment,
        occurred_from=moment, channel="999", everyone_safe="yes",
    )  # fmt: skip


def somebody(incident: Incident, by: User, forename: str, surname: str) -> Person:
    return create(beneath=incident, by=by, forename=forename, surname=surname)


def involve(incident: Incident, by: User, person: Person, part: str) -> None:
    view = HER_VIEW if part == Involvement.Part.VICTIM else {}
    engine.add(Involvement(incident=incident, person=person, part=part, **view), beneath=incident, by=by)


def earlier(incident: Incident, by: User, *days_before: int) -> list[Incident]:
    """Earlier incidents of the same person harmed and suspect, so many days before this one."""
    parts = list(incident.involvements.values_list("person_id", "part"))
    made = []
    for days in days_before:
        row = incident_of(incident.case, by, incident.reported_at - timedelta(days=days))
        for person, part in parts:
            involve(row, by, Person.objects.get(pk=person), part)
        made.append(row)
    return made


def begun(incident: Incident, by: User, at: datetime | None = None, how: str = "face_to_face") -> Assessment:
    record = Assessment(incident=incident, case=incident.case)
    assessment: Assessment = engine.perform(record, "begin", by=by, evidence={"asked_how": how}, at=at)
    return assessment


def fresh(assessment: Assessment) -> Assessment:
    return Assessment.objects.get(pk=assessment.pk)


def answer(assessment: Assessment, by: User, said: dict[int, Any]) -> Assessment:
    """Save answers: a value, or a value and its words; Yes and Not asked get words where none are given."""
    rows = {number: told if isinstance(told, tuple) else (told, wordy(told)) for number, told in said.items()}
    now = fresh(assessment)
    return keep_answers(now, rows, by=by, seen=now.version)


def wordy(value: str) -> str:
    return "As she told it." if value in ("yes", "not_asked") else ""


def answer_all(assessment: Assessment, by: User, *, yes: tuple[int, ...] = (), **others: str) -> Assessment:
    """All 27: these Yes, those given by number (q5="declined"), the rest No."""
    said = {number: "yes" if number in yes else others.get(f"q{number}", "no") for number in range(1, 28)}
    return answer(assessment, by, said)


def give_reasons(assessment: Assessment, by: User, reasons: str = REASONS) -> Assessment:
    now = fresh(assessment)
    saved: Assessment = engine.perform(now, "reasons", by=by, evidence={"reasons": reasons}, seen=now.version)
    return saved


def grade(assessment: Assessment, by: User, chosen: str, why_below: str = "") -> Assessment:
    now = fresh(assessment)
    evidence = {"grade": chosen, "why_below": why_below}
    graded: Assessment = engine.perform(now, "grade", by=by, evidence=evidence, seen=now.version)
    return graded
