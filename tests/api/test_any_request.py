"""Requests nobody would send, made from the document by schemathesis: no fault, and no answer that the document does not give.

They go through the whole WSGI program to PostgreSQL. What each changes is taken back, so that every one meets the same world.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi import checks

from accounts.models import Token, User
from cases.models import Incident
from risk.models import Assessment
from tests.cases import files
from tests.cases.calls import called
from tests.cases.files import store as store
from tests.cast import client_of
from workflow.api.schema import document

CHECKS = [
    schemathesis.checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance, checks.response_headers_conformance,
]  # fmt: skip
A_FEW, MANY = 2, 4  # requests for each operation


@pytest.fixture(scope="module")
def operations() -> list[Any]:
    found = schemathesis.openapi.from_dict(document())
    found.app = WSGIHandler()
    return [operation.ok() for operation in found.get_all_operations()]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Every request on the test's own connection, as Django's own client does it; and as many as one likes."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with override_settings(API_RATES={"person": "1000000/min", "token": "1000000/min"}):
        yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def places(complete_record: Incident, ellen: User, rafi: User, store: Path) -> dict[str, tuple[str, int]]:
    """A real record of each table, with its version, and of each kind of row."""
    case, dash = complete_record.case, Assessment.objects.get(incident=complete_record)
    records = {
        "incident": complete_record, "assessment": dash, "call": called(rafi, case=case), "file": files.kept(case, ellen),
        "exhibit": files.listed(case, ellen), "crime": complete_record.crimes.get(),
        "arrest": complete_record.arrest_decisions.get(),
    }  # fmt: skip
    rows = {
        **{row.part: row for row in complete_record.involvements.standing()}, "action": complete_record.actions.get(),
        "offence": records["crime"], "arrest": records["arrest"],
    }  # fmt: skip
    records |= {f"rows/{kind}": row for kind, row in rows.items()}
    case.refresh_from_db()
    return {"case": (case.reference, case.version)} | {
        name: (str(record.pk), record.version) for name, record in records.items()
    }


def as_session(user: User) -> dict[str, Any]:
    """A signed-in browser's cookies, with the token that an act needs."""
    secret = "a" * 32
    session = client_of(user).cookies[django_settings.SESSION_COOKIE_NAME].value
    cookies = {django_settings.SESSION_COOKIE_NAME: session, django_settings.CSRF_COOKIE_NAME: secret}
    return {"cookies": cookies, "headers": {"X-CSRFToken": secret}}


def as_system(token: Token) -> dict[str, Any]:
    return {"cookies": {}, "headers": {"Authorization": f"Bearer {token.secret}"}}


def meet(operations: list[Any], places: dict[str, tuple[str, int]], who: dict[str, Any], count: int) -> Counter[int]:
    """Send so many requests to each operation: some as they were made, some aimed at records that are there."""
    answers: Counter[int] = Counter()
    for operation in operations:

        @settings(
            max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(), aimed=st.booleans())
        def send(case: Any, aimed: bool) -> None:
            headers = dict(who["headers"])
            if aimed or answers.total() % 2:
                headers |= aim(case, places)
            with transaction.atomic():
                answer = case.call(headers=headers, cookies=who["cookies"])
                transaction.set_rollback(True)
            answers[answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS)

        send()
    return answers


def aim(case: Any, places: dict[str, tuple[str, int]]) -> dict[str, str]:
    """Turn the request to a record that is there, on its version, under a key of its own."""
    words = case.path.removeprefix("/api/v1/").split("/")
    record, version = places.get(words[0], ("1", 1))
    kind = f"rows/{words[3]}" if "rows" in words else ""
    row, row_version = places.get(kind, ("1", 1))
    case.path_parameters = {**(case.path_parameters or {}), "record": record, "row": row}
    if isinstance(case.body, dict) and words[1:2] == ["begin"]:
        case.body |= {"incident": int(places["incident"][0])} if words[0] == "assessment" else {}
    return {"If-Match": str(row_version if kind else version), "Idempotency-Key": str(uuid.uuid4())}


@pytest.mark.parametrize("caller", ["person", "token"])
def test_no_request_is_a_fault_or_gets_an_answer_outside_the_document(
    caller: str, operations: list[Any], places: Any, ellen: User, token: Token
) -> None:
    who = as_session(ellen) if caller == "person" else as_system(token)
    answers = meet(operations, places, who, A_FEW)
    assert answers[200] > 10 and answers[422] > 10 and answers[404], answers  # it did get inside


@pytest.mark.long
@pytest.mark.parametrize("caller", ["person", "sergeant", "stranger", "token"])
def test_nor_do_many_more(
    caller: str, operations: list[Any], places: Any, ellen: User, priya: User, stranger: User, token: Token
) -> None:
    people = {"person": ellen, "sergeant": priya, "stranger": stranger}
    who = as_session(people[caller]) if caller in people else as_system(token)
    assert meet(operations, places, who, MANY).total() > len(operations)
