"""A linked matter asks for a referral, the referral has a reference and an answer, and none is lost (S3-082)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, LinkedReferral, LinkedStrand, LoggedDecision, Offence, Task
from cases.models.linked_referral import ASKED_BY_TASK, TEAMS
from cases.models.task import TASK_KINDS
from reporting.paper.case_file import read_case
from supervision.escalation import sweep
from supervision.models import Notice
from tests import factories
from tests.cases.ellens import browser as browser
from tests.cases.recording import made_safe, press, save, words
from tests.cast import client_of, person, shut_out, take
from workflow import engine
from workflow.models import Deadline, Refusal, Refused

ASKED = "She told us that he forces her. She will speak to a woman, at her sister's, before noon."
HOUR = timedelta(hours=1)


@pytest.fixture
def orla(northgate: Unit) -> User:
    """The domestic abuse specialist over both teams."""
    return person("DC", "6100", "Orla Kemp", ("da_specialist", northgate))


@pytest.fixture
def incident(browser: Client, priya: User) -> Incident:
    return made_safe(browser)


def send(case: Case, by: User, strand: str = "sexual", **more: Any) -> LinkedReferral:
    said = {
        "strand": strand, "sent_at": timezone.now().isoformat(), "sent_how": "system", "reference": "RA/2026/0113",
        "to_whom": "DC 7781", "asked": ASKED, **more,
    }  # fmt: skip
    sent: LinkedReferral = engine.perform(LinkedReferral(case=case), "send", by=by, evidence=said)
    return sent


def answered(answer: str, **more: Any) -> dict[str, Any]:
    now = timezone.now().isoformat()
    told = "They see her on Tuesday and tell us after it."
    return {"answer": answer, "answered_at": now, "answered_by": "DS Lyle", "answer_words": told, **more}


@pytest.mark.requirement("S3-082")
@pytest.mark.parametrize(
    ("sign", "strand"),
    [("sexual", "sexual"), ("stalking", "harassment"), ("exploitation", "exploitation"), ("honour", "honour")],
)
def test_a_sign_asks_a_specialist_for_the_referral_and_the_referral_with_its_reference_is_what_ends_it(
    sign: str, strand: str, browser: Client, incident: Incident, orla: User
) -> None:
    save(browser, incident, "kinds", abuse_types=["physical"], abuse_signs=[sign])
    [task] = Task.objects.filter(case=incident.case)
    assert task.owed_by == "da_specialist" and ASKED_BY_TASK[task.kind].strand == strand
    with pytest.raises(Refused, match="Record the referral"):
        take(task, "done", orla, outcome="I rang them and they know.")
    sent = send(incident.case, orla, strand)
    task.refresh_from_db()
    assert task.state == Task.State.DONE and "RA/2026/0113" in task.outcome
    assert (sent.incident, sent.state) == (incident, "sent")
    row = LinkedStrand.objects.get(case=incident.case)
    assert (row.strand, row.system, row.reference) == (strand, sent.team, "RA/2026/0113"), "not typed a second time"


@pytest.mark.requirement("S3-082")
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("rape", "sexual_offences"),
        ("stalking", "stalking"),
        ("child-cruelty", "child_abuse"),
        ("forced-marriage", "honour"),
    ],
)
def test_an_offence_of_a_linked_matter_asks_for_the_referral_once(
    code: str, kind: str, browser: Client, incident: Incident
) -> None:
    url = f"/work/incident/{incident.pk}/rows/offence/"
    said = {"offence": str(Offence.objects.get(code=code).pk)}
    save(browser, incident, "crime", classed="crime", da_confirmed="yes")
    for _ in range(2):
        assert press(browser, url, said).status_code == 302
    assert list(Task.objects.filter(case=incident.case).values_list("kind", flat=True)) == [kind]


@pytest.mark.requirement("S3-082")
def test_a_child_who_was_hurt_asks_for_the_child_abuse_team(browser: Client, incident: Incident, orla: User) -> None:
    row = factories.peopled(incident, User.objects.get(username="2877"))
    child = factories.involve(row, User.objects.get(username="2877"), "child", "Mia Okoro")
    hurt = {
        "child_of": "harmed",
        "lives_there": "yes",
        "whereabouts": "saw",
        "saw_what": "All of it",
        "injuries": "yes",
        "injuries_what": "Her arm",
    }
    press(
        browser,
        f"/work/incident/{incident.pk}/rows/child/{child.pk}/",
        {**hurt, "seen_by_officer": "yes", "demeanour": "Quiet", "spoken_to": "no", "silent_code": "asleep"},
    )
    assert Task.objects.get(case=incident.case).kind == "child_abuse"
    send(incident.case, orla, "child")
    assert not Task.objects.filter(case=incident.case, state=Task.State.TO_DO).exists()


def test_every_team_has_an_authority_and_a_kind_of_task_that_there_is() -> None:
    assert all(row.authority for row in TEAMS) and ASKED_BY_TASK.keys() <= TASK_KINDS.keys()


@pytest.mark.requirement("S3-082")
def test_the_answer_is_recorded_with_who_gave_it_and_stands_on_the_case_on_paper_and_in_the_log(
    incident: Incident, orla: User, ellen: User
) -> None:
    sent = send(incident.case, orla)
    assert Deadline.objects.open().filter(policy="linked-referral-answered", subject_id=sent.pk).exists()
    take(sent, "chase", ellen, reason="DC 7781 says that the answer comes tomorrow.")
    assert Deadline.objects.open().filter(policy="linked-referral-answered").exists(), "to ask again is no answer"
    page = words(client_of(ellen).get(f"/work/linked-referral/{sent.pk}/answer/"))
    assert ASKED in page and "RA/2026/0113" in page
    take(sent, "answer", ellen, **answered("joint"))
    assert Deadline.objects.get(policy="linked-referral-answered").met
    shown = words(client_of(ellen).get(f"{incident.case.get_absolute_url()}?panel=referrals"))
    assert "RA/2026/0113" in shown and "We work it together" in shown and "DS Lyle" in shown
    [rows] = [
        rows for panel, rows in read_case(incident.case, ellen, timezone.now()).panels if panel.name == "referrals"
    ]
    assert [row.pk for row in rows] == [sent.pk]
    logged = LoggedDecision.objects.get(case=incident.case, kind="referral")
    assert ASKED in logged.information and "We work it together" in logged.action
    assert not Task.objects.filter(kind="referral_refused").exists()


def test_a_team_that_does_not_take_it_on_is_answered_by_an_inspector(
    incident: Incident, orla: User, ruth: User
) -> None:
    sent = send(incident.case, orla)
    take(sent, "answer", orla, **answered("refused", answer_words="Not their threshold: no penetration was said."))
    task = Task.objects.get(kind="referral_refused")
    assert (task.owed_by, task.about_id) == ("inspector", sent.pk)
    sweep(timezone.now())
    assert Notice.objects.filter(
        person=ruth, deadline__subject_id=task.pk, deadline__subject_type="cases.task"
    ).exists()


def test_the_clock_runs_from_when_it_was_sent_and_a_specialist_then_an_inspector_hears(
    incident: Incident, orla: User, ruth: User, ellen: User
) -> None:
    sent_at = timezone.now() - 10 * HOUR
    Incident.objects.filter(pk=incident.pk).update(reported_at=sent_at - HOUR)
    sent = send(incident.case, orla, sent_at=sent_at.isoformat())
    owed = Deadline.objects.open().get(policy="linked-referral-answered", subject_id=sent.pk)
    assert abs(owed.due_at - sent_at - 72 * HOUR) < timedelta(minutes=1) and owed.holder == ellen
    told = Notice.objects.filter(deadline=owed).values_list("person", flat=True)
    sweep(owed.due_at - 20 * HOUR)
    assert set(told.all()) == {ellen.pk}
    sweep(owed.due_at + HOUR)
    assert orla.pk in told.all() and ruth.pk not in told.all()
    sweep(owed.due_at + 25 * HOUR)
    assert ruth.pk in told.all()


def test_one_waits_at_a_time_for_each_team_and_an_answer_comes_after_the_question(
    incident: Incident, orla: User
) -> None:
    sent = send(incident.case, orla)
    with pytest.raises(Refused, match="waits for its answer"):
        send(incident.case, orla)
    assert send(incident.case, orla, "child").state == "sent"
    early = (timezone.now() - 5 * HOUR).isoformat()
    with pytest.raises(Refused) as refused:
        take(sent, "answer", orla, **answered("taken", answered_at=early))
    assert refused.value.kind is Refusal.FORM
    take(sent, "answer", orla, **answered("advice"))
    assert send(incident.case, orla).pk != sent.pk


def test_a_case_is_not_closed_while_a_linked_team_has_not_answered(incident: Incident, orla: User, priya: User) -> None:
    send(incident.case, orla)
    with pytest.raises(Refused, match="not finished"):
        take(incident.case, "close", priya)


def test_the_task_leads_to_the_referral_on_the_case_and_in_the_queue(
    browser: Client, incident: Incident, orla: User, victor: User, priya: User
) -> None:
    save(browser, incident, "kinds", abuse_types=["physical"], abuse_signs=["sexual"])
    url = f"/work/linked-referral/new/send/in/{incident.case_id}/"
    page = client_of(orla).get(f"{incident.case.get_absolute_url()}?panel=tasks").content.decode()
    assert f'href="{url}">Link with sexual offences' in page
    shut_out(incident.case, victor, priya)
    assert client_of(victor).get(url).status_code == 404


def test_the_panel_costs_the_same_for_one_referral_and_for_many(incident: Incident, orla: User) -> None:
    browser, url = client_of(orla), f"{incident.case.get_absolute_url()}?panel=referrals"
    send(incident.case, orla)
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for row in TEAMS:
        if row.strand != "sexual":
            send(incident.case, orla, row.strand)
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(many) <= len(few) + 1, "the cases own rows are one query, however many"
