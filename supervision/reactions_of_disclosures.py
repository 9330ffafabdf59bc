"""What acts cause in Clare’s Law, and the other way: each slice of it in a block of its own."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Incident, Involvement
from cases.services.tasks import raise_task
from dvds.models import Application, Trace
from dvds.models.young import child_at_risk, young_at_risk, young_subject
from dvds.services.patterns import raise_patterns
from dvds.services.proposing import propose_beside, propose_fresh, propose_of_trace, propose_tied
from dvds.services.staff import of_staff
from dvds.steps.special import GOING
from people.models import Link
from workflow import engine
from workflow.reactions import Reaction

# --- special cases and looking back (X) ---
STAFF = "The subject works for the police or a partner: the program closed the case to all who need not work it."
CHILD = "The person at risk is a child below the age of the scheme: the way is child protection, beside this record."
YOUNG = "The person at risk is 16 or 17: children’s social care is told, and sits at the forum."
ADVICE = "The subject is under age: ask for legal advice before anything is told."


def application_of(event: Event) -> Application:
    found: Application = Application.objects.select_related("case__unit").get(pk=event.subject_id)
    return found


def staff_is_protected(event: Event) -> None:
    """A subject who is staff closes the case, whichever page said so (S337-375)."""
    application = application_of(event)
    if of_staff(application) and not application.case.restricted and application.state in GOING:
        said = {"reason": STAFF}
        engine.perform(application, "protect", by=User.objects.system(), evidence=said, seen=application.version)


def young_are_seen(event: Event) -> None:
    """Who is under age raises what is owed for it, once for the consideration (B4)."""
    application, now = application_of(event), timezone.now()
    owed = []
    if child_at_risk(application, now):
        owed.append(("child_route", CHILD))
    elif young_at_risk(application, now):
        owed.append(("young_person", YOUNG))
    if young_subject(application, now):
        owed.append(("young_advice", ADVICE))
    for kind, why in owed:
        raise_task(case=application.case, kind=kind, why=why, by=User.objects.system(), at=now, once=True)


def patterns_are_seen(event: Event) -> None:
    raise_patterns(application_of(event), timezone.now())


def incident_of(event: Event) -> Incident | None:
    rows = Involvement.objects.standing().filter(pk=event.subject_id).select_related("incident__case__unit")
    row = rows.first()
    return row.incident if row else None


def partner_is_proposed(event: Event) -> None:
    """A suspect, or whoever is harmed, is named, or how they are connected is said: who has a history is proposed (H15)."""
    incident = incident_of(event)
    if incident is not None:
        propose_beside(incident, timezone.now())
        propose_fresh(incident, timezone.now())


def tie_is_proposed(event: Event) -> None:
    link = Link.objects.standing().select_related("case__unit").filter(pk=event.subject_id).first()
    if link is not None:
        propose_tied(link, timezone.now())


def trace_is_proposed(event: Event) -> None:
    application = application_of(event)
    trace = (
        Trace.objects.standing()
        .filter(application=application, recorded_at__lte=event.recorded_at)
        .order_by("-pk")
        .first()
    )
    if trace is not None:
        propose_of_trace(trace, timezone.now())


def says_staff(event: Event, application: Any) -> bool:
    return of_staff(application)


def of_the_two(event: Event, row: Any) -> bool:
    return row.part in (Involvement.Part.SUSPECT, Involvement.Part.VICTIM)


STAFF_SAID = ("consideration.amend", "consideration.open", "consideration.forward")
PEOPLE_KNOWN = ("consideration.forward", "consideration.finish-checks", "consideration.triage")
LOOKING_BACK: tuple[Reaction, ...] = (
    *(Reaction(f"staff-{name.rpartition('.')[2]}", name, staff_is_protected, when=says_staff) for name in STAFF_SAID),
    *(Reaction(f"young-{name.rpartition('.')[2]}", name, young_are_seen) for name in PEOPLE_KNOWN),
    *(Reaction(f"patterns-{name.rpartition('.')[2]}", name, patterns_are_seen) for name in PEOPLE_KNOWN),
    Reaction("partner-named", "involvement.add", partner_is_proposed, when=of_the_two),
    Reaction("partner-said", "involvement.amend", partner_is_proposed, when=of_the_two),
    Reaction("partner-tied", "link.add", tie_is_proposed),
    Reaction("trace-proposed", "consideration.add-trace", trace_is_proposed),
)
REACTIONS: tuple[Reaction, ...] = LOOKING_BACK
