"""The children of a case: where each was, what it said or why not, school and plan, how often it was there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Case, Involvement
from cases.panels.identity import parties_of
from cases.panels.registry import Panel, show
from cases.services.children import as_children, child_rows, latest_of_each


def children(case: Case, user: User, at: datetime) -> dict[str, Any]:
    """Each child once, as at the latest incident; and how many are victims in their own right. Empty without a child.

    One query beside those of the people, which a page that shows them has made already.
    """
    parties = getattr(case, "parties_shown", None)
    parties = parties_of(case, user) if parties is None else parties
    names = {party.person_id: party.name for party in parties if party.part == Involvement.Part.CHILD}
    if not names:
        return {}
    rows = Involvement.objects.as_at(at).visible_to(user).filter(case=case)
    found = list(latest_of_each(child_rows(rows, user, at)))
    ages = {party.person_id: party.age for party in parties if party.age is not None}
    return (
        {"children": as_children(found, names, ages), "own_right": sum(row.own_right for row in found)} if found else {}
    )


show(
    Panel(
        "children", "Children", children, "cases/panels/children.html", "cases/panels/children_paper.html", order=12, side=True,
    )
)  # fmt: skip
