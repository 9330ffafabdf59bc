"""Who is drawn: by chance and so that anybody can draw again; nobody who may not be asked; nobody twice (S3-015)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Incident, LoggedDecision, Outcome
from people.models import Birth
from reporting import tasks
from reporting.feedback.drawing import Candidate, candidates, draw, draw_due, drawn_of, due_month, months_end
from reporting.models import Draw, FeedbackFinding, Questionnaire, SampleRule, Survey, SurveyConsent
from tests.cast import client_of, take, text_of
from tests.reporting.asking import RULE, agrees, answers, drawn, later, month_of, no_plan, reached, sample
from workflow.models import Refused

MOMENT = datetime(2026, 5, 4, 12, tzinfo=UTC)
people = st.lists(st.integers(1, 10_000), unique=True, max_size=30)


@settings(max_examples=25, derandomize=True)
@given(people, st.randoms(use_true_random=False), st.integers(1, 10))
def test_the_order_in_which_people_are_listed_changes_nothing(found: list[int], shuffled: Any, most: int) -> None:
    came = [Candidate(one, one + 1, MOMENT) for one in found]
    mixed = list(came)
    shuffled.shuffle(mixed)
    first = drawn_of(came, "a seed", most)
    assert first == drawn_of(mixed, "a seed", most) and len(first) == min(most, len(came))


def test_another_seed_draws_others() -> None:
    came = [Candidate(one, one, MOMENT) for one in range(1, 200)]
    assert drawn_of(came, "a seed", 5) != drawn_of(came, "another", 5)


@pytest.mark.parametrize(
    ("today", "after", "month"),
    [("2026-11-23", 0, "2026-10-01"), ("2026-11-28", 28, "2026-09-01"), ("2026-11-29", 28, "2026-10-01"),
     ("2026-01-01", 0, "2025-12-01"), ("2027-03-01", 0, "2027-02-01")],
)  # fmt: skip
def test_the_newest_month_that_is_over_long_enough(today: str, after: int, month: str) -> None:
    at = datetime.fromisoformat(f"{today}T12:00:00+00:00")
    assert due_month(SampleRule(after_days=after), at) == date.fromisoformat(month)


def test_a_month_ends_on_its_last_day() -> None:
    assert [months_end(date(2028, month, 1)).day for month in (2, 4, 12)] == [29, 30, 31]


@pytest.mark.django_db
def test_who_agreed_and_can_be_asked_is_drawn(asked_with: Questionnaire, rule: SampleRule, ellen: User) -> None:
    incident = reached(ellen)
    agrees(incident, ellen)
    made = drawn(rule, incident)
    survey = Survey.objects.get()
    assert (made.reached_stage, made.could_be, made.drawn) == (1, 1, 1)
    assert (survey.state, survey.stage, survey.grade, survey.case) == (
        "drawn",
        "first_response",
        "medium",
        incident.case,
    )
    assert survey.questionnaire == asked_with and survey.recorded_by == User.objects.system()


def not_agreed(incident: Incident, by: User) -> None:
    SurveyConsent.objects.all().update(struck_out_at=timezone.now())


def restricted(incident: Incident, by: User) -> None:
    type(incident.case).objects.filter(pk=incident.case_id).update(restricted=True)


def of_unknown_age(incident: Incident, by: User) -> None:
    Birth.objects.all().update(struck_out_at=timezone.now())


def fifteen(incident: Incident, by: User) -> None:
    Birth.objects.all().update(born_on=timezone.localdate() - timedelta(days=15 * 365))


def refused(incident: Incident, by: User) -> None:
    agrees(incident, by, "refuse")


def unsafe(incident: Incident, by: User) -> None:
    take(incident.case, "unsafe", by, what="He stands at her door.")


def without_a_plan(incident: Incident, by: User) -> None:
    no_plan(incident.case)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("happens", "column"),
    [(restricted, "kept_apart"), (of_unknown_age, "too_young"), (fifteen, "too_young"), (not_agreed, "no_consent"),
     (refused, "no_consent"), (unsafe, "not_safe"), (without_a_plan, "not_safe")],
)  # fmt: skip
def test_who_may_not_be_asked_is_left_out_and_counted_under_why(
    asked_with: Questionnaire, rule: SampleRule, ellen: User, happens: Any, column: str
) -> None:
    incident = reached(ellen)
    agrees(incident, ellen)
    happens(incident, ellen)
    made = drawn(rule, incident)
    assert (made.drawn, made.could_be, getattr(made, column)) == (0, 0, 1) and not Survey.objects.exists()


@pytest.mark.django_db
def test_nobody_is_drawn_twice_within_the_days_whatever_the_stage(
    asked_with: Questionnaire, rule: SampleRule, ellen: User, abel: User
) -> None:
    incident = reached(ellen)
    agrees(incident, ellen)
    drawn(rule, incident)
    Outcome.objects.create(
        crime=incident.crimes.first(), case=incident.case, code="15", support="yes", rationale="Looked at.",
        recorded_by=ellen, settled_at=timezone.now(), settled_by=ellen,
    )  # fmt: skip
    again = sample(abel, stage="outcome")
    soon = draw(again.pk, timezone.localdate().replace(day=1), timezone.now(), "a seed")
    assert soon is not None and (soon.lately, soon.drawn) == (1, 0)
    Draw.objects.filter(pk=soon.pk).delete()
    Survey.objects.update(recorded_at=timezone.now() - timedelta(days=183))
    late = draw(again.pk, timezone.localdate().replace(day=1), timezone.now(), "a seed")
    assert late is not None and (late.lately, late.drawn) == (0, 1)


@pytest.mark.django_db
def test_no_more_than_the_rule_says_and_the_same_people_again_from_the_seed(
    asked_with: Questionnaire, abel: User, ellen: User
) -> None:
    rule = sample(abel, most=1)
    incidents = [reached(ellen) for _ in range(3)]
    for incident in incidents:
        agrees(incident, ellen)
    made = drawn(rule, incidents[0])
    assert (made.reached_stage, made.could_be, made.drawn) == (3, 3, 1)
    again = drawn_of(candidates(rule, made.month), made.seed, rule.most)
    assert [one.person for one in again] == list(Survey.objects.values_list("person_id", flat=True))


@pytest.mark.django_db
def test_a_month_is_drawn_once_by_the_beat(asked_with: Questionnaire, rule: SampleRule, ellen: User) -> None:
    incident = reached(ellen)
    agrees(incident, ellen)
    first = month_of(incident)
    at = datetime(first.year, first.month, 28, 12, tzinfo=UTC) + timedelta(days=7)
    assert len(draw_due(at)) == 1 and draw_due(at) == []
    assert Survey.objects.count() == 1 and Draw.objects.get().month == first
    assert tasks.draw_surveys() in (0, 1)


@pytest.mark.django_db
def test_nobody_is_drawn_while_it_is_paused_held_or_ended(
    asked_with: Questionnaire, rule: SampleRule, ellen: User, abel: User, cora: User
) -> None:
    agrees(reached(ellen), ellen)
    take(rule, "pause", abel)
    assert draw_due(later()) == []
    take(rule, "resume", abel)
    take(asked_with, "hold", cora)
    assert draw_due(later()) == []
    take(asked_with, "release", abel)
    take(rule, "end", abel)
    assert draw_due(later()) == [] and not Survey.objects.exists()


@pytest.mark.django_db
def test_investigation_and_court_are_reached_when_the_case_is_closed(
    asked_with: Questionnaire, ellen: User, abel: User
) -> None:
    incident = reached(ellen)
    court, inquiry = sample(abel, stage="court"), sample(abel, stage="investigation")
    month = timezone.localdate().replace(day=1)
    assert candidates(inquiry, month) == []
    LoggedDecision.objects.create(
        case=incident.case, kind="closure", what="The case is closed", decided_by=ellen, decided_at=timezone.now(),
        recorded_by=ellen, options="Nothing more to be done.",
    )  # fmt: skip
    type(incident.case).objects.filter(pk=incident.case_id).update(state="closed")
    victim = incident.people("victim").get().person_id
    assert [one.person for one in candidates(inquiry, month)] == [victim] and candidates(court, month) == []
    Outcome.objects.create(
        crime=incident.crimes.first(), case=incident.case, code="1", support="yes", rationale="Charged.",
        recorded_by=ellen, settled_at=timezone.now(), settled_by=ellen,
    )  # fmt: skip
    assert [one.person for one in candidates(court, month)] == [victim]


@pytest.mark.django_db
def test_a_sample_of_another_unit_draws_nobody_here(
    asked_with: Questionnaire, abel: User, ellen: User, southmere: Any
) -> None:
    agrees(incident := reached(ellen), ellen)
    assert drawn(sample(abel, "SM"), incident).reached_stage == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [("most", "0", "1"), ("most", "many", "whole number"), ("youngest", "12", "16"), ("not_again_days", "7", "28"),
     ("ask_within_days", "0", "1"), ("authority", "", "Say on whose authority"),
     ("stage", "together", "must be one of the answers"),
     ("runs", "XX9", "No open unit has that code"), ("after_days", "-1", "0")],
)  # fmt: skip
def test_a_sample_that_makes_no_sense_is_refused_in_a_sentence(
    abel: User, force: Any, field: str, value: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        sample(abel, **{field: value})
    assert sentence in " ".join(refused.value.errors.errors[field])


@pytest.mark.django_db
def test_one_sample_of_a_stage_for_a_unit_and_only_where_the_role_reaches(
    rule: SampleRule, abel: User, cora: User, ellen: User, iris: User
) -> None:
    with pytest.raises(Refused, match="draws for that unit already"):
        sample(abel)
    with pytest.raises(Refused, match="does not reach that unit"):
        sample(iris)
    with pytest.raises(Refused):
        sample(ellen)


@pytest.mark.django_db
@pytest.mark.requirement("S3-015")
def test_how_somebody_was_drawn_can_be_read_and_what_they_say_becomes_an_action(
    survey: Survey, wren: User, cora: User, abel: User, ari: User
) -> None:
    """Scheduled sample, safe-contact check, response rate, action log from findings."""
    shown = text_of(client_of(ari).get("/feedback/samples/"))
    assert survey.draw.seed in shown and RULE["authority"] in shown
    take(survey, "answer", wren, **answers(survey, "very_dis"))
    page = text_of(client_of(ari).get("/feedback/"))
    row = next(row for row in page.split("<tr") if "First response" in row)
    assert "0 of 1" in row and "1 of 1" in row
    heard = {
        "source": "survey",
        "stage": "first_response",
        "heard_on": timezone.localdate().isoformat(),
        "measures": "M38",
    }
    finding = take(FeedbackFinding(), "record", cora, heard="Nobody told us what happens next.", **heard)
    due = (timezone.localdate() + timedelta(days=30)).isoformat()
    take(finding, "act", abel, owner=cora.collar_number, plan="A card with what happens next.", due_on=due)
    assert "A card with what happens next." in text_of(client_of(ari).get("/feedback/you-said/"))
