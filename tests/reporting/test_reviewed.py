"""What is reviewed of the force (R1 to R8): each page says in numbers what happened, and to nobody whom it is not for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Incident
from cases.models.answers.arrest import NoArrest
from cases.models.arrest import ArrestDecision
from tests.cast import person
from tests.dvds.cast_of_disclosures import consideration
from tests.reporting.measures.generated import plant
from tests.reporting.outside import confirmed, second
from tests.reporting.packs.packing import REPORTED
from tests.reporting.test_answers import month_brought, page_of, row_in
from workflow.models import Approval
from workflow.models.record import about

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db
MARCH, SPRING = "from=2026-03&to=2026-03", "from=2026-02&to=2026-03"
TENTH = datetime(2026, 3, 10, 12, tzinfo=UTC)
IN_MARCH, IN_FEBRUARY = 255, 285  # days before the moment at which `plant` tells its force
#: What the CPS and the courts counted in March.
COURTS = [("2026-03", "NP", figure, reason, str(value)) for figure, reason, value in (
    ("referred", "", 100), ("action_plan", "", 25), ("charged", "", 60), ("completed", "", 90), ("convicted", "", 70),
    ("guilty_plea", "", 50), ("unsuccessful", "", 20), ("unsuccessful", "file_quality", 4), ("evidence_led", "", 18),
    ("evidence_led_convicted", "", 9),
)]  # fmt: skip
NOTICES = {
    "considered": 8, "not_pursued": 2, "authorised": 6, "issued": 5, "applied": 4, "granted": 3, "not_granted": 1, "breached": 1,
}  # fmt: skip


def happened(
    *, unit: int = 0, code: str = "", support: str = "yes", crime: bool = True, **other: Any
) -> dict[str, Any]:
    """A report of 10 March with a crime of that outcome; nobody was arrested and nothing else was done."""
    settled = [{"code": code, "days": 5, "settled": True, "support": support}] if code else []
    crimes = [{**REPORTED["crimes"][0], "outcomes": settled}] if crime else []
    return {**REPORTED, "days": IN_MARCH, "unit": unit, "crimes": crimes, "arrest": None, "dash": None, **other}


def told(reports: list[dict[str, Any]], units: list[Unit], by: User) -> list[Incident]:
    """The reports as they are recorded, in this order."""
    plant(reports, units, by)
    return list(Incident.objects.order_by("case__reference"))


def was_checked(incident: Incident, officer: User, supervisor: User) -> None:
    Approval.objects.create(
        of="record", asked_by=officer, decided_by=supervisor, decided_at=TENTH, verdict="approved", seen_version=1,
        **about(incident),
    )  # fmt: skip


@pytest.fixture
def maud(force: Unit) -> User:
    """The chief officer, who answers for the force."""
    return person("ACC", "0001", "Maud Ellery", ("chief_officer", force))


@pytest.fixture
def units(nr3: Unit, nr4: Unit, sr1: Unit) -> list[Unit]:
    """Two teams of Northgate and one of Southmere."""
    return [nr3, nr4, sr1]


# --- who reads them ---
@pytest.mark.parametrize("code", [f"r{number}" for number in range(1, 9)])
def test_an_officer_and_a_partner_find_no_page_and_a_sergeant_reads_it_of_the_team(
    code: str, ellen: User, cleo: User, priya: User, nr3: Unit, sign_in: SignIn
) -> None:
    for user in (ellen, cleo):
        assert sign_in(user).get(f"/figures/answers/{code}/?{MARCH}").status_code == 404
        assert sign_in(user).get(f"/figures/answers/{code}/file/?{MARCH}").status_code == 404
    page = page_of(sign_in(priya), code, MARCH)
    assert nr3.name in page and "The force</option>" not in page
    assert sign_in(priya).get(f"/figures/answers/{code}/?{MARCH}&unit=SR1").status_code == 422


def test_what_its_own_page_does_not_tell_is_not_told_here_either(
    units: list[Unit], ellen: User, priya: User, ari: User, sign_in: SignIn
) -> None:
    """Suspects in the police are of the force and of a year that is over; what victims said is of the force alone."""
    told([happened(code="1", police=True)], units, ellen)
    suspects, satisfied = "Suspects in the police</caption>", "Satisfaction</caption>"
    page = page_of(sign_in(ari), "Q7", MARCH)
    assert suspects in page and "from=2025-01&amp;to=2025-12" in page, (
        "of the last year that is over, whatever is asked"
    )
    page = page_of(sign_in(priya), "Q7", "from=2025-01&to=2025-12")
    assert suspects not in page and "Suspects in the police is of the whole force alone" in page
    page = page_of(sign_in(priya), "P8", MARCH)
    assert satisfied not in page and "Satisfaction is of the whole force alone" in page
    assert satisfied in page_of(sign_in(ari), "P8", MARCH)


# --- R1 ---
@pytest.fixture
def brought_to_justice(units: list[Unit], ellen: User, priya: User, ikande: User) -> list[Incident]:
    """Two records that Priya checked, one charged and arrested; one of Joy Ikande’s; one charged, checked by nobody."""
    found = told(
        [
            happened(code="1", arrest=3), happened(code="16", support="no"),
            happened(unit=1, crimes=[{**REPORTED["crimes"][0], "named": False}]), happened(unit=2, code="1"),
        ],
        units, ellen,
    )  # fmt: skip
    for incident, supervisor in zip(found, (priya, priya, ikande), strict=False):
        was_checked(incident, ellen, supervisor)
    return found


@pytest.mark.requirement("S2-019")
def test_command_sees_who_is_brought_to_justice_where_cases_fall_out_and_whose_supervision_they_had(
    brought_to_justice: list[Incident], ari: User, force: Unit, maud: User, priya: User, ikande: User, sign_in: SignIn
) -> None:
    confirmed("prosecution", COURTS, ari, second(force))
    page = page_of(sign_in(maud), "R1", MARCH)
    assert row_in(page, "Positive outcome rate", "Positive outcomes").startswith("2 | 4 | 50.0 | 100 | ")
    funnel = {"Reported": "4", "Recorded as a crime": "4", "Suspect named": "3 | 4 | 75.0", "Arrested": "1 | 4 | 25.0",
              "Charged or summonsed": "2 | 4 | 50.0"}  # fmt: skip
    for stage, numbers in funnel.items():
        assert row_in(page, "From report to court", stage).startswith(f"{numbers} | "), stage
    for caption in ("Positive outcome rate, by supervisor", "From report to court, by supervisor"):
        assert row_in(page, caption, str(priya)).startswith("1 | 2 | 50.0 | "), caption
        assert row_in(page, caption, str(ikande)).startswith("0 | 1 | 0.0 | ")
        assert row_in(page, caption, "Not known").startswith("1 | 1 | 100.0 | ")
    assert row_in(page, "Referred to the CPS", "Sent back with an action plan").startswith("25 | 100 | 25.0 | ")
    assert row_in(page, "Guilty pleas", "Of convictions").startswith("50 | 70 | 71.4 | ")
    assert row_in(page, "Why prosecutions did not succeed", "The quality of the file") == "4"


@pytest.mark.requirement("S2-019")
def test_supervisors_are_named_to_those_who_answer_for_them_and_to_nobody_else(
    brought_to_justice: list[Incident], iris: User, ari: User, priya: User, sign_in: SignIn
) -> None:
    """The superintendent of Northgate reads of Northgate alone; the analyst and the sergeant read the numbers without names."""
    caption = "Positive outcome rate, by supervisor"
    page = page_of(sign_in(iris), "R1", MARCH)
    assert row_in(page, caption, str(priya)).startswith("1 | 2 | 50.0 | ")
    assert row_in(page, "Positive outcome rate", "Positive outcomes").startswith("1 | 3 | 33.3 | ")
    for user, numbers in ((ari, "2 | 4 | 50.0"), (priya, "1 | 2 | 50.0")):
        browser = sign_in(user)
        page = page_of(browser, "R1", MARCH)
        assert f"{caption}</caption>" not in page and "Joy Ikande" not in page
        assert "Figures of single officers are for those who manage them" in page
        assert row_in(page, "Positive outcome rate", "Positive outcomes").startswith(f"{numbers} | ")
        file = browser.get(f"/figures/answers/r1/file/?{MARCH}").content.decode("utf-8-sig")
        assert "by supervisor" not in file and "Joy Ikande" not in file


# --- R2 ---
@pytest.mark.requirement("S2-023")
def test_notices_are_followed_from_the_first_thought_to_the_breach_and_clares_law_by_its_routes(
    units: list[Unit], ellen: User, disclosure_unit: Unit, perry: User, ari: User, force: Unit, sign_in: SignIn
) -> None:
    told([happened() for _ in range(4)], units, ellen)
    rows = [("2026-03", "NP", "dvpn", figure, "", str(value)) for figure, value in NOTICES.items()]
    confirmed("orders", rows, ari, second(force))
    ago = (timezone.localdate() - TENTH.date()).days
    for _ in range(6):
        consideration(
            disclosure_unit, perry, "closed", days_ago=ago, route="know", outcome="disclosed", intelligence_ref="I",
            told_at=timezone.now() - timedelta(days=ago - 10),
        )  # fmt: skip
    for _ in range(2):
        consideration(disclosure_unit, perry, "closed", days_ago=ago)
    page = page_of(sign_in(ari), "R2", MARCH)
    for label, numbers in (
        ("Considered", "8 | –"), ("Authorised, of those considered", "6 | 8 | 75.0"),
        ("Served, for every 100 domestic abuse crimes", "5 | 4 | 125.0"), ("Granted, of those applied for", "3 | 4 | 75.0"),
        ("Not granted, of those applied for", "1 | 4 | 25.0"), ("Breached, for every 100 granted", "1 | 3 | 33.3"),
    ):  # fmt: skip
        assert row_in(page, "Domestic Violence Protection Notice and Order", label).startswith(f"{numbers} | "), label
    assert row_in(page, "Clare’s Law, by route", "Considered: Right to know").startswith("6 | ")
    asked = "Right to ask: by the person at risk"
    assert row_in(page, "Clare’s Law, by route", "Considered: Right to ask").startswith("2 | ")
    assert row_in(page, "Clare’s Law, by route", "Told, of applications: Right to know").startswith("6 | 6 | 100.0 | ")
    assert row_in(page, "By route", asked).startswith("fewer than 5 | ")  # as it is published
    april = page_of(sign_in(ari), "R2", "from=2026-04&to=2026-04")
    assert "not brought in" in row_in(april, "Domestic Violence Protection Notice and Order", "Considered")


# --- R3 ---
@pytest.fixture
def nobody_arrested(units: list[Unit], ellen: User) -> None:
    """Five decisions: by night, by day and in the evening, in three teams; one gives two reasons; of a sixth somebody was taken."""
    decided = [
        (0, 2, ["N4"]), (0, 23, ["N4", "N11"]), (0, 12, ["N3"]), (1, 20, ["N4"]), (2, 2, ["N11"]),
    ]  # fmt: skip
    found = told([*(happened(unit=unit) for unit, _, _ in decided), happened(arrest=3)], units, ellen)
    for incident, (_, hour, codes) in zip(found, decided, strict=False):
        rows = ArrestDecision.objects.filter(incident=incident)
        assert rows.update(codes=codes, decided_at=TENTH.replace(hour=hour)) == 1


@pytest.mark.requirement("S2-031")
def test_why_nobody_was_arrested_is_read_by_team_and_time_of_day_and_why_no_notice_followed_by_team(
    nobody_arrested: None, ari: User, force: Unit, sign_in: SignIn
) -> None:
    rows = [("2026-03", area, "dvpn", "not_pursued", reason, value) for area, reason, value in (
        ("NR3", "", "2"), ("NR3", "time", "2"), ("NR3", "bail", "0"), ("NR4", "", "1"), ("NR4", "time", "0"), ("NR4", "bail", "1"),
        ("SM", "", "1"), ("SM", "time", "0"), ("SM", "bail", "1"),
    )]  # fmt: skip
    confirmed("orders", rows, ari, second(force))
    page = page_of(sign_in(ari), "R3", MARCH)
    left, none_to_send = (f"{code.value}: {code.label}" for code in (NoArrest.LEFT, NoArrest.RESOURCE))
    assert row_in(page, "Why nobody was arrested", left).startswith("3 | 5 | 60.0 | ")
    assert row_in(page, "Why nobody was arrested", none_to_send).startswith("2 | 5 | 40.0 | ")
    by_team, by_shift = "Why nobody was arrested, by team", "Why nobody was arrested, by time of day"
    assert row_in(page, by_team, f"{left}: Northgate Response 3").startswith("2 | 3 | 66.7 | ")
    assert row_in(page, by_team, f"{left}: Northgate Response 4").startswith("1 | 1 | 100.0 | ")
    assert row_in(page, by_team, f"{none_to_send}: Southmere Response 1").startswith("1 | 1 | 100.0 | ")
    assert row_in(page, by_shift, f"{left}: 22:00 to 06:00").startswith("2 | 3 | 66.7 | ")
    assert row_in(page, by_shift, f"{left}: 14:00 to 22:00").startswith("1 | 1 | 100.0 | ")
    assert row_in(page, by_shift, f"{left}: 06:00 to 14:00").startswith("0 | 1 | 0.0 | ")
    notices = "Why not: Domestic Violence Protection Notice and Order"
    assert row_in(page, notices, "No time before release").startswith("2 | 4 | 50.0 | ")
    assert row_in(page, f"{notices}, by division", "No time before release: Northgate").startswith("2 | 3 | 66.7 | ")
    assert row_in(page, f"{notices}, by division", "No time before release: Southmere").startswith("0 | 1 | 0.0 | ")
    assert row_in(page, f"{notices}, by team", "No time before release: Northgate Response 3").startswith(
        "2 | 2 | 100.0 | "
    )
    assert row_in(page, f"{notices}, by team", "No time before release: Northgate Response 4").startswith(
        "0 | 1 | 0.0 | "
    )


# --- R4 ---
@pytest.mark.requirement("S3-024")
def test_the_arrest_rate_stands_by_month_area_division_and_risk_with_what_it_counts(
    units: list[Unit], ellen: User, ari: User, sign_in: SignIn
) -> None:
    found = told(
        [
            happened(arrest=3, dash=1, grade="high"), happened(dash=1, grade="standard"),
            happened(unit=2, arrest=3), happened(unit=2, arrest=3, crime=False), happened(days=IN_FEBRUARY),
        ],
        units, ellen,
    )  # fmt: skip
    for incident, postcode in zip(found, ("NS1 4AB", "NS1 9ZZ", "SM2 1AA", "SM2 1AA", "NS1 4AB"), strict=True):
        Incident.objects.filter(pk=incident.pk).update(postcode=postcode)
    page = page_of(sign_in(ari), "R4", SPRING)
    assert "Arrests are counted, not people" in page and "the rate may pass 100" in page
    assert "for every 100 domestic abuse crimes recorded in it" in page
    assert row_in(page, "Arrest rate, by month", "March 2026").startswith("3 | 3 | 100.0 | ")
    assert row_in(page, "Arrest rate, by month", "February 2026").startswith("0 | 1 | 0.0 | ")
    for caption, group, numbers in (
        ("Arrest rate, by division", "Northgate", "1 | 3 | 33.3"), ("Arrest rate, by division", "Southmere", "2 | 1 | 200.0"),
        ("Arrest rate, by area", "NS1", "1 | 3 | 33.3"), ("Arrest rate, by area", "SM2", "2 | 1 | 200.0"),
        ("Arrest rate, by risk now", "High", "1 | 1 | 100.0"), ("Arrest rate, by risk now", "Standard", "0 | 1 | 0.0"),
        ("Arrest rate, by risk now", "Not graded", "2 | 2 | 100.0"),
    ):  # fmt: skip
        assert row_in(page, caption, group).startswith(f"{numbers} | "), (caption, group)
    assert row_in(page, "Crimes with an arrest", "Of all crimes").startswith("2 | 4 | 50.0 | ")


# --- R6 ---
@pytest.mark.requirement("S3-034")
def test_charges_convictions_and_disposals_out_of_court_stand_beside_those_of_other_crime(
    units: list[Unit], ellen: User, ari: User, force: Unit, sign_in: SignIn
) -> None:
    told([happened(code=code) for code in ("1", "1A", "8", "16", "")], units, ellen)
    mo = second(force)
    confirmed("prosecution", COURTS, ari, mo)
    month_brought("2026-03", ari, mo, _1=30, _8=10, none=160)
    page = page_of(sign_in(ari), "R6", MARCH)
    assert row_in(page, "Charge or summons rate", "Charged or summonsed").startswith("2 | 5 | 40.0 | ")
    assert row_in(page, "Conviction rate", "Convicted").startswith("70 | 90 | 77.8 | ")
    assert row_in(page, "Dealt with out of court", "Out of court").startswith("1 | 4 | 25.0 | ")
    beside = "Outcomes beside those of other crime"
    assert row_in(page, beside, "1: Charged or summonsed") == "1 | 20.0 | 15.0 | not brought in"
    assert row_in(page, beside, "8: Community resolution") == "1 | 20.0 | 5.0 | not brought in"
    assert row_in(page, "What the CPS and the courts say", "Defendants convicted") == "70"
    assert 'href="/outside/standing/benchmark/"' in page or "What others publish of a measure" in page


# --- R7 ---
@pytest.mark.requirement("S3-035")
def test_prosecutions_without_the_victims_support_are_counted_when_tried_when_charged_and_when_won(
    units: list[Unit], ellen: User, ari: User, force: Unit, sign_in: SignIn
) -> None:
    reports = [
        happened(code="1", support="no"), happened(code="1"), happened(unit=2, code="1A", support="withdrew"),
        happened(code="16", support="no"), happened(unit=2, code="16", support="withdrew"), happened(),
    ]  # fmt: skip
    told(reports, units, ellen)
    confirmed("prosecution", COURTS, ari, second(force))
    page = page_of(sign_in(ari), "R7", MARCH)
    led = "Evidence-led charges"
    assert row_in(page, led, "Of those charged").startswith("2 | 3 | 66.7 | ")
    assert row_in(page, led, "Of those the victim did not support").startswith("2 | 4 | 50.0 | ")
    assert row_in(page, f"{led}, by division", "Of those charged: Northgate").startswith("1 | 2 | 50.0 | ")
    assert row_in(page, f"{led}, by division", "Of those charged: Southmere").startswith("1 | 1 | 100.0 | ")
    assert row_in(page, "Evidence-led prosecutions", "Of prosecutions").startswith("18 | 90 | 20.0 | ")
    assert row_in(page, "Evidence-led prosecutions", "Convicted").startswith("9 | 18 | 50.0 | ")
    assert row_in(page, "Evidential difficulties", "14 and 16 together").startswith("2 | 5 | 40.0 | ")
