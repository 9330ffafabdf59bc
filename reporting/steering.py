"""The report to the steering group as a PDF, made by the worker once somebody has asked for it (D.9, S2-036)."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from marac.models import SteeringPaper
from marac.services.steering import report_of
from reporting import paper

AT_ONCE = 20


def lacking() -> list[int]:
    """The reports that were asked for and are not made, the oldest first."""
    return list(SteeringPaper.objects.lacking().values_list("pk", flat=True)[:AT_ONCE])


@override(settings.LANGUAGE_CODE)  # papers are made in the language of the record
def make(paper_id: int) -> bool:
    """Press one; True if this call did. Safe to run twice: an attempt is counted first, and whoever comes second finds it
    made or taken up too often.
    """
    if not SteeringPaper.objects.lacking().filter(pk=paper_id).update(attempts=F("attempts") + 1):
        return False
    with transaction.atomic():
        rows = SteeringPaper.objects.select_for_update(of=("self",)).select_related("forum__unit", "asked_by")
        asked = rows.get(pk=paper_id)
        if asked.made_at is not None:
            return False
        now = timezone.now()
        report = report_of(asked.forum, asked.begins_on, now)
        html = render_to_string("reporting/steering.html", {"paper": asked, "report": report, "as_at": now})
        asked.pdf, asked.pages = paper.press(html, lambda page, pages: None)
        asked.digest, asked.made_at = hashlib.sha256(asked.pdf).hexdigest(), now
        asked.save(update_fields=["pdf", "pages", "digest", "made_at"])
    return True
