"""The board: every open consideration of somebody's work by stage, the most dangerous first in each, with what each is owed.

One statement ranks and counts all of them, however many are open; the rest is fetched for the rows that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as When_
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, TextField, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.models import Holding, UnsafeReport
from dvds.models import Application, Delay, Part, Party, Route, Triage
from dvds.models.application import RENEWED
from dvds.services.limits import ONGOING, STAGES, Stage
from dvds.services.pace import LABEL, away_until, sits_at, worked
from dvds.services.standing import Standing, of_policies, standing_of
from risk.models import Grade, SafetyPlan
from workflow.clock import LONDON, Calendar
from workflow.models import Deadline

FEW, MANY = 10, 25
LEANS_FROM = 3
S = Application.State
HOLDS = Holding.Part.INVESTIGATION
#: Somebody in danger first, then by grade; what nobody has judged yet before medium: silence is not safety.
RANK = {Grade.HIGH.value: 1, "": 3, Grade.MEDIUM.value: 4, Grade.STANDARD.value: 5}
SERIAL = 2  # linked to somebody who abuses one partner after another: before whatever is graded lower than high (S680)
# fmt: off
FLAGS: dict[str, str] = {
    "danger":   N_("Imminent risk, open"),
    "new":      N_("New information since triage"),
    "late":     N_("Late at its stage or overall"),
    "children": N_("Children"),
    "nobody":   N_("Nobody holds it"),
}
NEXT: dict[str, str] = {
    S.OPENED: N_("Finish taking it down"), S.CHECKS: N_("Record the checks"), S.CHECKED: N_("Decide whether it goes on"),
    S.STOPPING: N_("A supervisor decides whether it ends"), S.MEETING: N_("Hold the meeting"), S.MET: N_("Assess in full"),
    S.TRIAGED: N_("Assess in full"), S.ASSESSED: N_("Categorise it"), S.SIGNING: N_("A supervisor signs it"),
    S.REFERRED: N_("Put it before the forum"), S.DEFERRED: N_("Bring it back to the forum"), S.TO_TELL: N_("Tell in person"),
    S.NOT_TO_TELL: N_("Inform the applicant in person"), S.TOLD: N_("Review how the subject is managed"),
    S.DECLINED: N_("Review how the subject is managed"), S.UNREACHABLE: N_("Review how the subject is managed"),
    S.INFORMED: N_("Review how the subject is managed"), S.WITHDRAWN: N_("Review the risk"),
    S.CONCLUDING: N_("Submit the intelligence report"),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody has chosen; an unknown word is not heard."""

    stage: str = ""
    route: str = ""
    risk: str = ""
    holder: str = ""
    flag: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Row:
    """One of them as the board shows it. No name stands here: a board is read over a shoulder."""

    application: Application
    standing: Standing
    danger: bool
    renewed: bool
    children: int
    holder: str
    away: str
    next_step: str
    beneath: str
    held_safe: bool
    serial: bool

    @property
    def url(self) -> str:
        return str(self.application.get_absolute_url())

    @property
    def route_words(self) -> str:
        """Asked by the person at risk; asked by a third party; told from an investigation."""
        if self.application.route == Route.ASK:
            return (
                _("Asked by the person at risk") if self.application.asks_as == "self" else _("Asked by a third party")
            )
        source = self.application.get_source_display()
        return _("Told: %(source)s") % {"source": _(source).lower()} if source else _("Told to us")

    @property
    def allocate_url(self) -> str:
        return reverse("step", args=["consideration", self.application.pk, "allocate"])


@dataclass(frozen=True, slots=True)
class Group:
    """A stage with how many stand in it, and those that are shown."""

    stage: Stage
    total: int
    rows: list[Row]

    @property
    def more(self) -> int:
        return max(self.total - len(self.rows), 0)


@dataclass(frozen=True, slots=True)
class Board:
    groups: list[Group]
    total: int
    more_from: int = 0

    @property
    def shown(self) -> list[Group]:
        return [group for group in self.groups if group.total]


def open_to(user: User, now: datetime, filters: Filters) -> Any:
    """What is open of this person's work, narrowed. Index: application_on_the_board."""
    rows = Application.objects.standing().filter(state__in=ONGOING, case__in=worked(user))
    unsafe = UnsafeReport.objects.filter(case=OuterRef("case_id"), answered_at__isnull=True)
    serial = Triage.objects.standing().filter(application=OuterRef("pk"), serial="yes")
    rows = rows.annotate(danger_now=Exists(unsafe), serial_now=Exists(serial))
    if filters.route:
        rows = rows.filter(route=filters.route)
    if filters.risk:
        rows = rows.filter(risk="" if filters.risk == "none" else filters.risk)
    return flagged(held(rows, filters.holder), filters.flag, now)


def held(rows: Any, holder: str) -> Any:
    """`holder`: the id of a person, or nobody."""
    if not holder:
        return rows
    held_by = Holding.objects.filter(case=OuterRef("case_id"), part=HOLDS, to_at__isnull=True)
    return (
        rows.filter(~Exists(held_by)) if holder == "nobody" else rows.filter(Exists(held_by.filter(person=int(holder))))
    )


def flagged(rows: Any, flag: str, now: datetime) -> Any:
    if flag == "nobody":
        return held(rows, "nobody")
    if flag == "late":
        late = Deadline.objects.overdue(now).filter(subject_type=LABEL, subject_id=OuterRef("pk"))
        return rows.filter(Exists(late))
    wanted = {"danger": Q(danger_now=True), "new": RENEWED, "children": Q(children_affected="yes")}.get(flag)
    return rows if wanted is None else rows.filter(wanted)


def board_of(user: User, now: datetime, filters: Filters, calendar: Calendar, first: int = 0) -> Board:
    """The stages with their rows: ten of each, or of one that was chosen twenty-five from `first` on."""
    stage = When_(*(When(state__in=one.states, then=Value(one.code)) for one in STAGES), output_field=TextField())
    grades = [When(danger_now=True, then=Value(0)), When(risk=Grade.HIGH, then=Value(RANK[Grade.HIGH.value]))]
    grades += [When(serial_now=True, then=Value(SERIAL))]
    grades += [When(risk=grade, then=Value(place)) for grade, place in RANK.items()]
    rows = open_to(user, now, filters).annotate(
        stage=stage, rank=When_(*grades, default=Value(RANK[""]), output_field=IntegerField())
    )
    order = [F("rank").asc(), F("first_contact_at").asc(), F("pk").asc()]
    ranked = rows.annotate(
        place=Window(RowNumber(), partition_by=[F("stage")], order_by=order),
        of=Window(Count("pk"), partition_by=[F("stage")]),
    )
    shown = Q(place__gt=first, place__lte=first + MANY, stage=filters.stage) if filters.stage else Q(place__lte=FEW)
    found = list(ranked.filter(shown).order_by("place").values("pk", "stage", "of"))
    made = {row.application.pk: row for row in rows_of([row["pk"] for row in found], now, calendar)}
    totals = counts_of(rows, found, filters)
    groups = [
        Group(
            one,
            totals.get(one.code, 0),
            [made[row["pk"]] for row in found if row["stage"] == one.code and row["pk"] in made],
        )
        for one in STAGES
        if not filters.stage or one.code == filters.stage
    ]
    more = first + MANY if filters.stage and totals.get(filters.stage, 0) > first + MANY else 0
    return Board(groups, sum(totals.values()), more)


def counts_of(rows: Any, found: Iterable[Mapping[str, Any]], filters: Filters) -> dict[str, int]:
    """{stage: how many}: as the rows say it; a page beyond the last says it of itself."""
    said = {row["stage"]: row["of"] for row in found}
    if filters.stage and not said:
        return {filters.stage: rows.filter(stage=filters.stage).count()}
    return said


def rows_of(ids: list[int], now: datetime, calendar: Calendar) -> list[Row]:
    """The rows of these, in any order: ten statements, however many."""
    in_force = SafetyPlan.objects.in_force().filter(case=OuterRef("case_id"))
    rows = Application.objects.filter(pk__in=ids).annotate(planned=Exists(in_force))
    found = list(rows.select_related("case").order_by("pk"))
    facts = Facts.of(found, now)
    made = [facts.row(application, calendar, now) for application in found]
    return [row for row in made if row is not None]


@dataclass(slots=True)
class Facts:
    """What the rows of a page need, fetched once for all of them."""

    owed: dict[int, list[Any]]
    delays: dict[int, Delay]
    children: dict[int, int]
    unsafe: set[int]
    holders: dict[int, User]
    away: dict[int, datetime | None]
    sits: dict[int, datetime]
    serial: set[int]

    @classmethod
    def of(cls, found: list[Application], now: datetime) -> Facts:
        ids, cases = [row.pk for row in found], [row.case_id for row in found]
        owed: dict[int, list[Any]] = {}
        rows = Deadline.objects.filter(subject_type=LABEL, subject_id__in=ids).select_related("stopped_by_event")
        for row in rows.order_by("pk"):
            owed.setdefault(row.subject_id, []).append(row)
        newest = (
            Delay.objects.standing().filter(application__in=ids).order_by("application", "-pk").distinct("application")
        )
        kids = Party.objects.standing().filter(application__in=ids, part=Part.CHILD).order_by().values("application")
        unsafe = UnsafeReport.objects.filter(case__in=cases, answered_at__isnull=True).values_list("case", flat=True)
        holding = Holding.objects.filter(case__in=cases, part=HOLDS, to_at__isnull=True).select_related("person")
        holders = {row.case_id: row.person for row in holding}
        serial = Triage.objects.standing().filter(application__in=ids, serial="yes").order_by()
        return cls(
            owed, {row.application_id: row for row in newest},
            dict(kids.annotate(n=Count("pk")).values_list("application", "n")), set(unsafe), holders,
            away_until({person.pk for person in holders.values()}, now),
            sits_at([row.pk for row in found if row.state in (S.REFERRED, S.DEFERRED)], now),
            set(serial.values_list("application", flat=True)),
        )  # fmt: skip

    def row(self, application: Application, calendar: Calendar, now: datetime) -> Row | None:
        owed = of_policies(self.owed.get(application.pk, []))
        standing = standing_of(application, owed, calendar, now)
        if standing is None:
            return None
        delay, holder = self.delays.get(application.pk), self.holders.get(application.case_id)
        return Row(
            application, standing, application.case_id in self.unsafe, application.renewed, self.children.get(application.pk, 0),
            holder.short_title() if holder else "", away_words(self.away, holder), *self.next_of(application, delay),
            held_safe=bool(standing.late and (getattr(application, "planned", False) or delay and delay.holding_plan)),
            serial=application.pk in self.serial,
        )  # fmt: skip

    def next_of(self, application: Application, delay: Delay | None) -> tuple[str, str]:
        """What comes next, and beneath it the meeting that hears it, or why it waits."""
        words = _(NEXT.get(application.state, ""))
        sits = self.sits.get(application.pk)
        if sits and application.state == S.REFERRED:
            words = _("Forum, %(moment)s") % {"moment": f"{sits.astimezone(LONDON):%A %-d %B, %H:%M}"}
        elif application.state in (S.REFERRED, S.DEFERRED) and not delay:
            return words, _("On no agenda")
        return words, _("Delay: %(why)s") % {"why": _(delay.get_why_display()).lower()} if delay else ""


def away_words(away: Mapping[int, datetime | None], holder: User | None) -> str:
    if holder is None or holder.pk not in away:
        return ""
    back = away[holder.pk]
    return _("off duty until %(day)s") % {"day": f"{back.astimezone(LONDON):%A %-d %B}"} if back else _("off duty")


def leans(people: list[tuple[User, int]], total: int) -> bool:
    """Whether one person holds more than half of what is open, and at least three (H4)."""
    most = people[0][1] if people else 0
    return most >= LEANS_FROM and most * 2 > total


def holders_on(user: User) -> list[tuple[User, int]]:
    """Who holds how many of what is open, the most first: what depends on one person. One statement."""
    ongoing = Application.objects.standing().filter(state__in=ONGOING, case__in=worked(user)).order_by().values("case")
    rows = Holding.objects.filter(case__in=ongoing, part=HOLDS, to_at__isnull=True).order_by().values("person")
    counts = dict(rows.annotate(n=Count("pk")).values_list("person", "n"))
    people = User.objects.filter(pk__in=counts).order_by("last_name", "pk")
    return sorted(((person, counts[person.pk]) for person in people), key=lambda pair: -pair[1])
