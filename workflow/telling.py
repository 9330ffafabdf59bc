"""Which acts a feed may tell: a timeline, another system, a list. The record of acts keeps all of them.

A step that is not `told` says that another folder is there, so what shows the one folder must not show it: the link itself
says so, to those who may open both. Every feed asks here; whoever audits reads it where they may be told of both.
"""

from __future__ import annotations

from workflow.declare import WORKFLOWS, step_named


def told() -> set[str]:
    """The events of every step that a feed may tell."""
    return {table.event(step.name) for table in WORKFLOWS.values() for step in table.steps if step.told}


def may_be_told(event: str) -> bool:
    """Whether a feed may tell of an act by the name of its event; of what is no step (incident.amend) it may."""
    step = step_named(event)
    return step is None or step.told


def plainly(event: str) -> str:
    """The event under which an act that is not told passes for any other change of the record: incident.amend."""
    return event if may_be_told(event) else f"{event.partition('.')[0]}.amend"
