"""Five years of a force in small: its rows hold, its rates are such as a force has, and the product works with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from benchmarks import force
from benchmarks.__main__ import arguments
from benchmarks.measuring import replay
from benchmarks.seeding import run
from benchmarks.stage import raw
from benchmarks.years import figures, shape
from benchmarks.years.drawing import pour
from benchmarks.years.ground import Ground, lay
from benchmarks.years.measuring import measure
from benchmarks.years.operations import OPERATIONS, Operation
from benchmarks.years.questions import QUESTIONS, asked
from benchmarks.years.seeding import READERS, Seeded, seed_years
from cases.models import ArrestDecision, Case, CourseEvent, Crime, Incident, Involvement, Outcome, SetMarker
from cases.panels import PANELS
from dvds.models import Application
from marac.models import Hearing, Referral
from people.models import Birth, Description, Person, PersonName
from risk.models import Assessment, RiskDecision, SafetyPlan
from safeguarding.models import Encompass
from supervision.escalation.sweep import sweep
from tests.benchmarks.test_scale import indexes_and_keys_are_all_there_again
from tests.cast import client_of
from workflow.models import Deadline

REPORTS = 200
END = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def seeded(transactional_db: None) -> Seeded:
    return seed_years(REPORTS)


def test_five_years_are_written_and_every_page_of_one_of_their_cases_opens(seeded: Seeded) -> None:
    indexes_and_keys_are_all_there_again()
    keys_hold()
    rates_are_such_as_a_force_has()
    nothing_was_done_before_it_was_reported_or_after_the_end(seeded)
    assert sweep(timezone.now()).rows == 0  # what is late was told of in full
    case = Case.objects.get(reference=seeded.case)
    whoever_may_see_it_finds_it(case, seeded)
    its_pages_open(case)
    those_of_partners_open()


def keys_hold() -> None:
    """The constraints are in force; here each generic row that they cannot hold points at something."""
    about = {"cases.incident": Incident, "cases.arrestdecision": ArrestDecision, "cases.case": Case}
    for label, model in about.items():
        owed = Deadline.objects.filter(subject_type=label)
        assert owed.exists()
        assert not owed.exclude(subject_id__in=model.objects.values("pk")).exists(), label
    assert not Incident.objects.exclude(pk__in=Involvement.objects.filter(part="victim").values("incident")).exists()
    assert Person.objects.filter(involvements__isnull=True).count() == 0
    assert PersonName.objects.count() == Involvement.objects.count()  # a case learns who is in it
    assert Birth.objects.filter(born_on__gt=timezone.localdate()).count() == 0


def rates_are_such_as_a_force_has() -> None:
    crimes, arrests = Crime.objects.counted().count(), ArrestDecision.objects.taken().count()
    assert Incident.objects.count() == REPORTS
    assert 0.4 < Incident.objects.filter(classed="crime").count() / REPORTS < 0.8
    assert 0.15 < arrests / crimes < 0.6
    first = RiskDecision.objects.filter(kind="initial")
    assert 0.04 < first.filter(to_grade="high").count() / first.count() < 0.25
    assert 0.85 < Assessment.objects.count() / REPORTS < 1
    harmed = Involvement.objects.filter(part="victim").values("person").annotate(times=Count("pk"))
    assert harmed.filter(times__gte=2).count() > REPORTS / 20  # some again and again
    assert max(harmed.values_list("times", flat=True)) < REPORTS / 8
    gender = Description.objects.filter(topic="gender", person__involvements__part="victim")
    assert 0.55 < gender.filter(answer="F").count() / gender.count() < 0.9
    late = Deadline.objects.filter(stopped_at__isnull=False)
    assert {row.policy for row in late} >= {"record-sent", "crime-recorded", "call-response", "no-arrest-checked"}
    assert 0.6 < sum(row.met for row in late) / len(late) < 0.98
    for model in (SetMarker, Outcome, CourseEvent, SafetyPlan, Referral, Hearing, Encompass, Application):
        assert model.objects.exists(), model.__name__


def nothing_was_done_before_it_was_reported_or_after_the_end(seeded: Seeded) -> None:
    outside = Q(reported_at__gt=seeded.until) | Q(reported_at__lt=seeded.until - timedelta(days=366 * shape.YEARS + 31))
    assert not Incident.objects.filter(outside).exists()
    assert not ArrestDecision.objects.filter(arrested_at__gt=seeded.until).exists()
    assert not Outcome.objects.filter(settled_at__gt=seeded.until).exists()
    assert not Assessment.objects.filter(asked_at__gt=seeded.until).exists()
    assert not Deadline.objects.filter(stopped_at__gt=timezone.now()).exists()
    for row in Outcome.objects.select_related("crime__incident"):
        assert row.settled_at is not None
        assert row.crime.incident.reported_at < row.crime.recorded_at < row.settled_at


def whoever_may_see_it_finds_it(case: Case, seeded: Seeded) -> None:
    analyst, officer = User.objects.get(username=seeded.analyst), User.objects.get(username=seeded.officer)
    assert Case.objects.visible_to(analyst).filter(pk=case.pk).exists()
    assert Case.objects.visible_to(analyst).filter(kind="investigation").count() == REPORTS
    assert not Case.objects.visible_to(analyst).exclude(kind="investigation").exists()
    assert Case.objects.worked_by(officer).filter(pk=case.pk).exists()
    elsewhere = User.objects.get(username="b0100")
    assert not Case.objects.worked_by(elsewhere).filter(pk=case.pk).exists()


def its_pages_open(case: Case) -> None:
    """For the sergeant of its team: the case and its panels, its records, its people."""
    browser = client_of(User.objects.filter(postings__unit=case.unit, postings__role="sergeant").earliest("pk"))
    incident = case.incident_set.get()
    addresses = [case.get_absolute_url(), f"/work/incident/{incident.pk}/", "/team/", "/quality-checks/?days=365"]
    addresses += [
        f"{case.get_absolute_url()}?panel={panel.name}" for panel in PANELS.values() if case.kind in panel.kinds
    ]
    for rows in (
        Crime.objects.filter(case=case),
        Assessment.objects.filter(case=case),
        SafetyPlan.objects.filter(case=case),
    ):
        addresses += [row.get_absolute_url() for row in rows]
    addresses += [row.person.get_absolute_url() for row in incident.involvements.select_related("person")]
    for address in addresses:
        assert browser.get(address).status_code == 200, address


def those_of_partners_open() -> None:
    referral, considered = Referral.objects.latest("pk"), Application.objects.latest("pk")
    coordinator, discloser = client_of(referral.recorded_by), client_of(considered.recorded_by)
    forum = f"/marac/forums/{referral.forum_id}/"
    for address in (referral.get_absolute_url(), forum, f"{forum}returns/"):
        assert coordinator.get(address).status_code == 200, address
    for address in (considered.get_absolute_url(), "/considerations/"):
        assert discloser.get(address).status_code == 200, address


def test_the_bare_sql_answers_as_the_product_counts(seeded: Seeded) -> None:
    since = seeded.until - timedelta(days=1461)
    within = Crime.objects.counted().filter(incident__reported_at__gte=since, incident__reported_at__lt=seeded.until)
    assert sum(row[1] for row in run(asked("crimes", since, seeded.until))) == within.count()
    arrests = ArrestDecision.objects.taken().filter(arrested_at__gte=since, arrested_at__lt=seeded.until)
    assert sum(row[1] for row in run(asked("arrests", since, seeded.until))) == arrests.count()
    counted, again = repeated(since, seeded.until)
    found = run(asked("repeat victims", since, seeded.until))
    assert (sum(row[2] for row in found), sum(row[1] for row in found)) == (counted, again)
    with raw() as line:
        replay(line, [asked(name, since, seeded.until) for name in QUESTIONS])


def repeated(since: datetime, until: datetime) -> tuple[int, int]:
    """People harmed in each month, and those of them harmed in the twelve months before, counted one by one."""
    rows = Involvement.objects.filter(part="victim").exclude(incident__da_confirmed="no")
    seen: dict[int, list[datetime]] = {}
    months: set[tuple[int, int, int]] = set()
    repeats: set[tuple[int, int, int]] = set()
    for person, at in rows.order_by("incident__reported_at").values_list("person_id", "incident__reported_at"):
        here = timezone.localtime(at)
        if since <= at < until:
            months.add((person, here.year, here.month))
            if any(at - earlier < timedelta(days=365) for earlier in seen.get(person, ())):
                repeats.add((person, here.year, here.month))
        seen.setdefault(person, []).append(at)
    return len(months), len(repeats)


def counted_crimes(user: User, since: datetime, until: datetime) -> int:
    within = Crime.objects.counted().visible_to(user).filter(recorded_at__gte=since, recorded_at__lt=until)
    return int(within.count())


def test_an_operation_is_measured_beside_its_floor_and_told_in_a_table(seeded: Seeded) -> None:
    plugged = Operation("crimes", "explorer: crimes", 48, ("crimes",), answers=counted_crimes)
    measured = measure(seeded, 2, [plugged, replace(OPERATIONS[1], answers=None, page="")])
    assert [len(one.floor.each) for one in measured] == [2, 2]
    assert measured[0].statements == 1 and measured[1].ratio is None
    measured[0].floor.each, measured[0].product.each = [2.0, 2.0], [6.0, 6.0]
    larger = replace(seeded, reports=100 * seeded.reports)
    told = figures.markdown([figures.Scale(seeded, measured), figures.Scale(larger, measured)], 2)
    assert "| 3.00  |" in told and "**missed**" in told and "Growth from 200 to 20,000" in told
    assert figures.plain([figures.Scale(seeded, measured)])[0]["operations"]["crimes"]["floor"]["p50"] == 2


def test_the_same_number_on_the_same_day_is_the_same_force(transactional_db: None) -> None:
    ground = Ground(force.raise_force(shape.DIVISIONS, shape.OFFICERS, readers=READERS), 300, END)
    lay(ground)
    first = run("SELECT md5(string_agg(r::text, '' ORDER BY n)) FROM bench_report AS r")
    lay(ground)
    assert run("SELECT md5(string_agg(r::text, '' ORDER BY n)) FROM bench_report AS r") == first
    assert run("SELECT count(*), count(DISTINCT n), max(n) FROM bench_report") == [(300, 300, 299)]


def test_months_share_the_reports_by_season_and_none_is_lost() -> None:
    found = shape.months(525_000, END)
    assert sum(month.reports for month in found) == 525_000
    assert [month.begins.day for month in found] == [1] * len(found) and len(found) == 61
    of_year = {month.begins.month: month.reports / month.days for month in found[:12]}
    assert of_year[7] > of_year[2] and of_year[12] > of_year[11]
    assert [month.since for month in found].index(True) == 19  # June 2023, from November 2021
    assert sum(month.reports for month in shape.months(7, END)) == 7


def test_a_column_that_must_be_said_or_is_not_there_stops_the_seeding(db: None) -> None:
    with pytest.raises(LookupError, match=r"What stands in Case\.kind"):
        pour(Case, "(SELECT 1) AS r", reference="'X'", unit="1", opened_at="now()")
    with pytest.raises(LookupError, match="has no colour"):
        pour(Case, "(SELECT 1) AS r", reference="'X'", kind="'investigation'", unit="1", opened_at="now()", colour="1")


def test_the_questions_of_the_table_are_there_and_its_scale_is_bounded() -> None:
    assert {name for one in OPERATIONS for name in one.floor} == set(QUESTIONS)
    assert len({one.name for one in OPERATIONS}) == len(OPERATIONS)
    assert arguments(["years", "--scale", "525000"]).what == "years"
