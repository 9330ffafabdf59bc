"""What became of actions and of the people they were for: by agency for the steering group, and over a year (D.6, S2-036, S2-038).

Figures of a forum as a whole: they are counted over all its cases, whoever reads them, and name nobody.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q

from marac.models import Forum, ForumAction, Part, Referral, ReferredPerson
from marac.models.action import OPEN
from marac.services.counting import YEAR, hearings, later, moment
from marac.services.repeat import months_after
from risk.models import RiskDecision
from risk.models.grade import rank
from workflow.clock import LONDON

A = ForumAction.State
A_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """What one agency took on in a time and what came of it. The columns after `agreed` add up to it."""

    name: str
    agreed: int
    in_time: int
    late: int
    not_possible: int
    not_done: int
    open_late: int
    open: int

    @property
    def share(self) -> int | None:
        """Whole per cent done of what could be done and is not still in time; None where there is nothing of it."""
        ended = self.agreed - self.not_possible - self.open
        return round(100 * (self.in_time + self.late) / ended) if ended else None


def steering_lines(forum: Forum, first: date, before: date, now: datetime) -> list[AgencyLine]:
    """Each agency with what it took on from a day to before another (London), the most first. One query."""
    took = ForumAction.objects.standing().filter(
        referral__forum=forum, recorded_at__gte=moment(first), recorded_at__lt=moment(before)
    )
    still, done = Q(state__in=OPEN), Q(state=A.DONE)
    rows = took.values("agency__unit__name").annotate(
        agreed=Count("pk"), in_time=Count("pk", filter=done & Q(ended_at__lte=F("due_at"))),
        late=Count("pk", filter=done & Q(ended_at__gt=F("due_at"))),
        not_possible=Count("pk", filter=Q(state=A.NOT_POSSIBLE)), not_done=Count("pk", filter=Q(state=A.NOT_DONE)),
        open_late=Count("pk", filter=still & Q(due_at__lt=now)), open=Count("pk", filter=still & Q(due_at__gte=now)),
    )  # fmt: skip
    found = [AgencyLine(row.pop("agency__unit__name"), **row) for row in rows.order_by("-agreed", "agency__unit__name")]
    return found


def together(lines: list[AgencyLine], name: str) -> AgencyLine:
    """The sum of them."""
    columns = ("agreed", "in_time", "late", "not_possible", "not_done", "open_late", "open")
    return AgencyLine(name, *(sum(getattr(line, column) for line in lines) for column in columns))


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the cases heard in twelve months. `followed`: those whose twelve months afterwards are over."""

    heard: int
    followed: int
    came_back: int
    graded: int
    lower: int
    same: int
    higher: int
    actions: AgencyLine


def outcomes(forum: Forum, first: date, now: datetime) -> Outcomes:
    """Of cases heard in the year from a first day (London): who came back within a year, and the grade then and now.

    Five queries, however many cases. Indexes: hearing_of_referral, referred_person_of_person.
    """
    before = later(first, YEAR)
    rows = hearings(forum).filter(
        item__meeting__starts_at__gte=moment(first), item__meeting__starts_at__lt=moment(before)
    )  # index: meeting_of_forum
    last = rows.order_by("referral", "-ended_at", "-pk").distinct("referral").select_related("referral")
    heard = list(last)
    followed = {row.referral_id: row.ended_at for row in heard if a_year_after(row.ended_at) <= now}
    pairs = graded_then_and_now([row.referral for row in heard])
    lines = steering_lines(forum, first, before, now)
    return Outcomes(
        len(heard), len(followed), came_back(followed), len(pairs), sum(then > new for then, new in pairs),
        sum(then == new for then, new in pairs), sum(then < new for then, new in pairs), together(lines, ""),
    )  # fmt: skip


def a_year_after(at: datetime) -> datetime:
    """The end of the day in London twelve calendar months later; the year of 29 February ends on the 28th (R-30)."""
    return moment(months_after(at.astimezone(LONDON).date(), A_YEAR) + timedelta(days=1))


def came_back(heard: dict[int, datetime]) -> int:
    """How many of these referrals, each heard at a moment, were followed within a year by another one of the same person."""
    harmed = ReferredPerson.objects.standing().filter(part=Part.VICTIM)
    theirs: dict[int, list[int]] = defaultdict(list)
    for person, referral in harmed.filter(referral__in=heard).values_list("person", "referral"):
        theirs[person].append(referral)
    again = harmed.filter(person__in=theirs, referral__in=Referral.objects.counted().values("pk"))
    back: set[int] = set()
    for person, sent in again.values_list("person", "referral__submitted_at"):
        back |= {one for one in theirs[person] if heard[one] < sent < a_year_after(heard[one])}
    return len(back)


def graded_then_and_now(referrals: list[Referral]) -> list[tuple[int, int]]:
    """The rank of the grade when each was sent and of the grade now, where the investigation has both. One query."""
    cases = {row.investigation_id for row in referrals if row.investigation_id}
    decisions: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    rows = RiskDecision.objects.filter(case__in=cases).order_by("at", "pk")  # index: of current_grades
    for case, at, grade in rows.values_list("case_id", "at", "to_grade"):
        decisions[case].append((at, grade))
    pairs = []
    for row in referrals:
        graded = decisions.get(row.investigation_id or 0, [])
        then = [grade for at, grade in graded if row.submitted_at and at <= row.submitted_at]
        if then:
            pairs.append((rank(then[-1]), rank(graded[-1][1])))
    return pairs
