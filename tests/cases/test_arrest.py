"""Whether a suspect was arrested, or why not: one decision for each suspect, each reason with its own guard (A.7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import ArrestDecision, Incident
from cases.steps.arrest import arrest_lacks
from tests.cases.ellens import browser as browser
from tests.cases.recording import boxes, hidden, press, section, words
from tests.cases.standing import decision, due, fresh
from tests.cast import involve
from tests.factories import begun, complete, decided, suspected
from workflow import engine
from workflow.models import Deadline, Draft

pytestmark = pytest.mark.django_db
WHY = "He agreed to come to the station on Monday; no need to detain him tonight."


@pytest.fixture
def incident(ellen: User, nr3: Any) -> Incident:
    return suspected(ellen, place="14 Mill Lane")


def said_no(browser: Client, incident: Incident, *codes: str, why: str = WHY, **more: Any) -> Any:
    return press(browser, section(incident, "arrest"), {"arrested": "no", "codes": list(codes), "why": why, **more})


# --- the page asks directly ---------------------------------------------------------------------------------------


def test_with_one_suspect_the_section_itself_asks_and_saving_goes_on_to_the_next(
    browser: Client, incident: Incident
) -> None:
    page = browser.get(section(incident, "arrest"))
    assert "Daniel Reeve" in words(page) and "Was the suspect arrested?" in words(page)
    assert 'value="14 Mill Lane"' in page.content.decode(), "where it happened is offered as the place of the arrest"
    answer = said_no(browser, incident, "N4")
    assert (answer.status_code, answer["Location"]) == (302, section(incident, "done"))
    row = decision(incident)
    assert (row.arrested, row.codes, row.why, row.suspect.get_part_display()) == ("no", ["N4"], WHY, "Suspect")


def test_the_page_says_never_to_ask_the_person_harmed(browser: Client, incident: Incident) -> None:
    page = words(browser.get(section(incident, "arrest")))
    assert "Never ask the person harmed whether to arrest" in page
    assert "avoid arresting both" in page


@pytest.mark.requirement("S3-071")
def test_an_arrest_says_when_where_for_what_why_it_was_necessary_and_whether_video_was_on(
    browser: Client, incident: Incident
) -> None:
    taken = timezone.now() - timedelta(minutes=10)
    said = {"offences": "s47 assault", "necessity": ["protect", "prompt"], "camera_on": "yes", "place": "On the stairs"}
    answer = press(browser, section(incident, "arrest"), {"arrested": "yes", **boxes("arrested_at", taken), **said})
    assert answer.status_code == 302, words(answer)
    row = decision(incident)
    assert (row.offences, row.necessity, row.camera_on, row.place) == tuple(said.values())
    assert row.decided_at == row.arrested_at == taken.replace(second=0, microsecond=0)
    assert arrest_lacks(fresh(incident)) == []


def test_an_arrest_half_said_is_kept_and_what_is_missing_is_named(browser: Client, incident: Incident) -> None:
    press(browser, section(incident, "arrest"), {"arrested": "yes", "place": ""})
    assert arrest_lacks(fresh(incident)) == [
        "Say when the arrest was made", "Say where the arrest was made", "Say what the arrest was for",
        "Choose why the arrest was necessary", "Say whether body-worn video was on at the arrest",
    ]  # fmt: skip


def test_an_arrest_before_it_happened_is_refused(browser: Client, incident: Incident, ellen: User) -> None:
    now = fresh(incident)
    engine.amend(now, {"occurred_from": now.reported_at - timedelta(minutes=20)}, by=ellen, seen=now.version)
    early = boxes("arrested_at", now.reported_at - timedelta(hours=3))
    answer = press(browser, section(incident, "arrest"), {"arrested": "yes", **early})
    assert answer.status_code == 422
    assert "Time of the arrest must be after it happened" in words(answer)


def test_the_same_page_changes_what_was_said_and_makes_no_second_decision(browser: Client, incident: Incident) -> None:
    said_no(browser, incident, "N4")
    said_no(browser, incident, "N9", why="He was taken to hospital with chest pains before we could speak to him.")
    assert decision(incident).codes == ["N9"]
    assert ArrestDecision.objects.count() == 1


# --- mandatory when a suspect is known (S3-100) ---------------------------------------------------------------------


@pytest.mark.requirement("S3-100")
def test_it_must_be_said_where_a_suspect_is_known_and_a_crime_recorded(incident: Incident, ellen: User) -> None:
    now = fresh(incident)
    now = engine.amend(now, {"classed": "crime"}, by=ellen, seen=now.version)
    assert arrest_lacks(now) == ["Say whether the suspect was arrested"]
    decided(now, ellen, arrested=False, codes=[], why="")
    assert arrest_lacks(fresh(now)) == [
        "Choose why the suspect was not arrested", "Say why the suspect was not arrested, in your own words",
    ]  # fmt: skip


def test_nothing_is_asked_where_nobody_knows_who_did_it_or_no_crime_was_recorded(
    incident: Incident, ellen: User
) -> None:
    unknown = begun(ellen)
    unknown = engine.amend(unknown, {"suspect_known": "no"}, by=ellen, seen=unknown.version)
    assert arrest_lacks(unknown) == []
    now = fresh(incident)
    assert arrest_lacks(engine.amend(now, {"classed": "non_crime"}, by=ellen, seen=now.version)) == []


def test_with_two_suspects_each_is_asked_on_a_page_of_its_own(browser: Client, incident: Incident, ellen: User) -> None:
    second = involve(incident, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    page = words(browser.get(section(incident, "arrest")))
    assert "Daniel Reeve" in page and "Karl Reeve" in page
    assert arrest_lacks(fresh(incident)) == ["Say of each suspect whether they were arrested"]
    url = f"/incidents/{incident.pk}/arrests/{second.pk}/"
    answer = press(browser, url, {"arrested": "no", "codes": ["N4"], "why": WHY})
    assert answer["Location"] == section(incident, "arrest")
    assert decision(incident).suspect == second


def test_a_second_decision_about_the_same_suspect_is_refused_by_page_and_by_database(
    browser: Client, incident: Incident, ellen: User
) -> None:
    url = section(incident, "arrest")
    page = browser.get(url).content.decode()
    decided(incident, ellen, arrested=False)
    answer = browser.post(f"/work/incident/{incident.pk}/rows/arrest/", {**hidden(page), "arrested": "no"})
    assert answer.status_code in (302, 422)
    with pytest.raises(IntegrityError), transaction.atomic():
        decided(incident, ellen, arrested=False)


# --- each reason with its guard -------------------------------------------------------------------------------------


BAD: list[tuple[dict[str, Any], str]] = [
    ({"codes": ["N2"], "why": "No grounds."}, "in at least 40 characters. You have 11"),
    ({"codes": ["N5"], "why": WHY}, "Choose another reason than Suspect not identified"),
    ({"codes": ["N8"], "why": WHY}, "This reason is for somebody under 18"),
    ({"codes": ["N99"], "why": WHY}, "must be among the answers shown"),
]


@pytest.mark.parametrize(("said", "sentence"), BAD, ids=["N2", "N5", "N8", "N99"])
def test_a_reason_that_cannot_be_is_refused_with_a_sentence_and_what_was_typed_is_kept(
    browser: Client, incident: Incident, ellen: User, said: dict[str, Any], sentence: str
) -> None:
    from people.models import Birth
    from people.services import learn

    suspect = incident.people("suspect").get()
    learn(Birth(person=suspect.person, born_on=date(1988, 1, 30)), beneath=incident, by=ellen)
    answer = press(browser, section(incident, "arrest"), {"arrested": "no", **said})
    assert answer.status_code == 422
    assert words(answer).count(sentence) == 2, "in the summary and beside the box"
    assert Draft.objects.get(path=section(incident, "arrest")).data["why"] == [said["why"]]
    assert not ArrestDecision.objects.exists()


def test_under_18_is_a_reason_where_the_suspect_is(browser: Client, incident: Incident, ellen: User) -> None:
    from people.models import Birth
    from people.services import learn

    suspect = incident.people("suspect").get()
    learn(Birth(person=suspect.person, age_said=16), beneath=incident, by=ellen)
    assert said_no(browser, incident, "N8").status_code == 302


def test_no_offence_is_no_reason_once_a_crime_is_recorded(browser: Client, incident: Incident, ellen: User) -> None:
    assert said_no(browser, incident, "N1").status_code == 302
    now = fresh(incident)
    now = engine.amend(now, {"classed": "crime"}, by=ellen, seen=now.version)
    assert any("No offence is no reason" in sentence for sentence in arrest_lacks(now))
    answer = said_no(browser, incident, "N1")
    assert "A crime is recorded. Choose another reason than No offence" in words(answer)


def test_not_necessary_asks_which_code_g_reasons_and_voluntary_attendance_asks_the_day(
    browser: Client, incident: Incident
) -> None:
    said_no(browser, incident, "N6", code_g=["name"])
    assert decision(incident).code_g == [], "what stays closed beneath an answer is not kept"
    assert arrest_lacks(fresh(incident)) == ["Say on which day the suspect attends"]
    said_no(browser, incident, "N3")
    assert arrest_lacks(fresh(incident)) == ["Choose which Code G reasons you looked at"]


def test_a_voluntary_attendance_lies_in_the_future(browser: Client, incident: Incident) -> None:
    past = timezone.localdate() - timedelta(days=2)
    day = {"attends_on_day": str(past.day), "attends_on_month": str(past.month), "attends_on_year": str(past.year)}
    answer = said_no(browser, incident, "N6", **day)
    assert "Day of the voluntary attendance must be today or in the future" in words(answer)


def test_the_wish_of_the_person_harmed_is_kept_as_said_alone_or_beside_a_reason_in_law(
    browser: Client, incident: Incident
) -> None:
    assert said_no(browser, incident, "N12").status_code == 302
    assert decision(incident).wish_alone
    assert said_no(browser, incident, "N12", "N4").status_code == 302
    assert not decision(incident).wish_alone


# --- dual arrest ----------------------------------------------------------------------------------------------------


def test_two_people_arrested_asks_who_is_the_primary_perpetrator_before_it_is_sent(
    browser: Client, incident: Incident, ellen: User
) -> None:
    second = involve(incident, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    decided(incident, ellen)
    url = f"/incidents/{incident.pk}/arrests/{second.pk}/"
    page = words(browser.get(url))
    assert "Is this the primary perpetrator?" in page and "Somebody else was arrested too" in page
    when = boxes("arrested_at", timezone.now() - timedelta(minutes=5))
    taken = {
        "arrested": "yes",
        **when,
        "place": "Hall",
        "offences": "Assault",
        "necessity": ["injury"],
        "camera_on": "yes",
    }
    press(browser, url, {**taken, "primary": "no"})
    assert arrest_lacks(fresh(incident)) == [
        "Two people were arrested. Who is the primary perpetrator? Say so of one of them, and why"
    ]
    press(
        browser, url, {**taken, "primary": "yes", "primary_why": "She has marks of defence and called for help twice."}
    )
    assert arrest_lacks(fresh(incident)) == []
    assert ArrestDecision.objects.get(suspect=second).primary_why.startswith("She has marks")


def test_one_person_arrested_is_not_asked_who_began(browser: Client, incident: Incident) -> None:
    assert "primary perpetrator?" not in words(browser.get(section(incident, "arrest")))


# --- what follows ---------------------------------------------------------------------------------------------------


def test_attempts_are_owed_daily_until_there_is_an_arrest(browser: Client, incident: Incident, ellen: User) -> None:
    row = decided(incident, ellen, arrested=False)
    [first] = due("arrest-attempted")
    said = {"place": "His mother's, 3 Quay Row", "result": "not_there", "more": ""}
    when = boxes("tried_at", timezone.now())
    answer = press(browser, f"/work/arrest/{row.pk}/try/", {**said, **when})
    assert answer.status_code == 302, words(answer)
    attempt = row.attempts.get()
    assert (attempt.place, attempt.result) == (said["place"], "not_there")
    [again] = due("arrest-attempted")
    assert again > first
    now = ArrestDecision.objects.get(pk=row.pk)
    told = {"arrested_at": timezone.now().isoformat(), "place": "Bus station", "offences": "s47"}
    told |= {"necessity": ["protect"], "camera_on": "yes"}
    now = engine.perform(now, "take", by=ellen, evidence=told, seen=now.version)
    assert due("arrest-attempted") == []
    assert (now.in_words, now.codes) == ("Arrested later", ["N4"]), "why not, then, stays said"


def test_whether_a_voluntary_attendance_happened_is_owed_by_the_end_of_the_day_after(
    incident: Incident, ellen: User
) -> None:
    day = timezone.localdate() + timedelta(days=3)
    row = decided(incident, ellen, arrested=False, codes=["N6"], why=WHY, attends_on=day)
    [owed] = due("attendance-said")
    assert timezone.localdate(owed) == day + timedelta(days=1)
    later = engine.amend(row, {"attends_on": day + timedelta(days=2)}, beneath=incident, by=ellen, seen=row.version)
    assert [timezone.localdate(moment) for moment in due("attendance-said")] == [day + timedelta(days=3)]
    said = {"attended": "no", "attended_words": "Did not come; his solicitor was rung, arrest planned."}
    engine.perform(later, "attended", by=ellen, evidence=said, seen=later.version)
    assert due("attendance-said") == []
    assert Deadline.objects.get(policy="attendance-said").dropped_because == ""


def test_a_corrected_reason_ends_what_was_owed_for_the_old_one(incident: Incident, ellen: User) -> None:
    row = decided(incident, ellen, arrested=False)
    engine.amend(row, {"codes": ["N9"]}, beneath=incident, by=ellen, seen=row.version)
    assert due("arrest-attempted") == [] and len(due("no-arrest-checked")) == 1


def test_custody_is_recorded_when_the_record_itself_is_sealed(ellen: User, nr3: Any) -> None:
    incident = complete(ellen)
    engine.perform(incident, "submit", by=ellen, evidence={"note": ""}, seen=incident.version)
    row = decision(incident)
    said = {"custody_ref": "NC/26/1182", "disposal": "charged", "release": "remanded"}
    row = engine.perform(row, "custody", by=ellen, evidence=said, seen=row.version)
    assert (row.custody_ref, row.disposal, row.release) == tuple(said.values())
