"""Lowering a grade, R-15 to R-18: who may, how far, on which assessment; and what comes back by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import User
from risk.models import (
    DEFINITIONS,
    Answer,
    Assessment,
    Downgrade,
    Grade,
    RiskDecision,
    RiskThreshold,
    rank,
)
from risk.models.grading import Floor, highest
from risk.services.grade import Grading, decide, grading_of
from risk.services.history import day_of
from risk.services.standing_answers import floor_of_answers
from workflow import engine
from workflow.models import Refused

S, D = Downgrade.State, RiskDecision.Kind
BATCH = 200
LAPSED = "Nobody spoke to the victim in time, so the grade came back by itself (R-17)."
REOPENED = "The reason for which the grade was lowered has ended, so the grade came back by itself (R-17)."
OVERTAKEN = "The grade was set as high again, or higher, by another decision."


@dataclass(frozen=True, slots=True)
class Lowering:
    """What a lowering stands on: the ledger, what the grade may be, and the grade it would come to."""

    assessment: Assessment
    grading: Grading
    floor: Floor

    @property
    def now(self) -> str:
        return self.grading.current

    @property
    def target(self) -> str:
        """One level down, never two (R-15)."""
        return one_down(self.now)

    @property
    def below_floor(self) -> bool:
        return rank(self.target) < rank(self.floor.grade)

    @property
    def meaning(self) -> str:
        return str(DEFINITIONS[Grade(self.target)])


def one_down(grade: str) -> str:
    """Medium of high, standard of medium; standard of what cannot be lowered."""
    return Grade.values[max(0, rank(grade) - 2)]


def lowering_of(case_id: int, user: User, at: datetime) -> Lowering | None:
    """What a lowering of the case's grade would stand on at the moment (UTC); None without a grade.

    The assessment is that on which the grade in force was decided: another one counts once it was graded (R-18).
    """
    newest = RiskDecision.objects.filter(case=case_id).order_by("-at", "-pk")
    row = newest.select_related("assessment__incident", "assessment__instrument_version", "assessment__case").first()
    if row is None:
        return None
    grading = grading_of(row.assessment, user, at=at)
    return Lowering(row.assessment, grading, lowest_of(row.assessment, grading))


def lowest_of(assessment: Assessment, grading: Grading) -> Floor:
    """R-18: the floor of the facts, and of the answers as they stand now, whether or not the count was shown to anybody.

    Not only those of the assessment on which the grade in force was decided: an empty one beside it takes nothing away.
    """
    graded = {row.assessment_id for row in grading.decisions}
    return highest((grading.floor_of_facts, floor_of_answers(assessment.case_id, graded, grading.limits)))


def why_not_by(user: User, found: Lowering) -> str:
    """R-15: nobody lowers a grade that they set, or one as high or higher, nor that of an assessment they had a part in."""
    own = [row for row in found.grading.decisions if row.decided_by_id == user.pk]
    if any(rank(row.to_grade) >= rank(found.now) for row in own):
        return "You cannot do this. You set this grade, or a higher one, so somebody else must lower it."
    if had_a_part(user, found):
        return "You cannot do this. You had a part in the assessment, so somebody else must lower the grade."
    return ""


def had_a_part(user: User, found: Lowering) -> bool:
    """In the assessment on which the grade in force was decided, in the newest that was graded, or in a set beneath one."""
    by_grade = (row.assessment_id for row in found.grading.decisions if row.kind in (D.INITIAL, D.REGRADE))
    ids = {found.assessment.pk, next(by_grade, found.assessment.pk)}
    sets = Assessment.objects.filter(Q(pk__in=ids) | Q(follows__in=ids))
    answered = Answer.objects.filter(assessment__in=sets, answered_by=user)
    return sets.filter(Q(recorded_by=user) | Q(reasons_by=user)).exists() or answered.exists()


def keep(downgrade: Downgrade, found: Lowering, *, by: User, at: datetime) -> None:
    """Write the ledger and what ends it by itself; the columns said are on the record already."""
    downgrade.assessment = found.assessment
    downgrade.decision = decide(
        found.assessment, found.grading, grade=found.target, kind=D.LOWERED, by=by, at=at, rationale=downgrade.words,
        spoken=downgrade.spoken,
    )  # fmt: skip
    if downgrade.spoken != "yes":
        downgrade.lapses_at = at + timedelta(days=RiskThreshold.objects.in_force(day_of(at))["lapse_days"])


def put_back(downgrade: Downgrade, kind: str, rationale: str, *, by: User, at: datetime) -> None:
    """The grade before comes back, as the system's own decision in the ledger. What is known is read with the eyes of whoever
    lowered it: the ledger is read by all who open the case, and the system sees more than they.
    """
    now = None if overtaken(downgrade) else lowering_of(downgrade.case_id, downgrade.recorded_by, at)
    if now is not None and rank(now.now) < rank(downgrade.decision.from_grade):
        decide(
            now.assessment,
            now.grading,
            grade=downgrade.decision.from_grade,
            kind=kind,
            by=by,
            at=at,
            rationale=rationale,
        )
    downgrade.ended_at = at


def due(now: datetime) -> list[tuple[Downgrade, str, str]]:
    """What lapses or whose reason has ended by the moment (UTC), oldest first, with the step and its sentence.

    Indexes: downgrade_lapses, downgrade_reopens.
    """
    over = Q(lapses_at__lte=now) | Q(reopens_at__lte=now)
    rows = Downgrade.objects.standing().filter(over, state=S.STANDING).select_related("case").order_by("pk")[:BATCH]
    return [
        (row, "lapse", LAPSED) if row.lapses_at and row.lapses_at <= now else (row, "reopen", REOPENED) for row in rows
    ]


def lapse_and_reopen(now: datetime) -> int:
    """Put back every grade whose time is over (the moment is UTC), each in a transaction of its own; returns how many.

    One that somebody has just ended is left alone; any other fault is raised once the rest is done.
    """
    done, faults = 0, []
    for row, step, sentence in due(now):
        try:
            engine.perform(row, step, by=User.objects.system(), evidence={"reason": sentence}, seen=row.version, at=now)
            done += 1
        except Refused as refused:
            if Downgrade.objects.filter(pk=row.pk, state=S.STANDING, version=row.version).exists():
                faults.append(refused)
    if faults:
        raise ExceptionGroup("Grades that could not be put back", faults)
    return done


def overtake(case_id: int, at: datetime) -> None:
    """End the lowered grades that another decision has put as high again or higher: nothing comes back for them."""
    rows = Downgrade.objects.standing().filter(case=case_id, state=S.STANDING).select_related("decision", "case")
    for row in rows.order_by("pk"):
        if overtaken(row):
            evidence = {"reason": OVERTAKEN}
            engine.perform(row, "overtake", by=User.objects.system(), evidence=evidence, seen=row.version, at=at)


def overtaken(downgrade: Downgrade) -> bool:
    """Whether the grade was as high again, or higher, since: also where somebody has lowered it once more after that."""
    since = RiskDecision.objects.filter(case=downgrade.case_id, pk__gt=downgrade.decision_id)
    return any(rank(to) >= rank(downgrade.decision.from_grade) for to in since.values_list("to_grade", flat=True))
