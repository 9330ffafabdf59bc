"""Systems checked on a case: by whom, when, what came of it, and what is still owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, SystemCheck
from cases.panels.registry import Panel, show
from cases.panels.timeline import Words, tell
from cases.services.systems import Row, matrix_of
from people.panels import PersonPanel, Tab, add_tabs, show_on_person
from people.services import names_for
from people.services.reading import Reading

MOST = 100  # of one person; the case of each says the rest


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everybody with every system, by name."""

    rows: list[tuple[str, Row]]

    @property
    def owed(self) -> int:
        """How many required checks do not stand."""
        return sum(cell.owed for _name, row in self.rows for cell in row.cells)

    @property
    def told(self) -> list[tuple[str, Row]]:
        """Whoever has a check, or is owed one: who has neither takes no space beside a case."""
        return [(name, row) for name, row in self.rows if any(cell.checks or cell.owed for cell in row.cells)]


def matrix(case: Case, user: User, at: datetime) -> Matrix:
    """As recorded by the moment (UTC), what was struck out too. Four queries, whatever the number of people and systems."""
    rows = matrix_of(case, SystemCheck.objects.as_at(at))
    names = names_for({row.person_id for row in rows if row.person_id}, user)
    return Matrix(
        [(names[row.person_id] if row.person_id else _("An address, or the case as a whole"), row) for row in rows]
    )


def beside(case: Case, user: User, at: datetime) -> Matrix | None:
    found = matrix(case, user, at)
    return found if found.told else None


def of_person(reading: Reading) -> list[SystemCheck]:
    """Every check of somebody that stands, of every case that stands open to the reader, the newest first. One query."""
    rows = SystemCheck.objects.as_at(reading.at).filter(person=reading.person, state=SystemCheck.State.RECORDED)
    rows = rows.filter(case__in=Case.objects.open_to(reading.user).order_by().values("pk"))
    found = list(rows.select_related("system", "recorded_by", "case").order_by("-checked_at", "-pk")[:MOST])
    reading.told.update(check.case_id for check in found)
    return found


show(
    Panel(
        "systems", "Systems checked", beside, "cases/panels/systems.html", "cases/paper/systems.html", order=44, side=True,
        kinds=frozenset(Case.Kind.values),
    )
)  # fmt: skip
add_tabs(Tab("systems", "Systems checked", "person-systems", 40))
show_on_person(
    PersonPanel("systems", "Systems checked", of_person, "cases/panels/systems_of_person.html", tab="systems")
)
tell(
    Words(
        "system-check.record", lambda case: SystemCheck.objects.filter(case=case), "recorded_at", "system__label",
        happened="checked_at",
    )
)  # fmt: skip
