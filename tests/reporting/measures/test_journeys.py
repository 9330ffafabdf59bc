"""Whatever the force: stages, reasons, waits, harm after an action and the movement of risk are what somebody would count."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings

from accounts.models import Unit, User
from cases.models import Case
from reporting.charts.waiting import Wait, counted, kaplan_meier
from reporting.measures.declare import MEASURES
from reporting.measures.journeys import STAGES, movement_of
from reporting.measures.reckon import Question, Window, ask
from reporting.measures.times import by_day
from safeguarding.models import OnwardReferral
from tests.cast import client_of, text_of
from tests.reporting.measures import oracle, oracle_journeys
from tests.reporting.measures.generated import FORCE, NOW, plant
from tests.reporting.measures.test_figures import WINDOWS, window_of

pytestmark = pytest.mark.django_db
PLAIN = settings(
    max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
#: A report with nothing beside it: what a test needs is put in.
BARE: dict[str, Any] = {
    "unit": 0, "days": 40, "victim": 1, "suspect": 0, "no_abuse": False, "struck": False, "restricted": False, "crimes": [],
    "arrest": None, "charge": None, "verdict": None, "dash": None, "grade": "high", "later": None, "action": None, "bwv": "",
    "police": False, "due": None, "dropped": False, "plan": None, "refused": False,
}  # fmt: skip
CRIME: dict[str, Any] = {"cancelled": False, "struck": False, "hours": 1, "named": True, "outcomes": []}
AUTUMN = "from=2026-09&to=2026-11"  # of the generated force, which tells of the days before its own now


@PLAIN
@given(drawn=FORCE, further=oracle_journeys.FURTHERS, back=WINDOWS)
def test_each_stage_reason_action_and_movement_is_what_is_counted_by_hand(
    drawn: Any, further: Any, back: Any, nr3: Unit, nr4: Unit, sr1: Unit, northgate: Unit, ellen: User
) -> None:
    window = window_of(back)
    with transaction.atomic():
        told = plant(drawn, [nr3, nr4, sr1], ellen)
        oracle_journeys.tell_further(told, further, ellen)
        for unit, units in ((None, None), (northgate, {0, 1}), (sr1, {2})):
            by_hand = oracle.Window(window.begins, window.ends, units)
            figures(told, window, by_hand, unit)
            reasons(told, window, by_hand, unit)
            actions(told, window, by_hand, unit)
            moved = movement_of(Question(MEASURES["M24"], window, unit=unit))
            assert vars_of(moved) == oracle_journeys.moved(told, by_hand)
        transaction.set_rollback(True)


def vars_of(moved: Any) -> dict[str, Counter[Any]]:
    return {"now": moved.now, "peak": moved.peak, "closed": moved.closed}


def figures(told: Any, window: Window, by_hand: Any, unit: Unit | None) -> None:
    answers = {code: ask(Question(MEASURES[code], window, unit=unit)) for code, _ in oracle_journeys.JOURNEYS}
    for (code, part), reckoned in oracle_journeys.JOURNEYS.items():
        value = answers[code].value(part)
        assert (value.some, value.whole) == reckoned(told, by_hand), (code, part, unit)


def reasons(told: Any, window: Window, by_hand: Any, unit: Unit | None) -> None:
    question = Question(MEASURES["M18"], window, unit=unit)
    for stage in STAGES:
        if stage.lost is not None:
            assert stage.lost(question) == oracle_journeys.REASONS[stage.part](told, by_hand), stage.label


def actions(told: Any, window: Window, by_hand: Any, unit: Unit | None) -> None:
    answer = ask(Question(MEASURES["M23"], window, "action", unit))
    for action in oracle_journeys.ACTIONS:
        for days in (30, 90, 365):
            value = answer.value(f"{days}-days", None, action)
            ahead = answer.value(f"{days}-days-ahead", None, action).some
            found = oracle_journeys.harmed_again(told, by_hand, days, action)
            assert (value.some, value.whole, ahead) == found, (action, days)


@PLAIN
@given(drawn=FORCE, back=WINDOWS)
def test_the_waits_are_those_of_each_one_and_whoever_waits_still_is_not_left_out(
    drawn: Any, back: Any, nr3: Unit, nr4: Unit, sr1: Unit, northgate: Unit, ellen: User
) -> None:
    window = window_of(back)
    with transaction.atomic():
        told = plant(drawn, [nr3, nr4, sr1], ellen)
        for unit, units in ((None, None), (northgate, {0, 1})):
            by_hand = oracle.Window(window.begins, window.ends, units)
            for took in MEASURES["M19"].took:
                if took.label not in ("from arrest to charge", "from report to charge", "from report to arrest"):
                    continue
                waits = oracle_journeys.waits(told, by_hand, took.label)
                days = by_day(took, Question(MEASURES["M19"], window, unit=unit), NOW).get("", [])
                spread = Counter(
                    pair for day, came, left in days for pair in [(day, True)] * came + [(day, False)] * left
                )
                assert spread == Counter(waits), took.label
                curve = counted(days)
                for day in (0, 3, 28, 365):
                    assert float(curve.waiting_after(day)) == pytest.approx(oracle_journeys.still_waiting(waits, day))
        transaction.set_rollback(True)


def test_waits_counted_by_day_give_the_same_curve_as_one_by_one() -> None:
    waits = [Wait(3, True), Wait(3, False), Wait(9, True), Wait(12, False)]
    assert counted([(3, 1, 1), (9, 1, 0), (12, 0, 1)]) == kaplan_meier(waits)
    with pytest.raises(ValueError, match="before it begins"):
        counted([(-1, 1, 0)])


def test_the_first_contact_by_an_adviser_counts_from_the_referral(hannahs_case: Case, ellen: User) -> None:
    now = timezone.now()
    mine: dict[str, Any] = {"case": hannahs_case, "recorded_by": ellen, "state": "ended", "outcome": "helped"}
    for kind, spoken in (("idva", timedelta(days=2)), ("idva", None), ("housing", timedelta(days=1))):
        sent = now - timedelta(days=10)
        OnwardReferral.objects.create(
            **mine, kind=kind, sent_at=sent, contact_at=sent + spoken if spoken is not None else None
        )
    took = next(one for one in MEASURES["M19"].took if one.label.startswith("from referral"))
    window = Window(now.date() - timedelta(days=30), now.date() + timedelta(days=1))
    assert by_day(took, Question(MEASURES["M19"], window), now)[""] == [(2, 1, 0), (10, 0, 1)]


@pytest.mark.requirement("S3-165")
def test_the_funnel_says_each_stage_why_and_which_facts_are_missing(nr3: Unit, ellen: User, ari: User) -> None:
    charged = {"code": "1", "days": 3, "settled": True, "support": "yes"}
    plant(
        [
            BARE,
            BARE | {"crimes": [CRIME | {"named": False}]},
            BARE | {"crimes": [CRIME]},
            BARE | {"crimes": [CRIME | {"outcomes": [charged]}], "arrest": 2},
        ],
        [nr3],
        ellen,
    )
    page = text_of(client_of(ari).get(f"/figures/m18/?{AUTUMN}"))
    assert "Of every 100 at “Reported”, 25.0 got to “Charged or summonsed”" in page
    for stage in ("Reported", "Recorded as a crime", "Suspect named", "Arrested", "Sent to the CPS", "Convicted"):
        assert f'class="govuk-table__header">{stage}</th>' in page, stage
    assert page.count("no data yet") == 2 and "is not linked to a crime here" in page
    for reason in ("No reason was recorded", "No outcome yet", "Suspect had left; attempts to arrest go on"):
        assert reason in page


@pytest.mark.requirement("S2-015", "S3-023")
def test_whoever_has_not_been_followed_for_the_whole_time_stands_apart_by_action(
    nr3: Unit, ellen: User, ari: User
) -> None:
    today = (timezone.now() - NOW).days  # the days of the generated force count from its own now
    drawn = [
        BARE | {"action": "support", "days": days - today, "victim": victim}
        for days, victim in ((400, 0), (390, 0), (20, 1))
    ]
    plant(drawn, [nr3], ellen)
    address = f"/figures/m23/?by=action&from={timezone.localdate().year - 3}-01&to={timezone.localdate():%Y-%m}"
    page = text_of(client_of(ari).get(address))
    assert "Specialist support, 365 days" in page and "Not yet" in page
    answer = ask(Question(MEASURES["M23"], Window(NOW.date() - timedelta(days=900), timezone.localdate()), "action"))
    value, ahead = answer.value("365-days", None, "support"), answer.value("365-days-ahead", None, "support")
    assert (value.some, value.whole, ahead.some) == (1, 2, 1)


@pytest.mark.requirement("S3-067")
def test_the_movement_of_risk_is_shown_from_the_first_grade_to_now_to_the_highest_and_at_close(
    nr3: Unit, ellen: User, ari: User
) -> None:
    plant(
        [BARE | {"dash": 1, "grade": "high", "later": "medium"}, BARE | {"dash": 1, "grade": "standard"}], [nr3], ellen
    )
    page = text_of(client_of(ari).get(f"/figures/m24/?{AUTUMN}"))
    assert "First grade and grade now: of 2, 1 stayed, 0 went up, 1 went down" in page
    assert "First grade and highest since: of 2, 2 stayed" in page
    assert "First grade and grade at close, of closed cases" in page


@pytest.mark.parametrize("by", ["", "risk", "team"])
def test_the_page_of_times_draws_the_one_that_is_asked_for(by: str, nr3: Unit, ellen: User, ari: User) -> None:
    plant([BARE | {"arrest": 2, "charge": 5}, BARE | {"arrest": 2}, BARE], [nr3], ellen)
    page = client_of(ari).get(f"/figures/m19/?time=from-arrest-to-charge&by={by}&{AUTUMN}")
    words = text_of(page)
    assert page.status_code == 200 and "From arrest to charge, days" in words and "1 of 2 not reached" in words
    assert "M07" in words, "a measure of speed is read with one of quality"
    assert client_of(ari).get("/figures/m19/?time=nonsense").status_code == 422
