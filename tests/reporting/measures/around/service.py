"""Calls, surveys, what partners say, quality checks, training."""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from accounts.models import Training, Unit, User
from cases.models import Call, Case
from people.models import Person
from reporting.models import (
    Draw,
    PartnerAnswer,
    PartnerFeedback,
    Questionnaire,
    SampleRule,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
)
from risk.models import Assessment, QualityCheck
from tests.reporting.measures.around.planter import DAY, MAYBE, Fact, Planter, drawn
from tests.reporting.measures.generated import NOW
from workflow.clock import LONDON
from workflow.models.record import about

ANSWERS = ("very", "fairly", "neither", "fairly_dis", "very_dis", "not_mine", "unknown")
CALLS = drawn(flagged=st.sampled_from(("yes", "no", "not_sure")), confirmed=st.sampled_from(("", "yes", "no")))
SURVEYS = drawn(
    most=24, state=st.sampled_from(("answered", "answered", "declined", "not_reached", "not_safe", "drawn")), value=st.sampled_from(ANSWERS), scored=st.booleans(),
    waited=st.integers(0, 60),
)  # fmt: skip
PARTNERS_SAID = drawn(most=24, value=st.sampled_from(ANSWERS), scored=st.booleans())
CHECKS = drawn(passed=st.integers(0, 5), advised=st.integers(0, 3), returned=st.integers(0, 3))
TRAINED = drawn(
    passed=MAYBE, until=MAYBE, reasons=st.booleans(), course=st.sampled_from(("dash", "honour")), recorded=st.booleans()
)


def call(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    said = {name: fact.said[name] for name in ("flagged", "confirmed")}
    Call.objects.create(**mine, state="taken", channel="999", received_at=fact.at, said="x", grade="priority", **said)


def questionnaire(planter: Planter, audience: str, stage: str) -> dict[bool, SurveyQuestion]:
    """Its scored question and another."""
    kept = {"unit": Unit.objects.root(), "recorded_by": planter.by}
    planter.edition = Questionnaire.objects.create(
        **kept, audience=audience, edition=9, name="x", introduction="x", state="draft"
    )
    return {
        scored: SurveyQuestion.objects.create(
            questionnaire=planter.edition, stage=stage, place=int(scored), asks="scale", words="x", scored=scored
        )
        for scored in (True, False)
    }


def surveys(planter: Planter) -> None:
    planter.questions = questionnaire(planter, "harmed", "court")
    kept = {"unit": Unit.objects.root(), "recorded_by": planter.by}
    rule = SampleRule.objects.create(
        **kept, stage="court", most=5, after_days=0, not_again_days=1, youngest=16, ask_within_days=9, authority="x"
    )
    none = dict.fromkeys(("kept_apart", "too_young", "no_consent", "not_safe", "lately", "drawn", "reached_stage"), 0)
    planter.draw = Draw.objects.create(
        rule=rule, month=NOW.date().replace(day=1), questionnaire=planter.edition, seed="x", drawn_at=NOW, **none
    )


def survey(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    said = fact.said
    asked = fact.at + said["waited"] * DAY if said["state"] in ("answered", "declined") else None
    row = Survey.objects.create(
        **mine, recorded_at=fact.at, draw=planter.draw, questionnaire=planter.edition, stage="court", person=Person.objects.create(),
        stage_at=fact.at, state=said["state"], asked_at=asked, unsafe_why="no_way" if said["state"] == "not_safe" else "",
    )  # fmt: skip
    if said["state"] == "answered":
        SurveyAnswer.objects.create(**mine, survey=row, question=planter.questions[said["scored"]], value=said["value"])


def partners(planter: Planter) -> None:
    planter.questions = questionnaire(planter, "partner", "together")
    planter.agency = planter.refuge()


def partner(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    quarter = date(2000, 1, 1) + timedelta(days=next(planter.numbers))
    row = PartnerFeedback.objects.create(
        unit=planter.agency.unit,
        recorded_by=planter.by,
        recorded_at=fact.at,
        agency=planter.agency,
        questionnaire=planter.edition,
        quarter=quarter,
    )
    question = planter.questions[fact.said["scored"]]
    PartnerAnswer.objects.create(feedback=row, question=question, value=fact.said["value"])


def check(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    numbers = {name: fact.said[name] for name in ("passed", "advised", "returned")}
    unit = planter.units[fact.unit]
    QualityCheck.objects.create(
        **mine | {"recorded_by": planter.other},
        recorded_at=fact.at,
        kind="dash",
        officer=planter.by,
        unit=unit,
        marked=[1],
        **about(case),
        **numbers,
    )


def assessed(planter: Planter, fact: Fact, case: Case, mine: dict[str, Any]) -> None:
    """By somebody of their own, whose training began and ended so many days from the day on which it was asked."""
    said, on = fact.said, fact.at.astimezone(LONDON).date()
    number = next(planter.numbers)
    who = User.objects.create(
        username=f"officer-{number}", first_name="A", last_name="B", collar_number=f"7{number:05d}"
    )
    by = {"recorded_by": planter.by, "reasons_by": who} if said["reasons"] else {"recorded_by": who}
    row = planter.assessment(case, fact.at, by.pop("recorded_by"), **by)
    if said["struck"]:
        Assessment.objects.filter(pk=row.pk).update(struck_out_at=NOW)
    if said["passed"] is not None:
        passed = on - said["passed"] * DAY
        until = None if said["until"] is None else max(passed, on + said["until"] * DAY)
        Training.objects.create(
            person=who, unit=planter.units[fact.unit], recorded_by=planter.other, course=said["course"], passed_on=passed, valid_until=until,
            state="recorded" if said["recorded"] else "struck",
        )  # fmt: skip
