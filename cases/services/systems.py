"""Systems that answer by themselves, where a force has them; and what is still to be checked on a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, CheckedSystem, SystemCheck, Task
from cases.models.taking_part import Part, parts_in
from cases.services.tasks import raise_task
from workflow import engine

TASK_KIND = "check_systems"
WHY = "A suspect is named. Check the other systems and record what each says."
DONE = "Every system that must be checked was checked."


@dataclass(frozen=True, slots=True)
class Result:
    """What a system says of whoever was looked for. `found` with no words is no answer: it is refused as a typed one is."""

    found: bool
    words: str = ""
    reference: str = ""


class NotAnswered(Exception):
    """The system did not answer; the sentence says why, and nothing of whom it was asked about."""


#: names and spellings, birth dates (1988-01-30, 1988-01 or 1988) -> what it says. Answers within seconds, or raises.
Look = Callable[[list[str], list[str]], Result]
#: What an adapter may raise where its system is away; whatever else it raises is a fault of the adapter, and shown as one.
AWAY = (NotAnswered, OSError)
SYSTEMS: dict[str, Look] = {}


def answers(system: str, look: Look) -> None:
    """A force declares the adapter of a system by its code, in the `panels.py` of an app of its own. None is shipped."""
    if system in SYSTEMS:
        raise LookupError(f"Two adapters answer for {system}.")
    SYSTEMS[system] = look


def ask(system: CheckedSystem, names: list[str], births: list[str]) -> Result:
    """What the system says. Raises NotAnswered with a sentence for the person, who then looks and types it."""
    look = SYSTEMS.get(system.code)
    if look is None:
        raise NotAnswered(_("It does not answer by itself here."))
    try:
        return look(names, births)
    except AWAY as why:
        words = str(why) if isinstance(why, NotAnswered) and str(why) else _("It cannot be reached.")
        raise NotAnswered(words) from why


@dataclass(slots=True)
class Cell:
    """One system for one person of the case (or for nobody: an address, the case): its checks, the newest first."""

    system: CheckedSystem
    person_id: int | None
    required: bool = False
    checks: list[SystemCheck] = field(default_factory=list)

    @property
    def standing(self) -> list[SystemCheck]:
        return [check for check in self.checks if check.state == SystemCheck.State.RECORDED]

    @property
    def newest(self) -> SystemCheck | None:
        return next(iter(self.standing), None)

    @property
    def owed(self) -> bool:
        return self.required and not self.standing


@dataclass(slots=True)
class Row:
    """Everybody with a part in the case whom some system is about, each with every system."""

    person_id: int | None
    part: str
    cells: list[Cell]


def matrix_of(case: Case, checks: Any) -> list[Row]:
    """People by systems, in order; `checks` are the rows to show. Three queries, whatever their number."""
    systems = list(CheckedSystem.objects.offered())
    parts: dict[int, list[Part]] = {}
    for part in parts_in(case.pk):
        parts.setdefault(part.person_id, []).append(part)
    found: dict[tuple[int | None, int], list[SystemCheck]] = {}
    for check in (
        checks.filter(case=case).select_related("system", "recorded_by", "struck_by").order_by("-checked_at", "-pk")
    ):
        found.setdefault((check.person_id, check.system_id), []).append(check)
    ended = {check.system for rows in found.values() for check in rows if check.system.ended}
    systems += sorted(ended, key=lambda system: (system.order, system.pk))
    wanted = [
        person for person, held in parts.items() if any(set(system.required_of) & codes(held) for system in systems)
    ]
    wanted += [person for person in parts if person not in wanted]
    people: list[int | None] = [*wanted, *sorted({person for person, _ in found if person and person not in parts})]
    people += [None] if any(person is None for person, _ in found) else []
    return [_row(person, parts.get(person or 0, []), systems, found) for person in people]


def _row(
    person: int | None,
    parts: list[Part],
    systems: list[CheckedSystem],
    found: dict[tuple[int | None, int], list[SystemCheck]],
) -> Row:
    cells = [
        Cell(
            system,
            person,
            not system.ended and bool(set(system.required_of) & codes(parts)),
            found.get((person, system.pk), []),
        )
        for system in systems
    ]
    words = ", ".join(dict.fromkeys(part.label for part in parts))
    return Row(person, words, cells)


def codes(parts: list[Part]) -> set[str]:
    return {part.code for part in parts}


def owed_in(case: Case, *, but: int | None = None) -> set[tuple[int, int]]:
    """(person id, system id) of each check that is required and does not stand; `but`: a check (id) that stands no longer."""
    standing = SystemCheck.objects.standing().filter(state=SystemCheck.State.RECORDED).exclude(pk=but)
    return {
        (row.person_id, cell.system.pk)
        for row in matrix_of(case, standing)
        for cell in row.cells
        if cell.owed and row.person_id is not None
    }


def settle_what_is_owed(
    case: Case, at: datetime, *, recorded: SystemCheck | None = None, struck: int | None = None
) -> None:
    """The task stands while something is owed, and ends by itself with the last check that was. As the system itself.

    `recorded`: a check that this very act records; `struck`: the id of one that it strikes out.
    """
    owed = owed_in(case, but=struck)
    if recorded is not None and recorded.person_id is not None:
        owed.discard((recorded.person_id, recorded.system_id))
    system = User.objects.system()
    if owed:
        raise_task(case=case, kind=TASK_KIND, why=WHY, by=system, at=at)
        return
    for task in Task.objects.standing().filter(case=case, kind=TASK_KIND, state=Task.State.TO_DO):
        engine.perform(task, "done", by=system, evidence={"outcome": DONE}, seen=task.version, at=at)
