"""Lives with a history: incidents of past years between named people, as an import leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import ActionTaken, Case, Crime, Incident, Involvement, Offence
from people.models import Person, PersonName
from risk.models import Assessment, RiskDecision
from risk.models.instrument import InstrumentVersion
from tests.people.population import known, learned


def a_case(unit: Unit, days_ago: int = 400) -> Case:
    return Case.begin(Case.Kind.INVESTIGATION, unit, timezone.now() - timedelta(days=days_ago))


def it_happened(
    case: Case, by: User, harmed: Person, suspect: Person, days_ago: int, account: str = "He shouted through the door.",
    *, tie: str = "XBG", child: Person | None = None, offence: str = "", grade: str = "", recorded_at: datetime | None = None,
) -> Incident:  # fmt: skip
    """One report, so many days ago, in which one is said to have harmed the other."""
    at = timezone.now() - timedelta(days=days_ago)
    kept: dict[str, Any] = {"case": case, "recorded_by": by, "recorded_at": recorded_at or at}
    incident = Incident.objects.create(
        **kept, state="checked", reported_at=at, occurred_from=at, channel="999", account=account, place="14 Tannery Row",
        postcode="NG5 2AB", abuse_types=["violent"],
    )  # fmt: skip
    Involvement.objects.create(**kept, incident=incident, person=harmed, part="victim")
    blamed = Involvement.objects.create(**kept, incident=incident, person=suspect, part="suspect", relationship=tie)
    if child:
        Involvement.objects.create(**kept, incident=incident, person=child, part="child")
    if offence:
        said = Offence.objects.get(code=offence)
        Crime.objects.create(**kept, state="recorded", incident=incident, offence=said, suspect=blamed)
    if grade:
        graded(incident, by, grade, at)
    return incident


def graded(incident: Incident, by: User, grade: str, at: datetime) -> RiskDecision:
    kept: dict[str, Any] = {"case": incident.case, "recorded_by": by, "recorded_at": at}
    version = InstrumentVersion.objects.order_by("pk").first()
    dash = Assessment.objects.create(
        **kept, state="standing", incident=incident, instrument_version=version, asked_how="face_to_face", asked_at=at
    )
    return RiskDecision.objects.create(
        **kept, assessment=dash, to_grade=grade, kind="initial", decided_by=by, role="officer", at=at, floor="standard",
        rationale="What he did and what is known of him.", policy_version="1",
    )  # fmt: skip


def acted(incident: Incident, by: User, kind: str = "idva", **said: Any) -> ActionTaken:
    kept = {"case": incident.case, "recorded_by": by, "recorded_at": incident.recorded_at}
    return ActionTaken.objects.create(**kept, incident=incident, kind=kind, done_at=incident.reported_at, **said)


@contextmanager
def nothing_append_only() -> Iterator[None]:
    """History is written by the database itself: only a test makes some that is older than the test."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def many(case: Case, by: User, harmed: Person, suspect: Person, count: int, since: int = 30) -> None:
    """So many more, each with everything that is told of one: a crime, a grade, something done."""
    for number in range(count):
        incident = it_happened(
            case, by, harmed, suspect, since + number * 3, offence="actual-bodily-harm", grade="medium"
        )
        acted(incident, by)


@pytest.fixture
def with_kerry(nr3: Unit) -> Case:
    return a_case(nr3, 1300)


@pytest.fixture
def gareth(with_kerry: Case, ellen: User) -> Person:
    return known(with_kerry, ellen, "Gareth", "Pollitt", date(1988, 4, 11))


@pytest.fixture
def kerry(with_kerry: Case, ellen: User) -> Person:
    return known(with_kerry, ellen, "Kerry", "Dunmore", date(1990, 6, 2))


@pytest.fixture
def with_leanne(nr3: Unit) -> Case:
    return a_case(nr3, 60)


@pytest.fixture
def leanne(with_leanne: Case, ellen: User) -> Person:
    return known(with_leanne, ellen, "Leanne", "Ashdown", date(1995, 1, 9))


@pytest.fixture
def life(
    gareth: Person, kerry: Person, leanne: Person, with_kerry: Case, with_leanne: Case, nr3: Unit, ellen: User
) -> Person:
    """Gareth: twice said to have harmed Kerry, once harmed by her; lately Leanne, with her child there."""
    theirs = known(with_leanne, ellen, "Mia", "Ashdown", date(2019, 3, 1))
    it_happened(
        with_kerry, ellen, kerry, gareth, 1200, "Kitchen knife shown.", offence="actual-bodily-harm", grade="high"
    )
    it_happened(with_kerry, ellen, kerry, gareth, 900, "Rang her eleven times.", grade="medium")
    counter = a_case(nr3, 1000)
    learned(PersonName, counter, gareth, ellen, forename="Gareth", surname="Pollitt")
    it_happened(counter, ellen, gareth, kerry, 1000, "His face was scratched.", grade="standard")
    it_happened(with_leanne, ellen, leanne, gareth, 40, "Hands to the neck.", child=theirs, tie="BG", grade="high")
    return gareth
