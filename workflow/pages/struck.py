"""A row that somebody took out while another was changing it: who did, and every word that was typed, to be copied."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from audit.models import Event
from workflow import drafts
from workflow.declare import RowKind
from workflow.models.record import about
from workflow.pages.said import words_of
from workflow.pages.sections import add_url
from workflow.pages.tasks import record_url


def taken_out(request: HttpRequest, record: Any, kind: RowKind, pk: int) -> HttpResponse:
    """What was typed about a row that was struck out meanwhile. Raises Http404 where nothing was, or no such row ever."""
    user: Any = request.user
    left = drafts.kept(user, request.path)
    typed = request.POST if request.method == "POST" else drafts.as_typed(left) if left else None
    row = kind.model._default_manager.filter(**{kind.field: record}, **dict(kind.only), pk=pk).first()
    if row is None or typed is None:
        raise Http404
    act = Event.objects.filter(**about(row)).select_related("by").order_by("-pk").first()
    drafts.keep(user, request.path, typed)
    context = {
        "subject": record, "case": record.folder, "kind": kind, "act": act, "said": words_typed(kind.form, typed, row),
        "back_url": record_url(record), "add_url": add_url(record, kind),
    }  # fmt: skip
    return render(request, "workflow/struck.html", context, status=409)


def words_typed(form_class: Any, typed: Any, row: Any) -> list[tuple[str, str]]:
    """(label, words) of each field that says something; what the form would refuse stands as it was typed.

    The form asks the row what it hangs on (an arrest its incident), and writes into it: so into a copy.
    """
    form = form_class(data=typed, instance=copy(row))
    form.is_valid()
    said = [
        (str(field.label), words_of(field, form.cleaned_data.get(name) or typed.get(name)))
        for name, field in form.fields.items()
    ]
    return [(label, words) for label, words in said if words != words_of(None, "") and words != _("No")]
