"""Making packs in the worker: once, whatever happens; seen as it goes; begun by the calendar; found again after any loss."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import Unit, User
from reporting import paper, tasks
from reporting.health import papers_are_made
from reporting.models import TRIES, Snapshot, SnapshotContent, SnapshotFigures, SnapshotJob
from reporting.packs import making
from reporting.packs.calendar import begin_due, due, windows
from reporting.packs.declare import PACKS
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import take
from tests.reporting.packs.packing import asked, made, reports, withdrawn

pytestmark = pytest.mark.django_db
Stage = SnapshotJob.Stage
NOW = timezone.now()


class Fault(Exception):
    """Something broke in the press."""


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def press(html: str, tell: Any) -> Any:
        raise Fault

    monkeypatch.setattr(paper, "press", press)


def test_a_task_that_comes_twice_makes_one(ari: User, quick: None) -> None:
    snapshot = asked("caseload", ari)
    assert [tasks.make_pack(snapshot.pk), tasks.make_pack(snapshot.pk)] == [True, False]
    assert SnapshotContent.objects.count() == SnapshotFigures.objects.count() == 1


def test_a_second_worker_leaves_what_another_has_in_hand_unless_the_broker_gives_it_back(
    ari: User, quick: None
) -> None:
    snapshot = asked("caseload", ari)
    first = making.take(snapshot.pk, again=False)
    assert first is not None and not making.make(snapshot.pk)
    assert making.make(snapshot.pk, again=True)
    assert not making.keep(first, b"%PDF-of-the-first", 1)
    assert SnapshotContent.objects.count() == 1


def test_what_was_frozen_before_a_fault_is_pressed_and_not_counted_again(
    ari: User, broken: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = asked("caseload", ari)
    with pytest.raises(Fault):
        making.make(snapshot.pk)
    kept = SnapshotFigures.objects.get(snapshot=snapshot)
    assert snapshot.job.stage == Stage.QUEUED
    monkeypatch.setattr(paper, "press", lambda html, tell: (b"%PDF", 1))
    assert making.make(snapshot.pk)
    assert SnapshotFigures.objects.get(snapshot=snapshot).as_at == kept.as_at


def test_after_the_last_attempt_it_has_failed_with_a_sentence_and_may_be_tried_again(
    ari: User, broken: None, monkeypatch: pytest.MonkeyPatch, sign_in: Any
) -> None:
    snapshot = asked("caseload", ari)
    for _ in range(TRIES):
        with pytest.raises(Fault):
            making.make(snapshot.pk)
    assert not making.make(snapshot.pk)
    assert (snapshot.job.stage, snapshot.job.failed_because) == (Stage.FAILED, making.GAVE_UP)
    assert making.GAVE_UP in sign_in(ari).get(f"{snapshot.get_absolute_url()}progress/").content.decode()
    monkeypatch.setattr(paper, "press", lambda html, tell: (b"%PDF", 1))
    take(snapshot, "again", ari)
    assert making.make(snapshot.pk)


def test_the_sweep_finds_what_nobody_began_what_has_no_job_and_what_a_dead_worker_had_in_hand(ari: User) -> None:
    now = timezone.now()
    new = asked("caseload", ari)
    assert making.sweep(now) == [new.pk]
    SnapshotJob.objects.create(snapshot=new, queued_at=now)
    assert making.sweep(now + timedelta(seconds=29)) == []
    assert making.sweep(now + timedelta(seconds=31)) == [new.pk]
    assert making.take(new.pk, again=False) is not None
    SnapshotJob.objects.update(taken_at=now - timedelta(minutes=11), queued_at=now - timedelta(hours=1))
    assert making.sweep(now) == []
    assert SnapshotJob.objects.get().stage == Stage.QUEUED
    assert making.sweep(now + timedelta(minutes=2)) == [new.pk]


def test_a_pack_that_waits_a_quarter_of_an_hour_is_red_until_it_is_made_or_withdrawn(ari: User, quick: None) -> None:
    snapshot = asked("caseload", ari)
    assert papers_are_made()
    Snapshot.objects.filter(pk=snapshot.pk).update(recorded_at=timezone.now() - timedelta(minutes=16))
    assert not papers_are_made()
    assert making.make(snapshot.pk) and papers_are_made()
    SnapshotJob.objects.update(stage=Stage.QUEUED, queued_at=timezone.now() - timedelta(minutes=16))
    assert not papers_are_made()
    withdrawn(snapshot, ari)
    assert papers_are_made()


def test_what_is_withdrawn_is_not_made_any_longer(ari: User, quick: None) -> None:
    snapshot = asked("caseload", ari)
    withdrawn(snapshot, ari)
    assert not making.make(snapshot.pk) and making.sweep(NOW + timedelta(hours=1)) == []


def test_a_signature_while_its_paper_is_pressed_is_not_lost(
    ari: User, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    snapshot = made("performance", ari)
    take(snapshot, "write", ari, theme="Risk", words="More were graded high than in any month before.")

    def press(html: str, tell: Any) -> tuple[bytes, int]:
        take(snapshot, "write", ari, theme="Risk", words="More were graded high; the reason is the new form.")
        return b"%PDF-of-old-words", 1

    monkeypatch.setattr(paper, "press", press)
    assert not making.make(snapshot.pk)
    assert snapshot.papers.count() == 1 and SnapshotJob.objects.get(snapshot=snapshot).stage == Stage.QUEUED


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_everything_is_counted_in_one_transaction(
    ari: User, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = asked("caseload", ari)
    seen: list[tuple[str, int, str]] = []
    other = connections["default"].copy()

    def looked(asking: Any) -> Any:
        with other.cursor() as cursor:
            cursor.execute("SELECT stage, progress, words FROM reporting_snapshotjob")
            seen.append(cursor.fetchone())
        return told(asking)

    last = PACKS["caseload"].blocks[-1]
    told = last.read
    changed = (*PACKS["caseload"].blocks[:-1], type(last)(last.name, last.theme, looked, last.made_by))
    monkeypatch.setattr(making, "blocks_of", lambda snapshot: changed)
    try:
        assert making.make(snapshot.pk)
    finally:
        other.close()
    last_of = len(changed)
    assert seen == [("freezing", 1 + (last_of - 1) * 59 // last_of, f"Counting, part {last_of} of {last_of}")]


@pytest.mark.django_db(transaction=True)
def test_everything_is_counted_at_one_moment(ari: User, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = asked("caseload", ari)
    counts: list[int] = []
    other = connections["default"].copy()

    def counted(asking: Any) -> Any:
        counts.append(Unit.objects.count())
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_unit (name, code, lineage, state, version) VALUES ('N', 'N' || random(), '{}', 'open', 1)"
            )
        return told(asking)

    first = PACKS["caseload"].blocks[0]
    told = first.read
    block = type(first)(first.name, first.theme, counted, first.made_by)
    monkeypatch.setattr(
        making, "blocks_of", lambda snapshot: (block, type(first)("again", first.theme, counted, first.made_by))
    )
    try:
        assert making.make(snapshot.pk)
    finally:
        other.close()
    assert counts[0] == counts[1]


def test_a_pack_begins_by_itself_some_days_after_its_month_or_quarter_is_over() -> None:
    at = datetime(2026, 11, 2, 5, 30, tzinfo=UTC)
    performance, partners = PACKS["performance"], PACKS["partners"]
    found = due(performance, at)
    assert found is not None and (found.first, found.last) == (date(2026, 9, 1), date(2026, 9, 30))
    later = due(performance, at + timedelta(days=1))
    assert later is not None and later.first == date(2026, 10, 1)
    quarter = due(partners, datetime(2026, 10, 11, 5, 30, tzinfo=UTC))
    assert quarter is not None and (quarter.first, quarter.last) == (date(2026, 7, 1), date(2026, 9, 30))
    assert due(PACKS["inspection"], at) is None


@pytest.mark.requirement("S2-026")
def test_the_calendar_asks_once_as_the_system_and_never_for_what_was_withdrawn(
    force: Unit, ari: User, quick: None
) -> None:
    at = datetime(2026, 11, 12, 5, 30, tzinfo=UTC)
    begun = begin_due(at)
    codes = sorted(Snapshot.objects.filter(pk__in=begun).values_list("pack", flat=True))
    assert codes == sorted(code for code, pack in PACKS.items() if pack.begins_after is not None)
    assert begin_due(at) == []
    assert all(
        one.recorded_by.is_system and one.unit == force
        for one in Snapshot.objects.select_related("recorded_by", "unit")
    )
    snapshot = Snapshot.objects.get(pack="caseload")
    assert making.make(snapshot.pk)
    withdrawn(snapshot, ari)
    assert begin_due(at) == []


def test_nothing_begins_where_no_unit_is_planted_yet(db: None) -> None:
    Unit.objects.all().delete()
    assert begin_due(NOW) == []


def test_what_is_offered_is_over(ari: User) -> None:
    for pack in PACKS.values():
        assert all(window.last < date(2026, 11, 23) for window in windows(pack, date(2026, 11, 23))), pack.code
    assert windows(PACKS["partners"], date(2027, 1, 1))[0].first == date(2026, 10, 1)
    assert windows(PACKS["inspection"], date(2026, 11, 23))[0].last == date(2026, 10, 31)


def test_whoever_is_told_gets_a_link_and_never_a_figure(
    ari: User, kofi: User, nr3: Unit, ellen: User, quick: None, sign_in: Any
) -> None:
    reports(4, nr3, ellen)
    snapshot = made("performance", ari)
    sweep(timezone.now())
    notice = Notice.objects.get(person=kofi, deadline__subject_id=snapshot.pk)
    assert notice.case is None and "arrest" not in notice.text.lower() and ari.last_name not in notice.text
    answer = sign_in(kofi).get(f"/notices/{notice.pk}/")
    assert answer.status_code == 302 and str(snapshot.pk) in answer["Location"]
