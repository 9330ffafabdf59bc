"""Two schools of one authority with who answers there, and children of Hannah's incident: as keepers and officers record them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Incident, Involvement
from safeguarding.models import Agency, Encompass, EncompassLetter, Establishment, KeyAdult, LocalAuthority, SchoolDates
from safeguarding.services import bell_of
from tests.cast import involve, take
from tests.partners import recorded
from workflow import reactions
from workflow.models import Deadline

SEEN: dict[str, Any] = {
    "child_of": "harmed", "whereabouts": "heard", "heard_what": "Shouting", "seen_by_officer": "yes", "demeanour": "quiet",
    "spoken_to": "alone", "own_words": "He hurt mummy.", "injuries": "no", "social_care": "no",
}  # fmt: skip
TOLD: dict[str, Any] = {
    "works_there": "no", "circumstances": "Police came to a report of domestic abuse. She is safe, he is in custody.",
    "agencies": "Children’s social care", "contact": "Domestic Abuse Unit, 01632 960100",
}  # fmt: skip


def authority(by: User, name: str = "Easterby Council", **said: Any) -> LocalAuthority:
    said = {"unit": "DAU", "profile": "full", "early_years": "no", "basis": "Protocol of the partnership, 2026", **said}
    made: LocalAuthority = take(LocalAuthority(), "record", by, name=name, **said)
    return made


def school(
    by: User, of: LocalAuthority, name: str = "Hillfield Primary", *, agency: Agency | None = None, **said: Any
) -> Establishment:
    said = {"town": "Easterby", "kind": "school", "telephone": "01632 960200", "email": "dsl@hillfield.example", **said}
    on = timezone.localdate().isoformat()
    made: Establishment = take(
        Establishment(), "record", by, name=name, authority=str(of.pk), agency=str(agency.pk) if agency else "",
        verified_on=on, **said,
    )  # fmt: skip
    return made


def answers(by: User, place: Establishment, name: str = "Joan Peel", **said: Any) -> KeyAdult:
    since = (timezone.localdate() - timedelta(days=400)).isoformat()
    said = {"post": "lead", "order": "1", "telephone": "01632 960201", "since": since, **said}
    made: KeyAdult = take(KeyAdult(establishment=place, unit=place.unit), "record", by, name=name, **said)
    return made


def dates(by: User, place: Establishment, kind: str, first: Any, last: Any, whose: str = "own") -> SchoolDates:
    blank = SchoolDates(establishment=place, authority=place.authority, unit=place.unit)
    said = {
        "kind": kind,
        "words": "Autumn term",
        "from_on": first.isoformat(),
        "to_on": last.isoformat(),
        "whose": whose,
    }
    made: SchoolDates = take(blank, "record", by, **said)
    return made


def year(by: User, place: Establishment, **more: Any) -> SchoolDates:
    """A term that began two months ago and ends in nine."""
    today = timezone.localdate()
    return dates(by, place, "term", today - timedelta(days=60), today + timedelta(days=270), **more)


def easterby(by: User, agency: bool = True) -> Establishment:
    """Hillfield Primary, with its term, a lead who answers, and people who sign in for it."""
    place = school(
        by, authority(by), agency=recorded(by, "Hillfield Primary School", "HILL", "education") if agency else None
    )
    answers(by, place)
    year(by, place)
    return place


def child(incident: Incident, by: User, name: str = "Mia Okoro", **said: Any) -> Involvement:
    """A child of the record, seen and heard, at Hillfield Primary; what it causes is run."""
    care = {"schooling": "school", "school": "Hillfield Primary"}
    made = involve(incident, by, "child", name, **{**SEEN, **care, **said})
    reactions.run_due()
    return made


def notice_of(row: Involvement) -> Encompass:
    found: Encompass = Encompass.objects.select_related("case__unit", "establishment").get(child=row.person_id)
    return found


def unit_of(place: Establishment) -> Unit:
    assert place.agency is not None
    unit: Unit = place.agency.unit
    return unit


def bell(place: Establishment) -> datetime:
    """When it opens next."""
    return bell_of(place, timezone.now()).at


def lead(notice: Encompass) -> str:
    return str(KeyAdult.objects.get(establishment=notice.establishment).pk)


def send(notice: Encompass, by: User, step: str = "send", **said: Any) -> EncompassLetter:
    """The step of telling, with what stands beside the facts; what it causes is run. The newest letter."""
    take(notice, step, by, **{**TOLD, "recipient": lead(notice), **said})
    reactions.run_due()
    made: EncompassLetter = notice.letters.latest("number")
    return made


def again(notice: Encompass) -> Encompass:
    found: Encompass = Encompass.objects.select_related("case__unit").get(pk=notice.pk)
    return found


def runs(policy: str) -> bool:
    return bool(Deadline.objects.open().filter(policy=policy).exists())
