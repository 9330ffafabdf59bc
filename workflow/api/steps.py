"""Acting: a step from NEW, and every step after it. The engine decides; here it is only asked."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404
from rest_framework.response import Response

from workflow import engine
from workflow.api.once import Made, once
from workflow.api.problems import Problem
from workflow.api.schema import IF_MATCH, KEY, Schema, acting, ref
from workflow.api.tables import begins_in, is_folder
from workflow.api.told import acted
from workflow.api.values import evidence_schema
from workflow.api.view import ApiView, refuse_unknown, refuse_unless_fit, version_seen
from workflow.declare import workflow_of
from workflow.models import folder_model
from workflow.numbers import id_in

SLUG = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Begin(ApiView):
    """A first step. The body is its evidence, and where the record begins."""

    def post(self, request: Any) -> Response:
        refuse_unless_fit(request, self.step)
        where, needed = begins_in(self.table)
        evidence = dict(request.data)
        place = evidence.pop(where, None)
        refuse_unknown(evidence, self.step.evidence.base_fields, "This step")
        if needed and place is None:
            errors = [{"field": where, "sentence": f"Say which {where} it belongs to."}]
            raise Problem("invalid", "There is a problem.", errors=errors)
        blank = self.table.model(**self._within(request, place))

        def act() -> Made:
            done = engine.perform(blank, self.step.name, by=request.user, evidence=evidence)
            return 201, acted(self.table, done)

        return once(request, act)

    def _within(self, request: Any, place: Any) -> dict[str, Any]:
        """The folder or the record in which it begins, its door passed."""
        if place is None:
            return {}
        where, is_part = begins_in(self.table)
        if not is_part:
            if not SLUG.fullmatch(str(place)):
                raise Http404
            return {where: self.opened(request, str(place), table=workflow_of(folder_model()))}
        above = workflow_of(self.table.model._meta.get_field(where).related_model)
        found = self.opened(request, id_in(place) or 0, table=above)
        return {where: found, "case": found.folder}

    def described(self, method: str) -> Schema:
        where, needed = begins_in(self.table)
        body = evidence_schema(self.step.evidence.base_fields)
        place = (
            {"type": "integer", "minimum": 1}
            if needed
            else {"type": "string", "description": "The reference of a case"}
        )
        body["properties"] = {where: place, **body["properties"]}
        body["required"] = [*([where] if needed else []), *body.get("required", [])]
        return acting(self.step.label, self.table.name, body, ref("Line"), KEY, made=True)


class Take(ApiView):
    """A step of a record. The body is its evidence; If-Match is the version it was decided on."""

    def post(self, request: Any, record: str | int) -> Response:
        refuse_unless_fit(request, self.step)
        found = self.opened(request, record)
        refuse_unknown(request.data, self.step.evidence.base_fields, "This step")
        seen = None if self.step.is_safety_act else version_seen(request)

        def act() -> Made:
            done = engine.perform(found, self.step.name, by=request.user, evidence=request.data, seen=seen)
            return 200, acted(self.table, done)

        return once(request, act)

    def described(self, method: str) -> Schema:
        body = evidence_schema(self.step.evidence.base_fields)
        asked = (KEY,) if self.step.is_safety_act else (KEY, IF_MATCH)
        by_reference = {"x-by-reference": True} if is_folder(self.table) else {}
        return acting(self.step.label, self.table.name, body, ref("Line"), *asked, **by_reference)
