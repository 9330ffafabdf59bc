"""The clocks of crime: recorded within a day of the report, decided by the crime registrar, authorised by an inspector."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.models import Crime, NonCrime
from workflow.clock import hours, working_days
from workflow.policies import AT_ONCE, HOLDER, Policy, Rung

REGISTRAR, SERGEANT, INSPECTOR = "crime_registrar", "sergeant", "inspector"


def the_incident(record: Any) -> Any:
    """A crime, an assessment, and the question whether it is a crime, are of an incident; the incident is itself."""
    return getattr(record, "incident", record)


def time_of_report(record: Any) -> datetime | None:
    """The fact that starts RC1 and the law's clocks is the report to police, not when somebody began to type."""
    moment: datetime | None = the_incident(record).reported_at
    return moment


def undecided(record: Any) -> bool:
    """no crime stands, and nobody has approved that there is none"""
    incident = the_incident(record)
    if not incident.classed:
        return True
    if Crime.objects.live().filter(incident=incident).exists():
        return False
    return not NonCrime.objects.standing().filter(incident=incident, state=NonCrime.State.APPROVED).exists()


ROWS = (
    Policy(
        "crime-recorded", "Record the crime, or why not",
        starts=frozenset({"incident.begin", "non-crime.ask"}), from_=time_of_report, of=the_incident, applies=undecided,
        stops=frozenset({"crime.add", "incident.later-crime", "non-crime.approve"}),
        within=hours(24), ladder=(Rung(-4, HOLDER), Rung(0, SERGEANT), Rung(4, REGISTRAR)),
        wants="incident.submit", why="Crime, or why it is none",
        meets="A crime is recorded, or the crime registrar approves that there is none",
        missed="The sergeant is told at once, the crime registrar after four hours",
        authority="RC1: recorded as a crime, or approved as none, within 24 hours of the report [S HMI-NCRS]; who hears [R]",
    ),
    Policy(
        "non-crime-decided", "Decide: no crime",
        starts=frozenset({"non-crime.ask"}), stops=frozenset({"non-crime.approve", "non-crime.return"}),
        drops=frozenset({"non-crime.withdraw", "non-crime.drop"}),
        within=hours(24), ladder=(Rung(AT_ONCE, REGISTRAR), Rung(0, REGISTRAR), Rung(24, INSPECTOR)),
        owed_by=REGISTRAR, wants="non-crime.approve", why="Said to be no crime",
        meets="The crime registrar approves or returns it", missed="The crime registrar is told again, an inspector after a day",
        authority="S3-102: non-crime is approved by the crime registrar, within 24 hours of being asked [R]",
    ),
    Policy(
        "non-crime-mended", "Say again why it is no crime",
        starts=frozenset({"non-crime.return", "non-crime.withdraw"}), stops=frozenset({"non-crime.ask"}),
        drops=frozenset({"non-crime.drop"}),
        within=hours(12), ladder=(Rung(AT_ONCE, HOLDER), Rung(0, SERGEANT), Rung(4, REGISTRAR)),
        wants="non-crime.ask", why="To be sent to the crime registrar again",
        meets="It is sent again, or recorded as a crime",
        missed="The sergeant is told at once, the crime registrar after four hours",
        authority="Returned work is sent again within one turn of duty, taken as 12 hours [R]",
    ),
    Policy(
        "cancellation-decided", "Decide on a cancellation",
        starts=frozenset({"crime.ask-cancel"}), stops=frozenset({"crime.cancel", "crime.keep"}),
        drops=frozenset({"crime.withdraw-cancel"}),
        within=working_days(3), ladder=(Rung(AT_ONCE, REGISTRAR), Rung(0, REGISTRAR)),
        owed_by=REGISTRAR, wants="crime.cancel", why="Somebody asks to transfer or cancel it",
        meets="The crime registrar cancels it or keeps it", missed="The crime registrar is told again",
        authority="A.4: only the crime registrar cancels; decided within 3 working days [R]",
    ),
    Policy(
        "outcome-decided", "Decide on an outcome",
        starts=frozenset({"crime.ask-outcome", "crime.ask-caution"}),
        stops=frozenset({"crime.authorise-outcome", "crime.return-outcome"}), drops=frozenset({"crime.withdraw-outcome"}),
        within=hours(24), ladder=(Rung(AT_ONCE, INSPECTOR), Rung(0, INSPECTOR)),
        owed_by=INSPECTOR, wants="crime.authorise-outcome", why="An outcome needs an inspector's authority",
        meets="An inspector authorises it or does not", missed="The inspector is told again",
        authority="A.5: outcomes 2, 3, 8, 10, 21 and 22 on domestic abuse need an inspector; decided within 24 hours [R]",
    ),
)  # fmt: skip
