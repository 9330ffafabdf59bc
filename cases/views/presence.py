"""Who else has this record before them: told to whoever may open it, and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import Presence
from cases.models.presence import LASTS
from workflow.declare import WORKFLOWS, Workflow
from workflow.models.record import about
from workflow.pages.records import AtTheDoor, found_record, pass_the_door
from workflow.templatetags.words import clock

DECISION = "decision"
FORGOTTEN = timedelta(hours=1)  # long before that nobody is said to be there; then the row goes too


@login_required
@require_POST
def presence(request: HttpRequest) -> HttpResponse:
    """A page says that somebody still has it before them, or leaves; it is told who else has the record before them.

    Hidden is 404, as the record itself. It is no look of its own and keeps no session awake.
    """
    user: Any = request.user
    table = WORKFLOWS.get(request.POST.get("workflow", ""))
    pk = request.POST.get("record", "")
    if table is None or not pk.isdecimal() or len(pk) > 18 or not hasattr(table.model, "case_id"):
        raise Http404
    record = _record(request, table, int(pk))
    place = _place(table, request.POST.get("place", ""))
    now = timezone.now()
    if "leave" in request.POST:
        # the page that is left may say so after the next page of the record has said that they are there
        Presence.objects.filter(person=user, place=place, **about(record)).delete()
        return HttpResponse(status=204)
    _heard(user, record, place, now)
    return JsonResponse({"said": [sentence(row, table, place) for row in Presence.objects.beside(record, user, now)]})


def _record(request: HttpRequest, table: Workflow, pk: int) -> Any:
    try:
        record = found_record(table, request.user, pk=pk)
        pass_the_door(request, record.folder)
    except AtTheDoor:
        raise Http404 from None
    return record


def _place(table: Workflow, said: str) -> str:
    """A section of the record, its decision, or "" for the record as a whole: nothing else that is sent is kept."""
    return said if said == DECISION or said in {section.name for section in table.sections} else ""


@transaction.atomic
def _heard(user: Any, record: Any, place: str, now: Any) -> None:
    """`since` is when they came to the place; old rows of theirs go."""
    Presence.objects.filter(person=user, seen_at__lt=now - FORGOTTEN).delete()
    told = {"place": place, "seen_at": now}
    here, made = Presence.objects.get_or_create(person=user, **about(record), defaults={**told, "since": now})
    if not made:
        still = here.place == place and here.seen_at > now - LASTS
        Presence.objects.filter(pk=here.pk).update(**told, since=here.since if still else now)


def sentence(row: Presence, table: Workflow, place: str) -> str:
    """PC Marsh is on this section, since 14:02."""
    said = {"who": row.person.short_title(), "time": clock(row.since)}
    if row.place == DECISION:
        return _("%(who)s is deciding on this record, since %(time)s") % said
    if not row.place:
        return _("%(who)s is on this record, since %(time)s") % said
    if row.place == place:
        return _("%(who)s is on this section, since %(time)s") % said
    said["section"] = _(table.section(row.place).label)
    return _("%(who)s is on the section %(section)s, since %(time)s") % said
