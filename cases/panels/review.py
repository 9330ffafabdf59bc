"""Who was there, laid beside the decision about an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.forms.harmed import VIEW
from cases.models import Incident, Involvement
from cases.services.children import as_children, child_rows
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
    kinds = workflow_of(incident).all_rows()
    children = {row.pk: row for row in child_rows(Involvement.objects.filter(incident=incident), user, timezone.now())}
    changed = _changed_since(rows, since)
    found = []
    for row in sorted(rows, key=lambda row: Involvement.Part.values.index(row.part)):
        born = births[row.person_id].words if row.person_id in births else "not known"
        lines = [line for kind in kinds if _is_of(kind, row) for line in _lines(kind, row)]
        lines += _derived(children[row.pk]) if row.pk in children else []
        found.append(Present(names[row.person_id], row.get_part_display(), born, lines, row.pk in changed))
    return found


def _is_of(kind: RowKind, row: Involvement) -> bool:
    """Whether the row is of this kind; a child is of two: what it said, and its school."""
    return kind.model is Involvement and all(getattr(row, name) == value for name, value in kind.only)


def _derived(row: Involvement) -> list[tuple[str, str]]:
    """What no officer types of a child: how often it was there, and whether it is a victim in its own right."""
    child = as_children([row], {}, {})[0]
    law = [(_("In law"), _("Victim in their own right (2021 Act, section 3)"))] if child.own_right else []
    return law + ([(_("There at"), child.exposures)] if child.exposures else [])


def _lines(kind: RowKind, row: Involvement) -> list[tuple[str, str]]:
    """What was said, less what stands by itself above: the view of the person harmed."""
    told = [(name, label, words) for name, label, words in spoken(kind.form, row) if name not in VIEW]
    unsaid = (_(NOTHING),) if row.part == Involvement.Part.CHILD else (_(NOTHING), _("No"))  # of a child, No says much
    return [(label, words) for _name, label, words in told if words not in unsaid]


def view_of_harmed(incident: Incident, user: User, since: datetime | None) -> dict[str, Any]:
    """What the person harmed wants and fears, or why that is not known: read before anybody decides. S4-005."""
    row = incident.people(Involvement.Part.VICTIM).first()
    return {"row": row, "told": bool(row and (row.wants or row.fears))}


def _changed_since(rows: list[Any], since: datetime | None) -> set[int]:
    """The rows whose history has something newer than the moment (UTC). One query, none at the first look."""
    if since is None or not rows:
        return set()
    history = Involvement._meta.get_field("events").related_model
    newer = history._default_manager.filter(pgh_obj__in=[row.pk for row in rows], pgh_created_at__gt=since)
    return set(newer.values_list("pgh_obj_id", flat=True))


review(
    Review("incident", 15, "cases/review_view.html", view_of_harmed),
    Review("incident", 20, "cases/review_people.html", present),
)
