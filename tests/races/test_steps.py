"""Two people press at the same moment: one wins, the other is told, and nothing is half done."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit import services as audit
from audit.models import Event
from cases.models import Case, Incident, Involvement
from cases.services import hold
from people.services import create
from risk.models import Assessment, RiskDecision
from supervision.models import Notice
from tests import factories
from tests.cast import person
from tests.races.together import at_once, raised
from workflow import engine
from workflow.models import Approval, Deadline, Refusal, Refused

sweeping = import_module("supervision.escalation.sweep")  # the module; the package holds the function of its name

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason": "Read and agreed by me."}


@pytest.fixture
def second_sergeant(nr3: Unit) -> User:
    return person("PS", "4472", "Aled Rhys", ("sergeant", nr3))


def taken(incident: Incident, step: str, by: User, seen: int) -> Any:
    return lambda: engine.perform(
        Incident(pk=incident.pk, case_id=incident.case_id), step, by=by, evidence=WHY, seen=seen
    )


def one_won(results: list[Any]) -> Refused:
    """One act was done; the other was refused. Gives the refusal."""
    lost = raised(results)
    assert len(lost) == 1 and isinstance(lost[0], Refused), results
    assert lost[0].kind in (Refusal.STATE, Refusal.STALE, Refusal.GUARD)
    return lost[0]


def sound() -> None:
    """Every chain is whole: no number used twice, none left out."""
    assert list(audit.verify(Path("no anchors of this database"))) == []


@pytest.mark.parametrize(("mine", "theirs"), [("approve", "approve"), ("approve", "return")])
def test_of_two_sergeants_one_decides(mine: str, theirs: str, ellen: User, priya: User, second_sergeant: User) -> None:
    incident = factories.sent(ellen)
    seen = incident.version
    results = at_once(taken(incident, mine, priya, seen), taken(incident, theirs, second_sergeant, seen))
    one_won(results)
    decided = Approval.objects.get(subject_id=incident.pk, of="record")
    assert decided.verdict in ("approved", "returned") and decided.decided_by_id in (priya.pk, second_sergeant.pk)
    names = Counter(Event.objects.filter(chain=incident.case_id).values_list("name", flat=True))
    assert names["incident.approve"] + names["incident.return"] == 1
    assert Incident.objects.get(pk=incident.pk).version == seen + 1
    sound()


def test_a_sweep_and_whoever_meets_its_clock_do_not_lock_each_other_out(
    ellen: User, priya: User, monkeypatch: Any
) -> None:
    incident = factories.complete(ellen)
    owed = Deadline.objects.filter(case=incident.case_id, policy="record-sent")
    late = timezone.now() - timedelta(hours=1)
    owed.update(due_at=late, next_rung_at=late)
    ears = sweeping._ears

    def dwelling(*about: Any) -> Any:
        sleep(1)  # the clock is in hand, its notice not written yet
        return ears(*about)

    monkeypatch.setattr(sweeping, "_ears", dwelling)
    send = taken(incident, "submit", ellen, incident.version)
    assert raised(at_once(lambda: sweeping.sweep(timezone.now()), send)) == []
    assert owed.get().stopped_at is not None and Notice.objects.filter(deadline=owed.get()).exists()


def test_approval_against_taking_back_has_one_winner(ellen: User, priya: User) -> None:
    incident = factories.sent(ellen)
    one_won(
        at_once(
            taken(incident, "approve", priya, incident.version), taken(incident, "withdraw", ellen, incident.version)
        )
    )
    state = Incident.objects.get(pk=incident.pk).state
    verdict = Approval.objects.get(subject_id=incident.pk).verdict
    assert (state, verdict) in {("checked", "approved"), ("recording", "withdrawn")}
    sound()


def test_a_record_sent_twice_is_sent_once(ellen: User) -> None:
    incident = factories.complete(ellen)

    def send() -> Any:
        return engine.perform(incident, "submit", by=ellen, evidence={"note": ""}, seen=incident.version)

    one_won(at_once(send, send))
    assert Approval.objects.filter(subject_id=incident.pk).count() == 1
    owed = Counter(Deadline.objects.open().filter(case=incident.case).values_list("policy", flat=True))
    assert owed["dash-checked"] == 1 and owed["record-sent"] == 0
    sound()


def test_somebody_added_while_it_is_sent_is_either_in_what_was_sent_or_refused(ellen: User, tom: User) -> None:
    incident = factories.complete(ellen)
    someone = create(beneath=incident, by=ellen, forename="Ola", surname="Bright")

    def add() -> Any:
        return engine.add(Involvement(incident=incident, person=someone, part="witness"), beneath=incident, by=tom)

    def send() -> Any:
        return engine.perform(incident, "submit", by=ellen, evidence={"note": ""}, seen=incident.version)

    added, sent = results = at_once(add, send)
    refusal = one_won(results)  # a witness who has not been asked anything yet keeps the record from being sent
    state = Incident.objects.get(pk=incident.pk).state
    if refusal is sent:
        assert (refusal.kind, state) == (Refusal.GUARD, "recording") and incident.people("witness").exists()
    else:
        assert (added.kind, state) == (Refusal.STATE, "submitted") and not incident.people("witness").exists()
    sound()


def finished_case(ellen: User, priya: User) -> tuple[Case, Assessment]:
    """A case that could be closed: everything checked, nothing owed."""
    incident = factories.checked(ellen, priya)
    case = Case.objects.get(pk=incident.case_id)
    for deadline in Deadline.objects.open().filter(case=case):
        Deadline.objects.filter(pk=deadline.pk).update(
            stopped_at=timezone.now(), dropped_because="Not owed in this test"
        )
    return case, Assessment.objects.get(incident=incident)


def test_a_case_is_not_closed_over_a_grade_that_was_just_raised(
    ellen: User, priya: User, second_sergeant: User
) -> None:
    case, dash = finished_case(ellen, priya)
    said = {"grade": "high", "reason": "He has found out where she is."}

    def close() -> Any:
        return engine.perform(case, "close", by=priya, evidence=WHY, seen=case.version)

    def raise_grade() -> Any:
        return engine.perform(dash, "raise", by=second_sergeant, evidence=said)

    closed, raised_ = at_once(close, raise_grade)
    assert not isinstance(raised_, Exception), "a safety act is never refused"
    assert RiskDecision.objects.filter(case=case, to_grade="high").count() == 1
    owed = Deadline.objects.open().filter(case=case, policy="high-owner").count()
    assert owed == 1
    now = Case.objects.get(pk=case.pk)
    if isinstance(closed, Exception):
        assert isinstance(closed, Refused) and closed.kind in (Refusal.GUARD, Refusal.STALE) and now.state == "open"
    else:
        numbers = dict(Event.objects.filter(chain=case.pk).values_list("name", "number"))
        assert numbers["case.close"] < numbers["assessment.raise"], "it was closed although an owner was owed"
    sound()


def test_references_are_never_given_twice(nr3: Unit, ellen: User, tom: User) -> None:
    def five(by: User) -> Any:
        return lambda: [factories.begun(by).case.reference for _ in range(5)]

    results = at_once(*(five(by) for by in (ellen, tom, ellen, tom)))
    assert raised(results) == []
    given = [reference for found in results for reference in found]
    assert len(given) == 20 and len(set(given)) == 20
    sound()


def test_two_sweeps_tell_each_rung_once(ellen: User, priya: User, ruth: User) -> None:
    from supervision.escalation import sweep

    for _ in range(3):
        factories.begun(ellen)
    later = timezone.now() + timedelta(hours=40)
    results = at_once(lambda: sweep(later), lambda: sweep(later))
    assert raised(results) == []
    told = Counter(Notice.objects.values_list("deadline_id", "person_id", "rung", "due_at"))
    assert told and set(told.values()) == {1}
    before = Notice.objects.count()
    sweep(later)
    assert Notice.objects.count() == before


def test_two_seals_at_once_seal_everything_once(ellen: User, priya: User) -> None:
    incident = factories.begun(ellen)
    for _ in range(30):
        audit.looked(by=priya, kind="view", what="cases.case:1", folder=incident.case)
    results = at_once(audit.seal, audit.seal)
    assert raised(results) == [] and sum(results) == 30
    sound()


def test_the_holder_of_a_case_is_one_person_whoever_presses_first(ellen: User, tom: User, priya: User) -> None:
    case = factories.begun(ellen).case
    now = timezone.now()
    hold(case=case, part="supervision", person=priya, at=now)
    said = [
        {"part": "investigation", "person": who.collar_number, "reason": "Takes the work from today."}
        for who in (ellen, tom)
    ]

    def give(evidence: dict[str, Any]) -> Any:
        return lambda: engine.perform(
            Case.objects.get(pk=case.pk), "hold", by=ellen, evidence=evidence, seen=case.version
        )

    results = at_once(*map(give, said))
    if raised(results):
        one_won(results)
    assert case.holdings.filter(part="investigation", to_at__isnull=True).count() == 1
    sound()
