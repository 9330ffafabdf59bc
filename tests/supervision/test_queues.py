"""The team's queue and my work: what they hold, how they are grouped, narrowed and paged, and what they cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases.models import Case, Incident
from cases.services import hold, name_person
from tests.cast import client_of, person
from tests.supervision.conftest import happens, off_duty, owe
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
Owed = Callable[..., Deadline]


def words(response: Any) -> str:
    """The text of a page, spaces run together."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def listed(response: Any) -> list[int]:
    return [row.id for group in response.context["page"].listed for row in group.rows]


@pytest.fixture
def sergeant(priya: User) -> Client:
    return client_of(priya)


def test_deadlines_stand_in_the_four_groups_worst_first(owed: Owed, now: Any, sergeant: Client) -> None:
    critical, overdue = owed(now - 5 * HOUR), owed(now - HOUR)
    soon, later = owed(now + HOUR), owed(now + 9 * HOUR)
    response = sergeant.get("/team/")
    assert [group.key for group in response.context["page"].listed] == ["critical", "overdue", "soon", "later"]
    assert listed(response) == [critical.pk, overdue.pk, soon.pk, later.pk]
    said = words(response)
    assert "Overdue by 5 hours" in said and "Was due today at 09:02 · Why this date?" in said
    assert "Due in 1 hour" in said
    for name in ("Critically overdue", "Overdue", "Due soon", "Not due yet"):
        assert name in said


def test_an_empty_group_says_so(sergeant: Client) -> None:
    assert "Nothing critically overdue" in words(sergeant.get("/team/"))


def test_a_group_shows_a_few_and_the_rest_page_by_page_without_a_gap(owed: Owed, now: Any, sergeant: Client) -> None:
    made = [owed(now - HOUR).pk for _ in range(33)]
    first = sergeant.get("/team/")
    overdue = first.context["page"].listed[1]
    assert (overdue.total, len(overdue.rows)) == (33, 5)
    assert overdue.more_words == "Show 25 more of 28 overdue"
    second = sergeant.get("/team/" + overdue.more_url)
    assert second.context["page"].listed[0].more_words == "Show 3 more overdue"
    third = sergeant.get("/team/" + second.context["page"].listed[0].more_url)
    assert [*listed(first), *listed(second), *listed(third)] == made
    assert third.context["page"].listed[0].more_url == ""


def test_a_count_is_exact_to_500_and_then_says_500_and_more(
    now: Any, teams_case: Case, ellen: User, sergeant: Client
) -> None:
    first = owe(teams_case, now - HOUR, holder=ellen)
    names = [field.attname for field in Deadline._meta.concrete_fields if field.attname not in ("id", "subject_id")]
    said = {name: getattr(first, name) for name in names}
    Deadline.objects.bulk_create([Deadline(**said, subject_id=n + 10_000) for n in range(499)])
    assert "500 Overdue" in words(sergeant.get("/team/"))
    Deadline.objects.bulk_create([Deadline(**said, subject_id=9_999)])
    assert "500+ Overdue" in words(sergeant.get("/team/"))


def test_a_place_that_is_no_place_begins_at_the_beginning(owed: Owed, now: Any, sergeant: Client) -> None:
    made = owed(now - HOUR)
    for nonsense in ("x", "2026-08-30T12:00:00~1", "~", "2026-08-30T12:00:00+00:00~-1", "%00", "9" * 400):
        assert listed(sergeant.get("/team/", {"group": "overdue", "after": nonsense})) == [made.pk]
    assert listed(sergeant.get("/team/", {"group": "nonsense"})) == [made.pk]


def test_another_teams_work_a_shut_out_and_a_restricted_case_are_not_in_the_queue(
    owed: Owed, now: Any, teams_case: Case, sr1: Any, ikande: User, priya: User, sergeant: Client
) -> None:
    mine = owed(now - HOUR)
    owe(Case.begin("investigation", sr1, now), now - HOUR)
    assert listed(sergeant.get("/team/")) == [mine.pk]
    assert listed(client_of(ikande).get("/team/")) == []
    Case.objects.filter(pk=teams_case.pk).update(restricted=True)
    response = sergeant.get("/team/")
    assert listed(response) == [] and response.context["page"].total == 0, "not in the counts either"
    name_person(case=teams_case, person=priya)
    assert "Restricted" in words(sergeant.get("/team/"))


def test_whoever_supervises_nobody_is_refused_the_teams_queue(ellen: User, stranger: User, nobody: Client) -> None:
    assert client_of(ellen).get("/team/").status_code == 403
    assert client_of(stranger).get("/team/").status_code == 403
    assert nobody.get("/team/").status_code == 302


def test_the_holder_is_you_a_colleague_or_no_one_on_duty(
    now: Any, teams_case: Case, ellen: User, tom: User, priya: User, sergeant: Client
) -> None:
    off_duty(tom, now)
    owe(teams_case, now - 3 * HOUR, holder=ellen)
    owe(teams_case, now - 2 * HOUR, holder=tom)
    owe(teams_case, now - HOUR, policy="dash-checked")
    owe(teams_case, now - HOUR, holder=None)
    rows = sergeant.get("/team/").context["page"].listed[1].rows
    assert [(row.holder, row.holder_problem) for row in rows] == [
        ("PC 2877 Marsh", False), ("No one on duty", True), ("You", False), ("No one on duty", True),
    ]  # fmt: skip
    assert [row.holder_words for row in rows][1::2] == ["PC 2208 Ashdown is off duty", "Nobody holds this case"]


def test_the_reference_opens_the_decision_itself(now: Any, teams_case: Case, sergeant: Client) -> None:
    owe(teams_case, now - HOUR, policy="high-owner")
    row = sergeant.get("/team/").context["page"].listed[1].rows[0]
    assert row.url == reverse("step", args=["case", teams_case.pk, "hold"])
    assert row.why_url == reverse("deadline", args=[row.id])


@pytest.mark.requirement("S2-012")
def test_a_record_and_its_dash_wait_in_the_sergeants_queue_from_being_sent_to_the_verdict(
    now: Any, hannahs_incident: Incident, priya: User
) -> None:
    browser = client_of(priya)
    happens("incident.submit", hannahs_incident, now)
    [row] = browser.get("/team/?wanted=dash-checked").context["page"].listed[3].rows
    assert (row.reference, row.holder, row.due_at) == (hannahs_incident.case.reference, "You", now + 24 * HOUR)
    assert row.url == f"/work/incident/{hannahs_incident.pk}/approve/"
    happens("incident.approve", hannahs_incident, now + HOUR)
    assert listed(browser.get("/team/?wanted=dash-checked")) == []


def test_each_filter_narrows_and_its_chosen_tick_can_be_taken_away(
    now: Any, teams_case: Case, ellen: User, tom: User, sergeant: Client
) -> None:
    sent = owe(teams_case, now - 3 * HOUR, holder=ellen)
    dash = owe(teams_case, now - 1.5 * HOUR, policy="dash-checked")
    toms = owe(teams_case, now - HOUR, holder=tom)
    for query, found in (
        ("wanted=dash-checked", [dash]), ("decides=sergeant", [dash]), ("decides=holder", [sent, toms]),
        (f"holder={tom.pk}", [toms]), ("holder=me", [dash]), ("holder=nobody", []), ("grade=high", []),
        ("fact=restricted", []), ("fact=children", []), ("fact=returned", []),
        (f"wanted=record-sent&holder={tom.pk}", [toms]), ("wanted=dash-checked&wanted=record-sent", [sent, dash, toms]),
        ("wanted=nonsense&grade=x&holder=x&fact=%00", [sent, dash, toms]),
    ):  # fmt: skip
        assert listed(sergeant.get(f"/team/?{query}")) == [deadline.pk for deadline in found], query
    response = sergeant.get(f"/team/?wanted=dash-checked&holder={tom.pk}")
    assert {one.words: one.without for one in response.context["chosen"]} == {
        "What is wanted: Check DASH": f"holder={tom.pk}", "Holder: PC 2208 Ashdown": "wanted=dash-checked",
    }  # fmt: skip
    assert "Tom" not in response.request["QUERY_STRING"]


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("url", ["/team/", "/", "/team/?group=overdue", "/team/?grade=high&holder=me&fact=children"])
def test_a_queue_page_takes_at_most_ten_queries_however_many_rows(
    url: str, now: Any, teams_case: Case, nr3: Any, priya: User, ellen: User, sergeant: Client
) -> None:
    for policy in ("record-sent", "dash-checked"):
        owe(teams_case, now - HOUR, policy=policy, holder=priya)
    few = queries(sergeant, url)
    for n in range(30):
        case = Case.begin("investigation", nr3, now)
        hold(case=case, part="investigation", person=ellen, at=now)
        holder = person("PC", str(6000 + n), f"Officer {n}", ("officer", nr3))
        policies = ("record-sent", "high-owner", "unsafe-answered", "no-arrest-checked")
        owe(case, now + n * HOUR - 10 * HOUR, policy=policies[n % 4], holder=priya if n % 2 else holder)
    assert queries(sergeant, url) == few <= 10


def test_my_work_is_what_i_hold_and_what_i_have_begun(
    owed: Owed, now: Any, teams_case: Case, ellen: User, tom: User
) -> None:
    mine = owed(now + HOUR)
    owed(now + HOUR, holder=tom)
    begun = Incident.objects.create(case=teams_case, recorded_by=ellen, reported_at=now, state="recording")
    response = client_of(ellen).get("/")
    assert listed(response) == [mine.pk]
    assert [record.url for record in response.context["records"]] == [reverse("record", args=["incident", begun.pk])]
    assert "Record an incident" in words(response)
    assert not client_of(tom).get("/").context["records"]


def test_somebody_without_work_is_told_so(stranger: User) -> None:
    said = words(client_of(stranger).get("/"))
    assert "Nothing begun and not sent" in said and "Record an incident" not in said
