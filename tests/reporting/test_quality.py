"""Data quality by unit: each check is what somebody would count by hand, and leads to the records that may be opened."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings

from accounts.models import Unit, User
from audit.models import Access
from cases.models import Case, Incident
from reporting.measures.reckon import Value, Window
from reporting.quality.counted import behind, box, by_month, by_unit, scorecard, together
from reporting.quality.table import CHECKS, Kind, declare
from tests import factories
from tests.cast import shut_out, take, text_of
from tests.reporting.measures import oracle
from tests.reporting.measures.faulty import BY_HAND, FAULTY_FORCE, counted, plant_faulty
from tests.reporting.measures.test_figures import WINDOWS, window_of

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db
PLAIN = settings(
    max_examples=20, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


def test_every_check_is_counted_again_by_hand() -> None:
    assert set(BY_HAND) == set(CHECKS)
    assert {check.kind for check in CHECKS.values()} == set(Kind)


@pytest.mark.requirement("S1-010")
@PLAIN
@given(drawn=FAULTY_FORCE, back=WINDOWS)
def test_each_check_is_what_is_counted_by_hand(
    drawn: Any, back: tuple[int, int], nr3: Unit, nr4: Unit, sr1: Unit, northgate: Unit, southmere: Unit, ellen: User
) -> None:
    window = window_of(back)
    with transaction.atomic():
        force = plant_faulty(drawn, [nr3, nr4, sr1], ellen)
        for unit, units in ((None, None), (northgate, {0, 1}), (sr1, {2})):
            by_hand = oracle.Window(window.begins, window.ends, units)
            for line in scorecard(window, unit):
                found = (line.value.some, line.value.whole)
                assert found == counted(line.check.code, force, by_hand), (line.check.code, unit)
        assert_units_and_months(force, window, {northgate: {0, 1}, southmere: {2}})
        transaction.set_rollback(True)


def assert_units_and_months(force: Any, window: Window, divisions: dict[Unit, set[int]]) -> None:
    """Each division as it is counted by itself; the months add up to the whole."""
    (lines, found), months = by_unit(window, None), by_month(window, None)
    assert [(line.check.code, line.value) for line in lines] == [
        (one.check.code, one.value) for one in scorecard(window, None)
    ]
    for code in CHECKS:
        for division, units in divisions.items():
            value = found[code].get(division.pk, Value(0, 0))
            by_hand = counted(code, force, oracle.Window(window.begins, window.ends, units))
            assert (value.some, value.whole) == by_hand, (code, division)
        whole = counted(code, force, oracle.Window(window.begins, window.ends, None))
        values = months[code].values()
        assert (sum(value.some for value in values), sum(value.whole or 0 for value in values)) == whole


def test_it_asks_as_many_questions_as_there_are_things_to_count(nr3: Unit) -> None:
    window = Window(date(2026, 1, 1), date(2026, 12, 31))
    counted_things = len({id(check.of) for check in CHECKS.values()})
    for ask in (lambda: scorecard(window, nr3), lambda: by_month(window, None)):
        with CaptureQueriesContext(connection) as queries:
            ask()
        assert len(queries) == counted_things


def test_a_check_without_authority_or_told_twice_stops_the_program() -> None:
    check = next(iter(CHECKS.values()))
    with pytest.raises(ImproperlyConfigured, match="declared twice"):
        declare(check)


def test_the_box_of_a_paper_has_a_line_for_each_kind_and_names_the_worst(hannahs_incident: Incident) -> None:
    today = timezone.localdate()
    lines = box(Window(today - timedelta(days=2), today), None)
    assert [what for what, _ in lines] == ["Missing", "Contradictory", "Late", "Not known", "Most often"]
    assert box(Window(date(2020, 1, 1), date(2020, 1, 2)), None) == [
        (kind, "nothing to look at") for kind in ("Missing", "Contradictory", "Late", "Not known")
    ]


def this_month() -> str:
    return f"{timezone.localdate():%Y-%m}"


def asked(path: str, **more: str) -> str:
    said = "&".join(f"{name}={value}" for name, value in {"from": this_month(), "to": this_month(), **more}.items())
    return f"{path}?{said}"


@pytest.mark.requirement("S1-010")
def test_the_analyst_reads_the_scorecard_and_opens_a_record_to_mend(
    hannahs_incident: Incident, ari: User, northgate: Unit, sign_in: SignIn
) -> None:
    browser = sign_in(ari)
    page = text_of(browser.get(asked("/figures/quality/")))
    assert all(check.sentence in page for check in CHECKS.values())
    assert northgate.name in page and "As at" in page and "/figures/quality/no-dash/cases/?" in page
    check = text_of(browser.get(asked("/figures/quality/no-dash/")))
    assert "No questions of risk were asked" in check and "Authority: M25; R-01." in check
    records = text_of(browser.get(asked("/figures/quality/no-dash/cases/")))
    assert hannahs_incident.case.reference in records and "This look is written down." in records
    look = Access.objects.filter(what="reporting.quality:no-dash").latest("pk")
    assert look.hits == [hannahs_incident.case_id] and look.by_id == ari.pk


def test_a_record_that_may_not_be_opened_counts_and_is_not_listed(
    hannahs_incident: Incident, ari: User, priya: User, sign_in: SignIn
) -> None:
    shut_out(hannahs_incident.case, ari, priya)
    browser = sign_in(ari)
    found = behind(CHECKS["no-dash"], Window(timezone.localdate() - timedelta(days=1), timezone.localdate()), None)
    assert hannahs_incident.case_id in set(found.values_list("case", flat=True))
    assert hannahs_incident.case.reference not in text_of(browser.get(asked("/figures/quality/no-dash/cases/")))


def test_a_restricted_case_counts_for_the_force_and_in_no_unit(
    hannahs_incident: Incident, priya: User, nr3: Unit, northgate: Unit
) -> None:
    window = Window(timezone.localdate() - timedelta(days=1), timezone.localdate())
    before = by_unit(window, None)[1]["no-dash"][northgate.pk]
    assert (before.some, before.whole) == (1, 1)
    take(hannahs_incident.case, "restrict", priya, reason="He is an officer of this force.")
    assert northgate.pk not in by_unit(window, None)[1]["no-dash"]
    assert together(scorecard(window, nr3), Kind.MISSING).whole == 0
    assert together(scorecard(window, None), Kind.MISSING).some


def test_a_sergeant_reads_her_own_team_and_no_other(
    hannahs_incident: Incident, priya: User, sr1: Unit, sign_in: SignIn
) -> None:
    browser = sign_in(priya)
    page = browser.get(asked("/figures/quality/"))
    assert page.status_code == 200 and "The force" not in text_of(page) and sr1.name not in text_of(page)
    refused = browser.get(asked("/figures/quality/", unit=sr1.code))
    assert refused.status_code == 422 and "not yours to read" in text_of(refused)
    for path in ("/figures/quality/file/", "/figures/quality/no-dash/cases/"):
        assert browser.get(asked(path, unit=sr1.code)).status_code == 404


def test_for_an_officer_there_is_no_such_page(ellen: User, sign_in: SignIn) -> None:
    browser = sign_in(ellen)
    assert browser.get("/figures/quality/").status_code == 403
    for path in ("/figures/quality/no-dash/", "/figures/quality/no-dash/cases/"):
        assert browser.get(path).status_code == 404


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("from=2026-05&to=2026-04", "ends before it begins"),
        ("from=2019-01&to=2026-04", "more than five years"),
        ("from=2026-13", "real day"),
        ("unit=nowhere", "not yours to read"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence_and_nothing_half_made(
    said: str, why: str, ari: User, sign_in: SignIn
) -> None:
    browser = sign_in(ari)
    for path in ("/figures/quality/", "/figures/quality/no-dash/", "/figures/answers/d1/"):
        answer = browser.get(f"{path}?{said}")
        assert answer.status_code == 422 and why in text_of(answer)
    assert browser.get(f"/figures/quality/file/?{said}").status_code == 404
    assert browser.get(f"/figures/answers/d1/file/?{said}").status_code == 404


def test_a_check_that_does_not_exist_and_a_month_outside_are_not_found(ari: User, sign_in: SignIn) -> None:
    browser = sign_in(ari)
    for path in (
        "/figures/quality/none/", "/figures/quality/none/cases/", asked("/figures/quality/no-dash/cases/", month="2020-01"),
        asked("/figures/quality/no-dash/cases/", month="x"),
    ):  # fmt: skip
        assert browser.get(path).status_code == 404, path


def test_the_file_has_the_whole_each_month_and_each_unit(
    hannahs_incident: Incident, ari: User, northgate: Unit, sign_in: SignIn
) -> None:
    answer = sign_in(ari).get(asked("/figures/quality/file/"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["check", "kind", "what"]
    dash = [row for row in rows if row[0] == "no-dash"]
    assert [(row[6], row[7], row[8]) for row in dash] == [
        ("", "", "1"),
        (this_month(), "", "1"),
        ("", northgate.name, "1"),
    ]
    assert Access.objects.filter(what="reporting.quality", kind=Access.Kind.EXPORT).exists()
    assert hannahs_incident.case.reference not in answer.content.decode()


def test_records_are_paged_by_their_number(ellen: User, ari: User, sign_in: SignIn) -> None:
    for _ in range(27):
        factories.begun(ellen)
    browser = sign_in(ari)
    first = text_of(browser.get(asked("/figures/quality/no-dash/cases/")))
    assert "Earlier cases" in first and first.count("/cases/DA-") == 25
    oldest = Case.objects.order_by("pk")[2:3].get()
    second = text_of(browser.get(asked("/figures/quality/no-dash/cases/", before=str(oldest.pk))))
    assert "Earlier cases" not in second and second.count("/cases/DA-") == 2
