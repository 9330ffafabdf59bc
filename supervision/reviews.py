"""What acts on a case cause in risk: looks that are owed, done by a grade, or dropped with the date they hung on."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from audit.models import Event
from cases.models import ArrestDecision, Case, CourseEvent, Incident, Involvement
from cases.services.course import follow_arrest
from people.models import Address, Link, WarningMarker
from risk.models import Assessment, Downgrade, PlanAction, Reassessment
from risk.services import causes, lowering, newly_told, reassessing
from risk.services.missed import done_after_all
from risk.services.plans import review_plans_of
from supervision import clocks_of_reviews
from workflow.reactions import Reaction

FACTS: dict[str, Any] = {model._meta.label_lower: model for model in (Address, Link, WarningMarker)}


def course_follows(event: Event) -> None:
    """What the record of an arrest says is said of the case's course too, once."""
    decision = ArrestDecision.objects.select_related("case", "suspect").get(pk=event.subject_id)
    follow_arrest(decision, timezone.now())


def course_is_looked_at(event: Event) -> None:
    """Arrest, charge, bail, court, release: each owes one dated look (S0-021, S2-022)."""
    reassessing.follow(CourseEvent.objects.select_related("case").get(pk=event.subject_id), timezone.now())


def report_is_looked_at(event: Event) -> None:
    causes.of_incident(Incident.objects.select_related("case").get(pk=event.subject_id), timezone.now())


def is_of_somebody_harmed(event: Event, row: Any) -> bool:
    return bool(row.part == Involvement.Part.VICTIM)


def number_is_looked_at(event: Event) -> None:
    row = Involvement.objects.select_related("incident__case").get(pk=event.subject_id)
    causes.of_number(row.incident, timezone.now())


def grade_is_followed(event: Event) -> None:
    """R-12, R-13, R-19: what the rules ask for after a grade; and what a grade has answered."""
    causes.of_grade(assessment_of(event), timezone.now())
    lowering.overtake(event.chain or 0, timezone.now())


def decision_is_followed(event: Event) -> None:
    """The same after a review, and after a lowered grade: the rules ask about the grade, not about the step."""
    owner = Downgrade if event.subject_type == Downgrade._meta.label_lower else Reassessment
    decision = owner.objects.select_related("decision__assessment__case", "decision__assessment__incident")
    causes.of_decision(decision.get(pk=event.subject_id).decision, timezone.now())


def clocks_follow_the_grade(event: Event) -> None:
    """A graver grade brings what is owed on the case forward at once; a lower one puts nothing off."""
    clocks_of_reviews.bring_forward(event.chain or 0, event.by)


def pattern_is_followed(event: Event) -> None:
    """R-13: what a sign or a flag asks for that was said after the grade; B.7: what a marker asks for."""
    case, now = Case.objects.get(pk=event.chain), timezone.now()
    causes.of_pattern(case, now)
    newly_told.of_markers(case, now)


def answers_are_looked_at(event: Event) -> None:
    """B.7: separation, pregnancy, contact with a child, suicide: new since the last grade."""
    newly_told.of_answers(assessment_of(event), timezone.now())


def separation_is_looked_at(event: Event) -> None:
    row = Involvement.objects.select_related("case").get(pk=event.subject_id)
    newly_told.of_separation(row, timezone.now())


def tells_of_separation(event: Event, row: Any) -> bool:
    return bool(row.separated_on) and "separated_on" in event.changes


def refusal_is_followed(event: Event) -> None:
    causes.of_refusal(assessment_of(event), timezone.now())


def assessment_of(event: Event) -> Assessment:
    found: Assessment = Assessment.objects.select_related("case", "incident").get(pk=event.subject_id)
    return found


def grade_came_back(event: Event) -> None:
    """R-17: whoever holds the case hears, and it is looked at."""
    row = Downgrade.objects.select_related("case").get(pk=event.subject_id)
    causes.owe(
        row.case,
        "lowering_ended",
        f"downgrade:{row.pk}:ended",
        timezone.now(),
        row,
        "A lowered grade came back by itself.",
    )
    lowering.overtake(row.case_id, timezone.now())


def plans_are_looked_at(event: Event) -> None:
    """What makes the risk be looked at again makes each open safety plan of the case be reviewed (C, B.7)."""
    row = Reassessment.objects.select_related("case").get(pk=event.subject_id)
    review_plans_of(row.case, f"{row.label}. {row.why}", event.at)


def miss_is_no_miss(event: Event) -> None:
    """What was done in time and recorded late was never missed (design: law runs on facts, not clicks)."""
    done_after_all(PlanAction.objects.select_related("case").get(pk=event.subject_id), timezone.now())


def lowered_is_overtaken(event: Event) -> None:
    lowering.overtake(event.chain or 0, timezone.now())


def fact_is_looked_at(event: Event) -> None:
    model = FACTS[event.subject_type]
    causes.of_fact(model.objects.select_related("case").get(pk=event.subject_id), timezone.now())


def is_a_cause(event: Event, fact: Any) -> bool:
    return fact.struck_out_at is None and bool(causes.trigger_of(fact))


ARREST_SAID = ("arrestdecision.add", "arrest.amend", "arrest.take", "arrest.custody")
DECIDED = ("reassessment.done", "downgrade.lower")
#: After which a case may have a graver grade.
RISEN = ("assessment.grade", "assessment.raise", "reassessment.done", "downgrade.lapse", "downgrade.reopen")
MOVES = ("record", "follow", "follow-on", "move", "strike")
REACTIONS: tuple[Reaction, ...] = (
    *(Reaction(f"course-of-{name.replace('.', '-')}", name, course_follows) for name in ARREST_SAID),
    *(Reaction(f"looked-at-course-{step}", f"course.{step}", course_is_looked_at) for step in MOVES),
    *(Reaction(f"after-{step}", f"assessment.{step}", grade_is_followed) for step in ("grade", "raise")),
    Reaction("after-flag", "case.set-marker", pattern_is_followed),
    Reaction("after-sent", "incident.submit", pattern_is_followed),
    Reaction("after-stop", "assessment.stop", refusal_is_followed),
    Reaction("after-report", "incident.begin", report_is_looked_at),
    Reaction("after-harmed", "involvement.add", number_is_looked_at, when=is_of_somebody_harmed),
    *(Reaction(f"came-back-{step}", f"downgrade.{step}", grade_came_back) for step in ("lapse", "reopen")),
    *(Reaction(f"plans-{step}", f"reassessment.{step}", plans_are_looked_at) for step in ("raise", "ask")),
    Reaction("plan-action-in-time", "plan-action.done", miss_is_no_miss),
    Reaction("overtaken", "reassessment.done", lowered_is_overtaken),
    *(Reaction(f"after-{event}".replace(".", "-"), event, decision_is_followed) for event in DECIDED),
    *(Reaction(f"clocks-{event}".replace(".", "-"), event, clocks_follow_the_grade) for event in RISEN),
    Reaction("after-answers", "assessment.amend", answers_are_looked_at),
    *(
        Reaction(f"separated-{verb}", f"involvement.{verb}", separation_is_looked_at, when=tells_of_separation)
        for verb in ("add", "amend")
    ),
    *(
        Reaction(
            f"fact-{label.rpartition('.')[2]}", f"{label.rpartition('.')[2]}.add", fact_is_looked_at, when=is_a_cause
        )
        for label in FACTS
    ),
)
