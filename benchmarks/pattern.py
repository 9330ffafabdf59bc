"""The pattern folders: each told once through the ordinary verbs; every other folder of the scale is a copy of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from audit.models import Event
from benchmarks.judged import check
from cases.models import Case, Holding, Incident, SafeContact
from config.demo.stories import ACCOUNTS, Story
from config.demo.telling import Teller
from people.models import Birth, Person, PersonName
from risk.models import Answer, Assessment, QualityCheck, QualityVerdict, RiskDecision
from workflow.declare import workflow_of
from workflow.models import Approval, Deadline, DueChange
from workflow.policies import HOLDER, POLICIES

EVENTS_KEPT = 8  # acts of a folder in the bulk: ten million rows of the record would measure the disk
OPEN_EACH = 3  # open deadlines of a folder in the bulk


@dataclass(frozen=True, slots=True)
class Pattern:
    """One folder's rows: the ids of each model's, in the order in which they may be inserted."""

    rows: dict[Any, list[int]]
    officer: int
    sergeant: int
    unit: int


def tell(officer: User, sergeant: User, ends: str) -> Incident:
    """One incident of the demonstration, as far as `ends` says, by these two."""
    story = Story(0, 0, "officer", "sergeant", 6.5, ends, "medium", ACCOUNTS[0], arrested=True)
    return Teller(story, {"officer": officer, "sergeant": sergeant}, {}, timezone.now()).tell()


def whole(incident: Incident, officer: User, sergeant: User) -> Pattern:
    """Everything in the incident's folder."""
    return Pattern(_rows(incident.case), officer.pk, sergeant.pk, incident.case.unit_id)


def lean(incident: Incident, officer: User, sergeant: User) -> Pattern:
    """The folder as the bulk has it: its DASH checked, without the 27 answers, with its first acts only, and more owed."""
    check(incident, sergeant)
    _owe_more(incident, officer)
    rows = _rows(incident.case)
    rows.pop(Answer)
    owed = Deadline.objects.filter(pk__in=rows[Deadline]).values_list("started_by_event_id", "stopped_by_event_id")
    told = {pk for pair in owed for pk in pair if pk}
    rest = [pk for pk in rows[Event] if pk not in told]
    rows[Event] = sorted([*told, *rest[: EVENTS_KEPT - len(told)]])
    return Pattern(rows, officer.pk, sergeant.pk, incident.case.unit_id)


def _owe_more(incident: Incident, officer: User) -> None:
    """Further deadlines of clocks that whoever holds a case answers for, up to `OPEN_EACH`."""
    owed = list(Deadline.objects.open().filter(case=incident.case_id).order_by("pk"))
    if not 0 < len(owed) <= OPEN_EACH:
        raise LookupError(f"The pattern folder owes {len(owed)} things: look at supervision/policies.py.")
    there, names = owed[0], {row.policy for row in owed}
    # one that somebody else answers for asks its own record who that is, and here it would lie on an incident
    clocks = [policy for policy in POLICIES.values() if policy.name not in names and policy.held is None]
    clocks.sort(key=lambda policy: (policy.owed_by != HOLDER, policy.name))
    for policy in clocks[: OPEN_EACH - len(owed)]:
        there.pk, there.policy, there._state.adding = None, policy.name, True
        there.holder = officer if policy.owed_by == HOLDER else None
        there.save(force_insert=True)


def _rows(case: Case) -> dict[Any, list[int]]:
    incidents = list(Incident.objects.filter(case=case).values_list("pk", flat=True))
    found: dict[Any, Any] = {
        Case: Case.objects.filter(pk=case.pk),
        Person: Person.objects.filter(involvements__case=case),
        Event: Event.objects.filter(chain=case.pk),
        **{model: model.objects.filter(case=case) for model in (Holding, Incident)},
        **{kind.model: kind.model.objects.filter(case=case) for kind in workflow_of(Incident).all_rows()},
        **{model: model.objects.filter(case=case) for model in (PersonName, Birth)},
        **{
            model: model.objects.filter(case=case)
            for model in (Assessment, Answer, RiskDecision, SafeContact, QualityCheck)
        },
        QualityVerdict: QualityVerdict.objects.filter(check_of__case=case),
        Approval: Approval.objects.filter(subject_type="cases.incident", subject_id__in=incidents),
        Deadline: Deadline.objects.filter(case=case),
        DueChange: DueChange.objects.filter(deadline__case=case),
    }
    ids = {model: sorted(set(rows.order_by().values_list("pk", flat=True))) for model, rows in found.items()}
    return {model: pks for model, pks in ids.items() if pks}
