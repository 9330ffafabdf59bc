"""How body-worn video is used: of the officers who attended, how many used it, by team and by reason (S2-029)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count

from accounts.models import User
from cases.models import Case, Footage, Incident
from cases.models.answers.evidence import NoVideo


@dataclass(slots=True)
class TeamUse:
    """One team. `attended` is the denominator: every officer said to have attended, those of whom nobody said included."""

    unit_id: int
    name: str
    attended: int = 0
    used: int = 0
    unknown: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def count(self, used: str, why_not: str, number: int) -> None:
        self.attended += number
        if used == "yes":
            self.used += number
        elif used == "no":
            self.reasons[why_not] = self.reasons.get(why_not, 0) + number
        else:
            self.unknown += number

    @property
    def share(self) -> int:
        """Per cent of all who attended, rounded to the nearest."""
        return (200 * self.used + self.attended) // (2 * self.attended) if self.attended else 0

    @property
    def reasons_said(self) -> list[tuple[str, int]]:
        """The reasons in the order of the list, those that were given."""
        order = [*NoVideo.values, ""]
        found = sorted(self.reasons.items(), key=lambda row: order.index(row[0]))
        return [(str(NoVideo(code).label) if code else "No reason given", number) for code, number in found]


def use_by_team(user: User, since: datetime) -> list[TeamUse]:
    """By team, of incidents in this person's own work that were reported since the moment (UTC). Two statements.

    The first officer counts for the team of the case, each other officer for the team that was theirs at the time.
    """
    teams: dict[int, TeamUse] = {}
    for unit_id, name, used, why_not, number in counted(user, since):
        teams.setdefault(unit_id, TeamUse(unit_id, name)).count(used, why_not, number)
    return sorted(teams.values(), key=lambda team: (team.name, team.unit_id))


def counted(user: User, since: datetime) -> Iterator[tuple[Any, ...]]:
    """(unit, its name, used, why not, how many) of the first officers and of the others."""
    cases = Case.objects.worked_by(user).values("pk")
    first = Incident.objects.standing().filter(case__in=cases, reported_at__gte=since).order_by()
    yield from first.values_list("case__unit", "case__unit__name", "bwv_used", "bwv_why_not").annotate(
        number=Count("pk")
    )
    others = Footage.objects.standing().filter(incident__in=first.values("pk")).order_by()
    yield from others.values_list("unit", "unit__name", "used", "why_not").annotate(number=Count("pk"))
