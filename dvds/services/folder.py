"""The case of a consideration: its own folder, of the disclosure unit and of whoever took it down until it is sent on."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Unit, User
from cases.models import Case, Holding
from cases.services import hold, name_person
from dvds.models.intake import UNIT_STAFF
from workflow.deadlines import repoint


def open_folder(*, unit: Unit, by: User, at: datetime) -> Case:
    """A new case of the unit. `at` is UTC. Whoever opens it holds it; where they are not of the unit they are named on it, and
    both end when they send it on.
    """
    case = Case.begin(Case.Kind.DISCLOSURE, unit, at)
    if is_guest(by, unit, at):
        name_person(case=case, person=by)
    if by.username != User.SYSTEM:
        hold(case=case, part=Holding.Part.INVESTIGATION, person=by, at=at)
    return case


def is_guest(person: User, unit: Unit, at: datetime) -> bool:
    """Whether somebody sees the cases of the unit only where they are named."""
    return person.username != User.SYSTEM and not person.holds(UNIT_STAFF, unit, at)


def leave_folder(case: Case, person: User, at: datetime) -> bool:
    """Whoever took it down sees it no longer, from the moment (UTC) on, and it waits for the unit; whether they were a guest."""
    if not is_guest(person, case.unit, at):
        return False
    name_person(case=case, person=person, until=at)
    case.holdings.filter(person=person, to_at__isnull=True).update(to_at=at)
    repoint(case)  # what it owes is no longer theirs: they hear nothing more of it
    return True
