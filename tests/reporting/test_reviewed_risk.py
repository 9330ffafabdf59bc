"""What is reviewed of risk (R5) and of what is referred to MARAC (R8): each page says in numbers what happened in March."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Unit, User
from audit import services as audit
from audit.models import Operation
from cases.models import Case, Incident
from marac.models import Referral
from risk.models import Assessment, QualityCheck
from safeguarding.models import Agency
from tests.marac.followed import forum_of, heard, met, referred
from tests.reporting.measures.generated import graded
from tests.reporting.packs.packing import block, cell, made
from tests.reporting.test_answers import page_of, row_in, table_in
from tests.reporting.test_reviewed import MARCH, TENTH, happened, told
from workflow.models import Deadline
from workflow.models.record import about
from workflow.policies import POLICIES

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db


# --- R5 ---
def regraded(incident: Incident, grade: str, by: User) -> None:
    """A specialist grades the case of a report again, a day later."""
    row = Assessment.objects.get(incident=incident)
    mine = {"case": incident.case, "recorded_by": by}
    graded(row, grade, "regrade", TENTH + timedelta(days=2), "medium", by, mine, role="da_specialist")


@pytest.mark.requirement("S3-025")
def test_the_assessment_of_risk_is_read_by_whether_it_was_done_how_soon_how_well_and_whether_a_specialist_agreed(
    nr3: Unit, sr1: Unit, ellen: User, priya: User, cora: User, ari: User, sign_in: SignIn
) -> None:
    found = told(
        [
            happened(dash=1, grade="medium"), happened(unit=1, dash=30, grade="medium"), happened(dash=2, grade="medium"),
            happened(),
        ],
        [nr3, sr1], ellen,
    )  # fmt: skip
    regraded(found[0], "high", cora)
    regraded(found[1], "medium", cora)
    for passed, returned in ((9, 0), (3, 6)):
        QualityCheck.objects.create(
            case=found[0].case, recorded_by=priya, recorded_at=TENTH, officer=ellen, unit=nr3, kind="dash", passed=passed,
            advised=0, returned=returned, **about(found[0]),
        )  # fmt: skip
    page = page_of(sign_in(ari), "R5", MARCH)
    assert row_in(page, "DASH done, and done in time", "Done").startswith("3 | 4 | 75.0 | ")
    assert row_in(page, "DASH done, and done in time", "Done within 24 hours").startswith("2 | 4 | 50.0 | ")
    # two hours and 24.4 hours, of one, two and thirty; the fourth waits
    assert row_in(page, "How long it takes", "from report to the DASH") == "0.1 | 1.0 | 3 | 1"
    assert row_in(page, "Quality of risk assessments", "Rows that passed").startswith("12 | 18 | 66.7 | ")
    assert row_in(page, "How checks of quality were scored", "All of it") == "1 | 50.0"
    assert row_in(page, "How checks of quality were scored", "0 to under 50 in 100") == "1 | 50.0"
    assert row_in(page, "Grades that a specialist changed", "Graded otherwise").startswith("1 | 2 | 50.0 | ")
    caption = "Grades that a specialist changed, by division"
    assert row_in(page, caption, "Northgate").startswith("1 | 1 | 100.0 | ")
    assert row_in(page, caption, "Southmere").startswith("0 | 1 | 0.0 | ")


# --- R8 ---
def was_due(case: Case, policy: str, by: User, late: bool) -> None:
    """Something of a case fell due on 11 March and was done an hour before or after it."""
    due = TENTH + timedelta(days=1)
    event = audit.record(
        name="case.x", operation=Operation.COLLECTION, subject=case, folder=case, by=by, at=TENTH, changes={}
    )
    stopped = due + timedelta(hours=1 if late else -1)
    Deadline.objects.create(
        subject_type="cases.case", subject_id=case.pk, case=case, unit=case.unit, policy=policy, length="24h",
        source_type="cases.case", source_id=case.pk, started_by_event=event, started_at=TENTH, due_at=due, stopped_at=stopped,
    )  # fmt: skip


@pytest.mark.requirement("S3-136")
def test_referrals_to_marac_are_read_by_who_sent_them_how_soon_and_what_came_of_them(
    nr3: Unit, ellen: User, hal: User, abuse_unit: Unit, housing: Agency, ari: User, sign_in: SignIn
) -> None:
    high, unreferred = told([happened(dash=1, grade="high") for _ in range(2)], [nr3], ellen)
    forum = forum_of(hal)
    ours = referred(forum, hal, high.case, at=TENTH)
    waiting = referred(forum, hal, at=TENTH, state=Referral.State.SUBMITTED, accepted_at=None)
    theirs = referred(forum, hal, at=TENTH, agency=housing, grounds=["repeat"])
    heard(theirs, met(forum, hal, TENTH + timedelta(days=14)), hal)
    was_due(ours.case, "marac-referral-accepted", hal, late=False)
    was_due(waiting.case, "marac-referral-accepted", hal, late=True)
    page = page_of(sign_in(ari), "R8", MARCH)
    caption = "Referrals to MARAC"
    for label, numbers in (
        ("Sent", "3 | –"),
        ("Accepted", "2 | 3 | 66.7"),
        ("By the police", "2 | 3 | 66.7"),
        ("Repeats", "1 | 3 | 33.3"),
    ):
        assert row_in(page, caption, label).startswith(f"{numbers} | "), label
    by_source = f"{caption}, by who referred"
    assert row_in(page, by_source, "Sent: The police").startswith("2 | ")
    assert row_in(page, by_source, "Accepted: The police").startswith("1 | 2 | 50.0 | ")
    assert row_in(page, by_source, f"Accepted: {housing.unit.name}").startswith("1 | 1 | 100.0 | ")
    assert row_in(page, f"{caption}, by division", f"Repeats: {abuse_unit.name}").startswith("1 | 3 | 33.3 | ")
    assert row_in(page, "High risk referred to MARAC", "Referred").startswith("1 | 2 | 50.0 | ")
    assert row_in(page, ">MARAC", "Cases heard").startswith("1 | ") and row_in(page, ">MARAC", "Repeats").startswith(
        "1 | 1 | "
    )
    clock = POLICIES["marac-referral-accepted"].label
    assert row_in(page, "These clocks", clock).endswith(">2</a> | 1 | 50.0 | 2 | 100.0")
    assert table_in(page, "These clocks").count("<tr") == 2  # of no other clock anything fell due
    assert unreferred.case.reference not in page
    pack = made("marac", hal, "2026-01")
    assert sign_in(hal).get(f"{pack.get_absolute_url()}file/").status_code == 200
    assert [cell(pack, "by-referred-source", name) for name in ("The police", housing.unit.name)] == ["1", "1"]
    assert cell(pack, "figure-referred", "Repeats") == "1"
    assert cell(pack, "figure-referred", "Repeats", 4).endswith("(1 of 3)")
    assert block(pack, "figure-m27")["headline"]["numbers"].startswith("1 of 2.")
    assert [cell(pack, "referring", clock, column) for column in (1, 2, 3)] == ["2", "50.0", "100.0"]
