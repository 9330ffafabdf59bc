"""What agencies have said of a conference: who has returned, who knows nothing, what was released. Of the rest, numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from marac.models import Pack, Research, ResearchLine


@dataclass(slots=True)
class Known:
    """One agency: the state of its return in words; the lines that it released; why it holds others, one reason each."""

    agency: str
    state: str
    words: str
    due_at: Any
    lines: list[ResearchLine] = field(default_factory=list)
    held: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Of:
    agencies: list[Known]
    packs: list[Pack]
    own: list[Research]


def known_of(case: Any, user: User) -> Of | None:
    """For whoever may open the conference. Of a return nothing but its state, what was released, and why something is held.
    Four queries. Index: research_line_of_return.
    """
    found = list(
        Research.objects.standing()
        .filter(case=case)
        .select_related("agency__unit")
        .order_by("agency__unit__name", "pk")
    )
    if not found:
        return None
    returned = [row.pk for row in found if row.state != Research.State.ASKED]
    said = {row.pk: Known(str(row.agency), row.state, row.get_state_display(), row.due_at) for row in found}
    rows = ResearchLine.objects.standing().filter(research__in=said)
    for line in rows.released().select_related("research__agency__unit").order_by("about", "pk"):
        said[line.research_id].lines.append(line)
    held = rows.filter(research__in=returned, released_at__isnull=True).exclude(held_because="")
    for research, why in held.order_by("pk").values_list("research", "held_because"):
        said[research].held.append(why)
    packs = (
        Pack.objects.visible_to(user)
        .filter(case=case)
        .select_related("agency__unit")
        .order_by("agency__unit__name", "pk")
    )
    return Of(list(said.values()), list(packs), list(Research.objects.visible_to(user).standing().filter(case=case)))
