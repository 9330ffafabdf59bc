"""THE TABLE of queues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL

from accounts.models import Posting, User
from accounts.roles import COMMAND, ROLES, SPECIALISTS, SUPERVISORS, roles
from cases.health import held_by_nobody
from cases.models import Case, Incident, RepeatPlan, SerialPlan, SetMarker
from cases.models.answers import AbuseSign
from cases.steps.repeat_plan import PLANNERS
from cases.steps.serial_plan import LISTED
from cases.visibility import near
from people.models import Duplicate
from people.steps.duplicate import JUDGES
from risk.triggers import TABLE as TRIGGERS
from supervision.clocks_of_reassessment import clock_name
from workflow.models import Deadline

STALKING_SIGNS = (AbuseSign.STALKING, AbuseSign.HARASSMENT)


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


def plans_to_approve(user: User) -> Any:
    """Safety plans, and actions said not to be possible, that wait for a supervisor: the team's. Index: deadline_unit."""
    return owed_by_the_team(user).filter(policy__in=("safety-plan-decided", "plan-action-decided"))


def plans_to_review(user: User) -> Any:
    """Safety plans that are to be looked at again, by their day or by what happened: the team's. Index: deadline_unit."""
    return owed_by_the_team(user).filter(policy__in=("safety-plan-reviewed", "safety-plan-event"))


def sent_to_the_bureau(user: User) -> Any:
    """Intelligence that the bureau is to take in: its own work, by due moment. Index: deadline_unit."""
    return owed_by_the_team(user).filter(policy="intelligence-taken-in")


def risk_reviews(user: User) -> Any:
    """Looks at the risk that are owed, in the team's own work, by due moment. Index: deadline_unit."""
    return owed_by_the_team(user).filter(policy__in=REVIEW_CLOCKS)


def exceptions_to_decide(user: User) -> Any:
    """Exceptions that nobody has decided on: the team's, by due moment. Index: deadline_unit."""
    return owed_by_the_team(user).filter(policy="standard-exception-decided")


def unheard(user: User) -> Any:
    return owed_by_the_team(user).filter(unheard_at__isnull=False)


def nobodys(user: User) -> Any:
    """Open cases of the team that nobody who works here holds any part of, as after somebody has left: oldest first."""
    return held_by_nobody().filter(near(user), pk__in=said_once(Case.objects.worked_by(user))).order_by("pk")


def repeat_plans(user: User) -> Any:
    """Plans for repeat victims of the team that have not ended, the newest first. Index: repeat_plan_of_case."""
    rows = RepeatPlan.objects.open().filter(case__in=said_once(Case.objects.worked_by(user)))
    return rows.select_related("case", "owner").order_by("-pk")


def serial_plans(user: User) -> Any:
    """Serial perpetrator plans of the team that have not ended, the newest first. Index: serial_plan_of_case."""
    rows = SerialPlan.objects.standing().exclude(state=SerialPlan.State.ENDED)
    return rows.filter(case__in=said_once(Case.objects.worked_by(user))).select_related("case", "lead").order_by("-pk")


def same_person(user: User) -> Any:
    """Pairs of records that may be one person, of the units over which the person judges them, as far as they may see
    what speaks for it: the likeliest first, by that. `visible_to`, because the two records are seldom of one team. Index:
    duplicate_queue.
    """
    held = Posting.objects.current().filter(user=user, role__in=JUDGES).order_by()
    rows = (
        Duplicate.objects.visible_to(user)
        .to_judge()
        .filter(unit__lineage__overlap=ArraySubquery(held.values("unit_id")))
    )
    return rows.likeliest_first(user)


def stalking(user: User) -> Any:
    """Open cases of the team that bear the flag of stalking or harassment, by a sign of the abuse or set by hand (S0-002).
    Indexes: incident_of_case, set_marker_once.
    """
    signs = Incident.objects.standing().filter(case=OuterRef("pk"), abuse_signs__overlap=list(STALKING_SIGNS))
    by_hand = SetMarker.objects.standing().filter(case=OuterRef("pk"), code="stalking", cleared_at__isnull=True)
    rows = Case.objects.filter(pk__in=said_once(Case.objects.worked_by(user)), state=Case.State.OPEN)
    return rows.filter(Exists(signs) | Exists(by_hand))


EVERYBODY = frozenset(ROLES)
REVIEW_CLOCKS = tuple(clock_name(row) for row in TRIGGERS)
WORKS_THE_TEAM = SUPERVISORS | COMMAND | SPECIALISTS | roles("control_supervisor")
#: Decides on the safety plans of considerations, which nobody else may know.
OF_CONSIDERATIONS = roles("disclosure_supervisor")

# fmt: off
MINE    = Queue("my-work", "My work",                       EVERYBODY,      held_by)
IN_HAND = Queue("in-hand", "Records you have not sent",     EVERYBODY,      being_recorded)
TEAM    = Queue("team",    "Team queue",                    WORKS_THE_TEAM, owed_by_the_team)
UNHEARD = Queue("unheard", "Nobody could be told",          WORKS_THE_TEAM, unheard)
NOBODYS = Queue("nobodys", "Held by nobody",                WORKS_THE_TEAM, nobodys)
DUPLICATES = Queue("duplicates", "May be the same person",  JUDGES,         same_person)
NO_ARREST = Queue("no-arrest", "No arrest to check",       SUPERVISORS | COMMAND, no_arrest_to_check)
PLANS   = Queue("repeat-plans", "Repeat-victim plans",      PLANNERS | COMMAND, repeat_plans)
BUREAU  = Queue("bureau",  "Intelligence bureau",           roles("intelligence_officer"), sent_to_the_bureau)
REVIEWS = Queue("risk-reviews", "Risk reviews",             SPECIALISTS | SUPERVISORS | COMMAND, risk_reviews)
STALKING = Queue("stalking", "Stalking and harassment",    SPECIALISTS | SUPERVISORS, stalking)
APPROVE_PLANS = Queue("plans-to-approve", "Safety plans to approve", SUPERVISORS | COMMAND | OF_CONSIDERATIONS, plans_to_approve)
REVIEW_PLANS = Queue("plans-to-review", "Safety plans to review", WORKS_THE_TEAM | OF_CONSIDERATIONS, plans_to_review)
EXCEPTIONS = Queue("exceptions", "Exceptions to decide",    SUPERVISORS | COMMAND, exceptions_to_decide)
SERIAL  = Queue("serial-plans", "Serial perpetrator plans", LISTED,         serial_plans)
# fmt: on
QUEUES: dict[str, Queue] = {
    queue.name: queue
    for queue in (
        MINE,
        IN_HAND,
        TEAM,
        UNHEARD,
        NOBODYS,
        NO_ARREST,
        PLANS,
        DUPLICATES,
        BUREAU,
        REVIEWS,
        STALKING,
        APPROVE_PLANS,
        REVIEW_PLANS,
        EXCEPTIONS,
        SERIAL,
    )
}  # fmt: skip
