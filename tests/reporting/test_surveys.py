"""Nobody is asked who did not agree, nor by a way or at a time that the plan in force does not allow (S0-029, S3-015)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, UnsafeReport
from cases.services import hold
from reporting.models import Questionnaire, SampleRule, Survey, SurveyAnswer, SurveyConsent
from tests.cast import client_of, take, text_of
from tests.reporting.asking import agrees, answers, no_plan, reached, ways
from workflow import reactions
from workflow.models import Deadline, Refused

pytestmark = pytest.mark.django_db


def refusal(survey: Survey, step: str, by: User, **said: Any) -> str:
    """The sentence, or what the form says, by which a step is refused; nothing has changed."""
    with pytest.raises(Refused) as refused:
        take(survey, step, by, **said)
    assert Survey.objects.get(pk=survey.pk).state == Survey.State.DRAWN and not SurveyAnswer.objects.exists()
    form = refused.value.errors
    return " ".join(problem.sentence for problem in form.problems()) if form else refused.value.sentence


def test_what_somebody_says_is_kept_question_by_question(survey: Survey, wren: User) -> None:
    done = take(survey, "answer", wren, **answers(survey, "fairly", words="Thank the officer who sat with me."))
    assert (done.state, done.way, done.words) == ("answered", "call", "Thank the officer who sat with me.")
    rows = SurveyAnswer.objects.filter(survey=survey)
    assert rows.count() == survey.questionnaire.asked_of("first_response").count() == 5
    assert set(rows.filter(question__asks="scale").values_list("value", flat=True)) == {"fairly"}
    assert rows.get(question__asks="words").words == "They were kind."


def test_a_question_without_an_answer_is_asked_for_by_its_own_words(survey: Survey, wren: User) -> None:
    said = answers(survey)
    first = survey.questionnaire.asked_of("first_response").first()
    del said[f"q{first.pk}"]
    assert refusal(survey, "answer", wren, **said) == f"Choose an answer: {first.words}"


def test_an_answer_that_is_not_on_the_scale_is_refused(survey: Survey, wren: User) -> None:
    assert "must be one of the answers shown" in refusal(survey, "answer", wren, **answers(survey, "delighted"))


@pytest.mark.parametrize("step", ["attempt", "answer", "decline"])
@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        ("email", "Not a way that is said to be safe"),
        ("text", "Not a way that is said to be safe"),
        ("through", "Not a way"),
    ],
)
def test_nobody_is_asked_by_a_way_that_the_plan_does_not_allow(
    survey: Survey, wren: User, step: str, way: str, sentence: str
) -> None:
    assert sentence in refusal(survey, step, wren, **answers(survey, way=way), reached="no", declined_because="")


def test_nobody_is_asked_outside_the_hours_of_the_plan(survey: Survey, wren: User, ellen: User) -> None:
    then = timezone.localtime() + timedelta(hours=3)
    ways(survey.case, ellen, from_time=f"{then:%H}:00", to_time=f"{then:%H}:30")
    at = timezone.now().isoformat()
    assert "Not at this time. Safe times:" in refusal(
        survey, "attempt", wren, at=at, way="call", reached="no", words=""
    )


def test_a_number_that_must_never_be_used_is_not_rung(survey: Survey, wren: User, ellen: User) -> None:
    ways(survey.case, ellen, never_means=["call"], means=["in_person"])
    assert "Never use" in refusal(survey, "answer", wren, **answers(survey))


def test_without_a_plan_nobody_is_asked(survey: Survey, wren: User) -> None:
    no_plan(survey.case)
    assert "Safe contact is not set." in refusal(survey, "answer", wren, **answers(survey))


def test_nobody_is_asked_before_they_were_drawn_or_later_than_now(survey: Survey, wren: User) -> None:
    before = (survey.recorded_at - timedelta(hours=1)).isoformat()
    assert refusal(survey, "answer", wren, **answers(survey, at=before)) == "That was before they were drawn"
    ahead = (timezone.now() + timedelta(hours=1)).isoformat()
    assert "in the past" in refusal(survey, "answer", wren, **answers(survey, at=ahead))


def test_whoever_takes_it_back_is_not_asked_and_the_survey_is_called_off(
    survey: Survey, wren: User, ellen: User
) -> None:
    take(SurveyConsent.objects.get(), "withdraw", ellen, words="Not now.")
    assert "They have not agreed" in refusal(survey, "answer", wren, **answers(survey))
    reactions.run_due()
    survey.refresh_from_db()
    assert (survey.state, survey.ended_because) == ("called_off", "They do not agree to be asked any more.")


def test_the_newest_word_counts(survey: Survey, wren: User, ellen: User) -> None:
    incident = survey.case.incident_set.get()
    agrees(incident, ellen, "refuse")
    assert "They have not agreed" in refusal(survey, "answer", wren, **answers(survey))
    agrees(incident, ellen)
    assert take(survey, "answer", wren, **answers(survey)).state == "answered"


def test_whoever_is_unsafe_is_asked_nothing_until_everyone_is_safe(survey: Survey, wren: User, ellen: User) -> None:
    take(survey.case, "unsafe", ellen, what="He stands at her door.")
    assert "Somebody is said to be unsafe now" in refusal(survey, "answer", wren, **answers(survey))
    shown = text_of(client_of(wren).get(f"/surveys/{survey.pk}/"))
    assert "Yes, now" not in shown and "Nobody is asked how the police did before everyone is safe." in shown
    take(survey.case, "safe", ellen, answer="Spoken to her: he is in custody.")
    assert take(survey, "answer", wren, **answers(survey)).state == "answered"


def test_a_danger_that_is_spoken_of_opens_safeguarding_in_the_same_act(survey: Survey, wren: User) -> None:
    said = answers(survey, danger="yes", danger_words="He has found out where she lives now.")
    take(survey, "answer", wren, **said)
    report = UnsafeReport.objects.get(case=survey.case)
    assert report.what == "He has found out where she lives now." and report.answered_at is None
    assert Deadline.objects.open().filter(policy="unsafe-answered", case=survey.case).count() == 1


def test_a_danger_wants_to_be_told_in_words(survey: Survey, wren: User) -> None:
    said = answers(survey, danger="yes", danger_words="")
    assert "Say who is in danger, and of what" in refusal(survey, "answer", wren, **said)
    assert not UnsafeReport.objects.exists()


def test_not_safe_to_ask_is_kept_with_its_reason_and_a_danger_is_reported(survey: Survey, wren: User) -> None:
    assert "Choose why it is not safe" in refusal(
        survey, "not-safe", wren, unsafe_why="", unsafe_words="She whispered and hung up."
    )
    said = {"unsafe_why": "danger", "unsafe_words": "She whispered that he is in the room."}
    done = take(survey, "not-safe", wren, **said)
    assert (done.state, done.unsafe_why) == ("not_safe", "danger")
    assert UnsafeReport.objects.get(case=survey.case).what == "She whispered that he is in the room."


def test_who_declines_is_asked_no_more_and_need_not_say_why(survey: Survey, wren: User) -> None:
    done = take(survey, "decline", wren, at=timezone.now().isoformat(), way="call", declined_because="")
    assert (done.state, done.declined_because) == ("declined", "")
    with pytest.raises(Refused):
        take(survey, "answer", wren, **answers(survey))


def test_attempts_are_kept_and_giving_up_wants_one(survey: Survey, wren: User) -> None:
    assert "record an attempt first" in refusal(survey, "give-up", wren, reason="She does not answer at all.")
    take(survey, "attempt", wren, at=timezone.now().isoformat(), way="call", reached="no", words="Rang out.")
    done = take(survey, "give-up", wren, reason="She does not answer at all.")
    assert done.state == "not_reached"
    assert list(done.attempts.values_list("way", "reached", "words")) == [("call", "no", "Rang out.")]


def test_a_named_person_asks_and_never_who_investigated(survey: Survey, wren: User, cora: User) -> None:
    assert "Say first that you will ask them" in refusal(survey, "answer", cora, **answers(survey))
    hold(case=survey.case, part="investigation", person=wren, at=timezone.now())
    assert "so somebody else must ask" in refusal(survey, "answer", wren, **answers(survey))


def test_only_who_looks_after_people_harmed_asks_them(survey: Survey, ellen: User, priya: User, ari: User) -> None:
    for user in (ellen, priya, ari):
        with pytest.raises(Refused):
            take(survey, "take", user)


def test_the_answers_are_read_by_few_and_not_by_who_supervised(
    survey: Survey, wren: User, ellen: User, priya: User
) -> None:
    take(survey, "answer", wren, **answers(survey, words="The first officer did not believe me."))
    page = f"/surveys/{survey.pk}/"
    assert "The first officer did not believe me." in text_of(client_of(wren).get(page))
    for user in (ellen, priya):
        shown = text_of(client_of(user).get(page))
        assert "did not believe me" not in shown and "Very satisfied" not in shown and "That was promised" in shown
    hold(case=survey.case, part="supervision", person=wren, at=timezone.now())
    assert "did not believe me" not in text_of(client_of(wren).get(page))


def test_who_may_not_open_the_case_finds_no_survey(survey: Survey, stranger: User, tom: User, priya: User) -> None:
    take(survey.case, "shut-out", priya, person=tom.collar_number)
    for user in (stranger, tom):
        assert client_of(user).get(f"/surveys/{survey.pk}/").status_code == 404


def test_the_page_says_by_which_way_they_may_be_asked_now(survey: Survey, wren: User) -> None:
    shown = text_of(client_of(wren).get(f"/surveys/{survey.pk}/"))
    assert "Hannah Okoro" in shown and "07700 900123" in shown and "Yes, now" in shown
    assert "Not a way that is said to be safe" in shown


def test_who_is_to_be_asked_stands_in_the_list_of_who_asks(survey: Survey, wren: User, ellen: User) -> None:
    shown = text_of(client_of(wren).get("/feedback/surveys/?mine=yes"))
    assert "Hannah Okoro" in shown and "Due " in shown
    assert client_of(ellen).get("/feedback/surveys/").status_code == 403


def test_the_clock_of_a_survey_is_as_long_as_its_rule_says_and_ends_when_they_answer(
    survey: Survey, wren: User
) -> None:
    clock = Deadline.objects.get(policy="survey-asked", subject_id=survey.pk)
    assert "28" in clock.length
    take(survey, "answer", wren, **answers(survey))
    clock.refresh_from_db()
    assert not clock.is_open and clock.met


def test_consent_is_of_who_was_harmed_and_of_an_investigation(ellen: User, asked_with: Questionnaire) -> None:
    incident = reached(ellen)
    suspect = incident.people("suspect").get()
    said = {"person": suspect.person_id, "said_at": timezone.now().isoformat(), "words": ""}
    with pytest.raises(Refused) as refused:
        take(SurveyConsent(case=incident.case), "agree", ellen, **said)
    assert "must be one of the answers shown" in str(refused.value.errors.errors)
    with pytest.raises(Refused):
        take(SurveyConsent(case=Case(pk=0)), "agree", ellen, **said)


def test_nobody_but_the_program_draws(survey: Survey, wren: User, cora: User) -> None:
    more = Survey(case=survey.case, draw=survey.draw, questionnaire=survey.questionnaire, stage=survey.stage,
                  person=survey.person, stage_at=survey.stage_at)  # fmt: skip
    for user in (wren, cora):
        with pytest.raises(Refused):
            take(more, "draw", user)


@pytest.mark.requirement("S0-029")
def test_from_the_draw_to_the_score_of_the_stage(survey: Survey, wren: User, ari: User, rule: SampleRule) -> None:
    """Instrument, consent and safe-contact gate, responses, scored results by stage."""
    assert survey.draw.rule == rule and survey.grade == "medium"
    take(survey, "answer", wren, **answers(survey, "fairly"))
    shown = text_of(client_of(ari).get("/feedback/"))
    row = next(row for row in shown.split("<tr") if "First response" in row)
    assert "100.0" in row and "1 of 1" in row and "20.7 and 100.0" in row
