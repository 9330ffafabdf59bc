"""A threat to life: what must be done at once, an inspector told at once, the reasons, and it stands until it is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Incident, ThreatToLife
from cases.models.threat import ACTIONS
from cases.steps import INCIDENT, THREAT
from reporting.paper.case_file import read_case
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cases.ellens import browser as browser
from tests.cases.recording import begin, boxes, press, save, section, words
from workflow import engine
from workflow.declare import all_missing, section_lacks
from workflow.models import Deadline, Refused

pytestmark = pytest.mark.usefixtures("priya")  # Ellen's sergeant hears of it
WHAT = "Daniel has told his brother that he will kill her tonight."
SAID: dict[str, Any] = {
    "everyone_safe": "yes", "threat_to_life": "yes", "threat_what": WHAT, "household": "no", "made_safe": "At a place of safety.",
}  # fmt: skip
DONE = {action.code: "done" for action in ACTIONS}
WHY = {
    "known": "His brother rang: he has bought petrol and knows where she is.",
    "article_2": "Moved tonight, officer with her.", "article_3": "The children went with her.",
    "article_8": "She leaves her home for some days; she agrees.",
}  # fmt: skip
DECIDED = {"real": "yes", "decision": "Armed response to the address, warning given by 23:00, arrest tonight."}


@pytest.fixture
def incident(browser: Client) -> Incident:
    """An incident whose first section says that somebody's life is threatened."""
    made = begin(browser)
    save(browser, made, "safe", **SAID)
    return Incident.objects.get(pk=made.pk)


@pytest.fixture
def threat(incident: Incident) -> ThreatToLife:
    return ThreatToLife.objects.get(case=incident.case)


def act(browser: Client, threat: ThreatToLife) -> None:
    """Every action and every reason said, as an officer's browser does it."""
    press(browser, f"/work/threat/{threat.pk}/sections/actions/", DONE)
    since = timezone.now() - timedelta(hours=1)
    press(browser, f"/work/threat/{threat.pk}/sections/reasons/", {**WHY, **boxes("known_at", since)})


@pytest.mark.requirement("S3-070")
def test_yes_to_a_threat_to_life_leads_at_once_to_what_must_be_done(browser: Client) -> None:
    incident = begin(browser)
    answer = save(browser, incident, "safe", **SAID)
    threat = ThreatToLife.objects.get(case=incident.case)
    assert (threat.what, threat.state, threat.incident_id) == (WHAT, "raised", incident.pk)
    assert answer["Location"] == f"/work/threat/{threat.pk}/sections/actions/"
    page = words(browser.get(answer["Location"]))
    for action in ACTIONS:
        assert action.label in page


def test_it_is_raised_once_however_often_the_section_is_saved(
    browser: Client, incident: Incident, threat: ThreatToLife
) -> None:
    for _ in range(2):
        save(browser, incident, "safe", **SAID)
    assert ThreatToLife.objects.count() == 1
    assert Event.objects.filter(chain=incident.case_id, name="threat.raise").count() == 1


def test_whose_life_it_is_must_be_said_and_the_answer_is_not_taken_back(browser: Client, incident: Incident) -> None:
    silent = save(browser, incident, "safe", **{**SAID, "threat_what": ""})
    assert silent.status_code == 422 and "Say whose life is threatened" in words(silent)
    back = save(browser, incident, "safe", **{**SAID, "threat_to_life": "no"})
    assert back.status_code == 422 and "It stays until an inspector closes it" in words(back)


@pytest.mark.requirement("S3-070")
def test_an_inspector_hears_at_once_and_a_superintendent_when_nobody_has_decided_in_an_hour(
    threat: ThreatToLife, ruth: User, priya: User, iris: User
) -> None:
    now = timezone.now()
    sweep(now)
    told = Notice.objects.filter(deadline__policy="threat-decided", deadline__subject_id=threat.pk)
    assert set(told.values_list("person", flat=True)) == {ruth.pk}
    sweep(now + timedelta(hours=1, minutes=1))
    assert set(told.values_list("person", flat=True)) == {ruth.pk, iris.pk}
    assert not any(word in notice.text for notice in told for word in ("kill", "Daniel", "petrol"))


@pytest.mark.requirement("S3-070")
def test_the_record_is_not_sent_while_an_action_or_a_reason_is_unanswered(
    browser: Client, incident: Incident, threat: ThreatToLife
) -> None:
    lacks = section_lacks(incident, INCIDENT.section("safe"))
    assert [f"Say whether it was done: {action.label}" for action in ACTIONS] == lacks[: len(ACTIONS)]
    assert "Say what was weighed of the right to life" in lacks
    assert set(lacks) <= set(all_missing(incident))
    act(browser, threat)
    assert section_lacks(Incident.objects.get(pk=incident.pk), INCIDENT.section("safe")) == []


def test_what_was_not_possible_says_why(browser: Client, threat: ThreatToLife) -> None:
    press(browser, f"/work/threat/{threat.pk}/sections/actions/", {**DONE, "marker": "not_possible"})
    now = ThreatToLife.objects.get(pk=threat.pk)
    sentence = "Say why it was not possible: Marker put on the address"
    assert sentence in section_lacks(now, THREAT.section("actions"))
    said = {**DONE, "marker": "not_possible", "marker_why": "No fixed address; she stays with friends."}
    press(browser, f"/work/threat/{threat.pk}/sections/actions/", said)
    assert section_lacks(ThreatToLife.objects.get(pk=threat.pk), THREAT.section("actions")) == []


@pytest.mark.requirement("S3-070")
def test_the_reasons_name_each_article_the_time_it_was_known_and_when_and_by_whom_they_were_written(
    browser: Client, threat: ThreatToLife, ellen: User
) -> None:
    before = timezone.now()
    act(browser, threat)
    now = ThreatToLife.objects.get(pk=threat.pk)
    assert (now.article_2, now.article_3, now.article_8) == tuple(WHY[f"article_{n}"] for n in (2, 3, 8))
    assert now.known_at is not None and now.known_at < before
    assert now.reasons_at is not None and now.reasons_at >= before and now.reasons_by == ellen


def test_an_inspector_decides_and_an_officer_or_a_sergeant_does_not(
    threat: ThreatToLife, ellen: User, priya: User, ruth: User
) -> None:
    for somebody in (ellen, priya):
        with pytest.raises(Refused):
            engine.perform(threat, "decide", by=somebody, evidence=DECIDED, seen=threat.version)
    decided = engine.perform(threat, "decide", by=ruth, evidence=DECIDED, seen=threat.version)
    assert (decided.state, decided.real, decided.decided_by) == ("decided", "yes", ruth)
    assert Deadline.objects.get(policy="threat-decided").met
    review = Deadline.objects.open().get(policy="threat-reviewed")
    assert review.due_at - review.started_at == timedelta(hours=24)


def test_an_open_threat_is_looked_at_again_each_day_until_it_is_closed(
    browser: Client, threat: ThreatToLife, ruth: User
) -> None:
    act(browser, threat)
    now = ThreatToLife.objects.get(pk=threat.pk)
    now = engine.perform(now, "decide", by=ruth, evidence=DECIDED, seen=now.version)
    said = {"reason": "He is still not found; guard stays tonight."}
    now = engine.perform(now, "review", by=ruth, evidence=said, seen=now.version)
    assert Deadline.objects.filter(policy="threat-reviewed").count() == 2
    said = {"reason": "He was remanded today; she and her brother were told."}
    now = engine.perform(now, "close", by=ruth, evidence=said, seen=now.version)
    assert now.state == "closed" and not Deadline.objects.open().filter(policy="threat-reviewed").exists()


def test_it_is_not_closed_while_an_action_is_unanswered(threat: ThreatToLife, ruth: User) -> None:
    decided = engine.perform(threat, "decide", by=ruth, evidence=DECIDED, seen=threat.version)
    said = {"reason": "He was remanded today; she was told."}
    with pytest.raises(Refused, match="still missing"):
        engine.perform(decided, "close", by=ruth, evidence=said, seen=decided.version)


@pytest.mark.requirement("S3-070")
def test_it_stands_on_every_page_of_the_case_until_it_is_closed(
    browser: Client, incident: Incident, threat: ThreatToLife, ruth: User
) -> None:
    case = incident.case
    pages = [
        case.get_absolute_url(), f"/work/incident/{incident.pk}/", section(incident, "place"),
        f"/incidents/{incident.pk}/people/victim/", f"/work/case/{case.pk}/safeguard/", f"/work/threat/{threat.pk}/",
    ]  # fmt: skip
    for url in pages:
        page = words(browser.get(url))
        assert "Threat to life , open since" in page and WHAT in page, url
    act(browser, threat)
    now = ThreatToLife.objects.get(pk=threat.pk)
    now = engine.perform(now, "decide", by=ruth, evidence=DECIDED, seen=now.version)
    assert "Threat to life , open since" in words(browser.get(pages[0]))
    engine.perform(now, "close", by=ruth, evidence={"reason": "He was remanded today; she was told."}, seen=now.version)
    for url in pages:
        assert "Threat to life , open since" not in words(browser.get(url)), url


def test_the_case_is_not_closed_while_a_life_is_threatened(threat: ThreatToLife, priya: User) -> None:
    case = threat.case
    with pytest.raises(Refused, match="not finished"):
        engine.perform(case, "close", by=priya, evidence={"reason": "Nothing left to do."}, seen=case.version)


def test_it_can_be_reported_on_a_case_without_a_new_incident(
    hannahs_case: Any, ellen: User, sign_in: Callable[[User], Client]
) -> None:
    answer = press(sign_in(ellen), f"/work/threat/new/raise/in/{hannahs_case.pk}/", {"what": WHAT})
    assert answer.status_code == 302, words(answer)
    assert ThreatToLife.objects.get(case=hannahs_case).incident is None


def test_the_printed_case_file_says_what_was_done_why_and_what_was_decided(
    browser: Client, threat: ThreatToLife, ruth: User, ellen: User
) -> None:
    act(browser, threat)
    now = ThreatToLife.objects.get(pk=threat.pk)
    engine.perform(now, "decide", by=ruth, evidence=DECIDED, seen=now.version)
    file = read_case(threat.case, ellen, timezone.now())
    assert file.dangers.threat is not None
    [(panel, [row])] = [(panel, rows) for panel, rows in file.panels if panel.name == "threats"]
    assert row.actions == [(action.label, "Done", "") for action in ACTIONS]
    assert row.threat.decision == DECIDED["decision"] and panel.paper_template
