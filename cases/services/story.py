"""What happened to somebody or by them, incident by incident: the one telling for a person, for two people and for paper.

Only of cases that stand open to the reader (`sight`); the number of statements is the same for one incident and thirty.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import ArrestDecision, Crime, Incident, Involvement, LinkedCase, Outcome
from cases.models.answers import AbuseSign, AbuseType, Disposal, Release
from cases.services.as_known import happened, put_back
from cases.services.sight import Sight

PAGE = 25
SHORT = 240  # letters of an account: enough to know which night it was
VICTIM, SUSPECT, CHILD = Involvement.Part.VICTIM, Involvement.Part.SUSPECT, Involvement.Part.CHILD
#: incident ids, the moment (UTC; none: now) -> {incident id: the grade of the risk that it was given by then}. One query.
Grades = Callable[[Collection[int], datetime | None], dict[int, str]]
_GRADES: list[Grades] = []


def incidents_graded_by(source: Grades) -> None:
    """Say who knows the grade that each incident was given. Declared by the app that grades."""
    _GRADES[:] = [source]


def grades_of_incidents(incidents: Collection[int], at: datetime | None = None) -> dict[int, str]:
    return _GRADES[0](incidents, at) if _GRADES else {}


@dataclass(slots=True)
class Happening:
    """One incident as a history tells it. Moments are UTC; ids are of people. `decided`: arrests and outcomes, in words."""

    incident: Incident
    at: datetime
    harmed: list[int] = field(default_factory=list)
    suspects: dict[int, Involvement] = field(default_factory=dict)
    children: list[int] = field(default_factory=list)
    parts: dict[int, str] = field(default_factory=dict)
    crimes: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    grade: str = ""
    counter: bool = False  # beside a counter-allegation whose case the reader may open too

    @property
    def reference(self) -> str:
        return str(self.incident.case.reference)

    @property
    def url(self) -> str:
        return str(self.incident.case.get_absolute_url())

    @property
    def title(self) -> str:
        """What it was, in words: the offences; else the kinds of abuse; else that nobody has said."""
        return ", ".join(self.crimes or self._kinds()) or _("Not yet said what it was")

    @property
    def words(self) -> str:
        """The beginning of the account, and what was decided."""
        account = " ".join(self.incident.account.split())
        short = account if len(account) <= SHORT else f"{account[:SHORT].rsplit(' ', 1)[0]} …"
        return " ".join(part for part in (short, *(f"{words}." for words in self.decided)) if part)

    def _kinds(self) -> list[str]:
        signs = [_(str(AbuseSign(code).label)) for code in self.incident.abuse_signs]
        return signs or [_(str(AbuseType(code).label)) for code in self.incident.abuse_types]

    def with_whom(self, person: int) -> list[int]:
        """Whom somebody met in it from the other side: those said to have harmed them, or the one they are said to harm."""
        part = self.parts.get(person, "")
        if part == VICTIM:
            return list(self.suspects)
        return list(self.harmed) if part == SUSPECT else []


@dataclass(frozen=True, slots=True)
class Told:
    """One page of happenings, newest first. `earlier`: the incident (id) after which the next page begins, if any."""

    rows: Sequence[Happening]
    earlier: int | None
    next_at: datetime | None = None  # of the first that the next page tells: for what lies between


def said_to_harm(one: int, other: int, at: datetime | None = None) -> Q:
    """Incidents in which the first (id) is said to have harmed the second. Index: involvement_of_person."""
    parts = Involvement.objects.as_at(at) if at else Involvement.objects.standing()
    suspected = parts.filter(person=one, part=SUSPECT).order_by().values("incident")
    harmed = parts.filter(person=other, part=VICTIM).order_by().values("incident")
    return Q(pk__in=suspected) & Q(pk__in=harmed)


def between(one: int, other: int, at: datetime | None = None) -> Q:
    """Incidents in which one of two people is said to have harmed the other, either way."""
    return said_to_harm(one, other, at) | said_to_harm(other, one, at)


def has_part(person: int, at: datetime | None = None) -> Q:
    """Incidents in which somebody has any part. Index: involvement_of_person."""
    parts = Involvement.objects.as_at(at) if at else Involvement.objects.standing()
    return Q(pk__in=parts.filter(person=person).order_by().values("incident"))


def incidents_seen(sight: Sight, which: Q, at: datetime | None = None) -> Any:
    """The incidents of open cases, each with `happened`; with a moment (UTC) those that had been recorded by then."""
    rows = Incident.objects.as_at(at) if at else Incident.objects.standing()
    return rows.filter(which, case__in=sight.open).annotate(happened=happened(at))


def tell(
    sight: Sight, which: Q, user: User, *, at: datetime | None = None, before: int | None = None, most: int = PAGE
) -> Told:
    """A page of what happened, newest first, from after the incident with that id. Seven statements, two more for a past
    moment, one more for a later page. Indexes: incident_of_case, crime_of_incident, outcome_of_crime, arrest_one_for_each_suspect.
    """
    rows = incidents_seen(sight, which, at)
    if before is not None and (mark := rows.filter(pk=before).values_list("happened", flat=True).first()):
        rows = rows.filter(Q(happened__lt=mark) | Q(happened=mark, pk__lt=before))
    found = list(rows.select_related("case").order_by("-happened", "-pk")[: most + 1])
    shown, rest = found[:most], found[most:]
    put_back(shown, at)
    told = {row.pk: Happening(row, row.happened) for row in shown}
    _with_people(told, at)
    _with_crimes(told, at)
    _with_arrests(told, at)
    _with_links(told, sight, at)
    for pk, grade in grades_of_incidents(list(told), at).items():
        told[pk].grade = grade
    return Told(list(told.values()), shown[-1].pk if rest else None, rest[0].happened if rest else None)


def _rows(model: Any, told: dict[int, Happening], at: datetime | None) -> Any:
    """The rows of a kind beneath these incidents, as they stand or as they stood."""
    kept = model.objects.as_at(at) if at else model.objects.standing()
    return kept.filter(incident__in=list(told)).order_by("pk")


def _with_people(told: dict[int, Happening], at: datetime | None) -> None:
    for row in put_back(list(_rows(Involvement, told, at)), at):
        event = told[row.incident_id]
        event.parts[row.person_id] = row.part
        if row.part == VICTIM:
            event.harmed.append(row.person_id)
        elif row.part == SUSPECT:
            event.suspects[row.person_id] = row
        elif row.part == CHILD:
            event.children.append(row.person_id)


def _with_crimes(told: dict[int, Happening], at: datetime | None) -> None:
    """What was recorded as a crime, and what became of it."""
    crimes = put_back(list(_rows(Crime, told, at).select_related("offence")), at)
    live = {row.pk: row for row in crimes if row.state != Crime.State.CANCELLED}
    outcomes = Outcome.objects.as_at(at) if at else Outcome.objects.standing()
    settled = outcomes.filter(crime__in=list(live), settled_at__isnull=False)
    if at:
        settled = settled.filter(settled_at__lte=at)
    newest = {row.crime_id: row for row in settled.order_by("settled_at", "pk")}
    for row in live.values():
        event = told[row.incident_id]
        event.crimes.append(row.offence.label)
        if row.pk in newest:
            event.decided.append(_("Outcome: %(words)s") % {"words": newest[row.pk].row.label})


def _with_arrests(told: dict[int, Happening], at: datetime | None) -> None:
    for row in put_back(list(_rows(ArrestDecision, told, at)), at):
        words = [row.in_words] if row.arrested else []
        words += [str(Disposal(row.disposal).label)] if row.disposal else []
        words += [str(Release(row.release).label)] if row.release else []
        if words:
            told[row.incident_id].decided.append(", ".join([_(words[0]), *(_(more).lower() for more in words[1:])]))


def _with_links(told: dict[int, Happening], sight: Sight, at: datetime | None) -> None:
    """That a counter-allegation stands beside it: said only to whoever may open both, and nothing else of the other."""
    rows = LinkedCase.objects.as_at(at) if at else LinkedCase.objects.standing()
    counter = rows.filter(kind=LinkedCase.Kind.COUNTER, case__in=[row.incident.case_id for row in told.values()])
    linked = set(counter.filter(other__in=sight.open).values_list("case_id", flat=True))
    for event in told.values():
        event.counter = event.incident.case_id in linked
