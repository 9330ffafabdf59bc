"""How agencies and services are used, and what advisers carry: counted from the referrals themselves (S3-007, S3-037)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from safeguarding.models import AgencyKind, OnwardReferral, ReferralReceived, Service
from workflow.templatetags.words import two_units

S = OnwardReferral.State
SENT = [S.SENT, S.ACKNOWLEDGED, S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.ENDED]
TO_CONTACT = ExpressionWrapper(F("contact_at") - F("sent_at"), output_field=DurationField())
TO_ANSWER = ExpressionWrapper(F("acknowledged_at") - F("sent_at"), output_field=DurationField())
MOST = 200  # agencies, services and advisers shown; a force works with fewer


@dataclass(frozen=True, slots=True)
class Used:
    """What was sent to one agency: of those sent, how many it answered and how soon, accepted, declined and ended."""

    name: str
    sent: int
    answered: int
    accepted: int
    declined: int
    reached: int
    to_answer: timedelta | None
    to_contact: timedelta | None

    @property
    def answer_words(self) -> str:
        return two_units(self.to_answer) if self.to_answer is not None else "–"

    @property
    def contact_words(self) -> str:
        return two_units(self.to_contact) if self.to_contact is not None else "–"


def agencies_used(since: datetime) -> list[Used]:
    """The most used first, of what was sent since (UTC). One query. Index: onward_referral_of_agency."""
    rows = OnwardReferral.objects.standing().filter(sent_at__gte=since, state__in=SENT, agency__isnull=False)
    counted = rows.values(name=F("agency__unit__name")).annotate(
        sent=Count("pk"), answered=Count("pk", filter=Q(acknowledged_at__isnull=False) | Q(decided_at__isnull=False)),
        accepted=Count("pk", filter=Q(state__in=[S.ACCEPTED, S.ENDED])), declined=Count("pk", filter=Q(state=S.DECLINED)),
        reached=Count("contact_at"), to_answer=Avg(TO_ANSWER), to_contact=Avg(TO_CONTACT),
    )  # fmt: skip
    return [Used(**row) for row in counted.order_by("-sent", "name")[:MOST]]


def services_used(since: datetime) -> Any:
    """Each service with how often somebody was told of it and how often referred, since (UTC), unused ones too. One query.

    Index: onward_referral_of_service.
    """
    asked = OnwardReferral.objects.standing().filter(service=OuterRef("pk"), recorded_at__gte=since)
    rows = Service.objects.all().offered().select_related("agency__unit")
    return rows.annotate(
        told=how_many(asked.filter(state=S.SIGNPOSTED)), referred=how_many(asked.filter(state__in=SENT))
    ).order_by("name", "pk")[:MOST]


def how_many(referrals: Any) -> Coalesce:
    counted = referrals.order_by().values("service").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), Value(0))


@dataclass(frozen=True, slots=True)
class Carried:
    """One adviser service: what its advisers carry now, beside what they can."""

    name: str
    carried: int
    places: int | None
    advisers: tuple[tuple[str, int], ...]

    @property
    def over(self) -> bool:
        return self.places is not None and self.carried > self.places


def advisers_carry() -> list[Carried]:
    """Each adviser service by name. Three queries. Index: received_case_load."""
    rows = ReferralReceived.objects.filter(state=ReferralReceived.State.ACCEPTED, agency__kind=AgencyKind.IDVA)
    counted = rows.values("agency_id", "agency__unit__name", "caseworker").annotate(open=Count("pk"))
    places = dict(
        Service.objects.all()
        .offered()
        .filter(agency__kind=AgencyKind.IDVA)
        .order_by()
        .values_list("agency_id")
        .annotate(Sum("places"))
    )
    found: dict[int, tuple[str, list[tuple[str, int]]]] = {}
    for row in counted.order_by("agency__unit__name", "-open", "caseworker")[:MOST]:
        found.setdefault(row["agency_id"], (row["agency__unit__name"], []))[1].append((row["caseworker"], row["open"]))
    return [
        Carried(name, sum(count for _who, count in people), places.get(agency), tuple(people))
        for agency, (name, people) in found.items()
    ]
