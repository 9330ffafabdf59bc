"""M38: satisfied of valid answers by stage, month, unit and risk; the response rate; small numbers kept from partners."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from people.models import Person
from reporting.feedback.scores import Response, Score, partners_say, responses, satisfaction
from reporting.models import Survey, SurveyAnswer
from tests.cast import client_of, take, text_of
from tests.reporting.asking import answers

YEAR = timedelta(days=365)


def test_a_rate_of_nobody_is_none() -> None:
    assert Score((), 0, 0).rate is None and Score((), 2, 3).rate == pytest.approx(66.67, abs=0.01)
    nobody = Response("court", drawn=3, answered=0, declined=0, not_reached=0, not_safe=2, called_off=0, waiting=1)
    assert nobody.rate is None
    some = Response("court", drawn=9, answered=3, declined=1, not_reached=2, not_safe=2, called_off=0, waiting=1)
    assert some.could_answer == 6 and some.rate == 50


@pytest.mark.parametrize(
    ("satisfied", "valid", "told"),
    [
        (0, 0, True),
        (1, 1, False),
        (5, 9, False),
        (5, 10, True),
        (4, 20, False),
        (0, 20, True),
        (20, 20, True),
        (18, 20, False),
    ],
)
def test_what_would_let_one_to_four_people_be_known_does_not_leave(satisfied: int, valid: int, told: bool) -> None:
    assert Score((), satisfied, valid).can_be_told is told


@pytest.fixture
def answered(survey: Survey, wren: User) -> Survey:
    done: Survey = take(survey, "answer", wren, **answers(survey, "fairly"))
    return done


@pytest.mark.django_db
def test_only_the_scored_question_and_only_the_scale_count(answered: Survey) -> None:
    now = timezone.now() + timedelta(minutes=1)
    assert satisfaction(now - YEAR, now, "stage") == [Score(("first_response",), 1, 1)]
    scored = SurveyAnswer.objects.filter(question__scored=True)
    for value, score in (("neither", (0, 1)), ("very_dis", (0, 1)), ("very", (1, 1))):
        scored.update(value=value)
        assert satisfaction(now - YEAR, now, "stage") == [Score(("first_response",), *score)]
    for value in ("not_mine", "unknown", "not_said"):
        scored.update(value=value)
        assert satisfaction(now - YEAR, now, "stage") == []


@pytest.mark.django_db
def test_by_month_of_the_answer_by_unit_and_by_risk(answered: Survey, force: Unit, southmere: Unit, nr3: Unit) -> None:
    now = timezone.now() + timedelta(minutes=1)
    month = timezone.localtime(answered.asked_at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    (by_month,) = satisfaction(now - YEAR, now, "month")
    assert by_month.key[0] == month
    assert satisfaction(now - YEAR, now, "unit", "grade") == [Score((nr3.pk, "medium"), 1, 1)]
    assert satisfaction(now - YEAR, now, "stage", unit=force) and not satisfaction(
        now - YEAR, now, "stage", unit=southmere
    )
    assert satisfaction(now - YEAR, answered.asked_at, "stage") == []  # the end does not belong to it


@pytest.mark.django_db
def test_what_became_of_those_who_were_drawn(answered: Survey, southmere: Unit) -> None:
    now = timezone.now() + timedelta(minutes=1)
    (found,) = responses(now - YEAR, now)
    assert (found.stage, found.drawn, found.answered, found.waiting, found.rate) == ("first_response", 1, 1, 0, 100)
    Survey.objects.update(state="not_safe", unsafe_why="no_way")
    (found,) = responses(now - YEAR, now)
    assert (found.drawn, found.not_safe, found.could_answer, found.rate) == (1, 1, 0, None)
    assert responses(now - YEAR, now, southmere) == []


@pytest.mark.django_db
def test_partners_are_not_told_what_one_person_said(answered: Survey, cleo: User, ari: User) -> None:
    theirs = text_of(client_of(cleo).get("/feedback/you-said/"))
    row = next(row for row in theirs.split("<tr") if "First response" in row and "Not shown" in row)
    assert "100.0" not in row and "1 of 1" not in theirs
    assert "1 of 1" in text_of(client_of(ari).get("/feedback/"))


@pytest.mark.django_db
def test_the_figures_cost_the_same_for_one_answer_and_for_many(answered: Survey, ari: User) -> None:
    browser = client_of(ari)
    page = "/feedback/?days=91"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(page).status_code == 200
        return len(queries)

    asked()
    before = asked()
    more = SurveyAnswer.objects.get(question__scored=True)
    for number in range(20):
        survey = Survey.objects.get(pk=answered.pk)
        survey.pk, survey.person_id = None, other_person()
        survey.stage = ("court", "outcome")[number % 2]
        survey._state.adding = True
        survey.save()
        SurveyAnswer.objects.create(
            survey=survey, case=more.case, question=more.question, value="very", recorded_by=more.recorded_by
        )
    assert asked() == before


def other_person() -> int:
    return int(Person.objects.create().pk)


@pytest.mark.django_db
def test_the_figures_are_read_by_whoever_answers_for_them(
    ari: User, noor: User, ellen: User, cleo: User, stranger: User
) -> None:
    for user in (ari, noor):
        assert client_of(user).get("/feedback/?days=x").status_code == 200
    for user in (ellen, cleo, stranger):
        assert client_of(user).get("/feedback/").status_code == 403


@pytest.mark.django_db
def test_of_no_partner_nothing_is_counted() -> None:
    assert partners_say(timezone.now() - YEAR, timezone.now()) == []
