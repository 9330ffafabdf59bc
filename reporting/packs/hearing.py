"""What people say: how satisfied those are who were harmed, how many answered, what partners say, what was done about it."""

# ruff: noqa: E501 - sentences and headings stay whole

from __future__ import annotations

from accounts.models import Unit
from reporting.charts.points import wilson
from reporting.feedback.scores import Score, partners_say, responses, satisfaction
from reporting.models import Consultation, FeedbackFinding
from reporting.models.feedback import OF_THE_HARMED, Stage
from reporting.packs.declare import Asking, Told
from reporting.packs.withheld import NOT_SHOWN
from risk.models.grade import Grade

SHOWN = 20  # findings and consultations on one paper
SATISFIED = [
    (
        "Definition",
        "Very and fairly satisfied, for every 100 valid answers; between which shares the true one lies with 95 of 100 (Wilson).",
    )
]
HEADS = ("Satisfied", "Valid answers", "For every 100", "95 in 100 between")
STAGES = {str(stage): str(stage.label) for stage in Stage}


def of_unit(asking: Asking) -> Unit | None:
    return asking.unit if asking.unit.parent_id else None


def score_cells(score: Score) -> tuple[str, ...]:
    sure = wilson(score.satisfied, score.valid)
    between = f"{sure.lower:.1f} to {sure.upper:.1f}" if sure else "n/a"
    return (f"{score.satisfied:,}", f"{score.valid:,}", "n/a" if score.rate is None else f"{score.rate:.1f}", between)


def shared_cells(score: Score) -> tuple[str, ...]:
    """As it may leave the force: nothing where one to four would be known by their answer."""
    return score_cells(score) if score.can_be_told else (NOT_SHOWN,) * len(HEADS)


def satisfied(asking: Asking) -> Told:
    """By stage, and by stage and risk. Two statements."""
    begins, ends, unit = asking.window.begins, asking.window.ends, of_unit(asking)
    by_stage = {score.key[0]: score for score in satisfaction(begins, ends, "stage", unit=unit)}
    rows = [
        (str(stage.label), *score_cells(by_stage.get(stage.value, Score((stage.value,), 0, 0))))
        for stage in OF_THE_HARMED
    ]
    grades = {grade.value: str(grade.label) for grade in Grade}
    by_risk = satisfaction(begins, ends, "stage", "grade", unit=unit)
    risks = [
        (f"{STAGES[score.key[0]]}, {grades.get(score.key[1], 'not graded').lower()}", *score_cells(score))
        for score in by_risk
    ]
    told = Told("How satisfied people harmed are", "" if by_stage else "Nobody has answered in this time.", SATISFIED)
    told.said = [
        ("By stage", ("Stage", *HEADS), rows),
        *([("By stage and risk", ("Stage and risk", *HEADS), risks)] if risks else []),
    ]
    return told


def satisfied_shared(asking: Asking) -> Told:
    """The same by stage, as it may leave the force."""
    scores = {score.key[0]: score for score in satisfaction(asking.window.begins, asking.window.ends, "stage")}
    rows = [
        (str(stage.label), *shared_cells(scores.get(stage.value, Score((stage.value,), 0, 0))))
        for stage in OF_THE_HARMED
    ]
    return Told("How satisfied people harmed are", definition=SATISFIED, said=[("By stage", ("Stage", *HEADS), rows)])


def answered(asking: Asking) -> Told:
    """What became of those who were drawn. One statement."""
    found = responses(asking.window.begins, asking.window.ends, of_unit(asking))
    rows = [
        (STAGES[one.stage], *(f"{number:,}" for number in (one.drawn, one.answered, one.declined, one.not_reached, one.not_safe, one.waiting)),
         "n/a" if one.rate is None else f"{one.rate:.1f}")
        for one in found
    ]  # fmt: skip
    told = Told("Who was asked, and who answered", "" if rows else "Nobody was drawn to be asked in this time.")
    told.definition = [
        ("Definition", "Those drawn in the window. The rate is answered, for every 100 who could have answered.")
    ]
    heads = ("Stage", "Drawn", "Answered", "Declined", "Not reached", "Not safe", "Waiting", "For every 100")
    told.said = [("By stage", heads, rows)] if rows else []
    return told


def partners(asking: Asking) -> Told:
    """What representatives of partners said to the scored question, by quarter. One statement."""
    rows = [
        (f"Quarter from {score.key[0]:%B %Y}", *score_cells(score))
        for score in partners_say(asking.window.begins, asking.window.ends)
    ]
    told = Told("What partners say", "" if rows else "No partner has said anything in this time.", SATISFIED)
    told.said = [("By quarter", ("Quarter", *HEADS), rows)] if rows else []
    return told


def consulted(asking: Asking) -> Told:
    """Who was listened to in the window. One statement. Index: consultation_newest."""
    found = Consultation.objects.filter(held_on__range=(asking.window.first, asking.window.last)).order_by(
        "-held_on", "-pk"
    )[:SHOWN]
    told = Told("Who was listened to")
    told.paragraphs = [
        f"{row.who}, {row.held_on.day} {row.held_on:%B %Y}: {row.about} They said: {row.said}" for row in found
    ]
    told.lead = "" if told.paragraphs else "No consultation is on the log for this time."
    return told


def you_said(asking: Asking) -> Told:
    """You said, we did: what was heard until the window ended and is not older than it, or ended in it. One statement."""
    return told_of(FeedbackFinding.objects.filter(heard_on__range=(asking.window.first, asking.window.last)))


def you_said_shared(asking: Asking) -> Told:
    """The same of what partners may read."""
    in_time = {"heard_on__range": (asking.window.first, asking.window.last), "published_at__isnull": False}
    return told_of(FeedbackFinding.objects.filter(**in_time))


def told_of(rows: object) -> Told:
    found = rows.order_by("-heard_on", "-pk")[:SHOWN]  # type: ignore[attr-defined]
    told = Told("You said, we did")
    told.paragraphs = [f"You said: {row.heard} We did: {did(row)}" for row in found]
    told.lead = "" if told.paragraphs else "Nothing that was heard in this time is on the log."
    return told


def did(row: FeedbackFinding) -> str:
    if row.did:
        return row.did
    if row.why_not:
        return f"nothing, because: {row.why_not}"
    return f"not yet; planned: {row.plan}" if row.plan else "not decided yet."
