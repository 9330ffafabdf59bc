"""The papers that are made from the tables: what may happen, who may do it, and by when. Compared in a test, never edited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accounts.roles import ROLES, TABLE
from workflow.declare import ANY, NEW, OPEN, STAYS, WORKFLOWS, Step, Workflow
from workflow.policies import HOLDER, POLICIES, Policy, Rung

MADE = "*Made by `manage.py document` from the tables in the code. Do not edit: a test compares it.*"


def workflows_paper() -> str:
    """docs/workflows.md: each table as a diagram and as rows."""
    parts = ["# What may happen", MADE, "Safety acts (any state, state does not change) are left out of the diagrams."]
    for name in sorted(WORKFLOWS):
        parts += list(_workflow(WORKFLOWS[name]))
    return "\n\n".join(parts) + "\n"


def _workflow(workflow: Workflow) -> Iterator[str]:
    yield f"## {workflow.label[:1].upper()}{workflow.label[1:]} (`{workflow.name}`)"
    yield "```mermaid\nstateDiagram-v2\n" + "\n".join(_arrows(workflow)) + "\n```"
    yield _table(
        ["step", "button", "from", "to", "asks for", "when and guards"],
        [[f"`{step.name}`", step.label, _source(workflow, step), _target(workflow, step), step.evidence.__name__, _asks(step)]
         for step in workflow.steps],
    )  # fmt: skip
    if workflow.editable:
        rows = [[_state(workflow, state), _who(who)] for state, who in workflow.editable.items()]
        yield "Who may edit:\n\n" + _table(["state", "roles"], rows)


def _arrows(workflow: Workflow) -> Iterator[str]:
    for step in workflow.steps:
        if step.is_safety_act:
            continue
        for source in sorted(workflow.sources(step) - {NEW}, key=str) or ["[*]"]:
            if step.target is not STAYS:
                yield f"    {source} --> {step.target}: {step.name}"
            elif step.source is not OPEN:
                yield f"    {source} --> {source}: {step.name}"


def _source(workflow: Workflow, step: Step) -> str:
    if step.source is NEW or step.source is ANY or step.source is OPEN:
        return {NEW: "new", ANY: "any", OPEN: "any open"}[step.source]
    return ", ".join(sorted(_state(workflow, state) for state in workflow.sources(step)))


def _target(workflow: Workflow, step: Step) -> str:
    return "stays" if step.target is STAYS else _state(workflow, step.target)


def _state(workflow: Workflow, state: Any) -> str:
    return str(workflow.states(state).label)


def _asks(step: Step) -> str:
    names = [step.when] if step.when else []
    return ", ".join(
        (named.__doc__ or named.__name__.replace("_", " ")).split("\n")[0] for named in [*names, *step.guards]
    )


def permissions_paper() -> str:
    """docs/permissions.md: every step against every role."""
    rows = []
    for name in sorted(WORKFLOWS):
        rows += [[f"`{name}.{step.name}`", step.label, _who(step.who)] for step in WORKFLOWS[name].steps]
    body = _table(["step", "button", "roles over the unit or an ancestor of it"], rows)
    roles = _table(["role", "inside the force"], [[role.label, "yes" if role.police else "no"] for role in TABLE])
    return "\n\n".join(["# Who may do what", MADE, body, "## Roles", roles]) + "\n"


def _who(who: frozenset[str]) -> str:
    return ", ".join(role.label for role in TABLE if role.code in who)


def deadlines_paper() -> str:
    """docs/deadlines.md: every clock with its rule, ladder and authority."""
    parts = [
        "# What is owed, by when",
        MADE,
        "Lengths are defaults of the table; a force overrides them by date, through an approval.",
    ]
    for name in sorted(POLICIES):
        parts += list(_policy(POLICIES[name]))
    return "\n\n".join(parts) + "\n"


def _policy(policy: Policy) -> Iterator[str]:
    yield f"## {policy.label} (`{policy.name}`)"
    lengths = [
        f"{word}: {length.words()}" if word != "other" else length.words() for word, length in policy.lengths().items()
    ]
    rows = [
        ["starts", _events(policy.starts)], ["met by", _events(policy.stops)], ["no longer owed after", _events(policy.drops)],
        ["length", "; ".join(lengths)], ["owed by", _role(policy.owed_by)],
        ["told", "; ".join(_rung(rung) for rung in policy.ladder)], ["authority", policy.authority],
    ]  # fmt: skip
    yield _table(["", ""], [row for row in rows if row[1]])


def _events(events: frozenset[str]) -> str:
    return ", ".join(f"`{event}`" for event in sorted(events))


def _role(code: str) -> str:
    return "whoever holds the case" if code == HOLDER else ROLES[code].label


def _rung(rung: Rung) -> str:
    if not rung.hours:
        return f"{_role(rung.who)} when due"
    return f"{_role(rung.who)} {abs(rung.hours):g} hours {'before' if rung.hours < 0 else 'after'}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines)
