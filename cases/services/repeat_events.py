"""The events that flags are made of: incidents of people, as they stand now, or as they stood when one was recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.db.models import Q

from accounts.models import User
from cases.models import Incident, Involvement
from workflow.clock import LONDON

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT
BOTH = (VICTIM, SUSPECT)
Said = TypeVar("Said")
COLUMNS = (
    "pk", "person_id", "part", "recorded_at", "struck_out_at", "incident_id", "incident__occurred_from",
    "incident__reported_at", "incident__recorded_at", "incident__struck_out_at", "incident__da_confirmed", "case_id",
    "case__reference",
)  # fmt: skip


class Row(NamedTuple):
    """A part that somebody took, with what its incident says: `COLUMNS`. Moments are UTC."""

    pk: int
    person: int
    part: str
    recorded_at: datetime
    struck_out_at: datetime | None
    incident: int
    occurred_from: datetime | None
    reported_at: datetime
    begun_at: datetime
    gone_at: datetime | None
    is_abuse: str
    case: int
    reference: str

    @property
    def happened_at(self) -> datetime:
        return self.occurred_from or self.reported_at


@dataclass(frozen=True, slots=True)
class Event:
    """One incident as it is counted: when it happened (UTC; when it was reported, where nobody knows that), and to whom."""

    incident: int
    case: int
    reference: str
    at: datetime
    reported_at: datetime
    harmed: int | None
    suspects: frozenset[int]

    @property
    def on(self) -> date:
        return self.at.astimezone(LONDON).date()

    @property
    def reported_on(self) -> date:
        return self.reported_at.astimezone(LONDON).date()


def rows_of(user: User) -> Any:
    """Who was harmed and suspected, in what this person may see: whatever became of the record."""
    return Involvement.objects.visible_to(user).filter(part__in=BOTH).order_by()


def events_of(people: Collection[int], user: User) -> dict[int, list[Event]]:
    """{person: the incidents in which they were harmed or suspected}, as it stands now. One query.

    Without what was found to be no domestic abuse. Index: involvement_of_person; then involvement's own on the incident.
    """
    theirs = Involvement.objects.standing().filter(person__in=people, part__in=BOTH).order_by()
    rows = rows_of(user).filter(struck_out_at__isnull=True, incident__in=theirs.values("incident_id"))
    rows = rows.filter(incident__struck_out_at__isnull=True).exclude(incident__da_confirmed="no")
    return by_person(told(rows))


def told(rows: Any) -> list[Row]:
    return [Row(*row) for row in rows.values_list(*COLUMNS)]


def by_person(rows: Iterable[Row]) -> dict[int, list[Event]]:
    """The rows of incidents, put together as events, under each person who has a part in one."""
    parts: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        parts[row.incident].append(row)
    found: dict[int, list[Event]] = defaultdict(list)
    for incident, of_it in parts.items():
        one = of_it[0]
        harmed = next((row.person for row in of_it if row.part == VICTIM), None)
        suspects = frozenset(row.person for row in of_it if row.part == SUSPECT)
        event = Event(incident, one.case, one.reference, one.happened_at, one.reported_at, harmed, suspects)
        for person in {row.person for row in of_it}:
            found[person].append(event)
    return found


# --- as it stood ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Took:
    """Somebody who took part: who they are now, and who they were taken to be then (another hub, where merged since)."""

    now: int
    person: int


@dataclass(slots=True)
class History:
    """One incident: when it happened, when its record was begun, who took part, and what was known of them then."""

    incident: int
    at: datetime
    known_at: datetime
    rows: list[Took] = field(default_factory=list)
    events: dict[int, list[Event]] = field(default_factory=dict)


class Hubs:
    """Which person each involvement named at a moment: read from its history, kept by the database since it was recorded."""

    def __init__(self, involvements: Collection[int]) -> None:
        self.said: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
        kept = apps.get_model("cases", "InvolvementEvent").objects.filter(pgh_obj__in=involvements)
        for row, at, person in kept.order_by("pgh_id").values_list("pgh_obj_id", "pgh_created_at", "person_id"):
            self.said[row].append((at, person))

    def at(self, row: int, moment: datetime, otherwise: int) -> int:
        """The person then; the first it ever named, where it was brought in later with an earlier date."""
        return newest_by(moment, self.said.get(row)) or otherwise

    def ever(self) -> set[int]:
        return {person for said in self.said.values() for _at, person in said}


def newest_by(moment: datetime, said: list[tuple[datetime, Said]] | None) -> Said | None:
    """Of what was said, oldest first, what held at the moment; the first of it, where all of it came later."""
    if not said:
        return None
    return next((what for at, what in reversed(said) if at <= moment), said[0][1])


class Telling(NamedTuple):
    """What an incident said of when it happened and of what it is, at a moment."""

    state: str
    occurred_from: datetime | None
    reported_at: datetime
    is_abuse: str


class Tellings:
    """What each incident has said, from its history: before it was put right, and as it was when it was first sent."""

    def __init__(self, incidents: Collection[int]) -> None:
        self.said: dict[int, list[tuple[datetime, Telling]]] = defaultdict(list)
        kept = apps.get_model("cases", "IncidentEvent").objects.filter(pgh_obj__in=incidents).order_by("pgh_id")
        columns = ("pgh_obj_id", "pgh_created_at", "state", "occurred_from", "reported_at", "da_confirmed")
        for incident, at, *said in kept.values_list(*columns):
            self.said[incident].append((at, Telling(*said)))

    def sent(self, incident: int) -> tuple[datetime, Telling] | None:
        """When its record was first sent, and what it said; None while it is being written: it says what it says now."""
        return next((one for one in self.said.get(incident, ()) if one[1].state != Incident.State.RECORDING), None)

    def at(self, row: Row, moment: datetime) -> Row:
        return as_told(row, newest_by(moment, self.said.get(row.incident)))

    def as_sent(self, row: Row) -> Row:
        """The part as its own incident has it: what was struck out before it was sent, or never sent, is not in it."""
        sent = self.sent(row.incident)
        if sent is None:
            return row
        since = row._replace(struck_out_at=later(row.struck_out_at, sent[0]), gone_at=later(row.gone_at, sent[0]))
        return as_told(since, sent[1])


def later(struck: datetime | None, than: datetime) -> datetime | None:
    """A strike-out that came after a moment was none at that moment."""
    return None if struck and struck > than else struck


def as_told(row: Row, said: Telling | None) -> Row:
    """The row, its incident saying what it said then."""
    if said is None:
        return row
    return row._replace(occurred_from=said.occurred_from, reported_at=said.reported_at, is_abuse=said.is_abuse)


def histories_of(incidents: Collection[int], user: User) -> list[History]:
    """Each of these incidents with what was known when its record was begun. Five queries, however many."""
    here = told(rows_of(user).filter(incident__in=incidents).order_by("pk"))
    if not here:
        return []
    hubs = Hubs([row.pk for row in here])
    rows = rows_ever(hubs.ever() | {row.person for row in here}, user)
    hubs, tellings = Hubs([row.pk for row in rows]), Tellings({row.incident for row in rows})
    found: dict[int, History] = {}
    for row in filter(counts, map(tellings.as_sent, here)):
        history = found.setdefault(row.incident, History(row.incident, row.happened_at, row.begun_at))
        history.rows.append(Took(row.person, hubs.at(row.pk, history.known_at, row.person)))
    for history in found.values():
        history.events = by_person(as_known(rows, history, hubs, tellings))
    return list(found.values())


def rows_ever(people: Collection[int], user: User) -> list[Row]:
    """Every part taken in an incident that any of these people has now, or ever had, a part in. Struck-out ones too."""
    now = Involvement.objects.filter(person__in=people).order_by().values("incident_id")
    once = (
        apps.get_model("cases", "InvolvementEvent").objects.filter(person__in=people).order_by().values("incident_id")
    )
    return told(rows_of(user).filter(Q(incident__in=now) | Q(incident__in=once)).order_by("pk"))


def counts(row: Row) -> bool:
    """Neither the part nor its incident was struck out, and it was not found to be no domestic abuse."""
    return row.struck_out_at is None and row.gone_at is None and row.is_abuse != "no"


def as_known(rows: Iterable[Row], history: History, hubs: Hubs, tellings: Tellings) -> list[Row]:
    """The rows that had been recorded by then, saying what they said then and each with the person of then; those of the
    incident itself as it was first sent. What was struck out, put right or found to be no domestic abuse since, stands.
    """
    then, known = history.known_at, []
    for row in rows:
        if row.incident == history.incident:
            known.append(tellings.as_sent(row))
        elif row.recorded_at <= then and row.begun_at <= then:
            past = tellings.at(row, then)
            known.append(past._replace(struck_out_at=later(row.struck_out_at, then), gone_at=later(row.gone_at, then)))
    return [row._replace(person=hubs.at(row.pk, then, row.person)) for row in known if counts(row)]
