"""Clare's Law as a large unit meets it: five thousand open at every stage, and a year's worth that ended, for the pace.

Rows as the steps leave them. No rung of theirs is ahead, so that they move no sweep.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from audit import services as audit
from audit.models import Event, Operation
from benchmarks.cloning import FORENAMES, STEMS
from cases.models import Case, Holding, SafeContact
from dvds.models import Application, Delay, Party
from dvds.models.answers import Profile
from dvds.services import limits
from people.models import Person, PersonName
from workflow.models import Deadline
from workflow.policies import POLICIES

OPEN, ENDED = 5_000, 500
S = Application.State
STATES = (S.CHECKS, S.CHECKED, S.MEETING, S.MET, S.ASSESSED, S.REFERRED, S.TO_TELL, S.NOT_TO_TELL, S.CONCLUDING)
RUNS = {S.CHECKS: limits.CHECKS, S.CHECKED: limits.CHECKS, S.MEETING: limits.MEETING, S.MET: limits.REFERRED,
        S.ASSESSED: limits.REFERRED, S.REFERRED: limits.DECIDED, S.TO_TELL: limits.TOLD}  # fmt: skip
GRADES = ("high", "medium", "standard", "")
DAY = timedelta(days=1)


def tell_considerations(by: User, opened: int = OPEN, ended: int = ENDED) -> Application:
    """So many open, and so many that ended in the last sixty days; the one whose page is measured."""
    unit = by.postings.get().unit
    cases = Case.objects.bulk_create(
        Case(reference=f"DA-2026-X{n:06d}", kind=Case.Kind.DISCLOSURE, unit=unit) for n in range(opened + ended)
    )
    event = audit.record(
        name="consideration.open", operation=Operation.COLLECTION, subject=cases[0], folder=cases[0], by=by,
        at=timezone.now(), changes={},
    )  # fmt: skip
    made = Application.objects.bulk_create([one(case, n, opened, by) for n, case in enumerate(cases)])
    people(made, by)
    Holding.objects.bulk_create(
        Holding(case=row.case, part="investigation", person=by) for n, row in enumerate(made[:opened]) if n % 5
    )
    Deadline.objects.bulk_create([row for n, found in enumerate(made) for row in owed(found, n < opened, event)])
    Delay.objects.bulk_create(
        Delay(
            case=row.case, application=row, policy=limits.OVERALL, why="agency", words="Not answered.", recorded_by=by
        )
        for row in made[:opened:7]
    )
    return made[5]  # with the forum


def one(case: Case, n: int, opened: int, by: User) -> Application:
    """Its state and age by its number: every stage, some early, some late."""
    now = timezone.now()
    first = now - (n % 33) * DAY - timedelta(hours=2)
    state = STATES[n % len(STATES)] if n < opened else S.CLOSED
    over: dict[str, Any] = {} if n < opened else {"intelligence_ref": "B-1", "outcome": "disclosed", "told_at": now}
    return Application(
        case=case, route="ask", origin_route="ask", profile=Profile.STATUTORY, channel="phone", asks_as="self",
        first_contact_at=first, recorded_at=now, recorded_by=by, state=state, risk=GRADES[n % 4], **over,
        children_affected="yes" if n % 3 == 0 else "no",
    )  # fmt: skip


def people(made: list[Application], by: User) -> None:
    """Who asks about whom, with a plan of safe contact each."""
    found = Person.objects.bulk_create(Person() for _n in range(2 * len(made)))
    pairs = [(row, found[2 * n], found[2 * n + 1]) for n, row in enumerate(made)]
    Party.objects.bulk_create(
        Party(application=row, case=row.case, person=person, part=part, recorded_by=by)
        for row, hers, his in pairs
        for person, part in ((hers, "applicant"), (hers, "at_risk"), (his, "subject"))
    )
    PersonName.objects.bulk_create(
        PersonName(case=row.case, person=person, forename=FORENAMES[n % 24], surname=STEMS[n % 19], recorded_by=by)
        for n, (row, hers, his) in enumerate(pairs)
        for person in (hers, his)
    )
    SafeContact.objects.bulk_create(
        SafeContact(
            case=row.case, means=["call"], call="07700 900123", meet_at="Library", when="Any time", recorded_by=by
        )
        for row in made
    )


def owed(row: Application, is_open: bool, event: Event) -> list[Deadline]:
    """The overall limit and that of its stage; of what ended, every limit met."""
    names = [limits.OVERALL, *([RUNS[S(row.state)]] if S(row.state) in RUNS else [])]
    if not is_open:
        names = [limits.OVERALL, limits.CHECKS, limits.MEETING, limits.REFERRED, limits.DECIDED]
    return [deadline(row, name, event, place if not is_open else None) for place, name in enumerate(names)]


def deadline(row: Application, name: str, event: Event, met: int | None) -> Deadline:
    first = row.first_contact_at
    length = POLICIES[name].length_for(row, None)
    stopped = None if met is None else first + timedelta(days=1 + 5 * met)
    return Deadline(
        subject_type="dvds.application", subject_id=row.pk, case=row.case, unit=row.case.unit, policy=name, length=str(length),
        source_type="dvds.application", source_id=row.pk, started_by_event=event, started_at=first,
        due_at=first + timedelta(days=28 if name == limits.OVERALL else 10), stopped_at=stopped,
        stopped_by_event=event if stopped else None,
    )  # fmt: skip
