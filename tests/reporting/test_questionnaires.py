"""What is asked: written by one, put in use by another, never changed afterwards, held at once where it does harm."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from reporting.models import Questionnaire, Survey, SurveyQuestion
from tests.cast import client_of, take, text_of
from tests.reporting.asking import INTRODUCTION, answers, edition
from workflow.models import Refused

pytestmark = pytest.mark.django_db
NEW = {"audience": "harmed", "name": "How did we do?", "introduction": INTRODUCTION}


def test_the_first_edition_begins_with_questions_and_the_next_with_those_of_the_last(cora: User, abel: User) -> None:
    first = take(Questionnaire(), "draft", cora, **NEW)
    assert first.edition == 1 and first.questions.filter(scored=True).count() == 4
    take(
        first, "ask", cora, stage="court", words="How satisfied are you with the waiting room?", asks="scale", scored=""
    )
    take(first, "use", abel)
    take(first, "end", abel)
    second = take(Questionnaire(), "draft", cora, **NEW)
    assert second.edition == 2 and second.questions.count() == first.questions.count()
    assert second.questions.filter(words="How satisfied are you with the waiting room?").exists()


def test_what_is_in_use_is_never_changed(asked_with: Questionnaire, cora: User) -> None:
    for step in ("ask", "drop"):
        with pytest.raises(Refused):
            take(
                asked_with,
                step,
                cora,
                stage="court",
                words="How satisfied are you?",
                asks="scale",
                scored="",
                question="1",
            )


def test_whoever_wrote_it_does_not_put_it_in_use(cora: User, abel: User) -> None:
    draft = take(Questionnaire(), "draft", cora, **NEW)
    with pytest.raises(Refused, match="somebody else must put it in use"):
        take(draft, "use", cora)
    assert take(draft, "use", abel).state == "in_use"


def test_a_stage_without_its_score_is_not_put_in_use(cora: User, abel: User) -> None:
    draft = take(Questionnaire(), "draft", cora, **NEW)
    scored = draft.questions.get(stage="court", scored=True)
    take(draft, "drop", cora, question=scored.pk)
    with pytest.raises(Refused, match="No question is scored for: Court"):
        take(draft, "use", abel)


def test_one_edition_at_a_time(asked_with: Questionnaire, cora: User, abel: User) -> None:
    draft = take(Questionnaire(), "draft", cora, **NEW)
    with pytest.raises(Refused, match="Another edition is in use"):
        take(draft, "use", abel)
    with pytest.raises(Refused, match="is being written"):
        take(Questionnaire(), "draft", cora, **NEW)


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"asks": "words", "scored": "on"}, "scored", "What is answered in words cannot be scored"),
        ({"scored": "on"}, "scored", "This stage has a question that is scored already"),
        ({"stage": "together"}, "stage", "must be one of the answers shown"),
        ({"words": "Why?"}, "words", "10 characters or more"),
        ({"asks": ""}, "asks", "Choose how it is answered"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_a_sentence(
    cora: User, said: dict[str, str], field: str, sentence: str
) -> None:
    draft = take(Questionnaire(), "draft", cora, **NEW)
    whole = {"stage": "court", "words": "How satisfied are you with the waiting room?", "asks": "scale", "scored": ""}
    with pytest.raises(Refused) as refused:
        take(draft, "ask", cora, **{**whole, **said})
    assert sentence in " ".join(refused.value.errors.errors[field])


def test_a_questionnaire_that_does_harm_is_held_at_once_and_nobody_answers_it(
    survey: Survey, wren: User, cora: User
) -> None:
    take(survey.questionnaire, "hold", cora)
    with pytest.raises(Refused, match="Nobody is asked with this questionnaire now"):
        take(survey, "answer", wren, **answers(survey))


def test_the_database_holds_one_score_to_a_stage_and_no_score_in_words(asked_with: Questionnaire) -> None:
    for asks, stage in (("scale", "court"), ("words", "together")):
        with pytest.raises(IntegrityError), transaction.atomic():
            SurveyQuestion.objects.create(
                questionnaire=asked_with, stage=stage, place=99, asks=asks, words="Twice?", scored=True
            )


def test_the_pages_show_every_edition_to_who_looks_at_how_it_is_asked(
    asked_with: Questionnaire, ari: User, ellen: User
) -> None:
    assert "How did we do?, edition 1" in text_of(client_of(ari).get("/feedback/questionnaires/"))
    page = asked_with.get_absolute_url()
    shown = text_of(client_of(ari).get(page))
    assert INTRODUCTION[:20] in shown and "the score of this stage" in shown
    assert client_of(ellen).get(page).status_code == 404
    assert client_of(ellen).get("/feedback/questionnaires/").status_code == 403


def test_partners_have_a_questionnaire_of_their_own(cora: User, abel: User) -> None:
    theirs = edition(cora, abel, "partner")
    assert set(theirs.questions.values_list("stage", flat=True)) == {"together"}
