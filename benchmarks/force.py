"""The force that is measured: forty teams in eight divisions, twenty officers and two sergeants in each team."""

from __future__ import annotations

from dataclasses import dataclass
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


def raise_force() -> Force:
    """Make it. Everybody has the same password, so that it is hashed once."""
    top = Unit.objects.plant("Benchshire Police", "BP")
    divisions = [Unit.objects.plant(f"Division {n}", f"BD{n}", top) for n in range(DIVISIONS)]
    teams = [Unit.objects.plant(f"Team {n}", f"BT{n}", divisions[n % DIVISIONS]) for n in range(TEAMS)]
    wanted = [("officer", "PC", team) for team in teams for _ in range(OFFICERS)]
    wanted += [("sergeant", "PS", team) for team in teams for _ in range(2)]
    wanted += [("inspector", "Insp", division) for division in divisions]
    wanted += [("disclosure_supervisor", "DS", Unit.objects.plant("Disclosures", "BX", top))]
    wanted += [("marac_coordinator", "", Unit.objects.plant("Conferences", "BC", top))]
    wanted += [("inspector", "Insp", top), ("control_supervisor", "Insp", top), ("professional_standards", "DS", top)]
    made = _people(wanted)
    officers = [[user.pk for user in made[n * OFFICERS : (n + 1) * OFFICERS]] for n in range(TEAMS)]
    first = TEAMS * OFFICERS
    sergeants = [made[first + 2 * n].pk for n in range(TEAMS)]
    return Force(teams, officers, sergeants, made[-3].pk, made[-4].pk, made[-5].pk)


def _people(wanted: list[tuple[str, str, Unit]]) -> list[User]:
    secret, since = make_password(PASSWORD), timezone.now() - timedelta(days=700)
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
