"""What stands first on the page of a person: who is unsafe now, threats, warnings, and what may not be opened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import CharField, DateTimeField, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from cases.models import SafetyWarning, ThreatToLife, UnsafeReport
from cases.panels.markers import markers_of
from cases.services.sight import seen
from people.panels import InForce, say_in_force
from people.services.reading import Reading
from workflow.templatetags.words import day

MOST_FORCED = 12  # of open cases, on one page


def in_force(reading: Reading) -> list[InForce]:
    """Unsafe now, a threat to life, what whoever goes to the door must know: of open cases. One statement.

    Then the least that must be known of what may not be opened.
    """
    sight = seen(reading)
    columns = ("said_kind", "said_words", "said_at", "case__reference")
    rows = [
        _said("unsafe", UnsafeReport.objects.standing().filter(answered_at__isnull=True), "what", "since_at"),
        _said(
            "threat", ThreatToLife.objects.standing().exclude(state=ThreatToLife.State.CLOSED), "what", "recorded_at"
        ),
        _said("warning", SafetyWarning.objects.standing(), "what", "recorded_at"),
    ]
    first, *rest = [found.filter(case__in=sight.open).order_by().values_list(*columns) for found in rows]
    found = list(first.union(*rest, all=True).order_by("-said_at")[:MOST_FORCED])
    return [forced(*row) for row in sorted(found, key=lambda row: list(FORCED).index(row[0]))] + hidden(reading)


def _said(kind: str, rows: Any, words: str, moment: str) -> Any:
    """Rows of one table as the others say them, so that one statement asks for all."""
    return rows.annotate(
        said_kind=Value(kind, CharField()), said_words=Cast(words, TextField()), said_at=Cast(moment, DateTimeField())
    )


FORCED = {
    "unsafe": (N_("Unsafe now"), "red"),
    "threat": (N_("Threat to life"), "red"),
    "warning": (N_("Safety warning"), "amber"),
}


def forced(kind: str, words: str, moment: datetime, reference: str) -> InForce:
    title, tone = FORCED[kind]
    whole = words if words.endswith((".", "!", "?")) else f"{words}."
    said = _("%(words)s Since %(day)s.") % {"words": whole, "day": day(moment)}
    return InForce(_(title), said, reverse("case", args=[reference]), reference, tone)


def hidden(reading: Reading) -> list[InForce]:
    """What must be known of cases that the reader may not open, and the way in when it cannot wait."""
    said = markers_of(reading.person, reading.user, reading.at)
    url = said.get("emergency_url", "")
    link = _("Open it in an emergency") if url else ""
    return [InForce(words, "", url, link, "violet") for words in said.get("sentences", [])]


say_in_force("cases", in_force, order=10)
