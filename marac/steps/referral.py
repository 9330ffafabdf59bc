"""THE TABLE of a referral."""

from __future__ import annotations

from cases.steps.safety import SAFETY
from marac.models import Referral
from marac.steps.listing import LISTING
from workflow.declare import Workflow

S = Referral.State
REFERRAL = Workflow(
    "marac-referral", Referral, S, *LISTING, *SAFETY, label="MARAC referral", finished=(S.WITHDRAWN, S.CLOSED)
)
