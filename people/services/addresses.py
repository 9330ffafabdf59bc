"""Places by as much of their address as was written down: a house number, some words of the street, a postcode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Upper
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from people.kinds import Asked, Hit, Hits, SearchKind, Watch, newest_of
from people.models import AtPlace, Place
from people.models.fact import read_cases
from people.services.watching import fresh_like
from workflow.models import folder_model

NAME = "addresses"
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b")
LONG = 3  # letters: an index of letter groups serves no shorter word
MOST_WORDS = 6
SHORT = {
    "ST": "STREET", "RD": "ROAD", "AVE": "AVENUE", "AV": "AVENUE", "LN": "LANE", "DR": "DRIVE", "CL": "CLOSE", "CT": "COURT",
    "CRES": "CRESCENT", "GDNS": "GARDENS", "SQ": "SQUARE", "TER": "TERRACE", "PL": "PLACE", "GR": "GROVE", "PK": "PARK",
}  # fmt: skip


def typed(asked: Asked) -> str:
    """What may be an address: what was said of where, else what stands in the one box."""
    return (asked.where or asked.q).replace("\0", "").upper()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address must have: one of these forms of a postcode, if any, and each of the words in one of its ways. A
    number stands there as a whole word; a short form is the long one too.
    """

    postcodes: tuple[str, ...]
    numbers: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]


def wanted(asked: Asked) -> Wanted | None:
    """None where the words are too few, or too short, for an index to find it."""
    said = typed(asked)
    postcodes: tuple[str, ...] = ()
    if found := POSTCODE.search(said):
        spaced, closed = f"{found[1]} {found[2]}", f"{found[1]}{found[2]}"
        postcodes = (spaced, closed, spaced.lower(), closed.lower())
        said = said.replace(found[0], " ")
    words = re.findall(r"\w+", said)
    enough = postcodes or any(len(word) >= LONG and not word.isdigit() for word in words)
    if not enough or len(words) > MOST_WORDS:
        return None
    whole = [word for word in words if word[:1].isdigit() and word.isascii()]
    others = [(word, SHORT[word]) if word in SHORT else (word,) for word in words if word not in whole]
    return Wanted(postcodes, tuple(whole), tuple(others))


def condition(want: Wanted, line: str) -> Q:
    """That an address has these words; `upper` is its line in capitals.

    Indexes: address_fragment, incident_place_fragment, call_place_fragment; address_of_postcode and its like.
    """
    asked = Q(postcode__in=want.postcodes) if want.postcodes else Q()
    for number in want.numbers:
        asked &= Q(**{f"{line}__iregex": rf"\y{number}\y"})
    for ways in want.words:
        asked &= reduce(or_, (Q(upper__contains=way) for way in ways))
    return asked


def stands(want: Wanted, line: str, postcode: str) -> bool:
    """What `condition` asks, of one address."""
    upper = line.upper()
    return (
        (not want.postcodes or postcode in want.postcodes)
        and all(any(way in upper for way in ways) for ways in want.words)
        and all(re.search(rf"\b{number}\b", upper) for number in want.numbers)
    )


def line_of(kind: Any) -> str:
    return "line" if any(column.name == "line" for column in kind._meta.fields) else "place"


def sources(asked: Asked, user: User) -> dict[str, Any]:
    """The places at which the reader may see a record that has the words."""
    here = [rows.exclude(place_key="").values("place_key") for rows in standing_in(read_cases(user), asked)]
    if not here:
        return {}
    # one list of keys, by which the places are looked up: one IN for each kind would look at every place there is
    keys = here[0].union(*here[1:], all=True) if len(here) > 1 else here[0]
    return {NAME: Place.objects.filter(key__in=keys).one_each()}


def standing_in(cases: Any, asked: Asked) -> list[Any]:
    """The records of these cases (ids) that stand at an address with the words, kind by kind."""
    want = wanted(asked)
    found: list[Any] = []
    if want is None:
        return found
    for kind in AtPlace.kinds():
        line = line_of(kind)
        at = kind.objects.standing().filter(case__in=cases)
        found.append(at.alias(upper=Upper(line)).filter(condition(want, line)))
    return found


def rows(asked: Asked, user: User) -> list[Any]:
    return list(sources(asked, user).values())


def find(asked: Asked, user: User, after: str) -> Hits:
    """The places known last first; each by its address where a case that knows it stands open. One statement."""
    told = {"read": newest_words(user), "at": newest(user, "recorded_at"), "of": newest(user, "case_id")}
    asked_of = {name: found.annotate(**told) for name, found in sources(asked, user).items()}
    places, on = newest_of(asked_of, ("at", "of", "read"), after)
    return Hits([hit_of(row) for row in places], on)


def newest_words(user: User) -> Any:
    """The address as it was said last, in a case that stands open to the reader; "" where none does."""
    told = []
    for kind in AtPlace.kinds():
        said = Concat(line_of(kind), Value(", "), "postcode", output_field=CharField())
        open_now = Exists(folder_model().objects.open_to(user).read_by(user).filter(pk=OuterRef("case_id")))
        here = kind.objects.standing().filter(open_now, place_key=OuterRef("key"))
        told.append(Subquery(here.order_by("-recorded_at", "-pk").annotate(whole=said).values("whole")[:1]))
    return Coalesce(*told, Value(""), output_field=CharField())


def newest(user: User, column: str) -> Any:
    """A column of the record of the place that was made last, of those the reader may see."""
    cases = read_cases(user)
    told = [
        Subquery(
            kind.objects.standing().filter(case__in=cases, place_key=OuterRef("key")).order_by("-recorded_at", "-pk")
            .values(column)[:1]
        )
        for kind in AtPlace.kinds()
    ]  # fmt: skip
    return Coalesce(*told)


def hit_of(row: Any) -> Hit:
    _name, pk, at, case, read = row
    title = read.strip(", ") or _("An address that matches")
    why = _("These words stand in it") if read else _("Known from a case that first wants to be told why")
    return Hit(pk, title, reverse("place", args=[pk]), why, at, case, closed=not read)


def is_address(asked: Asked) -> bool:
    """Shown unasked: where somebody lives was said and nobody's name; or words with a number or a postcode among them."""
    if asked.where and not asked.q:
        return True
    said = asked.q.upper()
    return bool(POSTCODE.search(said) or (re.search(r"\b\d{1,4}[A-Z]?\b", said) and re.search(r"[A-Z]{3}", said)))


def watches() -> list[Watch]:
    """Whatever is recorded at an address with the words is news, also where the address was known."""
    found = []
    for kind in AtPlace.kinds():
        name = f"{NAME}.{kind._meta.model_name}"
        at = kind.objects.exclude(place_key="")
        fresh = partial(fresh_like, NAME, name, at, (line_of(kind), "postcode"), wanted, stands)
        found.append(Watch(name, kind, fresh))
    return found


KIND = SearchKind(NAME, "Addresses", 20, find, rows, is_address, watches=watches)
