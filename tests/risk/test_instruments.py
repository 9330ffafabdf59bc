"""The instruments that ship: what each asks, what is counted, and that a set without a score shows no number, ever."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Incident
from risk.models import (
    Answer,
    Assessment,
    Instrument,
    InstrumentUse,
    InstrumentVersion,
    Question,
    RiskDecision,
    Row,
    rows_of,
)
from risk.models.grading import count
from risk.panels import assessments_of, dash_for_review
from risk.services import grading_of
from risk.services.points import points_of
from tests.cast import client_of, text_of
from tests.risk.story import REASONS, answer, begun, fresh, give_reasons, grade

SHIPPED = {
    "dash": ("primary", "count", 27), "ric": ("primary", "count", 24), "frontline": ("primary", "none", 20),
    "merit": ("primary", "weighted", 16), "s-dash": ("follow_on", "none", 11), "h-dash": ("follow_on", "none", 10),
    "ppit": ("add_on", "weighted", 10), "technology": ("add_on", "none", 12), "police-suspect": ("add_on", "none", 9),
    "stalking-screen": ("add_on", "none", 5),
}  # fmt: skip


def in_use(incident: Incident, code: str) -> None:
    instrument = Instrument.objects.get(code=code)
    InstrumentUse.objects.create(
        unit=incident.case.unit, instrument=instrument, valid_from=date(2020, 1, 1), authority="Force order 12"
    )


@pytest.fixture
def frontline(tonight: Incident, ellen: User) -> Assessment:
    in_use(tonight, "frontline")
    return begun(tonight, ellen)


def test_each_instrument_ships_published_with_its_questions(db: None) -> None:
    found = {
        version.instrument.code: (version.instrument.kind, version.scoring, version.questions.count())
        for version in InstrumentVersion.objects.filter(status="published").select_related("instrument")
    }
    assert found == SHIPPED


def test_the_ric_is_the_24_of_the_dash_by_their_keys_in_their_order(db: None) -> None:
    def keys(code: str) -> list[str]:
        rows = Question.objects.filter(version__instrument__code=code, counts_toward__contains=["ric24"])
        return list(rows.order_by("number").values_list("key", flat=True))

    assert keys("ric") == keys("dash") and len(keys("ric")) == 24


@settings(max_examples=25, derandomize=True)
@given(answers=st.lists(st.sampled_from(["yes", "no", "dont_know", "declined", ""]), min_size=24, max_size=24))
def test_a_ric_and_a_dash_with_the_same_answers_have_the_same_count_of_the_24(answers: list[str]) -> None:
    def rows(counted: list[str]) -> list[Row]:
        return [
            Row(Question(number=place, key=f"k{place}", counts_toward=counted), Answer(number=place, value=value))
            for place, value in enumerate(answers, 1)
        ]

    dash, ric = count(rows(["police27", "ric24"])), count(rows(["ric24"]))
    assert (dash.ric_yes, dash.ric_of) == (ric.ric_yes, ric.ric_of) == (answers.count("yes"), 24)
    assert dash.unknown == ric.unknown and ric.of == 0


def test_a_ric_is_graded_by_the_24_and_never_speaks_of_the_27(tonight: Incident, ellen: User) -> None:
    in_use(tonight, "ric")
    ric = begun(tonight, ellen)
    answer(ric, ellen, {number: "yes" if number <= 10 else "no" for number in range(1, 25)})
    give_reasons(ric, ellen)
    text = text_of(client_of(ellen).get(f"/dash/{ric.pk}/"))
    assert "10 of the 24" in text and "of 27" not in text and "0 of 0" not in text
    assert grading_of(fresh(ric), ellen, at=timezone.now()).floor.grade == "medium"


# --- a frontline set: how often, and no score ------------------------------------------------------------------------


def answered_in_full(frontline: Assessment, ellen: User) -> None:
    values = {number: ("often", "Most evenings.") for number in range(1, 16)}
    answer(frontline, ellen, values | {number: ("no", "") for number in range(16, 21)})
    give_reasons(frontline, ellen)


def test_a_frontline_set_asks_how_often_and_wants_words_for_what_happens(frontline: Assessment, ellen: User) -> None:
    page = text_of(client_of(ellen).get(f"/dash/{frontline.pk}/"))
    for words in ("Never", "Occasionally", "Often", "All the time", "Declined"):
        assert words in page
    answer(frontline, ellen, {1: ("often", ""), 2: ("never", ""), 3: ("declined", "")})
    lacking = {row.number: row.lacks_words for row in rows_of(fresh(frontline)) if row.value}
    assert lacking == {1: True, 2: False, 3: False}


def test_an_answer_of_another_scale_is_refused_with_a_sentence(frontline: Assessment, ellen: User) -> None:
    sent = {"seen": frontline.version, "do": "save", "q1": "yes"}
    refused = client_of(ellen).post(f"/dash/{frontline.pk}/", sent)
    assert refused.status_code == 422
    assert "The answer to question 1 must be one of the answers shown" in text_of(refused)


SCORE = re.compile(r"\d+ of (the )?\d+ (points|answers)|\d+ points|answers Yes|of those that partners count")


@pytest.mark.rule("R-03")
def test_a_set_without_a_score_shows_no_score_on_page_review_paper_api_or_ledger(
    frontline: Assessment, tonight: Incident, ellen: User, priya: User
) -> None:
    answered_in_full(frontline, ellen)
    page = text_of(client_of(ellen).get(f"/dash/{frontline.pk}/"))
    assert "This set of questions has no count" in page
    grade(frontline, ellen, "high")
    decision = RiskDecision.objects.get()
    numbers = ("yes_total", "ric_yes", "critical_yes", "unknown_total", "not_asked_total")
    assert all(getattr(decision, name) is None for name in numbers)
    review = dash_for_review(tonight, priya)
    paper = render_to_string(
        "risk/panels/dash_paper.html", {"rows": assessments_of(frontline.case, ellen, timezone.now())}
    )
    shown = [
        page, text_of(client_of(ellen).get(f"/dash/{frontline.pk}/")), paper,
        render_to_string("risk/review.html", {"rows": review}),
        text_of(client_of(ellen).get(frontline.case.get_absolute_url())),
        text_of(client_of(ellen).get(f"/api/v1/assessment/{frontline.pk}/")),
    ]  # fmt: skip
    for text in shown:
        assert not SCORE.search(text), SCORE.search(text)


@settings(max_examples=15, derandomize=True)
@given(values=st.lists(st.sampled_from(["never", "occasionally", "often", "all_the_time", "declined"]), max_size=20))
@pytest.mark.rule("R-03")
def test_no_answers_make_a_count_of_a_set_without_one(values: list[str]) -> None:
    asked = [
        Row(Question(number=place, key=f"k{place}", answer_type="frequency"), Answer(number=place, value=value))
        for place, value in enumerate(values, 1)
    ]
    assert count(asked).yes == count(asked).ric_yes == 0


def test_a_frontline_answer_opens_the_s_dash_by_its_key(frontline: Assessment, ellen: User) -> None:
    from risk.steps import lacking

    answer(frontline, ellen, {6: ("all_the_time", "He waits outside.")})
    assert "S-DASH not done" in lacking(fresh(frontline))
    answer(frontline, ellen, {6: ("never", "")})
    assert "S-DASH not done" not in lacking(fresh(frontline))


# --- a weighted set ---------------------------------------------------------------------------------------------------


@pytest.fixture
def merit(tonight: Incident, ellen: User) -> Assessment:
    in_use(tonight, "merit")
    return begun(tonight, ellen)


def test_points_are_shown_with_their_band_once_the_reasons_are_saved(merit: Assessment, ellen: User) -> None:
    answer(merit, ellen, {number: ("grave", "The worst there is.") for number in range(1, 8)})
    before = text_of(client_of(ellen).get(f"/dash/{merit.pk}/"))
    assert "points" not in before.split("The points are shown when your reasons are saved.")[0].split("<main")[1]
    assert "Gold" not in before
    give_reasons(merit, ellen, REASONS)
    after = text_of(client_of(ellen).get(f"/dash/{merit.pk}/"))
    assert "88 of " in after and "Gold: refer to MARAC" in after


@settings(max_examples=25, derandomize=True)
@given(chosen=st.lists(st.integers(0, 3), min_size=3, max_size=3))
def test_points_are_the_sum_of_what_is_chosen_and_fall_in_the_highest_band_reached(chosen: list[int]) -> None:
    options = [{"code": f"o{points}", "label": "x", "points": points} for points in range(4)]
    asked = [
        Row(
            Question(number=place, key=f"k{place}", answer_type="rating", options=options),
            Answer(number=place, value=f"o{points}"),
        )
        for place, points in enumerate(chosen, 1)
    ]  # fmt: skip
    version = InstrumentVersion(bands=[{"least": 6, "name": "Gold"}, {"least": 3, "name": "Silver"}])
    found = points_of(version, asked)
    assert (found.reached, found.most) == (sum(chosen), 9)
    assert found.band == ("Gold" if sum(chosen) >= 6 else "Silver" if sum(chosen) >= 3 else "")


def test_the_floor_of_a_weighted_set_is_that_of_the_facts(merit: Assessment, tonight: Incident, ellen: User) -> None:
    from tests.risk.story import earlier

    earlier(tonight, ellen, 10, 20, 30)
    give_reasons(merit, ellen)
    found: Any = grading_of(fresh(merit), ellen, at=timezone.now() + timedelta(minutes=1))
    assert found.counts is None and found.floor.grade == "medium"
