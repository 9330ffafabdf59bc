"""Papers about people: the narrative of one, and everything between two. By the functions of their pages, in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from accounts.models import User
from cases.models import Case
from cases.panels.narrative import WAS_VICTIM, Line, chapter_lines
from cases.services.lives import Chapter, chapters, others_of, people_in
from cases.services.pair import Between, pair_of
from cases.services.sight import Sight, sight_of, sight_on
from cases.services.story import Happening, has_part, tell
from people.models import Person
from people.services import Known, facts_of, names_for
from people.services.reading import Reading
from people.services.speaking import gender_of, spoken_of
from reporting.paper.case_file import other_cases
from risk.services.over_time import OneLine, over_time

if TYPE_CHECKING:
    from reporting.models import Document

AT_A_TIME = 100
#: What a paper about people shows, beside panels: nobody but its asker reads it.
SHOWS = ["history-of-people"]


@dataclass(slots=True)
class PeopleFile:
    """A paper about people. `drawn_from`: the cases it tells of, beside the one it is kept with. Moments are UTC."""

    template: str
    as_at: datetime
    drawn_from: list[int]
    more: dict[str, Any] = field(default_factory=dict)
    shows: list[str] = field(default_factory=lambda: list(SHOWS))
    names: dict[int, str] = field(default_factory=dict)


def open_now(user: User, people: Sequence[int]) -> Sight:
    """The cases that a paper about these people may draw on."""
    return sight_of(user, *people)


def read_people(document: Document, user: User, at: datetime) -> PeopleFile | None:
    """What the asker may see of these people at the moment; None where that is nothing any longer."""
    people = document.people
    sight = open_now(user, people)
    if document.case_id not in sight.open or not Person.objects.all_visible_to(user, *people):
        return None
    read = read_narrative if len(people) == 1 else read_pair
    others = sight.open - {document.case_id}
    file = read(people, sight, user, PeopleFile("", at, []))
    file.drawn_from = sorted({*others, *other_cases(document.case, file.names, user)})  # names and facts come from them
    return file


def written_about(file: PeopleFile, document: Document) -> str:
    return render_to_string(file.template, {"file": file, "document": document, "as_at": file.as_at, **file.more})


def every(sight: Sight, which: Any, user: User) -> list[Happening]:
    """Every page of what happened, newest first."""
    page = tell(sight, which, user, most=AT_A_TIME)
    rows = list(page.rows)
    while page.earlier:
        page = tell(sight, which, user, before=page.earlier, most=AT_A_TIME)
        rows += page.rows
    return rows


def read_narrative(people: Sequence[int], sight: Sight, user: User, file: PeopleFile) -> PeopleFile:
    """One person: what is known and how, the risk over time, and everything that happened, by whom it was with."""
    person = Person(pk=people[0])
    facts = facts_of(person, user)
    reading = Reading(person, user, file.as_at, gender=gender_of(facts), found={sight_on: sight})
    rows, others = every(sight, has_part(person.pk), user), others_of(person.pk, sight)
    names = file.names = names_for(people_in(rows, others) | {person.pk}, user)
    told: list[tuple[Chapter, list[Line], list[str]]] = [
        chapter_lines(chapter, person, names) for chapter in chapters(person.pk, rows, others)
    ]
    file.template = "reporting/narrative.html"
    known: list[Known] = [known for known in facts if not known.closed and known.readable and not known.fact.private]
    risk: list[OneLine] = over_time(reading)
    file.more = {
        "name": names[person.pk], "chapters": told, "known": known, "risk": risk, "events": len(rows),
        "was_victim": spoken_of(reading.gender, WAS_VICTIM),
    }  # fmt: skip
    return file


def read_pair(people: Sequence[int], sight: Sight, user: User, file: PeopleFile) -> PeopleFile:
    """Two people: every event either way, with the safeguarding done beside it."""
    one, other = people
    page = pair_of(one, other, sight, user, most=AT_A_TIME)
    rows: list[Between] = list(page.rows)
    earlier = page.earlier
    while earlier:
        more = pair_of(one, other, sight, user, before=earlier, most=AT_A_TIME)
        rows, earlier = [*rows, *more.rows], more.earlier
    file.template, file.names = "reporting/pair.html", {one: page.one.name, other: page.other.name}
    file.more = {"pair": page, "rows": rows, "people": [page.one, page.other]}
    return file


def kept_with(people: Sequence[int], user: User) -> tuple[Case | None, list[int]]:
    """The case that a paper about these people is kept with, and all that it draws on: the one opened last of them."""
    sight = open_now(user, people)
    newest = (
        Case.objects.visible_to(user).filter(pk__in=sight.open).select_related("unit").order_by("-opened_at", "-pk")
    )
    return newest.first(), sorted(sight.open)
