"""What bad input gets: a sentence beside the field and at the top, everything typed kept, 422. Never a 500."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Incident
from tests.cases.ellens import browser as browser
from tests.cases.recording import boxes, made_safe, press, save, section, words
from workflow.models import Draft

LAST_WEEK = timezone.now().replace(hour=12, minute=20, second=0, microsecond=0) - timedelta(days=7)


@pytest.fixture
def incident(browser: Client) -> Incident:
    """Reported a week ago, on a day with nothing odd about it, and everyone safe."""
    begun = made_safe(browser, LAST_WEEK)
    begun.refresh_from_db()
    return begun


def day_of(moment: Any, **more: str) -> dict[str, str]:
    return {**boxes("occurred_from", moment), **more}


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("happened", {"account": "x" * 8001}, "What happened must be 8000 characters or fewer"),
    ("happened", {"account": "He pushed her\x00 and held her neck."}, "characters in it that cannot be seen"),
    ("happened", {"account": "He pushed \u202eher against the wall."}, "characters in it that cannot be seen"),
    ("happened", {"account": "He hit her"}, "Say what happened, in at least one sentence"),
    ("happened", {"weapon": "sword"}, "must be one of the answers shown"),
    ("place", {"place": "x" * 301}, "Address or place must be 300 characters or fewer"),
    ("place", {"place": "12 \x07Mill Lane"}, "characters in it that cannot be seen"),
    ("place", {"postcode": "NR3"}, "Enter a full postcode"),
    ("kinds", {"abuse_types": ["physical", "rudeness"]}, "must be among the answers shown"),
    ("safe", {"everyone_safe": "no", "made_safe": "Patrol outside."}, "Say who is unsafe, and why"),
    ("safe", {"made_safe": "Patrol outside."}, "Say whether everyone is safe"),
    ("report", {"channel": "999"}, "Say when it was reported"),
]


@pytest.mark.parametrize(
    ("name", "said", "sentence"), BAD, ids=[f"{name}-{number}" for number, (name, _, _) in enumerate(BAD)]
)
def test_a_sentence_stands_in_the_summary_and_beside_the_field_and_what_was_typed_is_kept(
    browser: Client, incident: Incident, name: str, said: dict[str, Any], sentence: str
) -> None:
    answer = save(browser, incident, name, **said)
    assert answer.status_code == 422
    page = words(answer)
    assert "There is a problem" in page
    assert page.count(sentence) == 2
    kept = Draft.objects.get(path=section(incident, name)).data
    typed = {key: value if isinstance(value, list) else [value.replace("\x00", "")] for key, value in said.items()}
    assert {key: kept[key] for key in typed} == typed
    again = browser.get(section(incident, name))
    assert again.status_code == 200
    before = {key: getattr(incident, key) for key in said}
    incident.refresh_from_db()
    assert {key: getattr(incident, key) for key in said} == before


IMPOSSIBLE: list[tuple[dict[str, str], str]] = [
    (
        {
            "occurred_from_day": "31",
            "occurred_from_month": "2",
            "occurred_from_year": "2026",
            "occurred_from_time": "10:00",
        },
        "Time it happened must be a real date",
    ),
    (
        {
            "occurred_from_day": "3",
            "occurred_from_month": "2",
            "occurred_from_year": "2026",
            "occurred_from_time": "25:61",
        },
        "Time it happened must have a time on the 24-hour clock",
    ),
    (
        {
            "occurred_from_day": "3",
            "occurred_from_month": "",
            "occurred_from_year": "2026",
            "occurred_from_time": "10:00",
        },
        "Time it happened must include a month",
    ),
    (
        {
            "occurred_from_day": "29",
            "occurred_from_month": "3",
            "occurred_from_year": "2026",
            "occurred_from_time": "01:30",
        },
        "hour that the clocks skipped",
    ),
    (day_of(timezone.now() + timedelta(days=2)), "Time it happened must be in the past"),
    (day_of(LAST_WEEK + timedelta(minutes=110)), "Time it happened must be before the call at 12:20"),
    (day_of(LAST_WEEK + timedelta(days=1)), "Time it happened must be before the call on"),
    (
        {**day_of(LAST_WEEK - timedelta(hours=1)), **boxes("occurred_to", LAST_WEEK - timedelta(hours=2))},
        "Time it ended must be after it happened at 11:20",
    ),
]


@pytest.mark.parametrize(("said", "sentence"), IMPOSSIBLE, ids=range(len(IMPOSSIBLE)))
def test_impossible_future_and_out_of_order_times_are_refused_by_name(
    browser: Client, incident: Incident, said: dict[str, str], sentence: str
) -> None:
    answer = press(browser, section(incident, "happened"), {**said, "account": "He pushed past her and held her neck."})
    assert answer.status_code == 422
    assert words(answer).count(sentence) == 2
    assert said["occurred_from_time"] in answer.content.decode()
    assert "He pushed past her" in answer.content.decode()


def test_a_report_in_the_future_begins_nothing(browser: Client) -> None:
    said = {**boxes("reported_at", timezone.now() + timedelta(hours=3)), "channel": "999"}
    answer = press(browser, "/incidents/new/", said)
    assert answer.status_code == 422
    assert "Time of the report must be in the past" in words(answer)
    assert not Incident.objects.exists()


def test_what_stays_closed_beneath_an_answer_is_not_kept(browser: Client, incident: Incident) -> None:
    save(browser, incident, "happened", weapon="no", weapon_what="A knife")
    incident.refresh_from_db()
    assert (incident.weapon, incident.weapon_what) == ("no", "")


def test_nonsense_in_hidden_fields_is_no_error_of_ours(browser: Client, incident: Incident) -> None:
    for seen in ("abc", "", "9" * 30, "-1"):
        answer = browser.post(section(incident, "place"), {"place": f"Mill Lane {seen}", "seen": seen})
        assert answer.status_code in (302, 409)
    for address in (
        "/work/incident/999999/",
        "/incidents/999999/people/victim/",
        f"/incidents/{incident.pk}/people/cousin/",
    ):
        assert browser.get(address).status_code == 404


def test_too_long_a_form_is_not_kept_and_still_answered(browser: Client, incident: Incident) -> None:
    assert save(browser, incident, "happened", account="x" * 250_000).status_code == 422
    assert not Draft.objects.filter(path=section(incident, "happened")).exists()


def test_a_draft_with_characters_the_database_refuses_is_kept_without_them(browser: Client, incident: Incident) -> None:
    answer = browser.post("/kept/", {"kept_path": section(incident, "place") + "\x00", "place": "Mill\x00 Lane"})
    assert answer.status_code == 200
    assert Draft.objects.get(path=section(incident, "place")).data["place"] == ["Mill Lane"]
