"""THE SERVICE: how soon somebody came, what they used, what people said of it, who was trained."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from reporting.measures.declare import Basis, Measure, Part, declare
from reporting.measures.facts import (
    ANSWERS,
    ASKED,
    CALLS,
    COMPLETED,
    HELD_NOW,
    HOLDERS,
    OPEN_NOW,
    PARTNERS_SAY,
    REPORTS,
    WEIGHED,
    WEIGHTS,
    nobodys,
    trained,
)
from reporting.measures.volumes import WHERE
from reporting.models import Survey
from reporting.models.feedback import SATISFIED

ATTENDED = REPORTS.only("reports with an answer on body-worn video", bwv_used__in=("yes", "no"))
JUDGED = CALLS.only("calls confirmed or not", confirmed__in=("yes", "no"))

declare(
    Measure("M32", "Victims’ Code", "Entitlements of the Victims’ Code that were met, for every 100 due.", "Service", "S VCOP", lacks="What the Victims’ Code entitles to, and by when, is not kept here yet."),
    Measure(
        "M35", "Flagged at the call", "Calls later confirmed as domestic abuse that were flagged at the call, for every 100 confirmed; and flagged calls that were found to be none.",
        "Service", "C.2", Basis.COHORT,
        (
            Part("flagged", "Flagged at the call", JUDGED.only("flagged and confirmed", confirmed="yes", flagged="yes"), JUDGED.only("confirmed as domestic abuse", confirmed="yes")),
            Part("wrong", "Flagged and found to be none", JUDGED.only("flagged and found to be none", confirmed="no", flagged="yes"), JUDGED.only("found to be none", confirmed="no")),
        ), by=("division", "team"), good="more",
    ),
    Measure(
        "M36", "Body-worn video", "Reports of the window with body-worn video, for every 100 of which it is known.",
        "Service", "S3-026", Basis.COHORT, (Part("used", "Used", ATTENDED.only("with body-worn video", bwv_used="yes"), ATTENDED),), by=(*WHERE, "risk"), good="more",
    ),
    Measure(
        "M38", "Satisfaction", "Answers of very or fairly satisfied, for every 100 valid answers to the scored question; and people who answered, for every 100 who were or could have been asked.",
        "Service", "S0-029, S3-069, S3-167", Basis.COHORT,
        (
            Part("satisfied", "Very or fairly satisfied", ANSWERS.only("very or fairly satisfied", value__in=SATISFIED), ANSWERS),
            Part("response", "Answered", ASKED.only("who answered", state=Survey.State.ANSWERED), ASKED),
        ), by=("stage", "risk_then"), good="more", of_force=True,
        mind="Nobody who works on a case learns what was answered in it: so of the whole force alone. An answer counts when it was given, a person when they were drawn. Only people who agreed and could be asked safely are asked, so those in most danger are heard least.",
    ),
    Measure(
        "partners-say", "Satisfaction of partners", "Answers of very or fairly satisfied by representatives of partners, for every 100 valid answers to the scored question.",
        "Service", "S3-168", Basis.COHORT, (Part("satisfied", "Very or fairly satisfied", PARTNERS_SAY.only("very or fairly satisfied", value__in=SATISFIED), PARTNERS_SAY),),
        good="more", of_force=True, pair="M38",
    ),
    Measure(
        "M42", "Training", "Assessments asked in the window and completed by somebody whose DASH training counted on that day, for every 100.",
        "Service", "R-02", Basis.COHORT, (Part("trained", "By somebody trained", COMPLETED.those("completed by somebody trained", trained), COMPLETED),), by=("division", "team", "officer"), good="more", pair="checked",
        mind="Which other courses a role needs is not recorded yet, so staff in role are not counted against them.",
    ),
    Measure(
        "M45", "Case-load", "Open investigations that somebody holds, for every officer who holds one: as cases, and weighted by risk.",
        "Service", "S3-031, S3-155; C.2", Basis.NOW,
        (
            Part("cases", "Cases for each officer", HELD_NOW, HOLDERS, per=1), Part("weighted", "Weighted cases for each officer", WEIGHED, HOLDERS, per=1),
            Part("held", "Cases held", HELD_NOW),
        ), by=("division", "team", "officer", "risk"), good="less", pair="M39",
        mind=f"A high-risk case weighs {WEIGHTS['high']}, one of medium risk {WEIGHTS['medium']}, any other 1 [R]: for the force to confirm. Above which load an officer holds too much is the threshold that the force sets for this measure.",
    ),
    Measure(
        "unheld", "Cases nobody holds", "Open investigations that nobody holds.", "Service", "S3-155; RC6", Basis.NOW,
        (Part("cases", "Cases nobody holds", OPEN_NOW.those("open cases that nobody holds", nobodys)),), by=("division", "team", "risk"), good="less", pair="M45",
    ),
)  # fmt: skip
