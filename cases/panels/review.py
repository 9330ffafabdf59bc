"""Who was there, laid beside the decision about an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Incident, Involvement
from people.services import births_for, names_for
from workflow.declare import RowKind, workflow_of
from workflow.forms.spoken import NOTHING, spoken
from workflow.pages.decisions import Review, review


@dataclass(frozen=True, slots=True)
class Present:
    """One person of an incident, as whoever checks it reads them."""

    name: str
    part: str
    born: str
    lines: list[tuple[str, str]]
    new: bool  # added or changed since this person last decided


def present(incident: Incident, user: User, since: datetime | None) -> list[Present]:
    """Everybody in the incident with what was said of them, in the order of the record."""
    rows = list(incident.involvements.filter(struck_out_at__isnull=True).order_by("pk"))
    ids = [row.person_id for row in rows]
    names, births = names_for(ids, user), births_for(ids, user)
    kinds = {kind.name: kind for kind in workflow_of(incident).all_rows()}
    changed = _changed_since(rows, since)
    found = []
    for row in sorted(rows, key=lambda row: Involvement.Part.values.index(row.part)):
        born = births[row.person_id].words if row.person_id in births else "not known"
        lines = _lines(kinds[row.part], row)
        found.append(Present(names[row.person_id], row.get_part_display(), born, lines, row.pk in changed))
    return found


def _lines(kind: RowKind, row: Involvement) -> list[tuple[str, str]]:
    return [(label, words) for _name, label, words in spoken(kind.form, row) if words not in (_(NOTHING), _("No"))]


def _changed_since(rows: list[Any], since: datetime | None) -> set[int]:
    """The rows whose history has something newer than the moment (UTC). One query, none at the first look."""
    if since is None or not rows:
        return set()
    history = Involvement._meta.get_field("events").related_model
    newer = history._default_manager.filter(pgh_obj__in=[row.pk for row in rows], pgh_created_at__gt=since)
    return set(newer.values_list("pgh_obj_id", flat=True))


review(Review("incident", 20, "cases/review_people.html", present))
