"""The explorer: the address is the question; figures open the cases that the reader may open, and nothing of others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Posting, Unit, User
from audit.models import Access
from cases.models import Case, Incident
from reporting.measures.declare import MEASURES
from tests.cast import text_of
from tests.reporting.packs.packing import reports

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", [measure.slug for measure in MEASURES.values() if measure.theme != "Clocks"])
def test_each_measure_has_a_page_that_says_what_it_is(
    code: str, ari: User, sign_in: Any, hannahs_incident: Incident
) -> None:
    measure = next(row for row in MEASURES.values() if row.slug == code)
    page = sign_in(ari).get(f"/figures/{code}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert measure.name in text and ("No data yet." in text) == bool(measure.lacks)


def test_single_officers_are_for_those_who_manage_them_whatever_else_somebody_does(
    ari: User, priya: User, nr3: Unit, nr4: Unit, ellen: User, sign_in: Any
) -> None:
    """Whoever answers for the force and leads a team besides reads the officers of that team, not of the force."""
    Posting.objects.create(user=ari, unit=nr3, role="sergeant", from_at=timezone.now() - timedelta(days=9))
    reports(2, nr3, ellen)
    october = "from=2026-10&to=2026-10&part=reports&by=officer"
    assert "Ellen" in text_of(sign_in(ari).get(f"/figures/m01/?{october}&unit=NR3"))
    for query in (october, f"{october}&unit=NG", f"{october}&unit=NR4"):
        page = sign_in(ari).get(f"/figures/m01/?{query}")
        assert page.status_code == 422 and "for those who manage them" in text_of(page)
    assert sign_in(priya).get(f"/figures/m01/?{october}&unit=NR4").status_code == 422


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2026-10&to=2026-09", "ends before it begins"), ("to=9999-12", "must be a real day"),
        ("from=0001-01", "must be a real day"), ("from=1990-01&to=2026-01", "more than ten years"),
        ("by=shoe-size", "cannot be broken down by that"), ("part=none", "no such figure"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_in_a_sentence(query: str, sentence: str, ari: User, sign_in: Any) -> None:
    page = sign_in(ari).get(f"/figures/m06/?{query}")
    assert page.status_code == 422 and sentence in text_of(page)
    assert sign_in(ari).get(f"/figures/m06/file/csv/?{query}").status_code == 404


def test_another_measure_is_chosen_on_the_page_and_keeps_the_months(ari: User, sign_in: Any) -> None:
    answer = sign_in(ari).get("/figures/m06/?measure=m08&from=2026-01&to=2026-10&part=arrests&by=team")
    assert (answer.status_code, answer["Location"]) == (302, "/figures/m08/?from=2026-01&to=2026-10")
    assert sign_in(ari).get("/figures/m06/?measure=none").status_code == 404


def test_the_cases_behind_a_figure_are_those_the_reader_may_open_and_that_is_written_down(
    ari: User, nr3: Unit, ellen: User, sign_in: Any
) -> None:
    reports(3, nr3, ellen)
    hidden = Case.objects.filter(unit=nr3).earliest("pk")
    Case.objects.filter(pk=hidden.pk).update(restricted=True)
    address = "/figures/m01/cases/?from=2026-10&to=2026-10&part=reports&which=some&month=2026-10"
    page = text_of(sign_in(ari).get(address))
    shown = [case.reference for case in Case.objects.exclude(pk=hidden.pk)]
    assert all(reference in page for reference in shown) and hidden.reference not in page
    looked = Access.objects.filter(by=ari, what="reporting.measure:M01").latest("pk")
    assert set(looked.hits) == {case.pk for case in Case.objects.exclude(pk=hidden.pk)} and looked.terms.startswith(
        "2026-10-01"
    )
