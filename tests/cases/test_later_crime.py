"""A report of no crime: what became known and made it one after all; and what was taken back, not returned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Crime, Incident, NonCrime
from reporting.models import Document
from reporting.paper import read_case, written
from tests.cases.crimes import checked
from tests.cases.crimes import not_a_crime as not_a_crime
from tests.cases.recording import offence, section, words
from workflow import engine
from workflow.models import Deadline

SignIn = Callable[[User | None], Client]
KNOWN = "She has now shown forty messages of one night."
BACK = {"reason": "The neighbour is to be asked first."}


@pytest.fixture
def later(not_a_crime: NonCrime, ellen: User, priya: User, nell: User) -> Incident:
    """An incident approved as no crime and recorded as one after all."""
    engine.perform(not_a_crime, "approve", by=nell, evidence={"reason": "Read with the log."}, seen=not_a_crime.version)
    checked(not_a_crime.incident, priya)
    incident = Incident.objects.get(pk=not_a_crime.incident_id)
    said = {"offence": offence("harassment"), "suspect": "", "reason": KNOWN}
    done: Incident = engine.perform(incident, "later-crime", by=ellen, evidence=said, seen=incident.version)
    return done


@pytest.mark.requirement("S1-008")
def test_what_became_known_stands_on_the_record_the_crime_the_case_and_its_timeline(
    later: Incident, priya: User, sign_in: SignIn
) -> None:
    browser = sign_in(priya)
    crime = Crime.objects.standing().get(incident=later)
    case = Case.objects.get(pk=later.case_id).get_absolute_url()
    for url in (section(later, "crime"), crime.get_absolute_url(), f"{case}?panel=crime"):
        page = words(browser.get(url))
        assert "What became known" in page and KNOWN in page, url
    timeline = words(browser.get(case))
    assert "Recorded as a crime after all" in timeline and KNOWN in timeline


@pytest.mark.requirement("S1-008")
def test_what_became_known_stands_in_the_printed_case_file(later: Incident, priya: User) -> None:
    file = read_case(Case.objects.get(pk=later.case_id), priya, timezone.now())
    assert KNOWN in written(file, Document(case=later.case, asked_by=priya, as_at=timezone.now()))


def test_no_crime_that_was_taken_back_is_not_said_to_have_been_returned(
    not_a_crime: NonCrime, ellen: User, sign_in: SignIn
) -> None:
    back = engine.perform(not_a_crime, "withdraw", by=ellen, evidence=BACK, seen=not_a_crime.version)
    assert back.get_state_display() == "Taken back to change it"
    browser = sign_in(ellen)
    case = Case.objects.get(pk=back.case_id).get_absolute_url()
    for url in (back.get_absolute_url(), f"{case}?panel=crime", case, f"/work/non-crime/{back.pk}/ask/"):
        assert "Returned by" not in words(browser.get(url)), url
    owed = Deadline.objects.open().get(policy="non-crime-mended", subject_id=back.pk)
    assert owed.due_at - owed.started_at == timedelta(hours=12), "it is sent again within a turn of duty"
    mended = engine.amend(back, {"why": back.why + " The neighbour heard nothing."}, by=ellen, seen=back.version)
    again = engine.perform(mended, "ask", by=ellen, evidence={"note": ""}, seen=mended.version)
    assert again.state == NonCrime.State.WAITING
    assert not Deadline.objects.open().filter(policy="non-crime-mended", subject_id=back.pk).exists()
