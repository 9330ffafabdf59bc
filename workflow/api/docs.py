"""The document itself, and a page to read it on: drawn here from the same document, since the CSP lets no stranger's script run."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.response import Response

from workflow.api.problems import KINDS
from workflow.api.schema import Schema, document, reading
from workflow.api.view import ApiView


class Document(ApiView):
    """OpenAPI 3.1, as docs/openapi.json."""

    def get(self, request: Any) -> Response:
        return Response(document())

    def described(self, method: str) -> Schema:
        return reading("This document", "schema", {"type": "object"})


class Nothing(ApiView):
    """Any other address: the problem document of what is not there."""

    schema = None

    def get(self, request: Any, rest: str = "") -> Response:
        raise Http404

    post = patch = get


@login_required
@require_safe
def docs_page(request: HttpRequest) -> HttpResponse:
    """What the API takes and gives, a table at a time."""
    tags = tags_of(document())
    asked = request.GET.get("of", "")
    if asked and asked not in tags:
        raise Http404
    operations = [operation_told(*found) for found in operations_of(document(), asked)] if asked else []
    context = {"tags": tags, "asked": asked, "operations": operations, "kinds": list(KINDS.items())}
    return render(request, "workflow/api_docs.html", context)


def tags_of(found: Schema) -> list[str]:
    return sorted({operation["tags"][0] for path in found["paths"].values() for operation in path.values()})


def operations_of(found: Schema, tag: str) -> list[tuple[str, str, Schema]]:
    return [
        (path, method, operation)
        for path, methods in found["paths"].items()
        for method, operation in methods.items()
        if operation["tags"] == [tag]
    ]


def operation_told(path: str, method: str, operation: Schema) -> dict[str, Any]:
    """One line of the page with what it takes."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    needed = content.get("required", [])
    fields = [
        {"name": name, "needed": name in needed, "kind": kind_words(field), "words": words_of(field)}
        for name, field in content.get("properties", {}).items()
    ]
    return {
        "id": operation["operationId"], "method": method.upper(), "path": path, "summary": operation["summary"],
        "fields": fields, "parameters": operation["parameters"], "answers": ", ".join(operation["responses"]),
    }  # fmt: skip


def kind_words(field: Schema) -> str:
    """text, one of a, b; how long."""
    inner = field.get("items", field)
    if "enum" in inner:
        return ("some of " if "items" in field else "one of ") + ", ".join(inner["enum"])
    limit = f", at most {field['maxLength']} characters" if "maxLength" in field else ""
    return f"{field.get('format') or field.get('type')}{limit}"


def words_of(field: Schema) -> str:
    return ". ".join(field[key].rstrip(".") for key in ("title", "description") if field.get(key))
