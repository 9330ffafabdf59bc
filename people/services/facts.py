"""What is known about people, each fact with its source. Every answer is within what the reader may see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, IntegerField, Q, Value, When
from django.utils import timezone

from accounts.models import User
from people.models import Address, Birth, Fact, Link, Person, PersonName
from people.services.privacy import Reader

NAME_NOT_KNOWN = "Name not known"
#: Of a kind of which there are several, so many are asked again: nobody reads a tenth question at two in the morning.
MOST_OFFERED = 3
#: Which name a person is called by, where several are known.
NAME_ORDER = Case(
    *(When(kind=kind, then=Value(place)) for place, kind in enumerate(("legal", "known_as", "alias", "maiden"))),
    default=Value(9), output_field=IntegerField(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """One fact as a page shows it: what, from which case, when recorded (UTC), by whom.

    `closed`: the case that learned it first wants to be told why, and the fact is of a kind that is withheld until
    then: `words` is empty. `older`: a newer fact of its kind says something else. Not `readable` though open: the
    reader's role may know only that it is recorded.
    """

    label: str
    words: str
    detail: str
    reference: str
    url: str
    recorded_at: datetime
    by: str
    closed: bool
    older: bool
    fact: Any
    readable: bool = True


def names_for(person_ids: Collection[int], user: User) -> dict[int, str]:
    """{id: "Hannah Okoro"}: the newest name this person may see, the legal one before others. One query.

    Index: personname_of_person.
    """
    known = PersonName.objects.known_to(user).of(person_ids).exclude(kind=PersonName.Kind.NOT_KNOWN)
    newest = known.order_by("person", NAME_ORDER, "-recorded_at", "-pk").distinct("person")
    found = {person: f"{forename} {surname}".strip() for person, forename, surname in
             newest.values_list("person_id", "forename", "surname")}  # fmt: skip
    return {person: found.get(person, NAME_NOT_KNOWN) for person in person_ids}


def names_seen(person_ids: Collection[int], user: User) -> dict[int, str]:
    """The same without whoever this person may see nothing of, not even that they are known; or whose name nobody knows."""
    return {person: name for person, name in names_for(person_ids, user).items() if name != NAME_NOT_KNOWN}


def births_for(person_ids: Collection[int], user: User) -> dict[int, Birth]:
    """{id: birth}: an exact date before one about right, that before an age, the newest of each. Only what this person
    may see; nobody without one. One query. Index: birth_of_person.
    """
    age_alone = ExpressionWrapper(Q(born_on__isnull=True), output_field=BooleanField())
    known = Birth.objects.known_to(user).of(person_ids).annotate(age_alone=age_alone)
    best = known.order_by("person", "age_alone", "approximate", "-recorded_at", "-pk").distinct("person")
    return {birth.person_id: birth for birth in best}


def ages(person_ids: Collection[int], user: User, at: datetime | None = None) -> dict[int, int]:
    """{id: whole years of age in London at the moment (UTC; now if none)}, where the birth is known. One query."""
    moment = at or timezone.now()
    return {person: birth.age_at(moment) for person, birth in births_for(person_ids, user).items()}


def addresses_for(person_ids: Collection[int], user: User) -> dict[int, Address]:
    """{id: the newest address, where they live still, of a case that stands open to this person; their own home before
    another}. One query. Index: address_of_person.
    """
    known = Address.objects.known_to(user).of(person_ids).now().with_door(user).filter(open=True)
    elsewhere = ExpressionWrapper(~Q(whose__in=("", Address.Whose.OWN)), output_field=BooleanField())
    newest = known.alias(elsewhere=elsewhere).order_by("person", "elsewhere", "-recorded_at", "-pk")
    return {fact.person_id: fact for fact in newest.distinct("person")}


def facts_of(person: Person, user: User, at: datetime | None = None) -> list[Known]:
    """Everything that may be known of a person, kind by kind, newest first; nothing: the person does not exist for you.

    With `at` (UTC) as it had been recorded by then, under today's visibility.
    """
    return facts_of_all([person.pk], user, at)[person.pk]


def facts_of_all(person_ids: Collection[int], user: User, at: datetime | None = None) -> dict[int, list[Known]]:
    """{id: what `facts_of` says of that person}. One query for each kind of fact of which there is any, however many
    people; one for which those are; one for the names of others, where facts tie two people.
    """
    known: dict[int, list[Known]] = {person: [] for person in person_ids}
    reader = Reader(user)
    for kind in kinds_about(person_ids, user, at):
        facts = kind.objects.known_to(user, at).of(person_ids).with_door(user).newest_first()
        of_kind: dict[int, list[Any]] = defaultdict(list)
        for fact in facts.select_related("case", "recorded_by"):
            for person, side in fact.sides():
                of_kind[person].append(side)
        if kind is Link:
            name_others([side for sides in of_kind.values() for side in sides], user)
        for person in known.keys() & of_kind.keys():
            known[person] += as_known(of_kind[person], reader)
    return known


def kinds_about(person_ids: Collection[int], user: User, at: datetime | None = None) -> list[Any]:
    """The kinds of fact of which this person may know anything about these people: so that a page does not ask for each
    kind that there could be, and that what is hidden makes no page ask one question more. One query.
    """
    kinds = Fact.kinds()
    if not person_ids:
        return []
    there = [Exists(kind.objects.known_to(user, at).filter(about_any(kind, person_ids)).order_by()) for kind in kinds]
    row = Person.objects.filter(pk=next(iter(person_ids))).values_list(*there).first()
    return [kind for kind, found in zip(kinds, row or (), strict=False) if found]


def own_facts(kind: Any) -> Any:
    """The rows of a kind that a page of a record lists and may take out: not who somebody is, but by which other names."""
    if kind is PersonName:
        return kind.objects.exclude(kind__in=(PersonName.Kind.LEGAL, PersonName.Kind.NOT_KNOWN))
    return kind.objects.none() if kind.tells_who else kind.objects.all()


def about_any(kind: Any, person_ids: Collection[int]) -> Q:
    """Rows about any of the people, from either end where there are two. Index: *_of_person."""
    ours = Q(person__in=person_ids)
    return ours | Q(other__in=person_ids) if kind is Link else ours


def name_others(links: Collection[Link], user: User) -> None:
    """Say on each link what this reader may know the other person by. One query."""
    if not links:
        return
    names = names_seen({link.other_id for link in links}, user)
    for link in links:
        link.other_name = names.get(link.other_id, "")


def as_known(facts: list[Any], reader: Reader) -> list[Known]:
    """Facts of one kind, newest first, as a page shows them: legal names before aliases. What holds now is the first
    that may be read; an alias makes no legal name older, nor an answer on one topic that on another.
    """
    latest: dict[tuple[str, str], str] = {}
    for fact in facts:
        if not is_closed(fact) and not fact.over:
            latest.setdefault((fact.label, detail_of(fact)), fact.words)
    known = [
        Known(
            label=fact.label, words="" if is_closed(fact) else reader.words_of(fact),
            detail="" if is_closed(fact) else detail_of(fact), reference=fact.case.reference,
            url=fact.case.get_absolute_url(), recorded_at=fact.recorded_at, by=fact.recorded_by.title(),
            closed=is_closed(fact), older=not is_closed(fact) and is_older(fact, latest),
            fact=fact, readable=not is_closed(fact) and reader.may_read(fact),
        )
        for fact in facts
    ]  # fmt: skip
    return sorted(known, key=lambda one: (one.fact.place, one.detail != "", not one.closed and one.fact.over))


def is_older(fact: Any, latest: dict[tuple[str, str], str]) -> bool:
    """Whether it holds no longer: it is said to have ended, or a newer fact of its kind says something else."""
    if fact.over or fact.several:
        return bool(fact.over)
    return bool(fact.words != latest.get((fact.label, detail_of(fact)), fact.words))


def is_closed(fact: Any) -> bool:
    """Whether the content may not be read yet: fails closed for a fact fetched without its door."""
    return fact.withheld and not getattr(fact, "open", False)


def detail_of(fact: Any) -> str:
    """What kind of name it is, where it is not the legal one."""
    kind = getattr(fact, "kind", "")
    return "" if kind in ("", PersonName.Kind.LEGAL, PersonName.Kind.NOT_KNOWN) else str(fact.get_kind_display())


def still_true(person: Person, user: User, *, case: Any) -> list[Known]:
    """What other cases last learned, to be offered to a case that has not said it: "Still true?". Nothing is asked
    twice: the newest fact of each kind that `case` has not learned, only from cases that stand open to this person.
    """
    return still_true_of([person.pk], user, case=case)[person.pk]


def still_true_of(person_ids: Collection[int], user: User, *, case: Any) -> dict[int, list[Known]]:
    """{id: what `still_true` offers about that person}. One query for each kind of fact, however many people."""
    return {person: _offered(facts, case) for person, facts in facts_of_all(person_ids, user).items()}


def _offered(facts: list[Known], case: Any) -> list[Known]:
    """The newest of each kind that the case has not learned; of what there are several, the newest few."""
    known = [fact for fact in facts if not fact.closed]
    told = {_asked_as(fact) for fact in known if fact.fact.case_id == case.pk}
    offers: dict[tuple[str, ...], Known] = {}
    of_kind: Counter[str] = Counter()
    for fact in known:
        key = _asked_as(fact)
        if key in told or key in offers or fact.words == NAME_NOT_KNOWN or not (fact.readable and fact.fact.offered):
            continue
        of_kind[fact.label] += 1
        if of_kind[fact.label] <= MOST_OFFERED:
            offers[key] = fact
    return list(offers.values())


def _asked_as(fact: Known) -> tuple[str, ...]:
    """What is one question: of most kinds the newest fact, of what there are several each by itself."""
    return (fact.label, fact.detail, fact.words) if fact.fact.several else (fact.label,)
