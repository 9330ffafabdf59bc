"""The least that others must know of a case that they may not open: that it is restricted, and what is dangerous."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from cases.models import Call, Case, Incident, Involvement, SafetyWarning
from cases.visibility import Marker, mark, plain_postcode
from people.models import Address, WarningMarker

RESTRICTED = "Restricted: ask professional standards."


def on_people_and_addresses(
    cases: Any, people: frozenset[int], addresses: frozenset[str]
) -> dict[int, set[tuple[str, Any]]]:
    """Which of the cases touch these people or addresses: {case id: {("person", id), ("address", postcode)}}."""
    within = {"case__in": cases.values("pk"), "struck_out_at__isnull": True}
    involved = Involvement.objects.filter(**within, person_id__in=people)
    rows = involved.order_by().values_list("case_id", Value("person"), Cast("person_id", CharField()))
    known = [
        model.objects.filter(**within)
        .exclude(postcode="")
        .order_by()
        .values_list("case_id", Value("address"), "postcode")
        for model in (Address, Incident, Call)
    ]
    found: dict[int, set[tuple[str, Any]]] = {}
    for case, about, key in rows.union(*(_at(rows, addresses) for rows in known), all=True):
        found.setdefault(case, set()).add((about, int(key) if about == "person" else plain_postcode(key)))
    return found


def _at(rows: Any, addresses: frozenset[str]) -> Any:
    """Rows whose postcode is one of these, however it was spaced when it was typed."""
    spaced = {f"{plain[:-3]} {plain[-3:]}" for plain in addresses if len(plain) > 3}
    return rows.filter(postcode__in=addresses | spaced | {text.lower() for text in addresses | spaced})


def restricted(cases: Any, people: frozenset[int], addresses: frozenset[str]) -> Iterator[Marker]:
    closed = cases.filter(kind=Case.Kind.INVESTIGATION, restricted=True)
    for touched in on_people_and_addresses(closed, people, addresses).values():
        yield from (Marker(about, key, RESTRICTED) for about, key in sorted(touched))


def danger(cases: Any, people: frozenset[int], addresses: frozenset[str]) -> Iterable[Marker]:
    """The safety card: a warning to whoever goes to the door is for everybody who may have to go."""
    touched = on_people_and_addresses(cases.exclude(state=Case.State.DISPOSED), people, addresses)
    if not touched:
        return
    yield from warned_of(touched, people)
    for case, what in SafetyWarning.objects.standing().filter(case__in=touched).values_list("case_id", "what"):
        yield from (Marker(about, key, f"Safety warning: {what}") for about, key in sorted(touched[case]))


def warned_of(touched: Iterable[int], people: frozenset[int]) -> Iterator[Marker]:
    """Of a warning about somebody that an investigation learned, what it warns of: not who says so, nor on what evidence."""
    told = WarningMarker.objects.standing().filter(case__in=touched, person__in=people)
    rows = told.filter(case__kind=Case.Kind.INVESTIGATION, until__isnull=True).order_by("person", "danger")
    for person, danger in rows.values_list("person", "danger").distinct():
        yield Marker("person", person, f"Warning: {WarningMarker.Danger(danger).label.lower()}.")


mark("restricted", restricted)
mark("danger", danger)
