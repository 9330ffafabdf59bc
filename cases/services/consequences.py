"""WHAT RAISES WHAT: facts of an incident, and the task that each raises, once for the incident. The only such table."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from cases.models import Case, HouseholdMember, Incident, Involvement, Task
from cases.models.answers import AbuseSign, Answer, SafeOrNot
from cases.models.definition_set import TWELVE_MONTHS
from cases.models.household import ADULT
from cases.models.severity import OWNERS, higher, said, sign
from cases.rule import here_or_in
from cases.services.honour import restrict_for_honour
from cases.services.serial import serial_in
from cases.services.tasks import raise_task
from workflow.models.record import about as named

THIRD = 3


@dataclass(frozen=True, slots=True)
class Raises:
    """One row: the fact in words, whether it holds of an incident (for this reader), and the kind of task."""

    fact: str
    holds: Callable[[Any, User], bool]
    task: str


def answered(holds: Callable[[Any], bool]) -> Callable[[Any, User], bool]:
    """A fact read off the incident itself: asks the database nothing."""
    return lambda incident, user: holds(incident)


def a_child_is_hurt_or_unsafe(incident: Incident, user: User) -> bool:
    """A child of the household is not safe."""
    if incident.household != Answer.YES:
        return False
    rows = HouseholdMember.objects.standing().filter(incident=incident, safe=SafeOrNot.NOT_SAFE, age__lt=ADULT)
    return bool(rows.exists())


def third_within_a_year(incident: Incident, user: User) -> bool:
    """The person harmed has been so in three incidents within 12 months, of this case or of cases kept from nobody: the
    task says so to all who may open this one.
    """
    return harmed_lately(incident)["plain"] >= THIRD


def third_kept_from_somebody(incident: Incident, user: User) -> bool:
    """The same, counting what is kept from some, whatever the writer may see: what is escalated hangs on nobody's eyes."""
    found = harmed_lately(incident)
    return found["plain"] < THIRD <= found["every"]


def suspected_of_several(incident: Incident, user: User) -> bool:
    """A suspect is serial by the definition in force, and nobody has looked at that: by what is kept from nobody."""
    return serial_in(incident)["plain"]


def serial_kept_from_somebody(incident: Incident, user: User) -> bool:
    """The same, counting what is kept from some."""
    found = serial_in(incident)
    return found["every"] and not found["plain"]


def crime_of(*codes: str) -> Callable[[Any, User], bool]:
    """The offence just recorded (`offence_recorded`, set by the row that was saved) is one of these."""
    return lambda incident, user: getattr(incident, "offence_recorded", "") in codes


def harmed_lately(incident: Incident) -> dict[str, int]:
    """How many reports within 12 months there are, this one included, in which whoever is harmed in this one was: `every`,
    and those of this case or of cases kept from nobody, `plain`.
    """
    harmed = incident.people(Involvement.Part.VICTIM).values("person")
    since = incident.reported_at - TWELVE_MONTHS
    of_them = Q(involvements__person__in=harmed, involvements__part=Involvement.Part.VICTIM)
    standing = Q(involvements__struck_out_at__isnull=True)
    plain = here_or_in(incident.case_id, Case.objects.kept_from_nobody())
    rows = Incident.objects.standing().filter(of_them & standing)
    lately = rows.filter(reported_at__gt=since, reported_at__lte=incident.reported_at)
    return lately.aggregate(every=Count("pk", distinct=True), plain=Count("pk", distinct=True, filter=plain))


# fmt: off
SIGNS: tuple[Raises, ...] = (
    Raises("Somebody was strangled, choked or smothered.",         answered(sign(AbuseSign.STRANGLED)),      "strangulation"),
    Raises("Somebody threatened to kill.",                         answered(sign(AbuseSign.THREAT_TO_KILL)), "threat_to_kill"),
    Raises("Sexual abuse was said or seen.",                       answered(sign(AbuseSign.SEXUAL)),         "sexual_offences"),
    Raises("Stalking or harassment was said or seen.",             answered(sign(AbuseSign.STALKING, AbuseSign.HARASSMENT)), "stalking"),
    Raises("Exploitation or trafficking was said or seen.",        answered(sign(AbuseSign.EXPLOITATION)),   "exploitation"),
    Raises("So-called honour, forced marriage or mutilation was said or seen.", answered(sign(AbuseSign.HONOUR, AbuseSign.FORCED_MARRIAGE, AbuseSign.FGM)), "honour"),
)
WEAPONS: tuple[Raises, ...] = (
    Raises("A weapon or object was used.",                         answered(said("weapon", Answer.YES)),     "weapon"),
)
HOUSEHOLD: tuple[Raises, ...] = (
    Raises("A child who lives there is not safe.",                 a_child_is_hurt_or_unsafe,                "child_abuse"),
)
HISTORY: tuple[Raises, ...] = (
    Raises("The third incident of this person harmed within 12 months.", third_within_a_year,                "third_incident"),
    Raises("An earlier history asks for a higher look: ask professional standards.", third_kept_from_somebody, "earlier_history"),
)
SERIAL: tuple[Raises, ...] = (
    Raises("A suspect is suspected of harming several people: a person looks at the flag.", suspected_of_several, "serial_flag"),
    Raises("An earlier history asks for a higher look: ask professional standards.", serial_kept_from_somebody, "earlier_history"),
)
OFFENCES: tuple[Raises, ...] = (
    Raises("Strangulation or suffocation was recorded as a crime.", crime_of("strangulation", "suffocation"), "strangulation"),
    Raises("A threat to kill was recorded as a crime.",            crime_of("threats-to-kill", "attempted-murder"), "threat_to_kill"),
    Raises("A sexual offence was recorded.",                       crime_of("rape", "assault-by-penetration", "sexual-assault"), "sexual_offences"),
    Raises("Stalking was recorded as a crime.",                    crime_of("stalking", "stalking-fear", "breach-stalking-order"), "stalking"),
    Raises("A forced marriage or mutilation was recorded as a crime.", crime_of("forced-marriage", "fgm"),  "honour"),
    Raises("Cruelty to a child was recorded.",                     crime_of("child-cruelty"),               "child_abuse"),
)
# fmt: on
#: Which rows are asked after which act: a section saved, or somebody given a part.
RAISES: dict[str, tuple[Raises, ...]] = {
    "kinds": SIGNS,
    "happened": WEAPONS,
    "safe": HOUSEHOLD,
    Involvement.Part.VICTIM: (*HISTORY, *SERIAL),
    Involvement.Part.SUSPECT: SERIAL,
    "crime": OFFENCES,
}  # fmt: skip


def raise_what_follows(incident: Incident, after: str, by: User, at: datetime) -> None:
    """Raise what the facts of this act call for. Once for the incident, done or not: saving again raises nothing.

    Asks nothing of the database where no fact holds.
    """
    rows = [row for row in RAISES.get(after, ()) if row.holds(incident, by)]
    if not rows:
        return
    key = named(incident)
    raised = Task.objects.filter(case=incident.case_id, about_type=key["subject_type"], about_id=incident.pk)
    already = set(raised.values_list("kind", flat=True))
    for row in rows:
        if row.task not in already:
            raise_task(case=incident.case, kind=row.task, why=row.fact, by=by, at=at, about=incident)
    if any(row.task == "honour" for row in rows):
        restrict_for_honour(incident.case_id, by=by, at=at)


def raise_for_offence(crime: Any, by: User, at: datetime) -> None:
    """What the offence itself calls for is raised, once for the incident (S3-003, S3-082)."""
    incident = crime.incident
    incident.offence_recorded = crime.offence.code
    raise_what_follows(incident, "crime", by, at)


def raise_ownership(incident: Incident, before: str, by: User, at: datetime) -> None:
    """The class was raised: the rank that owns it is asked to take ownership."""
    owner = OWNERS.get(incident.severity)
    if owner and owner.task and higher(incident.severity, before):
        why = f"Set to {incident.get_severity_display()}: {incident.severity_why or 'as the record suggests'}."
        raise_task(case=incident.case, kind=owner.task, why=why, by=by, at=at, about=incident)


def raise_high_grade(case: Case, by: User, at: datetime, about: Any) -> None:
    """An assessment says high: once for the assessment."""
    if not Task.objects.filter(case=case, kind="high_grade", about_id=about.pk).exists():
        raise_task(case=case, kind="high_grade", why="Risk was graded high.", by=by, at=at, about=about)
