"""Features that can be turned on and off while the program runs: declared here, with what is so until somebody says.

A flag is for a thing that is new and might have to be stopped for one unit. It is taken out, with its rows left as
history, once nobody would turn it off any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from workflow.models import FlagSetting

if TYPE_CHECKING:
    from accounts.models import Unit


@dataclass(frozen=True, slots=True)
class Flag:
    """One feature; `default` is what holds where no setting does."""

    name: str
    label: str
    default: bool


MENTIONS = Flag("mentions", "Telling colleagues who are named with @ and their collar number", default=True)
DIGEST = Flag("digest", "A daily mail of notices, for those who choose it", default=True)
FLAGS = {flag.name: flag for flag in (MENTIONS, DIGEST)}


def is_on(flag: Flag, unit: Unit | None, at: datetime) -> bool:
    """Whether the feature is on for the unit at the moment (UTC); None asks for the whole force. One query.

    The setting of the nearest unit holds, and of two for the same unit the newer.
    """
    lineage = unit.lineage if unit else None
    settings = FlagSetting.objects.in_force(flag.name, at)
    if lineage is None:
        rows = list(settings.filter(unit__parent__isnull=True)[:1])
    else:
        rows = sorted(settings.filter(unit__in=lineage), key=lambda row: lineage.index(row.unit_id), reverse=True)
    return rows[0].is_on if rows else flag.default
