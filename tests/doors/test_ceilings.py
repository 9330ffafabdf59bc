"""How much a page may ask of the database: under a ceiling, and the same for few rows and many, few steps and many."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit import services as audit
from benchmarks.operations import OPERATIONS
from cases.models import Case, Incident
from cases.panels import panels_of
from tests import factories
from tests.cast import client_of
from workflow import engine
from workflow.declare import WORKFLOWS
from workflow.models import Deadline
from workflow.models.record import about

# What the verb itself sends; of approving two are why nobody was arrested (A.7), and the endorsement of actions (S2-003);
# of sending one is what is on record beside the answers (B.8), one the outbox: an arrest goes to the log (S3-086).
APPROVE, SUBMIT = 13, 22
# The whole page or press, with session and person: what the benchmarks hold it to as well.
CEILING = {one.name: one.queries for one in OPERATIONS}
QUEUE, SAVED_WITH_PAGE = CEILING["queue"], CEILING["section"]
APPROVED_WITH_PAGE, SENT_WITH_PAGE = CEILING["approve"], CEILING["submit"]
CASE_PAGE, CASE_PAGE_MOST = 14, CEILING["case"]
CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


def statements(act: Callable[[], Any]) -> list[str]:
    """The statements that an act sends, transaction control left out."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return [query["sql"] for query in asked.captured_queries if not query["sql"].upper().startswith(CONTROL)]


def opened(browser: Client, url: str) -> list[str]:
    browser.get(url)  # the session notes its start, once

    def get() -> None:
        answer: Any = browser.get(url)
        assert answer.status_code == 200, (url, answer.status_code)

    return statements(get)


@pytest.fixture
def many_steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Declares twenty more steps in every workflow, each with the guards of the one that asks most."""

    def declare() -> None:
        for table in WORKFLOWS.values():
            dearest = max(table.steps, key=lambda step: len(step.guards))
            more = tuple(dataclasses.replace(dearest, name=f"dummy-{n}", label=f"Dummy {n}") for n in range(20))
            monkeypatch.setattr(table, "steps", table.steps + more)

    return declare


def owe(case: Case, holder: User, count: int) -> None:
    """So many more deadlines and acts in the case."""
    now = timezone.now()
    for n in range(count):
        event = audit.record(
            name="case.hold", operation="alteration", subject=case, folder=case, by=holder, at=now, changes={}
        )
        Deadline.objects.create(
            **about(case), case=case, unit=case.unit, holder=holder, policy="record-sent", length="hours:24",
            source_type="cases.case", source_id=case.pk, started_by_event=event, started_at=now,
            due_at=now + timedelta(hours=n - 8),
        )  # fmt: skip


@pytest.fixture
def elsewhere(ellen: User, priya: User) -> Callable[[int], None]:
    """Makes so many more cases of the team, each with a record and what is owed for it."""

    def make(count: int) -> None:
        for _ in range(count):
            owe(factories.begun(ellen).case, ellen, 1)

    return make


@pytest.mark.parametrize(("url", "who"), [("/", "ellen"), ("/team/", "priya"), ("/notices/", "priya"), ("/", "priya")])
def test_a_queue_asks_the_same_of_one_case_and_of_forty(
    url: str,
    who: str,
    sent_record: Incident,
    elsewhere: Callable[[int], None],
    many_steps: Callable[[], None],
    request: Any,
) -> None:
    browser = client_of(request.getfixturevalue(who))
    elsewhere(1)
    few = opened(browser, url)
    elsewhere(38)
    many = opened(browser, url)
    assert len(few) <= QUEUE and len(many) <= QUEUE, many
    assert len(many) <= len(few), (few, many)
    many_steps()
    assert len(opened(browser, url)) == len(many)


@pytest.mark.parametrize("who", ["ellen", "priya"])
def test_the_case_page_asks_the_same_of_a_long_case(
    who: str, sent_record: Incident, priya: User, ellen: User, many_steps: Callable[[], None], request: Any
) -> None:
    user: User = request.getfixturevalue(who)
    case = Case.objects.get(pk=sent_record.case_id)
    url, browser = case.get_absolute_url(), client_of(user)
    ceiling = min(CASE_PAGE + len(panels_of(case, user.roles_over(case.unit))) + 3, CASE_PAGE_MOST)
    few = opened(browser, url)
    owe(case, ellen, 57)
    many = opened(browser, url)
    assert len(few) <= ceiling and len(many) <= ceiling, many
    assert len(many) <= len(few) + 1, (few, many)  # one more: that there is an earlier page of the timeline
    many_steps()
    assert len(opened(browser, url)) == len(many)


Sent = Callable[[Incident], list[str]]


def three(make: Callable[[], Incident], act: Sent, holder: User, many_steps: Callable[[], None]) -> list[str]:
    """What an act sends in a short case; in a long one and with many more steps declared it sends no more."""
    short = act(make())
    long = make()
    owe(long.case, holder, 57)
    in_long, last = act(long), make()
    many_steps()
    assert len(short) == len(in_long) == len(act(last)), (len(short), len(in_long))
    return short


def performed(step: str, by: User, evidence: dict[str, str]) -> Sent:
    def act(incident: Incident) -> list[str]:
        return statements(lambda: engine.perform(incident, step, by=by, evidence=evidence, seen=incident.version))

    return act


def pressed(browser: Client, page: str, said: dict[str, str]) -> Sent:
    """The form of a page sent, from the button to the answer."""
    browser.get("/")

    def act(incident: Incident) -> list[str]:
        hidden = {"seen": str(incident.version), "token": f"t{incident.pk}"}

        def post() -> None:
            answer: Any = browser.post(f"/work/incident/{incident.pk}/{page}/", {**said, **hidden})
            assert answer.status_code == 302, answer.content.decode()[:2000]

        return statements(post)

    return act


DECIDED = {"decision": "incident-approve", "incident-approve-reason": "Read and agreed."}


def test_approval_keeps_within_its_statements(ellen: User, priya: User, many_steps: Callable[[], None]) -> None:
    verb = performed("approve", priya, {"reason": "Read and agreed."})
    sent = three(lambda: factories.sent(ellen), verb, ellen, many_steps)
    assert len(sent) <= APPROVE, numbered(sent)


def test_the_press_that_approves_keeps_within_its_statements(
    ellen: User, priya: User, many_steps: Callable[[], None]
) -> None:
    page = pressed(client_of(priya), "decide/record", DECIDED)
    sent = three(lambda: factories.sent(ellen), page, ellen, many_steps)
    assert len(sent) <= APPROVED_WITH_PAGE, numbered(sent)


def test_sending_keeps_within_its_statements(ellen: User, many_steps: Callable[[], None]) -> None:
    sent = three(lambda: factories.complete(ellen), performed("submit", ellen, {"note": ""}), ellen, many_steps)
    assert len(sent) <= SUBMIT, numbered(sent)


def test_the_press_that_sends_keeps_within_its_statements(ellen: User, many_steps: Callable[[], None]) -> None:
    sent = three(
        lambda: factories.complete(ellen), pressed(client_of(ellen), "submit", {"note": ""}), ellen, many_steps
    )
    assert len(sent) <= SENT_WITH_PAGE, numbered(sent)


WHERE = {"place": "11 Sample Street", "postcode": "NR7 9ZZ", "place_kind": "other_home"}


def test_the_press_that_saves_a_section_keeps_within_its_statements(
    ellen: User, many_steps: Callable[[], None]
) -> None:
    page = pressed(client_of(ellen), "sections/place", WHERE)
    sent = three(lambda: factories.complete(ellen), page, ellen, many_steps)
    assert len(sent) <= SAVED_WITH_PAGE, numbered(sent)


SAID = {
    "queue page": "queue", "case page": "case", "save a section": "section", "submit": "submit", "approve": "approve",
    "DASH page": "dash", "DASH page, an answer saved": "answer", "page of a safety plan": "plan", "page of a decision": "decide",
    "trends of quality checks": "checks", "agenda of 40 cases": "agenda", "meeting room": "room",
    "meeting room, asked again": "fresh", "return of a forum": "return",
}  # fmt: skip


def test_the_paper_on_performance_says_the_ceilings_that_are_counted() -> None:
    paper = Path(__file__).parents[2].joinpath("docs", "performance.md").read_text()
    rows = dict(re.findall(r"^\| ([^|]+?) +\| ([^|]*\d[^|]*?) +\|", paper.split("## Indexes")[0], re.M))
    said = {name: max(map(int, re.findall(r"\d+", rows[words]))) for words, name in SAID.items()}
    assert said == {name: CEILING[name] for name in SAID.values()}


def numbered(sent: list[str]) -> str:
    return "\n".join(f"{n} {line[:160]}" for n, line in enumerate(sent, 1))


@pytest.fixture(autouse=True)
def content_types_known(db: None) -> None:
    """Content types are asked once in a process and then known: ask them before anything is counted."""
    ContentType.objects.get_for_model(Case)
