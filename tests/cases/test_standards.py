"""A case is closed with the minimum standards met, or with an exception that somebody else has granted (S1-017)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import (
    ActionTaken,
    ArrestDecision,
    Attachment,
    Case,
    Crime,
    Incident,
    Involvement,
    Outcome,
    SafeContact,
    StandardException,
    SystemCheck,
)
from cases.models.standard import STANDARDS, Standard, lines_of, standard, unmet_in
from risk.models import Answer, Assessment, SafetyPlan
from supervision.escalation import sweep
from supervision.models import Notice
from tests import factories
from tests.cases.closing import CLOSED, REASON, close, except_from, nothing_owed, ready
from tests.cases.recording import words
from tests.cast import client_of, involve, shut_out, take
from workflow import engine
from workflow.models import Deadline, Refusal, Refused

GRANTED = {"reason": "I read the video log: her account is whole and she is safe where she is."}


@pytest.fixture
def case(ellen: User, priya: User) -> Case:
    return ready(ellen, priya)


def open_lines(case: Case) -> dict[str, str]:
    return {line.standard.name: line.lacks for line in unmet_in(case)}


@pytest.mark.requirement("S1-017")
def test_a_case_that_meets_every_standard_is_closed_and_one_that_does_not_says_which(case: Case, priya: User) -> None:
    Attachment.objects.filter(case=case).update(state="struck")
    Outcome.objects.all().update(struck_out_at=timezone.now())
    with pytest.raises(Refused) as refused:
        close(case, priya)
    assert refused.value.kind is Refusal.GUARD
    assert "2 minimum standards are not met: A statement of a crime is on file; Every crime has an outcome" in str(
        refused.value
    )
    Attachment.objects.filter(case=case).update(state="kept")
    Outcome.objects.all().update(struck_out_at=None)
    assert close(case, priya).state == Case.State.CLOSED


SPOILT: list[tuple[str, Any]] = [
    ("checked", lambda case: Incident.objects.update(state="submitted")),
    ("safe", lambda case: Incident.objects.update(everyone_safe="no")),
    ("view", lambda case: Involvement.objects.filter(part="victim").update(wants="", fears="")),
    ("children", lambda case: Incident.objects.update(children_present="")),
    ("advice", lambda case: ActionTaken.objects.update(struck_out_at=timezone.now())),
    ("contact", lambda case: SafeContact.objects.update(struck_out_at=timezone.now())),
    ("systems", lambda case: SystemCheck.objects.update(state="struck")),
    ("evidence", lambda case: Incident.objects.update(scene_examined="")),
    ("statement", lambda case: Attachment.objects.update(struck_out_at=timezone.now())),
    ("arrest", lambda case: ArrestDecision.objects.update(struck_out_at=timezone.now())),
    ("outcome", lambda case: Outcome.objects.update(settled_at=None)),
    ("assessed", lambda case: Assessment.objects.update(struck_out_at=timezone.now())),
    ("followed", lambda case: Answer.objects.filter(question__key="stalking").update(value="yes")),
    ("planned", lambda case: SafetyPlan.objects.update(state="dropped")),
]


@pytest.mark.requirement("S1-017")
@pytest.mark.parametrize(("name", "spoil"), SPOILT, ids=[name for name, _spoil in SPOILT])
def test_each_standard_is_missed_by_itself(name: str, spoil: Any, case: Case) -> None:
    assert open_lines(case) == {}
    spoil(case)
    assert list(open_lines(case)) == [name] and open_lines(case)[name]


def test_every_standard_has_an_authority_and_two_of_one_name_stop_the_program() -> None:
    assert {name for name, _spoil in SPOILT} <= STANDARDS.keys()
    assert all(row.authority and row.label for row in STANDARDS.values())
    with pytest.raises(LookupError):
        standard(Standard("checked", "Again", lambda case, incidents: {}, "none"))


def test_a_child_who_was_not_seen_is_no_closed_case(case: Case, ellen: User) -> None:
    incident = Incident.objects.get(case=case)
    Incident.objects.update(state="recording")
    child = involve(incident, ellen, "child", "Mia Okoro", spoken_to="no", silent_because="Asleep.")
    Incident.objects.update(state="checked")
    assert "children" in open_lines(case)
    Involvement.objects.filter(pk=child.pk).update(seen_by_officer="yes")
    assert open_lines(case)["children"] != "A child was not seen by an officer"


def test_a_reason_not_to_arrest_is_enough_once_a_supervisor_found_it_adequate(ellen: User, priya: User) -> None:
    case = ready(ellen, priya, arrested=False)
    assert open_lines(case) == {"arrest": "No supervisor has found the reason for no arrest adequate"}
    row = ArrestDecision.objects.get(case=case)
    engine.perform(row, "accept", by=priya, evidence={"reason": "Searched for on the night."}, seen=row.version)
    assert open_lines(case) == {}


@pytest.mark.requirement("S1-017")
def test_an_exception_is_asked_by_one_granted_by_another_and_then_the_case_is_closed(
    case: Case, ellen: User, priya: User, ruth: User
) -> None:
    incident = Incident.objects.get(case=case)
    Attachment.objects.update(struck_out_at=timezone.now())
    asked = except_from(case, f"statement-{incident.pk}", priya)
    assert (asked.incident, asked.unmet, asked.state) == (incident, "No statement is on file", "asked")
    with pytest.raises(Refused):
        close(case, priya)
    take(asked, "grant", ruth, **GRANTED)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.decided_why) == ("granted", ruth, GRANTED["reason"])
    assert open_lines(case) == {}
    page = words(client_of(priya).get(f"/work/case/{case.pk}/close/"))
    assert "Close it without: No statement is on file. I read the video log" in page
    assert close(case, priya).state == Case.State.CLOSED


def test_whoever_asked_does_not_decide_whatever_their_rank_and_the_database_holds_to_it(case: Case, ruth: User) -> None:
    incident = Incident.objects.get(case=case)
    Attachment.objects.update(struck_out_at=timezone.now())
    asked = except_from(case, f"statement-{incident.pk}", ruth)
    for step in ("grant", "refuse"):
        with pytest.raises(Refused, match="You asked for it"):
            take(asked, step, ruth, **GRANTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardException.objects.filter(pk=asked.pk).update(decided_by=ruth)


def test_a_refused_exception_closes_nothing_and_may_be_asked_again_with_more(
    case: Case, priya: User, ruth: User
) -> None:
    incident = Incident.objects.get(case=case)
    Attachment.objects.update(struck_out_at=timezone.now())
    asked = except_from(case, f"statement-{incident.pk}", priya)
    with pytest.raises(Refused, match="waits for a decision already"):
        except_from(case, f"statement-{incident.pk}", priya)
    take(asked, "refuse", ruth, reason="Ring her: she said that she would make one.")
    with pytest.raises(Refused):
        close(case, priya)
    assert except_from(case, f"statement-{incident.pk}", priya).state == "asked"


def test_an_exception_counts_for_the_record_as_it_stood_and_not_for_one_opened_and_checked_anew(
    case: Case, ellen: User, priya: User, ruth: User
) -> None:
    incident = Incident.objects.get(case=case)
    Attachment.objects.update(struck_out_at=timezone.now())
    first = except_from(case, f"statement-{incident.pk}", priya)
    take(first, "grant", ruth, **GRANTED)
    take(incident, "correct", ellen)
    take(take(incident, "submit", ellen, note=""), "approve", priya)
    nothing_owed(case)
    assert open_lines(case) == {"statement": "No statement is on file"}
    again = except_from(case, f"statement-{incident.pk}", priya)
    take(again, "grant", ruth, **GRANTED)
    assert open_lines(case) == {} and StandardException.objects.filter(pk=first.pk).exists()


def test_what_is_met_wants_no_exception_and_no_reason_is_none(case: Case, priya: User, ellen: User) -> None:
    incident = Incident.objects.get(case=case)
    for line, why in ((f"statement-{incident.pk}", REASON), ("nothing-0", REASON)):
        with pytest.raises(Refused) as refused:
            except_from(case, line, priya, why)
        assert refused.value.kind is Refusal.FORM
    Attachment.objects.update(struck_out_at=timezone.now())
    with pytest.raises(Refused):
        except_from(case, f"statement-{incident.pk}", priya, "No time.")
    with pytest.raises(Refused, match="Priya|only they|Nair"):
        take(except_from(case, f"statement-{incident.pk}", priya), "withdraw", ellen)


@pytest.mark.requirement("S1-017")
def test_exceptions_stand_in_a_queue_with_a_clock_and_an_inspector_hears_at_once(
    case: Case, priya: User, ruth: User, iris: User, stranger: User
) -> None:
    incident = Incident.objects.get(case=case)
    Attachment.objects.update(struck_out_at=timezone.now())
    asked = except_from(case, f"statement-{incident.pk}", priya)
    owed = Deadline.objects.open().get(policy="standard-exception-decided")
    assert (owed.subject_id, owed.length) == (asked.pk, "working-days:2")
    now = timezone.now()
    sweep(now)
    told = Notice.objects.filter(deadline=owed).values_list("person", flat=True)
    assert set(told) == {ruth.pk}
    sweep(owed.due_at + timedelta(hours=25))
    assert iris.pk in set(told.all())
    page = client_of(ruth).get("/team/exceptions/")
    assert case.reference in words(page) and f"/work/standard-exception/{asked.pk}/grant/" in page.content.decode()
    assert client_of(stranger).get("/team/exceptions/").status_code == 403
    shown = words(client_of(ruth).get(f"/work/standard-exception/{asked.pk}/grant/"))
    assert (
        "Not met: No statement is on file" in shown and REASON in shown and "Asked for by PS 4471 Priya Nair" in shown
    )
    take(asked, "grant", ruth, **GRANTED)
    assert not Deadline.objects.open().filter(policy="standard-exception-decided").exists()
    assert case.reference not in words(client_of(ruth).get("/team/exceptions/"))


def test_the_queue_costs_the_same_for_one_and_for_many(ellen: User, priya: User, ruth: User) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            incident = factories.checked(ellen, priya)
            except_from(incident.case, f"outcome-{incident.pk}", priya)

    browser = client_of(ruth)
    more(1)
    browser.get("/team/exceptions/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/team/exceptions/")
    more(3)
    with CaptureQueriesContext(connection) as many:
        browser.get("/team/exceptions/")
    assert len(many) <= len(few), [query["sql"][:120] for query in many]


def test_the_page_of_standards_says_each_and_costs_the_same_for_one_report_and_for_many(
    case: Case, ellen: User, priya: User, victor: User
) -> None:
    url = f"/cases/{case.reference}/standards/"
    browser = client_of(priya)
    shown = words(browser.get(url))
    assert "Each is met, or an exception was granted." in shown and "Every crime has an outcome Met" in shown
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for _ in range(3):
        factories.checked(ellen, priya, case)
    nothing_owed(case)
    with CaptureQueriesContext(connection) as many:
        again = browser.get(url)
    assert len(many) == len(few), [query["sql"][:120] for query in many]
    page = words(again)
    assert "2 are not met" not in page and "A crime has no outcome" in page and "No statement is on file" in page
    assert "Ask for an exception from a standard" in page
    shut_out(case, victor, priya)
    assert client_of(victor).get(url).status_code == 404


def test_the_close_asks_whether_the_person_harmed_knows_and_writes_the_decision(case: Case, priya: User) -> None:
    with pytest.raises(Refused) as refused:
        close(case, priya, told="")
    assert "Say whether the person harmed was told" in str(refused.value.errors.errors)
    close(case, priya, told="not_safe", told_words="He reads her telephone; her adviser tells her on Monday.")
    logged = case.loggeddecision_set.get(kind="closure")
    assert logged.decided_by == priya and CLOSED["reason"] in logged.options
    assert "it is not safe to tell them now. He reads her telephone" in logged.action


def test_a_case_without_a_report_and_one_of_another_person_ask_nothing_of_each_other(case: Case, ellen: User) -> None:
    other = factories.begun(ellen).case
    assert {line.incident.case_id for line in lines_of(other) if line.incident} == {other.pk}
    assert open_lines(case) == {}
    Crime.objects.filter(case=case).update(state="cancelled", cancel_code="created_in_error", cancel_why="Twice.")
    assert open_lines(case) == {}
