"""Who is told the moment a referral is with a forum: an independent adviser, always before the meeting (D.3, R-41)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from cases.services import raise_task
from marac.models import Referral
from marac.services.forums import terms_of
from marac.services.sight import see_until, works_there
from safeguarding.models import Agency, AgencyKind
from safeguarding.services import refer_to_adviser
from safeguarding.services.high_grade import only_one

TELL = "tell_adviser"


def tell_adviser(referral: Referral, at: datetime) -> None:
    """Refer the person harmed to an adviser from the investigation, as a high grade does (R-41). `at` is UTC.

    Where no investigation is known, the one adviser service with an agreement that counts sees the conference, and the
    coordinator rings them. Nothing goes out by itself to a service for which a party works, nor on a restricted conference:
    then the coordinator is asked alone. Does nothing a second time.
    """
    service = only_one()
    kept = referral.case.restricted or (service is not None and works_there(referral, service))
    if referral.investigation is not None and not kept:
        refer_to_adviser(referral.investigation, at, by_forum=True)
    elif not is_adviser(referral.agency):
        if service is not None and not kept:
            until = at + timedelta(days=terms_of(referral.forum, at).sight_days)
            see_until(referral.case, service, at=at, until=until)
        why = _("A referral is with the forum. Make sure that an independent adviser knows of it before the meeting.")
        raise_task(case=referral.case, kind=TELL, why=why, by=User.objects.system(), at=at, once=True)


def is_adviser(agency: Agency | None) -> bool:
    """Whether the referral comes from an adviser service: then they know."""
    return agency is not None and agency.kind == AgencyKind.IDVA
