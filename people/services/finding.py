"""Find people before recording them: forgiving of a slip, strict about who may see, and written down.

Three statements, whatever is found: the candidates, what is known of them, and the record of the search; and what
whoever hears searches asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, IntegerField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import services as audit
from audit.models import Access
from people.models import Address, Birth, PartialDay, PersonName
from people.models.birth import as_said
from people.models.fact import visible_cases
from people.models.search import CANDIDATES, Sought, candidates
from people.services.likeness import (
    DIFFERENT,
    Likeness,
    asked_words,
    birth_likeness,
    name_likeness,
    recorded_words,
)

LIMIT = 10


@dataclass(slots=True)
class Match:
    """Somebody it may be. `why` says in words how the record resembles what was asked, nearest first.

    `born` is the birth as it is said ("11 April 1988", "about 1988"), empty if not known. `address` is the newest that
    may be read; `address_closed`: one is known, from a case that first wants to be told why. `reference` is of the case
    that learned the name.
    """

    person_id: int
    forename: str
    surname: str
    why: list[str]
    born: str = ""
    born_on: date | None = None
    age: int | None = None
    address: str = ""
    address_closed: bool = False
    reference: str = ""
    recorded_at: datetime | None = None
    lines: list[Any] = field(default_factory=list)  # what other apps say of the person on the search page

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}".strip() or "Name not known"

    @property
    def url(self) -> str:
        return reverse("person", args=[self.person_id])


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an answer. `total` counts visible people; `capped`: there may be more than were compared."""

    matches: list[Match]
    total: int
    first: int
    more: bool
    capped: bool


Listener = Callable[[User, str], None]
_LISTENERS: list[Listener] = []


def hears_searches(listener: Listener) -> None:
    """Declare who hears, within the search itself, what is looked for: a search that shows nobody is heard as well."""
    _LISTENERS.append(listener)


def tell_listeners(user: User, terms: str) -> None:
    for listener in _LISTENERS:
        listener(user, terms)


def find(
    *, user: User, forename: str = "", surname: str = "", born_on: date | PartialDay | None = None, limit: int = LIMIT
) -> list[Match]:
    """The people it may be, nearest first, exact ones before all. Forgives a typo, the sound, the order of the names, a
    missing or partial birth date, a day and month swapped, a year one out. Too little to look for gives nobody.

    Written to the record of consultations with what was asked and who was shown. Three queries.
    """
    return look_for(Sought(forename, surname, as_said(born_on)), user=user, limit=limit).matches


def look_for(sought: Sought, *, user: User, limit: int = LIMIT, after: int = 0, heard: bool = True) -> Found:
    """The same, as a page that goes on after the person with that id: stable while people are being recorded.

    Not `heard`: nobody asked. The program asks for a page, so it is no search of the reader and nothing is written down.
    """
    sought = without_nothing(sought)
    cases = visible_cases(user)
    rows = list(candidates(sought, cases)) if sought.answerable else []
    known = known_of({row.person_id for row in rows}, cases, user)
    ranked = nearest_first(rows, known, sought)
    first = next((place for place, (person, _, _) in enumerate(ranked, 1) if person == after), 0)
    shown = [match_of(row, why, known[person]) for person, row, why in ranked[first : first + limit]]
    if heard:
        audit.looked(
            by=user, kind=Access.Kind.SEARCH, what="people.person", terms=str(sought)[:500],
            hits=[match.person_id for match in shown],
        )  # fmt: skip
    if heard and sought.named and not after:
        tell_listeners(user, f"{sought.forename} {sought.surname}".strip())
    return Found(shown, len(ranked), first + 1, len(ranked) > first + limit, len(rows) >= CANDIDATES)


def without_nothing(sought: Sought) -> Sought:
    """PostgreSQL takes every character but one."""
    return Sought(sought.forename.replace("\0", ""), sought.surname.replace("\0", ""), sought.born, sought.placed)


@dataclass(slots=True)
class KnownOf:
    """What one statement brought about a candidate, newest first."""

    births: list[Birth] = field(default_factory=list)
    names: list[tuple[str, str, str]] = field(default_factory=list)
    addresses: list[tuple[str, bool]] = field(default_factory=list)


def known_of(person_ids: set[int], cases: Any, user: User) -> dict[int, KnownOf]:
    """Births, names and addresses of the candidates, in one statement.

    Indexes: birth_of_person, personname_of_person, address_of_person.
    """
    found = {person: KnownOf() for person in person_ids}
    if not person_ids:
        return found
    rows = sorted(statement_of(person_ids, cases, user), key=lambda row: row[1], reverse=True)
    for person, recorded_at, of, born_on, flag, age_said, *words in rows:
        if of == "birth":
            birth = Birth(born_on=born_on, approximate=flag, age_said=age_said, recorded_at=recorded_at)
            found[person].births.append(birth)
        elif of == "name":
            found[person].names.append((words[0], words[1], words[2]))
        else:
            found[person].addresses.append((", ".join(filter(None, words)), flag))
    return found


def statement_of(person_ids: set[int], cases: Any, user: User) -> Any:
    """The three kinds of fact in one shape."""
    no_day, no_age = Cast(Value(None), DateField()), Cast(Value(None), IntegerField())
    no, nothing = Value(False), Value("")
    births = Birth.objects.within(cases).of(person_ids).values_list(
        "person_id", "recorded_at", Value("birth"), "born_on", "approximate", "age_said", nothing, nothing, nothing
    )  # fmt: skip
    names = PersonName.objects.within(cases).of(person_ids).values_list(
        "person_id", "recorded_at", Value("name"), no_day, no, no_age, "forename", "surname", "kind"
    )  # fmt: skip
    addresses = Address.objects.within(cases).of(person_ids).with_door(user).values_list(
        "person_id", "recorded_at", Value("address"), no_day, "open", no_age, "line", "postcode", nothing
    )  # fmt: skip
    return births.union(names, addresses, all=True)


def nearest_first(
    rows: Iterable[Any], known: dict[int, KnownOf], sought: Sought
) -> list[tuple[int, Any, list[Likeness]]]:
    """Each person once, by the nearest of their names, with why; those whom nothing speaks for are left out."""
    best: dict[int, tuple[Any, Any, list[Likeness]]] = {}
    for row in rows:
        why = likenesses(row, known[row.person_id].births, sought)
        if sought.named and all(one.far >= DIFFERENT for one in why[:-1]):
            continue
        order = (sum(one.far for one in why), row.kind != PersonName.Kind.LEGAL, -row.recorded_at.timestamp())
        if row.person_id not in best or order < best[row.person_id][0]:
            best[row.person_id] = (order, row, why)
    ranked = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
    return [(person, row, why) for person, (_order, row, why) in ranked]


def likenesses(row: Any, births: list[Birth], sought: Sought) -> list[Likeness]:
    """How a name and the births of its person stand to what was asked: the name's parts, then the birth."""
    asked = asked_words(row.asked_forename, row.asked_surname, row.asked_sounds)
    recorded = recorded_words(row.words_plain, row.forename_plain, row.sounds)
    return [*name_likeness(asked, recorded, placed=sought.placed), birth_likeness(sought.born, births)]


def match_of(row: Any, why: list[Likeness], known: KnownOf) -> Match:
    """A candidate as a page shows it: by the newest legal name, with what was matched if that is another."""
    legal = next(((one, two) for one, two, kind in known.names if kind == PersonName.Kind.LEGAL), None)
    forename, surname = legal or (row.forename, row.surname)
    reasons = [_(one.words) for one in sorted(why, key=lambda one: one.far >= DIFFERENT) if one.words]
    if (row.forename, row.surname) != (forename, surname):
        kind = PersonName.Kind(row.kind)
        also = _("Also recorded as") if kind is PersonName.Kind.LEGAL else _(str(kind.label))
        reasons.insert(0, f"{also} {row.forename} {row.surname}".strip())
    match = Match(row.person_id, forename, surname, reasons, reference=row.case__reference, recorded_at=row.recorded_at)
    if birth := best_birth(known.births):
        match.born, match.born_on, match.age = birth.words, birth.born_on, birth.age_at(timezone.now())
    readable = next((address for address, opened in known.addresses if opened), "")
    match.address, match.address_closed = readable, bool(known.addresses) and not readable
    return match


def best_birth(births: list[Birth]) -> Birth | None:
    """An exact date before one about right, that before an age; the newest of each. The list comes newest first."""
    return min(births, key=lambda birth: (birth.born_on is None, birth.approximate), default=None)
