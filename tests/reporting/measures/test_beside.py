"""What a figure is set beside: the force, the year before, what others publish, each named with its source."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Unit, User
from tests.cast import client_of, text_of
from tests.reporting.measures.generated import plant
from tests.reporting.measures.test_journeys import AUTUMN, BARE, CRIME
from tests.reporting.outside import confirmed, second

pytestmark = pytest.mark.django_db
SOURCE = "ONS, domestic abuse and the criminal justice system"


@pytest.fixture
def told(nr3: Unit, nr4: Unit, sr1: Unit, ellen: User) -> None:
    drawn = [BARE | {"crimes": [CRIME], "arrest": 2}, BARE | {"crimes": [CRIME]}, BARE | {"crimes": [CRIME], "unit": 1}]
    plant([*drawn, BARE | {"days": 400, "crimes": [CRIME], "arrest": 2}], [nr3, nr4, sr1], ellen)


def page_of(user: User, query: str) -> str:
    return text_of(client_of(user).get(f"/figures/m06b/?{query}&{AUTUMN}"))


def test_a_unit_stands_beside_the_force(told: None, ari: User, nr3: Unit) -> None:
    page = page_of(ari, f"unit={nr3.code}&compare=force&part=all")
    assert "The force: " in page and "33.3" in page, "one of three crimes of the force, one of two of the team"
    answer = client_of(ari).get("/figures/m06b/?compare=force")
    assert answer.status_code == 422 and "The force cannot be compared with itself" in text_of(answer)
    counts = text_of(client_of(ari).get(f"/figures/m01/?unit={nr3.code}&compare=force&{AUTUMN}"))
    assert "No line is drawn: a number of the whole force is of another size" in counts


def test_the_same_months_a_year_before_stay(told: None, ari: User) -> None:
    assert "A year before" in page_of(ari, "compare=year")


@pytest.mark.requirement("S2-028")
def test_what_others_publish_stands_beside_the_figure_with_its_source(told: None, ari: User, force: Unit) -> None:
    others = [
        ("M06b", "2025-10", "12", "England and Wales", "41.5", SOURCE),
        ("M06b", "2024-10", "12", "England and Wales", "39.25", SOURCE),
        ("M06b", "2025-10", "12", "Southshire Police", "12.5", "Their own website"),
    ]
    confirmed("benchmark", others, ari, second(force))
    query = "from=2024-12&to=2026-11"
    without = text_of(client_of(ari).get(f"/figures/m06b/?{query}"))
    assert SOURCE in without and "41.5" in without and "2025-10 to 2026-09" in without
    assert without.count("app-chart__other") == 0
    drawn = text_of(client_of(ari).get(f"/figures/m06b/?{query}&compare=others"))
    assert drawn.count('class="app-chart__other"') == 2 and "Southshire Police: September 2026, 12.5." in drawn
    other_part = text_of(client_of(ari).get(f"/figures/m06b/?{query}&compare=others&part=all"))
    assert "No line is drawn: what others publish is another figure" in other_part


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("compare=others", "Nobody’s figure of this measure has been brought in"),
        ("compare=year&by=risk", "Groups are not compared over time"),
    ],
)
def test_what_cannot_be_compared_says_so(told: None, ari: User, query: str, sentence: str) -> None:
    assert sentence in page_of(ari, query)


def test_nothing_else_is_taken_for_a_comparison(ari: User, hannahs_incident: Any) -> None:
    assert client_of(ari).get("/figures/m06b/?compare=nonsense").status_code == 422
