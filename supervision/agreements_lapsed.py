"""What an agreement that does not count has for consequence (R-35): who is told that no agenda came, what is seen no more."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from accounts.models import Posting
from accounts.roles import PARTNERS
from audit.models import Event
from cases.models import Case, NamedGrant, UnitGrant
from marac.models import AgendaCopy, ForumAction, Referral
from marac.services.sight import keep_sight
from safeguarding.models import Agency, Agreement
from supervision.models import Notice
from workflow.clock import LONDON
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


def end_what_it_sees(event: Event) -> None:
    """An agreement was ended, and no other counts: from now on the agency sees what it wrote itself, and nothing else."""
    agency, now = Agreement.objects.select_related("agency__unit").get(pk=event.subject_id).agency, timezone.now()
    if Agency.objects.all().agreed(now.astimezone(LONDON).date()).filter(pk=agency.pk).exists():
        return
    own = Referral.objects.filter(agency=agency).order_by().values("case")
    still = Q(until__isnull=True) | Q(until__gt=now)
    UnitGrant.objects.filter(still, unit=agency.unit).exclude(case__in=own).update(until=now)
    people = Posting.objects.current(now).filter(unit=agency.unit, role__in=PARTNERS).order_by().values("user")
    alone = NamedGrant.objects.filter(still, user__in=people, content_object__kind=Case.Kind.CONFERENCE)
    alone.exclude(content_object__in=own).update(until=now)


def see_what_it_owes(event: Event) -> None:
    """It has signed again: what it took upon itself and has not done it sees, or it could not answer for it."""
    agency, now = Agreement.objects.get(pk=event.subject_id).agency_id, timezone.now()
    for action in ForumAction.objects.open().filter(agency=agency).select_related("agency__unit", "case", "referral"):
        keep_sight(action, now)


REACTIONS = (
    Reaction("agreement-lapsed", "agenda-copy.refuse", tell_agency),
    Reaction("agreement-ended", "agreement.end", end_what_it_sees),
    Reaction("agreement-signed", "agreement.sign", see_what_it_owes),
)
