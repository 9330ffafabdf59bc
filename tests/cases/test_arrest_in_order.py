"""An arrest comes after the beginning of what it was for, whichever of the two is said last; of two people arrested one is
the primary perpetrator, also where the second arrest was made later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.forms.incident import spoken
from cases.models import ArrestDecision, Incident, Involvement
from cases.steps.arrest import arrest_lacks
from tests.cases.ellens import browser as browser
from tests.cases.recording import boxes, press, save, section, words
from tests.cases.standing import fresh
from tests.cast import involve
from tests.factories import decided, suspected
from workflow import engine
from workflow.models import Refused

pytestmark = pytest.mark.django_db
ACCOUNT = "He pushed her against the wall and held her there."
WHY = "She has marks of defence, and he was arrested for the same in May."


@pytest.fixture
def incident(ellen: User, priya: User) -> Incident:
    return suspected(ellen)


def happened(browser: Client, incident: Incident, minutes_before_the_report: int) -> Any:
    began = incident.reported_at - timedelta(minutes=minutes_before_the_report)
    return save(browser, incident, "happened", occurred_from=began, account=ACCOUNT, weapon="no")


def arrested(incident: Incident, by: User, minutes_before_the_report: int, **said: Any) -> ArrestDecision:
    at = incident.reported_at - timedelta(minutes=minutes_before_the_report)
    return decided(incident, by, arrested_at=at, decided_at=at, **said)


# --- in order -------------------------------------------------------------------------------------------------------


def test_it_cannot_have_begun_after_an_arrest_that_stands_and_the_sentence_says_when_that_was(
    browser: Client, incident: Incident, ellen: User
) -> None:
    row = arrested(incident, ellen, 30)
    answer = happened(browser, incident, 10)
    assert answer.status_code == 422
    assert f"Time it happened must be before the arrest, {spoken(row.arrested_at)}" in words(answer)
    assert happened(browser, incident, 40).status_code == 302


def test_of_two_arrests_the_first_is_what_it_must_come_before(browser: Client, incident: Incident, ellen: User) -> None:
    other = involve(incident, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    arrested(incident, ellen, 5)
    first = arrested(incident, ellen, 30, suspect=other)
    assert spoken(first.arrested_at) in words(happened(browser, incident, 10))


def test_an_arrest_that_was_struck_out_or_of_somebody_who_was_keeps_nothing_back(
    browser: Client, incident: Incident, ellen: User
) -> None:
    row = arrested(incident, ellen, 30)
    suspect = Involvement.objects.get(pk=row.suspect_id)
    engine.strike_out(suspect, beneath=fresh(incident), by=ellen, seen=suspect.version, reason="Not him.")
    assert happened(browser, incident, 10).status_code == 302
    other = arrested(incident, ellen, 20, suspect=involve(incident, ellen, "suspect", "Karl Reeve", relationship="OR"))
    assert happened(browser, incident, 5).status_code == 422
    engine.strike_out(other, beneath=fresh(incident), by=ellen, seen=other.version, reason="Entered twice.")
    assert happened(browser, incident, 5).status_code == 302


def test_what_release_0_1_kept_on_the_incident_itself_hinders_no_correction(
    browser: Client, incident: Incident
) -> None:
    """Arrests are decisions since; the column stays for a release and is read by nothing, the database included."""
    Incident.objects.filter(pk=incident.pk).update(arrested_at=incident.reported_at - timedelta(minutes=30))
    assert happened(browser, incident, 10).status_code == 302


def test_a_later_arrest_cannot_have_been_before_it_began(incident: Incident, ellen: User) -> None:
    began = incident.reported_at - timedelta(minutes=20)
    engine.amend(fresh(incident), {"occurred_from": began}, by=ellen, seen=fresh(incident).version)
    row = decided(fresh(incident), ellen, arrested=False)
    with pytest.raises(Refused) as refused:
        taken(row, ellen, at=began - timedelta(minutes=1))
    assert f"after it happened, {spoken(began)}" in str(refused.value.errors.errors["arrested_at"])


# --- the primary perpetrator, where the second arrest was made later ------------------------------------------------


def taken(row: ArrestDecision, by: User, at: Any = None, **said: Any) -> ArrestDecision:
    moment = (at or timezone.now() - timedelta(minutes=1)).isoformat()
    told = {"arrested_at": moment, "place": "Bus station", "offences": "s47", "necessity": ["protect"]}
    made: ArrestDecision = engine.perform(
        fresh(row), "take", by=by, evidence={**told, "camera_on": "yes", **said}, seen=fresh(row).version
    )
    return made


@pytest.fixture
def second(incident: Incident, ellen: User) -> ArrestDecision:
    """Karl had gone when Daniel was arrested."""
    karl = involve(incident, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    decided(incident, ellen)
    return decided(incident, ellen, arrested=False, suspect=karl)


def test_an_arrest_made_later_asks_who_is_the_primary_perpetrator_where_somebody_else_was_arrested(
    browser: Client, second: ArrestDecision, incident: Incident
) -> None:
    url = f"/work/arrest/{second.pk}/take/"
    page = words(browser.get(url))
    assert "Is this the primary perpetrator?" in page and "Somebody else was arrested too" in page
    when = boxes("arrested_at", timezone.now() - timedelta(minutes=1))
    told = {**when, "place": "Bus station", "offences": "s47", "necessity": ["protect"], "camera_on": "yes"}
    unsaid = press(browser, url, told)
    assert unsaid.status_code == 422 and "Say whether this is the primary perpetrator" in words(unsaid)
    half = press(browser, url, {**told, "primary": "yes"})
    assert half.status_code == 422 and "Say how you know who the primary perpetrator is" in words(half)
    answer = press(browser, url, {**told, "primary": "yes", "primary_why": WHY})
    assert answer.status_code == 302, words(answer)
    assert (fresh(second).primary, fresh(second).primary_why) == ("yes", WHY)
    assert arrest_lacks(fresh(incident)) == []
    assert WHY in words(browser.get(section(incident, "arrest")))


def test_who_is_not_the_primary_perpetrator_of_two_says_who_is(second: ArrestDecision, ellen: User) -> None:
    taken(second, ellen, primary="no", primary_why=WHY)
    assert arrest_lacks(fresh(second.incident)) == []
    assert (fresh(second).primary, fresh(second).primary_why) == ("no", WHY)


def test_two_people_cannot_both_be_the_primary_perpetrator(
    second: ArrestDecision, incident: Incident, ellen: User
) -> None:
    first = ArrestDecision.objects.get(incident=incident, arrested="yes")
    engine.amend(first, {"primary": "yes", "primary_why": WHY}, beneath=incident, by=ellen, seen=first.version)
    with pytest.raises(Refused) as refused:
        taken(second, ellen, primary="yes", primary_why=WHY)
    assert "Somebody else is recorded as the primary perpetrator" in str(refused.value.errors.errors["primary"])


def test_a_record_is_not_sent_while_nobody_has_said_of_a_later_arrest_who_began(
    second: ArrestDecision, incident: Incident, ellen: User
) -> None:
    """As an earlier release kept a second arrest: without the question."""
    ArrestDecision.objects.filter(pk=second.pk).update(arrested_at=timezone.now())
    assert arrest_lacks(fresh(incident)) == [
        "Two people were arrested. Who is the primary perpetrator? Say so of one of them, and why"
    ]


def test_somebody_arrested_later_and_alone_is_not_asked(browser: Client, incident: Incident, ellen: User) -> None:
    row = decided(incident, ellen, arrested=False)
    assert "primary perpetrator?" not in words(browser.get(f"/work/arrest/{row.pk}/take/"))
    assert taken(row, ellen).in_words == "Arrested later"


def test_correcting_why_there_was_no_arrest_then_loses_nothing_of_the_arrest_made_later(
    browser: Client, second: ArrestDecision, ellen: User
) -> None:
    now = taken(second, ellen, primary="yes", primary_why=WHY)
    why = "He had gone over the back wall before we came; the search goes on."
    said = {"arrested": "no", "codes": ["N4"], "why": why, **boxes("decided_at", now.decided_at)}
    answer = press(browser, f"/incidents/{now.incident_id}/arrests/{now.suspect_id}/", said)
    assert answer.status_code == 302, words(answer)
    row = fresh(second)
    assert row.why == why
    assert (row.arrested_at, row.place, row.primary_why) == (now.arrested_at, "Bus station", WHY)
