"""Who stays named on a consideration that is closed to others; what others see of a subject (S3-201); what stands beside a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Posting, User
from cases.models import Case
from cases.panels import Panel, show
from cases.services.holding import works_on
from dvds.models import Application
from dvds.services.earlier import earlier_of
from dvds.services.folder import is_guest
from dvds.services.marker import SEES, Marked, marked
from dvds.services.staff import not_told_yet
from dvds.steps.roles import SUPERVISOR
from people.panels import Line, PersonPanel, say_in_search, show_on_person
from people.services.reading import Reading
from workflow.pages import Entry, navigate
from workflow.pages.records import step_context


def unit_of(case: Case) -> Iterator[User]:
    """Whoever took it down, and who supervises the unit: a case that is closed to all others is worked by them."""
    if case.kind != Case.Kind.DISCLOSURE:
        return
    for application in Application.objects.standing().filter(case=case).select_related("recorded_by"):
        taker, taken_down = application.recorded_by, application.state != Application.State.OPENED
        guest = is_guest(taker, case.unit, timezone.now())
        if taker.username != User.SYSTEM and not (guest and taken_down):  # a guest has left with sending it on
            yield taker
    posts = Posting.objects.current().filter(role__in=SUPERVISOR, unit__in=case.unit.lineage)
    for post in posts.select_related("user").order_by("pk"):
        yield post.user


works_on(unit_of)


# --- what others see of a subject ---


def of_subject(reading: Reading) -> Marked | None:
    """Written down with the look, in the record of each case that it tells of."""
    found = marked([reading.person.pk], reading.user, reading.at).get(reading.person.pk)
    if found is not None:
        reading.told |= set(found.cases)
    return found


def in_search(people: list[int], user: User) -> dict[int, list[Line]]:
    """One line beneath a name: whom to ask. Counts stand on the page of the person alone."""
    words = _("Ask the disclosure unit")
    return {person: [Line(words, tone="blue")] for person in marked(people, user, timezone.now())}


show_on_person(
    PersonPanel(
        "disclosures", "Disclosure unit", of_subject, "dvds/panels/of_subject.html", who=SEES, order=27, side=True
    )
)
say_in_search("disclosures", in_search, order=60)

show(
    Panel(
        "considered-before", "Considered before", earlier_of, "dvds/panels/earlier.html", kinds=frozenset({"disclosure"}),
        order=45,
    )
)  # fmt: skip

# --- what stands beside a step ---


@step_context("consideration.tell-of-staff")
def before_telling_of_staff(request: HttpRequest, application: Application) -> dict[str, Any]:
    return {
        "consequences": [str(who.label) for who in not_told_yet(application)],
        "consequences_title": _("Not told yet"),
    }


@step_context("consideration.merge")
def before_merging(request: HttpRequest, application: Application) -> dict[str, Any]:
    return {
        "consequences": [
            _("It goes on in the other, from the earlier first contact of the two."),
            _("What is owed here is owed there."),
            _("Whoever asked here is written nowhere there, and is answered apart."),
        ]
    }


@step_context("consideration.go-on-unasked")
def before_going_on(request: HttpRequest, application: Application) -> dict[str, Any]:
    return {
        "consequences": [
            _("The request ends; whoever asked hears nothing of what follows."),
            _("It goes back to its checks, as a right to know."),
            _("Every limit runs on from the first contact."),
        ]
    }


@step_context("consideration.freeze")
def before_freezing(request: HttpRequest, application: Application) -> dict[str, Any]:
    return {
        "consequences": [
            _("Nothing more is done with it but by a supervisor."),
            _("The case is closed to all who are not named on it, and kept as it stands."),
        ]
    }


navigate(Entry("Second look", "second-looks", 74, SUPERVISOR, menu="team"))
