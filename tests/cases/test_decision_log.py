"""The decision log of a case: five headings, written by hand or by the act that decided, never changed (S3-086)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import ArrestDecision, Case, Incident, LoggedDecision
from cases.models.decision_log import HEADINGS, DecisionKind
from cases.services import log_decision
from reporting.paper.case_file import read_case
from risk.models import Assessment
from supervision.decisions_logged import TABLE
from tests import factories
from tests.cases.recording import boxes, press, words
from tests.cast import client_of, shut_out
from workflow import engine, reactions
from workflow.declare import step_named
from workflow.models import Outbox, Refused

SAID = {
    "kind": "safety", "what": "She goes to the refuge tonight, not on Monday.",
    "information": "Her sister rang: he has found the address.", "threat": "He said he would burn the house.",
    "powers": "Bail conditions; power of entry to save life.", "options": "Guard the house: two officers till six. Refused: none.",
    "action": "Taken by Ellen at 21:00. Looked at again at the handover.", "ethics": "She chose it herself.",
}  # fmt: skip
NOW = {"decided_at": timezone.now().isoformat()}


def logged(case: Case) -> list[LoggedDecision]:
    return list(LoggedDecision.objects.filter(case=case).order_by("pk"))


def run(monkeypatch: Any = None) -> None:
    """What the worker does."""
    while reactions.run_due():
        pass


@pytest.mark.requirement("S3-086")
def test_a_decision_is_written_by_hand_under_the_five_headings_with_the_code_of_ethics_in_the_middle(
    hannahs_case: Case, ellen: User, priya: User
) -> None:
    browser = client_of(ellen)
    url = f"/work/case/{hannahs_case.pk}/log-decision/"
    asked = words(browser.get(url))
    for _name, label, ask in HEADINGS:
        assert label in asked and ask in asked
    assert "Code of Ethics" in asked and "What would the person harmed think of it?" in asked
    answer = press(browser, url, {**SAID, **boxes("decided_at", timezone.now())})
    assert answer.status_code == 302, words(answer)
    [row] = logged(hannahs_case)
    assert [getattr(row, name) for name, _label, _ask in HEADINGS] == [SAID[name] for name, _l, _a in HEADINGS]
    assert (row.decided_by, row.kind, row.ethics, row.by_an_act) == (ellen, "safety", SAID["ethics"], False)
    page = words(client_of(priya).get(f"/cases/{hannahs_case.reference}/decisions/"))
    assert SAID["what"] in page and "Powers and policy Bail conditions" in page and "Written by hand" in page
    panel = words(client_of(priya).get(f"{hannahs_case.get_absolute_url()}?panel=decisions"))
    assert SAID["options"] in panel
    file = read_case(hannahs_case, ellen, timezone.now())
    [rows] = [rows for panel, rows in file.panels if panel.name == "decisions"]
    assert list(rows.everything) == [row]


@pytest.mark.parametrize("name", [name for name, _label, _ask in HEADINGS])
def test_no_heading_stays_empty_by_hand(name: str, hannahs_case: Case, ellen: User) -> None:
    with pytest.raises(Refused) as refused:
        engine.perform(hannahs_case, "log-decision", by=ellen, evidence={**SAID, **NOW, name: ""})
    assert name in refused.value.errors.errors


def test_what_is_written_is_never_changed_nor_taken_out_by_program_or_by_sql(hannahs_case: Case, ellen: User) -> None:
    engine.perform(hannahs_case, "log-decision", by=ellen, evidence={**SAID, **NOW})
    for act in (
        lambda: LoggedDecision.objects.update(options="Something kinder."),
        lambda: LoggedDecision.objects.all().delete(),
        lambda: connection.cursor().execute("UPDATE cases_loggeddecision SET what = 'x'"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            act()


@pytest.mark.requirement("S3-086")
def test_a_grade_writes_itself_with_its_reasons_its_count_and_the_lowest_allowed_once(ellen: User) -> None:
    incident = factories.complete(ellen, grade="medium")
    run()
    Outbox.objects.update(done_at=None, next_at=timezone.now())  # the worker fell over and runs it all again
    run()
    [row] = [row for row in logged(incident.case) if row.kind == DecisionKind.GRADE]
    assert (row.decided_by, row.what, row.by_an_act) == (ellen, "Graded medium", True)
    assert "3 answers are yes" in row.information and "lowest allowed was" in row.powers
    assert factories.RATIONALE in row.options and "Now: Medium" in row.threat
    dash = Assessment.objects.get(incident=incident)
    said = {"grade": "high", "reason": "He has been seen twice outside her work since this morning."}
    engine.perform(dash, "raise", by=ellen, evidence=said, seen=dash.version)
    run()
    newest = logged(incident.case)[-1]
    assert newest.what == "Graded high" and newest.options == said["reason"] and "Before: Medium" in newest.threat


@pytest.mark.requirement("S3-086")
def test_a_reason_not_to_arrest_writes_itself_when_it_is_sent_and_again_only_where_it_was_changed(
    ellen: User, priya: User
) -> None:
    incident = factories.sent(ellen, arrested=False)
    run()
    [row] = [row for row in logged(incident.case) if row.kind == DecisionKind.ARREST]
    assert row.what == "Not arrested" and row.options == "He had gone before we came; search goes on in the park."
    assert row.decided_by == ellen and row.powers
    incident = again(incident, ellen, priya)
    assert len([row for row in logged(incident.case) if row.kind == DecisionKind.ARREST]) == 1
    decision = ArrestDecision.objects.get(incident=incident)
    said = {"reason": "Who looked at the park, and when does the search end?"}
    engine.perform(decision, "return", by=priya, evidence=said, seen=decision.version)
    decision = ArrestDecision.objects.get(pk=decision.pk)
    engine.amend(
        decision, {"why": "Searched till four; circulated."}, by=ellen, seen=decision.version, beneath=fresh(incident)
    )
    engine.perform(fresh(incident), "submit", by=ellen, evidence={"note": ""}, seen=fresh(incident).version)
    run()
    arrests = [row for row in logged(incident.case) if row.kind == DecisionKind.ARREST]
    assert [row.options for row in arrests][1:] == ["Searched till four; circulated."]
    [verdict] = [row for row in logged(incident.case) if row.kind == DecisionKind.VERDICT]
    assert (verdict.decided_by, verdict.options) == (priya, said["reason"])


def fresh(incident: Incident) -> Any:
    return Incident.objects.get(pk=incident.pk)


def again(incident: Incident, by: User, sergeant: User) -> Incident:
    """Returned for something else, and sent again as it was."""
    now = fresh(incident)
    engine.perform(now, "return", by=sergeant, evidence={"reason": "Say where the children slept."}, seen=now.version)
    now = fresh(incident)
    sent: Incident = engine.perform(now, "submit", by=by, evidence={"note": ""}, seen=now.version)
    run()
    return sent


def test_an_arrest_writes_what_it_was_for_and_why_it_was_necessary(ellen: User) -> None:
    incident = factories.sent(ellen)
    run()
    [row] = [row for row in logged(incident.case) if row.kind == DecisionKind.ARREST]
    assert (
        row.what == "Arrested" and row.information == "For: Assault" and row.powers.startswith("Necessity (Code G): ")
    )


def test_every_act_of_the_table_is_an_act_that_there_is() -> None:
    assert all(step_named(row.event) for row in TABLE)
    assert len({row.event for row in TABLE}) == len(TABLE)


def test_a_heading_that_there_is_not_is_refused_and_nothing_said_writes_nothing(
    hannahs_case: Case, ellen: User
) -> None:
    at = timezone.now()
    with pytest.raises(LookupError):
        log_decision(hannahs_case, ellen, at, DecisionKind.BAIL, {"reasons": "He may go."})
    assert log_decision(hannahs_case, ellen, at, DecisionKind.BAIL, {"options": " "}) is None
    made = log_decision(hannahs_case, ellen, at, DecisionKind.BAIL, {"powers": "Released on conditions."})
    assert made is not None and made.what == "Bail" and made.decided_at == at


def test_the_log_is_read_newest_first_a_page_at_a_time_and_costs_the_same(
    hannahs_case: Case, ellen: User, priya: User, victor: User, stranger: User
) -> None:
    now = timezone.now()
    url = f"/cases/{hannahs_case.reference}/decisions/"

    def write(first: int, last: int) -> None:
        for number in range(first, last):
            log_decision(
                hannahs_case, ellen, now, DecisionKind.OTHER, {"options": "So."}, what=f"Decision number {number}.",
                decided_at=now - timedelta(minutes=number // 2),
            )  # fmt: skip

    write(0, 1)
    browser = client_of(priya)
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    write(1, 45)
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(many) == len(few)
    seen: list[str] = []
    query = ""
    for _page in range(4):
        page = browser.get(url + query).content.decode()
        seen += [f"Decision number {n}." for n in range(45) if f">Decision number {n}.<" in page]
        if 'rel="next"' not in page:
            break
        query = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert sorted(seen) == sorted({f"Decision number {n}." for n in range(45)}), "each once, none left out"
    shut_out(hannahs_case, victor, priya)
    assert client_of(victor).get(url).status_code == client_of(stranger).get(url).status_code == 404
    for odd in ("?before=x", "?before=999999", "?before=-1"):
        assert browser.get(url + odd).status_code == 200
