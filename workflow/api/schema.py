"""The OpenAPI document, made from the tables: each step its own path with what it asks, each section and row likewise."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from workflow.api import door, once
from workflow.api.problems import CONTENT_TYPE, KINDS
from workflow.api.view import ON_BEHALF_OF

Schema = dict[str, Any]
JSON = "application/json"
WORD: Schema = {"type": "string"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
MAYBE_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
COUNT: Schema = {"type": "integer", "minimum": 0}
TRUTH: Schema = {"type": "boolean"}

READ_REFUSALS = (400, 401, 403, 404, 406, 429)
ACT_REFUSALS = (*READ_REFUSALS, 409, 413, 415, 422)
HEADERS = {"ETag": {"description": "The version of the record, for If-Match", "schema": WORD}}


class ApiSchema(AutoSchema):
    """Each address says what it is itself (`ApiView.described`); nothing is guessed from code."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Schema:
        self.path, self.method = path, method
        view: Any = self.view
        described: Schema = view.described(method)
        return {
            "parameters": [],
            **described,
            "operationId": operation_id(path, method),
            **path_parameters(described, path),
        }


def operation_id(path: str, method: str) -> str:
    words = [word.strip("{}") for word in path.removeprefix("/api/v1/").split("/") if word]
    return "-".join([method.lower(), *words])


def path_parameters(described: Schema, path: str) -> Schema:
    """The record's own place in the address: a number, or a reference."""
    found = []
    for word in path.split("/"):
        if word.startswith("{"):
            name = word.strip("{}")
            number = name == "row" or not described.get("x-by-reference")
            schema = {"type": "integer", "minimum": 1} if number else {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
            found.append({"name": name, "in": "path", "required": True, "schema": schema})
    return {"parameters": [*found, *described.get("parameters", [])]}


def refusals(*statuses: int) -> Schema:
    return {str(status): {"$ref": f"#/components/responses/Refused{status}"} for status in statuses}


def refused(status: int) -> Schema:
    words = "; ".join(title for _, (of, title) in KINDS.items() if of == status)
    return {"description": words, "content": {CONTENT_TYPE: {"schema": ref("Problem")}}}


def reading(summary: str, tag: str, answer: Schema, *parameters: Schema, **more: Any) -> Schema:
    """A GET."""
    found = {"200": {"description": "What was asked for", "content": {JSON: {"schema": answer}}}}
    return {
        "summary": summary, "tags": [tag], "parameters": [*parameters], **more,
        "responses": found | refusals(*READ_REFUSALS, *more.pop("refused", ())),
    }  # fmt: skip


def acting(
    summary: str, tag: str, body: Schema, answer: Schema, *parameters: Schema, made: bool = False, **more: Any
) -> Schema:
    """A POST or PATCH."""
    done = {"description": "Done", "headers": HEADERS, "content": {JSON: {"schema": answer}}}
    needs_version = IF_MATCH in parameters
    return {
        "summary": summary, "tags": [tag], "parameters": [*parameters, REASON, BEHALF], **more,
        "requestBody": {"required": True, "content": {JSON: {"schema": body}}},
        "responses": {"201" if made else "200": done} | refusals(*ACT_REFUSALS, *((428,) if needs_version else ())),
    }  # fmt: skip


def header(name: str, words: str, schema: Schema, *, required: bool = False) -> Schema:
    return {"name": name, "in": "header", "description": words, "required": required, "schema": schema}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def thing(**properties: Schema) -> Schema:
    """An object that has all of these and nothing else."""
    return {"type": "object", "additionalProperties": False, "required": [*properties], "properties": properties}


def many(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def page_of(line: Schema) -> Schema:
    return thing(results=many(line), next={"type": ["string", "null"], "description": "The cursor for `after`"})


REASON = header(
    door.HEADER, "Why, where the case is not your own work: a code of a reason", {"type": "string", "maxLength": 30}
)
BEHALF = header(
    ON_BEHALF_OF, "Whom you act for. Kept; gives no right", {"type": "string", "pattern": "^[A-Za-z0-9 ._-]{1,40}$"}
)
IF_MATCH = header(
    "If-Match", "The version that you saw", {"type": "string", "pattern": '^"?[0-9]{1,9}"?$'}, required=True
)
KEY = header(once.HEADER, once.WANTED, {"type": "string", "pattern": f"^{once.SHAPE}$"}, required=True)
AFTER = {"name": "after", "in": "query", "description": "The cursor `next` of the page before", "schema": WORD}
LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "How many",
    "schema": {"type": "integer", "minimum": 1, "maximum": 100},
}

LINE = thing(
    workflow=WORD, record=WORD, url=WORD, case=WORD, version=COUNT, state=thing(code=WORD, label=WORD),
)  # fmt: skip
STEP = thing(name=WORD, label=WORD, open=TRUTH, why_not=WORD, url=WORD, evidence={"type": "object"})
APPROVAL = thing(
    of=WORD, asked_by=WORD, asked_at=MOMENT, verdict=WORD, reason=WORD, decided_at=MAYBE_MOMENT,
    decided_by={"type": ["string", "null"]}, seen_version=COUNT,
)  # fmt: skip
DATES = thing(due_at=MOMENT, started_at=MOMENT, why=WORD, at=MOMENT, by=WORD)
DEADLINE = thing(
    id=COUNT, policy=WORD, label=WORD, subject=WORD, rule=WORD, rule_in_words=WORD, authority=WORD, started_at=MOMENT,
    due_at=MOMENT, stopped_at=MAYBE_MOMENT, dropped_because=WORD, dates=many(DATES),
)  # fmt: skip
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457. `type` names the kind and never changes; `detail` is a sentence for a person.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"}, "title": WORD, "status": COUNT, "detail": WORD,
        "errors": many(thing(field=WORD, sentence=WORD)), "clashes": many(ref("Clash")), "version": COUNT,
        "header": WORD, "reasons": many(thing(code=WORD, words=WORD)), "codes": many(WORD),
    },
}  # fmt: skip
CLASH = thing(field=WORD, label=WORD, mine={}, theirs={}, original={})
COMPONENTS = {
    "Problem": PROBLEM, "Clash": CLASH, "Line": LINE, "Step": STEP, "Approval": APPROVAL, "Deadline": DEADLINE,
}  # fmt: skip
SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token of a system account"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "Signed in; acts need X-CSRFToken",
    },
}
ABOUT = (
    "The same steps, rules and doors as the pages. What is hidden is 404. Each refusal is a problem document. "
    "An act that changes a record names the version it saw; each POST carries a key that is used once."
)


def whole(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """Spectacular's hook: what is shared by all addresses, and an order that does not change by itself."""
    result["openapi"] = "3.1.0"
    result["info"]["description"] = ABOUT
    responses = {f"Refused{status}": refused(status) for status in sorted({status for status, _ in KINDS.values()})}
    result["components"] = {"schemas": COMPONENTS, "responses": responses, "securitySchemes": SECURITY}
    result["security"] = [{name: []} for name in SECURITY]
    result["paths"] = dict(sorted(result["paths"].items()))
    return result


@cache
def document() -> Schema:
    """The document of this program; it cannot change while it runs."""
    generator: Any = SchemaGenerator
    made: Schema = generator().get_schema(request=None, public=True)
    return made


def openapi_paper() -> str:
    """docs/openapi.json."""
    return json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
