"""What cases say on the page of a person: in whose life and in which part, what is in force, who is new, with whom."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from cases.models import Involvement
from cases.services.as_known import put_back
from cases.services.lives import TIED, Chapter, Other, all_new, chapters, newly_tied, others_of, parts_of, people_in
from cases.services.sight import Sight, seen
from cases.services.story import Happening, Told, has_part, incidents_seen, tell
from people.models import Person
from people.panels import PersonPanel, Tab, add_tabs, door_to, say_at_head, show_on_person
from people.services import ages, names_for
from people.services.reading import Reading
from people.services.speaking import spoken_of

PLACES = 50  # of the newest incidents of which a list says where
SUMMARY = 10  # of the newest events on the summary; all of them are a tab away
NEW = {"F": N_("New in her life"), "M": N_("New in his life"), "": N_("New in their life")}
PARTS = {
    "suspect": N_("suspect in %(count)s"), "victim": N_("victim in %(count)s"), "child": N_("child in %(count)s"),
    "witness": N_("witness in %(count)s"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One event in a chapter. `as_victim`: the person of the page was the one harmed."""

    event: Happening
    as_victim: bool
    with_whom: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """A page of the history, by whom it was with. `shut`: (reference, the page that asks why) of cases that want a reason
    before they tell more.
    """

    chapters: list[tuple[Chapter, list[Line], list[str]]]
    shut: list[tuple[str, str]]
    later_url: str = ""
    earlier_url: str = ""
    whole_url: str = ""
    paper_url: str = ""
    token: str = ""
    person_id: int = 0
    was_victim: str = ""


WAS_VICTIM = {"F": N_("She was the victim:"), "M": N_("He was the victim:"), "": N_("They were the victim:")}


def lives_of(reading: Reading) -> list[Other]:
    """Everybody in the life of the person of the page, who asks `reading.once(lives_of)`."""
    return others_of(reading.person.pk, seen(reading), reading.past)


def summary_of(reading: Reading) -> Narrative | None:
    return narrative_of(reading, SUMMARY, whole=False)


def whole_of(reading: Reading) -> Narrative | None:
    return narrative_of(reading, 0, whole=True)


def narrative_of(reading: Reading, most: int, *, whole: bool) -> Narrative | None:
    """The events of one page in chapters; None where the reader may know of none. Nine statements."""
    person, user, past = reading.person, reading.user, reading.past
    sight, before = seen(reading), reading.after if whole else None
    more = {"most": most} if most else {}
    told = tell(sight, has_part(person.pk, past), user, at=past, before=before, **more)
    if not told.rows and not sight.shut:
        return None
    others = reading.once(lives_of)
    names = names_for(people_in(told.rows, others), user)
    url = reverse("person-narrative", args=[person.pk])
    return Narrative(
        chapters=[chapter_lines(chapter, person, names) for chapter in chapters(person.pk, told.rows, others)],
        shut=doors_to(sight, url), person_id=person.pk, was_victim=spoken_of(reading.gender, WAS_VICTIM),
        later_url=url if before else "", earlier_url=earlier_of(reading, url, told) if whole else "",
        token=uuid.uuid4().hex, whole_url=url if not whole and told.earlier else "",
        paper_url=reverse("narrative-paper", args=[person.pk]) if whole and told.rows and not past else "",
    )  # fmt: skip


def doors_to(sight: Sight, back: str) -> list[tuple[str, str]]:
    """Cases that tell more once somebody has said why, with the page that asks."""
    return [(reference, door_to(reference, back)) for reference in sight.shut.values()]


def earlier_of(reading: Reading, url: str, told: Told) -> str:
    if not told.earlier:
        return ""
    return f"{url}?{'&'.join(part for part in (reading.day, f'after={told.earlier}') if part)}"


def chapter_lines(chapter: Chapter, person: Person, names: dict[int, str]) -> tuple[Chapter, list[Line], list[str]]:
    """A chapter with its name, its events and the children who were there."""
    if chapter.other:
        chapter.name = names[chapter.other.person_id]
    children = dict.fromkeys(child for event in chapter.rows for child in event.children if child != person.pk)
    lines = [
        Line(event, event.parts.get(person.pk) == Involvement.Part.VICTIM, with_words(event, person.pk, names, chapter))
        for event in chapter.rows
    ]
    return chapter, lines, [names[child] for child in children]


def with_words(event: Happening, person: int, names: dict[int, str], chapter: Chapter) -> str:
    """Where it has no chapter of its own: which part the person had, and who was harmed."""
    if chapter.other:
        return ""
    part = str(Involvement.Part(event.parts[person]).label)
    harmed = ", ".join(names[whom] for whom in event.harmed if whom != person)
    return _("%(part)s; harmed: %(names)s") % {"part": _(part), "names": harmed} if harmed else _(part)


def at_head(reading: Reading) -> list[tuple[str, str]]:
    """Roles you may see: suspect in 6, victim in 1. Partners: 3 since 2018. Counts of what may be seen, and only of that."""
    counts = Counter[str]()
    for (_case, part), count in reading.once(parts_on).items():
        counts[part] += count
    said = [_(PARTS[part]) % {"count": counts[part]} for part in PARTS if part in counts]
    words = [(_("Roles you may see"), ", ".join(said))] if said else []
    partners = [other for other in reading.once(lives_of) if other.is_party and other.is_partner]
    since = min((other.first for other in partners if other.first), default=None)
    if partners and since:
        told = {"count": len(partners), "year": since.year}
        words.append((_("Partners"), _("%(count)s since %(year)s") % told))
    return words


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody new: who, as what, since when; `said`: since when in words, where that is what somebody said."""

    name: str
    words: str
    since: datetime
    said: str = ""


@dataclass(frozen=True, slots=True)
class Newcomers:
    rows: list[Newcomer]
    title: str


def newcomers_of(reading: Reading) -> Newcomers | None:
    """Partners, family and children whom the last twelve months brought. Three statements, one where there is nobody."""
    user, at = reading.user, reading.at
    tied, told = newly_tied(reading.person.pk, user, at, reading.past)
    found = all_new(reading.once(lives_of), tied, at)
    reading.told |= told
    if not found:
        return None
    ids = [other.person_id for other in found]
    names, years = names_for(ids, user), ages(ids, user, at)
    rows = [
        Newcomer(names[other.person_id], newcomer_words(other, years.get(other.person_id)), other.first, other.tied)
        for other in found
        if other.first
    ]
    return Newcomers(rows, spoken_of(reading.gender, NEW))


def newcomer_words(other: Other, age: int | None) -> str:
    """former partner who lived apart; child, aged 6."""
    words = _("child") if other.as_child and not other.is_party else other.connection
    if other.tie:
        words = _(TIED[other.tie])
    aged = _("aged %(age)s") % {"age": age} if age is not None and other.as_child else ""
    return ", ".join(part for part in (words, aged) if part)


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody between whom and the person of the page there is something to read."""

    other: Other
    name: str
    url: str


def pairs_of(reading: Reading) -> list[Pair]:
    """With whom: newest first. One statement beyond what the head has asked."""
    found = [other for other in reading.once(lives_of) if other.is_party]
    names, mine = names_for([other.person_id for other in found], reading.user), reading.person.pk
    return [Pair(other, names[other.person_id], reverse("pair", args=[mine, other.person_id])) for other in found]


def parts_on(reading: Reading) -> dict[tuple[int, str], int]:
    """{(case, part): in how many incidents} of the person of the page, who asks `reading.once(parts_on)`."""
    return parts_of(reading.person.pk, seen(reading).both, reading.past)


def how_many_events(reading: Reading) -> int:
    """Of what may be told: a case that wants a reason first is not counted among what the tab tells."""
    sight = seen(reading)
    return sum(count for (case, _part), count in reading.once(parts_on).items() if case in sight.open)


def how_many_others(reading: Reading) -> int:
    return sum(other.is_party for other in reading.once(lives_of))


@dataclass(frozen=True, slots=True)
class Where:
    """Where an incident happened, when, and in which case."""

    place: str
    at: datetime
    reference: str
    url: str


def places_of(reading: Reading) -> list[Where]:
    """Where it happened, newest first. One statement, one more for a past moment."""
    past = reading.past
    rows = incidents_seen(seen(reading), has_part(reading.person.pk, past), past).select_related("case")
    found = list(rows.order_by("-happened", "-pk")[:PLACES])
    put_back(found, past)
    return [
        Where(", ".join(filter(None, (row.place, row.postcode))), row.happened, row.case.reference, row.case.get_absolute_url())
        for row in found
        if row.place or row.postcode
    ]  # fmt: skip


say_at_head("cases", at_head, order=10)
add_tabs(
    Tab("narrative", N_("Narrative"), "person-narrative", 10, count=how_many_events),
    Tab("with", N_("Two people"), "person-with", 20, count=how_many_others),
)
show_on_person(
    PersonPanel("lives", N_("In whose life, in order"), summary_of, "cases/story/narrative.html", order=10),
    PersonPanel("narrative", N_("In whose life, in order"), whole_of, "cases/story/narrative.html", tab="narrative"),
    PersonPanel("places", N_("Where it happened"), places_of, "cases/story/places.html", tab="addresses"),
    PersonPanel("pairs", N_("With whom"), pairs_of, "cases/story/pairs.html", tab="with"),
    PersonPanel(
        "new", N_("New in their life"), newcomers_of, "cases/story/newcomers.html", order=20, side=True,
        title=lambda rows: rows.title,
    ),
)  # fmt: skip
