"""The room as one reader sees it: the list, the case being heard, what is agreed. Nothing of a case that is not theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from cases.models import Case
from cases.panels.identity import grades_of
from marac.items import KINDS, headings_for, numbered, records_of
from marac.models import (
    AgendaItem,
    Attendance,
    ForumAction,
    ForumTerms,
    Hearing,
    Meeting,
    Part,
    Referral,
    ReferredPerson,
)
from marac.models.planning import CASE
from marac.models.seats import agencies_of, attendances_of, day_of
from marac.services.old_plan import old_actions_seen
from marac.services.shared import Known, known_of
from people.services import names_for
from safeguarding.models import Agency, AgencyKind

CHAIR = "forum_chair"


@dataclass(slots=True)
class Heard:
    """One line of the list. Of what is not the reader’s there is its place and nothing else. `number`: of the cases in their
    order; none for what takes no slot. `heading`, `url`: of what is heard in another way than a case of this forum.
    """

    item: AgendaItem
    number: int | None
    at: datetime  # when its turn comes by the slots (UTC)
    seen: bool
    label: str = ""  # the kind of item
    heading: str = ""
    url: str = ""
    referral: Referral | None = None
    hearing: Hearing | None = None
    children: int = 0
    actions: int = 0

    @property
    def is_done(self) -> bool:
        return self.hearing is not None and self.hearing.state == Hearing.State.HEARD

    @property
    def minutes(self) -> int:
        return round(self.hearing.seconds / 60) if self.hearing else 0


@dataclass(slots=True)
class Seat:
    """One agency in the strip: everybody of it who was recorded."""

    agency: Agency | None
    people: list[Attendance] = field(default_factory=list)

    @property
    def standing(self) -> str:
        """The best that is said of anybody of it: here before observing, an apology, absent; "" for nothing said."""
        said = {row.standing for row in self.people}
        return next((str(one) for one in Attendance.Standing if one in said), "")

    @property
    def signed(self) -> int:
        return sum(row.signed_at is not None for row in self.people)

    @property
    def sent_word(self) -> bool:
        return any(row.sent_word for row in self.people)


@dataclass(slots=True)
class Room:
    """A meeting for one reader. `now` is the case that they look at; none where nothing is called."""

    meeting: Meeting
    terms: ForumTerms
    seats: list[Seat]
    cases: list[Heard]
    now: Heard | None
    writes: bool

    @property
    def here(self) -> int:
        return sum(seat.standing == Attendance.Standing.HERE for seat in self.seats)

    @property
    def unsigned(self) -> int:
        """How many people here have not signed the promise."""
        present = (Attendance.Standing.HERE, Attendance.Standing.OBSERVER)
        return sum(row.standing in present and row.signed_at is None for seat in self.seats for row in seat.people)

    @property
    def ends_at(self) -> datetime:
        return self.meeting.starts_at + timedelta(minutes=self.terms.slot_minutes * self.slots)

    @property
    def slots(self) -> int:
        """How many of its items take one."""
        return sum(line.number is not None for line in self.cases)

    @property
    def advisers(self) -> list[Attendance]:
        """The independent advisers who are here, and may speak for the person harmed (D.4)."""
        here = [seat for seat in self.seats if seat.agency and seat.agency.kind == AgencyKind.IDVA]
        return [row for seat in here for row in seat.people if row.standing == Attendance.Standing.HERE]


@dataclass(slots=True)
class Before:
    """The case before the room: what the page of it shows."""

    line: Heard
    referral: Referral
    names: str
    grade: str
    suspects: list[str]
    known: list[Known]
    old: list[ForumAction]
    plan: list[ForumAction]
    unanswered: list[str]
    flag_until: date | None
    may_tell: bool  # this reader may record that she was told
    may_spare: bool  # this reader chairs, and may decide that she is not to be told

    @property
    def unmarked(self) -> int:
        return sum(not action.worth for action in self.old)


def room_of(meeting: Meeting, user: User, item: int | None, writes: bool) -> Room:
    """The room for a reader who sees the meeting. `item`: the case they look at; else the one that is being heard."""
    terms = ForumTerms.objects.of(meeting.forum, day_of(meeting))
    cases = lines_of(meeting, user, terms)
    running = next((line for line in cases if line.hearing and line.hearing.running_since), None)
    begun = next((line for line in cases if line.hearing and not line.is_done), None)
    chosen = next((line for line in cases if line.item.pk == item and line.seen), None)
    now = chosen or next((line for line in (running, begun) if line and line.seen), None)
    return Room(meeting, terms, seats_of(meeting), cases, now, writes)


def lines_of(meeting: Meeting, user: User, terms: ForumTerms) -> list[Heard]:
    """Every item in the order of the agenda: as many queries for one as for forty; a few more for each other kind."""
    items = list(AgendaItem.objects.standing().filter(meeting=meeting).select_related("case", "hearing").in_order())
    records = records_of(items)
    headings = headings_for(items, records, user)
    referrals = {
        row.subject_id: records[row.kind, row.subject_id] for row in items if row.kind == CASE and row.pk in headings
    }
    children = counted(ReferredPerson.objects.standing().filter(referral__in=referrals, part=Part.CHILD))
    actions = counted(ForumAction.objects.standing().filter(referral__in=referrals, meeting=meeting))
    lines, timed = [], 0
    for item, number in numbered(items):
        starts = meeting.starts_at + timedelta(minutes=terms.slot_minutes * timed)
        timed += KINDS[item.kind].timed
        line = Heard(item, number, starts, item.pk in headings, KINDS[item.kind].label)
        if line.seen and item.kind == CASE:
            line.referral, line.hearing = referrals[item.subject_id], getattr(item, "hearing", None)
            line.children, line.actions = children[item.subject_id], actions[item.subject_id]
        elif line.seen:
            line.heading, line.url = headings[item.pk], KINDS[item.kind].url(records[item.kind, item.subject_id])
        lines.append(line)
    return lines


def counted(rows: Any) -> Counter[int]:
    return Counter(rows.order_by().values_list("referral", flat=True))


def seats_of(meeting: Meeting) -> list[Seat]:
    """Each agency of the forum, with who of it was recorded; the police and whoever else came, without an agency, last."""
    seats: dict[int | None, Seat] = {agency.pk: Seat(agency) for agency in agencies_of(meeting)}
    for row in attendances_of(meeting):
        seats.setdefault(row.agency_id, Seat(row.agency)).people.append(row)
    return list(seats.values())


def before(room: Room, user: User) -> Before | None:
    """What the page shows of the case that the reader looks at; none where they look at none."""
    line = room.now
    if line is None or line.referral is None:
        return None
    referral = line.referral
    plan = plan_of(referral, room.meeting)
    people = list(ReferredPerson.objects.standing().filter(referral=referral).order_by("pk"))
    names = names_for({row.person_id for row in people}, user)
    hearing = line.hearing
    return Before(
        line=line, referral=referral, names=heading(people, names), grade=grade_for(referral, user),
        suspects=[names[row.person_id] for row in people if row.part == Part.SUSPECT],
        known=known_of(referral, room.meeting), old=old_actions_seen(referral, user), plan=plan,
        unanswered=unanswered(hearing.named_risks() if hearing else [], plan),
        flag_until=(hearing.flag_until if hearing else None) or referral.flag_until,
        may_tell=may_tell(hearing, user, room.writes), may_spare=CHAIR in user.roles_over(room.meeting.unit),
    )  # fmt: skip


def may_tell(hearing: Hearing | None, user: User, writes: bool) -> bool:
    """Whether she waits to be told by the reader’s own agency, or by whoever keeps the room for it."""
    if hearing is None or hearing.state != Hearing.State.HEARD or not hearing.tells_id or hearing.told_at:
        return False
    return writes or Agency.objects.all().of(user).filter(pk=hearing.tells_id).exists()


def heading(people: Iterable[ReferredPerson], names: dict[int, str]) -> str:
    """Hannah Okoro and Daniel Reeve: who is harmed first."""
    rows = list(people)
    order = [row.person_id for part in (Part.VICTIM, Part.SUSPECT) for row in rows if row.part == part]
    said = [names[person] for person in dict.fromkeys(order)]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def grade_for(referral: Referral, user: User) -> str:
    """The grade of the police, for whoever may open their case; no partner may."""
    case = referral.investigation_id
    if case is None or not Case.objects.visible_to(user).filter(pk=case).exists():
        return ""
    return grades_of([case]).get(case, "")


def plan_of(referral: Referral, meeting: Meeting) -> list[ForumAction]:
    """What was agreed today, as it was said. Index: forum_action_of_referral."""
    rows = ForumAction.objects.standing().filter(referral=referral, meeting=meeting)
    return list(rows.select_related("agency__unit").order_by("pk"))


def unanswered(risks: Iterable[str], plan: Iterable[ForumAction]) -> list[str]:
    """The risks that were named and that no action answers."""
    answered = {action.answers.strip().casefold() for action in plan}
    return [risk for risk in risks if risk.casefold() not in answered]
