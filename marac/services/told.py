"""Who is told the moment a referral is sent: registries, so that the app of onward referrals is connected, not imported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from marac.models import Referral

#: (referral, by, at (UTC)): refer the person harmed to an independent adviser at once (D.3, R-41). Called under the lock of
#: the conference, in the transaction of the act; it writes rows and sends nothing.
Tells = Callable[[Referral, User, datetime], None]
_ADVISER: list[Tells] = []


def adviser_told_by(tells: Tells) -> None:
    """Declare who refers to the adviser when a referral is sent; declared once, by whoever keeps onward referrals."""
    _ADVISER[:] = [tells]


def adviser_told(referral: Referral, by: User, at: datetime) -> None:
    """The adviser is told at once, always before the meeting. Nothing happens where nobody has declared how."""
    for tells in _ADVISER:
        tells(referral, by, at)
