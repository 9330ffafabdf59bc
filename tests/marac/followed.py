"""What was heard and taken on at a forum, made directly: how a referral gets so far is asked in tests of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Case
from cases.services import name_unit
from cases.services.conference import open_conference
from marac.models import AgendaItem, Forum, ForumAction, Hearing, Meeting, Part, Referral, ReferredPerson
from people.models import Person, PersonName
from safeguarding.models import Agency
from tests.cast import take
from workflow.models.record import about

DAY = timedelta(days=1)


def forum_of(by: User, name: str = "Easterby MARAC", **said: Any) -> Forum:
    said = {"name": name, "kind": "marac", "area": "Easterby", "runs": "DAU", **said}
    made: Forum = take(Forum(), "record", by, **said)
    return made


def referred(
    forum: Forum, by: User, investigation: Case | None = None, *, at: datetime | None = None, **said: Any
) -> Referral:
    """A referral that was accepted, in a conference of its own."""
    at = at or timezone.now() - 20 * DAY
    case = open_conference(unit=forum.unit, by=by, at=at, beside=investigation)
    said = {"state": Referral.State.ACCEPTED, "submitted_at": at, "accepted_at": at, "recorded_at": at, **said}
    return Referral.objects.create(
        case=case,
        forum=forum,
        origin=said.pop("origin", forum.unit),
        investigation=investigation,
        recorded_by=by,
        **said,
    )


def met(forum: Forum, by: User, at: datetime | None = None, **said: Any) -> Meeting:
    """A meeting that was held and minuted."""
    at = at or timezone.now() - 5 * DAY
    said = {"state": Meeting.State.MINUTED, "closed_at": at + timedelta(hours=3), **said}
    return Meeting.objects.create(forum=forum, unit=forum.unit, starts_at=at, recorded_by=by, recorded_at=at, **said)


def heard(referral: Referral, meeting: Meeting, by: User, *agencies: Agency, outcome: str = "actions") -> Hearing:
    """Heard there; each agency named on the conference for four weeks, as an agenda does it."""
    at = meeting.starts_at
    item = AgendaItem.objects.create(
        meeting=meeting,
        kind="referral",
        case=referral.case,
        part="3adults",
        added_at=at,
        added_by=by,
        **about(referral),
    )
    for agency in agencies:
        name_unit(case=referral.case, unit=agency.unit, at=at, until=at + 28 * DAY)
    return Hearing.objects.create(
        case=referral.case, item=item, referral=referral, began_at=at, ended_at=at + timedelta(minutes=12), outcome=outcome,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip


AGREED: dict[str, Any] = {
    "who": "", "owner": "", "volunteered": "yes", "type": "housing", "what": "A management move is put to the panel.",
    "answers": "He knows where she lives.", "at_once": "no", "due_at": "",
}  # fmt: skip
DONE = {"evidence": "Offered on Monday, accepted; reference HM-214.", "effect": "reduced"}


def local(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()


def taken_on(referral: Referral, agency: Agency, by: User, meeting: Meeting | None = None, **said: Any) -> ForumAction:
    """An action agreed by the ordinary step."""
    blank = ForumAction(case=referral.case, referral=referral, meeting=meeting)
    made: ForumAction = take(blank, "agree", by, agency=agency.pk, **{**AGREED, **said})
    return made


def done(action: ForumAction, by: User, **said: Any) -> ForumAction:
    said = {**DONE, "done_at": local(timezone.now() - timedelta(minutes=1)), **said}
    made: ForumAction = take(action, "done", by, **said)
    return made


def on_it(referral: Referral, by: User, part: str, name: str) -> Person:
    """Somebody whom the referral names."""
    forename, _, surname = name.partition(" ")
    person = Person.objects.create()
    known = {"case": referral.case, "recorded_by": by, "recorded_at": timezone.now()}
    PersonName.objects.create(person=person, forename=forename, surname=surname, **known)
    ReferredPerson.objects.create(referral=referral, person=person, part=part, **known)
    return person


__all__ = ["Part", "done", "forum_of", "heard", "local", "met", "on_it", "referred", "taken_on"]
