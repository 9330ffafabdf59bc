"""What others see of a subject: that the disclosure unit knows something of them, and no more than each role needs (S3-201).

Nothing of who asked, who is at risk, or what it is about; nothing of a case that is restricted, nor to somebody shut out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.roles import roles
from cases.models import Case, ShutOut
from cases.visibility import INVESTIGATING
from dvds.models import OVER, Outcome, Part, Party

#: Who learns how many, by which route, and what became of them; everybody else who investigates learns whom to ask.
COUNTS = roles(
    "intelligence_officer", "da_specialist", "da_coordinator", "disclosure_officer", "disclosure_supervisor", "superintendent",
)  # fmt: skip
SEES = INVESTIGATING | COUNTS
TOLD = frozenset({Outcome.DISCLOSED, Outcome.NO_UNDERTAKING, Outcome.EMERGENCY})
#: One that went on in another is no second one.
UNCOUNTED = (Outcome.MERGED,)


@dataclass(frozen=True, slots=True)
class Marked:
    """How often somebody was a subject. `lines`: (route, result) of each, newest first; empty for who only learns whom to ask."""

    number: int
    lines: tuple[tuple[str, str], ...]
    cases: tuple[int, ...]


def marked(people: Collection[int], user: User, at: datetime) -> dict[int, Marked]:
    """{person: what this reader may know of them as a subject}, as recorded by the moment (UTC); nobody without. One query, and
    one for the roles. Index: considered_person.
    """
    if not people or not user.holds(SEES, None):
        return {}
    counts = user.holds(COUNTS, None)
    open_to_none = ShutOut.objects.in_force().filter(person=user).order_by().values("case_id")
    rows = Party.objects.as_at(at).filter(person__in=people, part=Part.SUBJECT, case__restricted=False)
    rows = rows.exclude(case__in=open_to_none).exclude(application__outcome__in=UNCOUNTED)
    rows = rows.exclude(application__merged_into__isnull=False).exclude(case__state=Case.State.DISPOSED)
    told: dict[int, list[Party]] = {}
    for row in rows.select_related("application").order_by("-application__first_contact_at", "-pk"):
        told.setdefault(row.person_id, []).append(row)
    return {
        person: Marked(
            len(found), tuple(line(row) for row in found) if counts else (), tuple(row.case_id for row in found)
        )
        for person, found in told.items()
    }


def line(row: Party) -> tuple[str, str]:
    """The route in words, and the result: going on, told, not told. Why not is nobody’s but the unit’s."""
    application = row.application
    if application.state not in OVER and not application.outcome:
        return str(application.get_route_display()), "Going on"
    return str(application.get_route_display()), "Told" if application.outcome in TOLD else "Not told"
