"""What raises what: each fact raises its task once, for whom it is meant; how serious it is, and the rank that owns it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, LinkedStrand, Task
from cases.models.severity import OWNERS, SUGGESTS, Severity, suggested
from cases.models.strand import Strand
from cases.models.task import TASK_KINDS
from cases.services.consequences import RAISES
from reporting.paper.case_file import read_case
from tests import factories
from tests.cases.ellens import browser as browser
from tests.cases.recording import add_person, made_safe, press, safe, save, words
from workflow import engine
from workflow.declare import WORKFLOWS
from workflow.models import Refused

pytestmark = pytest.mark.usefixtures("priya")  # Ellen's sergeant hears of it
ACCOUNT = "He pushed her against the wall and held her there."


@pytest.fixture
def incident(browser: Client) -> Incident:
    return made_safe(browser)


def raised(case: Case) -> list[str]:
    return list(Task.objects.filter(case=case).order_by("pk").values_list("kind", flat=True))


def test_every_fact_of_the_table_raises_a_kind_that_there_is_after_an_act_that_there_is() -> None:
    acts = {part.name for part in WORKFLOWS["incident"].sections} | {"victim", "suspect"}
    assert RAISES.keys() <= acts
    assert {row.task for rows in RAISES.values() for row in rows} <= TASK_KINDS.keys()


@pytest.mark.parametrize(
    ("sign", "kind", "role"),
    [
        ("strangled", "strangulation", "inspector"), ("threat_to_kill", "threat_to_kill", "inspector"),
        ("sexual", "sexual_offences", "da_specialist"), ("exploitation", "exploitation", "da_specialist"),
        ("stalking", "stalking", "da_specialist"),
        ("harassment", "stalking", "da_specialist"), ("honour", "honour", "da_specialist"),
    ],
)  # fmt: skip
def test_a_sign_raises_its_task_once_and_saving_again_raises_nothing(
    sign: str, kind: str, role: str, browser: Client, incident: Incident
) -> None:
    for _ in range(2):
        save(browser, incident, "kinds", abuse_types=["physical"], abuse_signs=[sign])
    [task] = Task.objects.filter(case=incident.case)
    assert (task.kind, task.owed_by, task.about_id) == (kind, role, incident.pk)


def test_a_task_that_was_done_is_not_raised_again_by_saving_the_same_answer(
    browser: Client, incident: Incident, ruth: User
) -> None:
    said = {"abuse_types": ["physical"], "abuse_signs": ["strangled"]}
    save(browser, incident, "kinds", **said)
    task = Task.objects.get(case=incident.case)
    engine.perform(task, "done", by=ruth, evidence={"outcome": "Medical looked for, plan agreed."}, seen=task.version)
    save(browser, incident, "kinds", **{**said, "abuse_types": ["physical", "controlling"]})
    assert raised(incident.case) == ["strangulation"]


def test_a_weapon_raises_its_task_and_no_weapon_none(browser: Client, incident: Incident) -> None:
    began = incident.reported_at - timedelta(minutes=20)
    said = {"occurred_from": began, "account": ACCOUNT}
    save(browser, incident, "happened", **said, weapon="no")
    assert raised(incident.case) == []
    for _ in range(2):
        save(browser, incident, "happened", **said, weapon="yes", weapon_what="Kitchen knife, seized")
    assert raised(incident.case) == ["weapon"]


def test_the_third_incident_of_a_person_within_a_year_raises_a_task_and_the_second_does_not(
    browser: Client, ellen: User
) -> None:
    first = factories.begun(ellen)
    harmed = add(browser, first)
    second = again(browser, first.case, harmed)
    assert raised(first.case) == []
    third = again(browser, first.case, harmed)
    assert raised(first.case) == ["third_incident"]
    assert Task.objects.get().about_id == third.pk != second.pk


def test_incidents_more_than_a_year_ago_do_not_count(browser: Client, ellen: User) -> None:
    first = factories.begun(ellen, minutes_ago=60 * 24 * 366)
    harmed = add(browser, first)
    again(browser, first.case, harmed)
    again(browser, first.case, harmed)
    assert raised(first.case) == []


def add(browser: Client, incident: Incident) -> int:
    """Hannah, added to the incident by its page; returns who she is."""
    safe(browser, incident)
    add_person(browser, incident, "victim", forename="Hannah", surname="Okoro")
    return int(incident.people("victim").get().person_id)


def again(browser: Client, case: Case, person: int) -> Incident:
    """Another incident of the same person, in the same case."""
    incident = factories.begun(User.objects.get(username="2877"), case)
    safe(browser, incident)
    answer = add_person(browser, incident, "victim", {"person": str(person)}, forename="Hannah", surname="Okoro")
    assert incident.people("victim").exists(), words(answer)
    return incident


def test_a_high_grade_raises_a_task_for_an_inspector_and_a_medium_one_none(ellen: User, priya: User) -> None:
    medium = factories.complete(ellen, grade="medium")
    assert raised(medium.case) == []
    high = factories.complete(ellen, grade="high")
    assert raised(high.case) == ["high_grade"]


# --- how serious it is ---


@pytest.mark.requirement("S3-001")
def test_each_class_has_the_rank_that_owns_it_and_an_authority() -> None:
    assert {code: row.role for code, row in OWNERS.items()} == {
        "volume": "sergeant", "serious": "inspector", "major": "superintendent",
    }  # fmt: skip
    assert all(row.authority for row in OWNERS.values())


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ({}, "volume"), ({"weapon": "yes"}, "serious"), ({"abuse_signs": ["strangled"]}, "serious"),
        ({"abuse_signs": ["images"]}, "volume"), ({"abuse_signs": ["stalking"]}, "serious"),
        ({"threat_to_life": "yes"}, "serious"), ({"threat_to_life": "yes", "weapon": "yes"}, "major"),
    ],
)  # fmt: skip
def test_what_was_recorded_suggests_a_class_and_says_why(said: dict[str, Any], severity: str) -> None:
    found = suggested(Incident(**said))
    assert found.severity == severity and found.because
    assert (SUGGESTS[-1][1] in found.words) == (severity == "volume")


@pytest.mark.requirement("S3-001")
def test_the_suggestion_stands_on_the_page_and_another_class_says_why(browser: Client, incident: Incident) -> None:
    save(browser, incident, "kinds", abuse_types=["physical"], abuse_signs=["strangled"])
    url = f"/work/incident/{incident.pk}/sections/severity/"
    assert "Suggested: Serious and complex, because somebody was strangled" in words(browser.get(url))
    save(browser, incident, "severity", severity="volume")
    page = words(browser.get(f"/work/incident/{incident.pk}/"))
    assert "Say why it is not as serious" in page


@pytest.mark.requirement("S3-001")
@pytest.mark.parametrize(
    ("severity", "kind", "role"),
    [("serious", "own_serious", "inspector"), ("major", "own_major", "superintendent")],
)
def test_a_higher_class_asks_the_rank_that_owns_it_to_take_ownership_once(
    severity: str, kind: str, role: str, browser: Client, incident: Incident
) -> None:
    for _ in range(2):
        save(browser, incident, "severity", severity=severity, severity_why="Two houses and a child are involved.")
    [task] = Task.objects.filter(case=incident.case)
    assert (task.kind, task.owed_by) == (kind, role)


def test_a_volume_crime_asks_nobody(browser: Client, incident: Incident) -> None:
    save(browser, incident, "severity", severity="volume")
    assert raised(incident.case) == []


def test_it_is_lowered_only_by_the_rank_that_owns_it(
    browser: Client, incident: Incident, priya: User, ruth: User
) -> None:
    save(browser, incident, "severity", severity="serious", severity_why="A child is involved.")
    lower = save(browser, incident, "severity", severity="volume")
    assert lower.status_code == 422 and "Only the rank that owns it lowers it" in words(lower)
    said = {"severity": "volume", "severity_why": "The child was not there, as it turned out."}
    now = Incident.objects.get(pk=incident.pk)
    with pytest.raises(Refused, match="lowered only by the rank that owns it"):
        engine.perform(now, "severity", by=priya, evidence=said, seen=now.version)
    assert engine.perform(now, "severity", by=ruth, evidence=said, seen=now.version).severity == Severity.VOLUME


def test_whoever_works_the_case_raises_it_at_any_time(browser: Client, incident: Incident, priya: User) -> None:
    save(browser, incident, "severity", severity="serious", severity_why="A child is involved.")
    said = {"severity": "major", "severity_why": "Three houses are being searched now."}
    now = Incident.objects.get(pk=incident.pk)
    assert engine.perform(now, "severity", by=priya, evidence=said, seen=now.version).severity == Severity.MAJOR


@pytest.mark.requirement("S3-001")
def test_the_highest_class_stands_on_the_identity_line_of_the_case(
    browser: Client, incident: Incident, ellen: User
) -> None:
    save(browser, incident, "severity", severity="serious", severity_why="A child is involved.")
    factories.written(factories.peopled(factories.begun(ellen, incident.case), ellen), ellen)
    assert "Serious and complex" in words(browser.get(incident.case.get_absolute_url()))
    assert "Serious and complex" in words(browser.get(f"/work/incident/{incident.pk}/sections/place/"))
    assert read_case(incident.case, ellen, timezone.now()).identity.severity == "Serious and complex"


# --- other matters ---


@pytest.mark.requirement("S3-087")
@pytest.mark.parametrize("strand", Strand.values)
def test_a_case_is_linked_with_each_strand_by_its_reference_elsewhere(
    strand: str, hannahs_case: Case, ellen: User, sign_in: Callable[[User], Client]
) -> None:
    said = {"strand": strand, "system": "Child protection", "reference": "CP/2026/0071"}
    answer = press(sign_in(ellen), f"/work/case/{hannahs_case.pk}/link/", said)
    assert answer.status_code == 302, words(answer)
    row = LinkedStrand.objects.get(case=hannahs_case)
    assert (row.strand, row.reference) == (strand, "CP/2026/0071")
    page = words(sign_in(ellen).get(f"{hannahs_case.get_absolute_url()}?panel=strands"))
    assert f"{Strand(strand).label}: Child protection, CP/2026/0071" in page
    file = read_case(hannahs_case, ellen, timezone.now())
    assert [rows for panel, rows in file.panels if panel.name == "strands"] == [[row]]


def test_a_link_without_the_reference_is_not_kept(
    hannahs_case: Case, ellen: User, sign_in: Callable[[User], Client]
) -> None:
    said = {"strand": "child", "system": "Child protection", "reference": ""}
    answer = press(sign_in(ellen), f"/work/case/{hannahs_case.pk}/link/", said)
    assert answer.status_code == 422 and "Enter its reference there" in words(answer)
