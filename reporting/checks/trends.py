"""The figures of quality checks: how many rows passed, how many decisions had a check, how often specialists differ.

Of the reader's own work. One to four are kept back, and whatever would give them away; nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import TruncMonth

from accounts.models import Posting, User
from accounts.roles import SPECIALISTS, SUPERVISORS
from cases.models import Case, Incident
from reporting.equality.counted import Figure, figure
from reporting.equality.small import FEWEST, kept_back
from risk.models import Assessment, QualityCheck, RiskDecision
from supervision.queues.declared import said_once
from workflow.clock import LONDON
from workflow.models import Approval

OFFICERS = 60  # of a team, by name


@dataclass(frozen=True, slots=True)
class Line:
    """One team, month or officer. `score` is the share of the rows decided that passed, in whole per cent; None where the
    number of checks is kept back.
    """

    label: Any
    checks: Figure
    score: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; `percent` is None of so few that it would tell of somebody."""

    some: int
    every: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.some / self.every) if self.every >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Trends:
    """`officers` is None for whoever supervises nobody: they read no names."""

    checks: int
    score: int | None
    checked: Share
    differing: Share
    months: list[Line]
    teams: list[Line]
    officers: list[Line] | None


def trends(user: User, since: datetime) -> Trends:
    """What was checked since the moment (UTC). Six statements at most: a year of a force is added up once, by month and team."""
    rows = checks_of(user).filter(recorded_at__gte=since)
    by_month = rows.annotate(month=TruncMonth("recorded_at", tzinfo=LONDON)).values("month", team=F("unit__name"))
    cells = list(by_month.annotate(**SUMS))
    whole = added(cells)
    return Trends(
        whole["checks"], score_of(whole) if whole["checks"] >= FEWEST else None, checked(user, since),
        differing(user, since), lines(summed(cells, "month")), lines(summed(cells, "team")), officers(user, rows),
    )  # fmt: skip


SUMS = {
    "checks": Count("pk"), "well": Sum("passed", default=0),
    "rows": Sum(F("passed") + F("advised") + F("returned"), default=0),
}  # fmt: skip


def summed(cells: Iterable[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """The cells added up by month or by team, in its order."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for cell in cells:
        found.setdefault(cell[by], []).append(cell)
    return [{"label": label, **added(found[label])} for label in sorted(found)]


def added(cells: Iterable[dict[str, Any]]) -> dict[str, int]:
    """The sums of several cells."""
    every = list(cells)
    return {name: sum(cell[name] for cell in every) for name in SUMS}


def checks_of(user: User) -> Any:
    """Of DASHes alone: what the page says of records is said of no plan. Index: quality_check_of_team."""
    rows = QualityCheck.objects.filter(case__in=said_once(Case.objects.worked_by(user)), kind=QualityCheck.Kind.DASH)
    return rows.order_by()


def score_of(row: dict[str, Any]) -> int | None:
    return round(100 * row["well"] / row["rows"]) if row["rows"] else None


def lines(rows: Iterable[dict[str, Any]]) -> list[Line]:
    """The rows as they are printed: small numbers kept back, and the score with its number."""
    found = list(rows)
    away = kept_back({str(place): row["checks"] for place, row in enumerate(found)})
    return [
        Line(
            row["label"].date() if isinstance(row["label"], datetime) else row["label"],
            figure(row["checks"], str(place) in away), None if str(place) in away else score_of(row),
        )
        for place, row in enumerate(found)
    ]  # fmt: skip


def officers(user: User, rows: Any) -> list[Line] | None:
    """By name, for their own supervisors alone, in the order of the alphabet: no league table."""
    posts = Posting.objects.current().filter(user=user, role__in=SUPERVISORS).order_by().values("unit_id")
    theirs = Posting.objects.current().filter(unit__lineage__overlap=ArraySubquery(posts)).exclude(user=user)
    if not Posting.objects.current().filter(user=user, role__in=SUPERVISORS).exists():
        return None
    named = rows.filter(officer__in=theirs.values("user_id")).values("officer")
    found = named.annotate(**SUMS).order_by("officer__last_name", "officer")[:OFFICERS]
    counted = list(found)
    people = User.objects.in_bulk([row["officer"] for row in counted])
    return lines({**row, "label": people[row["officer"]].short_title()} for row in counted)


def checked(user: User, since: datetime) -> Share:
    """Of the decisions on records with a DASH, those whose DASH somebody has checked. One statement."""
    mine = Incident.objects.filter(case__in=said_once(Case.objects.worked_by(user)))
    dashes = Assessment.objects.standing().filter(incident=OuterRef("subject_id")).order_by()
    checks = QualityCheck.objects.filter(
        subject_type=Assessment._meta.label_lower,
        subject_id__in=Assessment.objects.filter(incident=OuterRef(OuterRef("subject_id"))).values("pk"),
    )
    rows = Approval.objects.filter(
        Exists(dashes), subject_type=Incident._meta.label_lower, subject_id__in=mine.values("pk"), of="record",
        decided_at__gte=since,
    ).order_by()  # fmt: skip
    found = rows.annotate(looked=Exists(checks)).aggregate(every=Count("pk"), some=Count("pk", filter=Q(looked=True)))
    return Share(found["some"], found["every"])


def differing(user: User, since: datetime) -> Share:
    """Of the assessments that a responder graded first and a specialist graded then, those in which the two grades differ,
    from the ledger (R-14). One statement. Index: risk_decision_of_case.
    """
    ledger = RiskDecision.objects.filter(case__in=said_once(Case.objects.worked_by(user))).order_by()
    first = ledger.filter(kind=RiskDecision.Kind.INITIAL, at__gte=since).exclude(role__in=SPECIALISTS)
    specialists = RiskDecision.objects.filter(role__in=SPECIALISTS, at__gte=since)
    later = specialists.filter(assessment=OuterRef("assessment"), at__gt=OuterRef("at"))
    # those that a specialist graded at all are few: they lead
    graded = (
        first.filter(assessment__in=specialists.order_by().values("assessment"))
        .annotate(theirs=Subquery(later.order_by("at", "pk").values("to_grade")[:1], output_field=CharField()))
        .filter(theirs__isnull=False)
    )
    found = graded.aggregate(every=Count("pk"), some=Count("pk", filter=~Q(theirs=F("to_grade"))))
    return Share(found["some"], found["every"])
