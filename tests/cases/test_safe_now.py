"""The first section of every incident: is anybody unsafe now, is a life threatened, who lives there, are they safe."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Case, HouseholdMember, Incident, Task, ThreatToLife
from cases.steps import INCIDENT
from tests.cases.ellens import browser as browser
from tests.cases.recording import begin, made_safe, press, safe, save, section, words
from workflow import engine
from workflow.declare import section_lacks

pytestmark = pytest.mark.usefixtures("priya")  # Ellen's sergeant hears of it
SAFE: dict[str, Any] = {
    "everyone_safe": "yes",
    "threat_to_life": "no",
    "household": "no",
    "made_safe": "At her sister's.",
}


def lacks(incident: Incident) -> list[str]:
    return section_lacks(Incident.objects.get(pk=incident.pk), INCIDENT.section("safe"))


@pytest.mark.requirement("S3-002")
def test_immediate_safeguarding_stands_first_and_nothing_else_opens_before_it_on_a_page(browser: Client) -> None:
    assert INCIDENT.sections[0].name == "safe" and INCIDENT.sections[0].first
    incident = begin(browser)
    closed = [section(incident, part.name) for part in INCIDENT.sections[1:]]
    closed += [f"/work/incident/{incident.pk}/rows/{kind.name}/" for kind in INCIDENT.all_rows()]
    for url in closed:
        answer: Any = browser.get(url, follow=True)
        assert answer.redirect_chain[-1][0] == section(incident, "safe"), url
    empty = save(browser, incident, "safe", made_safe="She is at her sister's.")
    assert empty.status_code == 422 and "Say whether everyone is safe" in words(empty)
    safe(browser, incident)
    for url in closed[:4]:
        assert browser.get(url).status_code == 200, url


@pytest.mark.requirement("S3-002")
def test_nor_through_the_api(browser: Client) -> None:
    incident = begin(browser)
    where = f"/api/v1/incident/{incident.pk}/sections"
    said = json.dumps({"place": "Flat 3, 14 Mill Lane"})
    early: Any = browser.patch(f"{where}/place/", said, content_type="application/json", headers={"If-Match": "1"})
    assert early.status_code in (409, 422), early.content
    assert Incident.objects.get(pk=incident.pk).place == ""
    empty = json.dumps({"made_safe": "She is at her sister's."})
    first: Any = browser.patch(f"{where}/safe/", empty, content_type="application/json", headers={"If-Match": "1"})
    assert first.status_code == 422 and b"Say whether everyone is safe" in first.content


def test_each_question_of_it_keeps_the_record_from_being_sent(browser: Client) -> None:
    incident = begin(browser)
    save(browser, incident, "safe", everyone_safe="yes")
    assert lacks(incident) == [
        "Say whether there is a threat to life", "Say whether anybody else lives there", "Say what you did to make people safe",
    ]  # fmt: skip
    save(browser, incident, "safe", **SAFE)
    assert lacks(incident) == []


@pytest.mark.requirement("S3-071")
def test_whoever_lives_there_is_added_one_by_one_with_whether_they_are_safe(browser: Client) -> None:
    incident = begin(browser)
    answer = save(browser, incident, "safe", **{**SAFE, "household": "yes"})
    add = f"/work/incident/{incident.pk}/rows/household/"
    assert answer["Location"] == add  # asked for at once, not forgotten
    assert lacks(incident) == ["Add each person who lives there"]
    nobody = press(browser, add, {"age": "7"})
    assert nobody.status_code == 422 and "Say who lives there" in words(nobody)
    press(browser, add, {"who": "Mia, her daughter", "age": "7", "relation": "daughter", "safe": "not_seen"})
    assert lacks(incident) == ["Say what was done for whoever is not safe or was not seen"]
    row = HouseholdMember.objects.get(incident=incident)
    press(browser, f"{add}{row.pk}/", {"who": row.who, "age": "7", "safe": "safe"})
    press(browser, add, {"who": "A lodger", "safe": "safe"})
    assert lacks(incident) == []
    page = words(browser.get(section(incident, "safe")))
    assert "Who lives there Mia, her daughter, about 7: safe A lodger: safe" in page


def test_somebody_of_the_household_not_safe_and_everyone_safe_cannot_both_be_so(browser: Client) -> None:
    incident = begin(browser)
    save(browser, incident, "safe", **{**SAFE, "household": "yes"})
    said = {"who": "Her mother", "safe": "not_safe", "done": "Officers on the way to her."}
    press(browser, f"/work/incident/{incident.pk}/rows/household/", said)
    assert lacks(incident) == ["Somebody who lives there is not safe: say so, or say that they are safe now"]
    save(browser, incident, "safe", **{**SAFE, "everyone_safe": "no", "unsafe_what": "Her mother.", "household": "yes"})
    assert lacks(incident) == []


def test_a_child_of_the_household_who_is_not_safe_raises_a_linked_task_once(browser: Client) -> None:
    incident = begin(browser)
    unsafe = {**SAFE, "everyone_safe": "no", "unsafe_what": "Eli, alone with him.", "household": "yes"}
    save(browser, incident, "safe", **unsafe)
    said = {"who": "Eli", "age": "8", "safe": "not_safe", "done": "Officers at the door."}
    press(browser, f"/work/incident/{incident.pk}/rows/household/", said)
    assert [task.kind for task in Task.objects.filter(case=incident.case)] == ["child_abuse"]  # at once
    for _ in range(2):
        save(browser, incident, "safe", **unsafe)
    assert [task.kind for task in Task.objects.filter(case=incident.case)] == ["child_abuse"]


def test_a_new_danger_is_told_though_the_first_was_answered_meanwhile(browser: Client) -> None:
    incident = begin(browser)
    unsafe = {**SAFE, "everyone_safe": "no", "unsafe_what": "He has not been found."}
    save(browser, incident, "safe", **unsafe)
    press(browser, f"/work/case/{incident.case_id}/safe/", {"answer": "He was arrested at 14:10."})
    save(browser, incident, "safe", **unsafe)
    task_list = f"/work/incident/{incident.pk}/"
    assert "Unsafe now , open since" not in words(browser.get(task_list)), "the same words were answered"
    save(browser, incident, "safe", **{**unsafe, "unsafe_what": "He is back, with a knife."})
    page = words(browser.get(task_list))
    assert "Unsafe now , open since" in page and "He is back, with a knife." in page


@pytest.mark.requirement("S3-002")
def test_unsafe_now_stands_on_every_page_of_the_case_until_it_is_answered(browser: Client) -> None:
    incident = begin(browser)
    save(browser, incident, "safe", **{**SAFE, "everyone_safe": "no", "unsafe_what": "He has not been found."})
    case = incident.case
    pages = [
        case.get_absolute_url(), f"/work/incident/{incident.pk}/", section(incident, "place"),
        f"/incidents/{incident.pk}/people/victim/", f"/work/incident/{incident.pk}/rows/household/",
        f"/work/case/{case.pk}/safeguard/", f"/cases/{case.reference}/looks/",
    ]  # fmt: skip
    for url in pages:
        page = words(browser.get(url))
        assert "Unsafe now , open since" in page and "He has not been found." in page, url
    press(browser, f"/work/case/{case.pk}/safe/", {"answer": "He was arrested at 14:10; she is at her sister's."})
    for url in pages:
        assert "Unsafe now , open since" not in words(browser.get(url)), url


def test_unsafe_now_stands_on_the_printed_case_file(hannahs_case: Case, ellen: User) -> None:
    from reporting.paper.case_file import read_case

    engine.perform(hannahs_case, "unsafe", by=ellen, evidence={"what": "He has not been found."})
    report = read_case(hannahs_case, ellen, hannahs_case.opened_at).dangers.unsafe
    assert report is not None and report.what == "He has not been found."


def test_nothing_is_raised_where_nobody_is_threatened_and_everyone_is_safe(browser: Client) -> None:
    made_safe(browser)
    assert not Task.objects.exists() and not ThreatToLife.objects.exists()
