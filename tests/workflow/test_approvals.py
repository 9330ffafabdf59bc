"""An approval is a row: asked by one, decided by another on what they saw, taken back by whoever asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Posting, User
from cases.models import Case, Incident
from tests import factories
from workflow import engine
from workflow.approvals import open_approval
from workflow.models import Approval, Refusal, Refused


@pytest.fixture
def waiting(ellen: User, priya: User) -> Incident:
    """Ellen's record, with the sergeant."""
    return factories.sent(ellen)


def decide(record: Incident, step: str, by: User, seen: int | None = None) -> Incident:
    said = {"reason": "Read with the log, and it agrees."}
    done: Incident = engine.perform(record, step, by=by, evidence=said, seen=record.version if seen is None else seen)
    return done


def refusal(record: Incident, step: str, by: User, seen: int | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        decide(record, step, by, seen)
    return refused.value


def test_sending_leaves_a_question_with_who_asked_and_the_version_sent(waiting: Incident, ellen: User) -> None:
    asked = open_approval(waiting)
    assert asked is not None
    assert (asked.asked_by, asked.seen_version, asked.verdict) == (ellen, waiting.version, "")


def test_a_waiting_record_can_be_read_and_not_changed_but_for_safety(waiting: Incident, ellen: User) -> None:
    with pytest.raises(Refused) as refused:
        engine.amend(waiting, {"account": "Something else happened altogether."}, by=ellen, seen=waiting.version)
    assert refused.value.kind is Refusal.STATE
    engine.perform(waiting, "unsafe", by=ellen, evidence={"what": "He has come back to the flat."})


def test_nobody_decides_what_they_sent_not_even_as_acting_sergeant(waiting: Incident, ellen: User) -> None:
    now = timezone.now()
    Posting.objects.create(user=ellen, role="sergeant", unit=waiting.case.unit, from_at=now - timedelta(hours=1))
    refused = refusal(waiting, "approve", ellen)
    assert refused.kind is Refusal.GUARD
    assert refused.sentence.startswith("You cannot do this. You sent it")


def test_nobody_decides_what_they_wrote_a_part_of(ellen: User, tom: User, priya: User) -> None:
    record = factories.complete(ellen)
    engine.amend(record, {"weapon": "not_known"}, by=tom, seen=record.version)
    fresh = Incident.objects.get(pk=record.pk)
    record = engine.perform(fresh, "submit", by=ellen, evidence={"note": ""}, seen=fresh.version)
    Posting.objects.create(user=tom, role="sergeant", unit=record.case.unit)
    assert "You wrote part of it" in refusal(record, "approve", tom).sentence
    assert decide(record, "approve", priya).state == Incident.State.CHECKED


def test_a_decision_on_an_older_version_is_not_made(waiting: Incident, priya: User) -> None:
    assert refusal(waiting, "approve", priya, seen=waiting.version - 1).kind is Refusal.STALE
    assert Incident.objects.get(pk=waiting.pk).state == Incident.State.SUBMITTED


def test_returned_with_reasons_it_can_be_changed_and_sent_again(waiting: Incident, ellen: User, priya: User) -> None:
    back = decide(waiting, "return", priya)
    assert back.state == Incident.State.RECORDING
    changed = engine.amend(back, {"log_ref": "0389"}, by=ellen, seen=back.version)
    engine.perform(changed, "submit", by=ellen, evidence={"note": ""}, seen=changed.version)
    verdicts = Approval.objects.filter(subject_id=waiting.pk).order_by("pk").values_list("verdict", flat=True)
    assert list(verdicts) == ["returned", ""]


def test_only_whoever_asked_takes_it_back(waiting: Incident, ellen: User, tom: User) -> None:
    assert "PC 2877 Marsh sent it" in refusal(waiting, "withdraw", tom).sentence
    assert decide(waiting, "withdraw", ellen).state == Incident.State.RECORDING
    assert open_approval(waiting) is None


def test_the_database_itself_refuses_a_decision_by_whoever_asked(waiting: Incident, ellen: User) -> None:
    asked = open_approval(waiting)
    assert asked is not None
    asked.decided_by, asked.decided_at, asked.verdict = ellen, timezone.now(), "approved"
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save()


def test_a_part_is_sealed_while_the_record_waits_but_its_grade_may_be_raised(waiting: Incident, ellen: User) -> None:
    dash = waiting.assessments.get()
    with pytest.raises(Refused) as refused:
        engine.perform(dash, "reasons", by=ellen, evidence={"reasons": "x" * 80}, seen=dash.version)
    assert refused.value.sentence == "The incident is with the sergeant, so this is sealed."
    engine.perform(dash, "raise", by=ellen, evidence={"grade": "high", "reason": "He has found out where she is."})


def test_a_case_with_a_record_that_waits_does_not_close(waiting: Incident, priya: User) -> None:
    case = Case.objects.get(pk=waiting.case_id)
    with pytest.raises(Refused) as refused:
        engine.perform(case, "close", by=priya, evidence={"reason": "Nothing more to do."}, seen=case.version)
    assert refused.value.sentence == "Not yet. 1 record is not finished."
