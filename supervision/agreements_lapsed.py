"""Who is told that an agenda was not sent to their agency, because its agreement does not count (R-35)."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Posting
from accounts.roles import PARTNERS
from audit.models import Event
from marac.models import AgendaCopy
from supervision.models import Notice
from workflow.reactions import Reaction

TEXT = "An agenda was not sent to your agency: its information-sharing agreement does not count. Ask the coordinator."


def tell_agency(event: Event) -> None:
    """One notice to each manager of the agency; where it has none, to whoever signs in for it."""
    copy = AgendaCopy.objects.get(pk=event.subject_id)
    posted = Posting.objects.current().filter(unit=copy.agency.unit, role__in=PARTNERS, user__is_active=True)
    managers = set(posted.filter(role="partner_manager").order_by().values_list("user", flat=True))
    people = managers or set(posted.order_by().values_list("user", flat=True))
    now = timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(kind=Notice.Kind.AGREEMENT, event=event, person_id=person, text=TEXT, created_at=now, mail_at=now)
            for person in sorted(people)
        ],
        ignore_conflicts=True,
    )


REACTIONS = (Reaction("agreement-lapsed", "agenda-copy.refuse", tell_agency),)
