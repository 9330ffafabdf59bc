"""Referrals, forums and meetings as the steps before an agenda leave them, without the minutes of taking those steps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case
from cases.services import open_conference
from marac.models import Forum, ForumMember, Meeting, Part, Referral, ReferredPerson
from people.models import Address, Birth, Person, PersonName, Telephone
from safeguarding.models import Agency
from tests.cast import take
from workflow.clock import LONDON


def forum_of(by: User, *agencies: Agency, **said: Any) -> Forum:
    """A forum with its rules as shipped, in which these agencies have sat for ten days."""
    said = {"name": "Easterby MARAC", "kind": "marac", "area": "Easterby", "venue": "Town hall", "runs": "DAU", **said}
    forum: Forum = take(Forum(), "record", by, **said)
    since = (timezone.localdate() - timedelta(days=10)).isoformat()
    for agency in agencies:
        take(ForumMember(forum=forum, unit=forum.unit), "join", by, agency=agency.pk, core="yes", since=since)
    return forum


def named(case: Case, by: User, name: str, **known: Any) -> Person:
    """Somebody new of whom this case alone has learned: name, birth, and where given address and telephone."""
    forename, _, surname = name.partition(" ")
    person = Person.objects.create()
    when = {"case": case, "person": person, "recorded_by": by, "recorded_at": timezone.now()}
    PersonName.objects.create(forename=forename, surname=surname, **when)
    if "born_on" in known:
        Birth.objects.create(born_on=known["born_on"], **when)
    if "address" in known:
        Address.objects.create(line=known["address"], postcode="", **when)
    if "telephone" in known:
        Telephone.objects.create(number=known["telephone"], **when)
    return person


def referral(
    forum: Forum, by: User, *, victim: str = "Hannah Okoro", suspect: str = "Daniel Reeve", children: tuple[str, ...] = (),
    beside: Case | None = None, origin: Unit | None = None, days_ago: int = 30, state: str = "accepted", **said: Any,
) -> Referral:  # fmt: skip
    """A referral that the coordinator has accepted, in a conference of its own."""
    now = timezone.now()
    case = open_conference(unit=forum.unit, by=by, at=now, beside=beside)
    sent = now - timedelta(days=days_ago)
    columns: dict[str, Any] = {
        "grounds": ["visible"], "score": 17, "latest": "He held her by the throat in the kitchen.", "basis": "public_task",
        "safe_contact": "Ring 07700 900123 before three.", "submitted_at": sent, "accepted_at": sent, "submitted_by": by,
    }  # fmt: skip
    one = Referral.objects.create(
        case=case, forum=forum, origin=origin or forum.unit, investigation=beside, state=state, recorded_by=by,
        recorded_at=sent, **{**columns, **said},
    )  # fmt: skip
    harmed = named(case, by, victim, address="14 Mill Lane", telephone="07700 900123", born_on=date(1991, 5, 4))
    parts = [(Part.VICTIM, harmed, {}), (Part.SUSPECT, named(case, by, suspect), {"standing": "On bail until Friday"})]
    parts += [(Part.CHILD, named(case, by, child), {"school": "Mill Lane Primary"}) for child in children]
    for part, person, columns in parts:
        ReferredPerson.objects.create(
            case=case, referral=one, person=person, part=part, recorded_by=by, recorded_at=sent, **columns
        )
    return one


def at_ten(days_ahead: int) -> datetime:
    """Ten in the morning in London, so many days from today."""
    day = timezone.localdate() + timedelta(days=days_ahead)
    return datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)


def meeting(forum: Forum, by: User, days_ahead: int = 21, **said: Any) -> Meeting:
    """A meeting planned by its step: it has taken up what waited."""
    said = {"starts_at": at_ten(days_ahead).isoformat(), "urgent": "no", **said}
    made: Meeting = take(Meeting(forum=forum, unit=forum.unit), "plan", by, **said)
    return Meeting.objects.get(pk=made.pk)
