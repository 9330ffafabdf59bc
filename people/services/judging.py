"""What a page shows of two records that may be one person: beside the decision, on the person page, behind old addresses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Q
from django.http import Http404

from accounts.models import Posting, User
from audit import services as audit
from audit.models import Access
from people.models import Birth, Duplicate, Fact, Merge, MovedRow, Person, PersonName
from people.models.birth import PartialDay
from people.models.search import Sought
from people.services.comparing import RowShown, Tally, shown, tallies
from people.services.facts import facts_of, names_for
from people.services.finding import Match, look_for
from people.services.hubs import living
from people.services.merging import ALREADY, ITSELF, open_merge, parting
from people.services.reading import Reading
from people.services.weighing import suggest
from workflow.models import Refusal, Refused

MOST_NAMES = 4  # of one person, each looked for once
SAID = 100  # somebody knows something: near the head of the queue
NO_ROLE = "Your role may not suggest that two records are one person."


@dataclass(frozen=True, slots=True)
class Change:
    """What a merge would make of something that is counted, in words for each of the two and for both together."""

    label: str
    one: str
    two: str
    together: str


#: (older hub, younger hub, reader) -> what changes, within what the reader may see.
Changes = Callable[[int, int, User], list[Change]]
_CHANGES: list[Changes] = []


def changes_with_a_merge(source: Changes) -> None:
    """Declare what an app counts of a person and would count anew, in its panels.py."""
    _CHANGES.append(source)


def changes_of(one: int, two: int, user: User) -> list[Change]:
    """What the apps count, and what hangs on each of the two."""
    said = [change for source in _CHANGES for change in source(one, two, user)]
    return said + [Change(row.label, str(row.one), str(row.two), str(row.together)) for row in counted(one, two, user)]


def counted(one: int, two: int, user: User) -> list[Tally]:
    return [row for row in tallies(one, two, user) if row.together]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What an un-merge would do now, as far as the reader may see it."""

    merge: Merge
    home: list[RowShown]
    stays: list[RowShown]
    open: list[RowShown]
    chosen: Sequence[str] = ()


def undoing(pair: Duplicate, user: User, chosen: Sequence[str] = ()) -> Undoing | None:
    """None where they are two."""
    merged = open_merge(pair)
    if merged is None:
        return None
    plan = parting(merged)
    return Undoing(merged, shown(plan.home, user), shown(plan.stays, user), shown(plan.open, user), chosen)


@dataclass(slots=True)
class SamePerson:
    """The box of the person page: the pairs to be judged, each with the other's name, and what was merged into them."""

    person: Person
    pairs: list[tuple[Duplicate, str]] = field(default_factory=list)
    merged: list[Duplicate] = field(default_factory=list)


def same_person(reading: Reading) -> SamePerson:
    """Two statements, one where there is nothing. Index: duplicate_once, duplicate_of_second."""
    person, user = reading.person, reading.user
    mine = Q(one=person.pk) | Q(two=person.pk)
    asked = Duplicate.objects.visible_to(user).filter(
        mine, state__in=[Duplicate.State.SUGGESTED, Duplicate.State.MERGED]
    )
    rows = list(asked.filter(apart_at__isnull=True).likeliest_first(user)[:20])
    open_pairs = [pair for pair in rows if pair.state == Duplicate.State.SUGGESTED]
    others = {pair.pk: pair.two_id if pair.one_id == person.pk else pair.one_id for pair in open_pairs}
    names = names_for(set(others.values()), user) if others else {}
    merged = [pair for pair in rows if pair.state == Duplicate.State.MERGED and pair.one_id == person.pk]
    return SamePerson(person, [(pair, names[others[pair.pk]]) for pair in open_pairs], merged)


def led_to(person_id: int, user: User) -> int:
    """The hub that has the facts of one that is gone, for whoever may see one of those facts. Raises Http404.

    One question for whoever is gone, hidden or nobody: how long it takes tells none of them from another.
    """
    merges = Merge.objects.filter(gone__in=[person_id], undone_at__isnull=True).order_by().values("pk")
    moved = MovedRow.objects.filter(merge__in=merges, moved=True)
    known = (
        Exists(kind.objects.known_to(user).filter(pk__in=moved.filter(table=kind._meta.label_lower).values("row")))
        for kind in Fact.kinds()
    )
    gone = Person.objects.filter(pk=person_id, kept_as__isnull=False)
    if not gone.filter(reduce(or_, known, Q(pk__in=[]))).exists():
        raise not_there(person_id, user)
    return living(person_id)


def facts_now_of(pair: Duplicate, user: User) -> int:
    """The hub that has the facts of one of a pair that was merged with somebody else since. Raises Http404."""
    gone = Person.objects.filter(pk__in=pair.hubs, kept_as__isnull=False).values_list("pk", flat=True).first()
    if gone is None:
        raise Http404
    return led_to(gone, user)


def not_there(person_id: int, user: User) -> Http404:
    """Whoever asks for somebody they may know nothing of is written down, whether there is anybody or not."""
    audit.denied(by=user, what=Person._meta.label_lower, chain=None, terms=str(person_id))
    return Http404()


def may_be(person: Person, user: User, asked: Sought | None = None) -> list[Match]:
    """Others whom somebody may be, nearest first: looked for by each of their names, or as asked. Written down as a search."""
    sought = [asked] if asked else sought_of(person, user)
    found: dict[int, Match] = {}
    for one in sought:
        for match in look_for(one, user=user).matches:
            found.setdefault(match.person_id, match)
    found.pop(person.pk, None)
    return list(found.values())


def sought_of(person: Person, user: User) -> list[Sought]:
    """The names by which the reader may know somebody, with the birth date they may know."""
    names = PersonName.objects.known_to(user).of([person.pk]).exclude(kind=PersonName.Kind.NOT_KNOWN).newest_first()
    birth = Birth.objects.known_to(user).of([person.pk]).filter(born_on__isnull=False).newest_first().first()
    day = birth.born_on if birth else None
    born = (
        (PartialDay(day.year) if birth and birth.approximate else PartialDay(day.year, day.month, day.day))
        if day
        else None
    )
    said = dict.fromkeys((name.forename, name.surname) for name in names)
    return [Sought(forename, surname, born) for forename, surname in list(said)[:MOST_NAMES]]


def suggest_by(user: User, person: Person, other: int, reason: str, who: frozenset[str]) -> Duplicate:
    """A person says that two may be one. Raises Http404 where they may not see both, Refused as the table says or where
    the other was merged since.
    """
    cases = {hub: facts_of(Person(pk=hub), user) for hub in (person.pk, other)}
    if not all(cases.values()):
        led_to(other, user)
        raise Refused(Refusal.GUARD, ALREADY)
    if person.pk == other:
        raise Refused(Refusal.GUARD, ITSELF)
    postings = Posting.objects.current().filter(user=user, role__in=who).select_related("unit")
    post = max(postings, key=lambda row: (len(row.unit.lineage), row.pk), default=None)
    if post is None:
        raise Refused(Refusal.ROLE, NO_ROLE)
    learned = {hub: facts[0].fact.case_id for hub, facts in cases.items()}
    return suggest(learned, by=user, reason=reason, unit=post.unit, score=SAID)


def looked_at(user: User, pair: Duplicate) -> None:
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"people.duplicate:{pair.pk}", hits=list(pair.hubs))


def beside_merge(request: Any, pair: Any) -> dict[str, Any]:
    """What stands beside the button that merges: whose records, and every count before and after."""
    names = names_for(pair.hubs, request.user)
    changes = changes_of(pair.one_id, pair.two_id, request.user)
    return {"one": names[pair.one_id], "two": names[pair.two_id], "changes": changes}


def beside_undo(request: Any, pair: Any) -> dict[str, Any]:
    """What goes where, and what nobody can tell, ticked as it was sent."""
    return {"undoing": undoing(pair, request.user, request.POST.getlist("goes"))}
