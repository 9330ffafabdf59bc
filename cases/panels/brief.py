"""What cases say in the brief of whoever is sent, and the way to the brief from the page of a person and of a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.services import brief_sources as sources
from cases.services.brief_lines import BriefLine, Scene, say_in_brief
from people.models import Person
from people.panels import FORCES, POLICE, AtPlaceNow, PersonPanel, PlacePanel, show_at_place, show_on_person
from people.services.reading import Reading

FEW = 4  # people whose orders and bail are asked one by one
SAID_HERE = ("cases", "warnings")  # dangers, with their sources: the brief says them itself


def in_force(scene: Scene, user: User) -> Iterator[BriefLine]:
    """Whatever any app says to be in force of those who are surely there: orders and bail say it once, for both pages."""
    asked = [source for name, (_order, source) in sorted(FORCES.items()) if name not in SAID_HERE]
    if asked and (more := [scene.names.get(person, "") for person in scene.everybody[FEW:]]):
        words = _("Not asked of %(names)s: open their pages") % {"names": ", ".join(filter(None, more))}
        yield BriefLine("in_force", words, urgent=True)
    for person in scene.everybody[:FEW]:
        for source in asked:
            for said in source(Reading(Person(pk=person), user, scene.now)):
                words = " ".join(part for part in (f"{scene.names.get(person, '')}:", said.title, said.words) if part)
                yield BriefLine("in_force", words.lstrip(": "), said.link, said.url, urgent=said.tone == "red")


def way_from_person(reading: Reading) -> dict[str, str]:
    return {"url": reverse("brief", args=["person", reading.person.pk])}


def way_from_place(asked: AtPlaceNow) -> Any:
    return {"url": reverse("brief", args=["place", asked.place.pk])}


for name, lines in (
    ("warnings", sources.warned),
    ("markers", sources.marked),
    ("people", sources.warnings_of_people),
    ("notes", sources.noted),
    ("flags", sources.flagged),
    ("incidents", sources.happened),
    ("bail", sources.on_bail),
    ("in-force", in_force),
    ("children", sources.children),
    ("contact", sources.contact),
):
    say_in_brief(name, lines)
show_on_person(
    PersonPanel("brief", "Brief for whoever goes", way_from_person, "people/way.html", who=POLICE, order=5, head=True)
)
show_at_place(PlacePanel("brief", "Brief for whoever goes", way_from_place, "people/way.html", order=5, head=True))
