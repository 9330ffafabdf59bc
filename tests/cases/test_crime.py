"""Crime, or why not: chosen in the section, recorded at once, approved as none by the crime registrar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Crime, Incident, NonCrime
from cases.steps.crime import to_the_offence
from tests import factories
from tests.cases.crimes import WHY, checked, no_crime, sent
from tests.cases.crimes import not_a_crime as not_a_crime
from tests.cases.recording import offence, press, save, section, words
from workflow import engine
from workflow.declare import section_lacks, workflow_of
from workflow.models import Deadline, Refused

SignIn = Callable[[User | None], Client]


def recorded_clock(incident: Incident) -> Deadline:
    """RC1 of the incident: the newest, for an offence taken out again sets it going anew from the same report."""
    rows = Deadline.objects.filter(policy="crime-recorded", subject_type="cases.incident", subject_id=incident.pk)
    return rows.order_by("-pk")[0]


# --- the officer's page ---


def test_the_section_says_what_the_law_makes_of_the_facts_and_asks_two_things(
    sign_in: SignIn, ellen: User, complete_record: Incident
) -> None:
    page = words(sign_in(ellen).get(section(complete_record, "crime")))
    assert "Domestic abuse in law: yes." in page
    assert "Was a crime committed?" in page and "Is it domestic abuse?" in page
    assert "counts as done to the person harmed" in page  # conduct aimed at a child


def test_nothing_decided_is_what_the_section_lacks(hannahs_incident: Incident, hannah: Any) -> None:
    lacks = section_lacks(hannahs_incident, workflow_of(hannahs_incident).section("crime"))
    assert lacks == ["Say whether a crime was committed", "Say whether it is domestic abuse"]


def test_a_crime_leads_straight_to_the_page_of_its_offence(
    sign_in: SignIn, ellen: User, hannahs_incident: Incident, hannah: Any
) -> None:
    browser = sign_in(ellen)
    save(
        browser,
        hannahs_incident,
        "safe",
        everyone_safe="yes",
        made_safe="She is at her sister's.",
        household="no",
        threat_to_life="no",
    )
    answer = save(browser, hannahs_incident, "crime", classed="crime", da_confirmed="yes")
    page = f"/work/incident/{hannahs_incident.pk}/rows/offence/"
    assert answer["Location"] == page
    form = browser.get(page).content.decode()
    assert "Common assault or battery" in form and "Daniel Reeve" in form  # one suspect is chosen already
    answer = press(browser, page, {"offence": offence("common-assault"), "suspect": ""})
    assert answer["Location"] == section(hannahs_incident, "crime")
    assert to_the_offence(Incident.objects.get(pk=hannahs_incident.pk)) == ""
    assert "Common assault or battery" in words(browser.get(section(hannahs_incident, "crime")))


def test_an_offence_that_was_not_chosen_is_asked_for_in_a_sentence(
    sign_in: SignIn, ellen: User, complete_record: Incident
) -> None:
    answer = press(sign_in(ellen), f"/work/incident/{complete_record.pk}/rows/offence/", {"offence": ""})
    assert answer.status_code == 422 and "Choose the offence" in words(answer)
    answer = press(sign_in(ellen), f"/work/incident/{complete_record.pk}/rows/offence/", {"offence": "999999"})
    assert answer.status_code == 422 and "must be one of the list" in words(answer)


def test_no_crime_needs_a_reason_and_a_sentence(sign_in: SignIn, ellen: User, complete_record: Incident) -> None:
    Crime.objects.filter(incident=complete_record).update(struck_out_at=complete_record.reported_at)
    browser = sign_in(ellen)
    short = {"classed": "non_crime", "non_crime_reason": "argument", "non_crime_why": "A row", "da_confirmed": "yes"}
    answer = save(browser, complete_record, "crime", **short)
    assert answer.status_code == 422 and "in at least 20 characters. You have 5" in words(answer)
    save(browser, complete_record, "crime", classed="non_crime", da_confirmed="yes")
    lacks = section_lacks(Incident.objects.get(pk=complete_record.pk), workflow_of(complete_record).section("crime"))
    assert lacks == ["Choose why it is no crime", "Say why it is no crime, in a sentence"]


def test_no_crime_is_refused_while_an_offence_stands(sign_in: SignIn, ellen: User, complete_record: Incident) -> None:
    said = {"classed": "non_crime", "non_crime_reason": "argument", "non_crime_why": WHY, "da_confirmed": "yes"}
    answer = save(sign_in(ellen), complete_record, "crime", **said)
    assert answer.status_code == 422 and "An offence is recorded above" in words(answer)


def test_an_offence_may_be_taken_out_until_the_record_was_sent_and_never_after(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    extra = factories.crime(complete_record, ellen, "theft")
    engine.strike_out(extra, beneath=complete_record, by=ellen, seen=extra.version, reason="Typed twice.")
    assert Crime.objects.live().count() == 1
    checked(sent(complete_record, ellen), priya)
    fresh = Incident.objects.get(pk=complete_record.pk)
    again = engine.perform(fresh, "correct", by=ellen, evidence={"reason": "A wrong time."}, seen=fresh.version)
    crime = Crime.objects.live().get()
    with pytest.raises(Refused, match="ask the crime registrar to cancel it"):
        engine.strike_out(crime, beneath=again, by=ellen, seen=crime.version, reason="Not a crime after all.")


# --- the crime registrar, and the clock ---


@pytest.mark.requirement("S3-102")
def test_no_crime_goes_to_the_crime_registrar_with_the_record_and_the_clock_runs_until_it_is_approved(
    not_a_crime: NonCrime, ellen: User, priya: User, nell: User
) -> None:
    """NCRS: decided within 24 hours of the report; approval by four eyes. Cancelling and counting are tested below."""
    clock = recorded_clock(not_a_crime.incident)
    assert clock.is_open and clock.due_at - clock.started_at == timedelta(hours=24)
    assert clock.started_at == not_a_crime.incident.reported_at
    with pytest.raises(Refused):
        engine.perform(
            not_a_crime, "approve", by=priya, evidence={"reason": "I agree with it."}, seen=not_a_crime.version
        )
    done = engine.perform(
        not_a_crime, "approve", by=nell, evidence={"reason": "Read with the log."}, seen=not_a_crime.version
    )
    assert done.state == NonCrime.State.APPROVED
    assert not recorded_clock(not_a_crime.incident).is_open


@pytest.mark.requirement("S1-008", "S3-102")
def test_recording_a_crime_meets_the_clock_of_24_hours(complete_record: Incident) -> None:
    clock = recorded_clock(complete_record)
    assert not clock.is_open and clock.stopped_at <= clock.due_at


def test_the_clock_is_heard_by_holder_sergeant_and_crime_registrar() -> None:
    from workflow.policies import POLICIES

    assert [(rung.hours, rung.who) for rung in POLICIES["crime-recorded"].ladder] == [
        (-4, "holder"),
        (0, "sergeant"),
        (4, "crime_registrar"),
    ]


def test_the_registrar_decides_on_the_page_with_the_account_and_the_law_beside_it(
    sign_in: SignIn, nell: User, not_a_crime: NonCrime
) -> None:
    browser = sign_in(nell)
    waiting = browser.get("/registrar/")
    assert not_a_crime.case.reference in words(waiting) and WHY[:40] in words(waiting)
    page = browser.get(f"/work/non-crime/{not_a_crime.pk}/decide/non_crime/")
    assert page.status_code == 200
    assert (
        factories.ACCOUNT in words(page) and "Verbal argument" in words(page) and "Domestic abuse in law" in words(page)
    )


def test_what_the_registrar_returned_is_said_again_and_not_typed_again(
    not_a_crime: NonCrime, ellen: User, nell: User
) -> None:
    back = engine.perform(
        not_a_crime, "return", by=nell, evidence={"reason": "What did the child hear?"}, seen=not_a_crime.version
    )
    assert back.state == NonCrime.State.RETURNED and back.why == WHY
    mended = engine.amend(back, {"why": WHY + " The child was at school."}, by=ellen, seen=back.version)
    again = engine.perform(mended, "ask", by=ellen, evidence={"note": ""}, seen=mended.version)
    assert again.state == NonCrime.State.WAITING


def test_nobody_approves_what_they_sent(complete_record: Incident, ellen: User, nell: User, nr3: Any) -> None:
    from accounts.models import Posting

    Posting.objects.create(user=ellen, role="crime_registrar", unit=nr3)
    sent(no_crime(complete_record, ellen), ellen)
    asked = NonCrime.objects.get(incident=complete_record)
    with pytest.raises(Refused, match="somebody else must decide"):
        engine.perform(asked, "approve", by=ellen, evidence={"reason": "I agree with myself."}, seen=asked.version)
