"""Every address of the API and the people at its doors: the same doors as the pages have, in problem documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.test import Client

from tests.doors.addresses import NARROWER
from tests.doors.conftest import World
from tests.doors.test_every_url import leaks
from workflow.api.schema import document

KEY = "a-key-that-is-used-once"


def every(world: World) -> Iterator[tuple[str, str]]:
    """Each method of each path of the document, at a record of Hannah's case."""
    records = {name: str(record.pk) for name, record in world.records().items()} | {"case": world.case.reference}
    for path, methods in document()["paths"].items():
        if table := re.match(r"/api/v1/([\w-]+)/\{record\}", path):
            if table[1] in NARROWER:
                continue
            part = re.search(r"rows/([\w-]+)/", path)
            row = str((world.rows | world.others)[part[1]].pk) if part else ""
            for method in methods:
                yield method, path.replace("{record}", records[table[1]]).replace("{row}", row)


def tried(browser: Client, method: str, path: str) -> Any:
    browser.raise_request_exception = False
    headers = {"Idempotency-Key": KEY, "If-Match": "1"}
    with transaction.atomic():
        body = {} if method == "get" else {"data": json.dumps({}), "content_type": "application/json"}
        answer = getattr(browser, method)(path, headers=headers, **body)
        transaction.set_rollback(True)
    return answer


def test_each_door_of_the_api_is_the_door_of_the_page(world: World, browsers: dict[str, Client]) -> None:
    expected = {
        "nobody": {401}, "victor": {404}, "stranger": {404}, "cleo": {404}, "sam": {403}, "ari": {403},
        "ellen": {200, 201, 403, 409, 422}, "priya": {200, 201, 403, 409, 422},
    }  # fmt: skip
    wrong = []
    for who, statuses in expected.items():
        for method, path in every(world):
            answer = tried(browsers[who], method, path)
            outside = who not in ("ellen", "priya")
            if answer.status_code not in statuses or (outside and leaks(answer, world)):
                wrong.append((who, method, path, answer.status_code))
            if outside and answer["Content-Type"] != "application/problem+json":
                wrong.append((who, method, path, answer["Content-Type"]))
    assert not wrong


def test_what_is_hidden_is_word_for_word_what_never_was(world: World, browsers: dict[str, Client]) -> None:
    for who in ("victor", "stranger", "cleo"):
        never = tried(browsers[who], "get", "/api/v1/case/DA-2019-000001/").content
        wrong = [found for found in every(world) if tried(browsers[who], *found).content != never]
        assert not wrong
