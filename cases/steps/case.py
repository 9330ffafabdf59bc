"""The folder's own table: who holds it, who is named on it, open and closed."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
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
from cases.forms.decision import DecisionSaid
from cases.forms.emergency import KnownToHolder
from cases.forms.safety import NamePerson, NewHolder
from cases.forms.standard import CaseClosed, Told
from cases.forms.strand import LinkedWith
from cases.models import AccessConcern, Case, LinkedStrand, LoggedDecision, StandardException
from cases.models.decision_log import DecisionKind
from cases.models.standard import exceptions_of
from cases.services import hold, log_decision, name_person
from cases.services.course import no_action_barred
from cases.steps.marker import MARKER_STEPS
from cases.steps.safety import CAREFUL, SAFETY, Said, unsafe_now
from cases.steps.standard import standards_met
from cases.visibility import may_hold
from workflow.clock import LONDON
from workflow.declare import ANY, STAYS, WORKFLOWS, Step, Workflow
from workflow.models import Refusal, Refused
from workflow.policies import outliving

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
    count = case.deadlines.open().exclude(policy__in=outliving()).count()
    words = ngettext("Not yet. %(count)s thing is owed.", "Not yet. %(count)s things are owed.", count)
    return words % {"count": count} if count else ""


def may_end(case: Any, user: User) -> str:
    """What another app says against ending it: insufficient information is the basis of nothing (R-12)."""
    return no_action_barred(case)


def change_holder(case: Any, said: Said, by: User, at: datetime) -> None:
    """Whoever holds a part of a restricted case is named on it, or could not do the work. Nobody holds what they are kept
    out of, or what their roles never work: what is owed there would be owed by nobody.
    """
    hold(case=case, part=said["part"], person=said["person"], at=at)
    if case.restricted:
        name_person(case=case, person=said["person"])
    if not may_hold(case, said["person"]):
        words = _(
            "Not available. %(person)s may not work this case, so nobody would do what is owed: choose somebody else."
        )
        raise Refused(Refusal.GUARD, words % {"person": said["person"].short_title()})


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


def keep_decision(case: Any, said: Said, by: User, at: datetime) -> None:
    """As whoever decided writes it. The moment of the decision is theirs to say; when it was written down is not."""
    headings = {name: said[name] for name in ("information", "threat", "powers", "options", "action", "ethics")}
    row = {name: said[name] for name in ("kind", "what", "decided_at")}
    LoggedDecision.objects.create(case=case, decided_by=by, recorded_by=by, recorded_at=at, **row, **headings)


def keep_closed(case: Any, said: Said, by: User, at: datetime) -> None:
    """Closing is a decision: which standards stood by exception, why, and whether the person harmed knows of it."""
    granted = exceptions_of(case).values()
    excepted = [f"{row.unmet}: {row.decided_why}" for row in granted if row.state == StandardException.State.GRANTED]
    headings = {
        "information": "\n".join(["The minimum standards are met.", *excepted]), "options": said["reason"],
        "action": f"{Told(said['told']).label}. {said['told_words']}",
    }  # fmt: skip
    log_decision(case, by, at, DecisionKind.CLOSURE, headings, what="The case is closed")


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
    Step("close",  "Close the case",             S.OPEN,   S.CLOSED, SUPERVISORS,             CaseClosed, guards=(nobody_unsafe, nothing_unfinished, nothing_owed, may_end, standards_met), effect=keep_closed, done="Case closed"),
    Step("reopen", "Open the case again",        S.CLOSED, S.OPEN,   FRONTLINE,               done="Case opened again"),
    Step("know",   "Say that you know of the emergency opening", ANY, STAYS, FRONTLINE, KnownToHolder, when=opened_in_an_emergency, guards=(not_their_own,), effect=know_of_it, done="Emergency opening known"),
    Step("link",   "Link with another matter",   ANY,      STAYS,    CAREFUL,                 LinkedWith, effect=keep_strand, done="Linked with another matter"),
    Step("log-decision", "Write in the decision log", ANY,  STAYS,    CAREFUL,                 DecisionSaid, effect=keep_decision, done="Decision logged"),
    *MARKER_STEPS,
    *SAFETY,
    label="case",
)
# fmt: on
