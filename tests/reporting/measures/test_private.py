"""Figures in which people would be found: of the force alone, opening no case; small numbers given back by no subtraction."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models.marker import SetMarker
from reporting.measures.declare import MEASURES
from reporting.measures.private import kept_back
from reporting.measures.reckon import Question, Value, Window, ask
from reporting.models import Snapshot
from reporting.packs import making
from tests.cast import client_of, text_of
from tests.reporting.measures.generated import plant
from tests.reporting.measures.test_gaps import SAID
from tests.reporting.packs.packing import asked, block, figures_of, made
from workflow import engine
from workflow.models import Refused

LAST_YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))
OF_LAST_YEAR = "from=2025-01&to=2025-12"
CRIME = {"cancelled": False, "struck": False, "hours": 1, "named": True, "outcomes": []}
FEW = {1, 2, 3, 4}


@settings(max_examples=300, derandomize=True)
@given(whole=st.integers(0, 30), share=st.floats(0, 1))
def test_nothing_that_is_printed_is_small_nor_leaves_a_small_number(whole: int, share: float) -> None:
    some = round(whole * share)
    shown = kept_back(Value(some, whole))
    if {some, whole, whole - some} & FEW:
        assert shown.lacking and shown.rate is None and shown.sure is None and shown.some == 0
        assert shown.whole not in FEW
    else:
        assert shown == Value(some, whole)
    alone = kept_back(Value(some))
    assert bool(alone.lacking) == (some in FEW)


@pytest.fixture
def police(nr3: Unit, ellen: User) -> None:
    """Last year nine crimes, of which three are of suspects in the police."""
    plant([SAID | {"victim": 1, "crimes": [CRIME], "police": nth < 3, "days": 400} for nth in range(9)], [nr3], ellen)
    assert SetMarker.objects.filter(code="police_suspect").count() == 3


@pytest.mark.django_db
def test_police_suspects_are_not_found_by_taking_the_others_from_all(police: None, ari: User) -> None:
    answer = ask(Question(MEASURES["M46"], LAST_YEAR, monthly=True))
    assert (answer.value("police").shown, answer.value("all").whole, answer.months) == ("fewer than 5", 9, [])
    assert not [part for part in MEASURES["M46"].parts if "other" in part.label.lower()]
    page = text_of(client_of(ari).get("/figures/m46/"))
    assert "fewer than 5" in page and "One to four are hidden from everybody" in page
    file = client_of(ari).get("/figures/m46/file/csv/").content.decode("utf-8-sig")
    assert ",2025-01-01,2025-12-31,,,,,,fewer than 5,," in file and ",3,9," not in file


@pytest.mark.django_db
@pytest.mark.parametrize("window", ["from=2025-01&to=2025-11", "from=2024-01&to=2025-12", "from=2026-01&to=2026-12"])
def test_no_two_windows_can_be_taken_from_each_other(window: str, police: None, ari: User) -> None:
    """Two windows that overlap would give away what lies between them; so would the same one, asked again as the year goes on."""
    page = client_of(ari).get(f"/figures/m46/?{window}")
    assert page.status_code == 422 and "one calendar year that is over" in text_of(page)
    assert client_of(ari).get(f"/figures/m46/file/csv/?{window}").status_code == 404


@pytest.mark.django_db
def test_no_unit_of_it_is_shown_and_it_opens_no_case(police: None, ari: User, priya: User, nr3: Unit) -> None:
    for code in ("m38", "m46", "partners-say"):
        page = client_of(ari).get(f"/figures/{code}/?unit=NR3")
        assert page.status_code == 422 and "of the whole force alone" in text_of(page)
        for which in ("some", "of"):
            assert client_of(ari).get(f"/figures/{code}/cases/?{OF_LAST_YEAR}&which={which}").status_code == 404
        assert client_of(ari).get(f"/figures/{code}/?{OF_LAST_YEAR}").status_code == 200
        assert client_of(priya).get(f"/figures/{code}/").status_code == 404
        assert client_of(priya).get(f"/figures/{code}/file/csv/").status_code == 404
        assert f"/figures/{code}/" not in text_of(client_of(priya).get("/figures/"))
        assert f"/figures/{code}/cases/" not in text_of(client_of(ari).get(f"/figures/{code}/?{OF_LAST_YEAR}"))


@pytest.mark.django_db
def test_the_command_keeps_back_what_the_page_does(police: None) -> None:
    out = StringIO()
    call_command("measures", "--from", "2025-01-01", "--to", "2025-12-31", "--measure", "M46", stdout=out)
    assert "fewer than 5" in out.getvalue()
    part_of_it = ("--from", "2025-01-01", "--to", "2025-06-30")
    with pytest.raises(CommandError, match="one calendar year"):
        call_command("measures", *part_of_it, "--measure", "M46", stdout=StringIO())
    every = StringIO()
    call_command("measures", *part_of_it, stdout=every)
    assert "M01" in every.getvalue() and "M46" not in every.getvalue()


@pytest.mark.django_db
def test_no_pack_tells_a_month_or_a_unit_of_what_is_kept_back(
    police: None, ari: User, ruth: User, northgate: Unit
) -> None:
    for pack in (made("performance", ari), made("performance", ari, over=northgate.code)):
        words = str(figures_of(pack).blocks)
        assert "M06" in words and "M46" not in words
    told = made("police-suspects", ari, "2025-01")
    assert "fewer than 5" in str(block(told, "counted-m46")["tables"])
    for begins, sentence in (("2025-04", "calendar years"), ("2026-01", "not over yet")):
        with pytest.raises(Refused) as refused:
            asked("police-suspects", ari, begins)
        assert sentence in str(refused.value.errors.errors)
    assert (
        "satisf"
        not in str(block(made("performance", ari, "2026-09", over=northgate.code), "at-a-glance")["tables"]).lower()
    )


@pytest.mark.django_db
def test_a_paper_of_it_is_of_the_year_and_the_force_too(police: None, ari: User) -> None:
    for query, sentence in (
        ("from=2025-01&to=2025-06", "one calendar year"),
        (f"{OF_LAST_YEAR}&unit=NR3", "whole force alone"),
    ):
        page = client_of(ari).post(f"/figures/m46/paper/?{query}", {"token": "a" * 32})
        assert page.status_code == 422 and sentence in text_of(page)
    client_of(ari).post(f"/figures/m46/paper/?{OF_LAST_YEAR}", {"token": "b" * 32})
    paper = Snapshot.objects.get()
    assert making.make(paper.pk) and "fewer than 5" in str(figures_of(paper).blocks)
    said = {"measure": "M46", "part": "", "by": "", "begins": "2025-01", "ends": "2025-06", "over": ""}
    with pytest.raises(Refused) as refused:
        engine.perform(Snapshot(), "print", by=ari, evidence=said)
    assert "one calendar year" in str(refused.value.errors.errors)
