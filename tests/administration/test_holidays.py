"""Bank holidays: what a preview promises, the replay does, once, whatever happens in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import Unit, User
from audit import services as audit
from cases.models import Case
from supervision import health, replay
from supervision.models import HolidayChange
from tests.cast import client_of, take
from workflow.clock import Length, UnknownYear, due
from workflow.models import Deadline, DueChange, Holiday, Refusal, Refused
from workflow.models.record import about

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)  # a Monday
DAY = date(2026, 9, 17)  # the Thursday of that week


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    with time_machine.travel(NOW, tick=False):
        yield NOW


def running(case: Case, length: str, started: datetime = NOW) -> Deadline:
    """An open deadline of that length, reckoned as the engine does."""
    event = audit.record(
        name="incident.begin", operation="collection", subject=case, folder=case, by=User.objects.system(), at=started,
        changes={},
    )  # fmt: skip
    due_at = due(started, Length.parse(length), Holiday.objects.calendar())
    return Deadline.objects.create(
        **about(case), case=case, unit=case.unit, policy="record-sent", length=length, source_type="cases.case",
        source_id=case.pk, started_by_event=event, started_at=started, due_at=due_at,
    )  # fmt: skip


@pytest.fixture
def owed(nr3: Unit) -> list[Deadline]:
    """Ten: those of working days and statutory hours move with the Thursday, the others do not."""
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, NOW)
    lengths = ["working-days:5", "working-days:2", "statutory-hours:96", "statutory-hours:24", "hours:96", "days:7"]
    return [running(case, length) for length in [*lengths, *["working-days:10"] * 4]]


def proposed(by: User, **said: Any) -> HolidayChange:
    said = {
        "act": "add", "division": "england-and-wales", "on": DAY.isoformat(), "name": "Day of thanks",
        "source": "gov.uk, 1 September 2026", **said,
    }  # fmt: skip
    change: HolidayChange = take(HolidayChange(), "propose", by, **said)
    return change


def dates() -> dict[int, datetime]:
    return dict(Deadline.objects.values_list("pk", "due_at"))


def test_the_preview_is_what_the_replay_does(una: User, ivor: User, owed: list[Deadline]) -> None:
    before = dates()
    change = proposed(una)
    promised = {move.deadline.pk: move.new for move in replay.moves(change)}
    assert replay.how_many(change) == (6, True) and dates() == before
    change = take(change, "approve", ivor)
    replay.replay(NOW)
    after = dates()
    assert {pk: at for pk, at in after.items() if at != before[pk]} == promised
    change.refresh_from_db()
    assert (change.replay_moved, change.replayed_at, change.percent) == (6, NOW, 100)


def test_each_deadline_keeps_the_date_it_had_with_why(una: User, ivor: User, owed: list[Deadline]) -> None:
    was = owed[0].due_at
    take(proposed(una), "approve", ivor)
    replay.replay(NOW)
    kept = DueChange.objects.get(deadline=owed[0])
    owed[0].refresh_from_db()
    assert owed[0].due_at == kept.due_at == was + timedelta(days=1)
    assert kept.why == "The bank holiday Day of thanks on 17 September 2026 was added"


def test_replayed_twice_is_once(una: User, ivor: User, owed: list[Deadline]) -> None:
    change = take(proposed(una), "approve", ivor)
    replay.replay(NOW)
    once = dates()
    assert replay.replay(NOW) == 0
    HolidayChange.objects.filter(pk=change.pk).update(replayed_at=None, replay_after=0)
    assert replay.replay(NOW) == 0
    assert dates() == once and DueChange.objects.count() == 6


def test_a_crash_in_the_middle_is_gone_on_from(una: User, ivor: User, owed: list[Deadline], monkeypatch: Any) -> None:
    change = proposed(una)
    promised = {move.deadline.pk: move.new for move in replay.moves(change)}
    take(change, "approve", ivor)
    real, calls = replay._move_all, []

    def fails_in_the_third(*args: Any) -> int:
        calls.append(1)
        if len(calls) == 3:
            raise MemoryError
        return real(*args)

    monkeypatch.setattr(replay, "_move_all", fails_in_the_third)
    with pytest.raises(MemoryError):
        replay.replay(NOW, batch=2)
    change.refresh_from_db()
    assert 0 < change.replay_seen < 8 and change.replayed_at is None
    monkeypatch.setattr(replay, "_move_all", real)
    replay.replay(NOW, batch=2)
    change.refresh_from_db()
    after = dates()
    assert {pk: after[pk] for pk in promised} == promised and change.replay_moved == 6 == DueChange.objects.count()


def test_who_proposed_does_not_approve(una: User, ivor: User, owed: list[Deadline]) -> None:
    change = proposed(una)
    with pytest.raises(Refused) as refused:
        take(change, "approve", una)
    assert refused.value.kind is Refusal.GUARD
    assert not Holiday.objects.filter(on=DAY).exists()


def test_a_holiday_is_struck_out_and_everything_comes_forward(una: User, ivor: User, nr3: Unit) -> None:
    deadline = running(Case.begin(Case.Kind.INVESTIGATION, nr3, NOW), "working-days:5", NOW.replace(month=12, day=21))
    change = proposed(una, act="strike", on="2026-12-25", name="Christmas Day")
    (moved,) = replay.moves(change)
    take(change, "approve", ivor)
    replay.replay(NOW)
    deadline.refresh_from_db()
    assert moved.new == deadline.due_at < moved.old
    assert 2026 in Holiday.objects.calendar().years, "striking a day out leaves its year known"


def test_a_replay_can_be_stopped_and_gone_on_with(una: User, ivor: User, owed: list[Deadline]) -> None:
    change = take(proposed(una), "approve", ivor)
    take(change, "halt", una)
    assert replay.replay(NOW) == 0 and DueChange.objects.count() == 0
    take(change, "resume", una)
    assert replay.replay(NOW) == 6


@pytest.mark.parametrize(
    ("said", "box"),
    [
        ({"on": "2026-12-25"}, "on"), ({"act": "strike"}, "on"), ({"on": "2026-01-05"}, "on"), ({"division": "mars"}, "division"),
        ({"source": ""}, "source"), ({"name": ""}, "name"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_change_is_refused_by_its_box(una: User, said: dict[str, str], box: str) -> None:
    with pytest.raises(Refused) as refused:
        proposed(una, **said)
    assert refused.value.kind is Refusal.FORM and box in refused.value.errors.errors


def test_one_change_of_a_day_waits_at_a_time(una: User, ivor: User) -> None:
    proposed(una)
    with pytest.raises(Refused) as refused:
        proposed(ivor)
    assert refused.value.kind is Refusal.FORM


def test_a_year_without_rows_is_an_error_and_red(una: User, nr3: Unit) -> None:
    assert health.holidays_known()
    Holiday.objects.filter(on__year=2027).delete()
    assert not health.holidays_known()
    page = client_of(una).get("/administration/holidays/?year=2027").content.decode()
    assert "next twelve months are not all loaded" in page and "This year is not complete" in page
    with pytest.raises(UnknownYear):
        running(Case.begin(Case.Kind.INVESTIGATION, nr3, NOW), "working-days:5", NOW.replace(year=2027))


def test_the_pages_page_the_preview_and_hide_references(una: User, ivor: User, ellen: User, nr3: Unit) -> None:
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, NOW)
    for _ in range(30):
        running(case, "working-days:5")
    change = proposed(una)
    first = client_of(ivor).get(f"/administration/holidays/{change.pk}/").content.decode()
    assert "30 open deadlines" in first and first.count("<tr>") == 26 and case.reference not in first
    assert f'href="?after={Deadline.objects.order_by("pk")[24].pk}"' in first
    assert client_of(ellen).get(f"/administration/holidays/{change.pk}/").status_code == 404
    take(change, "approve", ivor)
    assert "0 of about 30" in client_of(una).get(f"/administration/holidays/{change.pk}/").content.decode()
    asked = client_of(una).get(f"/administration/holidays/{change.pk}/", headers={"X-Requested-With": "fetch"})
    assert "0 of about 30" in asked.content.decode() and b"<h1" not in asked.content  # the script wants the part alone
