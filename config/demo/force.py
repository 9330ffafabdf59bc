"""The units and the people of the demonstration force: one person for each role, officers and sergeants in two units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import Course, Duty, Posting, Training, Unit, User
from accounts.roles import FRONTLINE
from safeguarding.models import Agency, Agreement
from workflow import engine

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


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner agency: the code of its unit, its name, what it is, and how many days ago it signed the agreement."""

    code: str
    name: str
    kind: str
    signed_ago: int


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
    Player("disclosure2", "DC",        "8503", "Wren Salter",      "disclosure_officer",     "DAU"),
    Player("dsupervisor", "DS",        "8502", "Maya Brandt",      "disclosure_supervisor",  "DAU"),
    Player("marac",       "",          "8601", "Hal Winter",       "marac_coordinator",      "DAU"),
    Player("chair",       "DI",        "8602", "Inez Farrar",      "forum_chair",            "DAU"),
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

# code, name, kind, days since it signed the agreement, which counts for 365: that of probation has lapsed
AGENCIES = (
    Partner("DHOU", "Northshire housing",            "housing",   200),
    Partner("DIDV", "Northshire advisers (IDVA)",    "idva",      180),
    Partner("DCSC", "Northshire children’s services", "children",  170),
    Partner("DHEA", "Northshire health trust",       "acute",     150),
    Partner("DPRO", "Northshire probation",          "probation", 400),
    Partner("DPOL", "Northshire Police, MARAC desk", "police",    200),
    Partner("DHIL", "Hillfield Primary School",      "education", 120),
)
#: Who signs in for them: posted at the agency’s own unit, so each sees their agency’s and no other’s.
PARTNERS = (
    Player("partner",     "",          "",     "Cleo Banner",      "partner",                "DHOU"),
    Player("pmanager",    "",          "",     "Bram Osei",        "partner_manager",        "DHOU"),
    Player("idva",        "",          "",     "Tess Arkwright",   "idva",                   "DIDV"),
    Player("children",    "",          "",     "Moira Teague",     "partner",                "DCSC"),
    Player("health",      "",          "",     "Ivy Rowan",        "partner",                "DHEA"),
    Player("probation",   "",          "",     "Nico Quist",      "partner",                "DPRO"),
    Player("school",      "",          "",     "Joan Peel",        "partner",                "DHIL"),
)
# fmt: on
SIGNED = {
    "edition": "2026-1",
    "signatory": "Head of service",
    "protection_officer": "Its data protection officer",
    "purpose": "What is needed to keep victims and their children safe, and nothing else.",
    "basis": "UK GDPR Article 6(1)(e) and 9(2)(g); DPA 2018 Schedule 1 paragraph 18.",
}  # fmt: skip


def make_force(now: datetime) -> dict[str, User]:
    """Make units and people as they have stood for two years before `now` (UTC); people by user name."""
    units: dict[str, Unit] = {}
    for code, (name, above) in UNITS.items():
        units[code] = Unit.objects.plant(name, code, units.get(above))
    password = make_password(PASSWORD)
    people = {player.username: _make(player, units[player.unit], password, now) for player in PLAYERS}
    _roster(people, now)
    _train(people, units["NP"], now)
    people |= make_partners(people["marac"], now)
    return people


def make_partners(keeper: User, now: datetime) -> dict[str, User]:
    """Each agency as the coordinator recorded it two years ago, what it signed, and who signs in for it; people by user name."""
    units, password = {}, make_password(PASSWORD)
    for row in AGENCIES:
        then = now - timedelta(days=700)
        said = {"name": row.name, "code": row.code, "kind": row.kind, "beneath": "DAU", "area": "Northshire"}
        agency = engine.perform(Agency(), "record", by=keeper, evidence=said, at=then)
        units[row.code] = agency.unit
        on = (now - timedelta(days=row.signed_ago)).date()
        days = {"signed_on": on.isoformat(), "review_on": (on + timedelta(days=365)).isoformat()}
        blank = Agreement(agency=agency, unit=agency.unit)
        engine.perform(
            blank, "sign", by=keeper, evidence={**SIGNED, **days}, at=now - timedelta(days=row.signed_ago - 1)
        )
    return {player.username: _make(player, units[player.unit], password, now) for player in PARTNERS}


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
