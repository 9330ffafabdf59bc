"""Repeat locations: calls about domestic abuse at a place, and incidents there, each counted once, by the day of the event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from cases.models import Call, Incident
from cases.services.repeat import Flag, counted, definitions_on
from cases.services.repeat_events import Event

ABOUT_ABUSE = Q(confirmed="yes") | Q(confirmed="", flagged="yes")


def flags_of_places(keys: Collection[str], user: User, at: datetime | None = None) -> dict[str, Flag]:
    """{key of the place: its flag}, where it has one, as of the moment (UTC; now if none). Three queries, for any number.

    Indexes: incident_of_place, call_of_place.
    """
    moment, wanted = at or timezone.now(), {key for key in keys if key}
    if not wanted:
        return {}
    meant, events = definitions_on(moment), events_at(wanted, user)
    found = {key: counted("repeat_place", events.get(key, []), meant, moment) for key in wanted}
    return {key: flag for key, flag in found.items() if flag}


def events_at(keys: Collection[str], user: User) -> dict[str, list[Event]]:
    """{key: what happened there, as far as this person may see it}. A call of which an incident tells is not told twice."""
    found: dict[str, list[Event]] = defaultdict(list)
    incidents = Incident.objects.standing().visible_to(user).filter(place_key__in=keys).exclude(da_confirmed="no")
    columns = ("place_key", "pk", "case_id", "case__reference", "occurred_from", "reported_at")
    for key, pk, case, reference, occurred, reported in incidents.order_by().values_list(*columns):
        found[key].append(Event(pk, case, reference, occurred or reported, reported, None, frozenset()))
    told = Incident.objects.standing().visible_to(user).filter(call=OuterRef("pk"), place_key=OuterRef("place_key"))
    calls = Call.objects.standing().visible_to(user).filter(ABOUT_ABUSE, ~Exists(told), place_key__in=keys)
    for key, case, reference, at in calls.order_by().values_list(
        "place_key", "case_id", "case__reference", "received_at"
    ):
        found[key].append(Event(0, case, reference, at, at, None, frozenset()))
    return found
