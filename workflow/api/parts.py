"""Writing: a section of a record, and the rows beneath it. Only what is sent is changed."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.forms import model_to_dict
from django.http import Http404
from rest_framework.response import Response

from workflow import engine
from workflow.api.once import Made, once, was_sent
from workflow.api.problems import Problem
from workflow.api.schema import COUNT, IF_MATCH, KEY, WORD, Schema, acting, ref, thing
from workflow.api.tables import url_of
from workflow.api.told import acted
from workflow.api.values import evidence_schema, plain
from workflow.api.view import ApiView, refuse_unknown, version_seen
from workflow.forms import Reason
from workflow.models import Refusal, Refused
from workflow.pages.tasks import closed_by

ROW = thing(row=COUNT, version=COUNT, url=WORD)


class PatchSection(ApiView):
    """A section: what is left out stays as it is; what somebody else changed meanwhile is 409, field by field."""

    def patch(self, request: Any, record: int) -> Response:
        found = self.opened(request, record)
        first = closed_by(found)
        if first and first is not self.section:
            raise Problem("not-open", f"Save the section {first.name} first.")
        seen = version_seen(request)
        changes = changes_of(self.section.form, found, request.data, seen, "This section")
        try:
            done = engine.amend(found, changes, by=request.user, seen=seen, effect=self.section.effect)
        except Refused as refusal:
            raise clash_of(refusal, self.section.form, found, changes, seen) from None
        return changed(acted(self.table, done))

    def described(self, method: str) -> Schema:
        body = evidence_schema(self.section.form.base_fields, partly=True)
        return acting(f"Section: {self.section.label}", self.table.name, body, ref("Line"), IF_MATCH)


class OfRow(ApiView):
    """What the addresses of rows share."""

    def _told(self, record: Any, row: Any) -> dict[str, Any]:
        url = url_of(self.table, record, f"rows/{self.kind.name}/{row.pk}/")
        return {"row": row.pk, "version": row.version, "url": url}


class AddRow(OfRow):
    """A row beneath a record."""

    def post(self, request: Any, record: int) -> Response:
        found = self.opened(request, record)
        refuse_unknown(request.data, self.kind.form.base_fields, "This row")
        row = self.kind.model(**{self.kind.field: found}, **dict(self.kind.only))
        form = self.kind.form(data=request.data, instance=copy(row))
        if not form.is_valid():
            raise Refused(Refusal.FORM, "There is a problem.", errors=form)

        def act() -> Made:
            for name, value in form.cleaned_data.items():
                setattr(row, name, value)
            engine.add(row, beneath=found, by=request.user, effect=self.kind.effect)
            return 201, self._told(found, row)

        return once(request, act)

    def described(self, method: str) -> Schema:
        body = evidence_schema(self.kind.form.base_fields, partly=True)
        return acting(f"Add {self.kind.label}", self.table.name, body, ROW, KEY, made=True)


class BeginRow(OfRow):
    """A row that is more than its columns: what it names is looked for first. What is near, and was not shown to whoever
    asks, is answered in its place; sent again, it is made.
    """

    def post(self, request: Any, record: int) -> Response:
        found = self.opened(request, record)
        beginning: Any = self.kind.beginning
        refuse_unknown(request.data, beginning.form.base_fields, "This row")
        form = beginning.form(data=request.data)
        if not form.is_valid():
            raise Refused(Refusal.FORM, "There is a problem.", errors=form)
        if not was_sent(request):
            engine_allows(found, request.user)
            beginning.look(found, form.cleaned_data, request.user)

        def act() -> Made:
            row = beginning.act(found, self.kind, form.cleaned_data, request.user)
            return 201, self._told(found, row)

        return once(request, act)

    def described(self, method: str) -> Schema:
        beginning: Any = self.kind.beginning
        body = evidence_schema(beginning.form.base_fields, partly=True)
        return acting(f"Add {self.kind.label}", self.table.name, body, ROW, KEY, made=True)


def engine_allows(record: Any, user: Any) -> None:
    """Nobody is shown who is near for a row that they may not add."""
    if not engine.editable_by(record, user, user.roles_over(record.scope)):
        raise Refused(Refusal.STATE, "This record is not being written now, so nobody can be added to it.")


class ChangeRow(OfRow):
    """One row: what is left out stays as it is."""

    def patch(self, request: Any, record: int, row: int) -> Response:
        found = self.opened(request, record)
        standing, seen = row_of(self.kind, found, row), version_seen(request)
        changes = changes_of(self.kind.form, standing, request.data, seen, "This row")
        try:
            done = engine.amend(standing, changes, beneath=found, by=request.user, seen=seen, effect=self.kind.effect)
        except Refused as refusal:
            raise clash_of(refusal, self.kind.form, standing, changes, seen) from None
        return changed(self._told(found, done))

    def described(self, method: str) -> Schema:
        body = evidence_schema(self.kind.form.base_fields, partly=True)
        return acting(f"Change {self.kind.label}", self.table.name, body, ROW, IF_MATCH)


class StrikeRow(OfRow):
    """Strike a row out, with the reason. Nothing is deleted."""

    def post(self, request: Any, record: int, row: int) -> Response:
        found = self.opened(request, record)
        standing, seen = row_of(self.kind, found, row), version_seen(request)
        refuse_unknown(request.data, Reason.base_fields, "Striking out")
        form = Reason(data=request.data)
        if not form.is_valid():
            raise Refused(Refusal.FORM, "There is a problem.", errors=form)

        def act() -> Made:
            said = form.cleaned_data["reason"]
            done = engine.strike_out(standing, beneath=found, by=request.user, seen=seen, reason=said)
            return 200, self._told(found, done)

        return once(request, act)

    def described(self, method: str) -> Schema:
        body = evidence_schema(Reason.base_fields)
        return acting(f"Strike out {self.kind.label}", self.table.name, body, ROW, KEY, IF_MATCH)


def row_of(kind: Any, record: Any, pk: int) -> Any:
    found = kind.rows_of(record).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def changes_of(form_class: Any, record: Any, sent: dict[str, Any], seen: int, what: str) -> dict[str, Any]:
    """What this request changes: what it says otherwise than the version it saw, and what closed because of it.

    The form checks the whole as it would stand: what the record says, and over it what was sent.
    """
    names = [*form_class.base_fields]
    refuse_unknown(sent, names, what)
    before = model_to_dict(record, names)
    form = form_class(data={**before, **sent}, instance=copy(record))  # a bound form writes on its instance
    if not form.is_valid():
        raise Refused(Refusal.FORM, "There is a problem.", errors=form)
    original = engine.version_seen(record, seen) if seen != record.version else record
    return {
        name: value
        for name, value in form.cleaned_data.items()
        if value != (getattr(original, name, None) if name in sent else getattr(record, name))
    }


def clash_of(refusal: Refused, form_class: Any, record: Any, changes: dict[str, Any], seen: int) -> Exception:
    """A stale refusal with mine, theirs and the original of each field; any other as it is."""
    if refusal.kind is not Refusal.STALE:
        return refusal
    theirs, original = type(record).objects.get(pk=record.pk), engine.version_seen(record, seen)
    clashes = [
        {
            "field": name, "label": str(form_class.base_fields[name].label or name), "mine": plain(changes[name]),
            "theirs": plain(getattr(theirs, name)), "original": plain(getattr(original, name, None)),
        }
        for name in refusal.errors or []
    ]  # fmt: skip
    return Problem("stale", refusal.sentence, clashes=clashes, version=theirs.version)


def changed(body: dict[str, Any]) -> Response:
    answer = Response(body)
    answer["ETag"] = f'"{body["version"]}"'
    return answer
