"""What inspectors ask: each question has a page that answers from the record, or says which facts are missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access, Operation
from cases.models import CourseEvent, Crime, Incident, Involvement, Offence
from cases.models.outcome import Outcome
from marac.models import Forum, NationalValue
from marac.services.counting import later, quarter_of
from reporting.answers.declare import ANSWERS, Answer, Asks, Figure, Tables, answers_from, declare, faults
from reporting.answers.shown import label_of, ways
from reporting.charts.points import wilson
from reporting.measures.declare import MEASURES
from reporting.measures.justice import POSITIVE, positive
from reporting.models import PartnerFeedback, Questionnaire, Survey
from risk.models import QualityCheck
from tests.cast import involve, take, text_of
from tests.marac.followed import forum_of, heard, met, referred
from tests.reporting.asking import answers, edition
from tests.reporting.outside import confirmed, crimes, second
from tests.reporting.test_equality import harm
from tests.reporting.test_partner_feedback import said as partner_says

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db
HERE = f"{timezone.localdate():%Y-%m}"
MARCH = "from=2026-03&to=2026-03"
THIS_MONTH = f"from={HERE}&to={HERE}"


def page_of(browser: Client, code: str, said: str = THIS_MONTH) -> str:
    answer = browser.get(f"/figures/answers/{code.lower()}/?{said}")
    assert answer.status_code == 200, code
    return text_of(answer)


def table_in(page: str, caption: str) -> str:
    """What stands in one table of a page, from its caption on."""
    return page.split(f"{caption}</caption>", 1)[1].split("</table>", 1)[0]


def row_in(page: str, caption: str, head: str) -> str:
    """The cells of a row of a table, tags left out, one space between."""
    line = next(line for line in table_in(page, caption).split("<tr") if f">{head}</th>" in line)
    cells = [cell.split("</td>")[0].split(">", 1)[1] for cell in line.split("<td")[1:]]
    return " | ".join(cell.replace("<strong>", "").replace("</strong>", "") for cell in cells)


# --- the table ---
def test_nine_questions_nine_items_and_fifteen_themes_stand_in_the_table() -> None:
    of = {asks: [row.code for row in ANSWERS.values() if row.asks is asks] for asks in Asks}
    assert of[Asks.QUESTION] == [f"Q{n}" for n in range(1, 10)]
    assert of[Asks.ITEM] == [f"D{n}" for n in range(1, 10)]
    assert of[Asks.THEME] == [f"P{n}" for n in range(1, 16)]
    assert of[Asks.REVIEW] == [f"R{n}" for n in range(1, 9)]


@pytest.mark.parametrize("row", ANSWERS.values(), ids=lambda row: row.code)
def test_no_row_answers_from_nothing(row: Answer) -> None:
    """A figure of facts that are recorded or brought in, a table or a page."""
    assert answers_from(row)
    assert all(figure.measure in MEASURES for figure in row.figures)
    assert all(label_of(way) for way in row.ways)


def test_a_row_that_answers_from_nothing_stops_the_program() -> None:
    empty = Answer("X1", Asks.ITEM, "Is there anything?", "nobody")
    with pytest.raises(ImproperlyConfigured, match="answers from nothing"):
        declare(empty)
    assert any("no measure M99" in fault for fault in faults(replace(empty, figures=(Figure("M99"),))))
    assert any("no such part" in fault for fault in faults(replace(empty, figures=(Figure("M06", ("x",)),))))
    assert "X1" not in ANSWERS


# --- the pages ---
def test_the_list_leads_to_every_answer(ari: User, sign_in: SignIn) -> None:
    page = text_of(sign_in(ari).get("/figures/answers/"))
    for row in ANSWERS.values():
        assert f'href="/figures/answers/{row.slug}/"' in page and row.question in page


@pytest.mark.parametrize("row", ANSWERS.values(), ids=lambda row: row.code)
def test_each_answer_is_a_page_with_its_figures_its_definitions_and_its_file(
    row: Answer, hannahs_incident: Incident, ari: User, sign_in: SignIn
) -> None:
    browser = sign_in(ari)
    page = page_of(browser, row.code)
    assert row.question in page and f"Authority: {row.authority}." in page and "As at" in page
    for figure in row.figures:
        measure = MEASURES[figure.measure]
        assert measure.sentence in page and f"/figures/{measure.slug}/?" in page
        assert not measure.lacks or measure.lacks in page
    for label, address in ways(row, ari):
        assert f'href="{address}"' in page and label in page and browser.get(address).status_code == 200
    if row.lacks:
        assert row.lacks in page
    answer = browser.get(f"/figures/answers/{row.slug}/file/?{THIS_MONTH}")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == ["answer", "table", "row", "column", "value"]
    assert len(lines) > 1
    assert {line[0] for line in lines[1:]} <= {row.code} and "OFFICIAL-SENSITIVE" in answer["Content-Disposition"]


@pytest.mark.parametrize("path", ["answers/d1/", "answers/p7/", "answers/p12/", "quality/", "quality/no-dash/"])
def test_a_page_costs_as_many_statements_for_many_reports_as_for_one(
    path: str, ellen: User, ari: User, sign_in: SignIn
) -> None:
    browser = sign_in(ari)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/figures/{path}?{THIS_MONTH}").status_code == 200
        return len(queries)

    harm(ellen, 1, gender="F", ethnicity="A2")
    cost()
    before = cost()
    harm(ellen, 12, gender="M", ethnicity="W1")
    assert cost() <= before


@pytest.mark.requirement("S3-161", "S3-172")
def test_orders_and_deaths_are_as_the_register_has_them(ari: User, force: Unit, sign_in: SignIn) -> None:
    browser = sign_in(ari)
    for code in ("P2", "P13"):
        assert "not brought in" in page_of(browser, code)
    mo = second(force)
    deaths = [("homicide", "3"), ("homicide_known", "2"), ("related", "5"), ("related_known", "0")]
    confirmed("deaths", [("2026-03", force.code, *row) for row in deaths], ari, mo)
    notices = {
        "considered": 8,
        "authorised": 6,
        "issued": 5,
        "applied": 4,
        "granted": 3,
        "not_granted": 1,
        "breached": 1,
    }
    rows = [("2026-03", force.code, "dvpn", figure, "", str(value)) for figure, value in notices.items()]
    confirmed("orders", rows, ari, mo)
    page = page_of(browser, "P2", MARCH)
    assert row_in(page, "Domestic homicides", "Domestic homicides").startswith("3") and "66.7" in page
    page = page_of(browser, "P13", MARCH)
    assert "75.0" in page and "33.3" in page  # granted of those applied for; breached of those granted


def test_looking_and_taking_away_are_written_down(ari: User, sign_in: SignIn) -> None:
    browser = sign_in(ari)
    page_of(browser, "D4")
    browser.get("/figures/answers/d4/file/")
    kinds = Access.objects.filter(what="reporting.answer:D4").order_by("pk").values_list("kind", "operation")
    assert [kind for kind, _ in kinds] == [Access.Kind.VIEW, Access.Kind.EXPORT]
    assert kinds[1][1] == Operation.DISCLOSURE


def test_whoever_manages_a_unit_reads_it_and_what_is_of_the_force_stays_there(
    priya: User, sr1: Unit, hannahs_incident: Incident, sign_in: SignIn
) -> None:
    browser = sign_in(priya)
    page = page_of(browser, "D8")
    assert "shown to whoever answers for it" in page and "The force</option>" not in page
    assert "What victims said is read by inspectors and above" in page_of(browser, "D9")
    assert browser.get(f"/figures/answers/d1/?unit={sr1.code}").status_code == 422
    assert browser.get("/figures/answers/d1/outside/").status_code == 404
    assert "As it leaves the force" not in page_of(browser, "D1")


def test_for_an_officer_and_a_partner_there_is_no_such_page(ellen: User, cleo: User, sign_in: SignIn) -> None:
    for user in (ellen, cleo):
        browser = sign_in(user)
        assert browser.get("/figures/answers/").status_code == 403
        for end in ("", "file/", "outside/", "outside/file/"):
            assert browser.get(f"/figures/answers/d1/{end}").status_code == 404


def test_a_question_that_nobody_asks_is_not_found(ari: User, sign_in: SignIn) -> None:
    browser = sign_in(ari)
    for path in ("d10/", "d10/file/", "d4/outside/", "d4/outside/file/"):
        assert browser.get(f"/figures/answers/{path}").status_code == 404, path


# --- data items ---
@pytest.mark.requirement("S3-061")
def test_data_item_1_counts_incidents_crimes_and_victims_by_ethnicity_and_gender_with_what_is_not_known(
    ellen: User, ari: User, sign_in: SignIn
) -> None:
    crime_of(harm(ellen, 3, gender="F", ethnicity="A2")[0], ellen)
    harm(ellen, 2, gender="M", ethnicity="declined")
    harm(ellen, 1)
    page = page_of(sign_in(ari), "D1")
    assert page.count('<table class="govuk-table app-grid"') == 3
    people = page.split('id="across-2-heading"', 1)[1]
    asian = next(line for line in people.split("<tr") if "Asian: Pakistani" in line)
    assert asian.count(">3</td>") == 2  # women, and all of them
    for words in ("Did not wish to say", "Not asked", "Nothing recorded", "Arab"):
        assert f">{words}</th>" in people
    assert ">6</td>" in people.split("<tfoot", 1)[1]


@pytest.mark.requirement("S3-061")
def test_outside_the_force_small_numbers_of_data_item_1_are_not_said(ellen: User, ari: User, sign_in: SignIn) -> None:
    harm(ellen, 12, gender="F", ethnicity="A2")
    harm(ellen, 3, gender="M", ethnicity="A2")
    harm(ellen, 30, gender="F", ethnicity="W1")
    harm(ellen, 20, gender="M", ethnicity="W1")
    last_year = timezone.localdate().year - 1
    at = datetime(last_year, 5, 2, 12, tzinfo=UTC)
    Incident.objects.update(reported_at=at)
    browser = sign_in(ari)
    page = text_of(browser.get("/figures/answers/d1/outside/"))
    reports = page.split('id="across-0-heading"', 1)[1].split('id="across-1-heading"', 1)[0]
    asian = next(line for line in reports.split("<tr") if ">Asian</th>" in line)
    assert ">3<" not in asian and ">12<" not in asian and ">15</td>" in asian
    assert ">65</td>" in reports  # the total is printed
    assert "Pakistani" not in page
    file = browser.get(f"/figures/answers/d1/outside/file/?year={last_year}").content.decode("utf-8-sig")
    cells = [row[-1] for row in csv.reader(io.StringIO(file))]
    assert not {"1", "2", "3", "4"} & set(cells) and "65" in cells
    assert Access.objects.filter(
        what=f"reporting.answer.outside:D1:{last_year}", operation=Operation.DISCLOSURE
    ).exists()


def test_only_whole_years_that_are_over_leave_the_force(ari: User, sign_in: SignIn) -> None:
    """Of two times that overlap the difference would say what each keeps back."""
    browser, this = sign_in(ari), timezone.localdate().year
    for said in (str(this), "1066", "x", ""):
        page = text_of(browser.get(f"/figures/answers/d1/outside/?year={said}"))
        assert f'<strong aria-current="true">{this - 1}</strong>' in page and f">{this}</a>" not in page


@pytest.mark.requirement("S3-062")
def test_data_item_2_prints_what_a_repeat_victim_is_and_how_many_there_are(
    hannahs_incident: Incident, ellen: User, ari: User, sign_in: SignIn
) -> None:
    hannah = involve(hannahs_incident, ellen, "victim", "Hannah Okoro").person
    before = Incident.objects.create(
        case=hannahs_incident.case, recorded_by=ellen, channel="999", state="checked",
        reported_at=timezone.now() - timedelta(days=90),
    )  # fmt: skip
    Involvement.objects.create(case=before.case, incident=before, person=hannah, part="victim", recorded_by=ellen)
    page = page_of(sign_in(ari), "D2")
    assert row_in(page, "Repeat victims", "Repeat victims").startswith("1 | 1 | 100.0 | 100")
    terms = table_in(page, "What the force means by it")
    assert "Somebody harmed in two or more incidents of domestic abuse" in terms and "12 months" in terms


def crime_of(incident: Incident, by: User, code: str = "") -> Crime:
    mine: dict[str, Any] = {"case": incident.case, "recorded_by": by}
    offence = Offence.objects.order_by("pk")[0]
    made: Crime = Crime.objects.create(**mine, incident=incident, offence=offence, recorded_at=timezone.now())
    if code:
        said = {"code": code, "support": "yes", "rationale": "x", "settled_at": timezone.now()}
        Outcome.objects.create(**mine, crime=made, **said)
    return made


@pytest.mark.requirement("S3-063")
def test_data_item_3_prints_which_outcomes_are_called_positive_and_counts_those(
    hannahs_incident: Incident, ellen: User, ari: User, sign_in: SignIn
) -> None:
    crime_of(hannahs_incident, ellen, "1")
    page = page_of(sign_in(ari), "D3")
    assert row_in(page, "Positive outcome rate", "Positive outcomes").startswith("1 | 1 | 100.0")
    assert f"({', '.join(POSITIVE)})" in page
    assert row_in(page, "What is called a positive outcome", "1: Charged or summonsed") == "Positive"
    late = "15: Suspect identified; victim supports; evidential difficulties"
    assert row_in(page, "What is called a positive outcome", late) == "Not positive"


@pytest.mark.requirement("S3-063")
def test_which_outcomes_are_positive_is_set_by_the_force_and_what_is_none_stops_the_program() -> None:
    assert positive(["22", " 1a", "1"]) == ("1", "1A", "22")
    for wrong in ([], ["1", "99"], ["charged"]):
        with pytest.raises(ImproperlyConfigured, match="POSITIVE_OUTCOMES"):
            positive(wrong)


@pytest.mark.requirement("S3-064")
def test_data_item_4_counts_arrests_for_every_hundred_crimes_and_says_what_is_left_out(
    hannahs_incident: Incident, ellen: User, ari: User, sign_in: SignIn
) -> None:
    crime_of(hannahs_incident, ellen)
    for _ in range(2):
        CourseEvent.objects.create(
            case=hannahs_incident.case, kind="arrest", at=timezone.now(), recorded_by=ellen, state="standing"
        )
    page = page_of(sign_in(ari), "D4")
    assert row_in(page, "Arrest rate", "Arrests").startswith("2 | 1 | 200.0 | 100 | Of fewer than 30")
    assert "Left out of the arrest rate: voluntary interviews" in page
    assert "M07 Decisions not to arrest judged right" in page  # speed is not read without quality


def month_brought(month: str, by: User, other: User, **outcomes: int) -> None:
    """Victim-based crime that is not domestic abuse, by its outcomes, brought in for one month."""
    rows = [crimes(month, "NP", sum(outcomes.values()), "other_victim_based")]
    rows += [crimes(month, "NP", n, "other_victim_based", "outcome", code.strip("_")) for code, n in outcomes.items()]
    confirmed("crime", rows, by, other)


@pytest.mark.requirement("S3-065")
def test_data_item_5_sets_outcomes_beside_those_of_other_crime_and_fills_in_no_month(
    hannahs_incident: Incident, ellen: User, ari: User, force: Unit, sign_in: SignIn
) -> None:
    crime = crime_of(hannahs_incident, ellen, "1")
    mo = second(force)
    Crime.objects.filter(pk=crime.pk).update(recorded_at=datetime(2026, 3, 9, 12, tzinfo=UTC))
    month_brought("2026-03", ari, mo, _1=30, _16=20, none=150)
    browser, caption = sign_in(ari), "Outcomes beside those of other crime"
    march = page_of(browser, "D5", "from=2026-03&to=2026-03")
    assert row_in(march, caption, "1: Charged or summonsed") == "1 | 100.0 | 15.0 | not brought in"
    assert row_in(march, caption, "No outcome yet") == "0 | 0.0 | 75.0 | not brought in"
    both = page_of(browser, "D5", "from=2026-03&to=2026-04")
    assert row_in(both, caption, "1: Charged or summonsed") == "1 | 100.0 | not brought in | not brought in"
    month_brought("2026-04", ari, mo, _1=10, _16=0, none=190)
    both = page_of(browser, "D5", "from=2026-03&to=2026-04")
    assert row_in(both, caption, "1: Charged or summonsed") == "1 | 100.0 | 10.0 | not brought in"


@pytest.mark.requirement("S3-066")
def test_data_item_6_sets_ours_beside_what_the_cps_and_the_courts_say(
    hannahs_incident: Incident, ellen: User, ari: User, force: Unit, sign_in: SignIn
) -> None:
    at = datetime(2026, 3, 10, 12, tzinfo=UTC)
    CourseEvent.objects.create(case=hannahs_incident.case, kind="charge", at=at, recorded_by=ellen, state="standing")
    rows = [("2026-03", "NP", figure, reason, value) for figure, reason, value in (
        ("charged", "", "120"), ("completed", "", "90"), ("convicted", "", "70"), ("unsuccessful", "", "20"),
        ("unsuccessful", "victim_withdrew", "12"),
    )]  # fmt: skip
    confirmed("prosecution", rows, ari, second(force))
    browser = sign_in(ari)
    page = page_of(browser, "D6", "from=2026-03&to=2026-03")
    assert row_in(page, "What the CPS and the courts say", "Defendants convicted") == "70"
    assert (
        row_in(page, "What the CPS and the courts say", "Suspects referred to the CPS for charge") == "not brought in"
    )
    beside = row_in(page, "Ours beside theirs, the whole force", "Suspects charged")
    assert beside == "Charged | 1 | 120 | -119 | 1"
    assert row_in(page, "Why prosecutions did not succeed", "The victim withdrew") == "12"
    longer = page_of(browser, "D6", "from=2026-03&to=2026-04")
    assert row_in(longer, "What the CPS and the courts say", "Defendants convicted") == "not brought in"
    assert row_in(longer, "Ours beside theirs, the whole force", "Suspects charged") == beside


@pytest.mark.requirement("S3-067")
def test_data_item_7_shows_cases_by_first_present_and_highest_risk_and_those_without_a_grade(
    hannahs_incident: Incident, ari: User, sign_in: SignIn
) -> None:
    page = page_of(sign_in(ari), "D7")
    assert "Investigations opened, by first grade and grade now" in page
    assert "Investigations opened, by first grade and highest grade" in page
    moves = page.split('id="across-0-heading"', 1)[1].split('id="across-1-heading"', 1)[0]
    ungraded = next(line for line in moves.split("<tr") if ">Not graded</th>" in line and "<td" in line)
    assert ungraded.count(">1</td>") == 2


@pytest.fixture
def forum(hal: User) -> Forum:
    return forum_of(hal, women_over_16="40000", women_source="ONS mid-year 2025")


def quarters_heard(forum: Forum, by: User) -> date:
    """One case heard in each of the last four quarters that are over, one of them a repeat; the last of them is returned."""
    last = later(quarter_of(timezone.localdate()), -1)
    for back in range(4):
        day = later(last, -back)
        grounds = ["repeat"] if back == 0 else []
        heard(
            referred(forum, by, grounds=grounds), met(forum, by, datetime(day.year, day.month, 20, 12, tzinfo=UTC)), by
        )
    return last


@pytest.mark.requirement("S3-068")
def test_data_item_8_sets_each_forum_beside_what_is_recommended_and_published(
    forum: Forum, hal: User, ari: User, sign_in: SignIn
) -> None:
    last = quarters_heard(forum, hal)
    NationalValue.objects.create(
        figure="repeat_share", begins_on=later(last, -1), months=3, place="England and Wales", value="33.5",
        source="SafeLives, Marac data", recorded_at=timezone.now(),
    )  # fmt: skip
    page = page_of(sign_in(ari), "D8", "")
    caption = f"{forum.name}, the twelve months before {later(last, 1):%Y-%m}"
    assert row_in(page, caption, "Cases in twelve months").startswith("4 | ")
    repeats = row_in(page, caption, "Repeat cases")
    assert repeats.startswith("25% | 28 to 40 (") and "Below what is expected" in repeats
    assert repeats.endswith("England and Wales: 33.5 (SafeLives, Marac data)")


@pytest.mark.requirement("S3-069", "S3-167")
def test_data_item_9_says_how_many_were_satisfied_how_sure_that_is_and_who_answered(
    survey: Survey, wren: User, ari: User, sign_in: SignIn
) -> None:
    take(survey, "answer", wren, **answers(survey, "fairly"))
    sure = wilson(1, 1)
    assert sure is not None
    for code in ("D9", "P8"):
        page = page_of(sign_in(ari), code)
        assert (
            row_in(page, "Satisfied, by stage", "First response")
            == f"1 | 1 | 100.0 | {sure.lower:.1f} to {sure.upper:.1f}"
        )
        assert row_in(page, "Satisfied, by stage and risk", "First response: Medium").startswith("1 | 1 | 100.0")
        assert row_in(page, "Who answered", "First response").startswith("1 | 1 | 1 | 100.0")


# --- themes ---
@pytest.mark.requirement("S3-160")
def test_theme_1_counts_incidents_crime_or_not_by_month_and_area(
    hannahs_incident: Incident, northgate: Unit, ari: User, sign_in: SignIn
) -> None:
    Incident.objects.filter(pk=hannahs_incident.pk).update(postcode="NS1 4AB")
    page = page_of(sign_in(ari), "P1")
    assert row_in(page, "Domestic abuse incidents and crimes", "Reports in all").startswith("1 | ")
    month = f"{timezone.localdate():%B %Y}: Incidents not recorded as crime"
    assert row_in(page, "Domestic abuse incidents and crimes, by month", month).startswith("1 | ")
    assert row_in(page, "Domestic abuse incidents and crimes, by area", "NS1").startswith("1 | ")
    assert row_in(page, "Domestic abuse incidents and crimes, by division", northgate.name).startswith("1 | ")


@pytest.mark.requirement("S3-162")
def test_theme_3_has_arrests_charges_their_rates_and_how_long_they_took(
    hannahs_incident: Incident, ellen: User, ari: User, sign_in: SignIn
) -> None:
    crime_of(hannahs_incident, ellen, "1")
    suspect = involve(hannahs_incident, ellen, "suspect", "Daniel Reeve", relationship="XBG")
    now = timezone.now()
    for kind, at in (("arrest", now - timedelta(hours=12)), ("charge", now)):
        said = {"case": hannahs_incident.case, "recorded_by": ellen, "suspect": suspect, "state": "standing"}
        CourseEvent.objects.create(**said, kind=kind, at=at)
    page = page_of(sign_in(ari), "P3", f"from={now - timedelta(days=1):%Y-%m}&to={HERE}")
    assert row_in(page, "Arrest rate", "Arrests").startswith("1 | 1 | 100.0")
    assert row_in(page, "Charges", "Charges").startswith("1 | ")
    assert row_in(page, "Charge or summons rate", "Charged or summonsed").startswith("1 | 1 | 100.0")
    assert row_in(page, "How long it takes", "from arrest to charge") == "0.5 | 0.5 | 1 | 0"


@pytest.mark.requirement("S3-163")
def test_theme_4_has_crimes_by_kind_of_offence_and_the_share_with_a_positive_outcome(
    hannahs_incident: Incident, ellen: User, ari: User, sign_in: SignIn
) -> None:
    crime = crime_of(hannahs_incident, ellen, "1")
    page = page_of(sign_in(ari), "P4")
    assert row_in(page, "Domestic abuse crimes, by offence", str(crime.offence.group)).startswith("1 | ")
    assert row_in(page, "Positive outcome rate, by offence", str(crime.offence.group)).startswith("1 | 1 | 100.0")


@pytest.mark.requirement("S3-164")
def test_theme_5_has_repeat_victims_repeat_suspects_and_serial_suspects(
    hannahs_incident: Incident, ellen: User, ari: User, sign_in: SignIn
) -> None:
    involve(hannahs_incident, ellen, "victim", "Hannah Okoro")
    involve(hannahs_incident, ellen, "suspect", "Daniel Reeve", relationship="XBG")
    page = page_of(sign_in(ari), "P5")
    assert row_in(page, "Repeat victims", "Repeat victims").startswith("0 | 1 | 0.0")
    for which in ("Repeat suspects", "Serial suspects"):
        assert row_in(page, "Repeat and serial suspects", which).startswith("0 | 1 | 0.0")


@pytest.mark.requirement("S3-166")
def test_theme_7_has_every_clock_of_which_something_fell_due_and_each_step_that_must_be_taken(
    hannahs_incident: Incident, ari: User, sign_in: SignIn
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=40)
    page = page_of(sign_in(ari), "P7", f"from={HERE}&to={tomorrow:%Y-%m}")
    clocks = table_in(page, "Every clock")
    assert "Fell due" in clocks and "/figures/clock-record-sent/?" in clocks
    assert row_in(page, "DASH done, and done in time", "Done").startswith("0 | 1 | 0.0")
    assert "Missing" in table_in(page, "How good the record is")


@pytest.mark.requirement("S3-169")
def test_theme_10_says_what_became_of_cases_heard_and_of_the_actions(
    forum: Forum, hal: User, ari: User, sign_in: SignIn
) -> None:
    year = later(quarter_of(timezone.localdate()), -6)
    referral = referred(forum, hal)
    meeting = met(forum, hal, datetime(year.year, year.month, 20, 12, tzinfo=UTC))
    heard(referral, meeting, hal)
    page = page_of(sign_in(ari), "P10", "")
    caption = next(part for part in page.split("</caption>") if "What became of cases heard from" in part)
    caption = "What became of cases heard from" + caption.rsplit("What became of cases heard from", 1)[1]
    assert row_in(page, caption, forum.name).startswith("1 | 0 / 1 (0.0) | ")
    heads = table_in(page, caption)
    for words in ("Came back within a year", "Grade lower now", "Actions agreed", "Done, in time or late"):
        assert f">{words}</th>" in heads


@pytest.mark.requirement("S3-171")
def test_theme_12_shows_the_service_by_what_people_say_of_themselves(
    hannahs_incident: Incident, ellen: User, ari: User, sign_in: SignIn
) -> None:
    for incident in harm(ellen, 1, gender="F", ethnicity="A2", disability="yes"):
        crime_of(incident, ellen, "1")
    page = page_of(sign_in(ari), "P12")
    for by, group in (("gender", "Female"), ("ethnicity", "Asian: Pakistani"), ("disability", "Yes")):
        caption = f"Charge or summons rate, by {by} of the person harmed"
        assert row_in(page, caption, group).startswith("1 | 1 | 100.0")
    assert 'href="/equality/"' in page


@pytest.mark.requirement("S3-173")
def test_theme_14_has_disclosure_by_route_with_outcomes_and_times(
    disclosure_unit: Unit, perry: User, ari: User, sign_in: SignIn
) -> None:
    from_, to = timezone.localdate() - timedelta(days=60), timezone.localdate()
    page = page_of(sign_in(ari), "P14", f"from={from_:%Y-%m}&to={to:%Y-%m}")
    assert "Right to know" in table_in(page, "By route") and "Disclosure made" in table_in(page, "As it is published")
    assert "First contact to telling" in table_in(page, "How long each stage took")
    assert 'href="/looking-back/figures/"' in page


def checked(incident: Incident, by: User, officer: User, passed: int, returned: int) -> None:
    QualityCheck.objects.create(
        case=incident.case, recorded_by=by, officer=officer, unit=incident.case.unit, kind="dash", passed=passed, advised=0,
        returned=returned, subject_type="risk.assessment", subject_id=1,
    )  # fmt: skip


@pytest.mark.requirement("S3-174")
def test_theme_15_has_how_checks_were_scored_grades_lowered_and_safety_plans(
    hannahs_incident: Incident, ellen: User, priya: User, ari: User, sign_in: SignIn
) -> None:
    for passed, returned in ((9, 0), (8, 1), (3, 6)):
        checked(hannahs_incident, priya, ellen, passed, returned)
    page = page_of(sign_in(ari), "P15")
    caption = "How checks of quality were scored"
    assert row_in(page, caption, "All of it") == "1 | 33.3"
    assert row_in(page, caption, "70 to under 90 in 100") == "1 | 33.3"
    assert row_in(page, caption, "0 to under 50 in 100") == "1 | 33.3"
    assert "Lowered since" in table_in(page, "Grades lowered")
    assert "With a plan in force" in table_in(page, "Safety plan in place")


def test_what_partners_say_stands_beside_what_victims_say(
    cora: User, abel: User, cleo: User, ari: User, sign_in: SignIn
) -> None:
    theirs: Questionnaire = edition(cora, abel, "partner")
    take(PartnerFeedback(), "give", cleo, **partner_says(theirs, "fairly", words="The desk is friendly."))
    page = page_of(sign_in(ari), "P9")
    assert "1 | 1 | 100.0" in row_in(page, "What partners say", f"{quarter_of(timezone.localdate()):%Y-%m}")


def test_what_partners_counted_is_added_up_over_the_months_that_were_given(
    ari: User, force: Unit, sign_in: SignIn
) -> None:
    rows = [
        (f"2026-0{month}", "NP", "Referrals to a refuge", value, "Refuge return")
        for month, value in ((3, "7"), (4, "5"))
    ]
    confirmed("partner", rows, ari, second(force))
    page = page_of(sign_in(ari), "P11", "from=2026-03&to=2026-05")
    assert row_in(page, "What partners counted", "Referrals to a refuge") == f"{force.name} | 12 | 2"


def test_every_table_of_an_answer_is_made_of_functions_that_say_what_they_count() -> None:
    made: set[Tables] = {make for row in ANSWERS.values() for make in (*row.tables, *row.force)}
    assert all(make.__doc__ for make in made)
