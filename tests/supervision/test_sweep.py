"""Who hears of a clock, once each, and what happens where nobody can or a row cannot be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Posting
from cases.models import Case
from cases.services import name_person
from supervision.escalation import RETRY, sweep
from supervision.models import Fault, Notice
from tests.cast import person, shut_out
from tests.supervision.conftest import off_duty, owe
from workflow.models import Deadline, PolicySetting
from workflow.policies import POLICIES

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("person__last_name", flat=True))


def test_nobody_is_told_before_the_first_rung(owed: Any, now: Any, priya: Any) -> None:
    owed(now + 5 * HOUR)
    assert sweep(now).rows == 0
    assert told() == []


def test_each_rung_is_told_to_whom_it_names_in_order(owed: Any, now: Any, priya: Any, ruth: Any) -> None:
    deadline = owed(now)
    for hours, names in ((-4, ["Marsh"]), (0, ["Marsh", "Nair"]), (4, ["Marsh", "Nair", "Calder"])):
        sweep(now + hours * HOUR)
        assert told() == names
    deadline.refresh_from_db()
    assert deadline.next_rung_at is None
    assert deadline.due_at == now, "the sweep never moves a date"


def test_a_rung_is_told_once_however_often_it_is_swept(owed: Any, now: Any, priya: Any) -> None:
    owed(now)
    for minutes in range(5):
        sweep(now + timedelta(minutes=minutes))
    assert told() == ["Marsh", "Nair"]


def test_a_rung_told_once_is_not_told_anew_to_whoever_takes_the_role_over(
    owed: Any, now: Any, nr3: Any, priya: Any, ruth: Any
) -> None:
    owed(now)
    sweep(now)
    person("PS", "4472", "New Sergeant", ("sergeant", nr3))
    sweep(now + 4 * HOUR)
    assert told() == ["Marsh", "Nair", "Calder"]


def test_a_stopped_deadline_is_told_to_nobody(owed: Any, now: Any, priya: Any) -> None:
    deadline = owed(now)
    Deadline.objects.filter(pk=deadline.pk).update(stopped_at=now)
    assert sweep(now + HOUR).rows == 0


def test_an_acting_sergeant_hears_between_the_moments_of_the_posting_and_not_after(
    owed: Any, now: Any, nr3: Any, priya: Any, tom: Any
) -> None:
    off_duty(priya, now)
    Posting.objects.create(user=tom, role="sergeant", unit=nr3, from_at=now - HOUR, to_at=now + HOUR)
    owed(now), owed(now + HOUR)
    sweep(now)
    assert told().count("Ashdown") == 1
    sweep(now + HOUR)
    assert told().count("Ashdown") == 1, "the posting ended at that very moment"


def test_the_nearest_unit_with_somebody_on_duty_hears(owed: Any, now: Any, northgate: Any, priya: Any) -> None:
    off_duty(priya, now)
    person("PS", "3001", "Divisional Sergeant", ("sergeant", northgate))
    owed(now, holder=None)
    sweep(now)
    assert set(told()) == {"Sergeant"}


def test_a_holder_off_duty_is_not_told_and_the_sergeant_is_in_the_holders_place(
    owed: Any, now: Any, ellen: Any, priya: Any
) -> None:
    off_duty(ellen, now)
    owed(now + 2 * HOUR)
    sweep(now)
    assert told() == ["Nair"]
    assert "nobody nearer is on duty" in Notice.objects.get().text


def test_nobody_on_duty_widens_to_the_last_resort(
    owed: Any, now: Any, ellen: Any, priya: Any, superintendent: Any
) -> None:
    off_duty(ellen, now), off_duty(priya, now)
    owed(now)
    sweep(now)
    assert told() == ["Adeyemi"]


def test_a_rung_that_nobody_hears_is_red_and_is_told_when_somebody_comes(
    owed: Any, now: Any, ellen: Any, priya: Any
) -> None:
    off_duty(ellen, now), off_duty(priya, now)
    deadline = owed(now)
    assert sweep(now).unheard == 1
    deadline.refresh_from_db()
    assert deadline.unheard_at == now
    person("Supt", "0045", "Late Comer", ("superintendent", deadline.unit.parent))
    sweep(now + RETRY)
    deadline.refresh_from_db()
    assert told() == ["Comer"]
    assert deadline.unheard_at is None


def test_an_unheard_row_does_not_keep_the_rest_of_the_batch_waiting(owed: Any, now: Any, sr1: Any, priya: Any) -> None:
    alone = Case.begin("investigation", sr1, now)
    owe(alone, now, policy="record-sent")
    owed(now)
    done = sweep(now)
    assert (done.unheard, told()) == (1, ["Marsh", "Nair"])


def test_who_is_shut_out_is_never_told(owed: Any, now: Any, teams_case: Any, priya: Any, dana: Any, nr3: Any) -> None:
    other = person("PS", "4472", "Other Sergeant", ("sergeant", nr3))
    shut_out(teams_case, other, priya)
    owed(now, holder=None)
    sweep(now)
    assert set(told()) == {"Nair"}


def test_a_restricted_case_is_told_only_to_people_named_and_else_to_professional_standards(
    owed: Any, now: Any, teams_case: Any, priya: Any, ruth: Any, dana: Any
) -> None:
    Case.objects.filter(pk=teams_case.pk).update(restricted=True)
    deadline = owed(now, holder=None)
    sweep(now)
    assert set(told()) == {"Whitlock"}
    name_person(case=teams_case, person=ruth)
    sweep(now + 4 * HOUR)
    assert Notice.objects.filter(deadline=deadline, person=ruth, rung=4).exists()
    assert not Notice.objects.filter(person=priya).exists()


def test_after_a_week_without_a_sweep_each_person_hears_once_and_how_late_it_is(
    owed: Any, now: Any, priya: Any, ruth: Any
) -> None:
    owed(now - timedelta(days=7))
    sweep(now)
    assert sorted(told()) == ["Calder", "Marsh", "Nair"]
    assert all("Overdue by 7 days" in text for text in Notice.objects.values_list("text", flat=True))


def test_somebody_named_by_two_passed_rungs_hears_once_of_the_highest(owed: Any, now: Any, priya: Any) -> None:
    owed(now - timedelta(days=7), holder=priya)
    sweep(now)
    assert list(Notice.objects.filter(person=priya).values_list("rung", flat=True)) == [0.0]


def test_a_moved_date_is_told_anew(owed: Any, now: Any, priya: Any) -> None:
    from workflow import deadlines
    from workflow.clock import hours

    deadline = owed(now)
    sweep(now)
    deadline.refresh_from_db()
    deadlines.move(deadline, deadline.started_at + HOUR, hours(24), "The fact it starts from was corrected", priya)
    sweep(now + HOUR)
    assert Notice.objects.filter(person=priya).count() == 2
    assert [change.why for change in deadline.changes.all()] == ["The fact it starts from was corrected"]


def test_a_row_whose_clock_is_no_longer_declared_is_set_aside_and_the_rest_is_told(
    owed: Any, now: Any, priya: Any, monkeypatch: Any
) -> None:
    bad = owed(now)
    Deadline.objects.filter(pk=bad.pk).update(policy="long-gone")
    owed(now)
    done = sweep(now)
    assert (done.faults, told()) == (1, ["Marsh", "Nair"])
    assert Fault.objects.get(deadline=bad).kind == "KeyError"
    monkeypatch.setitem(POLICIES, "long-gone", POLICIES["record-sent"])
    sweep(now + 2 * HOUR)
    assert not Fault.objects.exists(), "a row that can be read again is red no more"


def test_a_ladder_that_is_no_ladder_is_set_aside(owed: Any, now: Any, priya: Any, force: Any) -> None:
    bad = owed(now)
    setting = PolicySetting.objects.create(
        policy="record-sent", valid_from=now.date(), within="hours:24", ladder={"x": 1}, authority="-", unit=force,
        state="approved", recorded_by=priya,
    )  # fmt: skip
    Deadline.objects.filter(pk=bad.pk).update(setting=setting)
    assert sweep(now).faults == 1
    assert sweep(now).rows == 0, "a row that cannot be read does not crowd out the others"


def test_a_row_that_the_database_refuses_is_set_aside_alone(owed: Any, now: Any, priya: Any, monkeypatch: Any) -> None:
    from supervision.escalation import plan

    bad, good = owed(now), owed(now)
    said = plan.sentence
    monkeypatch.setattr(plan, "sentence", lambda deadline, *rest: "x" * (400 if deadline.pk == bad.pk else 4))
    done = sweep(now)
    monkeypatch.setattr(plan, "sentence", said)
    assert done.faults == 1
    assert set(Notice.objects.values_list("deadline_id", flat=True)) == {good.pk}
    assert Fault.objects.get().deadline_id == bad.pk


def statements(now: Any, batch: int) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        done = sweep(now, batch)
    assert done.rows
    return len(seen)


def test_a_batch_takes_at_most_twelve_statements_however_many_rows(
    owed: Any, now: Any, teams_case: Any, ellen: Any, priya: Any, ruth: Any, superintendent: Any
) -> None:
    for _ in range(2):
        owed(now)
    owe(teams_case, now, policy="dash-checked")
    few = statements(now, 500)
    for n in range(60):
        owe(teams_case, now, policy="record-sent" if n % 2 else "high-owner", holder=ellen)
    Deadline.objects.filter(pk=owed(now).pk).update(policy="long-gone")
    many = statements(now, 500)
    assert few <= many <= 12
    assert many - few <= 1, "only the row that could not be read costs a statement more"


def test_batches_follow_one_another_until_nothing_is_due(owed: Any, now: Any, priya: Any) -> None:
    for _ in range(5):
        owed(now)
    assert sweep(now, batch=2).rows == 5


def test_what_is_told_names_nobody_and_nothing(owed: Any, now: Any, teams_case: Any, priya: Any) -> None:
    owed(now)
    sweep(now + HOUR)
    texts = set(Notice.objects.values_list("text", flat=True))
    late = f"on {teams_case.reference} was due on Sunday 30 August 2026 at 14:02. Overdue by 1 hour."
    assert texts == {f"Something you hold {late}", f"Something your team owes {late}"}
