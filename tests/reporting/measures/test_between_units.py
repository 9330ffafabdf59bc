"""Units side by side: a funnel with limits, never a league table; and nobody learns from it that a team has a restricted case."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given

from accounts.models import Unit, User
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Question, ask
from tests.cast import client_of, text_of
from tests.reporting.measures.generated import FORCE, plant
from tests.reporting.measures.test_figures import WINDOWS, window_of
from tests.reporting.measures.test_journeys import AUTUMN, BARE, CRIME, PLAIN

pytestmark = pytest.mark.django_db
ARRESTED = BARE | {"crimes": [CRIME], "arrest": 2}
NOT_ARRESTED = BARE | {"crimes": [CRIME]}


def rows_of(page: str) -> dict[str, list[str]]:
    """{unit: the words of its cells} of the table of units."""
    found = re.findall(r'<th scope="row" class="govuk-table__header">(.*?)</th>(.*?)</tr>', page)
    return {
        head: [re.sub("<.*?>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row)] for head, row in found
    }


@pytest.fixture
def uneven(nr3: Unit, nr4: Unit, sr1: Unit, ellen: User) -> None:
    """Northgate 3 arrests in 40 of 40, Northgate 4 in 4 of 40, Southmere in 2 of 5."""
    drawn = [ARRESTED] * 40 + [ARRESTED | {"unit": 1}] * 4 + [NOT_ARRESTED | {"unit": 1}] * 36
    drawn += [ARRESTED | {"unit": 2}] * 2 + [NOT_ARRESTED | {"unit": 2}] * 3
    plant(drawn, [nr3, nr4, sr1], ellen)


def test_units_outside_the_limits_are_named_and_small_ones_are_flagged(uneven: None, ari: User) -> None:
    page = text_of(client_of(ari).get(f"/figures/m06b/?by=team&{AUTUMN}"))
    assert "2 of 3 units lie outside what chance explains: Northgate Response 3; Northgate Response 4" in page
    rows = rows_of(page)
    assert (
        rows["Northgate Response 3"][:3] == ["40", "40", "100.0"]
        and "Above 99.8 in 100" in rows["Northgate Response 3"][-2]
    )
    assert "Below 99.8 in 100" in rows["Northgate Response 4"][-2]
    assert rows["Southmere Response 1"][-1] == "Fewer than 30: read with care"
    divisions = text_of(client_of(ari).get(f"/figures/m06b/?by=division&{AUTUMN}"))
    assert rows_of(divisions)["Northgate"][:2] == ["44", "80"]


def test_a_number_of_a_unit_opens_its_cases_and_no_others(uneven: None, ari: User, nr4: Unit) -> None:
    page = client_of(ari).get(f"/figures/m06b/?by=team&{AUTUMN}").content.decode()
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/figures/m06b/cases/[^"]+)"', page)]
    link = next(one for one in links if f"group={nr4.pk}" in one and "which=some" in one)
    answer = client_of(ari).get(link)
    assert answer.status_code == 200 and answer.context["counted"].label == "with an arrest"
    assert {case.unit_id for case in answer.context["cases"]} <= {nr4.pk}
    for group in ("", "nonsense", "9999999999999"):
        assert client_of(ari).get(link.replace(f"group={nr4.pk}", f"group={group}")).status_code == 200


@PLAIN
@given(drawn=FORCE, back=WINDOWS)
def test_the_units_and_what_is_of_the_force_alone_add_up_and_no_team_has_a_restricted_case(
    drawn: Any, back: Any, nr3: Unit, nr4: Unit, sr1: Unit, northgate: Unit, ellen: User
) -> None:
    window, units = window_of(back), [nr3, nr4, sr1]
    with transaction.atomic():
        told = plant(drawn, units, ellen)
        for by in ("division", "team"):
            answer = ask(Question(MEASURES["M01"], window, by))
            parts = [answer.value("reports", None, group).some for group, _label in answer.groups]
            assert sum(parts) == ask(Question(MEASURES["M01"], window)).value("reports").some
        answer = ask(Question(MEASURES["M01"], window, "team"))
        for place, unit in enumerate(units):
            alone = ask(Question(MEASURES["M01"], window, unit=unit)).value("reports").some
            assert answer.value("reports", None, unit.pk).some == alone, "by team and of the team are one figure"
            assert alone == sum(
                one.counts
                and one.unit == place
                and not one.said["restricted"]
                and window.begins <= one.reported < window.ends
                for one in told
            )
        transaction.set_rollback(True)


def test_what_is_of_no_unit_is_said_beneath_the_funnel(nr3: Unit, ellen: User, ari: User) -> None:
    plant([ARRESTED, ARRESTED | {"restricted": True}], [nr3], ellen)
    page = text_of(client_of(ari).get(f"/figures/m06b/?by=team&{AUTUMN}"))
    assert "Not among the units: 1 of 1 that are of the force alone, or restricted." in page


def test_a_sergeant_reads_the_figures_of_the_team_and_of_no_other(
    uneven: None, priya: User, nr4: Unit, sign_in: Any
) -> None:
    browser: Client = sign_in(priya)
    assert browser.get(f"/figures/m06b/?{AUTUMN}").context["latest"] is not None
    assert browser.get(f"/figures/m06b/?unit={nr4.code}").status_code == 422
