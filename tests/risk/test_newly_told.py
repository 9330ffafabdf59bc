"""B.7: what is told after a grade and was not known when it was decided is looked at, once; what was known is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident
from risk.models import Assessment, Reassessment
from tests.cast import take
from tests.risk.story import answer, answer_all, begun, earlier, fresh, give_reasons, grade
from tests.risk.test_triggers import owed, settled
from workflow import engine

TOLD = ("separation", "pregnancy", "contact", "suicide")


def graded(dash: Assessment, by: User, *yes: int) -> Case:
    answer_all(dash, by, yes=yes)
    give_reasons(dash, by)
    grade(dash, by, "standard")
    settled()
    found: Case = dash.case
    return found


@pytest.mark.parametrize(
    ("number", "trigger"), [(5, "suicide"), (6, "separation"), (7, "contact"), (9, "pregnancy"), (25, "suicide")]
)
def test_a_yes_that_is_new_since_the_last_grade_is_looked_at_by_a_specialist_once(
    dash: Assessment, tonight: Incident, ellen: User, number: int, trigger: str
) -> None:
    case = graded(dash, ellen)
    later = begun(earlier(tonight, ellen, 3)[0], ellen)
    answer(later, ellen, {number: "yes"})
    settled()
    assert owed(case, *TOLD) == [trigger]
    row = Reassessment.objects.get(trigger=trigger)
    assert row.why.startswith("New since the last grade: ")
    answer(later, ellen, {number: ("yes", "She said it again, with more."), 1: "yes"})
    settled()
    assert owed(case, *TOLD) == [trigger]


def test_a_yes_after_the_grade_of_the_same_assessment_is_new_as_well(dash: Assessment, ellen: User) -> None:
    case = graded(dash, ellen)
    answer(fresh(dash), ellen, {6: "yes"})
    settled()
    assert owed(case, *TOLD) == ["separation"]


def test_what_was_yes_before_and_what_is_not_known_asks_nobody(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    case = graded(dash, ellen, 6)
    later = begun(earlier(tonight, ellen, 3)[0], ellen)
    answer(later, ellen, {6: "yes", 9: "dont_know", 7: "no"})
    settled()
    assert owed(case, *TOLD) == []


def test_the_first_assessment_asks_nobody_because_it_is_graded_on_its_answers(dash: Assessment, ellen: User) -> None:
    assert owed(graded(dash, ellen, 5, 6, 7, 9, 25), *TOLD) == []


@pytest.mark.parametrize(("code", "trigger"), [("pregnant", "pregnancy"), ("self_harm", "suicide")])
def test_a_marker_that_is_set_after_the_grade_is_looked_at_once(
    dash: Assessment, ellen: User, code: str, trigger: str
) -> None:
    case = graded(dash, ellen)
    for _again in range(2):
        take(Case.objects.get(pk=case.pk), "set-marker", ellen, code=code)
        settled()
    assert owed(case, *TOLD) == [trigger]


def test_a_day_of_separation_that_is_told_after_the_grade_is_looked_at_once(
    dash: Assessment, tonight: Incident, ellen: User
) -> None:
    case = graded(dash, ellen)
    suspect = tonight.people("suspect").get()
    for days in (3, 3, 2):
        suspect.refresh_from_db()
        day = timezone.localdate() - timedelta(days=days)
        engine.amend(suspect, {"separated_on": day}, beneath=tonight, by=ellen, seen=suspect.version)
        settled()
    rows = Reassessment.objects.filter(case=case, trigger="separation")
    assert [row.state for row in rows.order_by("pk")] == ["owed", "merged"]  # another day said within the hour
