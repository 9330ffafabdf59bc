"""WITH PARTNERS: MARAC, disclosure, schools, orders."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from django.db.models import F

from reporting.measures.declare import Basis, Measure, Part, declare
from reporting.measures.facts import CONSIDERED, HEARD, REFERRED, SCHOOLS

ORDERS = "Orders are not recorded here yet."
TOLD = ("disclosed", "refused")

declare(
    Measure(
        "M28", "MARAC", "Cases heard at MARAC in the window; of them repeats; referrals that were sent.",
        "Partners", "S3-068, S3-136, S3-169; D.9", Basis.PERIOD,
        (Part("cases", "Cases heard", HEARD), Part("repeats", "Repeats", HEARD.only("repeats", referral__repeat_of__isnull=False), HEARD), Part("referrals", "Referrals", REFERRED)),
        pair="M27",
    ),
    Measure("M29", "Protection notices and orders", "Notices and orders considered, authorised, refused, issued, applied for, granted and broken.", "Orders", "S3-172, S2-023", lacks=ORDERS),
    Measure("M30", "Hearings of orders in time", "Notices whose hearing was held within 48 hours, for every 100 served.", "Orders", "O1, O3", lacks=ORDERS),
    Measure(
        "M31", "Clare’s Law", "Considerations of disclosure first heard of in the window, and of them those in which somebody was told, for every 100.",
        "Partners", "S3-173, S2-023; DVDS F", Basis.COHORT, (Part("considered", "Considered", CONSIDERED), Part("told", "Told", CONSIDERED.only("told", told_at__isnull=False), CONSIDERED)), by=("route",),
    ),
    Measure(
        "M33", "Schools told in time", "Notices owed to schools in the window that were given before the bell, for every 100.",
        "Partners", "E.7; R-42", Basis.COHORT, (Part("in-time", "Told before the bell", SCHOOLS.only("told before the bell", told_at__lte=F("bell_at")), SCHOOLS),), by=("division", "team", "age"), good="more",
    ),
)  # fmt: skip
