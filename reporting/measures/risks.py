"""RISK: how it was graded, when, by whom it was checked, and what was done about it."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from accounts.roles import SPECIALISTS
from marac.models import Referral
from reporting.measures.declare import Basis, Measure, Part, declare
from reporting.measures.facts import (
    ASSESSED,
    CHECKS,
    FIRST_GRADES,
    LOOKED_AT,
    OPEN_CASES,
    PASSED,
    REPORTS,
    TO_DASH,
    with_plan,
)
from reporting.measures.volumes import EQUAL, WHERE
from risk.models import Assessment, RiskDecision

IN_DANGER = OPEN_CASES.only("open cases, high or medium risk now", grade__in=("high", "medium"))
HIGH = FIRST_GRADES.only("graded high first", to_grade="high")


def asked(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(
        Exists(Assessment.objects.standing().filter(incident=OuterRef("pk"), state=Assessment.State.STANDING))
    )


def asked_in_time(rows: QuerySet[Any]) -> QuerySet[Any]:
    soon = Assessment.objects.standing().filter(
        incident=OuterRef("pk"), asked_at__lte=OuterRef("reported_at") + timedelta(hours=24)
    )
    return rows.filter(Exists(soon))


def refused(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(
        Exists(Assessment.objects.standing().filter(incident=OuterRef("pk"), stopped_code="refused_all"))
    )


def lowered(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(
        Exists(RiskDecision.objects.filter(case=OuterRef("case"), kind="lowered", at__gte=OuterRef("at")))
    )


def seen_by_specialist(rows: QuerySet[Any]) -> QuerySet[Any]:
    """First grades by others, with the first grade `theirs` that a specialist gave the case afterwards. Index:
    risk_decision_of_case.
    """
    later = RiskDecision.objects.filter(case=OuterRef("case"), role__in=SPECIALISTS, at__gte=OuterRef("at"))
    theirs = Subquery(later.order_by("at", "pk").values("to_grade")[:1])
    return rows.exclude(role__in=SPECIALISTS).annotate(theirs=theirs).filter(theirs__isnull=False)


SEEN_BY_SPECIALIST = FIRST_GRADES.those("first grades that a specialist looked at", seen_by_specialist)


def referred(rows: QuerySet[Any]) -> QuerySet[Any]:
    sent = Referral.objects.standing().filter(
        investigation=OuterRef("case"),
        submitted_at__isnull=False,
        submitted_at__gte=OuterRef("at") - timedelta(days=31),
    )
    return rows.filter(Exists(sent))


declare(
    Measure(
        "M44", "Equality gap", "How far a group lies from everybody in any of these measures, between what the gap lies with 95 of 100, and how many there are of whom the group is not known.",
        "Equality", "S3-094, S3-171; C.2", compares=True,
        mind="A gap is a question, no answer: who is in more danger, or reports later, differs too. Of few the gap may be chance, and then its interval holds nought.",
    ),
    Measure(
        "M24", "Risk levels", "First grades of the window by grade, for every 100 graded; broken down by the grade of the case now it is the movement.",
        "Risk", "S3-067", Basis.COHORT,
        tuple(Part(grade, grade.capitalize(), FIRST_GRADES.only(f"graded {grade} first", to_grade=grade), FIRST_GRADES) for grade in ("high", "medium", "standard")), by=("grade_now", *WHERE),
    ),
    Measure(
        "M25", "DASH done, and done in time", "Reports of the window with a DASH, and with one asked within 24 hours, for every 100 reports; refusals apart.",
        "Risk", "S3-025; R-01", Basis.COHORT,
        (Part("done", "Done", REPORTS.those("with a DASH", asked), REPORTS), Part("in-time", "Done within 24 hours", REPORTS.those("with a DASH in 24 hours", asked_in_time), REPORTS), Part("refused", "All questions refused", REPORTS.those("all refused", refused), REPORTS)),
        (TO_DASH,), by=(*WHERE, *EQUAL, "risk"), pair="checked", good="more",
    ),
    Measure(
        "M26", "Grades lowered", "First grades of the window whose case was lowered since, for every 100 graded.",
        "Risk", "S3-174; B.6", Basis.COHORT, (Part("lowered", "Lowered since", FIRST_GRADES.those("lowered since", lowered), FIRST_GRADES),), by=WHERE, good="",
        mind="A high share is a question about workload before it is one about judgement (B.6).",
    ),
    Measure(
        "specialist", "Grades that a specialist changed", "First grades of the window by somebody who is no specialist, whose case a specialist graded since: those that the specialist graded otherwise, for every 100.",
        "Risk", "S3-025; B.6", Basis.COHORT, (Part("changed", "Graded otherwise", SEEN_BY_SPECIALIST.those("graded otherwise", lambda rows: rows.exclude(theirs=F("to_grade"))), SEEN_BY_SPECIALIST),), by=(*WHERE, "supervisor"), pair="checked",
        mind="Neither more nor less is better: a force where nobody ever disagrees is not looking. The first grade that a specialist gave counts.",
    ),
    Measure(
        "M27", "High risk referred to MARAC", "Cases first graded high in the window that were referred to MARAC, for every 100 graded high.",
        "Risk", "S3-136; D.2", Basis.COHORT, (Part("referred", "Referred", HIGH.those("referred to MARAC", referred), HIGH),), by=(*WHERE, *EQUAL), good="more", pair="M28",
    ),
    Measure(
        "M41",
        "Safety plan in place",
        "Open cases that began in the window and are high or medium risk now, with a safety plan in force, for every 100.",
        "Risk",
        "S3-174; C",
        Basis.AS_AT,
        (Part("planned", "With a plan in force", IN_DANGER.those("with a safety plan in force", with_plan), IN_DANGER),),
        by=("division", "team", "risk"),
        good="more",
    ),
    Measure(
        "checked", "Quality of risk assessments", "Rows of quality checks that passed, for every 100 looked at.",
        "Risk", "S3-174; B.8", parts=(Part("passed", "Rows that passed", PASSED, LOOKED_AT), Part("checks", "Quality checks", CHECKS), Part("assessed", "Assessments", ASSESSED)), by=("team", "officer"), good="more",
    ),
)  # fmt: skip
