"""What risk shows elsewhere: the grade over time, the answers, and what a sergeant reads before deciding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.models import Case, Incident
from cases.panels import Panel, graded_by, show
from cases.panels.timeline import Words, tell
from cases.services.brief_lines import BriefLine, Scene, say_in_brief
from cases.services.story import incidents_graded_by
from people.panels import PersonPanel, show_on_person
from people.services.reading import Reading
from risk import (
    panels_of_plans,  # noqa: F401 - shows safety plans
    reviews_shown,  # noqa: F401 - shows looks that are owed; its words of the timeline come before ours
)
from risk.models import Assessment, Explanation, Grade, RiskDecision, Row, answers_as_at, current_grades, rank
from risk.models.answer import questions_of
from risk.models.grading import Counts, Expected, Floor
from risk.quality import differs
from risk.services import History, contradictions_of, grading_of
from risk.services.checking import quality_for_review
from risk.services.over_time import OneLine, grades_given, over_time
from risk.services.quality import said_before
from workflow.pages.beside import taken_beside
from workflow.pages.decisions import Review, also_decides, review

#: The drawing of the grade over time: its size, and where each grade lies.
WIDTH, LEFT, RIGHT, TOP, STEP = 320, 76, 12, 16, 28


@dataclass(frozen=True, slots=True)
class Answers:
    """An assessment with its answers, as it was recorded by a moment, in the words that were shown then."""

    assessment: Assessment
    rows: Sequence[Row]
    explained: Sequence[Explanation] = ()  # where answers and records differ, and why

    @property
    def answered(self) -> int:
        return sum(bool(row.value) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Point:
    """One decision in the drawing."""

    x: int
    y: int
    decision: RiskDecision


@dataclass(frozen=True, slots=True)
class Ledger:
    """The grades of a case, newest first, with the drawing of them from oldest to newest."""

    decisions: Sequence[RiskDecision]
    points: Sequence[Point]
    line: str
    levels: Sequence[tuple[int, str]]

    @property
    def now(self) -> RiskDecision:
        return self.decisions[0]

    @property
    def height(self) -> int:
        return TOP + STEP * len(Grade) + 8


def ledger_of(case: Case, user: User, at: datetime) -> Ledger | None:
    """Every grade recorded by the moment (UTC); None where there is none. One query."""
    rows = RiskDecision.objects.as_at(at).filter(case=case).select_related("decided_by", "downgrade")
    decisions = list(rows.order_by("-at", "-pk"))
    return drawn(decisions) if decisions else None


def drawn(decisions: Sequence[RiskDecision]) -> Ledger:
    """Grades, newest first, with their drawing."""
    points = _points(decisions[::-1])
    levels = [(_height(grade.value), str(grade.label)) for grade in reversed(Grade)]
    return Ledger(decisions, points, _step_line(points), levels)


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody posed, or faced, over time, with its drawing."""

    told: OneLine
    ledger: Ledger


def risk_on(reading: Reading) -> list[Line]:
    """What they were said to pose and what they faced; a person with no grade has no box. Two queries."""
    return [Line(told, drawn(told.decisions)) for told in over_time(reading)]


def risk_title(lines: Sequence[Line]) -> str:
    """Of one line its own words; of two that there are both."""
    return lines[0].told.title if len(lines) == 1 else _("Risk over time")


def _points(oldest_first: Sequence[RiskDecision]) -> list[Point]:
    """Evenly spaced: the order matters, and dates stand beneath."""
    room = (WIDTH - LEFT - RIGHT) / len(oldest_first)
    return [Point(round(LEFT + room * place), _height(row.to_grade), row) for place, row in enumerate(oldest_first)]


def _height(grade: str) -> int:
    return TOP + STEP * (len(Grade) - rank(grade))


def _step_line(points: Sequence[Point]) -> str:
    """A path that keeps each grade until the next: level, then straight up or down."""
    path = f"M{points[0].x} {points[0].y}"
    for point in points[1:]:
        path += f"H{point.x}V{point.y}"
    return f"{path}H{WIDTH - RIGHT}"


def assessments_of(case: Case, user: User, at: datetime) -> list[Answers]:
    """The assessments of the case with their answers as recorded by the moment (UTC), newest first."""
    rows = Assessment.objects.visible_to(user).as_at(at).filter(case=case)
    related = rows.select_related("instrument_version__instrument", "recorded_by", "incident")
    return answers_of(related.order_by("-recorded_at", "-pk"), at)


def answers_of(assessments: Iterable[Assessment], at: datetime) -> list[Answers]:
    """Three queries, however many assessments."""
    found = list(assessments)
    if not found:
        return []
    said = answers_as_at(found, at)
    told: dict[int, list[Explanation]] = {}
    for one in Explanation.objects.as_at(at).filter(assessment__in=found):
        told.setdefault(one.assessment_id, []).append(one)
    asked: dict[int, list[Any]] = {}
    for question in questions_of({row.instrument_version_id for row in found}):
        asked.setdefault(question.version_id, []).append(question)
    return [
        Answers(
            row,
            [Row(question, said.get(row.pk, {}).get(question.pk)) for question in asked[row.instrument_version_id]],
            told.get(row.pk, ()),
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class Change:
    """An answer beside what it was when the reader last looked, in the words of the table of changes."""

    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DashReview:
    """What whoever decides reads first. `counts` is None where no number exists or the reasons are not saved."""

    assessment: Assessment
    history: History
    counts: Counts | None
    floor: Floor
    expected: Expected | None
    decision: RiskDecision | None
    rows: Sequence[Row]
    sets: Sequence[Answers]  # the further sets that follow it, in the order in which they were begun
    changes: Sequence[Change] | None  # None at the first look: then every answer is shown

    @property
    def lowest(self) -> str:
        return str(Grade(self.floor.grade).label)

    @property
    def said(self) -> list[tuple[Row, str]]:
        return [(row, in_words(row)) for row in self.rows]


def dash_for_review(incident: Incident, user: User, since: datetime | None = None) -> DashReview | None:
    """The DASH of an incident for its approval page: history, counts, floor, the sets, what changed since a moment (UTC).

    None while no DASH stands. `since` is when the reader last looked; None says that they never did.
    """
    rows = Assessment.objects.visible_to(user).standing().filter(incident=incident)
    related = rows.select_related("instrument_version__instrument", "recorded_by", "reasons_by").order_by("pk")
    standing = list(related)
    assessment = next((row for row in reversed(standing) if row.is_graded), None)
    if assessment is None:
        return None
    assessment.incident, assessment.case = incident, incident.case
    grading = grading_of(assessment, user, at=timezone.now())
    sets = answers_of([row for row in standing if row.follows_id == assessment.pk], timezone.now())
    whole = [Answers(assessment, grading.rows), *sets]
    changes = None if since is None else changed_since(whole, since)
    decision = grading.decision_on(assessment)
    return DashReview(
        assessment,
        grading.history,
        grading.counts,
        grading.floor_of_facts,
        grading.expected,
        decision,
        grading.rows,
        sets,
        changes,
    )


def changed_since(whole: Sequence[Answers], since: datetime) -> list[Change]:
    """The answers that differ from what they were at the moment (UTC), those of a further set with its name. One query."""
    was = answers_as_at([one.assessment for one in whole], since)
    pairs = [
        (one.assessment, row, Row(row.question, was.get(one.assessment.pk, {}).get(row.question.pk)))
        for one in whole
        for row in one.rows
    ]
    return [
        Change(part_of(assessment, row), in_words(before), in_words(row))
        for assessment, row, before in pairs
        if (row.value, row.words) != (before.value, before.words)
    ]


def part_of(assessment: Assessment, row: Row) -> str:
    """Which question it is: "7 Is there conflict over child contact?", "S-DASH 4 Does the suspect turn up …"."""
    name = "" if assessment.is_graded else f"{assessment.instrument} "
    return f"{name}{row.number} {row.label}"


def in_words(row: Row) -> str:
    """An answer in one line: "Yes. Both hands, about ten seconds." """
    return f"{row.said}. {row.words}" if row.words else row.said


def at_grade(case: Case, kind: str) -> Any:
    raised = RiskDecision.Kind.REVIEW
    rows = RiskDecision.objects.filter(case=case)
    return rows.filter(kind=raised) if kind == "raise" else rows.exclude(kind=raised)


graded_by(current_grades)
incidents_graded_by(grades_given)
show_on_person(
    PersonPanel("risk", N_("Risk over time"), risk_on, "risk/panels/person.html", order=12, side=True, title=risk_title)
)
show(
    Panel(
        "grade",
        "Grade over time",
        ledger_of,
        "risk/panels/grade.html",
        "risk/panels/grade_paper.html",
        order=30,
        side=True,
    ),
    Panel("dash", "DASH", assessments_of, "risk/panels/dash.html", "risk/panels/dash_paper.html", order=40),
)
tell(
    Words("grade", lambda case: at_grade(case, "grade"), "at", "rationale", risk=True),
    Words("raise", lambda case: at_grade(case, "raise"), "at", "rationale", risk=True),
)
review(Review("incident", 10, "risk/review.html", dash_for_review))
also_decides("incident.record", "assessment.raise")
# the checklist of B.8, on the page of the decision
differs(contradictions_of)
review(Review("incident", 11, "risk/quality.html", quality_for_review))
taken_beside("incident.record", "assessment.check", said_before)


def grades_in_brief(scene: Scene, user: User) -> list[BriefLine]:
    """The grade in force of each case, since when. Index: risk_decision_of_case."""
    rows = RiskDecision.objects.filter(case__in=scene.cases).order_by("case_id", "-at", "-pk").distinct("case_id")
    said = []
    for row in rows:
        reference = scene.cases[row.case_id]
        who = ", ".join(scene.named(row.case_id, "victim"))
        said.append(
            BriefLine(
                "grade", who, reference, f"/cases/{reference}/", row.at, row.to_grade == Grade.HIGH, str(row.to_grade)
            )
        )
    return said


say_in_brief("risk", grades_in_brief)
