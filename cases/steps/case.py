"""The folder's own table: who holds it, who is named on it, open and closed."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import (
    COMMAND,
    FRONTLINE,
    PROFESSIONAL_STANDARDS,
    SPECIALISTS,
    SUPERVISORS,
    SYSTEM,
)
from cases.forms.emergency import KnownToHolder
from cases.forms.safety import NamePerson, NewHolder
from cases.forms.strand import LinkedWith
from cases.models import AccessConcern, Case, LinkedStrand
from cases.services import hold, name_person
from cases.steps.marker import MARKER_STEPS
from cases.steps.safety import CAREFUL, SAFETY, Said, unsafe_now
from workflow.clock import LONDON
from workflow.declare import ANY, STAYS, WORKFLOWS, Step, Workflow

S = Case.State


def is_restricted(case: Any) -> bool:
    """the case is restricted"""
    return bool(case.restricted)


def nobody_unsafe(case: Any, user: User) -> str:
    return "Not yet. Somebody is said to be unsafe now." if unsafe_now(case) else ""


def nothing_unfinished(case: Any, user: User) -> str:
    """Asks every workflow whether it has anything unfinished in the folder; one query for all of them."""
    rows = [found for workflow in WORKFLOWS.values() if (found := unfinished_in(case, workflow)) is not None]
    count = rows[0].union(*rows[1:], all=True).count() if rows else 0
    words = ngettext(
        "Not yet. %(count)s record is not finished.", "Not yet. %(count)s records are not finished.", count
    )
    return words % {"count": count} if count else ""


def unfinished_in(case: Any, workflow: Workflow) -> Any:
    """Ids of the workflow's records that are not in a finished state; None where it has none in a folder, or only parts: a
    part is as finished as the record it is a part of.
    """
    fields = {field.name for field in workflow.model._meta.concrete_fields}
    if "case" not in fields or workflow.part_of:
        return None
    rows = workflow.model.objects.standing().filter(case=case).exclude(state__in=workflow.finished)
    return rows.order_by().values_list("pk")


def nothing_owed(case: Any, user: User) -> str:
    count = case.deadlines.open().count()
    words = ngettext("Not yet. %(count)s thing is owed.", "Not yet. %(count)s things are owed.", count)
    return words % {"count": count} if count else ""


def change_holder(case: Any, said: Said, by: User, at: datetime) -> None:
    """Whoever holds a part of a restricted case is named on it, or could not do the work."""
    hold(case=case, part=said["part"], person=said["person"], at=at)
    if case.restricted:
        name_person(case=case, person=said["person"])


def name_somebody(case: Any, said: Said, by: User, at: datetime) -> None:
    """Named to the end of the last day, London time; for good where no day is given."""
    until = said["until"] and timezone.make_aware(datetime.combine(said["until"], time.max), LONDON)
    name_person(case=case, person=said["person"], until=until)


def release(case: Any, said: Said, by: User, at: datetime) -> None:
    """What somebody held who has left is held by nobody: it stands so in the team's queue."""
    case.holdings.filter(to_at__isnull=True, person__state=User.State.LEFT).update(to_at=at)


def lift(case: Any, said: Said, by: User, at: datetime) -> None:
    case.restricted = False


def opened_in_an_emergency(case: Any) -> bool:
    """the restricted case was opened in an emergency, of which nobody on it has said that they know"""
    if not case.restricted:
        return False
    asked = getattr(case, "opened_unknown", None)  # the case page has asked already, with the case itself
    return bool(unknown_openings(case).exists() if asked is None else asked)


def unknown_openings(case: Any) -> Any:
    return AccessConcern.objects.filter(concerning=case, kind=AccessConcern.Kind.EMERGENCY, known_at__isnull=True)


def keep_strand(case: Any, said: Said, by: User, at: datetime) -> None:
    LinkedStrand.objects.create(case=case, recorded_by=by, recorded_at=at, **said)


def not_their_own(case: Any, user: User) -> str:
    own = unknown_openings(case).filter(person=user).exists()
    return "You cannot do this. You opened it, so somebody who holds the case must say." if own else ""


def know_of_it(case: Any, said: Said, by: User, at: datetime) -> None:
    unknown_openings(case).update(known_at=at, known_by=by, known_words=said["reason"])


# fmt: off
CASE = Workflow("case", Case, S,
    Step("hold",   "Change who holds this case", S.OPEN,   STAYS,    FRONTLINE,               NewHolder, effect=change_holder, done="Holder changed"),
    Step("name",   "Name somebody on this case", ANY,      STAYS,    SUPERVISORS | SPECIALISTS | PROFESSIONAL_STANDARDS, NamePerson, effect=name_somebody, done="Somebody was named on the case"),
    Step("lift",   "Lift the restriction",       ANY,      STAYS,    COMMAND | PROFESSIONAL_STANDARDS, when=is_restricted, effect=lift, done="Restriction lifted"),
    Step("release", "Release what a leaver held", ANY,     STAYS,    SYSTEM,                  effect=release, done="Whoever held a part of this has left: it must be given to somebody"),
    Step("close",  "Close the case",             S.OPEN,   S.CLOSED, SUPERVISORS,             guards=(nobody_unsafe, nothing_unfinished, nothing_owed), done="Case closed"),
    Step("reopen", "Open the case again",        S.CLOSED, S.OPEN,   FRONTLINE,               done="Case opened again"),
    Step("know",   "Say that you know of the emergency opening", ANY, STAYS, FRONTLINE, KnownToHolder, when=opened_in_an_emergency, guards=(not_their_own,), effect=know_of_it, done="Emergency opening known"),
    Step("link",   "Link with another matter",   ANY,      STAYS,    CAREFUL,                 LinkedWith, effect=keep_strand, done="Linked with another matter"),
    *MARKER_STEPS,
    *SAFETY,
    label="case",
)
# fmt: on
