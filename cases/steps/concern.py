"""THE TABLE of an access that professional standards look into, emergency openings first among them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import PROFESSIONAL_STANDARDS, SYSTEM, roles
from audit import services as audit
from audit.models import Access
from cases.forms.emergency import EmergencyReason, Finding
from cases.models import AccessConcern, NamedGrant
from cases.services import name_person
from workflow.declare import ANY, NEW, STAYS, Step, Workflow

S = AccessConcern.State
Said = dict[str, Any]
#: Who may open a restricted investigation in an emergency: whoever leads a response or runs the control room.
BREAKERS = roles("sergeant", "inspector", "superintendent", "control_supervisor", "custody_officer")
OPENS_FOR = timedelta(hours=4)


def a_case_is_named(concern: Any, user: User) -> str:
    return "" if concern.concerning_id else "Not available. Begin from Emergency, where the case is named."


def still_open(concern: Any) -> bool:
    """the emergency opening has not ended"""
    return concern.until is not None and concern.until > timezone.now()


def open_now(concern: Any, said: Said, by: User, at: datetime) -> None:
    """Name them on the case for a few hours, and write it where the case says who has looked."""
    case = concern.concerning
    concern.kind, concern.person, concern.unit = AccessConcern.Kind.EMERGENCY, by, case.unit
    concern.code, concern.words, concern.until = said["code"], said["words"], at + OPENS_FOR
    name_person(case=case, person=by, until=concern.until)
    told = {"reason_code": f"emergency_{said['code']}", "reason": said["words"]}
    audit.looked(by=by, kind=Access.Kind.REASON, what=f"cases.case:{case.pk}", folder=case, **told)


def keep_raised(concern: Any, said: Said, by: User, at: datetime) -> None:
    concern.unit = concern.concerning.unit


def keep_finding(concern: Any, said: Said, by: User, at: datetime) -> None:
    concern.verdict, concern.finding = said["verdict"], said["reason"]


def end_opening(concern: Any, said: Said, by: User, at: datetime) -> None:
    """The grant ends with it, unless somebody has named them for good meanwhile."""
    grants = NamedGrant.objects.filter(content_object=concern.concerning, user=concern.person, until__isnull=False)
    grants.update(until=at)
    concern.until = at


# fmt: off
CONCERN = Workflow("concern", AccessConcern, S,
    Step("emergency", "Open a restricted case in an emergency", NEW,    S.WAITING,  BREAKERS,               EmergencyReason, guards=(a_case_is_named,), effect=open_now, done="Opened in an emergency"),
    Step("raise",     "Report an access to be looked into",     NEW,    S.WAITING,  SYSTEM,                 guards=(a_case_is_named,), effect=keep_raised, done="Access reported"),
    Step("review",    "Say what you found",                     S.WAITING, S.REVIEWED, PROFESSIONAL_STANDARDS, Finding, effect=keep_finding, done="Access looked into"),
    Step("end",       "End this emergency opening now",         ANY,    STAYS,      PROFESSIONAL_STANDARDS, when=still_open, effect=end_opening, done="Emergency opening ended"),
    finished=(S.REVIEWED,), label="access to look into",
)
# fmt: on
