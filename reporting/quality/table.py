"""THE TABLE of checks of the record: each a fault that somebody can mend, counted of all that could have it.

No check is of an officer, and none is a mark: it says which records to open, and why.
"""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_noop as N_

from cases.models import Case, Crime, Incident, Involvement
from cases.models.arrest import ArrestDecision
from cases.models.course import CourseEvent
from cases.models.relationship import NOT_KNOWN
from people.models import Birth, Description
from people.models.ethnicity import EIGHTEEN
from reporting.links.quality import OF_PEOPLE
from reporting.measures.declare import Counted
from reporting.measures.facts import ASSESSED, OUTCOMES, REPORTED, REPORTS, SUSPECT, VICTIM, course
from reporting.measures.facts import of_reports as taking_part
from risk.models import Assessment
from workflow.clock import LONDON

DAY = timedelta(days=1)


class Kind(Enum):
    """In the order of the page."""

    MISSING = N_("Missing")
    CONTRADICTORY = N_("Contradictory")
    LATE = N_("Late")
    UNKNOWN = N_("Not known")


@dataclass(frozen=True, slots=True)
class Check:
    """One row. `sentence` says what is wrong with a record that has it; `of` what could have it, by its own moment; `wrong`
    which of those do; `mend` what to do about it. `authority`: why it is asked.
    """

    code: str
    kind: Kind
    sentence: str
    of: Counted
    wrong: Q
    mend: str
    authority: str


def took_part(part: str, **so: Any) -> Q:
    """Whether somebody of whom this is so took such a part in the report. Index: the one of its incident."""
    return Q(Exists(Involvement.objects.standing().filter(incident=OuterRef("pk"), part=part, **so)))


def known(code: str) -> Q:
    """Whether the case itself knows such a fact of the person, as the report of links asks it."""
    own = Case.objects.filter(pk=OuterRef(OuterRef("case_id"))).order_by().values("pk")
    return Q({name: has for name, _label, has in OF_PEOPLE}[code](own))


def said(topic: str, *answers: str) -> Q:
    """Whether the person gave one of these answers in this case; that nobody asked, or they would not say, is none."""
    rows = Description.objects.standing().filter(
        topic=topic, answer__in=answers, person=OuterRef("person"), case=OuterRef("case")
    )
    return Q(Exists(rows))


def born_after(moment: str) -> Q:
    """Whether a birth date that stands in the case lies after the day (London) of a moment."""
    born = Birth.objects.standing().filter(person=OuterRef("person"), case=OuterRef("case"))
    day = TruncDate(ExpressionWrapper(OuterRef(moment), DateTimeField()), tzinfo=LONDON)
    return Q(Exists(born.filter(born_on__gt=day)))


def arrest_said() -> Q:
    rows = ArrestDecision.objects.standing().filter(suspect=OuterRef("pk"), arrested__in=("yes", "no"))
    return Q(Exists(rows))


def assessed() -> Q:
    rows = Assessment.objects.standing().filter(incident=OuterRef("pk"), state=Assessment.State.STANDING)
    return Q(Exists(rows))


A_CRIME = Q(Exists(Crime.objects.live().filter(incident=OuterRef("pk"))))
A_CHARGE = Q(Exists(course(CourseEvent.Kind.CHARGE).filter(case=OuterRef("case"))))
A_CHILD_THERE = took_part(Involvement.Part.CHILD, whereabouts__in=("saw", "heard", "in_house"))
NOWHERE = Q(place="", postcode="")

# fmt: off
RECORDS   = Counted("reports, domestic abuse or not", lambda: Incident.objects.standing(), "reported_at", REPORTED, incident="pk")
HARMED    = Counted("people harmed, in each report", lambda: taking_part(VICTIM), "incident__reported_at", REPORTED, incident="incident")
SUSPECTED = Counted("suspects, in each report", lambda: taking_part(SUSPECT), "incident__reported_at", REPORTED, incident="incident")
DECISIONS = Counted("decisions to arrest or not", lambda: ArrestDecision.objects.standing(), "decided_at", "by the moment of the decision", incident="incident")

CHECKS: dict[str, Check] = {}


def declare(*rows: Check) -> None:
    """Put checks in the table; a fault stops the program."""
    for row in rows:
        for fault in faults(row):
            raise ImproperlyConfigured(f"Check {row.code}: {fault}")
        CHECKS[row.code] = row


def faults(row: Check) -> Iterator[str]:
    if row.code in CHECKS:
        yield "declared twice."
    if not row.authority or not row.sentence.endswith(".") or not row.mend.endswith("."):
        yield "it says what is wrong and what to do in a sentence, and on what authority."
    if not row.of.case:
        yield "it leads to the cases behind it."


declare(
    Check("no-harmed",       Kind.MISSING,       N_("Nobody is recorded as harmed."), REPORTS, ~took_part(VICTIM), N_("Name the person harmed, or say why nobody is known."), "A.6; C.1"),
    Check("no-place",        Kind.MISSING,       N_("Nothing says where it happened."), REPORTS, NOWHERE, N_("Write down the place or the postcode."), "S1-010; 001:25"),
    Check("no-time",         Kind.MISSING,       N_("Nothing says when it happened."), REPORTS, Q(occurred_from__isnull=True), N_("Write down when it began, as exactly as it is known."), "S1-010; 001:25"),
    Check("no-abuse",        Kind.MISSING,       N_("No kind of abuse has been chosen."), REPORTS, Q(abuse_types=[]), N_("Choose the kinds of abuse that there were."), "A.1; 2021 Act s1(3)"),
    Check("no-dash",         Kind.MISSING,       N_("No questions of risk were asked, and no refusal is recorded."), REPORTS, ~assessed(), N_("Do the DASH, or record that it was refused."), "M25; R-01"),
    Check("no-name",         Kind.MISSING,       N_("No name of the person harmed is known."), HARMED, ~known("named"), N_("Record the name."), "S3-159"),
    Check("no-birth",        Kind.MISSING,       N_("No whole birth date of the person harmed is known."), HARMED, ~known("born"), N_("Record the birth date, or the age as it was said."), "S3-159"),
    Check("no-arrest-said",  Kind.MISSING,       N_("Nothing says whether the suspect was arrested."), SUSPECTED, ~arrest_said(), N_("Record the decision to arrest or not, with its reasons."), "A.7; 003:247"),
    Check("suspect-unnamed", Kind.CONTRADICTORY, N_("The report says the suspect is known, and names none."), REPORTS, Q(suspect_known="yes") & ~took_part(SUSPECT), N_("Name the suspect, or change the answer."), "S1-010; 001:25"),
    Check("suspect-named",   Kind.CONTRADICTORY, N_("The report says the suspect is not known, and names one."), REPORTS, Q(suspect_known="no") & took_part(SUSPECT), N_("Change the answer, or take the suspect out."), "S1-010; 001:25"),
    Check("child-named",     Kind.CONTRADICTORY, N_("The report says no child was there, and names one who was."), REPORTS, Q(children_present="no") & A_CHILD_THERE, N_("Say where the child was."), "E.7; 2021 Act s49A"),
    Check("born-later",      Kind.CONTRADICTORY, N_("The person harmed was born after the day of the report."), HARMED, born_after("incident__reported_at"), N_("Correct the birth date."), "S1-010; 001:25"),
    Check("charge-unlisted", Kind.CONTRADICTORY, N_("The outcome is a charge, and the course of the case knows of none."), OUTCOMES, Q(code__in=("1", "1A")) & ~A_CHARGE, N_("Record the charge with its day."), "M08, M19"),
    Check("crime-of-none",   Kind.CONTRADICTORY, N_("It was found to be no domestic abuse, and a domestic abuse crime stands."), RECORDS, Q(da_confirmed="no") & A_CRIME, N_("Look again at the answer, or have the crime reclassified."), "C.2, M02"),
    Check("report-late",     Kind.LATE,          N_("Written down more than 24 hours after the report."), REPORTS, Q(recorded_at__gt=F("reported_at") + DAY), N_("Ask why it waited."), "RC1"),
    Check("crime-late",      Kind.LATE,          N_("The crime was recorded more than 24 hours after the report."), OUTCOMES, Q(recorded_at__gt=F("incident__reported_at") + DAY), N_("Ask why it waited."), "M05; Home Office crime recording rules"),
    Check("dash-late",       Kind.LATE,          N_("Questions of risk were asked more than 24 hours after the report."), ASSESSED, Q(asked_at__gt=F("incident__reported_at") + DAY), N_("Ask why it waited, and whether risk was looked at meanwhile."), "M25; R-20"),
    Check("arrest-late",     Kind.LATE,          N_("The decision to arrest or not was written down more than 24 hours after it was made."), DECISIONS, Q(recorded_at__gt=F("decided_at") + DAY), N_("Ask why it waited."), "S1-010; 001:25"),
    Check("connection",      Kind.UNKNOWN,       N_("How the suspect and the person harmed are connected is not known."), SUSPECTED, Q(relationship__in=("", NOT_KNOWN)), N_("Ask, and record it."), "2021 Act s2"),
    Check("ethnicity",       Kind.UNKNOWN,       N_("Ethnicity of the person harmed is not known, or was not said."), HARMED, ~said("ethnicity", *dict(EIGHTEEN)), N_("Offer the question at the next contact; nobody need answer it."), "D1, S3-061; A.6"),
    Check("gender",          Kind.UNKNOWN,       N_("Gender of the person harmed is not known, or was not said."), HARMED, ~said("gender", "F", "M", "X"), N_("Offer the question at the next contact; nobody need answer it."), "D1, S3-061; A.6"),
    Check("children",        Kind.UNKNOWN,       N_("Whether a child was there is not known."), REPORTS, Q(children_present__in=("", "not_known")), N_("Ask, and record it: a school may have to be told."), "E.7; 2021 Act s49A"),
    Check("unplaced",        Kind.UNKNOWN,       N_("The place is written down, and no house is found by it."), REPORTS, ~NOWHERE & Q(place_key=""), N_("Write the address with its number and postcode."), "S3-159"),
)
# fmt: on


def codes_of(kind: Kind) -> list[str]:
    return [row.code for row in CHECKS.values() if row.kind is kind]
