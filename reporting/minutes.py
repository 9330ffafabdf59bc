"""Minutes as PDFs: each copy pressed by the worker once it is issued, and again when something was added to it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from marac.models import Addendum, MinutesCopy, MinutesPaper
from marac.services.minutes import whole
from reporting import paper

AT_ONCE = 20  # copies in one turn: a meeting has about a dozen


def lacking() -> list[int]:
    """The copies without a paper of what they say now, the oldest first."""
    rows = MinutesCopy.objects.annotate(pressed=Max("papers__made_at"), added=Max("meeting__addenda__recorded_at"))
    without = rows.filter(Q(pressed__isnull=True) | Q(added__gt=F("pressed")))
    return list(without.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


@override(settings.LANGUAGE_CODE)  # papers are made in the language of the record
def make(copy_id: int) -> bool:
    """Press one copy; True if this call did. Safe to run twice: whoever comes second waits and finds it made. The
    meeting is locked, for the copy is append-only: the program may not even lock it.
    """
    with transaction.atomic():
        rows = MinutesCopy.objects.select_for_update(of=("meeting",), no_key=True).select_related(
            "meeting__forum", "agency__unit", "issued_by"
        )
        copy = rows.get(pk=copy_id)
        if not owes(copy):
            return False
        at = timezone.now()
        pdf, pages = paper.press(written(copy, at), lambda page, pages: None)
        digest = hashlib.sha256(pdf).hexdigest()
        MinutesPaper.objects.create(copy=copy, pdf=pdf, pages=pages, digest=digest, made_at=at)
    return True


def owes(copy: MinutesCopy) -> bool:
    """Whether no paper says what the copy says now."""
    newest = copy.papers.order_by("-pk").values_list("made_at", flat=True).first()
    if newest is None:
        return True
    return Addendum.objects.filter(meeting=copy.meeting_id, recorded_at__gt=newest).exists()


def written(copy: MinutesCopy, at: datetime) -> str:
    return render_to_string("reporting/minutes.html", {"copy": copy, "said": whole(copy), "as_at": at})
