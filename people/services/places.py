"""What may be known of a place: its address in words, who lived there, and what those who do must be met with.

Everything is within what the reader may see; what is said of anybody there, within the cases that stand open to them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from people.models import Address, Place, WarningMarker
from people.models.place import AtPlace
from people.services.facts import names_for
from workflow.models import folder_model
from workflow.numbers import id_in

PAGE = 25
MOST_RESIDENTS = 100  # whose warnings are told: a hostel has more, and a page for each of them


@dataclass(frozen=True, slots=True)
class CaseThere:
    """A case that the reader may see and that knows of the place. `open`: it stands open to them now."""

    pk: int
    reference: str
    open: bool


@dataclass(frozen=True, slots=True)
class Residence:
    """Somebody who lives or lived there, as one case learned it."""

    person: str
    url: str
    words: str
    over: bool
    reference: str
    case_url: str
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Residences:
    """A page of them, the last learned first. `more`: where the next page begins; "" at the end."""

    rows: list[Residence]
    more: str


def cases_at(place: Place, user: User) -> list[CaseThere]:
    """Every case the reader may see with a record at the place; none: it does not exist for them. One query.

    Indexes: address_of_place, incident_of_place, call_of_place.
    """
    here = (
        Exists(kind.objects.standing().filter(case=OuterRef("pk"), place_key=place.key).order_by())
        for kind in AtPlace.kinds()
    )
    cases = folder_model().objects
    opened = Exists(cases.open_to(user).filter(pk=OuterRef("pk")))
    rows = cases.read_by(user).filter(reduce(or_, here, Q(pk__in=[]))).annotate(now_open=opened)
    return [CaseThere(*row) for row in rows.order_by("-pk").values_list("pk", "reference", "now_open")]


def oldest_of(place: Place) -> Place:
    """The row that the place is known by, where two have its key. One query."""
    return Place.objects.filter(key=place.key).one_each().get()


def words_at(place: Place, cases: Collection[int]) -> str:
    """The address as the newest of these cases has it, where somebody lives before where something happened. At most one
    query for each kind of record.
    """
    for kind in sorted(AtPlace.kinds(), key=lambda kind: kind is not Address):
        row = (
            kind.objects.standing().filter(place_key=place.key, case__in=cases).order_by("-recorded_at", "-pk").first()
        )
        if row is not None:
            return str(row.where)
    return ""


def residences(place: Place, cases: Collection[int], user: User, after: str = "") -> Residences:
    """Who lived there and when, each with its source, in the cases that stand open. Two queries. Index: address_of_place."""
    rows = Address.objects.known_to(user).filter(place_key=place.key, case__in=cases).order_by("-pk")
    if (last := id_in(after)) is not None:
        rows = rows.filter(pk__lt=last)
    found = list(rows.select_related("case", "recorded_by")[: PAGE + 1])
    names = names_for({row.person_id for row in found}, user)
    lines = [
        Residence(
            person=names[row.person_id], url=reverse("person", args=[row.person_id]),
            words=", ".join(part for part in (row.whose_words, row.span_words) if part), over=row.over,
            reference=row.case.reference, case_url=row.case.get_absolute_url(), by=row.recorded_by.title(),
            recorded_at=row.recorded_at,
        )
        for row in found[:PAGE]
    ]  # fmt: skip
    return Residences(lines, str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def residents_now(place: Place, cases: Collection[int], user: User) -> tuple[int, ...]:
    """The ids of those who live there still, as far as these cases know. One query."""
    rows = Address.objects.known_to(user).now().filter(place_key=place.key, case__in=cases).exclude(whose="work")
    return tuple(rows.order_by("person").values_list("person", flat=True).distinct("person")[:MOST_RESIDENTS])


def warnings_about(people: Collection[int], user: User, at: datetime | None = None) -> list[WarningMarker]:
    """The warnings about these people that have not ended, newest first. One query. Index: warningmarker_of_person."""
    rows = WarningMarker.objects.known_to(user, at).of(people).select_related("case", "recorded_by").newest_first()
    return [row for row in rows if not row.over]
