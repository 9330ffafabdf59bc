"""Whatever happened around the reports: each figure of it is what somebody would count by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Unit, User
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Question, Window, ask
from reporting.outside.cells import after
from tests.reporting.measures import oracle, oracle_around, oracle_outside
from tests.reporting.measures.around import law, outside, partners, service
from tests.reporting.measures.around.planter import Planter
from tests.reporting.measures.comparing import agrees, compare, compare_times
from tests.reporting.measures.generated import FORCE, NOW, plant
from tests.reporting.measures.test_figures import PLAIN, WINDOWS, window_of

pytestmark = pytest.mark.django_db
Units = list[tuple[Unit | None, set[int] | None]]
#: What was drawn, how it is written down, and the table that reckons it by hand.
STORIES: dict[str, tuple[Any, Any, Any]] = {
    "course": (law.COURSES, law.course, oracle_around.LAW),
    "releases": (law.RELEASES, law.release, oracle_around.RELEASES),
    "clocks": (law.CLOCKS, law.clock, oracle_around.CLOCKS),
    "loads": (law.LOADS, law.load, oracle_around.LOADS),
    "marac": (partners.REFERRALS, partners.referral, oracle_around.MARAC),
    "highs": (partners.HIGHS, partners.high, oracle_around.HIGHS),
    "clares-law": (partners.CONSIDERATIONS, partners.consideration, oracle_around.CLARES_LAW),
    "schools": (partners.NOTICES, partners.notice, oracle_around.SCHOOLS),
    "calls": (service.CALLS, service.call, oracle_around.CALLS),
    "surveys": (service.SURVEYS, service.survey, oracle_around.SURVEYS),
    "partners": (service.PARTNERS_SAID, service.partner, oracle_around.PARTNERS),
    "checks": (service.CHECKS, service.check, oracle_around.CHECKS),
    "training": (service.TRAINED, service.assessed, oracle_around.TRAINED),
}
#: What must be there first.
BEFORE = {
    "marac": partners.forums, "highs": partners.forums, "surveys": service.surveys, "partners": service.partners,
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
@PLAIN
@given(data=st.data(), back=WINDOWS)
def test_each_measure_around_the_reports_is_what_is_counted_by_hand(
    story: str,
    data: st.DataObject,
    back: tuple[int, int],
    nr3: Unit,
    nr4: Unit,
    sr1: Unit,
    northgate: Unit,
    ellen: User,
    priya: User,
) -> None:
    strategy, write, by_hand = STORIES[story]
    window = window_of(back)
    with transaction.atomic():
        planter = Planter([nr3, nr4, sr1], ellen, priya)
        if story in BEFORE:
            BEFORE[story](planter)
        told = planter.each(data.draw(strategy), write, "disclosure" if story == "clares-law" else "investigation")
        for unit, units in ((None, None), (northgate, {0, 1}), (sr1, {2})):
            when = oracle.Window(window.begins, window.ends, units)
            compare(by_hand, told, when, window, unit)
            if story == "clares-law":
                compare_times(oracle_around.TOOK, told, when, window, unit)
        transaction.set_rollback(True)


SPANS = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda ends: (min(ends), max(ends)))


@PLAIN
@given(drawn=FORCE, given_=outside.GIVEN, span=SPANS, in_part=st.booleans())
def test_what_others_count_is_of_whole_months_and_areas_or_it_is_not_known(
    drawn: list[dict[str, Any]], given_: list[dict[str, Any]], span: tuple[int, int], in_part: bool,
    force: Unit, northgate: Unit, southmere: Unit, nr3: Unit, nr4: Unit, sr1: Unit, ellen: User, priya: User,
) -> None:  # fmt: skip
    """`in_part`: the window ends in the middle of a month, of which others say nothing."""
    months = [after(date(2026, 6, 1), nth) for nth in range(4)]
    last = date.fromordinal(after(months[span[1]], 1).toordinal() - (5 if in_part else 1))
    window, wanted = Window(months[span[0]], last), range(span[0], span[1] + 1)
    with transaction.atomic():
        told = plant(drawn, [nr3, nr4, sr1], ellen)
        outside.outside(Planter([nr3, nr4, sr1], ellen, priya), given_, months, [force, northgate, southmere, sr1])
        for unit, units, area in ((None, None, 0), (northgate, {0, 1}, 1), (sr1, {2}, 3)):
            when = oracle.Window(window.begins, window.ends, units)
            for (code, part), pair in by_hand_of_others(told, given_, when, wanted, area, in_part=in_part).items():
                value = ask(Question(MEASURES[code], window, unit=unit)).value(part)
                lacks = None in pair[: 2 if MEASURES[code].part(part).of else 1]
                if lacks:
                    assert value.lacking == "not brought in" == value.shown and value.rate is None, (code, part, unit)
                else:
                    assert agrees(value, pair), (code, part, unit, value, pair)
        transaction.set_rollback(True)


def by_hand_of_others(
    told: list[Any], given_: list[dict[str, Any]], when: oracle.Window, months: range, area: int, *, in_part: bool
) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    def others(*figures: str, violence: bool | None = None) -> int | None:
        return None if in_part else oracle_outside.of_window(given_, figures, months, area, violence)

    found: dict[tuple[str, str], tuple[int | None, int | None]] = {
        key: (others(*some), others(*of) if of else None) for key, (some, of) in oracle_outside.CPS.items()
    }
    ours = oracle.crimes(told, when)
    found["M04", "all"] = (len(ours), others("recorded", violence=False))
    found["M04", "violence"] = (len(ours), others("recorded", violence=True))  # every crime drawn is an assault
    found["M28", "per-10000"] = (0, oracle_outside.living(given_, months[-1], area))
    return found


def test_a_month_that_was_not_brought_in_is_said_and_the_others_stand(
    force: Unit, northgate: Unit, southmere: Unit, nr3: Unit, ellen: User, priya: User
) -> None:
    months = [date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)]
    said = {"figure": "completed", "area": 0, "violence": False, "standing": True}
    rows = [said | {"month": nth, "value": 40 + nth} for nth in (0, 2)]
    rows += [said | {"month": nth, "value": 30, "figure": "convicted"} for nth in (0, 2)]
    outside.outside(Planter([nr3], ellen, priya), rows, months, [force])
    answer = ask(Question(MEASURES["M16"], Window(months[0], date(2026, 8, 31)), monthly=True))
    by_month = [answer.value("convicted", month) for month in months]
    assert [value.shown for value in by_month] == ["75.0", "not brought in", "71.4"]
    assert answer.value("convicted").shown == "not brought in"


def test_an_area_is_the_sum_of_those_beneath_it_only_where_each_was_brought_in(
    force: Unit, northgate: Unit, southmere: Unit, ellen: User, priya: User
) -> None:
    june = [date(2026, 6, 1)]
    said = {"figure": "referred", "month": 0, "violence": False, "standing": True}
    window = Window(june[0], date(2026, 6, 30))
    planter = Planter([northgate], ellen, priya)
    outside.outside(planter, [said | {"area": 1, "value": 7}], june, [force, northgate, southmere])
    assert ask(Question(MEASURES["M15"], window)).value("referred").shown == "not brought in"
    by_division = ask(Question(MEASURES["M15"], window, "division"))
    assert {label: by_division.value("referred", None, pk).shown for pk, label in by_division.groups} == {
        "Northgate": "7", "Southmere": "not brought in",
    }  # fmt: skip
    outside.outside(planter, [said | {"area": 2, "value": 5, "month": 0}], june, [force, northgate, southmere])
    assert ask(Question(MEASURES["M15"], window)).value("referred").shown == "12"


def test_a_case_load_is_the_same_in_every_window_and_has_no_months(nr3: Unit, ellen: User, priya: User) -> None:
    planter = Planter([nr3], ellen, priya)
    said = {"unit": 0, "restricted": False, "struck": False, "ended": False, "open": True, "part": "investigation"}
    planter.each(
        [said | {"days": 900, "officer": 0, "grade": "high"}, said | {"days": 3, "officer": 1, "grade": None}],
        law.load,
    )
    year_ago, now = Window(date(2020, 1, 1), date(2020, 1, 31)), Window(date(2026, 1, 1), NOW.date())
    for window in (year_ago, now):
        answer = ask(Question(MEASURES["M45"], window, monthly=True))
        assert (answer.value("weighted").shown, answer.value("cases").shown, answer.months) == ("2.0", "1.0", [])
    by_officer = ask(Question(MEASURES["M45"], now, "officer"))
    assert {group: by_officer.value("weighted", None, group).some for group, _ in by_officer.groups} == {
        ellen.pk: 3,
        priya.pk: 1,
    }
