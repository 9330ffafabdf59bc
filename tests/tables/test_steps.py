"""The tables themselves: every role against every step, safety acts from every state, and no second way to move one."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from accounts.models import Posting, Unit, User
from accounts.roles import ROLES
from cases.models import Case
from workflow import engine
from workflow.declare import ANY, NEW, STAYS, WORKFLOWS, Step, Workflow
from workflow.models import Refusal, Refused

STEPS = [(workflow, step) for workflow in WORKFLOWS.values() for step in workflow.steps]
NAMES = [f"{workflow.name}.{step.name}" for workflow, step in STEPS]


def in_unit(workflow: Workflow, unit: Unit) -> Any:
    """A record of the workflow in the unit, enough for the question of roles."""
    if workflow.model is Unit:
        return Unit(pk=unit.pk, lineage=unit.lineage, state=Unit.State.OPEN)
    if workflow.model is Case or not hasattr(workflow.model, "case_id"):
        return workflow.model(pk=1, unit=unit, state=next(iter(workflow.states)))
    return workflow.model(pk=1, case=Case(pk=1, unit=unit, state=Case.State.OPEN), state=next(iter(workflow.states)))


@pytest.fixture
def one_of_each(nr3: Unit) -> dict[str, User]:
    """Somebody in each role over the team, and in no other."""
    people = User.objects.bulk_create([User(username=f"only-{role}") for role in ROLES])
    Posting.objects.bulk_create(
        [Posting(user=user, role=role, unit=nr3) for role, user in zip(ROLES, people, strict=True)]
    )
    return dict(zip(ROLES, people, strict=True))


def test_every_role_may_take_the_steps_that_name_it_and_no_other(one_of_each: dict[str, User], nr3: Unit) -> None:
    for workflow, step in STEPS:
        bare = dataclasses.replace(step, guards=(), when=None, source=ANY)
        allowed = {role for role, user in one_of_each.items() if not refused_by_role(workflow, bare, user, nr3)}
        assert allowed == set(step.who), f"{workflow.name}.{step.name}"


def refused_by_role(workflow: Workflow, step: Step, user: User, unit: Unit) -> bool:
    record = in_unit(workflow, unit)
    try:
        engine.refuse_unless_allowed(workflow, step, record, user, seen=record.version, at=timezone.now())
    except Refused as refused:
        return refused.kind is Refusal.ROLE
    return False


def test_a_role_over_another_team_counts_for_nothing_here(one_of_each: dict[str, User], nr4: Unit) -> None:
    for workflow, step in STEPS:
        bare = dataclasses.replace(step, guards=(), when=None, source=ANY)
        if step.source is NEW:
            continue  # a record that opens its own folder is begun wherever the role is held
        for role in step.who:
            assert refused_by_role(workflow, bare, one_of_each[role], nr4), f"{workflow.name}.{step.name} by {role}"


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_each_workflow_has_safety_acts_open_from_every_state(name: str) -> None:
    workflow = WORKFLOWS[name]
    acts = [step for step in workflow.steps if step.is_safety_act]
    assert acts
    for act in acts:
        assert workflow.sources(act) == set(workflow.states)


@pytest.mark.parametrize("name", sorted(name for name, row in WORKFLOWS.items() if hasattr(row.model, "case_id")))
def test_each_workflow_of_a_case_has_the_same_safety_acts(name: str) -> None:
    acts = {step.name for step in WORKFLOWS[name].steps if step.is_safety_act}
    assert {"unsafe", "safe", "safeguard", "safe-contact", "warn", "restrict", "shut-out"} <= acts


@pytest.mark.parametrize(("workflow", "step"), STEPS, ids=NAMES)
def test_each_step_is_named_as_a_verb_in_an_address_and_has_a_button(workflow: Workflow, step: Step) -> None:
    assert re.fullmatch(r"[a-z][a-z-]+", step.name)
    assert step.label[0].isupper() and not step.label.endswith(".")


def test_a_table_with_a_fault_stops_the_program() -> None:
    states = Case.State
    for steps in (
        [Step("warn", "Warn", ANY, STAYS, frozenset())],
        [Step("warn", "Warn", ANY, "nowhere", frozenset({"officer"}))],
        [Step("close", "Close", states.OPEN, states.CLOSED, frozenset({"officer"}))],
        [Step("warn", "Warn", ANY, STAYS, frozenset({"officer"}))] * 2,
    ):
        with pytest.raises(ImproperlyConfigured):
            Workflow("faulty", Case, states, *steps)
    assert "faulty" not in WORKFLOWS


def test_only_the_engine_moves_a_state() -> None:
    moved = re.compile(r"\.state\s*=[^=]|update\([^)]*\bstate=")
    found = [
        f"{path.relative_to(settings.BASE_DIR)}: {line.strip()}"
        for app in settings.OUR_APPS
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py")
        if "workflow/engine/" not in path.as_posix() and "/migrations/" not in path.as_posix()
        for line in path.read_text(encoding="utf-8").splitlines()
        if moved.search(line)
    ]
    assert found == []
