"""An officer records an incident, section by section, and sends it once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Posting, User
from audit.models import Event
from cases.models import Case, HouseholdMember, Incident, UnsafeReport
from people.services import names_for
from tests.cases.ellens import browser as browser
from tests.cases.recording import add_person, begin, boxes, made_safe, press, record_all, safe, save, section, words
from tests.cast import HER_VIEW
from workflow import engine
from workflow.declare import WORKFLOWS, all_missing, workflow_of
from workflow.models import Approval, Refused


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The incident without the assessment that is a part of it: what is tested here is the record itself."""
    monkeypatch.delitem(WORKFLOWS, "assessment", raising=False)


def test_a_first_step_opens_an_unnamed_case_in_the_officers_own_unit_and_hands_it_to_them(
    browser: Client, ellen: User, nr3: Any
) -> None:
    incident = begin(browser)
    assert incident.state == Incident.State.RECORDING
    assert incident.case.unit == nr3
    assert incident.case.holder_of("investigation") == ellen.pk
    assert incident.case.reference.startswith(f"DA-{timezone.localdate().year}-")
    assert not incident.involvements.exists()


def test_an_acting_sergeant_of_the_division_still_records_in_the_team_they_work_in(
    browser: Client, ellen: User, nr3: Any, northgate: Any
) -> None:
    Posting.objects.create(user=ellen, role="sergeant", unit=northgate)
    assert begin(browser).case.unit == nr3


def test_an_officer_records_everything_and_sends_it(browser: Client, alone: None, priya: User, sign_in: Any) -> None:
    incident = begin(browser)
    record_all(browser, incident)
    incident.refresh_from_db()
    assert all_missing(incident) == []
    assert incident.postcode == "NR3 4QX"
    page = words(browser.get(f"/work/incident/{incident.pk}/"))
    assert "Everything is there" in page
    sent = press(browser, f"/work/incident/{incident.pk}/submit/", {"note": "Look at the neck."})
    assert sent.status_code == 302
    incident.refresh_from_db()
    assert incident.state == Incident.State.SUBMITTED
    supervisor = sign_in(priya)
    assert "Daniel Reeve" in words(supervisor.get(f"/work/incident/{incident.pk}/"))
    assert "Save and continue" not in words(supervisor.get(section(incident, "happened")))
    assert "both hands on her neck" in words(supervisor.get(section(incident, "happened")))


def test_what_is_missing_keeps_the_record_from_being_sent_and_is_counted(browser: Client, alone: None) -> None:
    incident = made_safe(browser)
    page = words(browser.get(f"/work/incident/{incident.pk}/"))
    assert "13 sections still need something" in page
    assert "2 of " in page
    refused = browser.get(f"/work/incident/{incident.pk}/submit/")
    assert refused.status_code == 422
    assert "still missing" in words(refused)


def test_nothing_else_opens_before_the_officer_has_said_whether_everyone_is_safe(browser: Client) -> None:
    incident = begin(browser)
    page = words(browser.get(f"/work/incident/{incident.pk}/"))
    assert "What happened Not yet" in page
    for closed in (
        section(incident, "happened"),
        f"/incidents/{incident.pk}/people/victim/",
        f"/work/incident/{incident.pk}/rows/child/",
    ):
        assert browser.get(closed)["Location"] == section(incident, "safe")
    safe(browser, incident)
    assert browser.get(section(incident, "happened")).status_code == 200


def test_somebody_not_safe_is_on_every_page_at_once_and_goes_when_everyone_is_safe(browser: Client) -> None:
    incident = begin(browser)
    save(
        browser, incident, "safe", everyone_safe="no", unsafe_what="He has not been found.", made_safe="Patrol outside."
    )
    report = UnsafeReport.objects.get(case=incident.case)
    assert report.what == "He has not been found."
    assert Event.objects.filter(chain=incident.case_id, name="case.unsafe").exists()
    page = words(browser.get(f"/work/incident/{incident.pk}/"))
    assert "Unsafe now , open since" in page
    assert "Say whether everyone is safe before you leave." in page
    save(browser, incident, "safe", everyone_safe="yes", made_safe="Arrested at 14:10; she has new locks.")
    report.refresh_from_db()
    assert report.answered_at is not None
    assert report.answer == "Arrested at 14:10; she has new locks."


def test_saving_the_first_section_again_reports_nobody_twice(browser: Client) -> None:
    incident = begin(browser)
    for _ in range(2):
        save(
            browser,
            incident,
            "safe",
            everyone_safe="no",
            unsafe_what="He has not been found.",
            made_safe="Patrol outside.",
        )
    assert UnsafeReport.objects.get(case=incident.case).what == "He has not been found."


def test_pressing_twice_makes_one_record(browser: Client) -> None:
    page = browser.get("/incidents/new/").content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    said = {**boxes("reported_at", timezone.now() - timedelta(hours=1)), "channel": "999", "token": token}
    first, second = (browser.post("/incidents/new/", said) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Incident.objects.count() == Case.objects.count() == 1


def test_a_second_incident_of_the_same_case_stands_in_that_case(
    browser: Client, hannahs_case: Case, ellen: User
) -> None:
    said = {**boxes("reported_at", timezone.now() - timedelta(hours=1)), "channel": "101"}
    answer = press(browser, f"/work/incident/new/begin/in/{hannahs_case.pk}/", said)
    assert answer.status_code == 302
    assert Incident.objects.latest("pk").case == hannahs_case
    assert Case.objects.count() == 1


def test_returned_reasons_stand_at_the_top_until_it_is_sent_again(
    browser: Client, sent_record: Incident, priya: User
) -> None:
    page, reason = f"/work/incident/{sent_record.pk}/", "Say who called the ambulance."
    engine.perform(sent_record, "return", by=priya, seen=sent_record.version, evidence={"reason": reason})
    shown = words(browser.get(page))
    assert "Returned by PS 4471 Nair" in shown
    assert reason in shown
    assert press(browser, f"{page}submit/", {}).status_code == 302
    assert reason not in words(browser.get(page))


def test_nobody_decides_what_they_wrote_any_row_of(
    browser: Client, complete_record: Incident, priya: User, sign_in: Any
) -> None:
    suspect = complete_record.people("suspect").get()
    row = f"/work/incident/{complete_record.pk}/rows/suspect/{suspect.pk}/"
    assert press(sign_in(priya), row, {"relationship": "XCO", "cohabiting": "no"}).status_code == 302
    press(browser, f"/work/incident/{complete_record.pk}/submit/", {})
    sent = Incident.objects.get(pk=complete_record.pk)
    with pytest.raises(Refused, match="You wrote part of it"):
        engine.perform(sent, "approve", by=priya, seen=sent.version, evidence={"reason": "All is there."})


@pytest.mark.parametrize("kind", ["arrest", "offence", "action", "household"])
def test_nor_whoever_changed_a_row_that_has_steps_of_its_own(
    kind: str, complete_record: Incident, ellen: User, priya: User
) -> None:
    table = workflow_of(complete_record)
    rows = next(one for one in table.all_rows() if one.name == kind)
    if kind == "household":
        engine.add(
            HouseholdMember(incident=complete_record, who="A lodger", safe="safe"), beneath=complete_record, by=ellen
        )
    row = rows.found(complete_record)[0]
    said = {"arrest": {"place": "In the yard"}, "offence": {"particulars": "With a belt."}, "action": {"what": "New locks."},
            "household": {"done": "Asleep upstairs."}}[kind]  # fmt: skip
    engine.amend(row, said, beneath=complete_record, by=priya, seen=row.version)
    now = Incident.objects.get(pk=complete_record.pk)
    sent = engine.perform(now, "submit", by=ellen, evidence={"note": ""}, seen=now.version)
    with pytest.raises(Refused, match="You wrote part of it"):
        engine.perform(sent, "approve", by=priya, seen=sent.version, evidence={"reason": "All is there."})


def test_a_checked_record_is_opened_again_to_be_corrected_with_a_reason(
    browser: Client, sent_record: Incident, priya: User
) -> None:
    engine.perform(sent_record, "approve", by=priya, seen=sent_record.version, evidence={"reason": "All is there."})
    assert Approval.objects.get().verdict == "approved"
    page = f"/work/incident/{sent_record.pk}/"
    assert "It can be read, not changed." in words(browser.get(page))
    assert press(browser, f"{page}correct/", {"reason": ""}).status_code == 422
    press(browser, f"{page}correct/", {"reason": "The flat number was wrong."})
    assert Incident.objects.get(pk=sent_record.pk).state == Incident.State.RECORDING


def test_the_same_officer_can_take_the_record_back(browser: Client, sent_record: Incident) -> None:
    press(browser, f"/work/incident/{sent_record.pk}/withdraw/", {"reason": "The time is wrong."})
    assert Incident.objects.get(pk=sent_record.pk).state == Incident.State.RECORDING


def test_names_are_shown_in_the_task_list_in_place_of_parts(browser: Client, ellen: User) -> None:
    incident = made_safe(browser)
    add_person(browser, incident, "victim", forename="Hannah", surname="Okoro")
    press(browser, f"/work/incident/{incident.pk}/rows/victim/{incident.people('victim').get().pk}/", HER_VIEW)
    page = words(browser.get(f"/work/incident/{incident.pk}/"))
    assert "Hannah Okoro Done" in page
    person = incident.people("victim").get().person_id
    assert names_for([person], ellen) == {person: "Hannah Okoro"}


def test_the_task_list_asks_no_more_of_the_database_for_more_people(
    browser: Client, django_assert_num_queries: Any
) -> None:
    incident = made_safe(browser)
    page = f"/work/incident/{incident.pk}/"
    for name in ("Eli", "Maya"):
        add_person(browser, incident, "child", forename=name, surname="Okoro")
    with CaptureQueriesContext(connection) as few:
        browser.get(page)
    asked = len(few)
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        add_person(browser, incident, "child", forename=name, surname="Okoro")
    with django_assert_num_queries(asked):
        browser.get(page)
