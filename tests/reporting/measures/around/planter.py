"""Facts, how they are drawn, and the hand that writes them down."""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models import Case, Incident, Involvement
from marac.models import Forum
from people.models import Person
from reporting.models import SurveyQuestion
from risk.models import Assessment
from safeguarding.models import Agency
from tests.reporting.measures.generated import DAYS, NOW, dash

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MAYBE = st.one_of(st.none(), st.integers(-40, 40))
SELDOM = st.integers(0, 4).map(lambda n: n == 0)


@dataclass
class Fact:
    """One thing that happened: in which unit (0 to 2), when (UTC), and what was drawn of it."""

    unit: int
    said: dict[str, Any]
    at: datetime


def drawn(most: int = 6, **more: Any) -> Any:
    """Lists of facts: each in a unit, so many days ago, seldom in a restricted case, seldom struck out."""
    base = {"unit": st.integers(0, 2), "days": DAYS, "restricted": SELDOM, "struck": SELDOM}
    return st.lists(st.fixed_dictionaries(base | more), max_size=most)


class Planter:
    """Writes facts down, each in a case of its own, and tells them."""

    def __init__(self, units: list[Unit], by: User, other: User) -> None:
        self.units, self.by, self.other = units, by, other
        self.numbers = count()
        self.forum: list[Forum] = []
        self.edition: Any = None
        self.draw: Any = None
        self.agency: Any = None
        self.questions: dict[bool, SurveyQuestion] = {}
        self.people = [Person.objects.create() for _ in range(2)]

    def refuge(self) -> Agency:
        unit = Unit.objects.plant("A refuge", "REF", Unit.objects.root())
        made: Agency = Agency.objects.create(unit=unit, recorded_by=self.by, kind="idva")
        return made

    def each(self, rows: list[dict[str, Any]], write: Write, kind: str = "investigation") -> list[Fact]:
        """Write each down; `write` is given what every row of its case has in common."""
        told = []
        for row in rows:
            fact = Fact(row["unit"], row, NOW - timedelta(days=row["days"], seconds=next(self.numbers) + 1))
            case = self.case(fact, kind)
            struck = {"struck_out_at": NOW} if row["struck"] else {}
            write(self, fact, case, {"case": case, "recorded_by": self.by, **struck})
            told.append(fact)
        return told

    def case(self, fact: Fact, kind: str = "investigation", **said: Any) -> Case:
        said = {"unit": self.units[fact.unit], "restricted": fact.said["restricted"], "opened_at": fact.at, **said}
        made: Case = Case.objects.create(reference=f"DA-2026-A{next(self.numbers):05d}", kind=kind, **said)
        return made

    def incident(self, case: Case, at: datetime) -> Incident:
        said: dict[str, Any] = {
            "state": "checked",
            "reported_at": at,
            "recorded_at": at,
            "channel": "999",
            "da_confirmed": "yes",
        }
        made: Incident = Incident.objects.create(case=case, recorded_by=self.by, **said)
        return made

    def suspect(self, case: Case, at: datetime, person: Person | None = None) -> Involvement:
        made: Involvement = Involvement.objects.create(
            case=case,
            recorded_by=self.by,
            incident=self.incident(case, at),
            person=person or Person.objects.create(),
            part="suspect",
        )
        return made

    def assessment(self, case: Case, at: datetime, by: User, **more: Any) -> Assessment:
        made: Assessment = Assessment.objects.create(
            case=case, recorded_by=by, state="standing", incident=self.incident(case, at), instrument_version=dash(),
            asked_how="face_to_face", asked_at=at, **more,
        )  # fmt: skip
        return made


Write = Callable[[Planter, Fact, Case, dict[str, Any]], None]
