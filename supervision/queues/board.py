"""The live board of the control room: open calls in groups, what is worst first, then incidents being recorded (S4-008).

Each call stands once, in the first group that it belongs to. Pages by (received, id), as an index gives them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, F, IntegerField, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from accounts.roles import COMMAND, SPECIALISTS, SUPERVISORS, roles
from cases.models import Call, CallAdvice, Case, Incident, Involvement, UnsafeReport
from people.services import names_for, names_seen
from risk.models import current_grades
from supervision.queues.declared import said_once
from supervision.queues.groups import FEW, MANY, Place, capped
from workflow.models import Deadline

CONTROL = roles("contact_handler", "control_supervisor")
WATCHES = CONTROL | SUPERVISORS | SPECIALISTS | COMMAND  # who may look at the board, each at their own work
RESPONSE = "call-response"


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """One of the five: its key in the address and the style sheet, its name, and one line of why it stands there."""

    key: str
    name: str
    said: str
    tone: str

    def belongs(self, now: datetime) -> Q:
        danger = Q(unsafe=True) | Q(critical_at__isnull=False, stood_down_at__isnull=True)
        unanswered = Q(arrived_at__isnull=True, closed_at__isnull=True)
        missed = unanswered & Q(due_at__lt=now)
        return {
            "unsafe": danger,
            "missed": ~danger & missed,
            "waiting": ~danger & unanswered & ~(Q(due_at__isnull=False) & Q(due_at__lt=now)),
            "there": ~danger & Q(arrived_at__isnull=False, closed_at__isnull=True),
            "unreviewed": ~danger & Q(closed_at__isnull=False, reviewed_at__isnull=True),
        }[self.key]


# fmt: off
BOARD: tuple[BoardGroup, ...] = (
    BoardGroup("unsafe",     "Unsafe now",             "Somebody is said to be unsafe, or an incident is critical", "critical"),
    BoardGroup("missed",     "Response target missed", "Nobody is there yet",                                       "overdue"),
    BoardGroup("waiting",    "Waiting for officers",   "",                                                          "soon"),
    BoardGroup("there",      "Officers there",         "",                                                          "later"),
    BoardGroup("unreviewed", "Closed, not reviewed",   "Was the grade right?",                                      "later"),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One call as the board shows it. Empty fields take no space."""

    id: int
    url: str
    reference: str
    log_ref: str
    name: str
    risk: str
    restricted: bool
    grade: str
    grade_words: str
    place: str
    received_at: datetime
    due_at: datetime | None
    arrived_at: datetime | None
    resource: str
    briefed: bool
    marks: list[str]
    flagged: str
    advice: str
    advised_at: datetime | None
    reviewed: bool
    critical: bool
    unsafe: bool
    review_url: str
    advise_url: str


@dataclass(frozen=True, slots=True)
class ShownCalls:
    """A group as the board draws it."""

    group: BoardGroup
    total: int
    rows: list[BoardRow]
    url: str
    more_url: str


@dataclass(frozen=True, slots=True)
class Recording:
    """An incident being recorded that no call began: on the board because it is open, too."""

    reference: str
    url: str
    name: str
    grade: str
    began_at: datetime
    by: str
    unsafe: bool


def calls_on(user: User) -> Any:
    """The calls of the person's own work that are open or not yet reviewed, with what the groups ask. Index: call_live."""
    due = Deadline.objects.filter(subject_type=Call._meta.label_lower, subject_id=OuterRef("pk"), policy=RESPONSE)
    open_due = due.filter(dropped_because="").order_by("-pk").values("due_at")[:1]
    unsafe = UnsafeReport.objects.filter(case=OuterRef("case_id"), answered_at__isnull=True)
    rows = Call.objects.live().filter(case__in=said_once(Case.objects.worked_by(user)))
    return rows.annotate(due_at=Subquery(open_due, output_field=DateTimeField()), unsafe=Exists(unsafe))


def board_of(
    user: User, now: datetime, alone: str = "", after: Place | None = None
) -> tuple[list[ShownCalls], list[ShownCalls]]:
    """Every group with its count, and those that are listed. Five statements, however many calls there are."""
    rows = calls_on(user)
    chosen = [group for group in BOARD if group.key == alone]
    counted = {group.key: capped(rows.filter(group.belongs(now))) for group in BOARD}
    totals = User.objects.filter(pk=user.pk).values(**{f"count_{key}": one for key, one in counted.items()}).get()
    most = MANY if chosen else FEW * 2
    found = fetched(rows, now, chosen or list(BOARD), most, after if chosen else None)
    lines = shown(found, user)
    groups = [
        group_of(
            group,
            totals[f"count_{group.key}"],
            [line for row, line in zip(found, lines, strict=True) if row["stands"] == place],
            most,
        )
        for place, group in enumerate(BOARD)
    ]
    return groups, [one for one in groups if not chosen or one.group.key == alone]


def group_of(group: BoardGroup, total: int, lines: list[BoardRow], most: int) -> ShownCalls:
    url = f"?group={group.key}"
    here = lines[:most]
    more = f"{url}&after={Place(here[-1].received_at, here[-1].id)}".replace("+", "%2B") if len(lines) > most else ""
    return ShownCalls(group, total, here, url, more)


def fetched(
    rows: Any, now: datetime, groups: Sequence[BoardGroup], most: int, after: Place | None
) -> list[dict[str, Any]]:
    """The first rows of each group, oldest call first, in one statement."""
    advice = CallAdvice.objects.standing().filter(call=OuterRef("pk")).order_by("-recorded_at", "-pk")
    asked = []
    for group in groups:
        here = rows.filter(group.belongs(now))
        if after:
            beyond = Q(received_at__gt=after.due_at) | Q(received_at=after.due_at, pk__gt=after.pk)
            here = here.filter(beyond, received_at__gte=after.due_at)
        here = here.order_by("received_at", "pk").values(
            "id", "log_ref", "received_at", "due_at", "arrived_at", "resource", "briefed_at", "marked", "derived", "flagged",
            "confirmed", "grade", "at_risk", "harmed_id", "case_id", "reviewed_at", "critical_at", "stood_down_at", "unsafe",
            where=F("place"), reference=F("case__reference"), restricted=F("case__restricted"),
            advice_words=Coalesce(Subquery(advice.values("words")[:1]), Value(""), output_field=TextField()),
            advised_at=Subquery(advice.values("recorded_at")[:1]),
            stands=Value(BOARD.index(group), output_field=IntegerField()),
        )  # fmt: skip
        asked.append(here[: most + 1])
    joined = asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]
    return sorted(joined, key=lambda row: (row["stands"], row["received_at"], row["id"]))


def shown(found: list[dict[str, Any]], user: User) -> list[BoardRow]:
    """The rows as they are shown: names and grades asked once for the whole page."""
    names = names_seen({row["harmed_id"] for row in found if row["harmed_id"]}, user)
    grades = current_grades({row["case_id"] for row in found})
    return [row_of(row, names, grades) for row in found]


def row_of(row: dict[str, Any], names: dict[int, str], grades: dict[int, str]) -> BoardRow:
    call = Call(grade=row["grade"], marked=row["marked"], derived=row["derived"], flagged=row["flagged"])
    return BoardRow(
        id=row["id"], url=reverse("record", args=["call", row["id"]]), reference=row["reference"], log_ref=row["log_ref"],
        name=names.get(row["harmed_id"], "") or row["at_risk"], risk=grades.get(row["case_id"], ""), restricted=row["restricted"],
        grade=row["grade"], grade_words=call.get_grade_display(), place=row["where"], received_at=row["received_at"],
        due_at=row["due_at"] if row["arrived_at"] is None else None, arrived_at=row["arrived_at"], resource=row["resource"],
        briefed=row["briefed_at"] is not None, marks=call.marks,
        flagged="" if row["flagged"] == "yes" else call.get_flagged_display(),
        advice=row["advice_words"], advised_at=row["advised_at"], reviewed=row["reviewed_at"] is not None,
        critical=row["critical_at"] is not None and row["stood_down_at"] is None, unsafe=row["unsafe"],
        review_url=reverse("step", args=["call", row["id"], "review"]),
        advise_url=reverse("step", args=["call", row["id"], "advise"]),
    )  # fmt: skip


def harmed_names(page: list[Incident], user: User) -> dict[int, str]:
    """Who is harmed, by the id of the incident. Two statements."""
    rows = Involvement.objects.standing().filter(incident__in=page, part=Involvement.Part.VICTIM)
    harmed = dict(rows.values_list("incident_id", "person_id"))
    names = names_for(set(harmed.values()), user)
    return {incident: names[person] for incident, person in harmed.items()}


def being_recorded_without_a_call(user: User) -> list[Recording]:
    """Open incidents of the person's own work that no call began, unsafe ones first, then the newest. Four statements.

    A page of them: the rest are in the team's queue, where each is owed.
    """
    unsafe = UnsafeReport.objects.filter(case=OuterRef("case_id"), answered_at__isnull=True)
    rows = Incident.objects.standing().filter(call__isnull=True, state=Incident.State.RECORDING)
    rows = rows.filter(case__in=said_once(Case.objects.worked_by(user))).annotate(unsafe=Exists(unsafe))
    page = list(rows.select_related("case", "recorded_by").order_by("-unsafe", "-reported_at", "-pk")[:MANY])
    grades = current_grades({row.case_id for row in page})
    names = harmed_names(page, user)
    return [
        Recording(
            row.case.reference, reverse("record", args=["incident", row.pk]), names.get(row.pk, ""),
            grades.get(row.case_id, ""), row.reported_at, row.recorded_by.short_title(), row.unsafe,
        )
        for row in page
    ]  # fmt: skip
