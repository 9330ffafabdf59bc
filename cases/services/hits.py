"""What a search would have hit in cases that stay closed: asked of them as the one search asks, for the tripwire alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, Q, TextField, Value

from cases.rule import among
from cases.services import intelligence, narratives
from cases.services.references import kept_in
from people.kinds import Asked
from people.models import Birth, PersonName
from people.models.search import easily_taken_for, words_of
from people.services.addresses import standing_in
from people.services.finding import without_nothing
from people.services.numbers import held_in
from people.services.searching import nearly_named

SINGLES_OUT = 6  # letters and digits: a postcode, a plate, the most of a telephone number


def would_hit(asked: Asked, hidden: Any, shut: Any) -> Q | None:
    """The condition that what was asked is in one of the hidden cases; None where nothing was asked that could be.

    A case that somebody is shut out of is one they have reason to look for, so there whatever the search itself would find
    counts: one name, four digits, a street, a birth date, words of what was told or of intelligence. Of other hidden cases
    only what singles somebody out does: a whole name or nearly so, a word of a name to the letter, a house, most of a
    number, a reference.
    """
    asked = replace(asked, q=asked.q.replace("\0", ""), where=asked.where.replace("\0", ""))
    sought = without_nothing(asked.sought)
    whole = words_of(sought.forename) and words_of(sought.surname)
    near = nearly_named(sought, (hidden if whole else shut).values("pk"))
    found = [*named(f"{sought.forename} {sought.surname}"), *numbered(asked, hidden, shut), *told(asked, shut)]
    if sought.born and sought.born.whole and not sought.named:
        days = easily_taken_for(sought.born.whole)
        found.append(Birth.objects.within(shut.values("pk")).filter(born_on__in=days).values("case_id"))
    references = ["", asked.q.strip().upper()[:20], *(row.case__reference for row in near)]
    hit = Q(reference__in=references)
    if found:
        ids = [one.order_by() for one in found]
        hit |= Q(among("pk", reduce(lambda one, other: one.union(other, all=True), ids)))
    return hit if str(asked) else None


def named(words: str) -> list[Any]:
    """Cases that know a name with all these words, to the letter. Index: personname_words."""
    if not any(map(str.isalnum, words)):
        return []
    plain = Func(
        Value(words[:200]), Value(""), function="people_spelt_words", output_field=ArrayField(TextField())
    )  # fmt: skip
    names = PersonName.objects.standing().filter(words_plain__contains=plain).exclude(words_plain=[])
    return [names.values("case_id")]


def numbered(asked: Asked, hidden: Any, shut: Any) -> list[Any]:
    """Cases that know the number, the address or the reference."""
    facts = held_in((hidden if singles_out(asked.q) else shut).values("pk"), asked).values()
    places = standing_in((hidden if singles_out(asked.where or asked.q) else shut).values("pk"), asked)
    kept = kept_in(hidden, asked)
    own = [kept.pop("case").values("pk")] if "case" in kept else []
    return [*own, *(rows.values("case_id") for rows in (*facts, *places, *kept.values()))]


def told(asked: Asked, shut: Any) -> list[Any]:
    """Cases in whose accounts, calls or intelligence the words stand. Of hidden cases that nobody is shut out of this is not
    asked: words that many use single nobody out.
    """
    cases = Q(among("case_id", shut.values("pk")))
    rows = (*narratives.told_in(cases, asked).values(), *intelligence.told_in(cases, asked))
    return [one.values("case_id") for one in rows]


def singles_out(said: str) -> bool:
    """Whether it is of one house, one number or one account, and not of a street or of half of all numbers."""
    return "@" in said or (bool(re.search(r"\d", said)) and len(re.sub(r"\W", "", said)) >= SINGLES_OUT)
