"""A story in which a life is threatened: who lives there, what was done at once; an inspector has still to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.models import HouseholdMember, ThreatToLife
from workflow import engine

if TYPE_CHECKING:
    from config.demo.telling import Teller

WHAT = "He has told his brother that he will kill her when he is let in."
HOUSEHOLD = (("Eli, her son", 8, "safe", ""), ("A lodger", None, "not_seen", "Asked by telephone to stay away."))
ACTED = {
    "moved": "not_possible", "moved_why": "She cannot leave the bathroom yet.", "inspector": "done", "armed": "done",
    "sought": "done", "warning": "done", "marker": "done",
}  # fmt: skip


def threaten(teller: Teller) -> None:
    teller.amend(household="yes", threat_to_life="yes", threat_what=WHAT)
    incident, by = teller.incident, teller.officer
    for who, age, safe, done in HOUSEHOLD:
        row = HouseholdMember(incident=incident, who=who, age=age, safe=safe, done=done)
        engine.add(row, beneath=incident, by=by, at=next(teller.moments))
    blank = ThreatToLife(case=incident.case, incident=incident)
    threat = engine.perform(blank, "raise", by=by, evidence={"what": WHAT}, at=next(teller.moments))
    engine.amend(threat, ACTED, by=by, seen=threat.version, at=next(teller.moments))
