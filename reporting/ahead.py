"""Briefs on paper that nobody asked for yet: made as officers are sent, so that a copy is there when systems are down.

One for whoever sends and one for each whom the dispatch names, with the eyes of each. None is for many: of a case that is
kept from one reader a brief warns another in a line that names no case, so that no list of cases says who may read it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from audit.models import Access
from cases.models import Call
from cases.services.brief_keeping import brief_of_call, live_calls
from cases.services.briefing import briefing_of
from reporting.models import Document, DocumentContent
from reporting.services import ahead_of, begun, holds

Send = Callable[[int], None]
KEPT = timedelta(days=2)  # a copy that nobody took: out of date since its twelfth hour
MOST = 2_000  # that one night forgets; what is left waits for the next


def make_ahead(call: Call, sender: int, send: Send) -> int:
    """A copy for each of them who has none yet and may see the call; returns how many were begun. `sender`: an id."""
    brief = brief_of_call(call)
    going = [sender, *(brief.sent if brief else ())]
    people = User.objects.filter(pk__in=going, is_active=True, is_system=False).order_by("pk")
    return sum(begin(call, person, send) for person in people if ahead_of(call, person) is None)


def renew(now: datetime, send: Send) -> int:
    """Begin those anew whose brief says something else by now, or that are out of date, of calls that are open."""
    newest = Document.objects.filter(ahead=True, call__in=live_calls(now)).order_by("call", "asked_by", "-pk")
    rows: Any = newest.distinct("call", "asked_by").select_related("call__case__unit", "asked_by")
    made = [row for row in rows if row.stage == Document.Stage.MADE]
    return sum(
        begin(row.call, row.asked_by, send)
        for row in made
        if not holds(row, briefing_of(row.call, row.asked_by, now), now)
    )


def begin(call: Call, person: User, send: Send) -> bool:
    """False where they may not see it, or have a copy that is being made."""
    if not Call.objects.visible_to(person).filter(pk=call.pk).exists():
        return False
    document, new = begun(case=call.folder, by=person, kind=Document.Kind.BRIEF, call=call, ahead=True)
    if new:
        send(document.pk)
    return new


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete the copies that nobody asked for in two days, as if they had never been made; returns how many. A paper that
    was given to somebody, once only, is part of the record and stays. Index: document_ahead, access_by_person.
    """
    name = Concat(Value("reporting.document:"), Cast(OuterRef("pk"), CharField()))
    given = Access.objects.filter(by=OuterRef("asked_by"), at__gte=OuterRef("asked_at"), what=name)
    old = Document.objects.filter(~Exists(given), ahead=True, asked_at__lt=now - KEPT)
    gone = list(old.order_by("pk").values_list("pk", flat=True)[:MOST])
    DocumentContent.objects.filter(document__in=gone).delete()
    Document.objects.filter(pk__in=gone).delete()
    return len(gone)
