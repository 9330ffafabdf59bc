"""A consideration before a forum: on whose agenda it stands, and who may open it for that, for as long as it does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import NamedGrant
from cases.services import name_person
from dvds.models import Application
from marac.models import AgendaItem, Meeting
from marac.models.meeting import FORUM_STAFF
from marac.services.agenda import add_items, arrange, take_off
from workflow.clock import LONDON
from workflow.clock.moment import end_of
from workflow.models.record import about

#: The kind of item, as `marac.items` knows it: neither word tells an agency what it is about.
KIND = "consideration"
S, M = Application.State, Meeting.State
#: Where something is for the forum to decide.
BEFORE = (S.REFERRED, S.DEFERRED)
MOVED = "It is heard at another meeting."


def items_of(application: Application) -> Any:
    """The agendas on which it stands. Index: agenda_item_of_subject."""
    rows = AgendaItem.objects.standing().filter(kind=KIND, **about(application))
    return rows.select_related("meeting__forum", "meeting__chair", "meeting__keeper").order_by("-pk")


def meeting_of(application: Application) -> Meeting | None:
    """The meeting that is to hear it, or heard it last."""
    item = items_of(application).first()
    return item.meeting if item else None


def put_before(application: Application, meeting: Meeting, by: User, at: datetime) -> None:
    """On this agenda, and off every other to come. Where it stands there already, its people are named anew."""
    for item in items_of(application):
        if item.meeting_id == meeting.pk:
            return let_see(application, meeting)
        if item.meeting.state in (M.PLANNED, M.PUBLISHED):
            take_off(item, MOVED, at)
            see_no_more(application, people_of(item.meeting), at)
    add_items(meeting, KIND, [application], by, at)
    arrange(meeting, at)
    let_see(application, meeting)


def people_of(meeting: Meeting) -> list[User]:
    """Who runs the meeting: its chair and its coordinator, as far as they are known yet."""
    return [person for person in (meeting.chair, meeting.keeper) if person is not None]


def let_see(application: Application, meeting: Meeting) -> None:
    """Chair and coordinator are named on the case while it is before them. Whoever is named for good stays so."""
    for person in people_of(meeting):
        if not NamedGrant.objects.filter(user=person, content_object=application.case_id, until__isnull=True).exists():
            name_person(case=application.case, person=person)


def see_no_more(application: Application, people: Iterable[User], at: datetime) -> None:
    """Their naming ends. At the end of the day (London's) on which they decided: they read what they wrote."""
    grants = NamedGrant.objects.filter(content_object=application.case_id, user__in=list(people), until__isnull=True)
    grants.update(until=at)


def end_of_day(at: datetime) -> datetime:
    return end_of(at.astimezone(LONDON).date())


def follow(meeting: Meeting, at: datetime) -> None:
    """The meeting has another chair or coordinator, an item was taken off, or it was called off: who may open its
    considerations follows. A decided one is left as it is.
    """
    ids = AgendaItem.objects.filter(kind=KIND, meeting=meeting).order_by().values("subject_id")
    for application in Application.objects.filter(pk__in=ids, state__in=BEFORE).select_related("case__unit"):
        meetings = [item.meeting for item in items_of(application)]
        keep = {person.pk for one in meetings for person in people_of(one)}
        named = NamedGrant.objects.filter(content_object=application.case_id, until__isnull=True)
        staff = named.filter(user__postings__role__in=sorted(FORUM_STAFF)).exclude(user__in=keep)
        NamedGrant.objects.filter(pk__in=staff.order_by().values("pk")).update(until=at)
        for one in meetings:
            let_see(application, one)
