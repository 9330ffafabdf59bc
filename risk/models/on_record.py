"""What is on record beside the answers of an assessment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Facts, each true or false, of the incident and the people in it. `incidents` are those of the person harmed within
    twelve months up to this one, this one among them. `marks` are markers, by hand or by the signs of the abuse; `begun`
    the codes of the sets that follow and have been begun. `version_ended` is the last day (London) on which the version of
    the questions was the one in use; None while it is.
    """

    arrested: bool = False
    convicted: bool = False
    incidents: int = 1
    children: bool = False
    breached: bool = False
    separated: bool = False
    weapon: bool = False
    hurt_others: bool = False
    marks: frozenset[str] = field(default_factory=frozenset)
    begun: frozenset[str] = field(default_factory=frozenset)
    version_ended: date | None = None
