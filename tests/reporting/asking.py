"""Who asks people harmed how the police did, and everything that stands before the first question.

The fixtures are known to every test of reporting (`conftest.py`): Wren asks, Cora coordinates and writes, Abel commands.
A questionnaire is in use, a sample is set.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, SafeContact
from people.models import Birth
from reporting.feedback.drawing import draw
from reporting.models import Draw, Questionnaire, SampleRule, Survey, SurveyConsent
from tests import factories
from tests.cast import person, take
from workflow import engine

WAYS = {"means": ["call", "in_person"], "call": "07700 900123", "meet_at": "The library", "may_answer": "Only she"}
INTRODUCTION = "We ask how we did. You may stop at any time, and nothing changes if you say no."
RULE = {
    "stage": "first_response", "most": 5, "after_days": 0, "not_again_days": 182, "youngest": 16, "ask_within_days": 28,
    "authority": "Domestic abuse board, 4 November 2026, item 6",
}  # fmt: skip


@pytest.fixture
def wren(northgate: Unit) -> User:
    """A domestic abuse specialist: she looks after people harmed, and asks them."""
    return person("", "8701", "Wren Adair", ("da_specialist", northgate))


@pytest.fixture
def cora(force: Unit) -> User:
    """The domestic abuse coordinator of the force."""
    return person("", "8702", "Cora Lindley", ("da_coordinator", force))


@pytest.fixture
def abel(force: Unit) -> User:
    """The commander who answers for domestic abuse."""
    return person("Chief Supt", "0007", "Abel Rowe", ("command", force))


def edition(by: User, other: User, audience: str = "harmed") -> Questionnaire:
    """An edition with the questions as shipped, written by one and put in use by another."""
    made = take(Questionnaire(), "draft", by, audience=audience, name="How did we do?", introduction=INTRODUCTION)
    in_use: Questionnaire = take(made, "use", other)
    return in_use


@pytest.fixture
def asked_with(cora: User, abel: User) -> Questionnaire:
    return edition(cora, abel)


def sample(by: User, code: str = "NP", **said: Any) -> SampleRule:
    made: SampleRule = take(SampleRule(), "set", by, **{"runs": code, **RULE, **said})
    return made


@pytest.fixture
def rule(abel: User, force: Unit) -> SampleRule:
    return sample(abel)


def reached(by: User, *, born: str = "1988-01-30", case: Case | None = None) -> Incident:
    """A record that was sent, of somebody grown up who can be rung at any hour."""
    incident = factories.sent(by, case)
    if born:
        victim = incident.people("victim").get()
        Birth.objects.create(case=incident.case, person=victim.person, recorded_by=by, born_on=born)
    ways(incident.case, by)
    return incident


def ways(case: Case, by: User, **said: Any) -> None:
    said = {**WAYS, "changed_because": "She said so.", **said}
    engine.perform(Case.objects.get(pk=case.pk), "safe-contact", by=by, evidence=said)


def agrees(incident: Incident, by: User, step: str = "agree") -> SurveyConsent:
    victim = incident.people("victim").get()
    said = {"person": victim.person_id, "said_at": timezone.now().isoformat(), "words": ""}
    made: SurveyConsent = take(SurveyConsent(case=incident.case), step, by, **said)
    return made


def month_of(incident: Incident) -> date:
    return timezone.localtime(incident.reported_at).date().replace(day=1)


def later(days: int = 40) -> datetime:
    return timezone.now() + timedelta(days=days)


def drawn(rule: SampleRule, incident: Incident, seed: str = "a seed") -> Draw:
    """The draw of the month in which it was reported, made now."""
    made = draw(rule.pk, month_of(incident), timezone.now(), seed)
    assert made is not None
    return made


@pytest.fixture
def survey(ellen: User, wren: User, asked_with: Questionnaire, rule: SampleRule) -> Survey:
    """Drawn for the first response; Wren has said that she will ask."""
    incident = reached(ellen)
    agrees(incident, ellen)
    drawn(rule, incident)
    taken: Survey = take(Survey.objects.get(), "take", wren)
    return taken


def answers(survey: Survey, value: str = "very", **said: Any) -> dict[str, Any]:
    """An answer to every question, by telephone, a moment ago."""
    questions = survey.questionnaire.asked_of(survey.stage)
    given = {f"q{one.pk}": value if one.asks == "scale" else "They were kind." for one in questions}
    return {
        "at": timezone.now().isoformat(),
        "way": "call",
        "danger": "no",
        "danger_words": "",
        "words": "",
        **given,
        **said,
    }


def no_plan(case: Case) -> None:
    """As if nobody had ever asked how to reach them."""
    SafeContact.objects.filter(case=case).update(struck_out_at=timezone.now())
