"""What the forums put on the page of a partner: what their agency owes, each list the first of its own page."""

from __future__ import annotations

from marac.services.agency_waits import (
    actions_owed,
    not_for_the_forum,
    referrals_returned,
    research_owed,
    she_waits_to_hear,
)
from safeguarding.waiting import Waiting, waits

waits(
    Waiting(
        "marac-told", "She waits to hear what was decided", she_waits_to_hear, "marac/waiting/told.html",
        "Your agency has nobody to tell", order=10,
    ),
    Waiting(
        "marac-actions", "Actions your agency took on at a forum", actions_owed, "marac/waiting/action.html",
        "Your agency has nothing to do for a forum", order=20,
    ),
    Waiting(
        "marac-research", "Research your agency owes", research_owed, "marac/waiting/research.html",
        "Your agency owes no research", order=30,
    ),
    Waiting(
        "marac-no-risk", "Referrals of yours with not enough risk for the forum", not_for_the_forum,
        "marac/waiting/no_risk.html", "The forum has taken on what you referred", order=33,
    ),
    Waiting(
        "marac-returned", "MARAC referrals returned to you", referrals_returned, "marac/waiting/returned.html",
        "No referral of yours was returned", order=35,
    ),
)  # fmt: skip
