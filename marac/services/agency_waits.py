"""What waits for the agencies of one partner, each in the order in which it is worked: nothing of another agency's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.fields import DateTimeField
from django.utils import timezone

from accounts.models import User
from marac.models import AgendaItem, ForumAction, ForumTerms, Hearing, Meeting, Outcome, Referral, Research
from marac.models.planning import CASE
from safeguarding.models import Agency


def of_theirs(user: User) -> Any:
    return Agency.objects.all().of(user).order_by().values("pk")


def research_owed(user: User) -> Any:
    """Research asked for, of cases that they may open and that are heard there still, due first. Index: research_of_agency."""
    here = AgendaItem.objects.standing().filter(meeting=OuterRef("meeting"), kind=CASE, subject_id=OuterRef("referral"))
    rows = Research.objects.visible_to(user).standing().filter(state=Research.State.ASKED)
    rows = rows.filter(Q(meeting__isnull=True) | Exists(here)).exclude(meeting__state=Meeting.State.CANCELLED)
    return rows.select_related("case", "meeting__forum", "agency__unit").order_by("due_at", "pk")


def actions_owed(user: User) -> Any:
    """What their agency took upon itself and has not ended, due first. Index: forum_action_of_agency."""
    rows = ForumAction.objects.visible_to(user).open().filter(agency__in=of_theirs(user))
    return rows.select_related("case", "agency__unit", "owner").order_by("due_at", "pk")


def referrals_returned(user: User) -> Any:
    """Referrals of their agency that came back with what is missing, the oldest first. Index: referral_of_agency."""
    rows = (
        Referral.objects.visible_to(user).standing().filter(state=Referral.State.RETURNED, agency__in=of_theirs(user))
    )
    return rows.select_related("case", "forum").order_by("submitted_at", "pk")


def she_waits_to_hear(user: User) -> Any:
    """Cases that were heard, of which their agency is to tell the person harmed: the earliest day first."""
    rows = (
        Hearing.objects.visible_to(user)
        .standing()
        .filter(state=Hearing.State.HEARD, told_at__isnull=True, tells__in=of_theirs(user))
    )
    return rows.select_related("case", "item__meeting__forum").order_by("tells_by", "pk")


def not_for_the_forum(user: User) -> Any:
    """Referrals of their agency for which there was not enough risk, with the chair's reason (R-33): the newest first, for as
    long after the meeting as agencies see a case by the rules of the forum. Index: referral_of_agency, hearing_of_referral.
    """
    now, today = timezone.now(), timezone.localdate()
    terms = ForumTerms.objects.filter(forum=OuterRef("item__meeting__forum"), valid_from__lte=today)
    days = Subquery(terms.order_by("-valid_from", "-pk").values("sight_days")[:1])
    shown_until = ExpressionWrapper(F("ended_at") + days * Value(timedelta(days=1)), output_field=DateTimeField())
    rows = (
        Hearing.objects.standing()
        .filter(referral__in=Referral.objects.visible_to(user).order_by().values("pk"))
        .filter(outcome=Outcome.NO_FORUM, referral__agency__in=of_theirs(user))
    )
    rows = rows.alias(shown_until=shown_until).filter(shown_until__gt=now)
    return rows.select_related("case", "item__meeting__forum").order_by("-ended_at", "-pk")
