"""A record asked for by its number and not shown is written down, on every way in, the same whether it is there or not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Access
from cases.models import Case, Incident
from tests.cast import client_of
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
NOTHING = 987_654_321
WAYS = ("/work/incident/{}/", "/work/incident/{}/submit/", "/work/incident/{}/sections/place/",
        "/work/incident/{}/rows/child/", "/work/incident/{}/decide/record/", "/api/v1/incident/{}/")  # fmt: skip


@pytest.fixture
def his(victor: User) -> Client:
    """Victor, who is shut out of the case."""
    return client_of(victor)


def denied(person: User) -> list[tuple[Any, ...]]:
    rows = Access.objects.filter(kind=Access.Kind.DENIED, by=person)
    return list(rows.order_by("pk").values_list("what", "chain", "terms"))


@pytest.mark.parametrize("way", WAYS)
def test_what_is_hidden_and_what_never_was_cost_and_leave_the_same(
    way: str, hannahs_case: Case, hannahs_incident: Incident, victor: User, his: Client
) -> None:
    his.get(way.format(NOTHING))  # sessions and the like are asked once
    said = []
    for pk in (hannahs_incident.pk, NOTHING):
        with CaptureQueriesContext(connection) as asked:
            answer = his.get(way.format(pk))
        assert answer.status_code == 404
        said.append(len(asked))
    assert said[0] == said[1]
    assert denied(victor)[1:] == [
        ("cases.incident", hannahs_incident.case_id, str(hannahs_incident.pk)), ("cases.incident", None, str(NOTHING)),
    ]  # fmt: skip


def test_a_case_through_the_api_is_written_down_by_its_reference(hannahs_case: Case, victor: User, his: Client) -> None:
    for reference in (hannahs_case.reference, "DA-2019-000001"):
        assert his.get(f"/api/v1/case/{reference}/").status_code == 404
    assert denied(victor) == [
        ("cases.case", hannahs_case.pk, hannahs_case.reference), ("cases.case", None, "DA-2019-000001"),
    ]  # fmt: skip


def test_a_clock_and_a_record_begun_in_a_hidden_case_are_written_down(
    hannahs_case: Case, hannahs_incident: Incident, victor: User, his: Client
) -> None:
    deadline = Deadline.objects.filter(case=hannahs_case).earliest("pk")
    assert his.get(f"/deadlines/{deadline.pk}/").status_code == 404
    assert his.get(f"/work/incident/new/begin/in/{hannahs_case.pk}/").status_code == 404
    assert denied(victor) == [
        ("workflow.deadline", hannahs_case.pk, str(deadline.pk)), ("cases.case", hannahs_case.pk, str(hannahs_case.pk)),
    ]  # fmt: skip


def test_what_is_shown_is_no_refusal(hannahs_incident: Incident, ellen: User) -> None:
    assert client_of(ellen).get(f"/work/incident/{hannahs_incident.pk}/").status_code == 200
    assert not denied(ellen)
