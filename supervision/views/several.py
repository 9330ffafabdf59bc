"""Several rows of the team's queue at once: what is to be done with them is asked, then done to each."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from supervision.allocation import MOST, Outcome, allocate, ask_for_update
from supervision.forms.several import AllocateSeveral, AskForUpdate
from supervision.queues import TEAM, Row
from supervision.queues.rows import fetched, in_order, shown
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages import refused
from workflow.pages.records import once

ALLOCATE, UPDATE = "allocate", "update"
FORMS: dict[str, Any] = {ALLOCATE: AllocateSeveral, UPDATE: AskForUpdate}
NOT_YOURS = "This is for whoever works a team’s queue."


@login_required
@require_POST
def several_page(request: HttpRequest) -> HttpResponse:
    """The rows that were ticked, and the form of the act; or the act itself, once the form was sent."""
    user: Any = request.user
    if not user.holds(TEAM.who, None):
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    act = request.POST.get("act", "")
    rows = chosen(request, user)
    if act not in FORMS or not rows:
        messages.warning(request, _("Select at least one row, then say what to do with them."), extra_tags="focus")
        return redirect("team-queue")
    sent = "token" in request.POST
    form = FORMS[act](request.POST) if sent else FORMS[act]()
    if sent and form.is_valid():
        once(request, lambda: _do(request, act, form.cleaned_data, rows))
        return redirect("team-queue")
    context = {"act": act, "rows": rows, "form": form, "token": uuid.uuid4().hex, "most": MOST}
    return render(request, "supervision/several.html", context, status=422 if form.errors else 200)


def chosen(request: HttpRequest, user: User) -> list[Row]:
    """The rows that were ticked and still stand in the person's queue, in its order. At most so many at once."""
    ids = [pk for pk in map(id_in, request.POST.getlist("pick")) if pk][:MOST]
    now = timezone.now()
    rows = TEAM.rows(user).filter(pk__in=ids).annotate(place=Value(0))
    found = in_order(list(fetched([rows])))
    return shown(found, user, now, with_holders=False)


def _do(request: HttpRequest, act: str, said: dict[str, Any], rows: list[Row]) -> str:
    """Every case of the rows, one by one; what was done, and for each that was not, why."""
    user: Any = request.user
    cases = [row.case_id for row in rows]
    done = allocate if act == ALLOCATE else ask_for_update
    outcomes = done(cases, user, timezone.now(), **{name: said[name] for name in FORMS[act].base_fields})
    _tell(request, act, outcomes)
    return ""


def _tell(request: HttpRequest, act: str, outcomes: list[Outcome]) -> None:
    well = sum(not one.refusal for one in outcomes)
    given = ngettext("%(count)s case was given to somebody.", "%(count)s cases were given to somebody.", well)
    asked = ngettext("An update was asked for on %(count)s case.", "An update was asked for on %(count)s cases.", well)
    if well:
        messages.success(request, (given if act == ALLOCATE else asked) % {"count": well}, extra_tags="focus")
    for place, one in enumerate(one for one in outcomes if one.refusal):
        words = _("Not done: %(reference)s. %(sentence)s") % {"reference": one.reference, "sentence": _(one.refusal)}
        messages.warning(request, words, extra_tags="" if well or place else "focus")
