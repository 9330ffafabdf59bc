"""Administration: one page of links, each with what waits behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from accounts.models import Posting, Unit, User
from accounts.roles import KEEPERS_OF_PEOPLE, roles
from supervision.models import HolidayChange, PostingChange, ThresholdChange, UseChange, VersionPublication
from supervision.models.instrument import READS_INSTRUMENTS
from supervision.steps.reference import KEEPERS
from supervision.steps.training import READERS
from workflow.models import Holiday, PolicySetting
from workflow.pages.door import for_roles, held_by

ADMINISTRATION = KEEPERS_OF_PEOPLE | roles("inspector", "sergeant", "da_coordinator", "training_lead")


@dataclass(frozen=True, slots=True)
class Room:
    """One link: where it leads, what is done there, who goes there."""

    label: str
    url: str
    words: str
    who: frozenset[str]


ROOMS = (
    Room(
        "People",
        "administration-people",
        "Add, change, leave, come back; codes for a first password",
        KEEPERS_OF_PEOPLE,
    ),
    Room("Units", "administration-units", "The tree of units: add, name, move, close", KEEPERS_OF_PEOPLE),
    Room(
        "Postings and cover", "administration-postings", "Who holds which role, and until when", PostingChange.READERS
    ),
    Room("Bank holidays", "administration-holidays", "Add or strike out; see what it moves", HolidayChange.READERS),
    Room("Clocks", "clocks", "How long each thing may take, who is told", roles("administrator", "superintendent")),
    Room(
        "Numbers in rules", "administration-thresholds", "When a grade is high, and the like", ThresholdChange.READERS
    ),
    Room("Instruments", "administration-instruments", "What is asked, and which unit uses what", READS_INSTRUMENTS),
    Room("Lists", "administration-lists", "Answers that the force words for itself", KEEPERS | roles("auditor")),
    Room("Training", "administration-training", "Who has passed what, and until when it counts", READERS),
    Room("System accounts", "system-accounts", "Other systems that sign in", roles("administrator")),
)


@require_safe
@for_roles(ADMINISTRATION)
def administration_page(request: HttpRequest) -> HttpResponse:
    """The rooms of whoever looks, each with how much waits for a second person."""
    user: Any = request.user
    waits = waiting_for(user)
    held = held_by(request)
    rooms = [(room, url, waits.get(room.url, 0)) for room in ROOMS if room.who & held and (url := address_of(room.url))]
    context = {
        "rooms": rooms, "people": User.objects.filter(is_active=True, is_system=False).count(),
        "units": Unit.objects.filter(state=Unit.State.OPEN).count(), "postings": Posting.objects.current().count(),
        "known_to": max(Holiday.objects.calendar().years, default=None),
    }  # fmt: skip
    return render(request, "supervision/administration/index.html", context)


def address_of(name: str) -> str:
    """Where a room is; "" for one that this installation does not have."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def waiting_for(user: User) -> dict[str, int]:
    """How many proposals wait, of those the person may read."""
    return {
        "administration-postings": PostingChange.objects.visible_to(user).waiting().count(),
        "administration-holidays": HolidayChange.objects.visible_to(user).waiting().count(),
        "administration-thresholds": ThresholdChange.objects.visible_to(user).waiting().count(),
        "administration-instruments": UseChange.objects.visible_to(user).waiting().count()
        + VersionPublication.objects.visible_to(user).waiting().count(),
        "clocks": PolicySetting.objects.visible_to(user).filter(state=PolicySetting.State.PROPOSED).count(),
    }
