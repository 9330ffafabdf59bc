"""Queues of what cases decide: exceptions from the minimum standards, plans for serial perpetrators."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.roles import COMMAND, SUPERVISORS
from cases.models import Case, SerialPlan
from cases.steps.serial_plan import LISTED
from supervision.queues.declared import QUEUES, Queue, owed_by_the_team, said_once


def exceptions_to_decide(user: User) -> Any:
    """Exceptions that nobody has decided on: the team's, by due moment. Index: deadline_unit."""
    return owed_by_the_team(user).filter(policy="standard-exception-decided")


def serial_plans(user: User) -> Any:
    """Serial perpetrator plans of the team that have not ended, the newest first. Index: serial_plan_of_case."""
    rows = SerialPlan.objects.standing().exclude(state=SerialPlan.State.ENDED)
    return rows.filter(case__in=said_once(Case.objects.worked_by(user))).select_related("case", "lead").order_by("-pk")


EXCEPTIONS = Queue("exceptions", "Exceptions to decide", SUPERVISORS | COMMAND, exceptions_to_decide)
SERIAL = Queue("serial-plans", "Serial perpetrator plans", LISTED, serial_plans)
QUEUES.update({queue.name: queue for queue in (EXCEPTIONS, SERIAL)})
