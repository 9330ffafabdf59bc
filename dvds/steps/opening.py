"""The door: a consideration is opened from what waits, taken down section by section, and goes to its checks (A0, A1, N1).

What may be done all along stands here too: a contact within the plan, a supervisor’s leave, a crime that was told of.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import SYSTEM
from cases.models import Case
from dvds.forms.contact import ContactAllowed, ContactMade
from dvds.forms.crime import CrimeAlleged
from dvds.forms.intake import TakenUp
from dvds.forms.opening import FirstContact
from dvds.models import Application, ContactLeave, Intake
from dvds.services.contact import keep_attempt
from dvds.services.crime import end_crime_task, owe_crime, record_incident
from dvds.services.folder import leave_folder
from dvds.services.opening import begin
from dvds.steps.held import danger_acted_on, nobody_unsafe, safe_contact_whole
from dvds.steps.roles import SUPERVISOR, TAKERS
from workflow.declare import NEW, STAYS, Step, complete
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S = Application.State
HIDDEN = "There is no such investigation, or you may not see it. Check the reference."
#: While anything is still to be done with it: the end itself may need one more call.
GOING_ON = tuple(state for state in S if state not in (S.CLOSED, S.MERGED, S.TRANSFERRED))


def no_case_yet(application: Any, user: User) -> str:
    """Guard: it opens a case of its own."""
    return "Not available here. It has a case of its own: begin it among the requests." if application.case_id else ""


def keep_forwarded(application: Any, said: Said, by: User, at: datetime) -> None:
    """Whoever took it down and is not of the unit has done their part: they see it no longer, and go back to what waits."""
    if leave_folder(application.case, by, at):
        application.led_to = Intake()


def keep_contact(application: Any, said: Said, by: User, at: datetime) -> None:
    keep_attempt(application, said, by, at)


def keep_leave(application: Any, said: Said, by: User, at: datetime) -> None:
    ContactLeave.objects.create(application=application, case=application.case, recorded_by=by, recorded_at=at, **said)


def keep_crime(application: Any, said: Said, by: User, at: datetime) -> None:
    """The number and the investigation where they are known, or an incident that begins now; else it is owed. The investigation
    learns nothing of this.
    """
    application.crime_alleged = "yes"
    application.crime_reference = said["number"] or application.crime_reference
    if said["reference"] is not None:
        if not Case.objects.visible_to(by).filter(pk=said["reference"].pk).exists():
            raise Refused(Refusal.GUARD, HIDDEN)
        application.investigation = said["reference"]
        application.crime_reference = application.crime_reference or said["reference"].reference
    if said["record"]:
        application.investigation = record_incident(application, said["account"], by, at).case
        application.crime_reference = application.investigation.reference
    if application.crime_reference:
        end_crime_task(application, by, at)
    else:
        owe_crime(application, by, at, said["what"])


# fmt: off
OPENING = (
    Step("open",    "Take the request down", NEW,      S.OPENED, TAKERS | SYSTEM, FirstContact, guards=(no_case_yet,), effect=begin, done="Taken down"),
    Step("forward", "Send it to be checked", S.OPENED, S.CHECKS, TAKERS | SYSTEM, TakenUp, guards=(nobody_unsafe, danger_acted_on, safe_contact_whole, complete), effect=keep_forwarded, done="Sent to be checked"),
    Step("contact", "Record an attempt at contact", GOING_ON, STAYS, TAKERS, ContactMade, effect=keep_contact, done="Attempt at contact"),
    Step("allow-contact", "Allow one contact outside the plan", GOING_ON, STAYS, SUPERVISOR, ContactAllowed, effect=keep_leave, done="One contact outside the plan allowed"),
    Step("crime",   "Record that a crime was told of", GOING_ON, STAYS, TAKERS, CrimeAlleged, effect=keep_crime, done="A crime was told of"),
)
# fmt: on
