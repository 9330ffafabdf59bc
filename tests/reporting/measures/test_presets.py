"""Questions that are asked often are on the list, each opens; ours beside theirs; a figure that was not brought in says so."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Unit, User
from audit.models import Access
from reporting.figures.presets import PRESETS, Preset, presets_for
from reporting.measures.declare import MEASURES
from tests.cast import client_of, text_of
from tests.reporting.measures.around import law
from tests.reporting.measures.around.outside import outside
from tests.reporting.measures.around.planter import Planter

pytestmark = pytest.mark.django_db
SUMMER = "from=2026-06&to=2026-08"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.address)
def test_each_question_on_the_list_is_answered(preset: Preset, ari: User, nr3: Unit) -> None:
    assert preset.measure in MEASURES
    answer = client_of(ari).get(preset.address)
    assert answer.status_code == 200 and MEASURES[preset.measure].name in text_of(answer)


def test_the_list_offers_whom_it_serves_and_hides_what_is_of_the_force_alone(ari: User, priya: User) -> None:
    for person in (ari, priya):
        page = text_of(client_of(person).get("/figures/"))
        for preset in PRESETS:
            assert (preset.question.split("?")[0] in page) == (preset in presets_for(person))
        for preset in presets_for(person):
            assert client_of(person).get(preset.address).status_code == 200
    assert [preset.measure for preset in PRESETS if preset not in presets_for(priya)] == ["M06", "M04", "M16", "M38"]


def test_what_the_courts_say_stands_beside_our_own_record_month_by_month(
    force: Unit, nr3: Unit, ari: User, ellen: User, priya: User
) -> None:
    months = [date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)]
    planter = Planter([nr3], ellen, priya)
    said = {"area": 0, "violence": False, "standing": True, "value": 12}
    outside(
        planter,
        [said | {"figure": name, "month": nth} for nth in (0, 2) for name in ("charged", "no_action", "out_of_court")],
        months,
        [force],
    )
    charge = {"unit": 0, "restricted": False, "struck": False, "kind": "charge", "person": 0}
    planter.each([charge | {"days": 150}, charge | {"days": 120}, charge | {"days": 90}], law.course)
    page = text_of(client_of(ari).get(f"/figures/m14/?{SUMMER}"))
    table = page[page.index("Our own record beside what was brought in") :]
    assert "August 2026" in table and "−11" in table and "not brought in" in table
    assert "never mixed" in page
    file = client_of(ari).get(f"/figures/m14/file/csv/?{SUMMER}").content.decode()
    assert "2026-06,,12,36,100,33.3" in file and "2026-07,,,,,not brought in,," in file


def test_a_share_without_its_whole_is_not_made_up(nr3: Unit, ari: User) -> None:
    page = text_of(client_of(ari).get(f"/figures/m04/?{SUMMER}"))
    assert "not brought in" in page and "There is nothing to show" in page
    assert "100.0" not in page


def test_behind_what_others_count_lies_no_case_and_behind_ours_it_does(nr3: Unit, ari: User) -> None:
    browser = client_of(ari)
    assert browser.get(f"/figures/m04/cases/?{SUMMER}&which=of").status_code == 404
    assert browser.get(f"/figures/m44/cases/?{SUMMER}&which=some").status_code == 404
    assert browser.get(f"/figures/m04/cases/?{SUMMER}&which=some").status_code == 200
    assert Access.objects.filter(what="reporting.measure:M04").exists()


def test_a_case_load_is_drawn_as_it_stands_without_months(nr3: Unit, ari: User) -> None:
    page = text_of(client_of(ari).get("/figures/m45/?by=team"))
    assert "the window changes nothing" in page and "for the force to confirm" in page


@pytest.mark.parametrize("by", ["team", "division", "officer", "age", "risk", "ethnicity"])
@pytest.mark.parametrize("group", ["", "-1", "7", "W1", "no such thing"])
def test_the_cases_of_any_group_that_an_address_names_are_those_there_are(
    by: str, group: str, nr3: Unit, ari: User, priya: User
) -> None:
    for reader in (ari, priya):
        answer = client_of(reader).get(f"/figures/m01/cases/?{SUMMER}&part=reports&by={by}&group={group}")
        assert answer.status_code in ({200, 404} if by == "officer" else {200})
