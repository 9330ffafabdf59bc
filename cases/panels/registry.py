"""What apps show on a case, a person and a printed file: a registry, so that the case page imports nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Panel:
    """One box. `rows(case, user, at)` gives its content as recorded by `at` (UTC), or nothing: then it is not drawn.

    `kinds`: kinds of case it stands on. `who`: roles that see it (empty: whoever may open the case). `side`: beside the
    timeline rather than beneath it. `agencies`: it is also for whoever sees a conference through their agency
    alone. `paper_template`: how it prints in the case file (empty: it does not).
    """

    name: str
    label: str
    rows: Callable[[Any, User, datetime], Any]
    template: str
    paper_template: str = ""
    kinds: frozenset[str] = frozenset({"investigation"})
    who: frozenset[str] = frozenset()
    order: int = 50
    side: bool = False
    agencies: bool = False


PANELS: dict[str, Panel] = {}


def show(*panels: Panel) -> None:
    """Declare panels; a name used twice stops the program."""
    for panel in panels:
        if panel.name in PANELS:
            raise LookupError(f"Two panels are named {panel.name}.")
        PANELS[panel.name] = panel


def panels_of(case: Any, held: frozenset[str], *, paper: bool = False, agencies: bool = False) -> list[Panel]:
    """The panels that stand on this case for somebody who holds these roles over it, in order. `agencies`: those alone that
    are for whoever sees it through their agency.
    """
    shown = [panel for panel in PANELS.values() if case.kind in panel.kinds and (not panel.who or panel.who & held)]
    shown = [panel for panel in shown if panel.agencies or not agencies]
    return sorted((panel for panel in shown if panel.paper_template or not paper), key=lambda panel: panel.order)
