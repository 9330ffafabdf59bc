"""R-15 to R-18, tried from behind: by a second page, by an empty assessment, by an old talk, too late, by another set."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident
from risk.models import Assessment, Downgrade, RiskDecision, current_grades
from risk.services import lapse_and_reopen, lowering
from tests.cast import client_of, person, take
from tests.risk.further import answer_set, follow
from tests.risk.story import answer, answer_all, begun, earlier, fresh, give_reasons, grade
from tests.risk.test_grade import FOURTEEN, TEN, refusal_of
from tests.risk.test_instruments import in_use
from tests.risk.test_lowering import NOT_SPOKEN, WORDS, lower, spoken_now
from tests.risk.test_triggers import owed, settled
from workflow import engine


@pytest.fixture
def dana(nr3: Unit) -> User:
    return person("DC", "6114", "Dana Wells", ("da_specialist", nr3))


def graded(dash: Assessment, by: User, chosen: str, yes: tuple[int, ...] = (1, 2)) -> Case:
    answer_all(dash, by, yes=yes)
    give_reasons(dash, by)
    grade(dash, by, chosen)
    found: Case = dash.case
    return found


def beside(tonight: Incident, by: User) -> Assessment:
    """Another DASH of the same case, with no answer yet."""
    return begun(earlier(tonight, by, 40)[0], by)


def grade_of(case: Case) -> str:
    return current_grades([case.pk])[case.pk]


@pytest.mark.rule("R-15")
def test_two_who_have_the_same_page_open_do_not_lower_it_by_two_levels(
    dash: Assessment, ellen: User, priya: User, ruth: User
) -> None:
    case = graded(dash, ellen, "high")
    page = client_of(ruth).get(f"/work/downgrade/new/lower/in/{case.pk}/").content.decode()
    assert 'name="seen_grade" value="high"' in page
    lower(case, priya, seen_grade="high")
    refused = refusal_of(lambda: lower(case, ruth, seen_grade="high"))
    assert "The grade is Medium now: somebody else has decided" in refused.sentence
    assert grade_of(case) == "medium"


@pytest.mark.rule("R-15", "R-18")
def test_what_was_found_before_the_case_was_locked_is_asked_again(
    dash: Assessment, ellen: User, priya: User, ruth: User
) -> None:
    """Ten are Yes: the page of the second found High, and the floor of Medium is no floor of Standard."""
    case = graded(dash, ellen, "high", TEN)
    waits = Downgrade(case=case)
    waits.stands_on = lowering.lowering_of(case.pk, ruth, timezone.now())  # type: ignore[attr-defined]
    lower(case, priya)
    refused = refusal_of(
        lambda: take(waits, "lower", ruth, reason="disproved", words=WORDS, **{"spoken": "yes", **spoken_now()})
    )
    assert "10 of the 24 are Yes" in refused.sentence
    assert grade_of(case) == "medium"


@pytest.mark.rule("R-18")
def test_an_empty_assessment_beside_it_takes_no_answer_away(
    dash: Assessment, tonight: Incident, ellen: User, tom: User, priya: User
) -> None:
    case = graded(dash, ellen, "medium", TEN)
    other = beside(tonight, tom)
    take(other, "raise", tom, grade="high", reason="He was seen at her door this evening.")
    lower(case, priya)
    assert "10 of the 24 are Yes" in refusal_of(lambda: lower(case, tom_supervises(case))).sentence


def tom_supervises(case: Case) -> User:
    there = User.objects.filter(username="4419").first()
    return there or person("PS", "4419", "Sam Other", ("sergeant", case.unit))


@pytest.mark.rule("R-18")
@pytest.mark.parametrize(("value", "refused"), [("no", False), ("dont_know", True), ("declined", True)])
def test_a_new_assessment_takes_the_place_of_the_old_one_where_it_says_no_and_not_where_it_knows_nothing(
    dash: Assessment, tonight: Incident, ellen: User, tom: User, priya: User, value: str, refused: bool
) -> None:
    case = graded(dash, ellen, "high", FOURTEEN)
    other = beside(tonight, tom)
    answer_all(other, tom, **{f"q{number}": value for number in FOURTEEN})
    lowered = refusal_of(lambda: lower(case, priya))
    assert "14 of the 24 are Yes" in lowered.sentence  # nobody has graded the new one
    give_reasons(other, tom)
    grade(other, tom, "high")
    if refused:
        assert "14 of the 24 are Yes" in refusal_of(lambda: lower(case, priya)).sentence
    else:
        assert lower(case, priya).decision.to_grade == "medium"
    assert fresh(dash).answers.filter(value="yes").count() == 14  # the old one stays readable


@pytest.mark.rule("R-03", "R-18")
def test_a_set_without_a_score_takes_no_yes_away_that_it_knows_nothing_of_and_no_number_is_said_of_it(
    dash: Assessment, tonight: Incident, ellen: User, tom: User, priya: User
) -> None:
    case = graded(dash, ellen, "high", FOURTEEN)
    in_use(tonight, "frontline")
    other = beside(tonight, tom)
    answer(other, tom, {number: "declined" for number in range(1, 21)})
    give_reasons(other, tom)
    grade(other, tom, "high")
    assert "14 of the 24 are Yes" in refusal_of(lambda: lower(case, priya)).sentence  # that of the DASH
    answer(other, tom, {1: "never"})
    assert lower(case, priya).decision.to_grade == "medium"
    sentence = refusal_of(lambda: lower(case, tom_supervises(case))).sentence
    assert "too much was not answered otherwise since" in sentence and not re.search(r"\d", sentence)
    answer(other, tom, {number: "never" for number in range(1, 16)} | {number: "no" for number in range(16, 20)})
    assert lower(case, tom_supervises(case)).decision.to_grade == "standard"


@pytest.mark.rule("R-15")
def test_whoever_answered_a_further_set_or_the_newest_graded_assessment_had_a_part(
    dash: Assessment, tonight: Incident, ellen: User, tom: User, dana: User, priya: User
) -> None:
    case = graded(dash, ellen, "medium")
    answer_set(follow(dash, priya, "s-dash"), priya)
    take(dash, "raise", tom, grade="high", reason="He was seen at her door this evening.")
    assert "You had a part in the assessment" in refusal_of(lambda: lower(case, priya)).sentence
    answer_all(beside(tonight, ellen), dana)
    assert lower(case, dana).decision.to_grade == "medium"  # one that nobody graded takes nothing away


@pytest.mark.rule("R-17")
def test_a_talk_before_the_grade_was_lowered_does_not_make_it_stand(
    dash: Assessment, ellen: User, tom: User, priya: User
) -> None:
    made = lower(graded(dash, ellen, "high"), priya, **NOT_SPOKEN)
    old = (timezone.now() - timedelta(days=2)).isoformat()
    refused = refusal_of(lambda: take(made, "confirm", tom, **{**spoken_now(), "spoken_at": old}))
    assert "must be after the grade was lowered" in refused.errors.errors["spoken_at"][0]


@pytest.mark.rule("R-17")
def test_after_seven_days_to_the_moment_it_is_too_late_to_say_that_somebody_spoke_to_the_victim(
    dash: Assessment, ellen: User, tom: User, priya: User
) -> None:
    """Also where the sweep has not come yet."""
    case = graded(dash, ellen, "high")
    made = lower(case, priya, **NOT_SPOKEN)
    assert made.lapses_at is not None
    for late in (timedelta(), timedelta(days=3)):
        refused = refusal_of(lambda late=late: confirm(made, tom, made.lapses_at + late))
        assert "The time is over" in refused.sentence
    lapse_and_reopen(made.lapses_at)
    assert grade_of(case) == "high"


def confirm(made: Downgrade, by: User, at: Any) -> None:
    now = Downgrade.objects.get(pk=made.pk)
    engine.perform(now, "confirm", by=by, evidence=spoken_now(), seen=now.version, at=at)


@pytest.mark.rule("R-17")
def test_a_later_decision_that_holds_is_not_put_back_by_an_older_one(
    dash: Assessment, ellen: User, tom: User, priya: User, ruth: User
) -> None:
    """Raised, and lowered for good, before the worker came to either."""
    case = graded(dash, ellen, "high")
    first = lower(case, priya, **NOT_SPOKEN)
    take(dash, "raise", tom, grade="high", reason="He was seen at her door this evening.")
    Downgrade.objects.filter(pk=first.pk).update(spoken="yes", lapses_at=None, reopens_at=first.lapses_at)
    lower(case, ruth)
    lapse_and_reopen(timezone.now() + timedelta(days=8))
    assert grade_of(case) == "medium"
    settled()
    assert RiskDecision.objects.filter(kind__in=["lapsed", "reopened"]).count() == 0


@pytest.mark.rule("R-12")
def test_lowering_to_standard_on_too_much_that_is_not_known_goes_to_a_supervisor_too(
    dash: Assessment, ellen: User, priya: User
) -> None:
    answer_all(dash, ellen, **{f"q{number}": "dont_know" for number in range(1, 10)})
    give_reasons(dash, ellen)
    grade(dash, ellen, "medium")
    lower(dash.case, priya)
    settled()
    assert RiskDecision.objects.latest("pk").is_insufficient
    assert owed(dash.case, "insufficient") == ["insufficient"]
