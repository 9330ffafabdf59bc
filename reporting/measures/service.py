"""THE SERVICE: how soon somebody came, what they used, what people said of it, who was trained."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from reporting.measures.declare import Basis, Measure, Part, declare
from reporting.measures.facts import CALLS, REPORTS
from reporting.measures.volumes import WHERE

ATTENDED = REPORTS.only("reports with an answer on body-worn video", bwv_used__in=("yes", "no"))
JUDGED = CALLS.only("calls confirmed or not", confirmed__in=("yes", "no"))

declare(
    Measure("M32", "Victims’ Code", "Entitlements of the Victims’ Code that were met, for every 100 due.", "Service", "S VCOP", lacks="The clocks of the Victims’ Code are not kept here yet."),
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
    Measure("M37", "Bail or release under investigation", "Bail with conditions, for every 100 released on bail or under investigation after an arrest for domestic abuse.", "Arrests", "000:75", lacks="Conditions of bail are not recorded here yet."),
    Measure("M38", "Satisfaction", "Answers of very or fairly satisfied, for every 100 valid answers.", "Service", "S3-069, S3-167", lacks="No survey has been asked yet."),
    Measure("M42", "Training", "Staff with current training in the course their role needs, for every 100 in role.", "Service", "R-02", lacks="Which course a role needs is not recorded yet, so there is nothing to count against."),
    Measure("M43", "Domestic homicides", "Domestic homicides and deaths related to domestic abuse.", "Harm", "S3-161", lacks="Deaths are not recorded here yet."),
)  # fmt: skip
