"""WITH PARTNERS: MARAC, disclosure, schools."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from reporting.disclosures.outcomes import DECIDED, PUBLISHED, TO_TELL, TOLD, Published
from reporting.measures.declare import Basis, Counted, Measure, Outside, Part, declare
from reporting.measures.facts import CONSIDERED, HEARD, REFERRED, SCHOOLS, TO_END, TO_TELLING
from reporting.models.outside import OutsideKind
from reporting.outside.table import ADULTS

ELSEWHERE = tuple(code for code, pair in PUBLISHED.items() if pair is Published.ELSEWHERE)
NOT_TOLD = tuple(code for code, pair in PUBLISHED.items() if pair is Published.NO)

#: Of those that were to be counted here at all: not converted, merged or with another force (reporting.disclosures.outcomes).
COUNTED_HERE = CONSIDERED.those(
    "considerations that are counted here", lambda rows: rows.exclude(outcome__in=ELSEWHERE)
)
WOMEN = Outside(
    "women aged 16 and over who live there", OutsideKind.POPULATION, ("people",), people=True, age=ADULTS, sex="F"
)


def repeated(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Referrals of somebody heard within the twelve months before, or sent for that (R-32)."""
    return rows.filter(Q(repeat_of__isnull=False) | Q(grounds__contains=["repeat"]))


REPEATS = HEARD.those(
    "repeats",
    lambda rows: rows.filter(Q(referral__repeat_of__isnull=False) | Q(referral__grounds__contains=["repeat"])),
)


def ended_as(label: str, *codes: str) -> Counted:
    return CONSIDERED.only(label, outcome__in=codes)


DECIDED_ON, TO_BE_TOLD = ended_as("decided", *DECIDED), ended_as("decided to be told", *TO_TELL)
WERE_TOLD = ended_as("told", *TOLD)

#: The clocks from a high risk to the agenda of a forum.
REFERRING = ("marac-referred", "agency-referral-sent", "marac-referral-accepted", "marac-referral-listed")

declare(
    Measure(
        "M28", "MARAC", "Cases heard to an end at MARAC in the window, repeats among them; of them repeats, for every 100; cases for every 10,000 women aged 16 and over; referrals that were sent.",
        "Partners", "S3-068, S3-136, S3-169; D.9", Basis.PERIOD,
        (
            Part("cases", "Cases heard", HEARD), Part("repeats", "Repeats", REPEATS, HEARD),
            Part("per-10000", "Cases for every 10,000 women", HEARD, WOMEN, per=10_000), Part("referrals", "Referrals", REFERRED),
        ),
        by=("division",), pair="M27",
        mind="Counted as the quarterly return counts (D.9). Only of twelve months may cases for every 10,000 women be set beside what SafeLives publishes; how many women live there is brought in from outside.",
    ),
    Measure(
        "referred", "Referrals to MARAC", "Referrals sent in the window: accepted, by the police, of repeats, each for every 100 sent.",
        "Partners", "S3-136; D.2", Basis.COHORT,
        (
            Part("sent", "Sent", REFERRED), Part("accepted", "Accepted", REFERRED.only("accepted", accepted_at__isnull=False), REFERRED),
            Part("police", "By the police", REFERRED.only("by the police", agency__isnull=True), REFERRED),
            Part("repeats", "Repeats", REFERRED.those("of repeats", repeated), REFERRED),
        ),
        by=("source", "division"), pair="M27", mind="How soon they were sent and accepted are clocks of their own; how many of those at high risk were referred is M27.",
    ),
    Measure(
        "M31", "Clare’s Law", "Considerations of disclosure first heard of in the window; those told, for every 100 applications, for every 100 decided, for every 100 decided to be told; and how long it took.",
        "Partners", "S3-173, S2-023; DVDS F, H8", Basis.COHORT,
        (
            Part("considered", "Considered", CONSIDERED), Part("told", "Told, of applications", WERE_TOLD, COUNTED_HERE),
            Part("told-decided", "Told, of those decided", WERE_TOLD, DECIDED_ON), Part("told-to-tell", "Told, of those to be told", WERE_TOLD, TO_BE_TOLD),
            Part("not-told", "Ended and not told, of applications", ended_as("ended and not told", *NOT_TOLD), COUNTED_HERE),
        ),
        (TO_TELLING, TO_END), by=("route", "result", "division"), pair="M20",
        mind="Those converted, merged or handed to another force are counted where they went on. Whoever did not want to hear it, or could not be reached, was decided to be told and was not.",
    ),
    Measure(
        "M33", "Schools told in time", "Notices owed to schools in the window that were given before the bell, for every 100.",
        "Partners", "E.7; R-42", Basis.COHORT, (Part("in-time", "Told before the bell", SCHOOLS.only("told before the bell", told_at__lte=F("bell_at")), SCHOOLS),), by=("division", "team", "age"), good="more", pair="M25",
    ),
)  # fmt: skip
