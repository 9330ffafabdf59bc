"""What the program sends by itself stands in the exchange log by itself: referrals, and the papers of a meeting."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from safeguarding.models import Agency, Exchange, OnwardReferral
from workflow import engine


def log_sent(
    *, case: Any, agency: Agency, what: str, basis: str, how: str, sent_at: datetime, at: datetime,
    referral: OnwardReferral | None = None, vital_because: str = "",
) -> Exchange:  # fmt: skip
    """One entry of the log of a case, written by the system: `what` went to the agency on this basis (`Basis`), this way
    (`SentHow`), at `sent_at` (UTC). Nobody is chased for it: whatever was sent asks for its own answer (S3-126).
    """
    sent = Exchange(
        case=case, way=Exchange.Way.GIVEN, agency=agency, what=what[:8000], basis=basis, how=how, at=sent_at,
        referral=referral, vital_because=vital_because,
    )  # fmt: skip
    logged: Exchange = engine.perform(sent, "log", by=User.objects.system(), evidence={}, at=at)
    return logged
