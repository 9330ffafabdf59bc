"""The program puts something at the door: a new partner beside somebody with a history, and something fresh about somebody of
whom nothing was held (H2, H15). It proposes; a person takes it up or sets it aside, and nobody is told anything by it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from cases.models import Case, Incident, Involvement, LinkedCase
from cases.models.relationship import PARTNER_CODES
from dvds.models import Application, Channel, Danger, Intake, Outcome, Part, Party, Route, Source
from dvds.services.intake import put_at_door
from people.models import Link
from people.services import names_for

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT
TOLD = (Outcome.DISCLOSED, Outcome.NO_UNDERTAKING, Outcome.EMERGENCY)
BESIDE = (
    "The program saw somebody with a history of harming a partner beside another. Look at it; nothing is decided by it."
)
FRESH = "Something new is recorded about somebody of whom nothing was held. Look at it; nothing is decided by it."


def propose_beside(incident: Incident, at: datetime) -> list[Intake]:
    """One proposal for each suspect of the incident who harmed another partner before, once for the two. `at` is UTC."""
    harmed = list(incident.people(VICTIM).values_list("person_id", flat=True))
    suspects = incident.people(SUSPECT).filter(relationship__in=PARTNER_CODES).exclude(person__in=harmed)
    made = [propose(incident, row.person_id, harmed[0], BESIDE, at) for row in suspects
            if harmed and qualifies(row.person_id, harmed[0], at)]  # fmt: skip
    return [intake for intake in made if intake is not None]


def propose_tied(link: Link, at: datetime) -> list[Intake]:
    """The same where an investigation learned that two are partners, though nothing happened between them yet."""
    if link.tie != "partner" or link.case.kind != Case.Kind.INVESTIGATION or kept_close(link.case):
        return []
    ways = ((link.person_id, link.other_id), (link.other_id, link.person_id))
    made = [
        record(subject, at_risk, BESIDE, at, beside=link.case)
        for subject, at_risk in ways
        if subject != at_risk and qualifies(subject, at_risk, at)
    ]
    return [intake for intake in made if intake is not None]


def qualifies(subject: int, at_risk: int, at: datetime) -> bool:
    """Whether somebody harmed, or is said to have harmed, another partner than this one; or was told of before. Three queries.

    Index: involvement_of_person, considered_person.
    """
    rows = Involvement.objects.standing().filter(person=subject, part=SUSPECT, relationship__in=PARTNER_CODES)
    rows = rows.exclude(incident__da_confirmed="no").filter(incident__struck_out_at__isnull=True)
    others = Involvement.objects.standing().filter(incident__in=rows.values("incident"), part=VICTIM)
    if others.exclude(person=at_risk).exists():
        return True
    mine = Party.objects.standing().filter(person=subject, part=Part.SUBJECT, application__outcome__in=TOLD)
    hers = Party.objects.standing().filter(person=at_risk, part=Part.AT_RISK).values("application")
    return bool(mine.exclude(application__in=hers).exists())


def propose_fresh(incident: Incident, at: datetime) -> list[Intake]:
    """A proposal for each suspect who was the subject of a closed one that found nothing held, about its person at risk."""
    suspects = list(incident.people(SUSPECT).values_list("person_id", flat=True))
    rows = Party.objects.standing().filter(person__in=suspects, part=Part.SUBJECT, application__in=nothing_held())
    made = [propose(incident, subject, her, FRESH, at) for subject, her in with_at_risk(rows)]
    return [intake for intake in made if intake is not None]


def propose_of_trace(trace: Any, at: datetime) -> list[Intake]:
    """The same where the trace was found by the checks of another consideration about the same subject."""
    subjects = trace.application.parties.standing().filter(part=Part.SUBJECT).values("person")
    rows = Party.objects.standing().filter(person__in=subjects, part=Part.SUBJECT, application__in=nothing_held())
    rows = rows.exclude(application=trace.application_id)
    made = [record(subject, her, FRESH, at, beside=None) for subject, her in with_at_risk(rows)]
    return [intake for intake in made if intake is not None]


def nothing_held() -> Any:
    """The closed considerations that found nothing. Index: application_on_the_board."""
    closed = Application.objects.standing().filter(state=Application.State.CLOSED, outcome=Outcome.NOTHING_HELD)
    return closed.values("pk")


def with_at_risk(subjects: Any) -> list[tuple[int, int]]:
    """(subject, person at risk) of the consideration of each of these subjects, in the order of the subjects. Two queries."""
    found = list(subjects.order_by("pk").values_list("application_id", "person_id"))
    rows = Party.objects.standing().filter(part=Part.AT_RISK, application__in={application for application, _ in found})
    hers: dict[int, list[int]] = {}
    for application, person in rows.order_by("pk").values_list("application_id", "person_id"):
        hers.setdefault(application, []).append(person)
    return [(subject, her) for application, subject in found for her in hers.get(application, [])]


def propose(incident: Incident, subject: int, at_risk: int, why: str, at: datetime) -> Intake | None:
    """Put it at the door of the disclosure unit over the case; None where it is there or goes on already, or may not be said."""
    return None if kept_close(incident.case) else record(subject, at_risk, why, at, beside=incident.case)


def record(subject: int, at_risk: int, why: str, at: datetime, *, beside: Case | None) -> Intake | None:
    """The proposal itself, once for the two of one case, and once while it waits."""
    if goes_on_already(subject, at_risk):
        return None
    system = User.objects.system()
    names = names_for([subject, at_risk], system)
    about = {"at_risk": names[at_risk][:200], "subject": f"{names[subject]} (person {subject})"[:300]}
    there = Intake.objects.filter(channel=Channel.PROGRAM, **about)
    if there.filter(Q(state=Intake.State.WAITING) | Q(investigation=beside, investigation__isnull=False)).exists():
        return None
    said = {
        "source": Source.PROGRAM.value,
        "danger": Danger.POSSIBLE.value,
        "why": why,
        "first_contact_at": at,
        **about,
    }
    return put_at_door(Route.KNOW, by=system, at=at, beside=beside, **said)


def goes_on_already(subject: int, at_risk: int) -> bool:
    """Whether an open consideration is about the two. Index: considered_person."""
    hers = Party.objects.standing().filter(person=at_risk, part=Part.AT_RISK).values("application")
    his = Party.objects.standing().filter(person=subject, part=Part.SUBJECT, application__in=hers).values("application")
    return bool(Application.objects.open().filter(pk__in=his).exists())


def kept_close(case: Case) -> bool:
    """A restricted case, or one beside it, says nothing at a door: whoever works it proposes by hand."""
    others = LinkedCase.objects.kept_alike().filter(case=case).values("other")
    return bool(case.restricted or Case.objects.filter(pk__in=others, restricted=True).exists())
