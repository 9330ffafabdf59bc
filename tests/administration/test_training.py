"""Training: what somebody has passed counts from a day to a day, and a DASH by somebody without it is flagged (R-02)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Training, Unit, User
from cases.models import Incident
from tests import factories
from tests.cases.recording import words
from tests.cast import client_of, person, take
from tests.risk.further import answer_set, follow
from workflow.models import Refusal, Refused

FLAG = "had no current DASH training"


@pytest.fixture
def lena(force: Unit) -> User:
    """The training lead."""
    return person("Training lead", "8500", "Lena Holt", ("training_lead", force))


def today() -> date:
    return timezone.localdate()


def passed(by: User, who: User, ago: int = 30, lasts: int | None = 365, course: str = "dash") -> Training:
    on = today() - timedelta(days=ago)
    until = (on + timedelta(days=lasts)).isoformat() if lasts is not None else ""
    said = {"person": who.collar_number, "course": course, "passed_on": on.isoformat(), "valid_until": until}
    made: Training = take(Training(), "record", by, **said)
    return made


def shown(incident: Incident, sergeant: User) -> str:
    return words(client_of(sergeant).get(f"/work/incident/{incident.pk}/decide/record/"))


@pytest.mark.rule("R-02")
def test_an_assessment_without_current_training_is_flagged_for_the_supervisor(
    ellen: User, priya: User, lena: User
) -> None:
    """R-02: flagged, not refused: a victim is assessed whoever stands there."""
    incident = factories.sent(ellen)
    assert FLAG in shown(incident, priya) and "PC 2877 Ellen Marsh, who had no" in shown(incident, priya)
    passed(lena, ellen)
    assert FLAG not in shown(incident, priya)


def test_a_dash_and_its_further_set_are_flagged_once_and_the_grade_is_raised_in_one_place(
    ellen: User, priya: User
) -> None:
    incident = factories.complete(ellen)
    answer_set(follow(incident.assessments.get(), ellen, "technology"), ellen)
    take(Incident.objects.get(pk=incident.pk), "submit", ellen, note="")
    page = shown(incident, priya)
    assert page.count(FLAG) == 1
    assert "Technology: " in page and page.count("Raise the grade") == 1


@pytest.mark.parametrize(
    ("ago", "lasts", "course", "counts"),
    [
        (30, 365, "dash", True),
        (30, None, "dash", True),
        (400, 365, "dash", False),
        (30, 365, "stalking", False),
        (0, 0, "dash", True),
    ],
)
def test_it_counts_from_the_day_it_was_passed_to_its_last_day_and_for_its_own_course(
    ago: int, lasts: int | None, course: str, counts: bool, ellen: User, lena: User
) -> None:
    passed(lena, ellen, ago, lasts, course)
    assert (Training.objects.lacking("dash", [ellen.pk], today()) == set()) == counts
    assert Training.objects.lacking("dash", [ellen.pk], today() - timedelta(days=500)) == {ellen.pk}


def test_one_recorded_wrongly_is_corrected_or_struck_out_and_kept(ellen: User, lena: User) -> None:
    row = passed(lena, ellen)
    ended = {"passed_on": "2024-01-10", "valid_until": "2025-01-09", "reason": "The certificate says 2024."}
    row = take(row, "correct", lena, **ended)
    assert Training.objects.lacking("dash", [ellen.pk], today()) == {ellen.pk}
    row = take(row, "strike", lena, reason="It is another officer of that name.")
    assert row.state == "struck" and Training.objects.filter(pk=row.pk).exists()
    page = words(client_of(lena).get(f"/administration/training/{ellen.pk}/"))
    assert "Struck out" in page and "PC 2877 Ellen Marsh" in page


def test_nobody_records_or_corrects_their_own_and_no_day_lies_ahead(ellen: User, lena: User, force: Unit) -> None:
    with pytest.raises(Refused, match="Somebody else records"):
        passed(lena, lena)
    with pytest.raises(Refused) as refused:
        passed(ellen, ellen)
    assert refused.value.kind is Refusal.ROLE
    for ago, lasts in ((-1, 365), (30, -1)):
        with pytest.raises(Refused) as refused:
            passed(lena, ellen, ago, lasts)
        assert refused.value.kind is Refusal.FORM


def test_the_page_lists_who_may_assess_risk_with_what_counts_and_only_those_without(
    ellen: User, tom: User, priya: User, lena: User, stranger: User
) -> None:
    passed(lena, ellen)
    passed(lena, tom, 400, 365)
    browser = client_of(lena)
    page = words(browser.get("/administration/training/"))
    assert "PC 2877 Ellen Marsh" in page and "Current" in page and "Run out" in page and "Petra Lund" not in page
    lacking = words(browser.get("/administration/training/?lacking=yes"))
    assert "Ellen Marsh" not in lacking and "Tom Ashdown" in lacking and "Priya Nair" in lacking
    assert "Stalking" in words(browser.get("/administration/training/?course=stalking"))
    assert client_of(ellen).get("/administration/training/").status_code == 403
    assert client_of(ellen).get(f"/administration/training/{tom.pk}/").status_code == 404
    assert browser.get("/administration/training/999999/").status_code == 404


def test_the_page_costs_the_same_for_one_person_and_for_fifty_and_leaves_nobody_out(nr3: Unit, lena: User) -> None:
    browser = client_of(lena)
    person("PC", "9001", "Ada Ash", ("officer", nr3))
    browser.get("/administration/training/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/administration/training/")
    for number in range(30):
        passed(lena, person("PC", f"9{number + 100}", "Ada Beck", ("officer", nr3)))
    with CaptureQueriesContext(connection) as many:
        first = browser.get("/administration/training/").content.decode()
    assert len(many) == len(few), [query["sql"][:120] for query in many]
    query = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = browser.get("/administration/training/" + query).content.decode()
    seen = [number for number in range(100, 130) if f"PC 9{number} " in first + second]
    assert len(seen) == 30 and not [
        number for number in seen if f"PC 9{number} " in first and f"PC 9{number} " in second
    ]
