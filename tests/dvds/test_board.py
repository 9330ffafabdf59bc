"""The board: everything open by stage, the most dangerous first, what is late and what will be; only for the unit, and quick."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Duty, Unit, User
from audit.models import Access
from cases.models import UnsafeReport
from cases.services import hold, restrict
from dvds.models import Application, Delay, Triage
from dvds.services import limits
from dvds.services.board import FEW, Board, Filters, board_of
from dvds.services.pace import forecast, pace
from tests.cast import client_of, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.clocked import happened, opened_at
from workflow.models import Holiday

S = Application.State
DAY = timedelta(days=1)


def opened(unit: Unit, by: User, state: str = "checks", **said: Any) -> Application:
    """One with its clocks, in a state."""
    found = consideration(unit, by, state, **said)
    return opened_at(found, found.first_contact_at, by)


def board(user: User, **chosen: str) -> Board:
    return board_of(user, timezone.now(), Filters(**chosen), Holiday.objects.calendar())


def shown(found: Board) -> dict[str, list[int]]:
    return {group.stage.code: [row.application.pk for row in group.rows] for group in found.groups if group.total}


def test_everything_open_stands_in_its_stage_danger_first_then_by_grade(disclosure_unit: Unit, perry: User) -> None:
    medium = opened(disclosure_unit, perry, risk="medium", days_ago=3)
    high = opened(disclosure_unit, perry, risk="high")
    unjudged = opened(disclosure_unit, perry)
    unsafe = opened(disclosure_unit, perry, risk="standard")
    now = timezone.now()
    UnsafeReport.objects.create(
        case=unsafe.case, what="He is outside.", since_at=now, recorded_by=perry, recorded_at=now
    )  # fmt: skip
    forum = opened(disclosure_unit, perry, "referred", risk="medium", days_ago=20)
    opened(disclosure_unit, perry, "closed")
    found = board(perry)
    assert shown(found) == {"checks": [unsafe.pk, high.pk, unjudged.pk, medium.pk], "forum": [forum.pk]}
    assert found.total == 5


@pytest.mark.requirement("S3-240")
def test_what_nobody_asked_for_is_ranked_by_risk_and_by_a_link_to_somebody_serial(
    disclosure_unit: Unit, perry: User
) -> None:
    medium = opened(disclosure_unit, perry, "triaged", route="know", risk="medium", days_ago=3)
    serial = opened(disclosure_unit, perry, "triaged", route="know", risk="standard", days_ago=2)
    high = opened(disclosure_unit, perry, "triaged", route="know", risk="high")
    Triage.objects.create(
        case=serial.case, application=serial, grade="standard", immediate="no", information="New partner.", judged="Known.",
        options="Assess.", serial="yes", recorded_by=perry,
    )  # fmt: skip
    assert shown(board(perry, route="know")) == {"assessment": [high.pk, serial.pk, medium.pk]}
    assert ">Serial<" in text_of(client_of(perry).get("/considerations/?route=know"))


def test_a_row_says_both_bars_the_latest_safe_date_and_what_comes_next(
    disclosure_unit: Unit, perry: User, wren: User
) -> None:
    one = opened(disclosure_unit, perry, "meeting", risk="high", days_ago=12, children=("Leo Field",))
    hold(case=one.case, part="investigation", person=wren, at=timezone.now())
    [row] = next(group.rows for group in board(perry).groups if group.stage.code == "meeting")
    assert row.standing.in_stage and row.standing.in_stage.words.startswith("day ")
    assert row.standing.overall and row.standing.overall.words == "day 12 of 28"
    assert row.standing.safe and row.standing.safe.why
    assert (row.next_step, row.holder, row.children) == ("Hold the meeting", "DC 8503 Salter", 1)


def test_what_is_late_says_by_how_much_and_whether_anything_keeps_her_safe(disclosure_unit: Unit, perry: User) -> None:
    one = opened(disclosure_unit, perry, days_ago=3)
    [row] = board(perry, flag="late").groups[0].rows
    assert row.standing.in_stage and row.standing.in_stage.left.startswith("Late by 2 d")
    page = text_of(client_of(perry).get("/considerations/"))
    assert "Late by 2 d" in page and "No holding safety plan" in page
    Delay.objects.create(
        case=one.case, application=one, policy=limits.CHECKS, why="agency", words="Not answered.", recorded_by=perry,
        holding_plan="Her IDVA rings each evening.",
    )  # fmt: skip
    page = text_of(client_of(perry).get("/considerations/"))
    assert "Holding safety plan" in page and "No holding safety plan" not in page and "Delay: an agency" in page


def test_what_the_force_set_itself_is_said_to_be_local_and_is_no_latest_safe_date(
    disclosure_unit: Unit, perry: User
) -> None:
    opened(disclosure_unit, perry, route="know", days_ago=1.5)
    [row] = board(perry).groups[0].rows
    assert row.standing.local and row.standing.late_in_stage
    assert row.standing.safe and not row.standing.safe.passed and "5 working days" in row.standing.safe.why


def test_the_filters_narrow_and_a_word_that_is_not_offered_is_not_heard(
    disclosure_unit: Unit, perry: User, wren: User
) -> None:
    asked = opened(disclosure_unit, perry, risk="high")
    told = opened(disclosure_unit, perry, route="know", renewed_at=timezone.now())
    kids = opened(disclosure_unit, perry, children_affected="yes", risk="medium")
    hold(case=kids.case, part="investigation", person=wren, at=timezone.now())

    def left(**chosen: str) -> set[int]:
        return {row.application.pk for group in board(perry, **chosen).groups for row in group.rows}

    assert left(route="know") == {told.pk}
    assert left(risk="high") == {asked.pk} and left(risk="none") == {told.pk}
    assert left(holder="nobody") == {asked.pk, told.pk} and left(holder=str(wren.pk)) == {kids.pk}
    assert left(flag="children") == {kids.pk} and left(flag="new") == {told.pk} and left(flag="danger") == set()
    assert left(stage="forum") == set()
    page = client_of(perry).get("/considerations/?route=xx&flag=drop&holder=99999&stage=nowhere&from=z")
    assert page.status_code == 200 and "3 open," in text_of(page)


def test_a_stage_too_long_for_the_board_is_counted_and_paged(disclosure_unit: Unit, perry: User) -> None:
    made = [opened(disclosure_unit, perry, days_ago=1 + n / 100) for n in range(FEW + 3)]
    found = board(perry)
    assert (found.groups[0].total, len(found.groups[0].rows), found.groups[0].more) == (FEW + 3, FEW, 3)
    assert [row.application.pk for row in found.groups[0].rows] == [one.pk for one in reversed(made)][:FEW]
    page = text_of(client_of(perry).get("/considerations/"))
    assert f"Show all {FEW + 3} in Initial checks" in page
    whole = board(perry, stage="checks")
    assert len(whole.groups[0].rows) == FEW + 3 and whole.more_from == 0


def test_the_board_costs_as_many_statements_for_fifteen_as_for_one(
    disclosure_unit: Unit, perry: User, wren: User
) -> None:
    opened(disclosure_unit, perry, "referred", days_ago=20)
    client = client_of(perry)
    client.get("/considerations/")
    with CaptureQueriesContext(connection) as one:
        client.get("/considerations/")
    for state in ("checks", "meeting", "met", "referred", "to_tell"):
        for _n in range(3):
            more = opened(disclosure_unit, perry, state, days_ago=20, children=("Leo Field",))
            hold(case=more.case, part="investigation", person=wren, at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        client.get("/considerations/")
    assert len(many) <= len(one) + 3  # duty, agenda and holders are asked once there is somebody to ask of


def test_the_board_is_the_units_and_shows_nobody_what_is_kept_from_them(
    disclosure_unit: Unit, perry: User, maya: User, ellen: User, hal: User
) -> None:
    kept = opened(disclosure_unit, maya)
    opened(disclosure_unit, perry)
    restrict(case=kept.case, by=maya)
    assert board(perry).total == 1
    page = client_of(maya).get("/considerations/")
    assert kept.case.reference in text_of(page) and "Rosa" not in text_of(page)
    assert Access.objects.filter(by=maya, what="dvds.board").exists()
    for outsider in (ellen, hal):
        assert client_of(outsider).get("/considerations/").status_code == 403


def test_what_will_be_late_is_said_before_it_is_with_its_cause(disclosure_unit: Unit, perry: User, wren: User) -> None:
    now, calendar = timezone.now(), Holiday.objects.calendar()
    waits = opened(disclosure_unit, perry, "referred", days_ago=25)
    unmet = opened(disclosure_unit, perry, "meeting", days_ago=20)
    opened(disclosure_unit, perry, "checks", days_ago=1)  # its limit lies beyond the ten working days
    opened(disclosure_unit, perry, "referred", days_ago=40)  # late already
    held = opened(disclosure_unit, perry, "met", days_ago=26)
    hold(case=held.case, part="investigation", person=wren, at=now)
    happened(held, "consideration.hold-meeting", perry, now - DAY)
    held.case.deadlines.update(holder=wren)
    Duty.objects.create(user=wren, from_at=now - 2 * DAY, to_at=now - DAY)
    found = forecast(perry, now, calendar)
    causes = {cause.code: [row.id for row in cause.rows] for cause in found.causes}
    assert causes == {"person": [held.pk], "forum": [waits.pk], "meeting": [unmet.pk]}
    assert (found.likely, found.late_now, found.known) == (3, 1, False)
    page = text_of(client_of(perry).get("/considerations/"))
    assert "Likely to be late in the next 10 working days" in page and "On one person, who is away: 1" in page


def test_the_pace_is_that_of_what_ended_in_the_last_sixty_days(disclosure_unit: Unit, perry: User) -> None:
    now = timezone.now()
    for n in range(5):
        one = opened(disclosure_unit, perry, days_ago=30)
        first = one.first_contact_at
        happened(one, "consideration.progress", perry, first + DAY, state=S.MEETING)
        happened(one, "consideration.hold-meeting", perry, first + 9 * DAY, state=S.MET)
        happened(one, "consideration.sign", perry, first + 13 * DAY, state=S.REFERRED)
        happened(one, "consideration.decide-tell", perry, first + 20 * DAY, state=S.TO_TELL)
        happened(one, "consideration.told", perry, first + (22 + n) * DAY, state=S.TOLD, told_at=first + (22 + n) * DAY)
    found = pace(perry, now)
    assert found.known
    assert {stage: took.days for stage, took in found.takes.items()} == {
        "checks": 24, "meeting": 23, "assessment": 15, "forum": 11, "telling": 4,
    }  # fmt: skip


def test_what_depends_on_one_person_is_said(disclosure_unit: Unit, perry: User, wren: User) -> None:
    for _n in range(3):
        one = opened(disclosure_unit, perry)
        hold(case=one.case, part="investigation", person=wren, at=timezone.now())
    assert "DC 8503 Salter holds 3 of 3." in text_of(client_of(perry).get("/considerations/"))


@pytest.mark.parametrize("days_ago", [400, 2000])
def test_one_from_a_year_without_bank_holidays_breaks_nothing(
    disclosure_unit: Unit, perry: User, days_ago: int
) -> None:
    consideration(disclosure_unit, perry, "meeting", days_ago=days_ago)
    assert client_of(perry).get("/considerations/").status_code == 200
