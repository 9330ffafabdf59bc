"""The same request sent twice makes one thing: the key and what was sent are kept with the answer, in the pages' own table."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.db import transaction
from rest_framework.response import Response

from workflow.api.problems import Problem
from workflow.models import Once

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
SHAPE = r"[A-Za-z0-9_.:-]{8,64}"
WANTED = f"Each POST carries the header {HEADER}: 8 to 64 letters, digits or _ . : - that you use once, such as a UUID."
ANOTHER = "The key belongs to a request that said something else. Nothing was done."

Made = tuple[int, dict[str, Any]]


def once(request: Any, act: Callable[[], Made]) -> Response:
    """Do the act, or give the answer that it got before. Of two at once the second waits for the first.

    A refusal is not kept: what was refused may be mended and sent again under its key.
    """
    key, sent = key_of(request), digest_of(request)
    with transaction.atomic():
        if not Once.objects.claim(by=request.user, key=key, answer=""):
            return again(Once.objects.get(by=request.user, key=key).answer, sent)
        status, body = act()
        kept = json.dumps({"sent": sent, "status": status, "body": body})
        Once.objects.filter(by=request.user, key=key).update(answer=kept)
    return answer(status, body)


def was_sent(request: Any) -> bool:
    """Whether the same key was sent before, with an answer that is kept: nothing is asked again then."""
    return Once.objects.filter(by=request.user, key=key_of(request)).exists()


def again(answer_kept: str, sent: str) -> Response:
    kept = json.loads(answer_kept)
    if kept["sent"] != sent:
        raise Problem("key-reused", ANOTHER)
    response = answer(kept["status"], kept["body"])
    response[REPLAYED] = "true"
    return response


def answer(status: int, body: dict[str, Any]) -> Response:
    response = Response(body, status=status)
    response["ETag"] = f'"{body["version"]}"'
    if status == 201:
        response["Location"] = body["url"]
    return response


def key_of(request: Any) -> str:
    """The key as it is kept: apart from the tokens of pages, and of the table's length."""
    said = request.headers.get(HEADER, "")
    if not re.fullmatch(SHAPE, said):
        raise Problem("key-needed", WANTED)
    return hashlib.sha256(f"api {said}".encode()).hexdigest()


def digest_of(request: Any) -> str:
    said = json.dumps(request.data, sort_keys=True)
    return hashlib.sha256(f"{request.path}\n{said}".encode()).hexdigest()
