"""The boxes that apps give to the page of a person or of a place, and where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from people.panels import PersonPanel, PlacePanel


@dataclass(frozen=True, slots=True)
class Box:
    """A panel with its content."""

    panel: PersonPanel | PlacePanel
    rows: Any

    @property
    def title(self) -> str:
        said = self.panel.title if isinstance(self.panel, PersonPanel) else None
        return said(self.rows) if said else _(self.panel.label)


def laid_out(boxes: Sequence[Box]) -> dict[str, list[Box]]:
    """Beside what is known, beneath it, or a button beside the name."""
    ways = [box for box in boxes if box.panel.head]
    rest = [box for box in boxes if not box.panel.head]
    side = [box for box in rest if box.panel.side]
    return {"side": side, "beneath": [box for box in rest if not box.panel.side], "ways": ways}
