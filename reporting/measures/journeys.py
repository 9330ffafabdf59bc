"""WHAT BECAME OF THE SAME ONES: the stages of a report with why it went no further, and how the risk of a case moved."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Either
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_noop

from cases.models import Case, Crime, NonCrime
from cases.models.answers import CancelReason, NoArrest, NonCrimeReason
from cases.models.arrest import ArrestDecision
from cases.models.outcome import CODES
from reporting.measures.declare import Counted, Part
from reporting.measures.facts import A_CRIME_STANDS, FIRST_GRADES, OUTCOMES, REPORTS
from reporting.measures.justice import FOLLOWED_NAMED, arrested, of_reports
from reporting.measures.reckon import Question, rows_of
from risk.models import RiskDecision
from risk.models.grade import Grade, rank

NOT_SAID = gettext_noop("No reason was recorded")
NO_OUTCOME = gettext_noop("No outcome yet")
NOT_ASKED = gettext_noop("No decision about an arrest was recorded")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of M18: the code of its figure, or why there is none. `lost` reads why those before it went no further."""

    label: str
    part: str = ""
    lacks: str = ""
    lost: Callable[[Question], Counter[str]] | None = None


def with_cancelled(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Reports of which no crime stands, with why: what the registrar approved, or why its crime was cancelled."""
    approved = NonCrime.objects.standing().filter(incident=OuterRef("pk"), state=NonCrime.State.APPROVED)
    cancelled = Crime.objects.cancelled().filter(incident=OuterRef("pk"))
    return rows.exclude(A_CRIME_STANDS).annotate(
        x_none=Subquery(approved.order_by("-pk").values("reason")[:1]),
        x_cancelled=Subquery(cancelled.order_by("-pk").values("cancel_code")[:1]),
    )


def why_no_crime(question: Question) -> Counter[str]:
    rows = with_cancelled(rows_of(REPORTS, question.window, question.unit))
    found: Counter[str] = Counter()
    for none, cancelled, number in rows.values_list("x_none", "x_cancelled").annotate(n_=Count("pk")):
        found[words_of_none(none, cancelled)] += number
    return found


def words_of_none(none: str | None, cancelled: str | None) -> str:
    if none:
        return str(NonCrimeReason(none).label)
    return str(CancelReason(cancelled).label) if cancelled else NOT_SAID


def outcome_of(counted: Counted, which: Q | None = None) -> Callable[[Question], Counter[str]]:
    """What became, by now, of those who went no further: the outcome in force."""

    def read(question: Question) -> Counter[str]:
        rows = rows_of(counted, question.window, question.unit)
        rows = rows.filter(which) if which is not None else rows
        found: Counter[str] = Counter()
        for code, number in rows.values_list("code").annotate(n_=Count("pk")):
            found[f"{code}: {CODES[code].label}" if code else NO_OUTCOME] += number
        return found

    return read


def why_no_arrest(question: Question) -> Counter[str]:
    """The coded reasons of the decision on the suspect of each crime; several reasons of one count each."""
    decided = ArrestDecision.objects.standing().filter(
        Q(suspect=OuterRef("suspect")) | Q(suspect__isnull=True), incident=OuterRef("incident")
    )
    taken = arrested(Crime.objects.all()).filter(pk=OuterRef("pk"))
    rows = rows_of(FOLLOWED_NAMED, question.window, question.unit).exclude(Exists(taken))
    codes = Subquery(decided.order_by(F("suspect").asc(nulls_last=True), "-pk").values("codes")[:1])
    asked = Exists(decided)
    found: Counter[str] = Counter()
    for said, was_asked, number in (
        rows.annotate(x_codes=codes, x_asked=asked).values_list("x_codes", "x_asked").annotate(n_=Count("pk"))
    ):
        for code in said or [""]:
            found[str(NoArrest(code).label) if code else NOT_SAID if was_asked else NOT_ASKED] += number
    return found


CRIMES_SO_FAR = of_reports(OUTCOMES, "crimes of these reports, with their outcome")
NOT_CHARGED = Q(code__isnull=True) | ~Q(code__in=("1", "1A"))
TAKEN = CRIMES_SO_FAR.only("with a named suspect", suspect__isnull=False).those("with an arrest", arrested)

# fmt: off
STAGES = (
    Stage(gettext_noop("Reported"),               "reports"),
    Stage(gettext_noop("Recorded as a crime"),    "crimes",   lost=why_no_crime),
    Stage(gettext_noop("Suspect named"),          "named",    lost=outcome_of(CRIMES_SO_FAR, Q(suspect__isnull=True))),
    Stage(gettext_noop("Arrested"),               "arrested", lost=why_no_arrest),
    Stage(gettext_noop("Sent to the CPS"),        lacks=gettext_noop("What was sent to the CPS comes from outside as totals (M15) and is not linked to a crime here.")),
    Stage(gettext_noop("Charged or summonsed"),   "charged",  lost=outcome_of(TAKEN, NOT_CHARGED)),
    Stage(gettext_noop("Convicted"),              lacks=gettext_noop("What the courts decided comes from outside as totals (M16) and is not linked to a crime here.")),
)
# fmt: on


def stages_of(parts: tuple[Part, ...]) -> list[Stage]:
    """Those of which there are figures."""
    there = {part.code for part in parts}
    return [stage for stage in STAGES if stage.part in there]


# --- how the risk of a case moved ---
@dataclass(frozen=True, slots=True)
class Moved:
    """How many cases went from one grade to another: to the grade now, to the highest since, and, of those closed, to the
    grade at which they were closed. Of cases of which the first grade of all falls in the window.
    """

    now: Counter[tuple[str, str]]
    peak: Counter[tuple[str, str]]
    closed: Counter[tuple[str, str]]


def first_of_case(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The first grade that a case ever had, with the highest and the latest of its grades."""
    ledger = RiskDecision.objects.filter(case=OuterRef("case"))
    earlier = ledger.filter(Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk")))
    ranks = Either(
        *(When(to_grade=grade, then=Value(rank(grade))) for grade in Grade.values), output_field=IntegerField()
    )
    highest = ledger.annotate(rank=ranks).order_by("-rank").values("to_grade")[:1]
    return rows.filter(~Exists(earlier)).annotate(peak=Subquery(highest))


FIRST_OF_CASES = FIRST_GRADES.those("cases graded for the first time", first_of_case)


def movement_of(question: Question) -> Moved:
    """One statement. A case that was opened again stands by its grade now; a closed one keeps the grade it was closed at."""
    rows = rows_of(FIRST_OF_CASES, question.window, question.unit)
    found = Moved(Counter(), Counter(), Counter())
    columns = ("to_grade", "now", "peak", "case__state")
    for first, now, peak, state, number in rows.values_list(*columns).annotate(n_=Count("pk")):
        found.now[first, now] += number
        found.peak[first, peak] += number
        if state != Case.State.OPEN:
            found.closed[first, now] += number
    return found
