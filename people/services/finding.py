"""Find people before recording them: forgiving of a slip, strict about who may see, and written down.

Three statements, whatever is found: the candidates, what is known of them, and the record of the search; and what
whoever hears searches asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, Func, IntegerField, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import services as audit
from audit.models import Access
from people.kinds import Asked
from people.models import Address, Birth, PartialDay, PersonName
from people.models.birth import as_said
from people.models.fact import read_cases, visible_cases
from people.models.search import CANDIDATES, Sought, candidates
from people.models.street import street_of
from people.services.likeness import DIFFERENT, Likeness, Word, asked_words, name_likeness, recorded_words
from people.services.nearness import Lived, birth_likeness, place_likeness
from workflow.models import folder_model

LIMIT = 10


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody matched, in one part: what is compared ("Name"), and in words how it stands. `weak`: against it."""

    part: str
    words: str
    weak: bool = False


@dataclass(slots=True)
class Match:
    """Somebody it may be. `why` says in words how the record resembles what was asked, nearest first; `reasons` the same
    in its parts, name, birth date and address. `exact`: nothing differs. `ways`: parts that speak for it.

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
    reasons: list[Reason] = field(default_factory=list)
    exact: bool = False

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}".strip() or "Name not known"

    @property
    def url(self) -> str:
        return reverse("person", args=[self.person_id])

    @property
    def ways(self) -> int:
        return sum(not reason.weak for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an answer. `total` counts visible people; `capped`: there may be more than were compared."""

    matches: list[Match]
    total: int
    first: int
    more: bool
    capped: bool


Listener = Callable[[User, Asked], None]
_LISTENERS: list[Listener] = []


def hears_searches(listener: Listener) -> None:
    """Declare who hears, within the search itself, what is looked for: a search that shows nobody is heard as well."""
    _LISTENERS.append(listener)


def tell_listeners(user: User, asked: Asked) -> None:
    for listener in _LISTENERS:
        listener(user, asked)


def find(
    *, user: User, forename: str = "", surname: str = "", born_on: date | PartialDay | None = None, where: str = "",
    limit: int = LIMIT,
) -> list[Match]:  # fmt: skip
    """The people it may be, nearest first, exact ones before all. Forgives a typo, the sound, a short name, other letters,
    the order of the names, a missing or partial birth date, a day and month swapped, a year one or two out. Where they
    lived speaks for somebody and never against. Too little to look for gives nobody.

    Written to the record of consultations with what was asked and who was shown. Three queries.
    """
    return look_for(Sought(forename, surname, as_said(born_on), where=where), user=user, limit=limit).matches


def look_for(sought: Sought, *, user: User, limit: int = LIMIT, heard: bool = True) -> Found:
    """The same, as the first page of an answer.

    Not `heard`: nobody asked. The program asks for a page, so it is no search of the reader and nothing is written down.
    """
    sought = without_nothing(sought)
    cases = visible_cases(user)
    readable = folder_model().objects.open_to(user).read_by(user).order_by().values("pk") if sought.where else None
    rows = list(candidates(sought, cases, readable)) if sought.answerable else []
    known = known_of({row.person_id for row in rows}, cases, user)
    ranked = nearest_first(rows, known, sought)
    shown = [match_of(row, why, known[person]) for person, row, why in ranked[:limit]]
    if heard:
        audit.looked(
            by=user, kind=Access.Kind.SEARCH, what="people.person", terms=str(sought)[:500],
            hits=[match.person_id for match in shown],
        )  # fmt: skip
    if heard and sought.named:
        tell_listeners(user, Asked(f"{sought.forename} {sought.surname}".strip(), sought.born))
    return Found(shown, len(ranked), 1, len(ranked) > limit, len(rows) >= CANDIDATES)


def without_nothing(sought: Sought) -> Sought:
    """PostgreSQL takes every character but one."""
    said = {name: getattr(sought, name).replace("\0", "") for name in ("forename", "surname", "where")}
    return replace(sought, **said)


@dataclass(slots=True)
class KnownOf:
    """What one statement brought about a candidate, newest first."""

    births: list[Birth] = field(default_factory=list)
    names: list[tuple[str, str, str]] = field(default_factory=list)
    addresses: list[Lived] = field(default_factory=list)

    @property
    def legal(self) -> tuple[str, str] | None:
        """The newest name that is not another name of theirs."""
        return next(((one, two) for one, two, kind in self.names if kind == PersonName.Kind.LEGAL), None)


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
            found[person].addresses.append(lived_at(words, recorded_at, born_on, flag))
    return found


#: What else the span of an address says, in one column.
SPAN = Func("since_part", Value("|"), "until", Value("|"), "until_part", function="concat", output_field=TextField())


def lived_at(words: list[str], recorded_at: datetime, since: date | None, opened: bool) -> Lived:
    """An address from its row of the statement."""
    line, postcode, (since_part, until, until_part) = words[0], words[1], words[2].split("|")
    ended = date.fromisoformat(until) if until else None
    fact = Address(since=since, since_part=since_part, until=ended, until_part=until_part)
    return Lived(line, postcode, recorded_at, opened, fact.span_words, fact.over)


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
    addresses = Address.objects.within(read_cases(user)).of(person_ids).with_door(user).values_list(
        "person_id", "recorded_at", Value("address"), "since", "open", no_age, "line", "postcode", SPAN
    )  # fmt: skip
    return births.union(names, addresses, all=True)


@dataclass(frozen=True, slots=True)
class Why:
    """How one name of somebody, their births and their addresses stand to what was asked."""

    name: list[Likeness]
    birth: Likeness
    place: Likeness

    @property
    def far(self) -> int:
        """0: nothing that was asked differs."""
        return sum(one.far for one in self.name) + self.birth.far

    @property
    def order(self) -> tuple[int, ...]:
        """Exact ones first; then the nearest, where they lived bringing them as much nearer as one slip is far."""
        there = self.place.speaks * (2 - self.place.far)
        return bool(self.far), self.far - there, -there, sum(one.off for one in self.name) + self.place.off


def nearest_first(rows: Iterable[Any], known: dict[int, KnownOf], sought: Sought) -> list[tuple[int, Any, Why]]:
    """Each person once, by the nearest of their names, with why; those whom nothing speaks for are left out."""
    best: dict[int, tuple[Any, Any, Why]] = {}
    asked: list[Word] | None = None
    beside: dict[int, tuple[Likeness, Likeness]] = {}
    place = street_of(sought.where)
    for row in rows:
        asked = asked_words(row, sought.forename, sought.surname) if asked is None else asked  # the same on every row
        person, of = row.person_id, known[row.person_id]
        if person not in beside:
            beside[person] = birth_likeness(sought.born, of.births), place_likeness(place, of.addresses)
        why = Why(name_likeness(asked, recorded_words(row), placed=sought.placed), *beside[person])
        if sought.named and not any(one.speaks for one in why.name):
            continue
        order = (why.order, row.kind != PersonName.Kind.LEGAL, -row.recorded_at.timestamp())
        if person not in best or order < best[person][0]:
            best[person] = (order, row, why)
    ranked = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
    return [(person, row, why) for person, (_order, row, why) in ranked]


def match_of(row: Any, why: Why, known: KnownOf) -> Match:
    """A candidate as a page shows it: by the newest legal name, with what was matched if that is another."""
    forename, surname = known.legal or (row.forename, row.surname)
    reasons = reasons_of(row, why, (forename, surname))
    match = Match(
        row.person_id, forename, surname, [one.words for one in sorted(reasons, key=lambda one: one.weak)],
        reference=row.case__reference, recorded_at=row.recorded_at, reasons=in_parts(reasons), exact=not why.far,
    )  # fmt: skip
    if birth := best_birth(known.births):
        match.born, match.born_on, match.age = birth.words, birth.born_on, birth.age_at(timezone.now())
    read = [address for address in known.addresses if address.opened]
    readable = next((address.words for address in sorted(read, key=lambda one: one.over)), "")
    match.address, match.address_closed = readable, bool(known.addresses) and not readable
    return match


def reasons_of(row: Any, why: Why, called: tuple[str, str]) -> list[Reason]:
    """Each thing to say, one by one: the name first, beginning with which of their names it is."""
    name, birth, address = _("Name"), _("Birth date"), _("Address")
    found = [Reason(name, one.sentence, one.far >= DIFFERENT) for one in why.name if one.words]
    if (row.forename, row.surname) != called and row.kind != PersonName.Kind.NOT_KNOWN:
        kind = PersonName.Kind(row.kind)
        also = _("Also recorded as") if kind is PersonName.Kind.LEGAL else _(str(kind.label))
        found.insert(0, Reason(name, f"{also} {row.forename} {row.surname}".replace("  ", " ").strip()))
    beside = [Reason(birth, why.birth.sentence, why.birth.far >= DIFFERENT), Reason(address, why.place.sentence)]
    return found + [reason for reason in beside if reason.words]


def in_parts(reasons: list[Reason]) -> list[Reason]:
    """One for each part, its sentences together; weak where nothing in it speaks for the person."""
    parts = list(dict.fromkeys(reason.part for reason in reasons))
    of = {part: [reason for reason in reasons if reason.part == part] for part in parts}
    return [Reason(part, "; ".join(one.words for one in of[part]), all(one.weak for one in of[part])) for part in parts]


def best_birth(births: list[Birth]) -> Birth | None:
    """An exact date before one about right, that before an age; the newest of each. The list comes newest first."""
    return min(births, key=lambda birth: (birth.born_on is None, birth.approximate), default=None)
