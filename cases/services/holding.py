"""Who holds and who is named on a case, and closing it to all others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Holding, NamedGrant, UnitGrant


def name_person(*, case: Case, person: User, until: datetime | None = None) -> NamedGrant:
    """Name somebody on a case, for good or until a moment (UTC); a newer naming replaces the older."""
    permission = Permission.objects.get(codename="view_case", content_type__app_label="cases")
    grant, _ = NamedGrant.objects.update_or_create(
        permission=permission, user=person, content_object=case, defaults={"until": until}
    )
    return grant


def name_unit(*, case: Case, unit: Unit, at: datetime, until: datetime | None = None) -> UnitGrant:
    """Let a unit see this case, from `at` until a moment (UTC): a partner agency's representatives, or the team that works
    the investigation beside it. A newer naming replaces the older.
    """
    said = {"from_at": at, "until": until}
    grant: UnitGrant = UnitGrant.objects.update_or_create(case=case, unit=unit, defaults=said)[0]
    return grant


def name_units(*, cases: Collection[int], units: Collection[int], at: datetime, until: datetime) -> None:
    """The same for several units (ids) on several cases (ids) at once, in three statements. A naming that lasts longer stays
    as it is.
    """
    rows = UnitGrant.objects.filter(case__in=cases, unit__in=units)
    standing = {(row.case_id, row.unit_id): row for row in rows.select_for_update().order_by("pk")}
    pairs = [(case, unit) for case in cases for unit in units if (case, unit) not in standing]
    UnitGrant.objects.bulk_create([UnitGrant(case_id=c, unit_id=u, from_at=at, until=until) for c, u in pairs])
    shorter = [(row, row.until) for row in standing.values() if row.until is not None and row.until < until]
    for row, ended in shorter:
        row.from_at, row.until = (row.from_at if ended > at else at), until
    UnitGrant.objects.bulk_update([row for row, _ended in shorter], ["from_at", "until"])


def end_unit(*, case: Case, unit: Unit, at: datetime) -> None:
    """The unit sees the case no longer, from `at` (UTC) on. Nothing happens where it did not."""
    UnitGrant.objects.filter(Q(until__isnull=True) | Q(until__gt=at), case=case, unit=unit).update(until=at)


def hold(*, case: Case, part: str, person: User, at: datetime) -> Holding:
    """Give a part of the case to somebody; whoever held it holds it no longer. `at` is UTC."""
    case.holdings.filter(part=part, to_at__isnull=True).update(to_at=at)
    return Holding.objects.create(case=case, part=part, person=person, from_at=at)


#: Who must go on working cases of some kind when one is restricted: declared by the app that knows.
Works = Callable[[Case], Iterable[User]]
_WORKING: list[Works] = []


def works_on(people: Works) -> None:
    """Declare who is named on a case that is restricted, beside whoever holds a part of it."""
    _WORKING.append(people)


def restrict(*, case: Case, by: User) -> Any:
    """Close the case to all but people named: whoever restricts it and whoever must work it are named at once. What an
    agency was let see until a day it sees no longer; who owes something, or wrote it, is named without an end and stays.
    """
    now = timezone.now()
    if not case.restricted:  # said again, whom somebody has let in since stays
        UnitGrant.objects.filter(case=case, until__gt=now).update(until=now)
    for person in [person for works in _WORKING for person in works(case)]:
        name_person(case=case, person=person)
    case.restricted = True
    case.save(update_fields=["restricted"])
    if by.username != User.SYSTEM:  # the program sees it anyway, and is nobody to be named
        name_person(case=case, person=by)
    for holding in case.holdings.filter(to_at__isnull=True).select_related("person"):
        name_person(case=case, person=holding.person)
