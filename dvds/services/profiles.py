"""Which guidance a consideration lives under: chosen once, by the day of the first contact."""

from __future__ import annotations

from datetime import datetime

from dvds.models import Profile, ProfileFrom
from workflow.clock import LONDON


def profile_for(first_contact_at: datetime) -> Profile:
    """The profile of a first contact at a moment (UTC; its London day counts). One query. Raises LookupError where no
    guidance was ever set.
    """
    return Profile(ProfileFrom.objects.on(first_contact_at.astimezone(LONDON).date()))
