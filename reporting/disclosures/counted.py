"""What is asked of Clare’s Law by requests for information: routes, outcomes, how long each stage took (H7, F).

Of the whole force, whoever asks: figures alone, of considerations first heard of in a period (London days). One to four are
never said, nor what would give them away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Min, OuterRef, Subquery

from audit.models import Event
from dvds.models import Application, FaceToFace, ForumDecision, FullAssessment, Outcome, Route
from reporting.charts.spread import percentile
from reporting.disclosures.outcomes import DECIDED, PUBLISHED, TO_TELL, TOLD, Published
from reporting.equality.small import FEWEST, kept_back, small
from workflow.clock import LONDON

FEW, NOT_SHOWN = "fewer than 5", "not shown"
DAY = timedelta(days=1)
GOING_ON = "going_on"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table as it is printed: what it is, and the number or why there is none."""

    label: str
    number: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Took:
    """How long one stage took, in days: how many went through it, half, nine in ten, the longest; "" where they are too few."""

    label: str
    number: str
    half: str = ""
    most: str = ""
    longest: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    first: date
    last: date
    total: str
    routes: list[Line]
    outcomes: list[Line]
    published: list[Line]
    rates: list[Line]
    stages: list[Took]


def printed(counts: Mapping[str, int]) -> dict[str, str]:
    """Each number of a column whose sum is printed, as it leaves."""
    away = kept_back(counts)
    return {key: FEW if small(count) else NOT_SHOWN if key in away else str(count) for key, count in counts.items()}


def took(label: str, days: Sequence[float], total: int) -> Took:
    """Of so many in all: where only a few did not go through it, their number is not to be had by taking one from the other."""
    if len(days) < FEWEST:
        return Took(label, FEW if days else "0")
    said = (f"{percentile(days, share):.1f}" for share in (50, 90, 100))
    return Took(label, NOT_SHOWN if small(total - len(days)) else str(len(days)), *said)


def rate(part: int, whole: int, total: int) -> str:
    """How many in a hundred, to one place; not shown where a number, or what is left of one by the other, is small."""
    if whole == 0:
        return "n/a"
    if any(small(count) for count in (part, whole, whole - part, total - whole)):
        return NOT_SHOWN
    return f"{100 * part / whole:.1f}"


def report(first: date, last: date) -> Report:
    """The figures of considerations first heard of from the first to the last day, both included. Two queries."""
    rows = list(asked_for(first, last))
    codes = Counter(row["outcome"] or GOING_ON for row in rows)
    own = [row for row in rows if PUBLISHED.get(row["outcome"]) is not Published.ELSEWHERE]
    return Report(
        first, last, FEW if small(len(rows)) else str(len(rows)), routes(rows), outcomes(codes), published(codes),
        rates(codes, len(own), len(rows)), stages(rows),
    )  # fmt: skip


def asked_for(first: date, last: date) -> Any:
    """Each consideration of the period with its moments. Index: application_on_the_board; of each stage the one beneath it."""
    begins = datetime.combine(first, time.min, LONDON)
    ends = datetime.combine(last + DAY, time.min, LONDON)
    of_it = {"application": OuterRef("pk"), "struck_out_at__isnull": True}
    decided = ForumDecision.objects.filter(**of_it, decision__in=("tell", "not_tell")).order_by("pk")
    moments = {
        "held": Subquery(FaceToFace.objects.filter(**of_it).order_by("pk").values("held_at")[:1]),
        "assessed": Subquery(FullAssessment.objects.filter(**of_it).order_by("pk").values("done_at")[:1]),
        "decided": Subquery(decided.values("decided_at")[:1]),
        "checked": acted("finish-checks", "triage"),
        "referred": acted("sign"),
    }
    rows = Application.objects.standing().filter(first_contact_at__gte=begins, first_contact_at__lt=ends).order_by()
    own = ("outcome", "route", "origin_route", "asks_as", "first_contact_at", "told_at", "ended_at")
    return rows.annotate(**moments).values(*own, *moments)


def acted(*steps: str) -> Subquery:
    """When one of these steps was first taken on the consideration. Index: the chain of acts of its case."""
    names = [f"consideration.{step}" for step in steps]
    acts = Event.objects.filter(chain=OuterRef("case_id"), name__in=names).order_by().values("chain")
    return Subquery(acts.annotate(first=Min("at")).values("first"))


ROUTES = {
    "self": "Right to ask: by the person at risk",
    "third": "Right to ask: by somebody else",
    "unasked": "Right to ask that went on as a right to know",
    "know": "Right to know",
}


def route_of(row: dict[str, Any]) -> str:
    if row["origin_route"] == Route.KNOW:
        return "know"
    if row["route"] == Route.KNOW:
        return "unasked"
    return "self" if row["asks_as"] == "self" else "third"


def routes(rows: Sequence[dict[str, Any]]) -> list[Line]:
    counts = dict.fromkeys(ROUTES, 0) | Counter(route_of(row) for row in rows)
    said = printed(counts)
    return [Line(label, said[key]) for key, label in ROUTES.items()]


def outcomes(codes: Counter[str]) -> list[Line]:
    """Each code by itself, with what it is in the published pair; and those that go on."""
    counts = {str(code): codes[code] for code in Outcome} | {GOING_ON: codes[GOING_ON]}
    said = printed(counts)
    lines = [Line(str(code.label), said[str(code)], PUBLISHED[code].value) for code in Outcome]
    return [*lines, Line("Going on", said[GOING_ON])]


def published(codes: Counter[str]) -> list[Line]:
    """The pair that is published: applications, and of those that ended whether a disclosure was made."""
    counts = {pair.name: sum(codes[code] for code, one in PUBLISHED.items() if one is pair) for pair in Published}
    said = printed(counts | {GOING_ON: codes[GOING_ON]})
    return [Line(pair.value, said[pair.name]) for pair in Published] + [Line("Going on", said[GOING_ON])]


def rates(codes: Counter[str], applications: int, total: int) -> list[Line]:
    """How many in a hundred were told, three ways: a refusal to hear it is no refusal to tell (H8). None where the number of
    those told is kept back above: a share would say it.
    """
    told = sum(codes[code] for code in TOLD)
    decided, to_tell = (sum(codes[code] for code in among) for among in (DECIDED, TO_TELL))
    away = published(codes)[0].number in (FEW, NOT_SHOWN)
    wholes = (
        ("Told, of 100 applications", applications),
        ("Told, of 100 that were decided", decided),
        ("Told, of 100 that were decided to be told", to_tell),
    )
    return [Line(label, NOT_SHOWN if away else rate(told, whole, total)) for label, whole in wholes]


#: (what it is called, from which moment, until which)
STAGES = (
    ("First contact to checks", "first_contact_at", "checked"),
    ("First contact to meeting", "first_contact_at", "held"),
    ("Meeting to full assessment", "held", "assessed"),
    ("First contact to referral to the forum", "first_contact_at", "referred"),
    ("Referral to decision", "referred", "decided"),
    ("Decision to telling", "decided", "told_at"),
    ("First contact to telling", "first_contact_at", "told_at"),
    ("First contact to its end", "first_contact_at", "ended_at"),
)


def stages(rows: Sequence[dict[str, Any]]) -> list[Took]:
    found = []
    for label, start, end in STAGES:
        days = [(row[end] - row[start]) / DAY for row in rows if row[start] and row[end] and row[end] >= row[start]]
        found.append(took(label, days, len(rows)))
    return found
