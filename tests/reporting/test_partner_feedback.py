"""What a partner's representative says of the force: once a quarter, in their own name, read by the force and their agency."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from reporting.feedback.scores import partners_say
from reporting.models import PartnerAnswer, PartnerFeedback, Questionnaire
from reporting.steps.heard import quarter_of
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.reporting.asking import edition
from workflow.models import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(cora: User, abel: User) -> Questionnaire:
    return edition(cora, abel, "partner")


def said(theirs: Questionnaire, value: str = "very", **more: Any) -> dict[str, Any]:
    questions = theirs.asked_of("together")
    return {f"q{one.pk}": value if one.asks == "scale" else "Ring us sooner." for one in questions} | {
        "words": "",
        **more,
    }


def test_a_quarter_begins_on_its_first_day_in_london() -> None:
    for moment, first in (
        (datetime(2026, 3, 31, 22, 59, tzinfo=UTC), date(2026, 1, 1)), (datetime(2026, 3, 31, 23, 0, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 10, 1)), (datetime(2027, 1, 1, tzinfo=UTC), date(2027, 1, 1)),
    ):  # fmt: skip
        assert quarter_of(moment) == first


@pytest.mark.requirement("S3-168")
def test_what_a_representative_says_is_scored_and_read_by_the_force(
    theirs: Questionnaire, cleo: User, housing: Agency, ari: User
) -> None:
    given = take(PartnerFeedback(), "give", cleo, **said(theirs, "fairly", words="The desk is friendly."))
    assert (given.agency, given.unit, given.quarter) == (housing, housing.unit, quarter_of(timezone.now()))
    until = timezone.now() + timedelta(minutes=1)
    (score,) = partners_say(until - timedelta(days=91), until)
    assert (score.satisfied, score.valid, score.rate) == (1, 1, 100)
    assert "The desk is friendly." in text_of(client_of(ari).get(given.get_absolute_url()))
    shown = text_of(client_of(ari).get("/feedback/"))
    assert "1 of 1" in shown.split("Partners, on working with us")[1]


def test_one_voice_counts_once_in_a_quarter_and_may_be_corrected(theirs: Questionnaire, cleo: User) -> None:
    given = take(PartnerFeedback(), "give", cleo, **said(theirs))
    with pytest.raises(Refused, match="already. Open what you said and correct it"):
        take(PartnerFeedback(), "give", cleo, **said(theirs))
    take(given, "correct", cleo, **said(theirs, "very_dis", words="I was too kind."))
    assert set(PartnerAnswer.objects.filter(question__asks="scale").values_list("value", flat=True)) == {"very_dis"}
    assert PartnerFeedback.objects.get().words == "I was too kind."


def test_nobody_corrects_what_another_said(
    theirs: Questionnaire, cleo: User, housing_manager: User, tess: User
) -> None:
    given = take(PartnerFeedback(), "give", cleo, **said(theirs))
    with pytest.raises(Refused, match="Only whoever said it"):
        take(given, "correct", housing_manager, **said(theirs))
    with pytest.raises(Refused):
        take(given, "correct", tess, **said(theirs))


def test_another_agency_does_not_read_it(theirs: Questionnaire, cleo: User, housing_manager: User, tess: User) -> None:
    given = take(PartnerFeedback(), "give", cleo, **said(theirs))
    assert client_of(housing_manager).get(given.get_absolute_url()).status_code == 200
    assert client_of(tess).get(given.get_absolute_url()).status_code == 404
    assert "Easterby housing" not in text_of(client_of(tess).get("/feedback/partners/"))


def test_without_a_questionnaire_in_use_nothing_is_asked(cleo: User) -> None:
    with pytest.raises(Refused, match="No questionnaire for partners is in use now"):
        take(PartnerFeedback(), "give", cleo, words="")


def test_the_force_says_nothing_in_a_partners_name(theirs: Questionnaire, cora: User, ellen: User) -> None:
    for user in (cora, ellen):
        with pytest.raises(Refused):
            take(PartnerFeedback(), "give", user, **said(theirs))


def test_every_question_wants_its_answer_and_no_case_is_named(theirs: Questionnaire, cleo: User) -> None:
    with pytest.raises(Refused) as refused:
        take(PartnerFeedback(), "give", cleo, words="As in DA-2026-000123.")
    sentences = [problem.sentence for problem in refused.value.errors.problems()]
    assert len([one for one in sentences if one.startswith("Choose an answer: ")]) == 4
    assert any(one.startswith("Take the number of the case out") for one in sentences)
