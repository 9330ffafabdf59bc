"""The units and the people of the demonstration force: one person for each role, officers and sergeants in two units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import Course, Duty, Posting, Training, Unit, User
from accounts.roles import FRONTLINE

UNTRAINED = "3046"
PASSWORD = "northshire-demo-only"  # noqa: S105 - printed by ./run; such accounts exist in no other environment

# code: (name, code of the unit above)
UNITS = {
    "NP": ("Northshire Police", ""),
    "NG": ("Northgate", "NP"),
    "NR3": ("Northgate Response 3", "NG"),
    "NR4": ("Northgate Response 4", "NG"),
    "SM": ("Southmere", "NP"),
    "SR1": ("Southmere Response 1", "SM"),
    "DAU": ("Domestic Abuse Unit", "NP"),
    "FHQ": ("Headquarters", "NP"),
}


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the force: how they sign in, who they are, what they are posted to."""

    username: str
    rank: str
    collar: str
    name: str
    role: str
    unit: str


# fmt: off
PLAYERS = (
    Player("2877",        "PC",        "2877", "Ellen Marsh",      "officer",                "NR3"),
    Player("2208",        "PC",        "2208", "Tom Ashdown",      "officer",                "NR3"),
    Player("4471",        "PS",        "4471", "Priya Nair",       "sergeant",               "NR3"),
    Player("3046",        "PC",        "3046", "Idris Vane",       "officer",                "NR4"),
    Player("3920",        "PS",        "3920", "Joy Ikande",       "sergeant",               "NR4"),
    Player("1188",        "Insp",      "1188", "Ruth Calder",      "inspector",              "NG"),
    Player("5120",        "PC",        "5120", "Sam Okafor",       "officer",                "SR1"),
    Player("5307",        "PS",        "5307", "Wynn Tolland",     "sergeant",               "SR1"),
    Player("1204",        "Insp",      "1204", "Abel Stroud",      "inspector",              "SM"),
    Player("0311",        "Supt",      "0311", "June Harcourt",    "superintendent",         "NP"),
    Player("3315",        "DC",        "3315", "Marta Lindqvist",  "investigator",           "NG"),
    Player("handler",     "",          "7010", "Rafi Ahmad",       "contact_handler",        "NP"),
    Player("control",     "",          "7002", "Bea Quill",        "control_supervisor",     "NP"),
    Player("specialist",  "",          "8101", "Kwame Boateng",    "da_specialist",          "NP"),
    Player("coordinator", "",          "8100", "Fern Adair",       "da_coordinator",         "NP"),
    Player("custody",     "PS",        "6001", "Gil Rowntree",     "custody_officer",        "NP"),
    Player("registrar",   "",          "8200", "Nell Pryce",       "crime_registrar",        "NP"),
    Player("intel",       "DC",        "8301", "Otto Lane",        "intelligence_officer",   "NP"),
    Player("witness",     "",          "8401", "Suri Dhand",       "cps_liaison",            "NP"),
    Player("disclosure",  "DC",        "8501", "Perry Holt",       "disclosure_officer",     "DAU"),
    Player("dsupervisor", "DS",        "8502", "Maya Brandt",      "disclosure_supervisor",  "DAU"),
    Player("marac",       "",          "8601", "Hal Winter",       "marac_coordinator",      "DAU"),
    Player("chair",       "DI",        "8602", "Inez Farrar",      "forum_chair",            "DAU"),
    Player("partner",     "",          "",     "Cleo Banner",      "partner",                "DAU"),
    Player("idva",        "",          "",     "Tess Arkwright",   "idva",                   "DAU"),
    Player("beat",        "PC",        "2950", "Victor Hale",      "neighbourhood_officer",  "NG"),
    Player("manager",     "DC",        "8701", "Rhys Cobley",      "offender_manager",       "NP"),
    Player("standards",   "DS",        "0907", "Dana Whitlock",    "professional_standards", "NP"),
    Player("nominated",   "DCI",       "0908", "Esme Tarrant",     "nominated_officer",      "NP"),
    Player("chief",       "ACC",       "0002", "Magnus Eyre",      "chief_officer",          "NP"),
    Player("command",     "Ch Supt",   "0101", "Lorna Peel",       "command",                "NP"),
    Player("analyst",     "",          "",     "Ari Bloom",        "analyst",                "NP"),
    Player("auditor",     "",          "",     "Noor Castell",     "auditor",                "NP"),
    Player("records",     "",          "",     "Edie Moss",        "records_manager",        "FHQ"),
    Player("training",    "PS",        "0440", "Ivo Marchant",     "training_lead",          "FHQ"),
    Player("line",        "",          "",     "Greta Sands",      "line_manager",           "FHQ"),
    Player("press",       "",          "",     "Petra Lund",       "press_officer",          "FHQ"),
    Player("admin",       "",          "",     "Una Field",        "administrator",          "NP"),
    Player("reader",      "",          "",     "Basil Thorne",     "commissioner_reader",    "FHQ"),
)
# fmt: on


def make_force(now: datetime) -> dict[str, User]:
    """Make units and people as they have stood for two years before `now` (UTC); people by user name."""
    units: dict[str, Unit] = {}
    for code, (name, above) in UNITS.items():
        units[code] = Unit.objects.plant(name, code, units.get(above))
    password = make_password(PASSWORD)
    people = {player.username: _make(player, units[player.unit], password, now) for player in PLAYERS}
    _roster(people, now)
    _train(people, units["NP"], now)
    return people


def _make(player: Player, unit: Unit, password: str, now: datetime) -> User:
    first, _, last = player.name.rpartition(" ")
    user: User = User.objects.create(
        username=player.username, password=password, rank=player.rank, collar_number=player.collar, first_name=first,
        last_name=last, email=f"{player.username}@northshire.invalid", unit=unit,
    )  # fmt: skip
    Posting.objects.create(user=user, role=player.role, unit=unit, from_at=now - timedelta(days=730))
    return user


def _roster(people: dict[str, User], now: datetime) -> None:
    """One officer is off until tomorrow, so that a queue shows "No one on duty"; the rest keep no roster."""
    off = people["3046"]
    Duty.objects.create(user=off, from_at=now - timedelta(hours=34), to_at=now - timedelta(hours=25))
    Duty.objects.create(user=off, from_at=now + timedelta(hours=20), to_at=now + timedelta(hours=29))


def _train(people: dict[str, User], force: Unit, now: datetime) -> None:
    """Whoever may assess risk has passed DASH, but one officer, so that a check shows the flag (R-02)."""
    passed = now.date() - timedelta(days=400)
    trained = [player.username for player in PLAYERS if player.role in FRONTLINE and player.username != UNTRAINED]
    Training.objects.bulk_create(
        Training(
            person=people[name], course=Course.DASH, passed_on=passed, unit=force, recorded_by=people["training"],
            state=Training.State.RECORDED, recorded_at=now - timedelta(days=399),
        )
        for name in trained
    )  # fmt: skip
