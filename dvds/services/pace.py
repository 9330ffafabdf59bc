"""Which considerations are likely to be late in the next ten working days, at the pace of the last sixty days, and why.

The pace is the median time from the end of each stage to the end of the whole, of what came to its end in those days; with
fewer than five of them the plan counted back stands in for it. Nothing is stored: it is asked anew each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DateTimeField, DurationField, ExpressionWrapper, F, OuterRef, Subquery
from django.db.models.functions import Cast

from accounts.models import Duty, User, on_duty
from cases.models import Case
from cases.visibility import near
from dvds.models import Application
from dvds.services import limits
from dvds.services.limits import stage_of
from marac.models import AgendaItem
from workflow.clock import Calendar, due, working_days
from workflow.models import Deadline

LOOKS_BACK, LEAST, MOST = timedelta(days=60), 5, 500
AHEAD = working_days(10)
LABEL = "dvds.application"
DAY = timedelta(days=1)
#: The limit whose end is the end of a stage.
ENDS = {
    "checks": (limits.CHECKS, limits.CHECKS_TOLD), "meeting": (limits.MEETING,),
    "assessment": (limits.REFERRED, limits.REFERRED_TOLD), "forum": (limits.DECIDED,),
}  # fmt: skip
ORDER = ("checks", "meeting", "assessment", "forum", "telling")
#: From the beginning of each stage to the end, by the plan: what stands in for a pace that is not known.
PLANNED = {"checks": 28 * DAY, "meeting": 27 * DAY, "assessment": 14 * DAY, "forum": 7 * DAY, "telling": 2 * DAY}


class Median(Aggregate):
    """The middle of a duration: percentile_cont of the database."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Pace:
    """{stage: how long it takes from entering it to the end}. `known`: reckoned from at least five that ended."""

    takes: Mapping[str, timedelta]
    known: bool


@dataclass(frozen=True, slots=True)
class Likely:
    """One that is likely to be late: its limit, when it is likely to end, in which stage it stands, who holds it."""

    id: int
    reference: str
    due_at: datetime
    likely_at: datetime
    stage: str
    holder: int | None


@dataclass(slots=True)
class Cause:
    """One of the causes, in words, and what it makes late, due first."""

    code: str
    words: str
    said: str = ""
    rows: list[Likely] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Forecast:
    until: datetime
    likely: int
    late_now: int
    causes: list[Cause]
    known: bool
    capped: bool


def worked(user: User) -> Any:
    return Case.objects.worked_by(user).filter(kind=Case.Kind.DISCLOSURE).order_by().values("pk")


def pace(user: User, now: datetime) -> Pace:
    """Of what this person works. One statement. Index: deadline_of_case."""
    over = Deadline.objects.filter(policy=limits.OVERALL, case=OuterRef("case"), dropped_because="")
    over = over.filter(stopped_at__gt=now - LOOKS_BACK)
    names = [name for group in ENDS.values() for name in group] + [limits.OVERALL]
    ended = Subquery(over.order_by("-pk").values("stopped_at")[:1], output_field=DateTimeField())
    rows: Any = Deadline.objects.filter(
        near(user), policy__in=names, case__in=worked(user), stopped_at__gt=now - LOOKS_BACK * 2, dropped_because=""
    ).annotate(ended=ended)
    rows = rows.filter(ended__isnull=False).order_by().values("policy")
    took = ExpressionWrapper(Cast(F("ended"), DateTimeField()) - F("stopped_at"), output_field=DurationField())
    whole = ExpressionWrapper(F("stopped_at") - F("started_at"), output_field=DurationField())
    found = {row["policy"]: row for row in rows.annotate(n=Count("pk"), took=Median(took), whole=Median(whole))}
    return pace_of(found)


def pace_of(found: Mapping[str, Mapping[str, Any]]) -> Pace:
    """A stage takes what was left when the one before it ended; where too few ended, what the plan gives it."""
    takes = dict(PLANNED)
    overall = found.get(limits.OVERALL)
    known = bool(overall and overall["n"] >= LEAST)
    if overall and known:
        takes["checks"] = overall["whole"]
    for before, stage in zip(ORDER, ORDER[1:], strict=False):
        rows = [found[name] for name in ENDS[before] if name in found and found[name]["n"] >= LEAST]
        if rows:
            takes[stage] = max(row["took"] for row in rows)
    return Pace(takes, known)


def likely_end(stage: str, entered: datetime, pace: Pace, now: datetime, sits_at: datetime | None = None) -> datetime:
    """When it is likely to end: as long after entering its stage as it takes, and never sooner than what must still come.
    A forum that sits on a known day decides then; on no agenda, nothing says that the time in it has begun.
    """
    place = ORDER.index(stage)
    if stage == "forum":
        return sits_at + pace.takes["telling"] if sits_at else now + pace.takes["forum"]
    rest = pace.takes[ORDER[place + 1]] if place + 1 < len(ORDER) else timedelta(0)
    return max(entered + pace.takes[stage], now + rest)


def forecast(user: User, now: datetime, calendar: Calendar) -> Forecast:
    """Eight statements at most, whatever is open; of more than 500 that fall due, those due first. Raises UnknownYear.

    Index: deadline_unit.
    """
    until = due(now, AHEAD, calendar)
    rows = Deadline.objects.open().filter(near(user), policy=limits.OVERALL, subject_type=LABEL, case__in=worked(user))
    late_now = rows.filter(due_at__lt=now).count()
    columns = ("subject_id", "case__reference", "started_at", "due_at", "holder_id")
    owed = list(
        rows.filter(due_at__gte=now, due_at__lte=until).order_by("due_at", "pk").values_list(*columns)[: MOST + 1]
    )
    found = likely_of(owed[:MOST], pace_now := pace(user, now), now)
    causes = causes_of(found, now)
    return Forecast(until, len(found), late_now, causes, pace_now.known, len(owed) > MOST)


def likely_of(owed: list[tuple[Any, ...]], pace_now: Pace, now: datetime) -> list[Likely]:
    ids = [row[0] for row in owed]
    states = dict(Application.objects.filter(pk__in=ids).values_list("pk", "state"))
    entered, sits = entered_at(ids), sits_at(ids, now)
    found = []
    for pk, reference, started, due_at, holder in owed:
        stage = stage_of(states[pk])
        if stage is None or stage.code not in ORDER:
            continue
        end = likely_end(stage.code, entered.get(pk, started), pace_now, now, sits.get(pk))
        if end > due_at:
            found.append(Likely(pk, reference, due_at, end, stage.code, holder))
    return found


def entered_at(ids: Iterable[int]) -> dict[int, datetime]:
    """When each came into the stage it stands in: when the stage before it ended. Index: deadline_of_subject."""
    names = [name for group in ENDS.values() for name in group]
    rows: Any = Deadline.objects.filter(
        subject_type=LABEL, subject_id__in=list(ids), policy__in=names, stopped_at__isnull=False, dropped_because=""
    )
    return dict(rows.order_by("stopped_at").values_list("subject_id", "stopped_at"))


def sits_at(ids: Iterable[int], now: datetime) -> dict[int, datetime]:
    """The meeting at which each is to be heard. Index: agenda_item_of_subject."""
    rows = AgendaItem.objects.filter(
        subject_type=LABEL, subject_id__in=list(ids), taken_off_at__isnull=True, meeting__starts_at__gte=now - DAY
    )
    return dict(rows.order_by("-meeting__starts_at").values_list("subject_id", "meeting__starts_at"))


def away_until(people: Iterable[int], now: datetime) -> dict[int, datetime | None]:
    """Who is rostered and off duty now, and when they are back (None: no turn is known). Two statements."""
    ids = set(people)
    off = ids - on_duty(ids, now)
    turns = Duty.objects.filter(user__in=off, from_at__gt=now).order_by("-from_at").values_list("user_id", "from_at")
    back: dict[int, datetime] = dict(turns)
    return {person: back.get(person) for person in off}


def causes_of(found: list[Likely], now: datetime) -> list[Cause]:
    """By what would help: somebody to stand in, a forum that sits sooner, a meeting, hands."""
    away = away_until({row.holder for row in found if row.holder}, now)
    causes = {
        "person": Cause("person", "On one person, who is away", "Whoever holds it is off duty until after the limit"),
        "forum": Cause("forum", "Waiting for the forum", "It sits too late, or nobody has put it on an agenda"),
        "meeting": Cause("meeting", "No meeting yet", "From here to the end takes longer than is left"),
        "assessment": Cause("assessment", "Being assessed", "From here to the end takes longer than is left"),
        "telling": Cause("telling", "Decided, and not done", "Nobody has been told yet"),
    }
    for row in found:
        back = away.get(row.holder or 0, now)
        code = "person" if row.holder in away and (back is None or back > row.due_at) else row.stage
        causes["meeting" if code == "checks" else code].rows.append(row)
    return [cause for cause in causes.values() if cause.rows]
