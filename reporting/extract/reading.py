"""The rows of the extract, a batch of reports at a time: as many statements for two thousand as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from accounts.models import Unit, User
from cases.models import ArrestDecision, Crime, Incident, Involvement, Outcome
from people.models import Birth, Description
from people.models.topic import UNKNOWN
from reporting.extract.columns import band
from reporting.extract.pseudonym import Pseudonym
from risk.models import RiskDecision
from workflow.clock import LONDON

AT_A_TIME = 2000  # reports
TOPICS = ("gender", "ethnicity")
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Reports from a day to a day, both included (London), as recorded by a moment (UTC), with somebody's eyes."""

    since: date
    until: date
    as_at: datetime
    by: User

    def incidents(self) -> Any:
        """What counts as domestic abuse, of the cases whose file they read. Index: incident_by_report."""
        first = datetime.combine(self.since, time.min, LONDON)
        end = datetime.combine(self.until + timedelta(days=1), time.min, LONDON)
        rows = Incident.objects.visible_to(self.by).standing().exclude(da_confirmed="no")
        return rows.filter(reported_at__gte=first, reported_at__lt=end, recorded_at__lte=self.as_at)


def batches(window: Window) -> Iterator[list[Incident]]:
    """The reports in their order, a batch at a time, each with its case and unit. One statement for each batch."""
    rows = window.incidents().select_related("case__unit").defer("account", "case__unit__name")
    rows = rows.order_by("reported_at", "pk")
    last: Incident | None = None
    while True:
        after = rows
        if last is not None:
            later = Q(reported_at__gt=last.reported_at) | Q(pk__gt=last.pk)
            after = rows.filter(later, reported_at__gte=last.reported_at)
        found = list(after[:AT_A_TIME])
        if found:
            yield found
        if len(found) < AT_A_TIME:
            return
        last = found[-1]


def read(incidents: list[Incident], window: Window, name: Pseudonym, areas: dict[int, str]) -> dict[str, list[Row]]:
    """The rows of each file about these reports. Nine statements, however many reports."""
    ids = [one.pk for one in incidents]
    crimes = list(of(Crime.objects.live(), window, ids).select_related("offence", "suspect").order_by("pk"))
    return {
        "incidents.csv": list(incident_rows(incidents, window, name, areas)),
        "people.csv": list(people_rows(incidents, window, name)),
        "crimes.csv": list(crime_rows(crimes, ids, name)),
        "outcomes.csv": list(outcome_rows(crimes, window, name)),
        "arrests.csv": list(arrest_rows(ids, window, name)),
    }


def of(rows: Any, window: Window, ids: Iterable[int], column: str = "incident") -> Any:
    """Of these reports, as far as it was recorded by the moment of the extract."""
    return rows.filter(**{f"{column}__in": ids}, recorded_at__lte=window.as_at)


def day(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(LONDON).date().isoformat()


def spaced(codes: Iterable[str]) -> str:
    return " ".join(codes)


def yes_or_no(said: bool) -> str:
    return "yes" if said else "no"


def areas_of_force() -> dict[int, str]:
    """{unit: the code of its division, which is the unit right beneath the force; of the force itself its own}."""
    rows = list(Unit.objects.values_list("pk", "code", "lineage"))
    codes = {pk: code for pk, code, _lineage in rows}
    return {pk: codes[lineage[1] if len(lineage) > 1 else lineage[0]] for pk, _code, lineage in rows}


def incident_rows(incidents: list[Incident], window: Window, name: Pseudonym, areas: dict[int, str]) -> Iterator[Row]:
    grades: dict[int, list[str]] = defaultdict(list)
    decisions = of(RiskDecision.objects.standing(), window, [one.pk for one in incidents], "assessment__incident")
    for pk, grade in decisions.order_by("at", "pk").values_list("assessment__incident", "to_grade"):
        grades[pk].append(grade)
    for one in incidents:
        graded = grades.get(one.pk) or [""]
        yield (
            name("incident", one.pk), name("case", one.case_id), day(one.reported_at), day(one.occurred_from), one.channel,
            areas[one.case.unit_id], one.place_kind, one.state, one.da_confirmed, one.in_statute, one.classed,
            spaced(one.abuse_types), one.weapon, one.children_present, graded[0], graded[-1],
        )  # fmt: skip


def people_rows(incidents: list[Incident], window: Window, name: Pseudonym) -> Iterator[Row]:
    reported = {one.pk: one.reported_at for one in incidents}
    rows = list(
        of(Involvement.objects.standing(), window, reported)
        .filter(part__in=["victim", "suspect"])
        .order_by("incident", "pk")
        .values_list("incident", "person", "part", "relationship", "cohabiting")
    )
    people = {person for _, person, *_ in rows}
    births, said = births_of(people, window), said_by(people, window)
    for incident, person, part, relationship, cohabiting in rows:
        birth = births.get(person)
        age = None if birth is None else birth.age_at(reported[incident])
        answers = (said.get((person, topic), UNKNOWN) for topic in TOPICS)
        yield (
            name("incident", incident), name("person", person), part, band(age), *answers, relationship,
            cohabiting if part == "suspect" else "",
        )  # fmt: skip


def births_of(people: Iterable[int], window: Window) -> dict[int, Birth]:
    """{person: the newest that is known of when they were born}."""
    rows = Birth.objects.known_to(window.by).of(people).filter(recorded_at__lte=window.as_at)
    return {row.person_id: row for row in rows.order_by("recorded_at", "pk")}


def said_by(people: Iterable[int], window: Window) -> dict[tuple[int, str], str]:
    """{(person, topic): the newest answer}."""
    rows = Description.objects.known_to(window.by).of(people).filter(topic__in=TOPICS, recorded_at__lte=window.as_at)
    found = rows.order_by("recorded_at", "pk").values_list("person", "topic", "answer")
    return {(person, topic): answer for person, topic, answer in found}


def crime_rows(crimes: list[Crime], ids: list[int], name: Pseudonym) -> Iterator[Row]:
    counted = set(Crime.objects.counted().filter(incident__in=ids).values_list("pk", flat=True))
    for one in crimes:
        yield (
            name("crime", one.pk), name("incident", one.incident_id), day(one.recorded_at), one.offence.code,
            one.offence.group, one.offence.ho_class, yes_or_no(one.pk in counted), yes_or_no(one.suspect_named),
            spaced(one.aggravators),
        )  # fmt: skip


def outcome_rows(crimes: list[Crime], window: Window, name: Pseudonym) -> Iterator[Row]:
    rows = of(Outcome.objects.settled(), window, [one.pk for one in crimes], "crime")
    found = list(rows.order_by("crime", "settled_at", "pk").values_list("crime", "pk", "code", "support", "settled_at"))
    latest = {crime: pk for crime, pk, *_ in found}
    for crime, pk, code, support, settled_at in found:
        yield name("crime", crime), code, support, day(settled_at), yes_or_no(latest[crime] == pk)


def arrest_rows(ids: list[int], window: Window, name: Pseudonym) -> Iterator[Row]:
    rows = of(ArrestDecision.objects.standing(), window, ids).select_related("suspect").order_by("incident", "pk")
    for one in rows:
        person = one.suspect.person_id if one.suspect is not None else None
        said = "yes" if one.taken else one.arrested
        yield (
            name("incident", one.incident_id), name("person", person), said, day(one.arrested_at), spaced(one.codes),
            one.attends_on.isoformat() if one.attends_on else "", one.disposal, one.release,
        )  # fmt: skip
