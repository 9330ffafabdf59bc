"""A meeting with cases on its agenda, as slices of the product leave it before the room opens; and what is done in the room."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Case
from cases.services import name_unit, open_conference
from marac.models import (
    AgendaItem,
    Attendance,
    Forum,
    ForumAction,
    Ground,
    Hearing,
    Meeting,
    Part,
    Referral,
    ReferredPerson,
    Research,
    ResearchLine,
)
from marac.services.agreeing import agree
from people.models import Person, PersonName
from safeguarding.models import Agency
from tests.cast import take
from tests.marac.test_forums import easterby, seated
from workflow.models.record import about


def half_an_hour_ago() -> datetime:
    """Today all the same: forums of the tests have terms from today on, and tests run just after midnight too."""
    now = timezone.localtime()
    return max(now - timedelta(minutes=30), now.replace(hour=0, minute=0, second=0, microsecond=0))


def meeting_of(forum: Forum, by: User, starts_at: datetime | None = None, **columns: Any) -> Meeting:
    """A meeting whose agenda went out, half an hour ago if no moment (UTC) is said."""
    columns = {"state": Meeting.State.PUBLISHED, "chair": None, "keeper": by, **columns}
    return Meeting.objects.create(
        forum=forum, unit=forum.unit, starts_at=starts_at or half_an_hour_ago(), venue="Room 2",
        recorded_by=by, published_at=timezone.now() - timedelta(days=8), **columns,
    )  # fmt: skip


def forum_with(by: User, *agencies: Agency, **said: Any) -> Forum:
    """Easterby MARAC, in which these agencies sit."""
    forum = easterby(by, **said)
    for agency in agencies:
        seated(forum, agency, by)
    return forum


def referred(
    meeting: Meeting, by: User, *names: str, beside: Case | None = None, children: int = 0, to: tuple[Agency, ...] = (),
    **columns: Any,
) -> AgendaItem:  # fmt: skip
    """One referral on the agenda: a conference of its own, its people by name (who is harmed, then who harms), the agencies
    that it was given to.
    """
    now = timezone.now()
    case = open_conference(unit=meeting.unit, by=by, at=now, beside=beside)
    said = {
        "grounds": [Ground.VISIBLE, Ground.JUDGEMENT], "score": 17, "latest": "Hands to her neck in front of the child.",
        "changed": "His brother is involved now.", "state": Referral.State.LISTED,
        "submitted_at": now - timedelta(days=14), "accepted_at": now - timedelta(days=13), **columns,
    }  # fmt: skip
    referral = Referral.objects.create(
        case=case, forum=meeting.forum, origin=meeting.unit, investigation=beside, recorded_by=by, **said
    )
    harmed, harming = (*names, "Amira Castell", "Dean Wroe")[:2] if not names else (*names, "Dean Wroe")[:2]
    for part, name in (
        (Part.VICTIM, harmed),
        (Part.SUSPECT, harming),
        *((Part.CHILD, f"Child {n}") for n in range(children)),
    ):
        named(referral, part, name, by)
    for agency in to:
        name_unit(case=case, unit=agency.unit, at=now, until=now + timedelta(days=28))
    place = AgendaItem.objects.filter(meeting=meeting).count() + 1
    return AgendaItem.objects.create(
        meeting=meeting, kind="referral", case=case, place=place, added_at=now, added_by=by, **about(referral),
        part=AgendaItem.Part.CHILDREN if children else AgendaItem.Part.ADULTS,
    )  # fmt: skip


def named(referral: Referral, part: str, name: str, by: User) -> ReferredPerson:
    """Somebody the referral names; the conference has learned the name."""
    forename, _, surname = name.partition(" ")
    person = Person.objects.create()
    PersonName.objects.create(person=person, case=referral.case, forename=forename, surname=surname, recorded_by=by)
    return ReferredPerson.objects.create(
        referral=referral, case=referral.case, person=person, part=part, recorded_by=by
    )


def researched(
    item: AgendaItem, agency: Agency, by: User, *lines: tuple[str, str], state: str = "returned", **more: Any
) -> Research:
    """What one agency returned, each line (fact or opinion, words) released."""
    referral, now = referral_of(item), timezone.now()
    research = Research.objects.create(
        referral=referral, case=referral.case, agency=agency, meeting=item.meeting, state=state, recorded_by=by,
        due_at=now - timedelta(days=2), returned_at=None if state == "asked" else now - timedelta(days=3),
        searched="The register of tenants." if state == "nil" else "", **more,
    )  # fmt: skip
    for sort, words in lines:
        line(research, by, sort, words, released_at=now)
    return research


def line(research: Research, by: User, sort: str, words: str, **more: Any) -> ResearchLine:
    return ResearchLine.objects.create(
        research=research, case=research.case, about="victim", sort=sort, words=words, recorded_by=by, **more
    )


def referral_of(item: AgendaItem) -> Referral:
    return Referral.objects.get(pk=item.subject_id)


def sitting(meeting: Meeting, by: User) -> Meeting:
    """Opened, and the promise read."""
    take(meeting, "open", by, chair="")
    take(meeting, "promise", by, read="on")
    return Meeting.objects.get(pk=meeting.pk)


def here(
    meeting: Meeting, agency: Agency, name: str, by: User, standing: str = "here", signed: bool = True
) -> Attendance:
    return Attendance.objects.create(
        meeting=meeting, agency=agency, name=name, standing=standing, recorded_by=by,
        signed_at=timezone.now() if signed else None,
    )  # fmt: skip


def called(item: AgendaItem, by: User) -> Hearing:
    item = AgendaItem.objects.select_related("case", "meeting").get(pk=item.pk)
    blank = Hearing(item=item, referral=referral_of(item), case=item.case)
    made: Hearing = take(blank, "call", by)
    return made


def agreed(
    hearing: Hearing,
    by: User,
    owner: Attendance | Agency,
    what: str,
    answers: str = "He knows where she is",
    **said: Any,
) -> ForumAction:
    due = (timezone.localdate() + timedelta(days=7)).isoformat()
    choice = f"here-{owner.pk}" if isinstance(owner, Attendance) else f"away-{owner.pk}"
    return agree(hearing, {"what": what, "owner": choice, "answers": answers, "due": due, **said}, by=by)


TELLS = {"tells_who": "J. Farrow", "tells_where": "At work, in the morning"}


def summed_up(hearing: Hearing, agency: Agency) -> Hearing:
    """What a case needs before actions may be its outcome: the harm, and who tells her."""
    hearing = Hearing.objects.get(pk=hearing.pk)
    hearing.harm, hearing.tells, hearing.tells_by = (
        "Killing by strangulation.",
        agency,
        timezone.localdate() + timedelta(days=2),
    )
    hearing.tells_who, hearing.tells_where = TELLS["tells_who"], TELLS["tells_where"]
    hearing.version += 1
    hearing.save(update_fields=["harm", "tells", "tells_by", "tells_who", "tells_where", "version"])
    return hearing
