"""The sweep for people who were recorded twice. It suggests and never merges.

It looks only for what is new: of each person of whom a case has learned a name, a birth date or a number since, for
others whose name is alike and who were born on the same day or on one that is easily taken for it, or who have the same
telephone, email or identifier. What speaks for a pair comes from one case on either side, so that only who may see both
is shown the pair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from accounts.models import Unit, User
from people.models import Birth, Duplicate, DuplicateSign, Identifier, Note, PersonName, Telephone, Unweighed
from people.models import search as engine_of_search
from people.models.name import NO_FORENAME, NO_SURNAME
from people.services.comparing import births_alike, names_alike
from people.services.hubs import living
from people.services.likeness import ROUGHLY
from workflow import engine
from workflow.models import folder_model

BATCH = 200  # people of a minute; the rest waits for the next
NEAREST = 60  # others compared with one person by one question; more have it in common, so it tells nobody apart
BORN_NEAR = 2_000  # births on one of those days; a force of a million has some five hundred
WORTH = 50  # a pair below this is not suggested
FOUND = "Noticed by the program: what cases have recorded of them is alike."

#: By how far the names are (`people.services.likeness`); 4 is one part the same and the other another, as after a wedding.
NAME = {0: 60, 1: 45, 2: 30, 3: 10, 4: 5}
BIRTH = {0: 40, 1: 25, 2: 5}
UNSAID = (NO_FORENAME, NO_SURNAME)
NO_BIRTH, OTHER_BIRTH, TIE = 0, -60, 35


@dataclass(frozen=True, slots=True)
class Tie:
    """A number or an address by which two records are one person's: the kind of fact, its column, which rows."""

    model: Any
    column: str
    only: Q = Q()


#: Each has an index on its column: telephone_digits, identifier_number; an email is looked for by its own letters.
TIES: list[Tie] = [
    Tie(Telephone, "digits"),
    Tie(Identifier, "number_plain"),
    Tie(Note, "said_words", Q(about="email")),
]


#: Of what tells who somebody is (migration 0008): a new row of it leaves word.
KINDS: tuple[Any, ...] = (PersonName, Birth, *(tie.model for tie in TIES))


@dataclass(slots=True)
class Side:
    """What one case knows of one person."""

    person: int
    case: int
    names: list[PersonName]
    births: list[Birth]
    ties: set[tuple[str, str]]


def weigh_new(batch: int = BATCH) -> int:
    """Look at the people of whom something new was learned, newest first, so that work is never behind an import that
    brought years. Gives how many. May run twice, and be stopped.

    Each is done for once by whoever has its row; what is left when a worker dies is found by the next.
    """
    done = 0
    while done < batch and weigh_next():
        done += 1
    return done


def longest_waiting(now: datetime) -> timedelta:
    """How long the oldest live one has waited, by when the newest of what its case knows of the person was recorded."""
    row = Unweighed.objects.live().order_by("pk").first()
    if row is None:
        return timedelta()
    of = {"person": row.person_number, "case": row.case_number}
    told = [kind.objects.filter(**of).aggregate(at=Max("recorded_at"))["at"] for kind in KINDS]
    return max(now - max(filter(None, told), default=now), timedelta())


@transaction.atomic
def weigh_next() -> bool:
    """The newest one that nobody else has in hand, those of an import last; its live rows are done with it. All by the
    key: an import leaves millions.
    """
    row = Unweighed.objects.order_by("-pk").select_for_update(skip_locked=True).first()
    if row is None:
        return False
    again = Q(pk__gt=0, person_number=row.person_number, case_number=row.case_number)
    same = Unweighed.objects.filter(Q(pk=row.pk) | again)
    same.filter(pk__in=list(same.select_for_update(skip_locked=True).values_list("pk", flat=True))).delete()
    weigh(living(row.person_number), row.case_number)
    return True


def weigh(person: int, case: int) -> list[Duplicate]:
    """Suggest everybody whom this person may be, from what this case knows of them."""
    mine = sides([(person, case)]).get((person, case))
    if mine is None or not mine.names:
        return []
    others = sides(near(mine))
    scored = [(score_of(mine, side), side) for side in others.values() if side.person != person]
    return [
        pair for score, side in scored
        if score >= WORTH and (pair := suggest_found(mine, side, score)) is not None
    ]  # fmt: skip


def near(side: Side) -> set[tuple[int, int]]:
    """(person, case) of those to compare with. Indexes: birth_day, telephone_digits, personname_sounds."""
    found: set[tuple[int, int]] = set()
    for birth in side.births:
        if birth.born_on and not birth.approximate:
            days = engine_of_search.easily_taken_for(birth.born_on)
            rows = Birth.objects.standing().filter(born_on__in=days).exclude(person=side.person)
            found |= sounding_like(side, rows)
    for tie in TIES:
        values = [value for kind, value in side.ties if kind == tie.model._meta.label_lower]
        if values:
            rows = tie.model.objects.standing().filter(tie.only, **{f"{tie.column}__in": values})
            common = list(rows.exclude(person=side.person).values_list("person_id", "case_id")[: NEAREST + 1])
            found |= set(common) if len(common) <= NEAREST else set()
    return found


def sounding_like(side: Side, births: Any) -> set[tuple[int, int]]:
    """Of the people of these births, those of whom the same case has a name with a word that sounds like one of these.

    The people are found first, so that they are not looked for beneath every name of that sound.
    """
    sounds = sorted({sound for name in side.names for sound in name.sounds if sound and sound not in UNSAID})
    born = list(births.values_list("person_id", flat=True)[:BORN_NEAR])
    names = PersonName.objects.standing().filter(person__in=born, sounds__overlap=sounds)
    return set(names.values_list("person_id", "case_id")[: NEAREST * 4])


def sides(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Side]:
    """What each case knows of each person: names, births, ties. A query for each kind of fact."""
    found = {key: Side(*key, [], [], set()) for key in pairs}
    nobody = Side(0, 0, [], [], set())  # whatever a case outside the pairs knows
    asked = {"person__in": {person for person, _ in found}, "case__in": {case for _, case in found}}
    for name in PersonName.objects.standing().filter(**asked).exclude(kind=PersonName.Kind.NOT_KNOWN):
        found.get((name.person_id, name.case_id), nobody).names.append(name)
    for birth in Birth.objects.standing().filter(**asked):
        found.get((birth.person_id, birth.case_id), nobody).births.append(birth)
    for tie in TIES:
        rows = tie.model.objects.standing().filter(tie.only, **asked).exclude(**{tie.column: ""})
        for person, case, value in rows.values_list("person_id", "case_id", tie.column):
            found.get((person, case), nobody).ties.add((tie.model._meta.label_lower, value))
    return found


def score_of(one: Side, two: Side) -> int:
    """How much speaks for the two being one person. A name alone never does; nor does a number that a family shares."""
    names = [sum(part.far for part in names_alike(mine, theirs)) for mine in one.names for theirs in two.names]
    name = NAME.get(min(names, default=9), 0)
    births = [births_alike(mine, theirs).far for mine in one.births for theirs in two.births]
    birth = BIRTH.get(min(births), OTHER_BIRTH) if births else NO_BIRTH
    tie = TIE if one.ties & two.ties else 0
    return name + birth + tie if name and (tie or (births and min(births) <= ROUGHLY)) else 0


def best_score(pair: Duplicate) -> int:
    """How much speaks for a pair now, of whatever any two cases know: what a judgement is held to have known."""
    named = PersonName.objects.standing().filter(person__in=pair.hubs).order_by("-pk")
    known = list(sides(named.values_list("person_id", "case_id").distinct("pk")[:NEAREST]).values())
    ones, twos = ([side for side in known if side.person == hub] for hub in pair.hubs)
    return max((score_of(one, two) for one in ones for two in twos), default=0)


def suggest_found(one: Side, two: Side, score: int) -> Duplicate | None:
    """The pair as a row of the queue, once; None where a person has judged it and nothing more speaks for it."""
    if judged_apart(one.person, two.person, score):
        return None
    case = folder_model().objects.select_related("unit").filter(pk=one.case).first()
    if case is None:
        return None
    cases = {one.person: one.case, two.person: two.case}
    return suggest(cases, by=User.objects.system(), reason=FOUND, score=score, unit=case.unit)


def judged_apart(one: int, two: int, score: int) -> bool:
    """Whether somebody has said that they, or hubs that were merged into them, are two people, knowing as much."""
    hubs = {hub: _cluster(hub) for hub in (one, two)}
    judged = Duplicate.objects.filter(
        Q(one__in=hubs[one], two__in=hubs[two]) | Q(one__in=hubs[two], two__in=hubs[one])
    )  # fmt: skip
    said_two = judged.filter(state__in=[Duplicate.State.DISMISSED, Duplicate.State.PARTED], judged_score__gte=score)
    return bool(judged.filter(apart_at__isnull=False).exists() or said_two.exists())


def _cluster(hub: int) -> list[int]:
    found = [hub]
    for gone in found:
        found += Duplicate.objects.filter(merges__kept=gone, merges__undone_at__isnull=True).values_list(
            "merges__gone", flat=True
        )
    return found


@transaction.atomic
def suggest(cases: dict[int, int], *, by: User, reason: str, unit: Unit, score: int = 0) -> Duplicate:
    """A pair to be judged, and the case on either side that speaks for it ({person: case}). Suggested already: once more
    nothing; judged before: judged again. Raises Refused.
    """
    one, two = sorted(cases)
    pair = Duplicate.objects.of(one, two).select_for_update(no_key=True).first()
    if pair is None:
        pair = _first(Duplicate(one_id=one, two_id=two, unit=unit, score=score), by, reason)
    between = {"duplicate": pair, "case_one_id": cases[one], "case_two_id": cases[two]}
    DuplicateSign.objects.bulk_create([DuplicateSign(**between, score=score)], ignore_conflicts=True)
    DuplicateSign.objects.filter(**between, score__lt=score).update(score=score)  # the same two cases know more now
    if score > pair.score:
        Duplicate.objects.filter(pk=pair.pk).update(score=score)
    if pair.state in (Duplicate.State.DISMISSED, Duplicate.State.PARTED):
        again = Duplicate.objects.select_related("unit").get(pk=pair.pk)
        pair = engine.perform(again, "again", by=by, evidence={"reason": reason}, seen=again.version)
    return pair


def _first(blank: Duplicate, by: User, reason: str) -> Duplicate:
    """The pair as it is suggested for the first time; where somebody else does so at the same moment, theirs."""
    try:
        with transaction.atomic():
            made: Duplicate = engine.perform(blank, "suggest", by=by, evidence={"reason": reason})
            return made
    except IntegrityError:
        return Duplicate.objects.of(blank.one_id, blank.two_id).select_for_update(no_key=True).get()
