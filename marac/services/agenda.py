"""The agenda that orders itself: what waits is taken up, each part stands in its order, and the chair may move one (D.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Min

from accounts.models import User
from cases.models import Case, CourseEvent, UnsafeReport
from marac.items import KINDS, headings_for, numbered, records_of
from marac.models import AgendaItem, EmergencyCall, Forum, ForumAction, ForumTerms, Ground, Hearing, Meeting, Referral
from marac.models.planning import ACTION, CASE, EMERGENCY, ENDED, days_of, terms_of, waiting_for
from marac.services.old_plan import old_plans_seen
from risk.models import Grade, current_grades
from workflow import engine
from workflow.clock import LONDON
from workflow.models import Holiday
from workflow.models.record import about

T = TypeVar("T")
#: What brings whoever is said to harm nearer, of what the course of the investigation announces.
COMES_NEARER = (
    CourseEvent.Kind.BAIL_ENDS, CourseEvent.Kind.ORDER_ENDS, CourseEvent.Kind.RELEASE, CourseEvent.Kind.RELEASE_HDC,
    CourseEvent.Kind.RELEASE_TEMPORARY, CourseEvent.Kind.CONTACT_HEARING,
)  # fmt: skip
FAR_OFF = datetime.max.replace(tzinfo=LONDON)
ON_AGENDA = "It stands on the agenda of the next meeting."
OFF_AGENDA = "It was taken off the agenda."


# --- the next day


def next_offered(forum: Forum, today: date, terms: ForumTerms) -> date:
    """The day that the rhythm of the forum gives after its last meeting; a working day, and after today."""
    last = Meeting.objects.filter(forum=forum, urgent=False).exclude(state=Meeting.State.CANCELLED)
    latest = last.order_by("-starts_at").values_list("starts_at", flat=True).first()
    day = (latest.astimezone(LONDON).date() if latest else today) + timedelta(days=terms.rhythm_days)
    while day <= today:
        day += timedelta(days=terms.rhythm_days)
    calendar = Holiday.objects.calendar()
    while calendar.outside_working_days(day):
        day += timedelta(days=1)
    return day


# --- the order


def in_order(rows: Iterable[T], key: Callable[[T], Any], moved_to: Callable[[T], int | None]) -> list[T]:
    """Rows by their key; one that the chair has moved stands at its place (from 1), the others around it."""
    found = list(rows)
    placed = sorted((row for row in found if moved_to(row) is None), key=key)
    for row in sorted((row for row in found if moved_to(row) is not None), key=lambda row: moved_to(row) or 0):
        placed.insert((moved_to(row) or 1) - 1, row)
    return placed


def arrange(meeting: Meeting, now: datetime) -> None:
    """Write the place of each item: within a part whoever is unsafe now, then repeats and high grades, then the soonest
    danger, then who has waited longest. As many statements for forty cases as for one.
    """
    items = list(AgendaItem.objects.standing().filter(meeting=meeting))
    keys, parts = urgency(items, now), defaultdict(list)
    for row in items:
        parts[row.part].append(row)
    for rows in parts.values():
        for place, row in enumerate(in_order(rows, lambda row: keys[row.pk], lambda row: row.moved_to), 1):
            row.place = place
    AgendaItem.objects.bulk_update(items, ["place"])


def urgency(items: Sequence[AgendaItem], now: datetime) -> dict[int, tuple[Any, ...]]:
    """{item id: what it is ordered by}. Index: course_event_of_case, referral's own key."""
    referrals = {r.pk: r for r in Referral.objects.filter(pk__in=[row.subject_id for row in items if row.kind == CASE])}
    cases = {r.investigation_id for r in referrals.values() if r.investigation_id}
    grades, near = current_grades(cases), dangers_ahead(cases, now)
    unsafe = set(
        UnsafeReport.objects.filter(case__in=cases | {r.case_id for r in referrals.values()}, answered_at__isnull=True)
        .order_by().values_list("case", flat=True)
    )  # fmt: skip

    def key(row: AgendaItem) -> tuple[Any, ...]:
        one = referrals.get(row.subject_id) if row.kind == CASE else None
        if one is None:
            return (1, 0, FAR_OFF, row.added_at, row.pk)
        high = grades.get(one.investigation_id or 0) == Grade.HIGH
        calm = one.case_id not in unsafe and one.investigation_id not in unsafe
        soonest = near.get(one.investigation_id or 0, FAR_OFF)
        return (calm, -(is_repeat(one) + high), soonest, one.submitted_at or row.added_at, row.pk)

    return {row.pk: key(row) for row in items}


def dangers_ahead(cases: Iterable[int], now: datetime) -> dict[int, datetime]:
    """{investigation id: when next something announced brings whoever is said to harm nearer}."""
    rows = CourseEvent.objects.standing().filter(
        case__in=list(cases), kind__in=COMES_NEARER, at__gte=now, state="standing"
    )
    return dict(rows.order_by().values("case").annotate(next=Min("at")).values_list("case", "next"))


def is_repeat(referral: Referral) -> bool:
    return referral.repeat_of_id is not None or Ground.REPEAT in referral.grounds


# --- what is taken up


def gather(meeting: Meeting, by: User, at: datetime) -> int:
    """Take up what waits for this meeting and stands on no agenda; returns how many. Referrals that came after the forum
    closed are left for the chair. Whoever gathers may be kept out of one: the program takes it up, so that none is missed.
    """
    terms = terms_of(meeting)
    waiting = waiting_for(meeting.forum).filter(submitted_at__lte=days_of(meeting.starts_at, terms).closes)
    waiting = waiting.exclude(pk__in=subjects(meeting, CASE))
    on = put_on(meeting, CASE, list(waiting), by, at)
    on += put_on(meeting, ACTION, list(actions_due(meeting)), by, at)
    on += put_on(meeting, ENDED, list(months_ended(meeting, terms)), by, at)
    on += put_on(meeting, EMERGENCY, list(emergencies_to_note(meeting)), by, at)
    arrange(meeting, at)
    return on


def emergencies_to_note(meeting: Meeting) -> Any:
    """Held since the last agenda, and on none (D.3). Index: emergency_to_note."""
    on_one = AgendaItem.objects.standing().filter(kind=EMERGENCY).order_by().values("subject_id")
    return EmergencyCall.objects.all().to_note(meeting.forum).exclude(pk__in=on_one).order_by("held_at", "pk")


def actions_due(meeting: Meeting) -> Any:
    """Of this forum, still open though due by the meeting: they go first (D.3)."""
    rows = ForumAction.objects.open().filter(referral__forum=meeting.forum, due_at__lt=meeting.starts_at)
    return rows.exclude(pk__in=subjects(meeting, ACTION))


def months_ended(meeting: Meeting, terms: ForumTerms) -> Any:
    """Cases whose flag ended since the meeting before this one. Index: referral_flagged."""
    earlier = Meeting.objects.filter(forum=meeting.forum, starts_at__lt=meeting.starts_at, urgent=False)
    last = (
        earlier.exclude(state=Meeting.State.CANCELLED)
        .order_by("-starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    day = meeting.starts_at.astimezone(LONDON).date()
    since = last.astimezone(LONDON).date() if last else day - timedelta(days=terms.rhythm_days)
    rows = Referral.objects.counted().filter(forum=meeting.forum, flag_until__gte=since, flag_until__lt=day)
    return rows.exclude(pk__in=subjects(meeting, ENDED)).exclude(pk__in=subjects(meeting, CASE))


def subjects(meeting: Meeting, kind: str) -> Any:
    return AgendaItem.objects.standing().filter(meeting=meeting, kind=kind).order_by().values("subject_id")


def put_on(meeting: Meeting, kind: str, records: Sequence[Any], by: User, at: datetime, late: str = "") -> int:
    """Add records of one kind to an agenda; of a referral its own state follows. Returns how many."""
    add_items(meeting, kind, records, by, at, late)
    if kind == CASE:
        for record in records:
            move_referral(record, "list", ON_AGENDA, at)
    return len(records)


def add_items(meeting: Meeting, kind: str, records: Sequence[Any], by: User, at: datetime, late: str = "") -> None:
    """The rows alone. A referral that an emergency meeting is to hear goes on waiting for the next agenda, or stands on it:
    what is only held by telephone is missed by nobody.
    """
    parts = KINDS[kind].parts(records)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting, kind=kind, case_id=getattr(record, "case_id", None), part=parts[record.pk], added_at=at,
            added_by=by, late_because=late, **about(record),
        )
        for record in records
    )  # fmt: skip


def take_off(item: AgendaItem, why: str, at: datetime) -> None:
    """Off this agenda; of a referral, back to those that wait for a meeting."""
    item.taken_off_at, item.taken_off_because = at, why
    item.save(update_fields=["taken_off_at", "taken_off_because"])
    if item.kind == CASE:
        referral = Referral.objects.get(pk=item.subject_id)
        if referral.state == Referral.State.LISTED and not elsewhere(referral, item).exists():
            move_referral(referral, "take-off", OFF_AGENDA, at)


def elsewhere(referral: Referral, item: AgendaItem) -> Any:
    """Where the referral stands besides this item: on agendas of meetings to come. An emergency meeting takes nothing off the
    agenda of the next. Index: agenda_item_of_subject.
    """
    rows = AgendaItem.objects.standing().filter(kind=CASE, **about(referral), meeting__in=Meeting.objects.to_come())
    return rows.exclude(pk=item.pk).exclude(meeting__urgent=True).exclude(hearing__state=Hearing.State.HEARD)


def move_referral(referral: Referral, step: str, why: str, at: datetime) -> None:
    said = {"reason": why}
    engine.perform(referral, step, by=User.objects.system(), evidence=said, seen=referral.version, at=at)


# --- reading it


@dataclass(frozen=True, slots=True)
class Line:
    """One item as a reader sees it. `heading` is "" where it is not for them: then nothing else of it is given either."""

    item: AgendaItem
    number: int | None  # of what takes a slot, as the room counts; none for the rest
    label: str
    heading: str = ""
    url: str = ""
    record: Any = None
    is_case: bool = False
    repeat: bool = False
    high: bool = False
    old: Sequence[ForumAction] = ()  # the last plan of a repeat, as far as the reader may know it


@dataclass(frozen=True, slots=True)
class PartOf:
    label: str
    lines: list[Line]


def agenda_for(meeting: Meeting, user: User) -> list[PartOf]:
    """The parts of an agenda in their order with what this reader may see of each item. As many queries for forty cases as
    for one. Index: agenda_item_in_order.
    """
    items = list(AgendaItem.objects.standing().filter(meeting=meeting).select_related("case").in_order())
    records = records_of(items)
    headings = headings_for(items, records, user)
    cases = {r.investigation_id for (kind, _), r in records.items() if kind == CASE and r.investigation_id}
    # the grade is of the police file: a partner, who does not see that, reads only what the referral says
    grades = current_grades(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
    old = old_plans_seen([r for (kind, _), r in records.items() if kind == CASE], user)
    parts: dict[str, list[Line]] = {}
    for row, number in numbered(items):
        record = records.get((row.kind, row.subject_id))
        parts.setdefault(row.part, []).append(line_of(row, number, record, headings.get(row.pk, ""), grades, old))
    return [PartOf(str(AgendaItem.Part(part).label), lines) for part, lines in parts.items()]


def named_cases(referrals: Sequence[Referral], user: User) -> dict[int, str]:
    """{referral id: whose case it is}, of those that the reader may see."""
    return KINDS[CASE].headings(referrals, user)


def line_of(
    row: AgendaItem, number: int | None, record: Any, heading: str, grades: dict[int, str], old: Mapping[int, Sequence[ForumAction]]
) -> Line:  # fmt: skip
    kind = KINDS[row.kind]
    if not heading or record is None:
        return Line(row, number, kind.label)
    is_case = row.kind == CASE
    return Line(
        row, number, kind.label, heading, kind.url(record), record, is_case=is_case, repeat=is_case and is_repeat(record),
        high=is_case and grades.get(record.investigation_id or 0) == Grade.HIGH,
        old=old.get(record.pk, ()) if is_case else (),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """How full a meeting is: cases, slots, and the minutes that its cases need."""

    cases: int
    slots: int
    minutes: int

    @property
    def too_many(self) -> int:
        return max(self.cases - self.slots, 0)


def room_of(parts: Sequence[PartOf], terms: ForumTerms) -> Room:
    cases = sum(KINDS[line.item.kind].timed for part in parts for line in part.lines)
    return Room(cases, terms.slots, cases * terms.slot_minutes)
