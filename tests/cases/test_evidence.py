"""Evidence of an incident: asked once, one tap each, derived where the record knows, shown to whoever checks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.forms.evidence import Evidence
from cases.models import Case, Device, Incident, Task
from cases.models.answers.evidence import DeviceKind, ExhibitKind
from cases.services.evidence import SOURCES, STANDARD, beyond_statement, held_of, sources_of, standard_of
from people.models import Person
from tests.cases import files
from tests.cases.files import store as store
from tests.cases.recording import EVIDENCE, boxes, made_safe, press, save, words
from tests.cases.standing import fresh
from tests.cast import client_of, involve
from workflow import engine
from workflow.models import Deadline

SignIn = Callable[[User | None], Client]
A9 = {
    "call_999", "account", "video", "injuries", "injuries_again", "medical", "cctv", "phones", "neighbours", "children",
    "character", "logs", "res_gestae", "forensic", "expert",
}  # fmt: skip
S3_022 = {"scene", "video", "account", "witnesses", "house", "photographs", "medical", "suspect"}


def say(incident: Incident, by: User, **said: Any) -> Incident:
    now = fresh(incident)
    done: Incident = engine.amend(now, said, by=by, seen=now.version)
    return done


def answers(incident: Incident, by: User) -> dict[str, str]:
    """What each source's line says, by its code."""
    lines = sources_of(held_of(fresh(incident), by))
    return {row.code: line.answer for row, line in zip(SOURCES, lines, strict=True)}


def lacks(**said: str) -> list[str]:
    blank = Incident(channel="999", **said)
    return [sentence for _, sentence in Evidence.missing(blank)]


def test_the_section_is_finished_by_one_tap_each() -> None:
    assert lacks() == [
        "Say whether you used your body-worn video", "Say whether you looked over the scene",
        "Say whether anybody was injured", "Say whether the recording of the 999 call was asked for",
        "Say whether there is medical evidence", "Say whether there is CCTV or a doorbell",
        "Say whether there is evidence on a telephone", "Say whether neighbours were asked",
    ]  # fmt: skip
    assert lacks(**EVIDENCE) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"bwv_used": "no"}, "Choose why no body-worn video was used"),
        ({"bwv_used": "no", "bwv_why_not": "other"}, "Say why no body-worn video was used"),
        ({"scene_examined": "no"}, "Say why the scene was not looked over"),
        ({"injured": "yes"}, "Say what the injuries are, and where on the body"),
        ({"injured": "yes"}, "Say whether the injuries were photographed"),
        ({"injured": "yes", "injuries_photographed": "no"}, "Say why the injuries were not photographed"),
        ({"source_medical": "not_asked"}, "Say why no medical evidence was asked for"),
        ({"source_neighbours": "not_asked"}, "Say why no neighbour was asked"),
    ],
)
def test_what_was_not_done_is_said_with_its_reason(said: dict[str, str], sentence: str) -> None:
    assert sentence in lacks(**{**EVIDENCE, **said})


def test_the_call_is_asked_about_only_where_it_came_by_999() -> None:
    blank = Incident(channel="front_desk")
    assert not any("999" in sentence for _, sentence in Evidence.missing(blank))


def test_an_officer_says_it_in_the_section_and_goes_on(ellen: User) -> None:
    browser = client_of(ellen)
    incident = made_safe(browser)
    began = incident.reported_at + timedelta(minutes=10)
    said = {**EVIDENCE, "bwv_started_at": began, "bwv_stopped_at": began + timedelta(minutes=30)}
    assert save(browser, incident, "evidence", **said).status_code == 302
    kept = fresh(incident)
    assert (kept.bwv_used, kept.bwv_ref, kept.source_neighbours) == ("yes", "BW-2877-14", "got")


def test_a_video_does_not_stop_before_it_starts(ellen: User) -> None:
    browser = client_of(ellen)
    incident = made_safe(browser)
    began = incident.reported_at + timedelta(minutes=10)
    said = {**EVIDENCE, "bwv_started_at": began, "bwv_stopped_at": began - timedelta(minutes=5)}
    answer = save(browser, incident, "evidence", **said)
    assert answer.status_code == 422 and "The video cannot stop before it starts" in words(answer)


@pytest.mark.requirement("S3-095")
def test_the_checklist_holds_every_source_and_counts_those_beyond_the_statement(
    complete_record: Incident, ellen: User, store: Any
) -> None:
    """Each source is got, asked for, not there or not asked; what counts stands without the words of the person harmed."""
    assert {row.code for row in SOURCES} == A9
    assert not next(row for row in SOURCES if row.code == "account").beyond
    said = answers(complete_record, ellen)
    assert {code: said[code] for code in ("call_999", "account", "video", "medical", "neighbours", "expert")} == {
        "call_999": "sought", "account": "got", "video": "got", "medical": "not_there", "neighbours": "got", "expert": "",
    }  # fmt: skip
    assert beyond_statement(sources_of(held_of(complete_record, ellen))) == 2
    files.listed(complete_record.case, ellen, kind="call", reference="CAD 0388")
    assert answers(complete_record, ellen)["call_999"] == "got"  # the index answers; nobody is asked again
    assert beyond_statement(sources_of(held_of(complete_record, ellen))) == 3


def test_what_other_sections_say_is_not_asked_again(complete_record: Incident, ellen: User) -> None:
    assert answers(complete_record, ellen)["children"] == "not_there"
    involve(complete_record, ellen, "child", "Mia Okoro", spoken_to="alone", own_words="He was shouting.")
    assert answers(complete_record, ellen)["children"] == "got"
    page = words(client_of(ellen).get(f"/work/incident/{complete_record.pk}/sections/evidence/"))
    assert "Answered by the record" in page and "Children's account: got" in page


def test_photographs_are_answered_by_the_files_and_their_time(
    complete_record: Incident, ellen: User, store: Any
) -> None:
    say(complete_record, ellen, injured="yes", injuries_what="Red marks on the neck.", injuries_photographed="no",
        injuries_why_not="Too upset.")  # fmt: skip
    assert answers(complete_record, ellen)["injuries"] == ""
    assert answers(complete_record, ellen)["injuries_again"] == "sought"
    files.kept(complete_record.case, ellen, kind="injury")
    assert answers(complete_record, ellen)["injuries"] == "got"
    Incident.objects.filter(pk=complete_record.pk).update(occurred_from=timezone.now() - timedelta(hours=49))
    assert answers(complete_record, ellen)["injuries_again"] == "got"


@pytest.mark.requirement("S3-022")
def test_the_minimum_standard_is_before_the_sergeant_and_what_is_missing_is_named(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    assert {row.code for row in STANDARD} == S3_022
    say(
        complete_record, ellen, scene_examined="no", scene_why_not="The fire service had it", injured="yes",
        injuries_what="A cut above the eye.", injuries_photographed="no", injuries_why_not="She did not want it",
        source_medical="not_asked", medical_why_not="Asked again tomorrow", source_neighbours="not_there",
        bwv_used="no", bwv_why_not="fault", bwv_ref="",
    )  # fmt: skip
    lines = {
        row.code: line for row, line in zip(STANDARD, standard_of(held_of(fresh(complete_record), ellen)), strict=True)
    }
    assert {code for code, line in lines.items() if line.done} == {"account", "witnesses", "suspect"}
    assert lines["scene"].why_not == "The fire service had it" and lines["video"].why_not == "Fault"
    assert not any(line.missing for line in lines.values())
    now = fresh(complete_record)
    engine.perform(now, "submit", by=ellen, evidence={"note": ""}, seen=now.version)
    page = words(client_of(priya).get(f"/work/incident/{complete_record.pk}/decide/record/"))
    assert "Nothing is missing from the minimum standard." in page
    assert "Not possible: The fire service had it" in page and "Not possible: There are no neighbours" in page
    Incident.objects.filter(pk=complete_record.pk).update(scene_why_not="", medical_why_not="")
    page = words(client_of(priya).get(f"/work/incident/{complete_record.pk}/decide/record/"))
    assert "Missing from the minimum standard: Scene looked over, Medical evidence." in page


def test_injuries_raise_the_task_to_photograph_them_again_48_hours_after_the_incident(ellen: User) -> None:
    browser = client_of(ellen)
    incident = made_safe(browser)
    hurt = {**EVIDENCE, "injured": "yes", "injuries_what": "A bruise on the left arm.", "injuries_photographed": "yes"}
    began = incident.reported_at - timedelta(minutes=20)
    say(incident, ellen, occurred_from=began)
    for _ in range(2):  # said twice, owed once
        assert save(browser, incident, "evidence", **hurt).status_code == 302
    task = Task.objects.get(kind="injuries_again")
    assert (task.about_id, task.state) == (incident.pk, "to_do")
    clock = Deadline.objects.get(policy="task-injuries-again")
    assert clock.due_at == began + timedelta(hours=48)
    assert clock.holder == ellen


def test_without_injuries_nothing_is_owed(ellen: User) -> None:
    browser = client_of(ellen)
    incident = made_safe(browser)
    save(browser, incident, "evidence", **EVIDENCE)
    assert not Task.objects.filter(kind="injuries_again").exists()


@pytest.mark.requirement("S1-016")
def test_digital_evidence_is_indexed_and_devices_are_known_until_they_come_back(
    hannahs_case: Case, hannah: Person, ellen: User, store: Any
) -> None:
    browser = client_of(ellen)
    press(
        browser,
        f"/work/exhibit/new/list/in/{hannahs_case.pk}/",
        {"kind": "phone", "reference": "EM/2", "kept_where": "Store 4"},
    )
    moment = timezone.now() - timedelta(hours=2)
    said = {"person": str(hannah.pk), "kind": "alarm", "serial": "AL-0042", **boxes("issued_at", moment)}
    answer = press(browser, f"/work/device/new/issue/in/{hannahs_case.pk}/", said)
    assert answer.status_code == 302, words(answer)
    files.kept(hannahs_case, ellen, kind="injury")
    page = words(browser.get(f"/cases/{hannahs_case.reference}/?panel=evidence"))
    assert "Data from a telephone: EM/2 Digital" in page and "Photographs of injuries: 1" in page
    assert "Personal alarm AL-0042: Hannah Okoro With them" in page
    device = Device.objects.get()
    back = boxes("returned_at", timezone.now() - timedelta(minutes=5))
    press(browser, f"/work/device/{device.pk}/return/", {**back, "returned_words": "She has moved"})
    page = words(browser.get(f"/cases/{hannahs_case.reference}/?panel=evidence"))
    assert "Returned" in page and "She has moved" in page


@pytest.mark.requirement("S1-016")
@pytest.mark.parametrize("kind", ["video", "call", "photographs", "phone"])
def test_each_kind_of_digital_evidence_is_listed_with_its_reference(
    kind: str, hannahs_case: Case, ellen: User, store: Any
) -> None:
    """Body-worn video, the 999 recording, photographs, telephone data: each by the number it has where it is kept."""
    browser = client_of(ellen)
    said = {"kind": kind, "reference": "EM/7", "kept_where": "Store 4"}
    assert press(browser, f"/work/exhibit/new/list/in/{hannahs_case.pk}/", said).status_code == 302
    page = words(browser.get(f"/cases/{hannahs_case.reference}/?panel=evidence"))
    assert f"{ExhibitKind(kind).label}: EM/7 Digital" in page


@pytest.mark.requirement("S1-016")
@pytest.mark.parametrize("kind", ["alarm", "app", "marker"])
def test_each_kind_of_safety_device_is_known_to_be_with_whom(
    kind: str, hannahs_case: Case, hannah: Person, ellen: User
) -> None:
    browser = client_of(ellen)
    said = {"person": str(hannah.pk), "kind": kind, "serial": "S-1", **boxes("issued_at", timezone.now())}
    assert press(browser, f"/work/device/new/issue/in/{hannahs_case.pk}/", said).status_code == 302
    page = words(browser.get(f"/cases/{hannahs_case.reference}/?panel=evidence"))
    assert f"{DeviceKind(kind).label} S-1: Hannah Okoro With them" in page


def test_a_device_is_not_handed_to_the_suspect_and_does_not_come_back_before_it_went(
    hannahs_case: Case, hannahs_incident: Incident, hannah: Person, ellen: User
) -> None:
    browser = client_of(ellen)
    suspect = hannahs_incident.people("suspect").get().person_id
    said = {"person": str(suspect), "kind": "alarm", **boxes("issued_at", timezone.now() - timedelta(hours=2))}
    assert press(browser, f"/work/device/new/issue/in/{hannahs_case.pk}/", said).status_code == 422
    device = files.handed_over(hannahs_case, ellen, hannah)
    early = boxes("returned_at", timezone.now() - timedelta(hours=5))
    answer = press(browser, f"/work/device/{device.pk}/return/", early)
    assert answer.status_code == 422 and "cannot come back before it was handed over" in words(answer)


def test_an_item_is_taken_out_of_the_index_and_no_longer_answers(complete_record: Incident, ellen: User) -> None:
    item = files.listed(complete_record.case, ellen, kind="call", reference="CAD 0388")
    engine.perform(item, "strike", by=ellen, evidence={"reason": "Listed in the wrong case."}, seen=item.version)
    assert answers(complete_record, ellen)["call_999"] == "sought"
