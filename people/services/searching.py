"""The one search: everything of every kind that may be what somebody typed, within what they may see, written down.

The statements are as many for one answer as for five hundred: the candidates and what is known of them, one for each
filter, one that counts every other kind, one for each kind that is shown, the record of the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from audit import services as audit
from audit.models import Access
from people.kinds import (
    PAGE,
    PEOPLE,
    Asked,
    Hits,
    SearchKind,
    counts_of,
    facets,
    kinds_for,
    more_that_may_match,
)
from people.models.search import Sought, candidates
from people.services.finding import Found, Match, look_for, tell_listeners
from people.services.likeness import NEARLY, asked_words, name_likeness, recorded_words
from workflow.numbers import id_in

#: As many as the engine compares: a filter asks all of them, a page shows ten.
ALL = 1_000
TURN = timedelta(hours=12)  # of duty: what somebody opened in it they have opened already
NEAREST = 3
NEAR = "near"
STRONG, EXACT = "strong", "exact"
HOW_NEAR = ((STRONG, N_("Two strong ways or more")), (EXACT, N_("Exact only")))
PERSON = "people.person"  # in the record of consultations: the hits are people; else they are cases


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters that were ticked: kinds by name (none: what is likely), and of each filter its values."""

    kinds: frozenset[str] = frozenset()
    of: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Of the filters of people; which kinds are shown is ticked from the beginning."""
        return sum(map(len, self.of.values()))


@dataclass(frozen=True, slots=True)
class Option:
    """One checkbox: its value and words, how many it would leave, and whether it is ticked."""

    value: str
    label: str
    count: int
    ticked: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One group of checkboxes."""

    name: str
    label: str
    options: list[Option]


@dataclass(slots=True)
class Section:
    """The hits of one kind beside people."""

    kind: SearchKind
    count: int
    page: Hits


@dataclass(slots=True)
class Answer:
    """What the page shows. `people` is None where people are not shown; `more` counts records that may match and that the
    reader may know of and not open.
    """

    asked: Asked
    shown: frozenset[str]
    people: Found | None = None
    filters: list[Filter] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    more: int = 0
    opened: int = 0
    unopened: Match | None = None

    @property
    def last(self) -> int:
        return self.people.first + len(self.people.matches) - 1 if self.people else 0

    @property
    def nearest(self) -> int:
        return min(NEAREST, self.people.total) if self.people else 0


def search(
    asked: Asked, *, user: User, chosen: Chosen, after: Mapping[str, str], because: Mapping[str, str],
) -> Answer:  # fmt: skip
    """Find, count, filter, and write down what was asked, who was shown and why. `after`: {kind: where its page begins}.

    Professional standards hear of what must be heard of, a name or any other, whoever is shown and whatever is ticked.
    """
    kinds = kinds_for(user.roles_over(None))
    everybody = look_for(asked.sought, user=user, limit=ALL, heard=False)
    counts = counts_of(kinds, asked, user)
    names = which(asked, chosen, kinds, counts, everybody.total)
    answer = Answer(asked, names)
    known = asked_of(everybody.matches, user)
    answer.filters = [what_of(kinds, counts, everybody.total, names), *filters_of(known, chosen)]
    if PEOPLE in names:
        left = [match for match in everybody.matches if passes(match.person_id, known, chosen)]
        answer.people = page_of(left, everybody.capped, after.get(PEOPLE, ""))
        answer.more = more_that_may_match(asked.sought, user, [match.person_id for match in everybody.matches])
        note_opened(answer, user)
    answer.sections = [
        Section(kind, counts[kind.name], kind.find(asked, user, after.get(kind.name, "")))
        for kind in kinds if kind.name in names
    ]  # fmt: skip
    write_down(answer, user, because)
    if not any(after.values()):
        tell_listeners(user, asked)
    return answer


def which(
    asked: Asked, chosen: Chosen, kinds: Iterable[SearchKind], counts: Mapping[str, int], people: int
) -> frozenset[str]:
    """What is shown: what was ticked, beside what it is likely to be; else, where that is nobody, whatever there is."""
    likely = {kind.name for kind in kinds if kind.likely(asked)}
    if chosen.kinds:
        return chosen.kinds | likely
    if (asked.sought.answerable and not likely) or people:
        likely.add(PEOPLE)
    if not people and not any(counts[name] for name in likely - {PEOPLE}):
        likely |= {name for name, count in counts.items() if count}
    return frozenset(likely or {PEOPLE})


Of = dict[str, dict[str, set[int]]]  # filter → value → ids of the people of whom it is true


def asked_of(matches: list[Match], user: User) -> Of:
    """What each filter says of everybody found. One statement for each filter that an app declares."""
    ids = [match.person_id for match in matches]
    known: Of = {facet.name: facet.of(ids, user) if ids else {} for facet in facets()}
    strong = {match.person_id for match in matches if match.ways > 1}
    return known | {NEAR: {STRONG: strong, EXACT: {match.person_id for match in matches if match.exact}}}


def passes(person: int, known: Of, chosen: Chosen) -> bool:
    """Within a filter any of what was ticked will do; every filter must let somebody through."""
    return all(
        any(person in known[name].get(value, ()) for value in values) for name, values in chosen.of.items() if values
    )


def what_of(kinds: list[SearchKind], counts: Mapping[str, int], people: int, shown: frozenset[str]) -> Filter:
    rows = [Option(PEOPLE, N_("People"), people, PEOPLE in shown)]
    rows += [Option(kind.name, kind.label, counts[kind.name], kind.name in shown) for kind in kinds]
    return Filter("what", N_("What"), rows)


def filters_of(known: Of, chosen: Chosen) -> list[Filter]:
    """With how many of everybody found each would leave."""
    groups = [(facet.name, facet.label, facet.choices) for facet in facets()] + [(NEAR, N_("How near"), HOW_NEAR)]
    return [
        Filter(name, label, [
            Option(value, words, len(known[name].get(value, ())), value in chosen.of.get(name, ()))
            for value, words in choices
        ])
        for name, label, choices in groups
    ]  # fmt: skip


def page_of(left: list[Match], capped: bool, after: str) -> Found:
    """Ten of those left, after the person with that id: stable while people are being recorded."""
    last = id_in(after)
    first = next((place for place, match in enumerate(left, 1) if match.person_id == last), 0)
    return Found(left[first : first + PAGE], len(left), first + 1, len(left) > first + PAGE, capped)


def note_opened(answer: Answer, user: User) -> None:
    """How many of the nearest this person has opened this turn of duty, and the nearest they have not. One statement.

    Index: access_by_person.
    """
    nearest = answer.people.matches[:NEAREST] if answer.people and answer.people.first == 1 else []
    if not nearest:
        return
    pages = {f"people.person:{match.person_id}": match for match in nearest}
    looks = Access.objects.filter(by=user, at__gt=timezone.now() - TURN, kind=Access.Kind.VIEW, what__in=pages)
    seen = set(looks.order_by().values_list("what", flat=True))
    answer.opened = len(seen)
    answer.unopened = next((match for page, match in pages.items() if page not in seen), None)


def nearly_named(sought: Sought, cases: Any) -> list[Any]:
    """The rows of names in these cases (ids) that are the same or nearly so in every part that was asked for. One
    statement. For what may be said of cases that stay closed: nothing of a row may be shown.
    """
    if not sought.named:
        return []
    rows = list(candidates(sought, cases))
    asked = asked_words(rows[0], sought.forename, sought.surname) if rows else []
    near = [(row, name_likeness(asked, recorded_words(row), placed=sought.placed)) for row in rows]
    return [row for row, why in near if why and all(part.far <= NEARLY for part in why)]


def write_down(answer: Answer, user: User, because: Mapping[str, str]) -> None:
    """One consultation for each kind that was shown: the terms, whom or what it showed, and why."""
    said: dict[str, Any] = {
        "terms": str(answer.asked)[:500],
        "reason_code": because.get("code", ""),
        "reason": because.get("more", ""),
    }
    if answer.people is not None:
        hits = [match.person_id for match in answer.people.matches]
        audit.looked(by=user, kind=Access.Kind.SEARCH, what=PERSON, hits=hits, **said)
    for section in answer.sections:
        hits = list(dict.fromkeys(hit.about for hit in section.page.hits))
        what = PERSON if section.kind.shows_people else f"search.{section.kind.name}"
        audit.looked(by=user, kind=Access.Kind.SEARCH, what=what, hits=hits, **said)
