"""HOW MUCH: reports, crimes, and how soon they were recorded."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from reporting.measures.declare import Basis, Measure, Outside, Part, declare
from reporting.measures.facts import A_CRIME_STANDS, CANCELLED, CRIMES, NO_CRIMES, REPORTS
from reporting.models.outside import OutsideKind
from reporting.outside.table import ALL, VIOLENCE
from reporting.outside.table import RECORDED as RECORDED_CRIME

WHO = ("gender", "ethnicity", "disability", "age", "relationship", "repeat", "risk", "area")
WHERE = ("division", "team", "officer")
#: What people are by whom the service is compared (M44).
EQUAL = ("gender", "ethnicity", "disability", "age")
IN_TIME = CRIMES.only(
    "recorded within 24 hours of the report", recorded_at__lte=F("incident__reported_at") + timedelta(hours=24)
)
#: The groups of our own offences that the Home Office counts as violence against the person [K].
VIOLENT = CRIMES.only(
    "domestic abuse crimes of violence against the person", offence__group__in=("Violence", "Harassment")
)

declare(
    Measure(
        "M01", "Domestic abuse incidents and crimes",
        "Domestic abuse incidents that were not recorded as crime, and domestic abuse crimes that were not cancelled; an incident that became a crime counts once, as the crime.",
        "Volumes", "S3-160; ONS, domestic abuse-related incidents and crimes [S ONS25]",
        parts=(Part("no-crimes", "Incidents not recorded as crime", NO_CRIMES), Part("crimes", "Crimes", CRIMES), Part("reports", "Reports in all", REPORTS)),
        by=(*WHERE, *WHO), pair="M25",
    ),
    Measure(
        "M02", "Domestic abuse crimes", "Domestic abuse crimes recorded in the window and not cancelled: since June 2023 the principal one of a report.",
        "Volumes", "S3-163; Home Office counting rules", parts=(Part("crimes", "Crimes", CRIMES), Part("cancelled", "Transferred or cancelled", CANCELLED)),
        by=(*WHERE, *WHO, "offence"), pair="M05",
    ),
    Measure(
        "M03", "Recorded as crime", "Domestic abuse reports of the window of which a crime stands, for every 100 reports.",
        "Volumes", "C.2; as the ONS reckons it", Basis.COHORT,
        (Part("crimes", "Recorded as crime", REPORTS.only("reports of which a crime stands", A_CRIME_STANDS), REPORTS),),
        by=(*WHERE, *WHO),
    ),
    Measure(
        "M04", "Domestic abuse share of all crime", "Domestic abuse crimes, for every 100 crimes of all kinds that were recorded; and of violence against the person.",
        "Volumes", "C.2; all recorded crime is published by the Home Office",
        parts=(
            Part("all", "Of all crime", CRIMES, Outside("crimes of all kinds recorded", OutsideKind.CRIME, (RECORDED_CRIME,), ALL)),
            Part("violence", "Of violence against the person", VIOLENT, Outside("crimes of violence against the person recorded", OutsideKind.CRIME, (RECORDED_CRIME,), VIOLENCE)),
        ), by=("division",), pair="M02",
        mind="All recorded crime is brought in from outside. A month for which it was not is not shown, and nothing is put in its place; of a window with such a month there is no figure. Violence against the person are our groups Violence and Harassment, as the Home Office has it.",
    ),
    Measure(
        "M05", "Crimes recorded within 24 hours", "Domestic abuse crimes that were recorded within 24 hours of the report, for every 100 recorded.",
        "Volumes", "Home Office crime recording rules; C.2", Basis.COHORT,
        (Part("in-time", "Within 24 hours", IN_TIME, CRIMES),), by=(*WHERE, *EQUAL, "risk", "offence"), pair="M25", good="more",
    ),
)  # fmt: skip
