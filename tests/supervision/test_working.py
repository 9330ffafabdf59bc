"""Working a queue: filters and columns that stay, several rows at once, the next one after each decision, keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Posting, Unit, User
from cases.models import Case, Holding, Task
from cases.services import hold, raise_task
from supervision.keys import ACTS
from supervision.models import Keyboard, QueueView
from tests import factories
from tests.cast import client_of, shut_out, text_of
from tests.supervision.conftest import owe
from tests.supervision.test_queues import listed, words
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHY = "Tom has the time for it until Tuesday."


@pytest.fixture
def sergeant(priya: User) -> Client:
    return client_of(priya)


@pytest.fixture
def another(nr3: Unit, ellen: User, now: Any) -> Callable[[], Case]:
    """A case more of the team, held by Ellen."""

    def make() -> Case:
        case = Case.begin("investigation", nr3, now)
        hold(case=case, part="investigation", person=ellen, at=now)
        return case

    return make


def test_filters_stay_until_they_are_cleared_and_are_each_persons_own(
    now: Any, teams_case: Case, ellen: User, sergeant: Client, nr3: Unit, priya: User
) -> None:
    sent, dash = owe(teams_case, now - 2 * HOUR, holder=ellen), owe(teams_case, now - HOUR, policy="dash-checked")
    assert listed(sergeant.get("/team/")) == [sent.pk, dash.pk]
    answer = sergeant.post("/queue-view/team/", {"wanted": ["dash-checked"], "grade": "nonsense"})
    assert (answer.status_code, answer["Location"]) == (302, "/team/")
    again = sergeant.get("/team/")
    assert listed(again) == [dash.pk] and "What is wanted: Check DASH" in words(again)
    assert listed(client_of(priya).get("/team/")) == [dash.pk], "on another day, in another browser"
    other = User.objects.create(username="4472", last_name="Lowe")
    Posting.objects.create(user=other, role="sergeant", unit=nr3, from_at=now - 24 * HOUR)
    assert listed(client_of(other).get("/team/")) == [sent.pk, dash.pk]
    assert listed(sergeant.get("/team/?wanted=record-sent")) == [sent.pk], "an address says what it says"
    assert listed(sergeant.get("/team/")) == [dash.pk], "and is not kept"
    sergeant.post("/queue-view/team/", {"only": ""})
    assert listed(sergeant.get("/team/")) == [sent.pk, dash.pk]


def test_columns_are_chosen_by_each_person(now: Any, teams_case: Case, ellen: User, sergeant: Client) -> None:
    owe(teams_case, now - HOUR, holder=ellen)
    table = words(sergeant.get("/team/")).split("Critically overdue")[-1]
    assert "PC 2877 Marsh" in table and "Recorded within 24 hours of the report" in table
    sergeant.post("/queue-view/team/", {"columns-kept": "yes", "columns": ["unit", "since", "x"], "compact": "yes"})
    page = sergeant.get("/team/")
    table = words(page).split("Critically overdue")[-1]
    assert "PC 2877 Marsh" not in table and "Recorded within 24 hours of the report" not in table
    assert "Northgate Response 3" in table and "Waiting since" in table
    assert "app-queue--compact" in page.content.decode()
    assert QueueView.objects.get().columns == ["unit", "since"]


def test_several_cases_are_given_to_somebody_with_a_reason(
    now: Any, teams_case: Case, another: Callable[[], Case], ellen: User, tom: User, sergeant: Client
) -> None:
    cases = [teams_case, another()]
    rows = [owe(case, now - HOUR, holder=ellen) for case in cases] + [owe(teams_case, now + HOUR, holder=ellen)]
    form = sergeant.post("/team/several/", {"act": "allocate", "pick": [row.pk for row in rows]})
    assert form.status_code == 200 and cases[1].reference in text_of(form)
    said = {
        "act": "allocate",
        "pick": [row.pk for row in rows],
        "token": "t1",
        "part": "investigation",
        "person": "2208",
    }
    wrong = sergeant.post("/team/several/", {**said, "reason": ""})
    assert wrong.status_code == 422 and not Holding.objects.filter(person=tom).exists()
    done = sergeant.post("/team/several/", {**said, "reason": WHY}, follow=True)
    assert "2 cases were given to somebody." in words(done)
    assert {one.case_id for one in Holding.objects.filter(person=tom, to_at__isnull=True)} == {one.pk for one in cases}
    assert set(Deadline.objects.filter(pk__in=[row.pk for row in rows]).values_list("holder", flat=True)) == {tom.pk}
    before = Holding.objects.count()
    sergeant.post("/team/several/", {**said, "reason": WHY})
    assert Holding.objects.count() == before, "a second press of the same form does nothing"


def test_what_cannot_be_given_says_why_and_keeps_no_other_waiting(
    now: Any, teams_case: Case, another: Callable[[], Case], ellen: User, tom: User, sergeant: Client
) -> None:
    closed = another()
    rows = [owe(teams_case, now - HOUR, holder=ellen), owe(closed, now - HOUR, holder=ellen)]
    Case.objects.filter(pk=closed.pk).update(state="closed")
    said = {"pick": [row.pk for row in rows], "token": "t2", "part": "investigation", "person": "2208", "reason": WHY}
    told = words(sergeant.post("/team/several/", {"act": "allocate", **said}, follow=True))
    assert "1 case was given to somebody." in told and f"Not done: {closed.reference}. This is closed" in told
    assert teams_case.holder_of("investigation") == tom.pk and closed.holder_of("investigation") == ellen.pk


def test_an_update_is_asked_for_once_and_is_the_holders_to_give(
    now: Any, teams_case: Case, another: Callable[[], Case], ellen: User, sergeant: Client
) -> None:
    asked_before, nobodys = another(), another()
    raise_task(case=asked_before, kind="update", why="How does it stand?", by=User.objects.get(username="4471"), at=now)
    nobodys.holdings.update(to_at=now)
    rows = [owe(case, now - HOUR, holder=ellen).pk for case in (teams_case, asked_before, nobodys)]
    assert "What do you want to know?" in words(sergeant.post("/team/several/", {"act": "update", "pick": rows}))
    said = {"act": "update", "pick": rows, "token": "t3", "reason": "Has he been found, and who looks for him?"}
    told = words(sergeant.post("/team/several/", said, follow=True))
    assert "An update was asked for on 1 case." in told
    assert f"Not done: {asked_before.reference}. An update is asked for already" in told
    assert f"Not done: {nobodys.reference}. Nobody holds this case" in told
    task = Task.objects.get(case=teams_case)
    owed = Deadline.objects.get(policy="task-update", case=teams_case)
    assert (task.why, owed.holder, owed.due_at) == (said["reason"], ellen, now + 24 * HOUR)


def test_nothing_is_done_to_a_case_that_is_not_theirs(
    now: Any, teams_case: Case, sr1: Unit, ellen: User, priya: User, tom: User, sergeant: Client
) -> None:
    elsewhere = Case.begin("investigation", sr1, now)
    rows = [owe(teams_case, now - HOUR, holder=ellen).pk, owe(elsewhere, now - HOUR).pk]
    shut_out(teams_case, priya, User.objects.system())
    said = {"act": "allocate", "pick": rows, "token": "t4", "part": "investigation", "person": "2208", "reason": WHY}
    assert "Select at least one row" in words(sergeant.post("/team/several/", said, follow=True))
    assert not Holding.objects.filter(person=tom).exists()
    assert client_of(ellen).post("/team/several/", said).status_code == 403


def test_decisions_are_never_taken_for_several_at_once(sergeant: Client, now: Any, teams_case: Case) -> None:
    row = owe(teams_case, now - HOUR, policy="dash-checked")
    for act in ("approve", "accept", "hold", ""):
        answer = sergeant.post("/team/several/", {"act": act, "pick": row.pk, "token": "t", "reason": WHY}, follow=True)
        assert "Select at least one row" in words(answer)


def link(page: str, name: str) -> str:
    """Where Previous or Next leads."""
    found = re.search(rf'data-act="{name}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else ""


@pytest.fixture
def three(ellen: User, now: Any) -> list[Any]:
    """Three records that wait for a sergeant, each sent an hour after the other."""
    sent = [factories.sent(ellen) for _ in range(3)]
    for place, record in enumerate(sent):
        due = now + timedelta(hours=place + 1)
        Deadline.objects.filter(subject_id=record.pk, policy="dash-checked").update(due_at=due)
    return sent


def address(record: Any, query: str = "wanted=dash-checked") -> str:
    item = Deadline.objects.get(subject_id=record.pk, policy="dash-checked").pk
    return f"/work/incident/{record.pk}/decide/record/?queue=team&item={item}&{query}"


def test_the_page_of_a_decision_knows_its_place_and_leads_both_ways_keeping_the_filter(
    three: list[Any], sergeant: Client
) -> None:
    queue = sergeant.get("/team/?wanted=dash-checked").content.decode()
    first = re.findall(r'app-queue__reference" href="([^"]+)"', queue)[0].replace("&amp;", "&")
    assert first.startswith(f"/work/incident/{three[0].pk}/approve/?queue=team")
    page = sergeant.get(first, follow=True).content.decode()
    assert "1 of 3 in your queue" in page and link(page, "previous") == ""
    second = sergeant.get(link(page, "next"), follow=True).content.decode()
    assert "2 of 3 in your queue" in second
    assert f"/work/incident/{three[0].pk}/" in link(second, "previous")
    third = sergeant.get(link(second, "next"), follow=True).content.decode()
    assert "3 of 3 in your queue" in third and link(third, "next") == ""
    assert all("wanted=dash-checked" in one for one in (first, link(page, "next"), link(second, "previous")))


def test_what_an_inspector_was_told_of_comes_first(three: list[Any], now: Any, sergeant: Client) -> None:
    last = Deadline.objects.filter(subject_id=three[2].pk, policy="dash-checked")
    last.update(critical_at=now - HOUR)
    page = sergeant.get(address(three[2])).content.decode()
    assert "1 of 3 in your queue" in page and f"/work/incident/{three[0].pk}/" in link(page, "next")
    page = sergeant.get(address(three[0])).content.decode()
    assert "2 of 3 in your queue" in page and f"/work/incident/{three[2].pk}/" in link(page, "previous")


def test_after_a_decision_the_next_one_is_offered_with_the_filter_kept(three: list[Any], sergeant: Client) -> None:
    for place, record in enumerate(three):
        said = {"decision": "incident-approve", "incident-approve-reason": "Read and agreed.", "seen": record.version}
        done = sergeant.post(address(record), said)
        assert done["Location"] == "/team/?wanted=dash-checked"
        page = sergeant.get(done["Location"]).content.decode()
        if place < 2:
            assert f"Next: Check DASH, {three[place + 1].case.reference}" in page
            assert f"/work/incident/{three[place + 1].pk}/" in link(page, "next") or "data-take-focus" in page
        else:
            assert "Nothing else is in your queue." in page


def test_the_place_is_nothing_for_whoever_works_no_queue_or_names_another_record(
    three: list[Any], sergeant: Client, ellen: User
) -> None:
    wrong = address(three[0]).replace("item=", "item=9")
    for url, browser in (
        (address(three[0]), client_of(ellen)),
        (wrong, sergeant),
        (wrong.replace("team", "x"), sergeant),
    ):
        page = browser.get(url)
        assert page.status_code == 200 and "in your queue" not in page.content.decode().lower()


def test_the_place_asks_the_same_of_three_and_of_thirty(
    three: list[Any], ellen: User, now: Any, sergeant: Client
) -> None:
    def asked() -> int:
        sergeant.get(address(three[1]))
        with CaptureQueriesContext(connection) as seen:
            assert sergeant.get(address(three[1])).status_code == 200
        return len(seen)

    few = asked()
    case = Case.objects.get(pk=three[0].case_id)
    for n in range(27):
        owe(case, now + n * HOUR, policy="dash-checked")
    assert asked() == few


def test_keys_are_off_until_they_are_turned_on_and_each_person_may_change_them(sergeant: Client, priya: User) -> None:
    assert "data-keys-help" not in sergeant.get("/team/").content.decode()
    shipped = {act.code: act.key for act in ACTS}
    answer = sergeant.post("/keyboard/", {**shipped, "on": "on", "down": "l"}, follow=True)
    assert "Your keys are kept." in words(answer)
    page = sergeant.get("/team/").content.decode()
    assert 'data-key="l" data-does="down"' in page and 'data-key="k" data-does="up"' in page
    assert Keyboard.objects.get(person=priya).keys == {"down": "l"}, "a better default reaches whoever changed nothing"
    sergeant.post("/keyboard/", {**shipped})
    assert "data-keys-help" not in sergeant.get("/team/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"), [("/", "This key is taken"), ("k", "Two acts have this key"), ("", "Give one character")]
)
def test_a_key_that_cannot_be_used_says_why(wrong: str, sentence: str, sergeant: Client) -> None:
    said = {act.code: act.key for act in ACTS} | {"on": "on", "down": wrong}
    answer = sergeant.post("/keyboard/", said)
    assert answer.status_code == 422 and sentence in words(answer)
    assert not Keyboard.objects.exists()


@pytest.fixture
def not_arrested(ellen: User) -> list[Any]:
    """Two decisions not to arrest that no supervisor has looked at."""
    return [factories.sent(ellen, arrested=False).arrest_decisions.get() for _ in range(2)]


def test_a_no_arrest_verdict_counts_for_the_version_seen_and_leads_to_the_next(
    not_arrested: list[Any], sergeant: Client
) -> None:
    page = sergeant.get("/team/no-arrest/").content.decode()
    first = re.findall(r'app-queue__reference" href="([^"]+)"', page)[0].replace("&amp;", "&")
    url = sergeant.get(first)["Location"]
    row, other = sorted(not_arrested, key=lambda one: f"/arrest/{one.pk}/" not in first)
    said = {"decision": "arrest-accept", "arrest-accept-reason": "It says who looked where, and until when."}
    old = sergeant.post(url, {**said, "seen": row.version - 1})
    assert old.status_code == 409 and not row.verdicts.exists()
    done = sergeant.post(url, {**said, "seen": row.version})
    assert (done.status_code, done["Location"]) == (302, "/team/no-arrest/") and row.verdicts.exists()
    after = sergeant.get("/team/no-arrest/").content.decode()
    assert f"Next: No-arrest reason, {other.case.reference}" in after
