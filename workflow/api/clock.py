"""When would it be due? A question about no case: a start and a length, answered with the working."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response

from workflow.api.problems import Problem
from workflow.api.schema import MOMENT, WORD, Schema, many, reading, refusals, thing
from workflow.api.values import plain
from workflow.api.view import ApiView
from workflow.clock import BadLength, BadStart, Length, UnknownYear, Working, parse_local, working
from workflow.models import Holiday

ANSWER = thing(
    start=MOMENT, due=MOMENT, due_in_london={"type": "string", "format": "date-time"}, due_in_words=WORD, length=WORD,
    sum=WORD, days=many(thing(name=WORD, dates=WORD, label=WORD, note=WORD)), steps=many(thing(name=WORD, words=WORD)),
    note=WORD,
)  # fmt: skip


class Clock(ApiView):
    """As the page and `manage.py clock` answer it."""

    def get(self, request: Any) -> Response:
        said = request.query_params
        try:
            length = Length.parse(said.get("length", ""))
            start = parse_local(said.get("start", ""), date_alone=not length.rule.counts_hours)
            found = working(start.at, length, Holiday.objects.calendar())
        except BadLength as refused:
            raise wrong("length", refused) from None
        except (BadStart, UnknownYear) as refused:
            raise wrong("start", refused) from None
        return Response({**told(found), "note": start.note or ""})

    def described(self, method: str) -> Schema:
        asked = [
            {"name": "length", "in": "query", "required": True, "schema": WORD, "example": "statutory-hours:48"},
            {"name": "start", "in": "query", "required": True, "schema": WORD, "example": "2026-08-29T08:00"},
        ]
        operation = reading("When would it be due?", "clock", ANSWER, *asked)
        operation["responses"] |= refusals(422)
        return operation


def wrong(field: str, refused: Exception) -> Problem:
    sentence = str(refused.args[0])
    return Problem("invalid", "There is a problem.", errors=[{"field": field, "sentence": sentence}])


def told(found: Working) -> dict[str, Any]:
    return {
        "start": plain(found.start), "due": plain(found.due), "due_in_london": found.due_iso,
        "due_in_words": found.due_words, "length": str(found.length), "sum": found.sum,
        "days": [{"name": box.name, "dates": box.dates, "label": box.label, "note": box.note} for box in found.boxes()],
        "steps": [{"name": line.name, "words": line.words} for line in found.steps()],
    }  # fmt: skip
