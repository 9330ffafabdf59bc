"""Who hears a rung: whom it names, else whoever is above, else the last resort; never anybody shut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.roles import roles
from cases.models import Case
from cases.visibility import Hearing
from supervision.escalation.roster import Roster
from workflow.models import Deadline
from workflow.policies import HOLDER, Rung

# Tried in this order when nobody on the ladder can hear: whoever leads or runs the control room, then whoever keeps the
# door of restricted cases.
LAST_RESORT: tuple[frozenset[str], ...] = (
    roles("superintendent", "control_supervisor"),
    roles("professional_standards"),
)
#: Of a consideration of Clare’s Law nobody else may know: its supervisor hears there what a sergeant or an inspector hears
#: of any other case.
STANDS_IN = "disclosure_supervisor"
STOOD_FOR = roles("sergeant", "inspector")


def meant_by(deadline: Deadline, who: str) -> str:
    """The role that a rung means on this case."""
    considered = deadline.case is not None and deadline.case.kind == Case.Kind.DISCLOSURE
    return STANDS_IN if considered and who in STOOD_FOR else who


@dataclass(frozen=True, slots=True)
class Heard:
    """The people (ids) who hear a rung, and whether it went past whom it names."""

    people: frozenset[int]
    widened: bool


@dataclass(frozen=True, slots=True)
class Ears:
    """Answers who hears what, from facts already fetched; asks the database nothing."""

    roster: Roster
    hearing: Hearing

    def of(self, deadline: Deadline, rung: Rung, above: Sequence[Rung]) -> Heard:
        """Whom the rung names; if none of them can hear, the rungs above in their order, then the last resort."""
        named = self._named(deadline, rung.who)
        if named:
            return Heard(named, widened=False)
        for who in dict.fromkeys(higher.who for higher in above):
            if who != rung.who and (people := self._named(deadline, who)):
                return Heard(people, widened=True)
        return Heard(self._last_resort(deadline), widened=True)

    def _named(self, deadline: Deadline, who: str) -> frozenset[int]:
        if who == HOLDER:
            return self._holder(deadline)
        return self._nearest(deadline, frozenset({meant_by(deadline, who)}))

    def _holder(self, deadline: Deadline) -> frozenset[int]:
        holder = deadline.holder
        if holder is None or not holder.is_active or holder.pk not in self.roster.working:
            return frozenset()
        return frozenset({holder.pk}) if self._may_hear(deadline, holder.pk, "") else frozenset()

    def _nearest(self, deadline: Deadline, wanted: frozenset[str]) -> frozenset[int]:
        """Everybody on duty in one of the roles over the nearest unit of the line that has such a person."""
        lines = [(role, self.roster.nearest_first(role, deadline.unit.lineage)) for role in sorted(wanted)]
        for _ in deadline.unit.lineage:
            here = {person for role, line in lines for person in next(line) if self._may_hear(deadline, person, role)}
            if here:
                return frozenset(here)
        return frozenset()

    def _last_resort(self, deadline: Deadline) -> frozenset[int]:
        return next((found for wanted in LAST_RESORT if (found := self._nearest(deadline, wanted))), frozenset())

    def _may_hear(self, deadline: Deadline, person: int, role: str) -> bool:
        return deadline.case is None or self.hearing.may_hear(deadline.case, person, role)
