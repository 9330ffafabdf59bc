"""THE TABLE of what a safety plan must hold (B.8): shown on the plan, beside the approval, and in the task list.

What is hard refuses sending and approving; the rest is advice. A row's sentences say what is wanting; none, and it holds.
"""

# ruff: noqa: E501 - the rows of the tables stay whole
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from risk.models import PlanActionKind, SafetyPlan
from risk.models.factor import CHILDREN, SUSPECT
from risk.models.safety_plan import Agreed
from risk.services.plans import Written, uncovered, written


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """One row: what must hold, in which section it is mended, whether it is hard, and what is wanting of a plan."""

    code: str
    label: str
    section: str
    hard: bool
    wants: Callable[[Written], list[str]]
    authority: str


def critical_answered(facts: Written) -> list[str]:
    words = _("“%(question)s” Yes: add an action, or say why there is none")
    return [words % {"question": risk.label} for risk in facts.unanswered if risk.critical]


def somebody_does_something(facts: Written) -> list[str]:
    return [] if facts.counting else [_("Add the first action, with who does it and by when")]


def agreed(facts: Written) -> list[str]:
    plan = facts.plan
    if not plan.agreed:
        return [_("Say whether the victim agrees")]
    if plan.agreed != Agreed.YES and not plan.agreed_why.strip():
        return [_("Say why we act without the victim’s agreement")]
    return []


def wishes_said(facts: Written) -> list[str]:
    return [] if facts.plan.wishes.strip() else [_("Say what the victim wants")]


def safe_copy(facts: Written) -> list[str]:
    return [] if facts.plan.safe_copy else [_("Say how the victim has the plan safely")]


def out_of_hours(facts: Written) -> list[str]:
    return [] if facts.plan.out_of_hours.strip() else [_("Say whom the victim rings at night")]


def children_covered(facts: Written) -> list[str]:
    words = _("Children are linked: add an action for them, or say why there is none")
    return [words] if CHILDREN in uncovered(facts) else []


def suspect_faced(facts: Written) -> list[str]:
    words = _("Add an action that faces the suspect, or say why there is none")
    return [words] if SUSPECT in uncovered(facts) else []


def review_follows(facts: Written) -> list[str]:
    return [] if facts.grade else [_("Grade the case first: the day of the review follows from the grade")]


def immediate_shown(facts: Written) -> list[str]:
    immediate = [action for action in facts.actions if action.kind.group == PlanActionKind.Group.IMMEDIATE]
    open_ones = [action for action in immediate if action.is_open]
    return [
        _("“%(action)s” is meant, not yet shown to be done") % {"action": action.kind.label} for action in open_ones
    ]


def in_time(facts: Written) -> list[str]:
    now = timezone.now()
    return [_("“%(action)s” is overdue") % {"action": row.kind.label} for row in facts.actions if row.is_overdue(now)]


def marker_thought_of(facts: Written) -> list[str]:
    has = any(action.kind.code == MARKER for action in facts.counting)
    return [] if has else [_("No marker on the address is among the actions")]


MARKER = "address-marker"
B8, SEED = "B.8 [S]", "C, 002 [S]"
# fmt: off
TABLE: tuple[PlanCheck, ...] = (
    PlanCheck("wishes",    N_("The victim’s wishes are said"),                    "wishes",  True,  wishes_said,             SEED),
    PlanCheck("agreed",    N_("The victim agrees, or why we act without is said"), "wishes", True,  agreed,                  B8),
    PlanCheck("copy",      N_("The victim has the plan in a safe way"),           "contact", True,  safe_copy,               B8),
    PlanCheck("night",     N_("Somebody to ring out of hours"),                   "contact", True,  out_of_hours,            B8),
    PlanCheck("actions",   N_("There are actions, each with who and by when"),    "actions", True,  somebody_does_something, B8),
    PlanCheck("critical",  N_("Every critical Yes is answered"),                  "actions", True,  critical_answered,       B8),
    PlanCheck("children",  N_("The children are covered"),                        "actions", True,  children_covered,        B8),
    PlanCheck("suspect",   N_("Something faces the suspect"),                     "actions", True,  suspect_faced,           B8),
    PlanCheck("review",    N_("The day of the review follows from the grade"),    "actions", True,  review_follows,          B8),
    PlanCheck("immediate", N_("What was to be done at once is shown to be done"), "actions", False, immediate_shown,         B8),
    PlanCheck("marker",    N_("A marker on the address was thought of"),          "actions", False, marker_thought_of,       B8),
    PlanCheck("in-time",   N_("Nothing is overdue"),                              "actions", False, in_time,                 "C [S]; as advice [R]"),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Checked:
    """A row of the table asked of a plan."""

    check: PlanCheck
    wanting: list[str]

    @property
    def holds(self) -> bool:
        return not self.wanting


def checked(plan: SafetyPlan) -> list[Checked]:
    """Every check of the table, in its order."""
    facts = written(plan)
    return [Checked(check, check.wants(facts)) for check in TABLE]


def lacking_in(section: str) -> Callable[[SafetyPlan], list[str]]:
    """What the hard checks of one section still want, for the task list and for the guards that ask it."""

    def lacks(plan: SafetyPlan) -> list[str]:
        facts = written(plan)
        rows = [check for check in TABLE if check.hard and check.section == section]
        return [sentence for check in rows for sentence in check.wants(facts)]

    return lacks
