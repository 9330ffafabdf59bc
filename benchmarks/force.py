"""The force that is measured: forty teams in eight divisions, twenty officers and two sergeants in each team.

The force of five years (`benchmarks/years`) is the same with other numbers, and with whoever reads figures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Posting, Unit, User

DIVISIONS, TEAMS, OFFICERS = 8, 40, 20
PASSWORD = "a long sentence for benchmarks only"  # noqa: S105 - of a database that lives for minutes, on this machine


@dataclass(frozen=True, slots=True)
class Force:
    """Its teams, and by team the ids of the officers and of the sergeant; whoever supervises all of them."""

    teams: list[Unit]
    officers: list[list[int]]
    sergeants: list[int]
    head_id: int
    coordinator_id: int
    discloser_id: int
    top: Unit
    divisions: list[Unit]
    readers: dict[str, int] = field(default_factory=dict)  # role: whoever holds it over the whole force

    @property
    def officer(self) -> User:
        """The officer whose work is measured."""
        return User.objects.get(pk=self.officers[0][0])

    @property
    def sergeant(self) -> User:
        return User.objects.get(pk=self.sergeants[0])

    @property
    def head(self) -> User:
        """The inspector over the whole force: the queue of this one holds everything that is open."""
        return User.objects.get(pk=self.head_id)

    @property
    def coordinator(self) -> User:
        """Who runs the conferences."""
        return User.objects.get(pk=self.coordinator_id)

    @property
    def discloser(self) -> User:
        """Who supervises the disclosure unit."""
        return User.objects.get(pk=self.discloser_id)


def people() -> list[User]:
    """Everybody who signs in, officers and sergeants, the measured two first."""
    return list(User.objects.filter(is_system=False, postings__role__in=["officer", "sergeant"]).order_by("pk"))


def raise_force(
    divisions: int = DIVISIONS, officers: int = OFFICERS, days: int = 700, readers: tuple[str, ...] = ()
) -> Force:
    """Make it, everybody in post for so many days. Everybody has the same password, so that it is hashed once.

    `readers`: further roles, each held by one person over the whole force.
    """
    top = Unit.objects.plant("Benchshire Police", "BP")
    parts = [Unit.objects.plant(f"Division {n}", f"BD{n}", top) for n in range(divisions)]
    teams = [Unit.objects.plant(f"Team {n}", f"BT{n}", parts[n % divisions]) for n in range(TEAMS)]
    wanted = [("officer", "PC", team) for team in teams for _ in range(officers)]
    wanted += [("sergeant", "PS", team) for team in teams for _ in range(2)]
    wanted += [("inspector", "Insp", division) for division in parts]
    wanted += [("disclosure_supervisor", "DS", Unit.objects.plant("Disclosures", "BX", top))]
    wanted += [("marac_coordinator", "", Unit.objects.plant("Conferences", "BC", top))]
    wanted += [("inspector", "Insp", top), ("control_supervisor", "Insp", top), ("professional_standards", "DS", top)]
    wanted += [(role, "", top) for role in readers]
    made = _people(wanted, days)
    of_teams = [[user.pk for user in made[n * officers : (n + 1) * officers]] for n in range(TEAMS)]
    first = TEAMS * officers
    sergeants = [made[first + 2 * n].pk for n in range(TEAMS)]
    special = [user.pk for user in made[first + 2 * TEAMS + divisions :]]
    discloser, coordinator, head = special[:3]
    named = dict(zip(readers, special[5:], strict=True))
    return Force(teams, of_teams, sergeants, head, coordinator, discloser, top, parts, named)


def _people(wanted: list[tuple[str, str, Unit]], days: int) -> list[User]:
    secret, since = make_password(PASSWORD), timezone.now() - timedelta(days=days)
    made = User.objects.bulk_create(
        User(username=f"b{n:04d}", collar_number=f"{n:04d}", rank=rank, first_name="Bench", last_name=f"Marsh-{n:04d}",
             password=secret)
        for n, (_, rank, _) in enumerate(wanted)
    )  # fmt: skip
    Posting.objects.bulk_create(
        Posting(user=user, role=role, unit=unit, from_at=since)
        for user, (role, _, unit) in zip(made, wanted, strict=True)
    )
    return made
