"""Reading by the API: what a page shows, for whom a page shows it, in one round of questions."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Access
from cases.models import Case, Incident
from tests import factories
from tests.api.conftest import Caller, refused, url
from tests.cast import client_of
from workflow import engine
from workflow.models import Deadline


def test_a_record_is_told_with_what_it_says_what_may_be_done_and_what_is_owed(
    ellens: Caller, hannahs_incident: Incident, hannahs_case: Case
) -> None:
    answer = ellens.get(url(hannahs_incident))
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert (said["state"]["code"], said["version"], said["case"]) == ("recording", 1, hannahs_case.reference)
    assert answer["ETag"] == '"1"' and said["editable"] is True
    assert said["sections"]["report"]["said"]["log_ref"] == "0388"
    assert said["sections"]["place"]["missing"] == ["Say where it happened", "Choose what kind of place it is"]
    steps = {step["name"]: step for step in said["steps"]}
    assert steps["submit"]["open"] is False and "still missing" in steps["submit"]["why_not"]
    assert steps["unsafe"]["open"] and steps["unsafe"]["evidence"]["required"] == ["what"]
    assert steps["unsafe"]["evidence"]["properties"]["what"]["maxLength"] == 2000


def test_a_deadline_is_told_with_its_rule_and_every_date_it_has_had(
    ellens: Caller, hannahs_incident: Incident, hannahs_case: Case, ellen: User
) -> None:
    changed = {"reported_at": hannahs_incident.reported_at.replace(hour=0, minute=1)}
    engine.amend(hannahs_incident, changed, by=ellen, seen=1)
    found = ellens.get(url(hannahs_incident)).json()["deadlines"]
    held = Deadline.objects.filter(subject_id=hannahs_incident.pk, subject_type="cases.incident")
    assert {row["policy"] for row in found} == set(held.values_list("policy", flat=True)) != set()
    for row in found:
        assert row["rule"] and row["rule_in_words"] and row["authority"]
        assert row["dates"][0]["due_at"] == row["due_at"] and row["dates"][-1]["why"] == "First set"
    assert any(len(row["dates"]) > 1 for row in found)


def test_a_case_is_addressed_by_its_reference_and_tells_what_is_owed_in_it(ellens: Caller, hannahs_case: Case) -> None:
    said = ellens.get(url(hannahs_case)).json()
    assert said["record"] == hannahs_case.reference and said["deadlines"]
    assert "hold" in {step["name"] for step in said["steps"]}


def test_approvals_say_who_asked_and_of_which_version(ellens: Caller, sent_record: Incident) -> None:
    [waiting] = ellens.get(url(sent_record)).json()["approvals"]
    assert (waiting["verdict"], waiting["asked_by"], waiting["seen_version"]) == (
        "waiting", "PC 2877 Marsh", sent_record.version,
    )  # fmt: skip


def test_what_is_hidden_is_what_never_was(
    hannahs_case: Case, hannahs_incident: Incident, victor: User, stranger: User
) -> None:
    for who in (victor, stranger):
        caller = Caller(client_of(who))
        never = refused(caller.get("/api/v1/case/DA-2019-000001/"), 404, "not-found")
        for path in (url(hannahs_case), url(hannahs_incident), "/api/v1/nothing/1/", "/api/v1/incident/999999999/"):
            assert refused(caller.get(path), 404, "not-found") == never
        hidden = caller.post(url(hannahs_incident, "unsafe/"), {"what": "She is alone with him."})
        assert refused(hidden, 404, "not-found") == never
        assert (
            refused(caller.patch(url(hannahs_incident, "sections/report/"), {}, **{"If-Match": "1"}), 404, "not-found")
            == never
        )
        assert caller.get("/api/v1/incident/").json() == {"results": [], "next": None}


def test_nobody_is_told_to_sign_in_and_nothing_else(hannahs_case: Case) -> None:
    nobody = Caller(Client())
    said = refused(nobody.get(url(hannahs_case)), 401, "signed-out")
    assert hannahs_case.reference not in str(said)
    assert nobody.get(url(hannahs_case))["WWW-Authenticate"].startswith("Bearer")


def test_the_next_beat_is_asked_why_with_the_codes_to_send_and_then_let_in(hannahs_case: Case, sam: User) -> None:
    caller = Caller(client_of(sam))
    said = refused(caller.get(url(hannahs_case)), 403, "reason-needed")
    assert said["header"] == "X-Reason" and "attending" in {reason["code"] for reason in said["reasons"]}
    assert hannahs_case.reference not in str(said)
    refused(caller.get(url(hannahs_case), **{"X-Reason": "because"}), 400, "malformed")
    assert caller.get(url(hannahs_case), **{"X-Reason": "attending"}).status_code == 200
    assert Access.objects.get(kind=Access.Kind.REASON).reason_code == "attending"
    kept = Access.objects.get(kind=Access.Kind.READ)
    assert (kept.by, kept.chain, kept.reason_code) == (sam, hannahs_case.pk, "attending")
    assert caller.get(url(hannahs_case)).status_code == 200  # for this turn of duty


def test_each_read_is_written_down_as_a_read(ellens: Caller, hannahs_incident: Incident, hannahs_case: Case) -> None:
    before = Access.objects.filter(kind=Access.Kind.READ).count()
    ellens.get(url(hannahs_incident))
    assert Access.objects.filter(kind=Access.Kind.READ).count() == before + 1


def test_a_list_is_ones_own_work_in_pages_by_cursor(ellens: Caller, ellen: User, sam: User) -> None:
    made = [factories.begun(ellen, log_ref=f"{number:04}") for number in range(7)]
    seen: list[str] = []
    after = ""
    for _ in range(4):
        page = ellens.get(f"/api/v1/incident/?limit=2{f'&after={after}' if after else ''}").json()
        seen += [line["record"] for line in page["results"]]
        factories.begun(ellen)  # what is added meanwhile moves nothing
        after = page["next"] or ""
    assert seen == [str(record.pk) for record in reversed(made[:0] + made)][: len(seen)] and len(seen) == 7
    assert Caller(client_of(sam)).get("/api/v1/incident/").json()["results"] == []


def test_a_cursor_that_was_made_up_or_is_of_another_list_is_refused(ellens: Caller, ellen: User) -> None:
    for _ in range(3):
        factories.begun(ellen)
    cursor = ellens.get("/api/v1/incident/?limit=1").json()["next"]
    for path in (f"/api/v1/case/?after={cursor}", "/api/v1/incident/?after=12", "/api/v1/incident/?limit=0"):
        refused(ellens.get(path), 400, "malformed")
    refused(ellens.get("/api/v1/incident/?state=lost"), 400, "malformed")
    assert ellens.get("/api/v1/incident/?state=recording&limit=1").json()["results"]


def queries(caller: Caller, path: str) -> int:
    caller.get(path)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert caller.get(path).status_code == 200
    return len(counted)


def test_a_list_costs_the_same_for_one_and_for_twenty(ellens: Caller, ellen: User) -> None:
    factories.begun(ellen)
    one = queries(ellens, "/api/v1/incident/")
    for _ in range(19):
        factories.begun(ellen)
    assert queries(ellens, "/api/v1/incident/") == one <= 20


def test_a_record_costs_the_same_however_much_is_beneath_it(ellens: Caller, sent_record: Incident, ellen: User) -> None:
    few = queries(ellens, url(sent_record))
    deadline = Deadline.objects.filter(subject_id=sent_record.pk)[0]
    for _ in range(10):
        deadline.changes.create(started_at=deadline.started_at, due_at=deadline.due_at, why="Again", by=ellen)
    assert queries(ellens, url(sent_record)) == few <= 45


def test_notices_are_ones_own(ellens: Caller, hannahs_case: Case, priya: User) -> None:
    answer: Any = ellens.get("/api/v1/notices/")
    assert answer.status_code == 200 and set(answer.json()) == {"results", "next"}


def test_the_clock_answers_with_its_working(ellens: Caller) -> None:
    said = ellens.get("/api/v1/clock/?length=statutory-hours:48&start=2026-08-29T08:00").json()
    assert said["due_in_london"] == "2026-09-02T08:00:00+01:00" and said["due"] == "2026-09-02T07:00:00Z"
    assert said["sum"].endswith("= 48 hours") and len(said["steps"]) == 4
    wrong = refused(ellens.get("/api/v1/clock/?length=hours:x&start=2026-08-29T08:00"), 422, "invalid")
    assert wrong["errors"][0]["field"] == "length"
    assert refused(ellens.get("/api/v1/clock/?length=hours:4"), 422, "invalid")["errors"][0]["field"] == "start"
