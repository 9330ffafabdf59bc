"""A forum as the coordinator meets it: an agenda of forty cases, a room with twelve agencies, and five years behind it.

Rows as the steps leave them; nothing of it is owed, so that it moves no queue and no sweep.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from benchmarks.cloning import FORENAMES, STEMS
from cases.models import Case
from cases.services import open_conference
from marac.models import (
    AgendaItem,
    Attendance,
    Forum,
    ForumAction,
    ForumMember,
    ForumTerms,
    Hearing,
    Meeting,
    Part,
    Referral,
    ReferredPerson,
    Research,
    ResearchLine,
)
from marac.services.counting import later, quarter_of
from people.models import Person, PersonName
from safeguarding.models import Agency, AgencyKind, Agreement
from workflow.clock import LONDON
from workflow.models.record import about

AGENCIES, CASES, QUARTERS, HEARD = 12, 40, 20, 10  # heard in each quarter of the five years
WORDS = "Seen at the home on the fourth; she asked for the locks to be changed before Friday."


def tell_conferences(coordinator: User) -> tuple[Forum, Meeting, AgendaItem]:
    """The forum, its next meeting, and the case that is before the room now."""
    unit = coordinator.postings.get().unit
    kept = {"unit": unit, "recorded_by": coordinator}
    forum = Forum.objects.create(
        name="Benchshire MARAC", kind="marac", area="Benchshire", women_over_16=400_000, women_source="Made up",
        state=Forum.State.WORKING, **kept,
    )  # fmt: skip
    ForumTerms.objects.create(forum=forum, valid_from=date(2020, 1, 1), authority="The benchmark", slots=CASES)
    agencies = agencies_of(forum, coordinator)
    earlier(forum, agencies, coordinator)
    meeting = Meeting.objects.create(
        forum=forum, starts_at=timezone.now() - timedelta(minutes=20), state=Meeting.State.SITTING, keeper=coordinator,
        published_at=timezone.now() - timedelta(days=8), opened_at=timezone.now() - timedelta(minutes=19),
        promise_read_at=timezone.now() - timedelta(minutes=18), **kept,
    )  # fmt: skip
    items = [listed(meeting, number, coordinator) for number in range(CASES)]
    return forum, meeting, before_the_room(items[0], agencies, coordinator)


def agencies_of(forum: Forum, by: User) -> list[Agency]:
    """Twelve that signed a year ago and have sat since, two people of each in the room."""
    kinds = list(AgencyKind)[:AGENCIES]
    since = timezone.localdate() - timedelta(days=100)
    made = []
    for number, kind in enumerate(kinds):
        unit = Unit.objects.plant(f"Agency {number}", f"BA{number}", forum.unit)
        agency = Agency.objects.create(unit=unit, kind=kind, state=Agency.State.WORKING, recorded_by=by)
        Agreement.objects.create(
            agency=agency, unit=unit, edition="1", signed_on=since, review_on=since + timedelta(days=365), purpose="Safety",
            basis="DPA 2018", signatory="Head", protection_officer="Officer", state=Agreement.State.SIGNED, recorded_by=by,
        )  # fmt: skip
        ForumMember.objects.create(
            forum=forum, unit=forum.unit, agency=agency, since=since, state="sitting", recorded_by=by
        )
        made.append(agency)
    return made


def named(referral: Referral, part: str, number: int, by: User) -> None:
    person = Person.objects.create()
    known = {"case": referral.case, "person": person, "recorded_by": by}
    PersonName.objects.create(forename=FORENAMES[number % 24], surname=STEMS[number % 19], **known)
    ReferredPerson.objects.create(referral=referral, part=part, **known)


def listed(meeting: Meeting, number: int, by: User) -> AgendaItem:
    """One case of the agenda, its people with it."""
    at = timezone.now() - timedelta(days=14)
    case = open_conference(unit=meeting.unit, by=by, at=at)
    referral = Referral.objects.create(
        case=case, forum=meeting.forum, origin=meeting.unit, grounds=["visible"], score=17, latest=WORDS, submitted_at=at,
        accepted_at=at, state=Referral.State.LISTED, recorded_by=by,
    )  # fmt: skip
    for part in (Part.VICTIM, Part.SUSPECT, *([Part.CHILD] * (number % 3))):
        named(referral, part, number + 7 * (part == Part.SUSPECT), by)
    place = AgendaItem.Part.CHILDREN if number % 3 else AgendaItem.Part.ADULTS
    return AgendaItem.objects.create(
        meeting=meeting,
        kind="referral",
        case=case,
        part=place,
        place=number,
        added_at=at,
        added_by=by,
        **about(referral),
    )


def before_the_room(item: AgendaItem, agencies: list[Agency], by: User) -> AgendaItem:
    """The case is being heard: every agency is here, has returned its research and has taken an action."""
    now, referral = timezone.now(), Referral.objects.get(pk=item.subject_id)
    kept: dict[str, Any] = {"case": item.case, "recorded_by": by}
    Hearing.objects.create(
        item=item, referral=referral, began_at=now, running_since=now, harm=WORDS, risks="He has a key\nShe is alone",
        state=Hearing.State.HEARING, **kept,
    )  # fmt: skip
    for agency in agencies:
        for who in ("A. Bench", "B. Bench"):
            Attendance.objects.create(
                meeting=item.meeting, agency=agency, name=who, standing="here", signed_at=now, recorded_by=by
            )
        research = Research.objects.create(
            referral=referral,
            agency=agency,
            meeting=item.meeting,
            due_at=now,
            returned_at=now,
            state="returned",
            **kept,
        )
        for sort in ("fact", "opinion"):
            ResearchLine.objects.create(
                research=research, about="victim", sort=sort, words=WORDS, released_at=now, **kept
            )
        ForumAction.objects.create(
            referral=referral, meeting=item.meeting, agency=agency, what=WORDS, answers="He has a key", type="support",
            due_at=now + timedelta(days=7), state=ForumAction.State.AGREED, **kept,
        )  # fmt: skip
    return item


def earlier(forum: Forum, agencies: list[Agency], by: User) -> None:
    """Five years: a meeting in each quarter, ten cases heard at each."""
    this = quarter_of(timezone.localdate())
    kept = {"recorded_by": by}
    for back in range(1, QUARTERS + 1):
        day = later(this, -back)
        at = datetime(day.year, day.month, 20, 10, tzinfo=LONDON)
        meeting = Meeting.objects.create(
            forum=forum,
            unit=forum.unit,
            starts_at=at,
            state=Meeting.State.MINUTED,
            closed_at=at + timedelta(hours=3),
            **kept,
        )
        cases = Case.objects.bulk_create(
            Case(reference=f"DA-2020-{back:02d}{n:04d}", kind=Case.Kind.CONFERENCE, unit=forum.unit, opened_at=at)
            for n in range(HEARD)
        )
        referrals = Referral.objects.bulk_create(
            Referral(case=case, forum=forum, origin=forum.unit, submitted_at=at - timedelta(days=20), state="heard",
                     agency=agencies[n % 4] if n % 2 else None, **kept)
            for n, case in enumerate(cases)
        )  # fmt: skip
        items = AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=meeting, kind="referral", case=row.case, part="3adults", added_at=at, added_by=by, **about(row)
            )
            for row in referrals
        )
        Hearing.objects.bulk_create(
            Hearing(case=row.case, item=item, referral=row, began_at=at, ended_at=at + timedelta(minutes=12),
                    outcome="actions", state=Hearing.State.HEARD, **kept)
            for row, item in zip(referrals, items, strict=True)
        )  # fmt: skip
