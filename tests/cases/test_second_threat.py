"""A second threat to life while one is open: told at once, with its own words, reasons, clock and decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Incident, ThreatToLife
from cases.steps import INCIDENT
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cases.ellens import browser as browser
from tests.cases.recording import boxes, press, save, words
from tests.cases.test_threat import DECIDED, SAID, WHAT, WHY, act
from tests.cases.test_threat import incident as incident
from tests.cases.test_threat import threat as threat
from workflow import engine
from workflow.declare import all_missing, section_lacks
from workflow.models import Deadline, Refused

pytestmark = pytest.mark.usefixtures("priya")  # the sergeant of the officer who reports
ANOTHER = "Daniel has rung from Hull: he will drown the boy on Sunday."


def told_of(threat: ThreatToLife) -> set[int]:
    """Who has a notice that a decision is wanted on this threat."""
    rows = Notice.objects.filter(deadline__policy="threat-decided", deadline__subject_id=threat.pk)
    return set(rows.values_list("person", flat=True))


@pytest.mark.requirement("S3-070")
@pytest.mark.parametrize("decided", [False, True])
def test_a_second_threat_reaches_an_inspector_at_once_whatever_was_decided_on_the_first(
    decided: bool, threat: ThreatToLife, ellen: User, ruth: User, sign_in: Callable[[User], Client]
) -> None:
    sweep(timezone.now())
    if decided:
        engine.perform(threat, "decide", by=ruth, evidence=DECIDED, seen=threat.version)
    answer = press(sign_in(ellen), f"/work/threat/new/raise/in/{threat.case_id}/", {"what": ANOTHER})
    assert answer.status_code == 302, words(answer)
    second = ThreatToLife.objects.get(case=threat.case, what=ANOTHER)
    sweep(timezone.now())
    assert told_of(second) == {ruth.pk}
    [owed] = Deadline.objects.open().filter(policy="threat-decided", subject_id=second.pk)
    assert owed.due_at - owed.started_at == timedelta(hours=1), "its own clock, and that of the first is not moved"
    said = {"real": "yes", "decision": "The boy is fetched from school by an officer within the hour."}
    second = engine.perform(second, "decide", by=ruth, evidence=said, seen=second.version)
    assert second.state == "decided" and ThreatToLife.objects.get(pk=threat.pk).decision != second.decision


@pytest.mark.requirement("S3-070")
def test_a_threat_that_a_second_incident_reports_reaches_an_inspector_with_its_own_words(
    browser: Client, threat: ThreatToLife, ruth: User
) -> None:
    sweep(timezone.now())
    begun = press(
        browser,
        f"/work/incident/new/begin/in/{threat.case_id}/",
        {**boxes("reported_at", timezone.now()), "channel": "101"},
    )
    assert begun.status_code == 302, words(begun)
    later = Incident.objects.exclude(pk=threat.incident_id).get(case=threat.case)
    answer = save(browser, later, "safe", **{**SAID, "threat_what": ANOTHER})
    second = ThreatToLife.objects.get(incident=later)
    assert (second.what, second.beside) == (ANOTHER, threat)
    assert answer["Location"] == f"/work/threat/{second.pk}/sections/reasons/"
    sweep(timezone.now())
    assert told_of(second) == {ruth.pk}


def test_new_words_of_a_threat_in_the_same_incident_are_told_as_a_new_one(
    browser: Client, incident: Incident, threat: ThreatToLife, ruth: User
) -> None:
    save(browser, incident, "safe", **{**SAID, "threat_what": ANOTHER})
    second = ThreatToLife.objects.get(case=incident.case, what=ANOTHER)
    sweep(timezone.now())
    assert told_of(second) == {ruth.pk} and ThreatToLife.objects.count() == 2


@pytest.mark.requirement("S3-070")
def test_a_second_threat_has_reasons_of_its_own_and_asks_the_actions_of_the_first_not_again(
    browser: Client, incident: Incident, threat: ThreatToLife, ellen: User
) -> None:
    act(browser, threat)
    second = engine.perform(
        ThreatToLife(case=threat.case, incident=incident), "raise", by=ellen, evidence={"what": ANOTHER}
    )
    lacks = all_missing(second)
    assert lacks == ["Say what makes the risk real and immediate", "Say since when the police know of it"]
    assert set(lacks) <= set(section_lacks(Incident.objects.get(pk=incident.pk), INCIDENT.section("safe")))
    page = words(browser.get(f"/work/threat/{second.pk}/"))
    assert "Asked of the first threat" in page
    since = timezone.now() - timedelta(hours=1)
    why = {"known": "The child minder heard him say it on the telephone.", **boxes("known_at", since)}
    press(browser, f"/work/threat/{second.pk}/sections/reasons/", why)
    assert all_missing(ThreatToLife.objects.get(pk=second.pk)) == []
    assert ThreatToLife.objects.get(pk=threat.pk).known == WHY["known"], "the reasons of the first stand as they were"


def test_every_open_threat_stands_on_the_band_and_the_first_is_not_closed_before_the_second(
    browser: Client, threat: ThreatToLife, ellen: User, ruth: User
) -> None:
    act(browser, threat)
    first = engine.perform(
        ThreatToLife.objects.get(pk=threat.pk), "decide", by=ruth, evidence=DECIDED, seen=threat.version + 2
    )
    second = engine.perform(ThreatToLife(case=threat.case), "raise", by=ellen, evidence={"what": ANOTHER})
    answer = browser.get(threat.case.get_absolute_url())
    page = words(answer)
    assert WHAT in page and ANOTHER in page and "waiting for an inspector" in page
    assert f"/work/threat/{second.pk}/" in answer.content.decode()
    over = {"reason": "He was remanded today; she and her brother were told."}
    with pytest.raises(Refused, match="Another threat to life that was reported beside it is open"):
        engine.perform(first, "close", by=ruth, evidence=over, seen=first.version)
