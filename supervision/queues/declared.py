"""THE TABLE of queues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import RawSQL

from accounts.models import User
from accounts.roles import COMMAND, ROLES, SPECIALISTS, SUPERVISORS, roles
from cases.health import held_by_nobody
from cases.models import Case, Incident
from cases.visibility import near
from workflow.models import Deadline


@dataclass(frozen=True, slots=True)
class Queue:
    """One question asked of rows for a person; `who` are the roles that work it."""

    name: str
    label: str
    who: frozenset[str]
    rows: Callable[[User], Any]


def said_once(cases: Any) -> RawSQL:
    """The cases of a queryset as a question already put in words.

    A page asks it of four groups in two statements; putting it in words anew each time took most of the page's time.
    """
    words, values = cases.order_by().values("pk").query.sql_with_params()
    return RawSQL(words, values)  # noqa: S611 - the words are the queryset's own


def held_by(user: User) -> Any:
    """What the person owes, wherever the case is: whoever holds it may open it, with a reason where one is asked."""
    return Deadline.objects.open().filter(case__in=said_once(Case.objects.visible_to(user)), holder=user)


def owed_by_the_team(user: User) -> Any:
    return Deadline.objects.open().filter(near(user), case__in=said_once(Case.objects.worked_by(user)))


def being_recorded(user: User) -> Any:
    """Records that the person began and has not sent, returned ones among them."""
    mine = Incident.objects.standing().visible_to(user).filter(state=Incident.State.RECORDING)
    return mine.filter(recorded_by=user).order_by("-recorded_at", "-pk")


def no_arrest_to_check(user: User) -> Any:
    """Decisions not to arrest that no supervisor has looked at: the team's, by due moment. Index: deadline_unit."""
    return owed_by_the_team(user).filter(policy="no-arrest-checked")


def unheard(user: User) -> Any:
    return owed_by_the_team(user).filter(unheard_at__isnull=False)


def nobodys(user: User) -> Any:
    """Open cases of the team that nobody who works here holds any part of, as after somebody has left: oldest first."""
    return held_by_nobody().filter(near(user), pk__in=said_once(Case.objects.worked_by(user))).order_by("pk")


EVERYBODY = frozenset(ROLES)
WORKS_THE_TEAM = SUPERVISORS | COMMAND | SPECIALISTS | roles("control_supervisor")

# fmt: off
MINE    = Queue("my-work", "My work",                       EVERYBODY,      held_by)
IN_HAND = Queue("in-hand", "Records you have not sent",     EVERYBODY,      being_recorded)
TEAM    = Queue("team",    "Team queue",                    WORKS_THE_TEAM, owed_by_the_team)
UNHEARD = Queue("unheard", "Nobody could be told",          WORKS_THE_TEAM, unheard)
NOBODYS = Queue("nobodys", "Held by nobody",                WORKS_THE_TEAM, nobodys)
NO_ARREST = Queue("no-arrest", "No arrest to check",       SUPERVISORS | COMMAND, no_arrest_to_check)
# fmt: on
QUEUES: dict[str, Queue] = {queue.name: queue for queue in (MINE, IN_HAND, TEAM, UNHEARD, NOBODYS, NO_ARREST)}
