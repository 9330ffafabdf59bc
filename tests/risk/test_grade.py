"""The grade: reasons first, never below the floor, written once in the ledger and never again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident
from risk.models import Assessment, RiskDecision, RiskThreshold, current_grades
from risk.services import history_of
from risk.steps import lacking
from tests.risk.story import (
    answer,
    answer_all,
    begun,
    earlier,
    fresh,
    give_reasons,
    grade,
    incident_of,
    involve,
    somebody,
)
from workflow import engine
from workflow.models import Refusal, Refused

TEN = tuple(range(1, 10)) + (13,)
FOURTEEN = tuple(range(1, 10)) + (13, 14, 16, 20, 21)


def raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refusal_of(act: Any) -> Refused:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    return caught.value


def test_a_grade_waits_for_the_reasons(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen)
    refused = refusal_of(lambda: grade(dash, ellen, "standard"))
    assert (refused.kind, refused.sentence) == (Refusal.GUARD, "Not yet. Write and save your reasons first.")


def test_reasons_of_fewer_than_sixty_characters_are_refused(dash: Assessment, ellen: User) -> None:
    refused = refusal_of(lambda: give_reasons(dash, ellen, "x" * 59))
    assert refused.errors.errors["reasons"] == ["Your reasons must be 60 characters or more"]
    assert not fresh(dash).reasons_at
    give_reasons(dash, ellen, "x" * 60)
    assert fresh(dash).reasons_at


@pytest.mark.parametrize(
    ("yes", "chosen", "lowest"),
    [
        (TEN, "standard", "Medium: 10 of the 24 are Yes; the rule is 10 or more"),
        (FOURTEEN, "medium", "High: 14 of the 24 are Yes; the rule is 14 or more"),
    ],
)
@pytest.mark.rule("R-11")
def test_a_grade_below_the_floor_of_the_count_is_refused_with_the_reason(
    dash: Assessment, ellen: User, yes: Any, chosen: str, lowest: str
) -> None:
    answer_all(dash, ellen, yes=yes)
    give_reasons(dash, ellen)
    refused = refusal_of(lambda: grade(dash, ellen, chosen))
    assert (refused.kind, refused.sentence) == (Refusal.GUARD, f"Not available. The lowest grade allowed is {lowest}.")
    assert not RiskDecision.objects.exists()


def test_nine_and_the_three_about_children_may_be_standard(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, yes=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    row = RiskDecision.objects.get()
    assert (row.to_grade, row.yes_total, row.ric_yes, row.kind) == ("standard", 12, 9, "initial")


def test_three_incidents_in_twelve_months_keep_standard_away(dash: Assessment, tonight: Incident, ellen: User) -> None:
    earlier(tonight, ellen, 30, 364)
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    assert (
        "3 incidents in 12 months; the rule is 3 or more" in refusal_of(lambda: grade(dash, ellen, "standard")).sentence
    )
    grade(dash, ellen, "medium")
    assert current_grades([dash.case_id]) == {dash.case_id: "medium"}


def test_an_incident_thirteen_months_ago_does_not_count(dash: Assessment, tonight: Incident, ellen: User) -> None:
    earlier(tonight, ellen, 30, 400)
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")


@pytest.mark.rule("R-10")
def test_below_what_guidance_expects_says_why_not_high(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, yes=(18,))
    give_reasons(dash, ellen)
    refused = refusal_of(lambda: grade(dash, ellen, "medium"))
    assert refused.errors.errors["why_below"] == ["Say why not High: guidance expects it here"]
    grade(dash, ellen, "medium", "It was said of a game between children.")
    row = RiskDecision.objects.get()
    assert (row.expected, row.why_below) == ("high", "It was said of a game between children.")


@pytest.mark.rule("R-11")
def test_a_lower_grade_than_stands_is_refused_with_the_sentence(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "high")
    refused = refusal_of(lambda: grade(dash, ellen, "standard"))
    assert refused.sentence.endswith("the case is graded High now, and an assessment cannot lower that.")


def test_standard_on_too_little_knowledge_is_marked_insufficient(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, **{f"q{number}": "declined" for number in range(1, 9)})
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    row = RiskDecision.objects.get()
    assert (row.is_insufficient, row.unknown_total) == (True, 8)


@pytest.mark.rule("R-19")
def test_a_refusal_ends_in_a_grade(dash: Assessment, ellen: User) -> None:
    said = {"stopped_code": "refused_all", "stopped_words": "She shut the door.", "fill": "on"}
    engine.perform(dash, "stop", by=ellen, evidence=said, seen=dash.version)
    assert set(fresh(dash).answers.values_list("value", "source")) == {("declined", "officer")}
    give_reasons(dash, ellen)
    grade(dash, ellen, "medium")
    assert lacking(fresh(dash)) == []
    assert RiskDecision.objects.get().unknown_total == 27


def test_what_was_answered_before_the_refusal_stays(dash: Assessment, ellen: User) -> None:
    answer(dash, ellen, {1: ("yes", "Red marks on her neck."), 2: ("yes", "Shaking.")})
    now = fresh(dash)
    said = {"stopped_code": "suspect_present", "stopped_words": "He came into the room.", "fill": "on"}
    engine.perform(now, "stop", by=ellen, evidence=said, seen=now.version)
    rows = dict(fresh(dash).answers.values_list("number", "value"))
    assert (rows[1], rows[2], rows[3]) == ("yes", "yes", "not_asked")
    assert fresh(dash).answers.get(number=3).text == "He came into the room."
    assert lacking(fresh(dash)) == ["The grade is not set"]


@pytest.mark.rule("R-11")
def test_raising_takes_effect_at_once_even_when_the_record_waits(
    dash: Assessment, tonight: Incident, ellen: User, priya: User
) -> None:
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    Incident.objects.filter(pk=tonight.pk).update(state=Incident.State.SUBMITTED)
    said = {"grade": "high", "reason": "He has been seen near the school since."}
    engine.perform(fresh(dash), "raise", by=priya, evidence=said)
    row = RiskDecision.objects.order_by("-pk")[0]
    assert (row.from_grade, row.to_grade, row.kind, row.role) == ("standard", "high", "review", "sergeant")
    assert current_grades([dash.case_id, 0]) == {dash.case_id: "high"}


def test_raising_to_what_it_is_already_is_refused(dash: Assessment, ellen: User) -> None:
    said = {"grade": "medium", "reason": "Twenty characters and more."}
    engine.perform(fresh(dash), "raise", by=ellen, evidence=said)
    refused = refusal_of(lambda: engine.perform(fresh(dash), "raise", by=ellen, evidence=said))
    assert refused.errors.errors["grade"] == ["The grade is Medium already. Raising must make it higher."]


@pytest.mark.rule("R-14")
def test_a_decision_is_never_changed_or_deleted(dash: Assessment, ellen: User) -> None:
    engine.perform(fresh(dash), "raise", by=ellen, evidence={"grade": "high", "reason": "Twenty characters and more."})
    row = RiskDecision.objects.get()
    row.to_grade = "standard"
    for change in (
        lambda: row.save(update_fields=["to_grade"]), lambda: row.delete(),
        lambda: RiskDecision.objects.update(to_grade="standard"), lambda: RiskDecision.objects.all().delete(),
        lambda: raw("UPDATE risk_riskdecision SET to_grade = 'standard'"), lambda: raw("DELETE FROM risk_riskdecision"),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()
    assert RiskDecision.objects.get().to_grade == "high"


def test_the_numbers_of_the_rules_are_superseded_and_never_edited(db: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        raw("UPDATE risk_riskthreshold SET value = 20 WHERE name = 'ric_high'")
    today = timezone.localdate()
    RiskThreshold.objects.create(name="ric_high", value=17, valid_from=today, authority="Locally agreed")
    assert RiskThreshold.objects.in_force(today)["ric_high"] == 17
    assert RiskThreshold.objects.in_force(today - timedelta(days=1))["ric_high"] == 14


@pytest.mark.rule("R-14")
def test_a_decision_keeps_the_numbers_it_was_made_under(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, yes=TEN)
    give_reasons(dash, ellen)
    grade(dash, ellen, "medium")
    assert "ric_high=14" in RiskDecision.objects.get().policy_version


def test_answers_changed_after_the_grade_ask_for_it_again(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    assert lacking(fresh(dash)) == []
    answer_all(dash, ellen, yes=TEN)
    assert lacking(fresh(dash))[-1] == "The grade is below the lowest allowed now: set it again"


def test_the_history_counts_only_cases_that_the_reader_may_open(
    dash: Assessment, tonight: Incident, ellen: User, sam: User, sr1: Any
) -> None:
    daniel = tonight.people("suspect").get().person
    other = Case.begin(Case.Kind.INVESTIGATION, sr1, timezone.now())
    row = incident_of(other, sam, timezone.now() - timedelta(days=20))
    involve(row, sam, somebody(row, sam, "Leanne", "Farrow"), "victim")
    involve(row, sam, daniel, "suspect")
    assert history_of(tonight, ellen, months=12).others_harmed == 1
    other.restricted = True
    other.save(update_fields=["restricted"])
    assert history_of(tonight, ellen, months=12).others_harmed == 0


def test_a_dash_is_begun_once_and_again_when_it_was_made_void(
    dash: Assessment, tonight: Incident, ellen: User, priya: User
) -> None:
    refused = refusal_of(lambda: begun(tonight, ellen))
    assert refused.sentence == "You cannot do this. A DASH of this incident has been begun already."
    engine.perform(dash, "void", by=priya, evidence={"reason": "Begun for the wrong incident."}, seen=dash.version)
    assert lacking(fresh(dash)) == []
    begun(tonight, ellen)


def test_a_press_officer_finds_no_assessment(dash: Assessment, stranger: User) -> None:
    refused = refusal_of(lambda: engine.perform(dash, "raise", by=stranger, evidence={}))
    assert refused.kind is Refusal.HIDDEN
