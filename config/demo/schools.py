"""A school of the demonstration: who answers there, its year, and what it was told of children before its bell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import User
from cases.models import Incident
from config.demo.stories import Story
from safeguarding.models import Agency, Encompass, Establishment, KeyAdult, LocalAuthority, SchoolDates
from safeguarding.services import find_children
from workflow import engine

NAME, LEAD = "Hillfield Primary", "Joan Peel"
TOLD = {
    "works_there": "no", "circumstances": "Police came to a report of domestic abuse. The child was there and is safe now.",
    "agencies": "Children’s social care", "contact": "Domestic Abuse Unit, 01632 960100",
}  # fmt: skip
LEFT_TO_SEND = timedelta(hours=12)  # what is younger waits to be sent, as somebody who opens the system finds it


def make_school(people: dict[str, User], now: datetime) -> Establishment:
    """Hillfield Primary of Northshire Council, a year ago; its term runs."""
    keeper, then = people["coordinator"], now - timedelta(days=365)
    scheme = {
        "name": "Northshire Council", "unit": "DAU", "profile": "full", "early_years": "no",
        "basis": "Information-sharing protocol of the partnership",
    }  # fmt: skip
    council = engine.perform(LocalAuthority(), "record", by=keeper, evidence=scheme, at=then)
    agency = Agency.objects.get(unit__code="DHIL")
    said = {
        "name": NAME, "authority": str(council.pk), "agency": str(agency.pk), "kind": "school", "town": "Northgate",
        "telephone": "01632 960200", "email": "safeguarding@hillfield.invalid", "verified_on": then.date().isoformat(),
    }  # fmt: skip
    school: Establishment = engine.perform(Establishment(), "record", by=keeper, evidence=said, at=then)
    lead = {"name": LEAD, "post": "lead", "order": "1", "telephone": "01632 960201", "since": then.date().isoformat()}
    lead |= {"trained_on": (then - timedelta(days=30)).date().isoformat()}
    engine.perform(KeyAdult(establishment=school, unit=school.unit), "record", by=keeper, evidence=lead, at=then)
    term = {
        "kind": "term", "words": "This school year", "whose": "own", "from_on": then.date().isoformat(),
        "to_on": (now + timedelta(days=200)).date().isoformat(),
    }  # fmt: skip
    blank = SchoolDates(establishment=school, authority=school.authority, unit=school.unit)
    engine.perform(blank, "record", by=keeper, evidence=term, at=then)
    return school


def tell_school(
    school: Establishment, told: Iterable[tuple[Story, Incident]], people: dict[str, User], now: datetime
) -> None:
    """Every child found; the school told an hour after the report, but of what happened today, which waits to be sent."""
    lead = KeyAdult.objects.get(establishment=school)
    for story, incident in told:
        found = find_children(Incident.objects.get(pk=incident.pk), incident.reported_at + timedelta(minutes=30))
        for notice in found:
            if notice.establishment_id == school.pk and now - incident.reported_at > LEFT_TO_SEND:
                send(notice, people[story.officer], people["school"], lead, incident.reported_at)


def send(notice: Encompass, by: User, reader: User, lead: KeyAdult, reported_at: datetime) -> None:
    said = {**TOLD, "recipient": str(lead.pk)}
    sent = engine.perform(
        notice, "send", by=by, evidence=said, seen=notice.version, at=reported_at + timedelta(hours=1)
    )
    letter, read_at = sent.letters.get(), reported_at + timedelta(hours=2)
    engine.perform(letter, "read", by=reader, evidence={}, seen=letter.version, at=read_at)
    notice = Encompass.objects.get(pk=notice.pk)
    received = {"received_at": read_at.replace(microsecond=0).isoformat(), "received_by": reader.title()}
    engine.perform(notice, "receive", by=User.objects.system(), evidence=received, seen=notice.version, at=read_at)
