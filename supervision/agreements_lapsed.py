"""What an agreement that does not count has for consequence (R-35): who is told that no agenda came, what is seen no more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
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
    if not Agency.objects.all().agreed(now.astimezone(LONDON).date()).filter(pk=agency.pk).exists():
        end_sight_of(Agency.objects.filter(pk=agency.pk), now)


def end_sight_of(agencies: Any, now: datetime) -> int:
    """End what these agencies see of conferences, but those that they wrote themselves, and what their people see who were
    named alone; returns how much ended. Two statements, however many. Index: agency's own unit, grant_of_person.
    """
    units, still = agencies.order_by().values("unit"), Q(until__isnull=True) | Q(until__gt=now)
    own = Referral.objects.filter(case=OuterRef("case"), agency__unit=OuterRef("unit"))
    ended: int = UnitGrant.objects.filter(still, ~Exists(own), unit__in=units).update(until=now)
    posts = Posting.objects.current(now).filter(role__in=PARTNERS).order_by()
    theirs = posts.filter(user=OuterRef(OuterRef("user"))).values("unit")
    wrote = Referral.objects.filter(case=OuterRef("content_object"), agency__unit__in=theirs)
    alone = NamedGrant.objects.filter(still, ~Exists(wrote), content_object__kind=Case.Kind.CONFERENCE)
    ended += alone.filter(user__in=posts.filter(unit__in=units).values("user")).update(until=now)
    return ended


def sight_that_lapsed(now: datetime) -> int:
    """Agreements whose last day has passed, by their date and by nobody's hand: what they let see ends at the first sweep of
    the next day (`now` is UTC, the day London's). A sweep and not the end of each grant, because a grant without an end is
    what shows an agency the action that it owes, and an agreement renewed in time would have to lengthen them all.
    """
    counting = Agency.objects.all().agreed(now.astimezone(LONDON).date()).order_by().values("pk")
    return end_sight_of(Agency.objects.exclude(pk__in=counting), now)


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
