"""The record: nothing can be changed or removed without it being found."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from accounts.models import User
from audit import services
from audit.models import Access, Event, Seal
from cases.models import Case
from workflow import engine


@pytest.fixture
def anchors(tmp_path: Path, settings: Any) -> Path:
    settings.AUDIT_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    return settings.AUDIT_ANCHOR_FILE


def warn(case: Case, by: User) -> None:
    engine.perform(case, "warn", by=by, evidence={"what": "Knife kept by the front door."})


def tamper(sql: str, *params: Any) -> None:
    """What somebody with the keys of the database itself could do: past triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_acts_of_a_case_are_numbered_and_chained(hannahs_case: Case, ellen: User, anchors: Path) -> None:
    warn(hannahs_case, ellen)
    warn(hannahs_case, ellen)
    events = list(Event.objects.filter(chain=hannahs_case.pk).order_by("number"))
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert all(after.previous == before.digest for before, after in zip(events, events[1:], strict=False))
    assert list(services.verify()) == []


@pytest.mark.parametrize("verb", ["UPDATE audit_event SET name = 'case.close'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_or_remove_an_act(hannahs_case: Case, verb: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_an_act_rewritten_past_the_triggers_is_found(hannahs_case: Case, ellen: User, anchors: Path) -> None:
    warn(hannahs_case, ellen)
    tamper("UPDATE audit_event SET changes = '{}' WHERE name = 'case.warn'")
    assert any("does not match its digest" in fault for fault in services.verify())


def test_an_act_removed_past_the_triggers_is_found(hannahs_case: Case, ellen: User, anchors: Path) -> None:
    warn(hannahs_case, ellen)
    warn(hannahs_case, ellen)
    tamper("DELETE FROM audit_event WHERE chain = %s AND number = 2", hannahs_case.pk)
    assert any("number 2 is missing" in fault for fault in services.verify())


def test_consultations_are_sealed_once_and_then_fixed(hannahs_case: Case, ellen: User, anchors: Path) -> None:
    services.looked(by=ellen, kind=Access.Kind.VIEW, what="cases.case:1", folder=hannahs_case)
    services.looked(by=ellen, kind=Access.Kind.SEARCH, what="search", terms="okoro", hits=[4, 7])
    assert services.seal() == 2
    assert services.seal() == 0
    assert Seal.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Access.objects.update(seal=None)


def test_a_consultation_changed_after_its_seal_is_found(hannahs_case: Case, ellen: User, anchors: Path) -> None:
    services.looked(by=ellen, kind=Access.Kind.VIEW, what="cases.case:1", folder=hannahs_case)
    services.seal()
    tamper("UPDATE audit_access SET by_id = %s", User.objects.system().pk)
    assert any("changed after it was sealed" in fault for fault in services.verify())


def test_a_consultation_removed_after_its_seal_is_found(hannahs_case: Case, ellen: User, anchors: Path) -> None:
    services.looked(by=ellen, kind=Access.Kind.VIEW, what="cases.case:1", folder=hannahs_case)
    services.seal()
    tamper("DELETE FROM audit_access")
    assert any("0 consultations where 1 were sealed" in fault for fault in services.verify())


def test_the_whole_end_of_the_record_cut_off_is_found_by_the_anchor(
    hannahs_case: Case, ellen: User, anchors: Path
) -> None:
    warn(hannahs_case, ellen)
    services.anchor()
    tamper("DELETE FROM audit_event WHERE pk = %s".replace("pk", "id"), Event.objects.latest("pk").pk)
    assert [fault for fault in services.verify() if fault.startswith("Anchor")]
    assert json.loads(anchors.read_text())["ends"]


def test_a_chain_rewritten_with_right_digests_is_found_by_the_anchor(
    hannahs_case: Case, ellen: User, anchors: Path
) -> None:
    warn(hannahs_case, ellen)
    services.anchor()
    last = Event.objects.filter(chain=hannahs_case.pk).latest("number")
    last.name = "case.close"
    tamper(
        "UPDATE audit_event SET name = %s, digest = %s WHERE id = %s",
        last.name, services.digest_of(last.previous, services.event_facts(last)), last.pk,
    )  # fmt: skip
    assert [fault[:6] for fault in services.verify()] == ["Anchor"]


def test_two_days_of_acts_without_an_anchor_are_a_fault(hannahs_case: Case, ellen: User, anchors: Path) -> None:
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Dog."}, at=timezone.now() - timedelta(hours=49))
    assert any("No anchor" in fault for fault in services.verify())


def test_the_command_says_that_the_record_is_whole_or_fails(
    hannahs_case: Case, ellen: User, anchors: Path, capsys: Any
) -> None:
    warn(hannahs_case, ellen)
    call_command("verify_audit")
    assert "The record is whole" in capsys.readouterr().out
    tamper("UPDATE audit_event SET name = 'case.close' WHERE name = 'case.warn'")
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit")


def test_what_is_written_of_an_act_keeps_no_words_that_were_typed_as_evidence(hannahs_case: Case, ellen: User) -> None:
    warn(hannahs_case, ellen)
    changes = Event.objects.get(name="case.warn").changes
    assert "Knife" not in json.dumps(changes)
