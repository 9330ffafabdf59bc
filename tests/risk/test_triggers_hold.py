"""B.7 and R-13, tried from behind: nothing that is owed is lost by a date that comes back, by a merging or by whoever answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, CourseEvent, Incident
from risk.models import Assessment, Reassessment, RiskDecision
from risk.panels import assessments_of
from risk.services import contradictions_of, raise_reassessment
from tests.cast import person, take
from tests.risk.further import answer_set, follow, say
from tests.risk.plans import in_force
from tests.risk.story import answer, answer_all, begun, fresh, give_reasons, grade, involve, somebody
from tests.risk.test_grade import refusal_of
from tests.risk.test_instruments import in_use
from tests.risk.test_lowering import lower
from tests.risk.test_rules_of_refusal import too_little
from tests.risk.test_triggers import DONE, arrested, fall_due, owed, recorded, settled
from workflow.models import Deadline

FOUND = "Rang Hannah at the safe time, read the bail conditions and spoke to her sister; he waits outside her work."


@pytest.fixture
def dana(nr3: Unit) -> User:
    return person("DC", "6114", "Dana Wells", ("da_specialist", nr3))


@pytest.fixture
def orla(nr3: Unit) -> User:
    return person("DC", "6119", "Orla Flynn", ("da_specialist", nr3))


def graded(dash: Assessment, by: User, chosen: str) -> Case:
    answer_all(dash, by)
    give_reasons(dash, by)
    grade(dash, by, chosen)
    settled()
    found: Case = dash.case
    return found


def hours_of(policy: str) -> float:
    clock = Deadline.objects.open().get(policy=policy)
    return (clock.due_at - clock.started_at) / timedelta(hours=1)


def test_a_hearing_that_comes_back_to_its_first_day_is_looked_at_again(
    dash: Assessment, ellen: User, tom: User
) -> None:
    case = graded(dash, ellen, "standard")
    event = recorded(case, tom, "trial", days=2, clock="10:00")
    first, later = timezone.localdate() + timedelta(days=2), timezone.localdate() + timedelta(days=40)
    for day in (later, first, later, first):
        moved = CourseEvent.objects.get(pk=event.pk)
        take(moved, "move", tom, on=day.isoformat(), clock="10:00", reason="The list was changed by the court.")
        settled()
        assert len(owed(case, "court_before")) == (day == first)
    assert fall_due(timezone.now()) == 0
    assert Reassessment.objects.filter(trigger="court_before", state="dropped").count() == 2


def test_a_look_into_which_another_merged_stays_owed_when_its_own_event_is_struck_out(
    dash: Assessment, ellen: User, tom: User
) -> None:
    case = graded(dash, ellen, "high")
    one, _other = recorded(case, tom, "breach"), recorded(case, tom, "breach")
    take(one, "strike", tom, reason="It was written down twice.")
    settled()
    assert owed(case, "breach") == ["breach"]


@pytest.mark.rule("R-13")
def test_a_specialists_assessment_is_done_by_a_specialist_who_did_not_make_the_first(
    dash: Assessment, ellen: User, priya: User, dana: User, orla: User
) -> None:
    case = graded(dash, dana, "high")
    row = Reassessment.objects.get(case=case, trigger="secondary")
    said = {"outcome": FOUND, "spoken": "yes", "grade": "high"}
    for officer in (ellen, priya):
        assert "It is for one of these" in refusal_of(lambda who=officer: take(row, "done", who, **said)).sentence
    assert "another specialist must look again" in refusal_of(lambda: take(row, "done", dana, **said)).sentence
    take(row, "done", orla, **said)
    assert owed(case, "secondary") == []


@pytest.mark.rule("R-12")
def test_insufficient_information_is_answered_by_a_supervisor_or_a_specialist(
    dash: Assessment, ellen: User, tom: User, priya: User
) -> None:
    too_little(dash, ellen)
    row = Reassessment.objects.get(trigger="insufficient")
    said = {"outcome": FOUND, "spoken": "yes", "grade": "medium"}
    assert "It is for one of these" in refusal_of(lambda: take(row, "done", tom, **said)).sentence
    take(row, "done", priya, **said)


@pytest.mark.rule("R-13")
def test_a_review_that_raises_the_grade_to_high_owes_a_specialists_assessment_as_a_first_high_does(
    dash: Assessment, ellen: User, tom: User
) -> None:
    case = graded(dash, ellen, "standard")
    assert owed(case, "secondary") == []
    row = raise_reassessment(case, "breach", "told:1", tom, timezone.now())
    take(row, "done", tom, **DONE)
    settled()
    assert owed(case, "secondary") == ["secondary"]
    assert hours_of("review-secondary") == 24


@pytest.mark.rule("R-13")
def test_a_grade_that_rises_after_a_specialist_answered_is_assessed_again_and_the_specialists_own_rise_is_not(
    dash: Assessment, tonight: Incident, ellen: User, tom: User, dana: User, priya: User
) -> None:
    Incident.objects.filter(pk=tonight.pk).update(abuse_signs=["stalking"])
    case = graded(dash, ellen, "standard")
    said = {"outcome": FOUND, "spoken": "yes"}
    take(Reassessment.objects.owed().get(trigger="secondary"), "done", dana, **said, grade="medium")
    settled()
    assert owed(case, "secondary") == []
    take(dash, "raise", tom, grade="high", reason="He was seen at her door this evening.")
    settled()
    assert owed(case, "secondary") == ["secondary"]
    take(Reassessment.objects.owed().get(trigger="secondary"), "done", dana, **said, grade="high")
    settled()
    assert owed(case, "secondary") == []


@pytest.mark.rule("R-13")
def test_what_is_owed_comes_forward_when_the_grade_rises_and_is_not_put_off_when_it_falls(
    dash: Assessment, tonight: Incident, ellen: User, tom: User, priya: User
) -> None:
    Incident.objects.filter(pk=tonight.pk).update(abuse_signs=["stalking"])
    case = graded(dash, ellen, "standard")
    assert hours_of("review-secondary") == 72
    take(dash, "raise", tom, grade="high", reason="He was seen at her door this evening.")
    settled()
    assert hours_of("review-secondary") == 24
    lower(case, priya)
    settled()
    assert hours_of("review-secondary") == 24


def test_the_review_of_a_safety_plan_comes_forward_when_the_grade_rises_and_is_not_put_off_when_it_falls(
    complete_record: Incident, ellen: User, priya: User, tom: User, ruth: User
) -> None:
    case = complete_record.case
    grades = RiskDecision.objects.filter(case=case).order_by("-at", "-pk")
    before = grades.values_list("to_grade", flat=True).first()
    in_force(case, ellen, priya)
    days = {"standard": 90, "medium": 28, "high": 7}
    assert hours_of("safety-plan-reviewed") == pytest.approx(24 * days[before or ""], abs=25)
    if before != "high":
        found = Assessment.objects.standing().get(case=case, follows__isnull=True)
        take(found, "raise", tom, grade="high", reason="He was seen at her door this evening.")
        settled()
    assert hours_of("safety-plan-reviewed") == pytest.approx(24 * 7, abs=25)
    lower(case, ruth)
    settled()
    assert hours_of("safety-plan-reviewed") == pytest.approx(24 * 7, abs=25)


@pytest.mark.rule("R-10", "R-13")
def test_a_yes_of_the_questions_on_honour_shuts_the_case_and_is_the_floor_whatever_the_page_before_said(
    dash: Assessment, ellen: User
) -> None:
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    made = follow(dash, ellen, "h-dash")
    assert not Case.objects.get(pk=dash.case_id).restricted
    answer_set(made, ellen, yes=(4,))
    assert Case.objects.get(pk=dash.case_id).restricted
    refused = refusal_of(lambda: grade(dash, ellen, "medium"))
    assert "so-called honour, forced marriage or mutilation is feared" in refused.sentence


@pytest.mark.rule("R-12")
def test_custody_does_not_end_with_no_further_action_on_insufficient_information(
    dash: Assessment, tonight: Incident, ellen: User, tom: User
) -> None:
    decision = arrested(tonight, ellen)
    case = too_little(dash, ellen)
    ends: dict[str, Any] = {"custody_ref": "", "disposal": "no_action", "release": ""}
    assert "on too much that is not known" in refusal_of(lambda: take(decision, "custody", tom, **ends)).sentence
    assert not CourseEvent.objects.filter(case=case, kind="no_action").exists()
    take(decision, "custody", tom, **{**ends, "disposal": "continues"})


@pytest.mark.parametrize(
    ("whose", "differs"), [("both", False), ("suspect", False), ("harmed", True), ("not_known", True), ("", True)]
)
def test_no_to_question_10_differs_only_from_children_who_are_not_the_suspects(
    dash: Assessment, tonight: Incident, ellen: User, whose: str, differs: bool
) -> None:
    answer_all(dash, ellen)
    involve(tonight, ellen, somebody(tonight, ellen, "Noah", "Reeve"), "child")
    tonight.people("child").update(child_of=whose)
    Incident.objects.filter(pk=tonight.pk).update(children_present="yes")
    assert [one.key for one in contradictions_of(fresh(dash), ellen)] == (["children"] if differs else [])


def test_an_explained_contradiction_prints_in_the_case_file(dash: Assessment, tonight: Incident, ellen: User) -> None:
    answer_all(dash, ellen)
    Incident.objects.filter(pk=tonight.pk).update(weapon="yes")
    say(dash, ellen, explained={"weapon": "The knife was hers; she cut the bread."})
    paper = render_to_string("risk/panels/dash_paper.html", {"rows": assessments_of(dash.case, ellen, timezone.now())})
    assert "a weapon or object is recorded as used in this incident: The knife was hers; she cut the bread." in paper


@pytest.mark.rule("R-12")
def test_a_frontline_set_graded_standard_on_too_much_that_is_not_known_is_insufficient_too(
    tonight: Incident, ellen: User
) -> None:
    """No number is shown; that too little is known is said all the same."""
    in_use(tonight, "frontline")
    found = begun(tonight, ellen)
    answer(found, ellen, {number: "dont_know" if number < 10 else "never" for number in range(1, 16)})
    give_reasons(found, ellen)
    grade(found, ellen, "standard")
    assert RiskDecision.objects.get().is_insufficient
