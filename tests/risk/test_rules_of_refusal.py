"""R-12, R-13, R-19 and R-20: what the rules ask for after a grade, each owed once, with its clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, CourseEvent, Incident
from cases.steps.case import may_end
from risk.models import Assessment, Reassessment, RiskDecision
from tests.cast import person, take
from tests.risk.story import answer_all, begun, earlier, fresh, give_reasons, grade, incident_of
from tests.risk.test_grade import refusal_of
from tests.risk.test_triggers import owed, settled
from workflow.models import Deadline

FOUND = "Rang at the safe time; she answered the questions that she had refused, and nothing else is known."
REFUSED = {"stopped_code": "refused_all", "stopped_words": "She shut the door.", "fill": "on"}


@pytest.fixture
def dana(nr3: Unit) -> User:
    return person("DC", "6114", "Dana Wells", ("da_specialist", nr3))


def refused(dash: Assessment, by: User, chosen: str) -> Case:
    take(dash, "stop", by, **REFUSED)
    give_reasons(dash, by)
    grade(dash, by, chosen)
    settled()
    found: Case = dash.case
    return found


def too_little(dash: Assessment, by: User) -> Case:
    answer_all(dash, by, **{f"q{number}": "dont_know" for number in range(1, 10)})
    give_reasons(dash, by)
    grade(dash, by, "standard")
    settled()
    found: Case = dash.case
    return found


@pytest.mark.parametrize(("chosen", "hours"), [("high", 24), ("medium", 72)])
@pytest.mark.rule("R-19")
def test_a_refusal_ends_in_a_grade_and_is_offered_again_by_a_specialist_in_time(
    dash: Assessment, ellen: User, dana: User, chosen: str, hours: int
) -> None:
    """R-19: within 24 hours where the grade is high, 72 where it is not."""
    case = refused(dash, ellen, chosen)
    assert "refused" in owed(case)
    clock = Deadline.objects.open().get(policy="review-refused")
    assert clock.due_at - clock.started_at == timedelta(hours=hours)
    row = Reassessment.objects.get(trigger="refused")
    take(row, "done", dana, outcome=FOUND, spoken="yes", grade=chosen)
    assert "refused" not in owed(case)


def test_a_refusal_that_is_raised_to_high_is_offered_again_within_a_day_and_once(
    dash: Assessment, ellen: User, tom: User
) -> None:
    case = refused(dash, ellen, "medium")
    take(dash, "raise", tom, grade="high", reason="He was seen at her door this evening.")
    settled()
    assert owed(case, "refused") == ["refused"]
    clock = Deadline.objects.open().get(policy="review-refused")
    assert clock.due_at - clock.started_at == timedelta(hours=24)


def test_a_refusal_that_was_answered_is_offered_once_more_when_the_grade_rises_to_high(
    dash: Assessment, ellen: User, tom: User, dana: User
) -> None:
    case = refused(dash, ellen, "medium")
    take(Reassessment.objects.get(trigger="refused"), "done", dana, outcome=FOUND, spoken="yes", grade="medium")
    take(dash, "raise", tom, grade="high", reason="He was seen at her door this evening.")
    settled()
    assert owed(case, "refused") == ["refused"]


@pytest.mark.rule("R-19")
def test_whoever_was_not_fit_to_be_asked_is_asked_at_the_time_that_was_set(dash: Assessment, ellen: User) -> None:
    """R-19, R-20: the clock runs from the time of the recheck."""
    when = (timezone.now() + timedelta(hours=9)).replace(second=0, microsecond=0)
    take(dash, "stop", ellen, stopped_code="unfit", stopped_words="In hospital, asleep.", recheck_at=when.isoformat())
    settled()
    clock = Deadline.objects.open().get(policy="review-recheck")
    assert (clock.started_at, clock.due_at) == (when, when + timedelta(hours=4))


@pytest.mark.rule("R-20")
def test_the_ledger_keeps_how_the_questions_were_asked_and_how_long_after_the_report(
    hannahs_case: Case, ellen: User
) -> None:
    """R-20: by telephone, 50 hours after the report."""
    late = begun(incident_of(hannahs_case, ellen, timezone.now() - timedelta(hours=50)), ellen, how="telephone")
    answer_all(late, ellen)
    give_reasons(late, ellen)
    grade(late, ellen, "standard")
    row = RiskDecision.objects.get()
    assert (row.asked_how, row.hours_since_report) == ("telephone", 50)


@pytest.mark.rule("R-12")
def test_standard_on_too_much_that_is_not_known_goes_to_a_supervisor(dash: Assessment, ellen: User) -> None:
    """R-12: a row in the queue, which the sergeant hears of at once."""
    case = too_little(dash, ellen)
    assert owed(case, "insufficient") == ["insufficient"]
    assert Deadline.objects.open().get(policy="review-insufficient").holder is None


@pytest.mark.rule("R-12")
def test_insufficient_information_is_the_basis_of_no_further_action_never(
    dash: Assessment, ellen: User, priya: User, tom: User
) -> None:
    """R-12: neither said of the case's course, nor of the case itself, nor waved away."""
    case = too_little(dash, ellen)
    on = timezone.localdate().isoformat()
    blank = CourseEvent(case=case)
    sentence = refusal_of(lambda: take(blank, "record", tom, kind="no_action", on=on, clock="", words="")).sentence
    assert "on too much that is not known" in sentence
    assert refusal_of(lambda: take(case, "close", priya)).kind.name == "GUARD"
    assert "on too much that is not known" in may_end(case, priya)  # even when nothing else stands in the way
    row = Reassessment.objects.get(trigger="insufficient")
    waved = refusal_of(lambda: take(row, "not-needed", priya, outcome="She is known to us and it is fine."))
    assert "ask again, or grade it" in waved.sentence
    again = refusal_of(lambda: take(row, "done", priya, outcome=FOUND, spoken="no", grade="standard"))
    assert "Standard on too much that is not known is no finding" in again.sentence
    take(row, "done", priya, outcome=FOUND, spoken="yes", grade="medium")
    take(CourseEvent(case=case), "record", tom, kind="no_action", on=on, clock="", words="")


def test_what_was_not_known_and_is_answered_ends_it_by_the_next_grade(dash: Assessment, ellen: User) -> None:
    case = too_little(dash, ellen)
    answer_all(fresh(dash), ellen)
    grade(dash, ellen, "standard")
    settled()
    assert owed(case, "insufficient") == []
    assert Reassessment.objects.get(trigger="insufficient").state == "done"


@pytest.mark.parametrize(
    ("chosen", "signs", "before", "wanted"),
    [("high", [], (), True), ("standard", ["stalking"], (), True), ("high", ["honour"], (), True),
     ("standard", [], (40,), True), ("standard", [], (), False), ("standard", [], (500,), False)],
)  # fmt: skip
@pytest.mark.rule("R-13")
def test_high_honour_stalking_and_repeat_are_assessed_again_by_a_specialist(
    dash: Assessment, tonight: Incident, ellen: User, chosen: str, signs: list[str], before: Any, wanted: bool
) -> None:
    """R-13."""
    Incident.objects.filter(pk=tonight.pk).update(abuse_signs=signs)
    earlier(tonight, ellen, *before)
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, chosen)
    settled()
    assert bool(owed(dash.case, "secondary")) is wanted
    if wanted:
        clock = Deadline.objects.open().get(policy="review-secondary")
        assert clock.due_at - clock.started_at == timedelta(hours=24 if chosen == "high" else 72)


def test_a_flag_of_stalking_or_a_sign_said_after_the_grade_asks_for_a_specialist_too(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    """R-13: the screening, or a person, may find it after the grade; it is owed once."""
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    settled()
    take(dash.case, "set-marker", ellen, code="pregnant")
    settled()
    assert owed(dash.case, "secondary") == []
    for code in ("stalking", "honour"):
        take(dash.case, "set-marker", ellen, code=code)
        settled()
    assert len(owed(dash.case, "secondary")) == 1


def test_a_flag_set_before_the_grade_asks_for_a_specialist(dash: Assessment, ellen: User) -> None:
    take(dash.case, "set-marker", ellen, code="stalking")
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    settled()
    assert len(owed(dash.case, "secondary")) == 1
