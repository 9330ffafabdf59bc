"""What every address of the API has in common: who asks, how a record is opened, what is written down, how it is refused."""

from __future__ import annotations

import json
import re
from typing import Any

from rest_framework import exceptions, status
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from accounts.models import Token
from accounts.proof import proved_lately
from audit import services as audit
from audit.models import Access
from workflow.api import door
from workflow.api.problems import Problem
from workflow.api.tables import lookup
from workflow.declare import RowKind, Section, Step, Workflow
from workflow.pages.records import found_record

ON_BEHALF_OF = "X-On-Behalf-Of"
LARGEST_BODY = 1_000_000  # characters; no form of ours says a tenth of it
VERSION = re.compile(r'"?(\d{1,9})"?')


class TooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


class Body(JSONParser):
    """One JSON object of a bounded size and depth."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> dict[str, Any]:
        raw = stream.read(LARGEST_BODY + 1)
        if len(raw) > LARGEST_BODY:
            raise TooLarge
        try:
            said = json.loads(raw.decode("utf-8"), parse_constant=no_constant) if raw else {}
        except (ValueError, RecursionError):
            raise exceptions.ParseError from None
        if not isinstance(said, dict):
            raise Problem("malformed", "The body must be a JSON object.")
        return said


def no_constant(name: str) -> None:
    raise ValueError(name)


class ApiView(APIView):
    """One address. `described` gives its part of the schema; what it is about is filled in by the address."""

    parser_classes = [Body]
    renderer_classes = [JSONRenderer]
    http_method_names = ["get", "head", "post", "patch"]
    # filled in by the address
    table: Workflow = None  # type: ignore[assignment]
    step: Step = None  # type: ignore[assignment]
    section: Section = None  # type: ignore[assignment]
    kind: RowKind = None  # type: ignore[assignment]

    def described(self, method: str) -> dict[str, Any]:
        """The operation as OpenAPI says it."""
        raise NotImplementedError

    def opened(self, request: Any, record: str | int, *, table: Workflow | None = None) -> Any:
        """The record behind the address, its door passed, written down as read. Hidden is 404, like one that never was."""
        found = found_record(table or self.table, request.user, **lookup(table or self.table, record))
        door.pass_the_door(request, found.folder)
        self.looked(request, found)
        return found

    def looked(self, request: Any, record: Any) -> None:
        """Who read or acted, on whose behalf as they say, and why. A look inside is a look, whatever comes after it."""
        audit.looked(
            by=request.user, kind=Access.Kind.READ, what=f"{record._meta.label_lower}:{record.pk}", folder=record.folder,
            reason_code=door.said_why(request), reason=on_behalf_of(request),
        )  # fmt: skip

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer: Any = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "no-store, private"
        return answer


def on_behalf_of(request: Any) -> str:
    """Whom another system says it acts for. Kept as said: it gives no right and proves nothing."""
    said = request.headers.get(ON_BEHALF_OF, "")
    if said and not re.fullmatch(r"[A-Za-z0-9 ._-]{1,40}", said):
        raise Problem("malformed", f"{ON_BEHALF_OF} takes a collar number or user name, at most 40 characters.")
    return f"on behalf of {said}" if said else ""


def refuse_unless_fit(request: Any, step: Step) -> None:
    """What a program may never do, and what a person does only after proof."""
    if isinstance(request.auth, Token):
        if step.question or step.proof:
            raise Problem("not-by-token", "A decision is made by a person, on the page that shows what it is about.")
    elif step.proof and not proved_lately(request):
        raise Problem("proof-needed", "Sign in again on the pages, then send this within five minutes.")


def version_seen(request: Any) -> int:
    """The version that whoever asks had before them: If-Match, as an ETag or a bare number."""
    said = request.headers.get("If-Match", "")
    if not said:
        raise Problem("version-needed", "Send If-Match with the ETag of the record as you saw it.")
    found = VERSION.fullmatch(said.strip())
    if found is None:
        raise Problem("malformed", 'If-Match must be an ETag of this record, like "3".')
    return int(found[1])


def refuse_unknown(said: dict[str, Any], known: Any, what: str) -> None:
    """Nothing is quietly left out: a field that the form does not ask is refused, a state or an id above all."""
    if unknown := sorted(said.keys() - set(known)):
        errors = [{"field": printable(name), "sentence": f"{what} takes no such field."} for name in unknown[:20]]
        raise Problem("invalid", "Some fields are not asked for.", errors=errors)


def printable(name: str) -> str:
    return name[:60].encode("utf-8", "replace").decode()
