"""WHICH CHILDREN a school is told of, found from the incident by itself. The only place of this rule (E.7)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, Involvement
from cases.models.answers.children import ChildOf, Schooling
from cases.models.marker import SetMarker
from people.models import Birth
from safeguarding.models import (
    Encompass,
    EncompassTerms,
    Establishment,
    EstablishmentKind,
    Held,
    LocalAuthority,
)
from safeguarding.services.bells import bell_of
from safeguarding.services.letters import facts_that_changed
from workflow import engine
from workflow.clock import LONDON

CHILD, POLICE = Involvement.Part.CHILD, "police_suspect"
UNDECIDED = ("", ChildOf.NOT_KNOWN)


def find_children(incident: Incident, at: datetime) -> list[Encompass]:
    """Draft what is not drafted yet, one for each child, as the system. `at` is UTC. Returns the new ones.

    While the record is being written, a child counts once its school was asked about; once it is sent, every child does. The
    case is locked first, so that two workers find each child once.
    """
    list(Case.objects.select_for_update(no_key=True).filter(pk=incident.case_id))
    told = set(Encompass.objects.standing().filter(incident=incident).values_list("child", flat=True))
    children = [child for child in to_tell(incident) if child.person_id not in told]
    return [draft(child, school_of(child), at) for child in children]


def to_tell(incident: Incident) -> list[Involvement]:
    """The children of an incident of whom a school is told: any incident, any grade, there or not; related to either adult or
    nobody knows, not grown up, old enough for a school or told of by a scheme for early years.
    """
    terms = EncompassTerms.objects.on(incident.reported_at.astimezone(LONDON).date())
    rows = incident.people(CHILD).filter(unborn=False).exclude(child_of=ChildOf.OTHER).exclude(schooling=Schooling.NONE)
    if incident.state == Incident.State.RECORDING:
        rows = rows.exclude(schooling="")
    children = list(rows)
    ages = ages_of(incident, [child.person_id for child in children]) if children else {}
    early = early_years_are_told() if children else False
    return [child for child in children if is_told_of(child, ages.get(child.person_id), terms, early)]


def is_told_of(child: Involvement, age: int | None, terms: EncompassTerms, early: bool) -> bool:
    """Whether a school is told of a child of this age (whole years; None: nobody knows)."""
    if age is not None and age >= terms.grown:
        return False
    return early or not is_small(child, age, terms)


def is_small(child: Involvement, age: int | None, terms: EncompassTerms) -> bool:
    """Whether a child is of the early years: told of only where a scheme says so."""
    return child.schooling == Schooling.NURSERY or (age is not None and age < terms.youngest)


def scheme_tells(notice: Encompass) -> bool:
    """Whether the scheme of the authority of its school tells of a child of this age. Up to two queries."""
    child, incident, place = notice.involvement, notice.incident, notice.establishment
    if place is None or place.authority.early_years:
        return True
    terms = EncompassTerms.objects.on(incident.reported_at.astimezone(LONDON).date())
    return not is_small(child, ages_of(incident, [child.person_id]).get(child.person_id), terms)


def early_years_are_told() -> bool:
    """Whether any authority's scheme tells nurseries. Which one is asked when the nursery is named."""
    working = LocalAuthority.objects.filter(state=LocalAuthority.State.WORKING, early_years=True)
    return bool(working.exists())


def ages_of(incident: Incident, people: list[int]) -> dict[int, int]:
    """Whole years on the day of the report (London), as this case knows them."""
    on = incident.reported_at.astimezone(LONDON).date()
    rows = Birth.objects.standing().filter(case=incident.case_id, person__in=people).order_by("recorded_at", "pk")
    return {row.person_id: age for row in rows if (age := _age(row, on)) is not None}


def _age(birth: Birth, on: date) -> int | None:
    if birth.born_on is None:
        said: int | None = birth.age_said
        return said
    born: date = birth.born_on
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def school_of(child: Involvement) -> Establishment | None:
    """The establishment that the record's words name, where it is one and no other: nobody guesses which school it is."""
    rows = Establishment.objects.all()
    if child.schooling == Schooling.HOME:
        found = list(rows.working().filter(kind=EstablishmentKind.HOME)[:2])
    elif child.school:
        found = list(rows.named(child.school)[:2])
    else:
        found = []
    return found[0] if len(found) == 1 else None


def draft(child: Involvement, establishment: Establishment | None, at: datetime) -> Encompass:
    """One notification, drafted by the system; held where a person decides first. `at` is UTC."""
    said = {"involvement": child.pk, "establishment": establishment.pk if establishment else ""}
    step = "find-held" if held_for(child) else "find"
    blank = Encompass(case=child.case)
    made: Encompass = engine.perform(blank, step, by=User.objects.system(), evidence=said, at=at)
    return made


def held_for(child: Involvement) -> list[str]:
    """Why a person decides before a school is told: nobody works here who could send it by mistake."""
    police = SetMarker.objects.standing().filter(case=child.case_id, code=POLICE, cleared_at__isnull=True)
    reasons = [
        (Held.RESTRICTED, child.case.restricted),
        (Held.POLICE, police.exists()),
        (Held.RELATED, child.child_of in UNDECIDED),
    ]
    return [str(code) for code, holds in reasons if holds]


def grounds_of(child: Involvement) -> datetime:
    """From when there are reasonable grounds: the report; for a child learned of after the record was first found to have
    children to tell of, from when it was written down. Late entry moves nothing.
    """
    incident = child.incident
    first = (
        Encompass.objects.standing()
        .filter(incident=incident)
        .order_by("pk")
        .values_list("recorded_at", flat=True)
        .first()
    )
    later = first is not None and child.recorded_at > first and incident.state != Incident.State.RECORDING
    found: datetime = child.recorded_at if later else incident.reported_at
    return found


def look_at_facts(incident: Incident) -> None:
    """Facts of a child changed: a school that is named now is put in, and what was sent is marked where it differs."""
    for notice in Encompass.objects.standing().filter(incident=incident).select_related("case__unit", "involvement"):
        if notice.state in (Encompass.State.HELD, Encompass.State.DRAFTED):
            if notice.establishment_id is None and (school := school_of(notice.involvement)):
                _as_system(notice, "match", {"establishment": school.pk})
        elif notice.facts_changed_at is None and facts_that_changed(notice):
            _as_system(notice, "facts-changed", {"reason": "The record says otherwise than was sent."})


def reckon_bells(establishments: Any) -> int:
    """The days of these establishments changed: bells that have not rung are reckoned again. Returns how many moved."""
    open_ones = Encompass.objects.to_send().filter(establishment__in=establishments, bell_at__gt=timezone.now())
    moved = 0
    for notice in open_ones.select_related("case__unit", "establishment").order_by("pk"):
        bell = bell_of(notice.establishment, notice.grounds_at)
        if (bell.at, not bell.known) != (notice.bell_at, notice.calendar_missing):
            _as_system(notice, "reckon", {"reason": "The days of the school changed."})
            moved += 1
    return moved


def _as_system(notice: Encompass, step: str, said: dict[str, Any]) -> None:
    engine.perform(notice, step, by=User.objects.system(), evidence=said, seen=notice.version)
