"""Positive action: ticked on one page, each a row, endorsed by whoever checks the record; none needs a reason (A.8)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases.models import ActionTaken, Incident
from cases.steps.action import actions_lack
from tests.cases.ellens import browser as browser
from tests.cases.recording import hidden, press, section, words
from tests.factories import acted, checked, complete, decided, suspected
from workflow import engine
from workflow.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(ellen: User, nr3: Any) -> Incident:
    """Everyone safe; Daniel Reeve had left."""
    record = suspected(ellen)
    decided(record, ellen, arrested=False)
    return Incident.objects.get(pk=record.pk)


def kinds(incident: Incident) -> list[str]:
    return sorted(ActionTaken.objects.standing().filter(incident=incident).values_list("kind", flat=True))


def tick(browser: Client, incident: Incident, *actions: str, **more: Any) -> Any:
    url = section(incident, "done")
    page = browser.get(url).content.decode()
    shown = page.split('name="shown" value="')[1].split('"')[0] if 'name="shown" value="' in page else ""
    return browser.post(url, {**hidden(page), "shown": shown, "actions": list(actions), **more})


@pytest.mark.requirement("S3-101")
def test_what_was_done_is_ticked_on_one_page_and_each_is_a_row_with_its_officer_and_time(
    browser: Client, incident: Incident, ellen: User
) -> None:
    offered = browser.get(section(incident, "done")).content.decode()
    for code in (
        "arrest",
        "notice",
        "removed",
        "refuge",
        "device",
        "marker",
        "child_referral",
        "adult_referral",
        "none",
    ):
        assert f'name="actions" value="{code}"' in offered
    assert tick(browser, incident, "refuge", "locks", "support").status_code == 302
    assert kinds(incident) == ["locks", "refuge", "support"]
    row = ActionTaken.objects.get(kind="refuge")
    assert (row.recorded_by, row.at) == (ellen, row.recorded_at)


def test_a_tick_taken_away_strikes_its_row_out_and_nothing_is_deleted(browser: Client, incident: Incident) -> None:
    tick(browser, incident, "refuge", "locks")
    tick(browser, incident, "locks", "marker")
    assert kinds(incident) == ["locks", "marker"]
    assert ActionTaken.objects.get(kind="refuge").struck_out_at is not None


def test_what_another_officer_ticked_meanwhile_stays(browser: Client, incident: Incident, ellen: User) -> None:
    page = browser.get(section(incident, "done")).content.decode()
    acted(incident, ellen, "marker")
    browser.post(section(incident, "done"), {**hidden(page), "shown": "", "actions": ["locks"]})
    assert kinds(incident) == ["locks", "marker"]


@pytest.mark.requirement("S4-004")
def test_nothing_done_needs_a_reason_and_the_sergeant_sees_it_first(
    browser: Client, ellen: User, priya: User, sign_in: Any
) -> None:
    incident = complete(ellen, arrested=False)
    assert tick(browser, incident, "none").status_code == 302
    assert actions_lack(Incident.objects.get(pk=incident.pk)) == ["Say why nothing was done"]
    why = "She had left the town with her sister before we came; nothing could be offered tonight."
    tick(browser, incident, "none", no_action_reason=why)
    now = Incident.objects.get(pk=incident.pk)
    assert actions_lack(now) == []
    engine.perform(now, "submit", by=ellen, evidence={"note": ""}, seen=now.version)
    page = words(sign_in(priya).get(f"/work/incident/{incident.pk}/decide/record/"))
    assert why in page and page.index("No positive action.") < page.index("Who was there")


def test_silence_is_not_none(incident: Incident) -> None:
    assert actions_lack(incident) == ["Choose what was done, or None"]


def test_none_and_something_together_are_refused_and_what_was_typed_is_kept(
    browser: Client, incident: Incident
) -> None:
    answer = tick(browser, incident, "none", "locks", no_action_reason="Nothing could be done tonight.")
    assert answer.status_code == 422
    assert words(answer).count("Choose None, or what was done, not both") == 2
    assert Draft.objects.get(path=section(incident, "done")).data["no_action_reason"] == [
        "Nothing could be done tonight."
    ]
    assert kinds(incident) == []


def test_an_arrest_is_ticked_already_and_one_that_nobody_made_is_refused(
    browser: Client, incident: Incident, ellen: User
) -> None:
    assert "Nobody is said to be arrested" in words(tick(browser, incident, "arrest"))
    Draft.objects.all().delete()
    row = incident.arrest_decisions.get()
    said = {"arrested": "yes", "codes": [], "why": "", "arrested_at": incident.reported_at}
    engine.amend(row, said, beneath=incident, by=ellen, seen=row.version)
    page = browser.get(section(incident, "done")).content.decode()
    ticked = page.split('name="actions" value="arrest"')[1].split(">")[0]
    assert "checked" in ticked
    assert tick(browser, incident, "arrest").status_code == 302


def test_details_are_added_to_a_row_accepted_or_declined(browser: Client, incident: Incident) -> None:
    tick(browser, incident, "refuge")
    row = ActionTaken.objects.get(kind="refuge")
    url = f"/work/incident/{incident.pk}/rows/action/{row.pk}/"
    said = {
        "kind": "refuge",
        "answer": "declined",
        "what": "Place found in Southmere; she wants to stay near the school.",
    }
    assert press(browser, url, said).status_code == 302
    page = words(browser.get(section(incident, "done")))
    assert "Declined" in page and said["what"] in page


@pytest.mark.requirement("S2-003")
def test_checking_the_record_endorses_what_was_done_by_name_and_time(ellen: User, priya: User, sign_in: Any) -> None:
    incident = checked(ellen, priya)
    row = ActionTaken.objects.get(incident=incident)
    assert (row.get_kind_display(), row.recorded_by, row.endorsed_by) == ("Arrest", ellen, priya)
    assert row.endorsed_at is not None
    assert "Endorsed by PS 4471 Nair" in words(sign_in(ellen).get(section(incident, "done")))
    case = incident.case
    assert "Endorsed by PS 4471 Nair" in words(sign_in(ellen).get(f"{case.get_absolute_url()}?panel=done"))
    now = engine.perform(
        incident, "correct", by=ellen, evidence={"reason": "A detail was wrong."}, seen=incident.version
    )
    acted(now, ellen, "locks")
    assert ActionTaken.objects.get(kind="locks").endorsed_by is None, "what came later was not endorsed"
