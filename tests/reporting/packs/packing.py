"""Packs for the tests: asked for, made, and a small force with something to count in October 2026."""

from __future__ import annotations

from typing import Any

from accounts.models import Unit, User
from cases.models import Case, Incident, Involvement
from people.models import Person
from reporting.models import Snapshot, SnapshotFigures
from reporting.packs import making
from reporting.packs.declare import PACKS
from tests.cast import take
from tests.reporting.measures.generated import plant
from workflow import engine

OCTOBER, QUARTER, YEAR = "2026-10", "2026-07", "2025-11"
BEGINS = {1: OCTOBER, 3: QUARTER, 12: YEAR}
YEAR_OVER = "2025-01"  # of what is told of calendar years alone
WHY = "Asked for with the wrong unit."
#: A report of 30 October 2026 with a crime and an arrest; what else may have happened did not.
REPORTED: dict[str, Any] = {
    "unit": 0, "days": 21, "victim": 0, "suspect": 0, "no_abuse": False, "struck": False, "restricted": False,
    "crimes": [{"cancelled": False, "struck": False, "hours": 2, "named": True, "outcomes": []}], "arrest": 3, "charge": None,
    "verdict": None, "dash": 1, "grade": "high", "later": None, "action": "support", "bwv": "yes", "police": False, "due": None,
    "dropped": False, "refused": False, "plan": None,
}  # fmt: skip


def reports(number: int, unit: Unit, by: User, **other: Any) -> None:
    """So many reports of October, each of somebody else of four people."""
    plant([{**REPORTED, "victim": place % 4, **other} for place in range(number)], [unit], by)


def one_more(unit: Unit, by: User, reference: str, at: Any) -> Incident:
    """A report of which nobody knew when the pack was made."""
    case = Case.objects.create(reference=reference, kind="investigation", unit=unit, opened_at=at)
    mine: dict[str, Any] = {"case": case, "recorded_by": by}
    incident = Incident.objects.create(
        **mine, state="checked", reported_at=at, recorded_at=at, channel="999", da_confirmed="yes"
    )
    Involvement.objects.create(**mine, incident=incident, person=Person.objects.create(), part="victim")
    return incident


def asked(code: str, by: User, begins: str = "", **said: Any) -> Snapshot:
    """Asked for, and not made yet."""
    usual = YEAR_OVER if PACKS[code].of_years else BEGINS[PACKS[code].months]
    said = {"pack": code, "begins": begins or usual, **said}
    found: Snapshot = engine.perform(Snapshot(), "ask", by=by, evidence=said)
    return found


def made(code: str, by: User, begins: str = "", **said: Any) -> Snapshot:
    """Asked for and made."""
    snapshot = asked(code, by, begins, **said)
    assert making.make(snapshot.pk)
    found: Snapshot = Snapshot.objects.select_related("unit", "recorded_by").get(pk=snapshot.pk)
    return found


def figures_of(snapshot: Snapshot) -> SnapshotFigures:
    return SnapshotFigures.objects.get(snapshot=snapshot.pk)


def block(snapshot: Snapshot, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in figures_of(snapshot).blocks if one["name"] == name)
    return found


def cell(snapshot: Snapshot, name: str, label: str, column: int = 1) -> str:
    """What stands in the row of this label of a block, in the first of its tables that has it."""
    rows = [row for table in block(snapshot, name)["tables"] for row in table["rows"]]
    return str(next(row for row in rows if row[0] == label)[column])


def withdrawn(snapshot: Snapshot, by: User) -> Any:
    return take(snapshot, "withdraw", by, reason=WHY)


def sent(snapshot: Snapshot, by: User, signer: User) -> Any:
    return take(snapshot, "send", by, signer=signer.collar_number or signer.username)
