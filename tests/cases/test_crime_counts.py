"""What is counted: incidents, crimes, cancelled ones apart; and the crime registrar's lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from cases.models import Case, Crime, Incident, NonCrime, Offence
from tests import factories
from tests.cases.crimes import checked
from tests.cases.crimes import not_a_crime as not_a_crime
from tests.cases.recording import offence, save, words
from workflow import engine
from workflow.declare import section_lacks, workflow_of
from workflow.models import Refused

SignIn = Callable[[User | None], Client]


# --- counting ---


def counts() -> tuple[int, int, int]:
    found = Incident.objects.all().totals()
    return found["incidents"], found["crimes"], found["total"]


def test_an_incident_later_recorded_as_a_crime_leaves_the_incidents_and_is_counted_once(
    not_a_crime: NonCrime, ellen: User, priya: User, nell: User
) -> None:
    engine.perform(not_a_crime, "approve", by=nell, evidence={"reason": "Read with the log."}, seen=not_a_crime.version)
    checked(not_a_crime.incident, priya)
    assert counts() == (1, 0, 1)
    incident = Incident.objects.get(pk=not_a_crime.incident_id)
    said = {"offence": offence("harassment"), "suspect": "", "reason": "She has now shown forty messages of one night."}
    engine.perform(incident, "later-crime", by=ellen, evidence=said, seen=incident.version)
    assert counts() == (0, 1, 1)
    assert NonCrime.objects.get(pk=not_a_crime.pk).state == NonCrime.State.DROPPED
    assert Incident.objects.get(pk=incident.pk).classed == "crime"


@pytest.mark.requirement("S3-102")
def test_a_cancelled_crime_is_kept_and_stands_in_no_count(
    sent_record: Incident, ellen: User, nell: User, priya: User
) -> None:
    crime = Crime.objects.get(incident=sent_record)
    assert counts() == (0, 1, 1)
    why = {"cancel_code": "duplicate", "cancel_why": "Recorded already by the day shift, seen by me."}
    asked = engine.perform(crime, "ask-cancel", by=ellen, evidence=why, seen=crime.version)
    assert counts() == (0, 1, 1)  # asking cancels nothing
    for somebody in (ellen, priya):
        with pytest.raises(Refused):
            engine.perform(asked, "cancel", by=somebody, evidence={"reason": "Yes, a duplicate."}, seen=asked.version)
    done = engine.perform(asked, "cancel", by=nell, evidence={"reason": "Yes, a duplicate."}, seen=asked.version)
    assert done.state == Crime.State.CANCELLED
    assert counts() == (0, 0, 0)
    assert list(Crime.objects.cancelled()) == [crime]


def test_a_crime_that_the_registrar_keeps_is_as_it_was(sent_record: Incident, ellen: User, nell: User) -> None:
    crime = Crime.objects.get(incident=sent_record)
    why = {"cancel_code": "error", "cancel_why": "She says now that it did not happen."}
    asked = engine.perform(crime, "ask-cancel", by=ellen, evidence=why, seen=crime.version)
    kept = engine.perform(
        asked, "keep", by=nell, evidence={"reason": "That is no verified information."}, seen=asked.version
    )
    assert (kept.state, kept.cancel_code) == (Crime.State.RECORDED, "") and counts() == (0, 1, 1)


@pytest.mark.requirement("S3-102")
@pytest.mark.parametrize(
    ("reported", "counted"), [(datetime(2023, 5, 31, 12, tzinfo=UTC), 3), (datetime(2023, 6, 1, 12, tzinfo=UTC), 1)]
)
def test_since_june_2023_one_principal_crime_counts_for_each_victim_and_report(
    complete_record: Incident, ellen: User, reported: datetime, counted: int
) -> None:
    for code in ("theft", "criminal-damage"):
        factories.crime(complete_record, ellen, code)
    Incident.objects.filter(pk=complete_record.pk).update(
        reported_at=reported, occurred_from=reported - timedelta(hours=1), arrested_at=None
    )
    assert Crime.objects.counted().count() == counted


def test_the_principal_crime_is_the_one_last_said_to_be_and_the_next_when_it_is_cancelled(
    complete_record: Incident, ellen: User, nell: User
) -> None:
    first, second = (
        Crime.objects.get(incident=complete_record),
        factories.crime(complete_record, ellen, "strangulation"),
    )
    assert Crime.objects.counted().get() == first
    why = {"reason": "Hands on the neck is the most serious."}
    engine.perform(second, "make-principal", by=ellen, evidence=why, seen=second.version)
    assert Crime.objects.counted().get() == second
    Crime.objects.filter(pk=second.pk).update(state=Crime.State.CANCELLED, cancel_code="error", cancel_why="In a test.")
    assert Crime.objects.counted().get() == first


def test_a_report_found_to_be_no_domestic_abuse_is_in_no_count(complete_record: Incident) -> None:
    Incident.objects.filter(pk=complete_record.pk).update(da_confirmed="no")
    assert counts() == (0, 0, 0)


# --- the flag as confirmed ---


@pytest.mark.requirement("S1-008")
def test_a_flag_that_differs_from_the_law_needs_why_and_stands_in_the_registrars_list(
    sign_in: SignIn, complete_record: Incident, ellen: User, nell: User
) -> None:
    """Identified and recorded correctly: a person confirms, the law is derived, and where they differ it is seen."""
    browser = sign_in(ellen)
    save(browser, complete_record, "crime", classed="crime", da_confirmed="no")
    fresh = Incident.objects.get(pk=complete_record.pk)
    assert (fresh.in_statute, fresh.definition_version) == ("yes", "DAA2021")
    assert section_lacks(fresh, workflow_of(fresh).section("crime")) == [
        "Say why it is confirmed otherwise than the law makes it"
    ]
    save(
        browser,
        complete_record,
        "crime",
        classed="crime",
        da_confirmed="no",
        da_why="A burglar; the two never met before.",
    )
    assert list(Incident.objects.flag_differs()) == [fresh]
    page = words(sign_in(nell).get("/registrar/flags/"))
    assert fresh.case.reference in page and "domestic abuse in law" in page


def test_a_flag_that_agrees_is_in_no_list(sent_record: Incident) -> None:
    assert sent_record.in_statute == "yes" and not Incident.objects.flag_differs().exists()


# --- the lists ---


def test_the_lists_are_the_registrars_alone_and_hold_nothing_of_a_restricted_case(
    sign_in: SignIn, not_a_crime: NonCrime, ellen: User, nell: User, nobody: Client
) -> None:
    assert sign_in(ellen).get("/registrar/").status_code == 403
    assert nobody.get("/registrar/").status_code == 302
    assert sign_in(nell).get("/registrar/unknown/").status_code == 404
    Case.objects.filter(pk=not_a_crime.case_id).update(restricted=True)
    assert not_a_crime.case.reference not in words(sign_in(nell).get("/registrar/"))


def test_a_force_loads_its_own_offences_and_what_was_recorded_keeps_the_old(
    complete_record: Incident, tmp_path: Path
) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "code,label,group,ho_class,kind,authority\n105-01,Common assault,Violence,105A,common_assault,Force list 2026\n"
    )
    call_command("load_offences", str(own), "--only", verbosity=0)
    assert [row.code for row in Offence.objects.offered()] == ["105-01"]
    assert Crime.objects.get(incident=complete_record).offence.ended


def test_no_name_or_account_stands_in_the_address_of_a_crime(complete_record: Incident) -> None:
    crime = Crime.objects.get(incident=complete_record)
    assert crime.get_absolute_url() == f"/work/crime/{crime.pk}/"


def test_what_is_asked_stands_before_the_registrar_who_decides(
    sign_in: SignIn, sent_record: Incident, ellen: User, nell: User
) -> None:
    crime = Crime.objects.get(incident=sent_record)
    why = {"cancel_code": "duplicate", "cancel_why": "Recorded already by the day shift, seen by me."}
    engine.perform(crime, "ask-cancel", by=ellen, evidence=why, seen=crime.version)
    browser = sign_in(nell)
    page = words(browser.get(f"/work/crime/{crime.pk}/decide/cancellation/"))
    assert "Recorded already by the day shift, seen by me." in page and "part of a crime recorded already" in page
    assert sent_record.case.reference in words(browser.get("/registrar/cancellations/"))
