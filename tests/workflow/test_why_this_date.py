"""Why this date? The sum, the rule, what meets it, who is told and every date it has had."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Access
from cases.models import Case
from cases.services import restrict
from tests import cast
from workflow.clock import Length
from workflow.deadlines import move
from workflow.models import Deadline, Holiday
from workflow.pages import dates

STEPS = ("Start", "Rule", "Days skipped", "Clock change", "Extensions", "What meets it", "If it is missed", "Authority")


@pytest.fixture
def owed(hannahs_case: Case) -> Deadline:
    return hannahs_case.deadlines.get(policy="record-sent")


def shown(user: User, deadline: Deadline) -> str:
    answer = cast.client_of(user).get(f"/deadlines/{deadline.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_eight_steps_are_always_there(owed: Deadline, ellen: User) -> None:
    page = shown(ellen, owed)
    places = [page.index(f'<span class="app-steps__name">{name}</span>') for name in STEPS]
    assert places == sorted(places)
    assert "None in this period." in page or "The clocks go" in page
    assert "This date cannot be extended." in page


def test_it_says_the_moment_the_sum_what_is_left_and_who_holds_it(owed: Deadline, ellen: User) -> None:
    page = shown(ellen, owed)
    assert "Why this date? Send the record" in page
    assert "Due in 23 hours" in page
    assert "= 24 hours" in page
    assert "Held by PC 2877 Ellen Marsh." in page
    assert "Recording of an incident begun. Recorded by PC 2877 Ellen Marsh." in page
    assert "RC1" in page


def test_days_that_do_not_count_are_named(owed: Deadline, ellen: User) -> None:
    saturday = datetime(2026, 8, 29, 7, 0, tzinfo=UTC)
    move(owed, saturday, Length.parse("statutory-hours:48"), "For the picture", ellen)
    page = shown(ellen, owed)
    assert "Due Wednesday 2 September 2026 at 08:00" in page
    assert "16 + 0 + 0 + 24 + 8 = 48 hours" in page
    assert "Sunday 30 August (Sunday). Monday 31 August (Summer bank holiday)." in page


def test_every_date_it_has_had_is_there_the_newest_first(owed: Deadline, ellen: User, priya: User) -> None:
    start = owed.started_at - timedelta(hours=2)
    move(owed, start, Length.parse(owed.length), "The fact it starts from was corrected", priya)
    page = shown(ellen, owed)
    rows = page[page.index('id="dates"') :]
    assert rows.index("was corrected") < rows.index("First set")
    assert rows.index("app-tag") < rows.index("First set")
    assert "PS 4471 Nair" in rows


def test_who_will_be_told_is_each_rung_of_the_ladder_with_its_moment(
    owed: Deadline, ellen: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(dates, "_RESOLVERS", [])
    page = shown(ellen, owed)
    told = page[page.index('id="told"') :]
    assert [
        words in told for words in ("PC 2877 Marsh", "4 hours before", "The sergeant", "When due", "The inspector")
    ] == [True] * 5


def test_a_met_deadline_says_so_and_a_dropped_one_why(owed: Deadline, ellen: User) -> None:
    now = timezone.now()
    Deadline.objects.filter(pk=owed.pk).update(stopped_at=now, stopped_by_event=owed.started_by_event)
    assert "Met, 23 hours early" in shown(ellen, owed)
    Deadline.objects.filter(pk=owed.pk).update(dropped_because="Taken back to change it")
    assert "No longer owed." in shown(ellen, owed)


def test_a_policy_that_left_the_table_and_a_year_without_holidays_still_make_a_page(
    owed: Deadline, ellen: User
) -> None:
    Deadline.objects.filter(pk=owed.pk).update(policy="forgotten-clock")
    assert "Why this date? Forgotten clock" in shown(ellen, owed)
    move(owed, owed.started_at, Length.parse("working-days:10"), "For the test", ellen)
    Holiday.objects.all().delete()
    assert "the bank holidays of one of these years are not loaded" in shown(ellen, owed)


def test_a_calendar_that_has_changed_since_is_said(owed: Deadline, ellen: User) -> None:
    Deadline.objects.filter(pk=owed.pk).update(due_at=owed.due_at + timedelta(days=1))
    assert "With the calendar as it is now the sum would end" in shown(ellen, owed)


@pytest.mark.parametrize("who", ["stranger", "victor"])
def test_it_is_hidden_where_its_case_is_hidden(owed: Deadline, request: Any, who: str) -> None:
    assert cast.client_of(request.getfixturevalue(who)).get(f"/deadlines/{owed.pk}/").status_code == 404


def test_a_restricted_case_hides_its_dates(owed: Deadline, hannahs_case: Case, priya: User, tom: User) -> None:
    restrict(case=hannahs_case, by=priya)
    assert cast.client_of(tom).get(f"/deadlines/{owed.pk}/").status_code == 404


def test_the_next_beat_is_asked_why_first_and_a_look_is_written_down(
    owed: Deadline, hannahs_case: Case, sam: User
) -> None:
    client = cast.client_of(sam)
    door = client.get(f"/deadlines/{owed.pk}/")
    assert door.url == f"{hannahs_case.get_absolute_url()}reason/?next=/deadlines/{owed.pk}/"
    opened = client.post(door.url, {"code": "asked", "more": "", "next": f"/deadlines/{owed.pk}/"}, follow=True)
    assert "Why this date?" in opened.content.decode()
    assert Access.objects.filter(kind=Access.Kind.VIEW, chain=hannahs_case.pk, by=sam).exists()


def test_nobody_is_sent_to_sign_in_and_no_such_deadline_is_404(owed: Deadline, nobody: Any, ellen: User) -> None:
    assert nobody.get(f"/deadlines/{owed.pk}/").status_code == 302
    assert cast.client_of(ellen).get("/deadlines/999999999/").status_code == 404


def test_the_page_costs_the_same_however_many_dates_it_has_had(owed: Deadline, ellen: User) -> None:
    client = cast.client_of(ellen)

    def cost() -> int:
        client.get(f"/deadlines/{owed.pk}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/deadlines/{owed.pk}/")
        return len(asked)

    few = cost()
    for hour in range(10):
        move(
            owed, owed.started_at + timedelta(minutes=hour + 1), Length.parse(owed.length), f"Correction {hour}", ellen
        )
    assert cost() == few
    assert few <= 20


def test_who_will_be_told_is_said_by_name_where_it_is_known(
    owed: Deadline, ellen: User, priya: User, ruth: User, victor: User
) -> None:
    page = shown(ellen, owed)
    told = page[page.index('id="told"') : page.index('id="wrong"')]
    assert "<strong>PS 4471 Nair</strong> (sergeant)" in told
    assert "<strong>Insp 1188 Calder</strong> (inspector)" in told
    assert "Hale" not in told
