"""Courses in law, releases, clocks, case-loads."""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from accounts.models import User
from audit import services as audit
from audit.models import Operation
from cases.models import Case, Holding
from cases.models.arrest import ArrestDecision
from cases.models.course import CourseEvent
from tests.reporting.measures.around.planter import DAY, HOUR, SELDOM, Fact, Planter, drawn
from tests.reporting.measures.generated import GRADES, graded
from workflow.models import Deadline
from workflow.models.record import about

COURSES = drawn(
    kind=st.sampled_from(("charge", "no_action", "out_of_court", "verdict", "bail")),
    person=st.one_of(st.none(), st.integers(0, 1)),
)
RELEASES = drawn(
    release=st.sampled_from(("bail_conditions", "bail", "investigation", "remanded", "")), taken=st.booleans()
)
POLICIES = ("call-response", "review-grade", "record-sent")
CLOCKS = drawn(policy=st.sampled_from(POLICIES), hours=st.one_of(st.none(), st.integers(-30, 30)), dropped=SELDOM)
LOADS = drawn(
    officer=st.one_of(st.none(), st.integers(0, 2)),
    ended=SELDOM,
    open=st.booleans(),
    grade=st.sampled_from((None, *GRADES)),
    part=st.sampled_from(("investigation", "risk")),
)


def course(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    nth = fact.said["person"]
    suspect = None if nth is None else planter.suspect(case, fact.at, planter.people[nth])
    CourseEvent.objects.create(**mine, state="standing", kind=fact.said["kind"], at=fact.at, suspect=suspect)


def release(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    suspect = planter.suspect(case, fact.at)
    how = {"arrested": "yes", "arrested_at": fact.at} if fact.said["taken"] else {"arrested": "no", "codes": ["N4"]}
    ArrestDecision.objects.create(
        **mine, incident=suspect.incident, suspect=suspect, decided_at=fact.at, release=fact.said["release"], **how
    )


def clock(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    """One that fell due at the moment of the fact, and was stopped so many hours from it, or never."""
    said = fact.said
    event = audit.record(
        name="case.open",
        operation=Operation.COLLECTION,
        subject=case,
        folder=case,
        by=planter.by,
        at=fact.at,
        changes={},
    )
    label = case._meta.label_lower
    Deadline.objects.create(
        **about(case), case=case, unit=case.unit, policy=said["policy"], length="24h", source_type=label, source_id=case.pk,
        started_by_event=event, started_at=fact.at - DAY, due_at=fact.at,
        stopped_at=None if said["hours"] is None else fact.at + said["hours"] * HOUR, dropped_because="x" if said["dropped"] else "",
    )  # fmt: skip


def load(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    said = fact.said
    if not said["open"]:
        Case.objects.filter(pk=case.pk).update(state="closed")
    if said["grade"]:
        row = planter.assessment(case, fact.at, planter.by)
        graded(row, said["grade"], "initial", fact.at, "", planter.by, {"case": case, "recorded_by": planter.by})
    if said["officer"] is not None:
        person = (planter.by, planter.other, User.objects.system())[said["officer"]]
        to = fact.at + HOUR if said["ended"] else None
        Holding.objects.create(case=case, part=said["part"], person=person, from_at=fact.at, to_at=to)
