"""Body-worn video: each officer who attended has a line, whoever leads watches it, and its use is a list by team."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Footage, Incident
from cases.services.video import use_by_team
from tests import factories
from tests.cases import files
from tests.cases.recording import made_safe, press, words
from tests.cast import client_of
from workflow import engine


def add_officer(browser: Client, incident: Incident, **said: str) -> Any:
    return press(browser, f"/work/incident/{incident.pk}/rows/footage/", said)


@pytest.mark.requirement("S2-029")
def test_each_officer_who_attended_has_a_line(ellen: User, tom: User, ikande: User, nr3: Unit, nr4: Unit) -> None:
    browser = client_of(ellen)
    incident = made_safe(browser)
    assert add_officer(browser, incident, officer="2208", used="yes", ref="BW-2208-3").status_code == 302
    assert add_officer(browser, incident, officer="3920", used="no", why_not="plain_clothes").status_code == 302
    rows = {row.officer: (row.used, row.why_not, row.unit) for row in Footage.objects.all()}
    assert rows == {tom: ("yes", "", nr3), ikande: ("no", "plain_clothes", nr4)}
    page = words(browser.get(f"/work/incident/{incident.pk}/sections/evidence/"))
    assert "Tom Ashdown" in page and "Add an officer who attended" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"officer": "9999", "used": "yes"}, "Nobody who works here has that collar number"),
        ({"officer": "", "used": "yes"}, "Say which officer"),
        ({"officer": "2208"}, "Say whether they used body-worn video"),
        ({"officer": "2208", "used": "no"}, "Choose why no body-worn video was used"),
        ({"officer": "2877", "used": "yes"}, "Your own video is asked for in the section itself"),
    ],
)
def test_a_line_without_what_makes_it_one_is_returned_with_a_sentence(
    said: dict[str, str], sentence: str, ellen: User, tom: User
) -> None:
    browser = client_of(ellen)
    incident = made_safe(browser)
    answer = add_officer(browser, incident, **said)
    assert answer.status_code == 422 and sentence in words(answer)


def test_an_officer_is_in_the_list_once(ellen: User, tom: User) -> None:
    browser = client_of(ellen)
    incident = made_safe(browser)
    add_officer(browser, incident, officer="2208", used="yes")
    answer = add_officer(browser, incident, officer="2208", used="yes")
    assert answer.status_code == 422 and "in the list already" in words(answer)


def test_a_supervisor_says_that_they_watched_the_video(sent_record: Incident, priya: User) -> None:
    said = {"bwv_watched_words": "Shows her account at the door; well asked."}
    done = engine.perform(sent_record, "watch-video", by=priya, evidence=said, seen=sent_record.version)
    assert done.bwv_watched_by == priya and done.bwv_watched_at


@pytest.mark.requirement("S2-029")
def test_use_of_video_is_a_list_by_team_and_reason_with_what_it_is_divided_by(
    complete_record: Incident, ellen: User, tom: User, ikande: User, priya: User, ruth: User, nr4: Unit
) -> None:
    """Every attendance says used, not used and why, or nothing; a supervisor reads the share of their own teams."""
    said = {"bwv_used": "no", "bwv_why_not": "fault", "bwv_ref": ""}
    engine.amend(complete_record, said, by=ellen, seen=complete_record.version)
    files.attended(complete_record, ellen, tom)
    engine.add(
        Footage(incident=complete_record, officer=ikande, unit=nr4, used="no", why_not="objected"),
        beneath=complete_record, by=ellen,
    )  # fmt: skip
    factories.begun(ellen)  # nobody has said anything of this one
    since = timezone.now() - timedelta(days=28)
    three, four = use_by_team(ruth, since)
    assert (three.name, three.attended, three.used, three.unknown, three.share) == ("Northgate Response 3", 3, 1, 1, 33)
    assert three.reasons_said == [("Fault", 1)]
    assert (four.attended, four.used, four.reasons_said) == (1, 0, [("The person harmed objected", 1)])
    page = words(client_of(priya).get("/body-worn-video/"))
    assert "1 of 3, 33%" in page and "Fault: 1" in page
    assert client_of(ellen).get("/body-worn-video/").status_code == 403


def test_the_list_of_video_counts_only_ones_own_work(complete_record: Incident, ikande: User) -> None:
    assert use_by_team(ikande, timezone.now() - timedelta(days=28)) == []
