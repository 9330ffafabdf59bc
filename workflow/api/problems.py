"""Every refusal as a problem document (RFC 9457), from 400 to 429: what it is, and a sentence that can be acted on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from workflow.beginning import LookFirst
from workflow.engine.allowed import HIDDEN
from workflow.models import Refusal, Refused

CONTENT_TYPE = "application/problem+json"
DOCS = "/api/v1/docs/#"

# fmt: off
#: kind: (status, title). The kind is the stable name; the docs explain each.
KINDS: dict[str, tuple[int, str]] = {
    "malformed":      (400, "The request cannot be read"),
    "key-needed":     (400, "Send an Idempotency-Key"),
    "signed-out":     (401, "Not signed in"),
    "locked":         (401, "The session is locked"),
    "refused":        (403, "You cannot do this"),
    "reason-needed":  (403, "Say why you open this"),
    "proof-needed":   (403, "Prove who you are first"),
    "not-by-token":   (403, "A person must do this"),
    "not-found":      (404, "Not found"),
    "method":         (405, "This address does not take that method"),
    "not-acceptable": (406, "Only JSON is given"),
    "not-open":       (409, "This is not open now"),
    "look-first":     (409, "Look whether it is one of these first"),
    "stale":          (409, "Somebody else saved this first"),
    "too-large":      (413, "Too much was sent"),
    "media-type":     (415, "Only JSON is taken"),
    "not-yet":        (422, "Not yet"),
    "invalid":        (422, "There is a problem with what was sent"),
    "key-reused":     (422, "This Idempotency-Key was used for something else"),
    "version-needed": (428, "Say which version you saw"),
    "too-many":       (429, "Too many requests"),
    "fault":          (500, "Something went wrong here"),
}
# fmt: on

OF_REFUSAL = {
    Refusal.HIDDEN: "not-found", Refusal.ROLE: "refused", Refusal.STATE: "not-open", Refusal.STALE: "stale",
    Refusal.GUARD: "not-yet", Refusal.FORM: "invalid",
}  # fmt: skip
OF_STATUS = {
    400: "malformed", 401: "signed-out", 403: "refused", 404: "not-found", 405: "method", 406: "not-acceptable",
    413: "too-large", 415: "media-type", 429: "too-many",
}  # fmt: skip
SIGN_IN = "Send a token, or sign in on the pages first."


class Problem(Exception):
    """Raised where a request is refused for a reason that only the API has. `more` stands beside the sentence."""

    def __init__(self, kind: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.more = kind, detail, more


def document(kind: str, detail: str, **more: Any) -> dict[str, Any]:
    status, title = KINDS[kind]
    return {"type": f"{DOCS}{kind}", "title": title, "status": status, "detail": detail, **more}


def answer(kind: str, detail: str) -> JsonResponse:
    """The same outside a view of the API: of a locked session, of a fault."""
    said = document(kind, detail)
    response = JsonResponse(said, status=said["status"], content_type=CONTENT_TYPE)
    if said["status"] == 401:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def told(raised: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: the problem document of whatever refused; None for a fault, which is not answered here."""
    problem = as_problem(raised)
    if problem is None:
        return None
    set_rollback()
    response = Response(document(problem.kind, problem.detail, **problem.more), status=KINDS[problem.kind][0])
    response.content_type = CONTENT_TYPE
    for name, value in headers_of(raised).items():
        response[name] = value
    return response


def as_problem(raised: Exception) -> Problem | None:
    if isinstance(raised, Problem):
        return raised
    if isinstance(raised, LookFirst):
        return Problem("look-first", raised.sentence, near=raised.near)
    if isinstance(raised, Refused):
        errors = errors_of(raised.errors) if raised.kind is Refusal.FORM else None
        return Problem(OF_REFUSAL[raised.kind], raised.sentence, **({"errors": errors} if errors is not None else {}))
    if isinstance(raised, Http404):
        return Problem("not-found", HIDDEN)
    if isinstance(raised, PermissionDenied):
        return Problem("refused", "You may not do this.")
    return of_framework(raised) if isinstance(raised, exceptions.APIException) else None


def of_framework(raised: exceptions.APIException) -> Problem:
    """What the framework refuses, without its words where they would repeat what was sent."""
    kind = OF_STATUS.get(raised.status_code, "malformed")
    if kind == "signed-out":
        return Problem(kind, str(raised.detail) if isinstance(raised, exceptions.AuthenticationFailed) else SIGN_IN)
    sentences = {
        "malformed": "The body is not JSON that can be read.", "refused": str(raised.detail), "not-found": HIDDEN,
        "method": "See Allow for what it takes.", "not-acceptable": "Ask for application/json.",
        "too-large": "Send less at once.", "media-type": "Send application/json.",
        "too-many": "Wait as long as Retry-After says.",
    }  # fmt: skip
    return Problem(kind, sentences[kind])


def headers_of(raised: Exception) -> dict[str, str]:
    headers = {}
    if header := getattr(raised, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if (wait := getattr(raised, "wait", None)) is not None:
        headers["Retry-After"] = str(max(1, int(wait + 0.999)))
    return headers


def errors_of(form: Any) -> list[dict[str, str]]:
    """What to mend, field by field; "" is the form as a whole."""
    found = form.errors.get_json_data().items()
    return [
        {"field": "" if name == "__all__" else name, "sentence": error["message"]}
        for name, errors in found
        for error in errors
    ]
