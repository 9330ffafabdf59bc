"""Parts of the running system fall in the middle of what they do. A verb is whole or absent, and nothing promised is lost."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from faults import deeds
from faults.deeds import Record
from faults.hands import Hands
from faults.ledger import Entry, Ledger, Told
from faults.stage import Stage
from faults.troubles import TROUBLES
from faults.witness import judge, message_ids, standing
from tests.faults.conftest import held, until_held_up

READY = """
    SELECT i.id, c.reference, i.state, true, false FROM cases_incident i JOIN cases_case c ON c.id = i.case_id
    JOIN accounts_unit u ON u.id = c.unit_id JOIN risk_assessment a ON a.incident_id = i.id
    WHERE u.code = 'NR3' AND i.state = %(state)s ORDER BY i.id
"""
BLAMELESS = random.Random(1)


def in_state(stage: Stage, state: str) -> Record:
    """A complete record of Ellen's team in that state."""
    return Record(*stage.ask(READY, state=state)[0])


def do(stage: Stage, hands: Hands, deed: deeds.Deed, record: Record, mark: str, ledger: Ledger) -> Entry:
    return deeds.do(hands, deed(record, mark, stage.system.clock.now()), record, mark, ledger)


def fell_in_the_middle(
    stage: Stage, hands: Hands, deed: deeds.Deed, record: Record, ledger: Ledger, trouble: str, table: str
) -> Entry:
    """The form is sent; while its act waits to write the last of its rows, something falls."""
    stage.until(lambda: not stage.undone(), lambda: str(stage.undone()))  # else a sweep might be the one that waits
    with ThreadPoolExecutor(1) as hall, held(stage, table):
        sent = hall.submit(do, stage, hands, deed, record, f"middle {trouble}", ledger)
        until_held_up(stage)
        TROUBLES[trouble](stage, BLAMELESS)
        if "postgres" not in trouble:
            return sent.result()
    return sent.result()


@pytest.mark.parametrize(
    "trouble", ["kill web", "kill postgres", pytest.param("restart postgres", marks=pytest.mark.long)]
)
def test_an_act_cut_off_in_the_middle_leaves_no_trace_and_is_one_act_when_sent_again(
    stage: Stage, priya: Hands, ledger: Ledger, trouble: str, all_stands: Callable[[], None]
) -> None:
    record = in_state(stage, "submitted")
    cut = fell_in_the_middle(stage, priya, deeds.give_back, record, ledger, trouble, "workflow_deadline")
    assert cut.told is Told.UNKNOWN
    stage.mend()
    assert standing(stage, cut) == 0
    assert in_state_now(stage, record) == "submitted"

    deeds.again(priya, cut)
    assert cut.told is Told.DONE
    deeds.again(priya, cut)
    assert standing(stage, cut) == 1
    assert in_state_now(stage, record) == "recording"
    all_stands()


def in_state_now(stage: Stage, record: Record) -> str:
    return str(stage.ask("SELECT state FROM cases_incident WHERE id = %(pk)s", pk=record.pk)[0][0])


def test_a_sweep_killed_while_it_writes_tells_everybody_once_and_mails_carry_one_message_id(
    stage: Stage, ellen: Hands, ledger: Ledger, all_stands: Callable[[], None]
) -> None:
    before = notices(stage)
    with held(stage, "supervision_notice"):
        stage.system.clock.move("+14h")
        until_held_up(stage)
        TROUBLES["kill worker"](stage, BLAMELESS)
        assert notices(stage) == before
    all_stands()
    assert notices(stage) > before
    assert len(set(message_ids(stage))) == mailed(stage)


@pytest.mark.long
def test_mail_that_went_out_just_before_the_worker_died_goes_out_again_with_the_same_message_id(
    stage: Stage, ellen: Hands, ledger: Ledger, all_stands: Callable[[], None]
) -> None:
    record = in_state(stage, "submitted")
    TROUBLES["kill worker"](stage, BLAMELESS)
    TROUBLES["kill beat"](stage, BLAMELESS)
    do(stage, ellen, deeds.unsafe, record, "mail and die", ledger)
    stage.system.manage("sweep")
    mails = len(message_ids(stage))
    with held(stage, "supervision_notice"):
        stage.system.supervisor.revive()
        stage.until(lambda: len(message_ids(stage)) > mails, lambda: "no mail went out")
        until_held_up(stage)
        TROUBLES["kill worker"](stage, BLAMELESS)
    all_stands()
    assert len(message_ids(stage)) > len(set(message_ids(stage)))


@pytest.mark.long
def test_a_paper_whose_worker_is_killed_is_printed_by_the_next(
    stage: Stage, ellen: Hands, ledger: Ledger, all_stands: Callable[[], None]
) -> None:
    with held(stage, "reporting_documentcontent"):
        asked = do(stage, ellen, deeds.paper, in_state(stage, "recording"), "", ledger)
        until_held_up(stage)
        TROUBLES["kill document worker"](stage, BLAMELESS)
    assert asked.told is Told.DONE
    all_stands()
    assert stage.ask("SELECT stage, attempts FROM reporting_document ORDER BY id DESC LIMIT 1") == [("made", 2)]


def test_work_goes_on_without_redis_and_what_it_has_forgotten_is_done_later(
    stage: Stage, ellen: Hands, ledger: Ledger, all_stands: Callable[[], None]
) -> None:
    record = in_state(stage, "recording")
    TROUBLES["kill document worker"](stage, BLAMELESS)
    waiting = do(stage, ellen, deeds.paper, record, "", ledger)
    TROUBLES["flush redis"](stage, BLAMELESS)
    TROUBLES["kill redis"](stage, BLAMELESS)
    for deed in (deeds.begin, deeds.amend, deeds.unsafe, deeds.send):
        assert do(stage, ellen, deed, record, f"no redis {deed.__name__}", ledger).told is Told.DONE
    assert "broker" in red(stage, ellen)
    all_stands()
    assert waiting.told is Told.DONE
    assert "broker" not in red(stage, ellen)


@pytest.mark.parametrize(
    "trouble", ["clock an hour ahead", pytest.param("clock an hour behind", marks=pytest.mark.long)]
)
def test_a_clock_that_was_wrong_doubles_and_loses_nothing_and_the_sweep_goes_on_at_once_when_it_is_right(
    stage: Stage, ellen: Hands, ledger: Ledger, trouble: str, all_stands: Callable[[], None]
) -> None:
    do(stage, ellen, deeds.unsafe, in_state(stage, "submitted"), f"under {trouble}", ledger)
    TROUBLES[trouble](stage, BLAMELESS)
    stage.until(lambda: swept_lately(stage), lambda: "the sweep is silent")
    all_stands()


def test_after_a_week_without_beat_each_person_is_told_once_and_how_late(
    stage: Stage, ellen: Hands, ledger: Ledger, all_stands: Callable[[], None]
) -> None:
    for _ in range(2):
        do(stage, ellen, deeds.begin, in_state(stage, "submitted"), f"before the week {_}", ledger)
    stage.settle()
    newest = stage.number("SELECT coalesce(max(id), 0) FROM supervision_notice")
    TROUBLES["kill beat"](stage, BLAMELESS)
    stage.system.clock.move("+7d")
    all_stands()
    told = stage.ask("SELECT deadline_id, person_id, text FROM supervision_notice WHERE id > %(newest)s", newest=newest)
    assert told
    assert len({(deadline, person) for deadline, person, _ in told}) == len(told)
    late = [text for _, _, text in told if "was due" in text]  # what is owed within three days is four days late
    assert any("Overdue by 7 days" in text for text in late), told
    assert all(re.search(r"Overdue by [3-7] days", text) for text in late), late


def test_a_clock_that_cannot_be_read_is_red_and_everybody_else_is_still_told(
    stage: Stage, ellen: Hands, ledger: Ledger, all_stands: Callable[[], None]
) -> None:
    for number in range(3):
        do(stage, ellen, deeds.begin, in_state(stage, "submitted"), f"beside poison {number}", ledger)
    poisoned, policy = stage.ask(
        "SELECT id, policy FROM workflow_deadline WHERE stopped_at IS NULL AND next_rung_at IS NOT NULL ORDER BY id DESC"
    )[0]
    stage.tell("UPDATE workflow_deadline SET policy = 'no-such-policy' WHERE id = %(pk)s", pk=poisoned)
    stage.system.clock.move("+30h")
    stage.until(lambda: not stage.undone(), lambda: str(stage.undone()))
    assert stage.ask("SELECT deadline_id FROM supervision_fault") == [(poisoned,)]
    assert "deadlines" in red(stage, ellen)
    others = stage.ask("SELECT id FROM cases_incident WHERE log_ref LIKE 'beside poison%%' ORDER BY id DESC OFFSET 1")
    for (incident,) in others:
        assert stage.number(OF_INCIDENT, incident=incident) > 0

    stage.tell("UPDATE workflow_deadline SET policy = %(was)s WHERE id = %(pk)s", was=policy, pk=poisoned)
    all_stands()
    assert "deadlines" not in red(stage, ellen)


def test_what_is_lost_or_half_done_is_seen(stage: Stage, ledger: Ledger) -> None:
    record = in_state(stage, "recording")
    never = Entry("send", "2877", record.pk, "promised and never kept", "", {}, Told.DONE)
    stage.tell("UPDATE cases_incident SET state = 'checked' WHERE id = %(pk)s", pk=record.pk)
    found = judge(stage, [never])
    stage.tell("UPDATE cases_incident SET state = 'recording' WHERE id = %(pk)s", pk=record.pk)
    assert any("promised and never kept" in row for row in found.lost)
    assert any("state is not that of the last step" in row for row in found.half)
    assert any("runs against the state" in row for row in found.half)
    assert judge(stage, []).sound


OF_INCIDENT = """SELECT count(*) FROM supervision_notice n JOIN workflow_deadline d ON d.id = n.deadline_id
    WHERE d.subject_type = 'cases.incident' AND d.subject_id = %(incident)s"""


def notices(stage: Stage) -> int:
    return stage.number("SELECT count(*) FROM supervision_notice")


def mailed(stage: Stage) -> int:
    return stage.number("SELECT count(*) FROM supervision_notice WHERE emailed_at IS NOT NULL")


def red(stage: Stage, hands: Hands) -> str:
    """What /readyz says."""
    return hands.send("GET", "/readyz").body


def swept_lately(stage: Stage) -> bool:
    now = stage.system.clock.now()
    question = """SELECT count(*) FROM supervision_heartbeat WHERE name = 'sweep'
        AND at BETWEEN %(now)s - interval '10 seconds' AND %(now)s + interval '10 seconds'"""
    return stage.number(question, now=now) > 0
