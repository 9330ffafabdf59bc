"""Everything between two people: what happened either way, newest first, with the safeguarding done beside each event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Max, Min, OuterRef, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import ActionTaken, Incident, Involvement, SafeContact, Safeguarding, Task
from cases.models.answers import Accepted
from cases.services.as_known import happened, put_back
from cases.services.lives import connection_words
from cases.services.sight import Sight
from cases.services.story import CHILD, Happening, Told, between, incidents_seen, said_to_harm, tell
from people.services import births_for, names_for

DONE, NOT_DONE, NOT_RECORDED = "done", "not done", "not recorded"
SILENCE = timedelta(days=60)  # without anything recorded: worth saying, and never a sign of safety
BOTH, TO_ONE, TO_OTHER = "", "one", "other"  # which of the two is said to have been harmed: what the radio says


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done, or not, to keep somebody safe. `state` is said in words; `at` (UTC) where it has a moment."""

    state: str
    words: str
    at: datetime | None = None


@dataclass(slots=True)
class Between:
    """One event between the two. `toward`: who is said to have been harmed; `by`: who by. `silent_for`: whole days
    between it and the one before it, where that is long.
    """

    event: Happening
    toward: int
    by: int
    steps: list[Step] = field(default_factory=list)
    silent_for: int = 0


@dataclass(frozen=True, slots=True)
class One:
    """One of the two, as the head of the page says them."""

    person_id: int
    name: str
    born: str
    harmed_in: int
    suspect_in: int


@dataclass(frozen=True, slots=True)
class Pair:
    """The page. Counts are of what may be told, in both directions, whatever is shown of it."""

    one: One
    other: One
    rows: Sequence[Between]
    earlier: int | None
    tie: str = ""
    children: int = 0
    first: datetime | None = None
    last: datetime | None = None

    @property
    def events(self) -> int:
        return self.one.harmed_in + self.other.harmed_in

    @property
    def steps(self) -> list[Step]:
        return [step for row in self.rows for step in row.steps]

    @property
    def done(self) -> int:
        return sum(step.state == DONE for step in self.steps)


def pair_of(
    one: int, other: int, sight: Sight, user: User, *, at: datetime | None = None, before: int | None = None,
    direction: str = BOTH, most: int | None = None,
) -> Pair:  # fmt: skip
    """A page of what is between two people (ids), within the sight of its reader. A constant number of statements.

    `direction`: only what one of them is said to have suffered; then no silence is told, since what is left out broke it.
    """
    more = {"most": most} if most else {}
    told = tell(sight, which(one, other, direction, at), user, at=at, before=before, **more)
    rows = [Between(event, *sides(event, one, other)) for event in told.rows]
    safeguarding(rows, at)
    if direction == BOTH:
        silences(rows, told)
    names, births = names_for([one, other], user), births_for([one, other], user)
    counts = {whom: counted(sight, by, whom, at) for by, whom in ((other, one), (one, other))}
    heads = [
        One(who, names[who], births[who].words if who in births else "", counts[who], counts[by])
        for who, by in ((one, other), (other, one))
    ]
    first, last, children = span_of(one, other, sight, at)
    tie = next((tie_of(row) for row in rows if tie_of(row)), "")
    return Pair(heads[0], heads[1], rows, told.earlier, tie, children, first, last)


def which(one: int, other: int, direction: str, at: datetime | None = None) -> Any:
    if direction == TO_ONE:
        return said_to_harm(other, one, at)
    return said_to_harm(one, other, at) if direction == TO_OTHER else between(one, other, at)


def sides(event: Happening, one: int, other: int) -> tuple[int, int]:
    """Who is said to have been harmed, and by whom."""
    return (one, other) if one in event.harmed else (other, one)


def tie_of(row: Between) -> str:
    suspect = row.event.suspects.get(row.by)
    return connection_words(suspect.connection) if suspect else ""


def counted(sight: Sight, by: int, whom: int, at: datetime | None) -> int:
    return int(incidents_seen(sight, said_to_harm(by, whom, at), at).count())


def span_of(one: int, other: int, sight: Sight, at: datetime | None) -> tuple[datetime | None, datetime | None, int]:
    """When the first and the last happened, and how many children were in them. Two statements."""
    shared = incidents_seen(sight, between(one, other, at), at)
    ends = shared.order_by().aggregate(first=Min("happened"), last=Max("happened"))
    parts = Involvement.objects.as_at(at) if at else Involvement.objects.standing()
    within = parts.filter(part=CHILD, incident__in=shared.order_by().values("pk"))
    children = within.order_by().values("person").distinct().count()
    return ends["first"], ends["last"], children


def silences(rows: Sequence[Between], told: Told) -> None:
    """How long nothing was recorded before each event: up to the next older one, which may stand on the next page."""
    ends = [*(row.event.at for row in rows[1:]), told.next_at]
    for row, before in zip(rows, ends, strict=False):  # of no rows there is one end too many
        if before and row.event.at - before >= SILENCE:
            row.silent_for = (row.event.at - before).days


def safeguarding(rows: Sequence[Between], at: datetime | None) -> None:
    """What was done beside each event, what was not, and what nobody recorded. Four statements, more for a past moment."""
    told = {row.event.incident.pk: row for row in rows}
    actions(told, at)
    acts(told, at)
    tasks(told, at)
    contact_set = planned({row.event.incident.case_id for row in rows}, at)
    for row in rows:
        if not row.steps:
            row.steps.append(Step(NOT_RECORDED, _("What was done to keep them safe")))
        if not row.event.grade:
            row.steps.append(Step(NOT_RECORDED, _("Risk assessment")))
        if row.event.incident.case_id not in contact_set:
            row.steps.append(Step(NOT_RECORDED, _("Safe contact")))


def standing(model: Any, at: datetime | None) -> Any:
    return model.objects.as_at(at) if at else model.objects.standing()


def actions(told: dict[int, Between], at: datetime | None) -> None:
    """Positive actions of the incident. One that was offered and declined, or not offered, was not done."""
    rows = standing(ActionTaken, at).filter(incident__in=list(told)).order_by("done_at", "pk")
    for row in put_back(list(rows), at):
        steps = told[row.incident_id].steps
        if row.is_none:
            why = row.what.strip()
            steps.append(Step(NOT_DONE, _("Positive action: %(why)s") % {"why": why} if why else _("Positive action")))
            continue
        declined = row.answer in (Accepted.DECLINED, Accepted.NOT_OFFERED)
        words = _(str(row.get_kind_display()))
        if declined:
            words = f"{words}, {_(str(row.get_answer_display())).lower()}"
        steps.append(Step(NOT_DONE if declined else DONE, words, row.done_at))


def event_before(moment: str, at: datetime | None) -> Any:
    """The incident (id) of the same case that a thing done in the case came after: the newest that had happened by then."""
    rows = standing(Incident, at).filter(case=OuterRef("case")).annotate(happened=happened(at))
    by_then = rows.filter(happened__lte=OuterRef(moment)).order_by("-happened", "-pk")
    return Subquery(by_then.values("pk")[:1])


def acts(told: dict[int, Between], at: datetime | None) -> None:
    """What was done in the case at once, beside the event that it came after."""
    cases = {row.event.incident.case_id for row in told.values()}
    rows = standing(Safeguarding, at).filter(case__in=cases).annotate(after=event_before("done_at", at))
    for row in put_back(list(rows.filter(after__in=list(told)).order_by("done_at", "pk")), at):
        told[row.after].steps.append(Step(DONE, row.what, row.done_at))


def tasks(told: dict[int, Between], at: datetime | None) -> None:
    """What the case was owed, by its neutral label: done, not needed with the reason, or not done."""
    cases = {row.event.incident.case_id for row in told.values()}
    rows = standing(Task, at).filter(case__in=cases).annotate(after=event_before("recorded_at", at))
    for row in put_back(list(rows.filter(after__in=list(told)).order_by("recorded_at", "pk")), at):
        steps = told[row.after].steps
        if row.state == Task.State.DONE:
            steps.append(Step(DONE, _(row.label), row.ended_at))
        elif row.state == Task.State.TO_DO:
            steps.append(Step(NOT_DONE, _("%(what)s: asked, not done") % {"what": _(row.label)}))
        else:
            steps.append(Step(NOT_DONE, _("%(what)s: not needed") % {"what": _(row.label)}))


def planned(cases: set[int], at: datetime | None) -> set[int]:
    """The cases in which somebody has said how to make contact safely, or that no way is known."""
    rows = standing(SafeContact, at).filter(case__in=cases)
    return set(rows.order_by().annotate(of=F("case_id")).values_list("of", flat=True))
