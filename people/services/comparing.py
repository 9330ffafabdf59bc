"""Two people side by side: what agrees, what disagrees, what only one of them is said to be. Only what the reader sees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Any

from django.db.models import BigIntegerField, Count, Value
from django.utils.translation import gettext as _

from accounts.models import User
from people.models import Birth, Fact, PersonName
from people.models.birth import as_said
from people.services.facts import NAME_NOT_KNOWN, Known, as_known, facts_of_all
from people.services.hubs import Row, columns
from people.services.likeness import DIFFERENT, ROUGHLY, SAME, Likeness, name_likeness, recorded_words
from people.services.merging import code_of
from people.services.nearness import one_birth
from people.services.privacy import Reader


class Verdict(Enum):
    """How two sides stand to each other in one kind of fact, in the order of the page."""

    AGREES = "Agrees"
    NEARLY = "Nearly agrees"
    DISAGREES = "Disagrees"
    ONE_SIDE = "Only one side is known"


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of fact: how the two stand, why in words, and every fact of each side with its source."""

    label: str
    verdict: Verdict
    why: list[str]
    ones: list[Known]
    twos: list[Known]


def compared(one: int, two: int, user: User) -> list[Compared]:
    """Kind by kind as on the person page; nothing where either is nobody to this reader. A query for each kind of fact."""
    known = facts_of_all([one, two], user)
    if not known[one] or not known[two]:
        return []
    sides: dict[str, tuple[list[Known], list[Known]]] = defaultdict(lambda: ([], []))
    for side, person in enumerate((one, two)):
        for fact in known[person]:
            sides[fact.label][side].append(fact)
    return [compare(label, ones, twos) for label, (ones, twos) in sides.items()]


def compare(label: str, ones: list[Known], twos: list[Known]) -> Compared:
    """The nearest pair of facts decides: two people of one name and one other each may well be one."""
    pairs = list(product(filter(says, ones), filter(says, twos)))
    if not pairs:
        return Compared(label, Verdict.ONE_SIDE, [], ones, twos)
    best = min((likeness(one.fact, two.fact) for one, two in pairs), key=lambda found: sum(part.far for part in found))
    far = max((part.far for part in best), default=SAME)
    verdict = Verdict.AGREES if far == SAME else Verdict.NEARLY if far <= ROUGHLY else Verdict.DISAGREES
    return Compared(label, verdict, [part.sentence for part in best if part.words], ones, twos)


def says(known: Known) -> bool:
    return bool(known.words) and known.readable and known.words != NAME_NOT_KNOWN


def likeness(one: Any, two: Any) -> list[Likeness]:
    """How two facts of one kind stand to each other."""
    if isinstance(one, PersonName) and isinstance(two, PersonName):
        return names_alike(one, two)
    if isinstance(one, Birth) and isinstance(two, Birth):
        return [births_alike(one, two)]
    same = plainly(one) == plainly(two)
    return [Likeness(SAME if same else DIFFERENT, "")]


def names_alike(one: PersonName, two: PersonName) -> list[Likeness]:
    """From the columns that the database worked out."""
    asked, recorded = recorded_words(one), recorded_words(two)
    return list(name_likeness(asked, recorded, placed=True))


def births_alike(one: Birth, two: Birth) -> Likeness:
    """The exact one is put as the question, so that what is about right is judged as such."""
    asked, other = (one, two) if one.born_on and not one.approximate else (two, one)
    if asked.born_on is None:
        near = abs(asked.year - other.year) <= 2
        return Likeness(SAME if near else DIFFERENT, "")
    return one_birth(as_said(asked.born_on), other)  # type: ignore[arg-type]  # a whole day is a day


def plainly(fact: Any) -> str:
    """Digits where it is a number, else letters and digits: 07700 900 862 is 07700900862."""
    plain = getattr(fact, "digits", "") or getattr(fact, "number_plain", "") or getattr(fact, "place_key", "")
    return str(plain or "".join(filter(str.isalnum, str(fact.words).lower())))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of one sort the reader may see: of each of the two, and of both together."""

    label: str
    one: int
    two: int

    @property
    def together(self) -> int:
        return self.one + self.two


def tallies(one: int, two: int, user: User) -> list[Tally]:
    """What stands of either, as far as the reader may see it: each kind of row by its own rule. One statement."""
    asked = []
    for number, column in enumerate(columns()):
        if column.in_a_case:
            rows = column.model.objects.visible_to(user).standing().filter(**{f"{column.name}__in": [one, two]})
            said = (Value(number, output_field=BigIntegerField()), f"{column.name}_id")
            asked.append(
                rows.order_by().values(f"{column.name}_id").annotate(rows=Count("pk")).values_list(*said, "rows")
            )
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for number, hub, rows in asked[0].union(*asked[1:], all=True):
        counts[called(columns()[number].model)][hub == two] += rows
    found = [Tally(label, *both) for label, both in counts.items()]
    return sorted(found, key=lambda row: row.label)


def called(model: Any) -> str:
    """What a row of a kind is called on the pages of a merge: a fact as on the page of a person, else as the kind says."""
    said = getattr(model, "called", "") or getattr(model, "label", "")
    words = _(said if said and isinstance(said, str) else str(model._meta.verbose_name))
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row as the page of an un-merge shows it: its code in the form, what it is, what it says as far as it may be read."""

    code: str
    label: str
    words: str
    reference: str
    url: str
    recorded_at: Any


def shown(rows: list[Row], user: User) -> list[RowShown]:
    """Those that the reader may see, newest first. A query for each column that any of them stands in."""
    reader, found = Reader(user), []
    for number in sorted({row.column for row in rows}):
        column, mine = columns()[number], {row.pk: row for row in rows if row.column == number}
        if not column.in_a_case:
            continue
        seen = column.model.objects.visible_to(user).filter(pk__in=mine).select_related("case", "recorded_by")
        is_fact = issubclass(column.model, Fact)
        for record in seen.with_door(user) if is_fact else seen:
            words = as_known([record], reader)[0].words if is_fact else str(record)
            label = _(str(record.label)) if is_fact else called(column.model)
            found.append(
                RowShown(
                    code_of(mine[record.pk]),
                    label,
                    words,
                    record.case.reference,
                    record.case.get_absolute_url(),
                    record.recorded_at,
                )  # fmt: skip
            )
    return sorted(found, key=lambda row: row.recorded_at, reverse=True)
