"""What a reviewer reads while they look again; and the number and the period that force a look, as the force sets them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Incident, Involvement
from risk.forms.reassessment import STAGES
from risk.models import Assessment, Question, Reassessment, RiskThreshold
from risk.services import raise_reassessment
from tests.cast import client_of, text_of
from tests.risk.story import PART, answer_all, give_reasons, grade, incident_of, involve
from workflow import reactions

pytestmark = pytest.mark.django_db


def reported(incident: Incident, by: User, days: int) -> Incident:
    """Another incident of the same two people, so many days ago."""
    row = incident_of(incident.case, by, timezone.now() - timedelta(days=days))
    for part in (PART.VICTIM, PART.SUSPECT):
        involve(row, by, Involvement.objects.filter(incident=incident, part=part).get().person, part)
    reactions.run_due()
    return row


@pytest.fixture
def graded(dash: Assessment, ellen: User) -> Assessment:
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    reactions.run_due()
    return dash


@pytest.mark.requirement("S3-030")
def test_the_period_in_which_incidents_are_counted_is_the_force_s_too(
    graded: Assessment, tonight: Incident, ellen: User
) -> None:
    """Two of a year ago and one of tonight are three within thirteen months, and one within one."""
    today = timezone.localdate()
    RiskThreshold.objects.create(name="incident_months", value=1, valid_from=today, authority="Force order 7")
    for days in (90, 60):
        reported(tonight, ellen, days)
    newest = reported(tonight, ellen, 0)
    assert not Reassessment.objects.filter(trigger="repeats").exists()
    RiskThreshold.objects.create(name="incident_months", value=6, valid_from=today, authority="Force order 8")
    last = reported(tonight, ellen, 0)
    looks = Reassessment.objects.filter(trigger="repeats")
    assert [look.about_id for look in looks] == [last.pk] != [newest.pk] and "in 6 months" in looks[0].why


@pytest.mark.requirement("S0-005")
def test_the_page_of_a_review_has_the_eight_stages_beside_it(graded: Assessment, tom: User) -> None:
    look = raise_reassessment(graded.case, "breach", "told:1", tom, timezone.now())
    assert look is not None
    page = text_of(client_of(tom).get(f"/work/reassessment/{look.pk}/done/"))
    assert "The eight stages that lead to a domestic homicide" in page and len(STAGES) == 8
    assert all(words in page for _number, words in STAGES)


@pytest.mark.requirement("S2-010")
def test_every_question_of_the_dash_says_what_it_is_for(dash: Assessment, ellen: User) -> None:
    questions = Question.objects.filter(version=dash.instrument_version)
    page = text_of(client_of(ellen).get(f"/dash/{dash.pk}/"))
    assert questions.count() == 27
    for question in questions:
        assert question.help and question.help.replace("'", "&#x27;") in page, question.number
