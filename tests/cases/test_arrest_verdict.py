"""A reason not to arrest is checked by somebody else: adequate, returned, or arrest now (S3-100, RC5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import ArrestDecision, ArrestVerdict, Incident, Task
from cases.models.arrest import WISH_ALONE
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cases.recording import press, section, words
from tests.cases.standing import decision, due
from tests.doors.test_ceilings import QUEUE, opened
from tests.factories import begun, complete, decided, peopled, sent
from workflow import engine, reactions
from workflow.models import Approval, Deadline, Refused

pytestmark = pytest.mark.django_db
WHY = "What became of the neighbour at number 10, and who looked at the canal path?"


@pytest.fixture
def waiting(ellen: User, priya: User) -> ArrestDecision:
    """Ellen's record is sent; the suspect had left."""
    return decision(sent(ellen, arrested=False))


def check(browser: Client, row: ArrestDecision, answer: str, reason: str = WHY) -> Any:
    said = {"decision": f"arrest-{answer}", f"arrest-{answer}-reason": reason}
    return press(browser, f"/work/arrest/{row.pk}/decide/no-arrest/", said)


def test_the_clock_runs_from_the_decision_for_a_tour_and_not_from_the_sending(ellen: User, priya: User) -> None:
    incident = peopled(begun(ellen), ellen)
    row = decided(incident, ellen, arrested=False)
    assert due("no-arrest-checked") == [row.decided_at + timedelta(hours=8)]
    assert Deadline.objects.get(policy="no-arrest-checked").subject == row


def test_an_arrest_is_not_checked(ellen: User, nr3: Any) -> None:
    sent(ellen)
    assert due("no-arrest-checked") == []


@pytest.mark.requirement("S3-100")
def test_a_sergeant_finds_it_in_the_queue_and_says_that_the_reason_is_adequate(
    waiting: ArrestDecision, priya: User, sign_in: Callable[[User], Client]
) -> None:
    browser = sign_in(priya)
    queue = browser.get("/team/no-arrest/").content.decode()
    assert waiting.case.reference in queue and f"/work/arrest/{waiting.pk}/accept/" in queue
    page = words(browser.get(f"/work/arrest/{waiting.pk}/accept/", follow=True))
    assert "He had gone before we came; search goes on in the park." in page
    answer = check(browser, waiting, "accept", "Searched as the log says.")
    assert answer.status_code == 302, words(answer)
    verdict = ArrestVerdict.objects.get(decision=waiting)
    assert (verdict.verdict, verdict.recorded_by, verdict.officer) == ("adequate", priya, waiting.recorded_by)
    assert due("no-arrest-checked") == []
    assert waiting.case.reference not in words(browser.get("/team/no-arrest/"))
    assert "The reason is adequate" in words(browser.get(f"{waiting.case.get_absolute_url()}?panel=done"))


def test_nobody_checks_their_own_decision_by_page_verb_or_database(
    waiting: ArrestDecision, ellen: User, priya: User, nr3: Any, sign_in: Any
) -> None:
    from accounts.models import Posting

    Posting.objects.create(user=ellen, role="sergeant", unit=nr3)
    assert "somebody else must decide" in words(sign_in(ellen).get(f"/work/arrest/{waiting.pk}/decide/no-arrest/"))
    with pytest.raises(Refused, match="somebody else must decide"):
        engine.perform(waiting, "accept", by=ellen, evidence={"reason": "It is fine."}, seen=waiting.version)
    with pytest.raises(IntegrityError):
        ArrestVerdict.objects.create(
            case=waiting.case, decision=waiting, officer=ellen, recorded_by=ellen, verdict="adequate", reason="Mine."
        )


def test_a_returned_reason_sends_the_record_back_and_the_officer_mends_it_on_the_pages(
    waiting: ArrestDecision, ellen: User, priya: User, sign_in: Callable[[User], Client]
) -> None:
    sergeant, officer = sign_in(priya), sign_in(ellen)
    assert check(sergeant, waiting, "return").status_code == 302
    incident = Incident.objects.get(pk=waiting.incident_id)
    assert incident.state == Incident.State.RECORDING
    assert len(due("returned-mended")) == 1 and due("no-arrest-checked") == []
    assert WHY in words(officer.get(f"/work/incident/{incident.pk}/"))
    assert WHY in words(officer.get(section(incident, "arrest")))
    mended = "Neighbour at 10 saw him leave at 21:40 towards the canal; path searched by NR31 until 23:00, no trace."
    answer = press(officer, section(incident, "arrest"), {"arrested": "no", "codes": ["N4"], "why": mended})
    assert answer.status_code == 302, words(answer)
    assert len(due("no-arrest-checked")) == 1, "what was changed is looked at again"
    assert press(officer, f"/work/incident/{incident.pk}/submit/", {"note": ""}).status_code == 302
    assert due("returned-mended") == []
    assert check(sergeant, waiting, "accept", "Now it says who looked where.").status_code == 302
    assert [row.verdict for row in ArrestVerdict.objects.order_by("pk")] == ["returned", "adequate"]
    timeline = words(officer.get(waiting.case.get_absolute_url()))
    assert WHY in timeline and "No-arrest reason found adequate" in timeline


def test_a_reason_in_a_checked_record_is_returned_by_opening_it_again(
    waiting: ArrestDecision, priya: User, ellen: User
) -> None:
    incident = Incident.objects.get(pk=waiting.incident_id)
    engine.perform(incident, "approve", by=priya, evidence={"reason": "Read and agreed."}, seen=incident.version)
    engine.perform(waiting, "return", by=priya, evidence={"reason": WHY}, seen=waiting.version)
    assert Incident.objects.get(pk=incident.pk).state == Incident.State.RECORDING


def test_arrest_now_is_a_task_of_whoever_holds_the_case_at_once(
    waiting: ArrestDecision, priya: User, ellen: User
) -> None:
    engine.perform(waiting, "order", by=priya, evidence={"reason": WHY}, seen=waiting.version)
    task = Task.objects.get(kind="arrest_now")
    assert (task.why, task.about_id, task.state) == (WHY, waiting.pk, "to_do")
    sweep(timezone.now())
    told = Notice.objects.filter(person=ellen, deadline__policy="task-arrest-now")
    assert told.exists() and WHY not in told.get().text


def test_nobody_to_send_reaches_an_inspector_at_once_who_alone_decides(ellen: User, priya: User, ruth: User) -> None:
    incident = peopled(begun(ellen), ellen)
    row = decided(
        incident,
        ellen,
        arrested=False,
        codes=["N11"],
        why="Two units at a collision; next free at 03:00, control told.",
    )
    sweep(timezone.now())
    assert Notice.objects.filter(person=ruth, deadline__policy="no-arrest-inspector").exists()
    with pytest.raises(Refused, match="an inspector must decide"):
        engine.perform(row, "accept", by=priya, evidence={"reason": "Nobody was free."}, seen=row.version)
    engine.perform(
        row, "accept", by=ruth, evidence={"reason": "Nobody was free; unit sent at 03:10."}, seen=row.version
    )
    assert due("no-arrest-inspector") == due("no-arrest-checked") == []


def test_a_record_whose_only_reason_is_the_wish_comes_back_by_itself_with_why(
    ellen: User, priya: User, sign_in: Callable[[User], Client]
) -> None:
    incident = complete(ellen, arrested=False)
    row = decision(incident)
    said = "She begged us not to take him, she fears what his family will do."
    engine.amend(row, {"codes": ["N12"], "why": said}, beneath=incident, by=ellen, seen=row.version)
    officer = sign_in(ellen)
    assert press(officer, f"/work/incident/{incident.pk}/submit/", {"note": ""}).status_code == 302
    with pytest.raises(Refused, match="no reason by itself"):
        now = Incident.objects.get(pk=incident.pk)
        engine.perform(now, "approve", by=priya, evidence={"reason": "Read and agreed."}, seen=now.version)
    reactions.run_due()
    incident.refresh_from_db()
    assert incident.state == Incident.State.RECORDING
    assert Approval.objects.get(subject_id=incident.pk, of="record").verdict == Approval.Verdict.RETURNED
    assert WISH_ALONE in words(officer.get(f"/work/incident/{incident.pk}/"))
    assert decision(incident).why == said, "nothing that was typed is lost"
    assert due("dash-checked") == [] and len(due("returned-mended")) == 1


def test_beside_a_reason_in_law_the_wish_does_not_bring_the_record_back(ellen: User, priya: User) -> None:
    incident = complete(ellen, arrested=False)
    row = decision(incident)
    engine.amend(row, {"codes": ["N12", "N4"]}, beneath=incident, by=ellen, seen=row.version)
    engine.perform(
        incident, "submit", by=ellen, evidence={"note": ""}, seen=Incident.objects.get(pk=incident.pk).version
    )
    reactions.run_due()
    assert Incident.objects.get(pk=incident.pk).state == Incident.State.SUBMITTED


def test_the_queue_is_for_supervisors_shows_no_hidden_case_and_asks_the_same_for_many(
    waiting: ArrestDecision, ellen: User, priya: User, ikande: User, sign_in: Any
) -> None:
    assert sign_in(ellen).get("/team/no-arrest/").status_code == 403
    assert waiting.case.reference not in words(sign_in(ikande).get("/team/no-arrest/")), "another team's"
    browser = sign_in(priya)

    def asked() -> int:
        return len(opened(browser, "/team/no-arrest/"))

    few = asked()
    for _ in range(4):
        decided(peopled(begun(ellen), ellen), ellen, arrested=False)
    assert asked() <= few <= QUEUE


def test_the_sergeant_reads_why_not_beside_the_decision_on_the_record(
    waiting: ArrestDecision, priya: User, sign_in: Any
) -> None:
    page = words(sign_in(priya).get(f"/work/incident/{waiting.incident_id}/decide/record/"))
    assert "Daniel Reeve: not arrested" in page
    assert "Suspect had left; attempts to arrest go on" in page
    assert "Say whether the reason is adequate" in page
