"""THE ONE ANSWER to which flags a person, a pair or a place has, as of a moment, and why: the events that count.

Counted by the day on which a thing happened (R-50; of the report where nobody knows that), in London, by the definitions
in force on the day asked about, within what the reader may see. Nothing is kept: merging two people, striking a row out or
another definition changes the answer. Each party's part is counted for itself.

`flags_at_the_time` is what is frozen: the same question as of the moment of an incident, of what was recorded by the time
its record was begun, and of whoever people were taken to be then. So no later merge and no later report changes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.models import DefinitionSet, Involvement
from cases.models.definition_set import months_before
from cases.services.repeat_events import Event, History, events_of, histories_of
from workflow.clock import LONDON
from workflow.templatetags.words import day as day_words

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT
Definitions = dict[str, DefinitionSet]
MARK = "case__setmarker__"
JUDGED = {"vulnerable_victim": "vulnerable", "high_harm": "high_harm"}  # the marker that somebody set, and its term
OF_WHOM = ("rank", "collar_number", "last_name", "username")
ASKS_FOR_MARAC = 3  # reports of one pair within the window (D.2 c): asked about, decided by a person


@dataclass(frozen=True, slots=True)
class Judged:
    """Somebody judged that a person is vulnerable, or does high harm: who, when, why, in which case; the term's code."""

    by: str
    at: datetime
    why: str
    case: int
    code: str = "vulnerable"


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that holds, with what it was made of. `other`: the other of two, or the person harmed again.

    `events` lie in the window, newest first. `earlier` happened before it; `told_since` are those of them that were
    reported in the window: they count from their report too, beside the rest and not among them.
    """

    definition: DefinitionSet
    number: int
    on: date
    events: tuple[Event, ...] = ()
    earlier: int = 0
    told_since: int = 0
    other: int | None = None
    judged: tuple[Judged, ...] = ()

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def label(self) -> str:
        return _(self.definition.term.label)

    @property
    def asks_for_marac(self) -> bool:
        return self.code == "repeat_pair" and self.number >= ASKS_FOR_MARAC

    @property
    def why(self) -> str:
        """3 incidents in 12 months, last 2 August 2026 (2 or more make it). 4 earlier. 1 of these was reported since."""
        if self.judged:
            return _("Judged by %(who)s on %(day)s") % {"who": self.judged[0].by, "day": day_words(self.judged[0].at)}
        said = [self._counted()]
        if self.earlier:
            words = ngettext("%(count)s happened earlier.", "%(count)s happened earlier.", self.earlier)
            said.append(words % {"count": self.earlier})
        if self.told_since:
            count = self.told_since
            words = ngettext("%(count)s of these was reported since.", "%(count)s of these were reported since.", count)
            said.append(words % {"count": count})
        return " ".join(said)

    def _counted(self) -> str:
        words = {
            "serial_suspect": ngettext("%(count)s person harmed", "%(count)s people harmed", self.number),
            "repeat_place": ngettext("%(count)s call or report", "%(count)s calls or reports", self.number),
        }.get(self.code) or ngettext("%(count)s incident", "%(count)s incidents", self.number)
        within = within_words(self.definition.window_months)
        last = _(", last on %(day)s (%(least)s or more make it).")
        return words % {"count": self.number} + within + last % {
            "day": day_words(self.events[0].at), "least": self.definition.at_least,
        }  # fmt: skip


def within_words(months: int | None) -> str:
    """What stands after a count: in 12 months. Nothing of a lifetime."""
    return ngettext(" in %(months)s month", " in %(months)s months", months) % {"months": months} if months else ""


@dataclass(frozen=True, slots=True)
class Window:
    """How far back a term counts as of a moment: from `since` (UTC, midnight in London) on; `at_least` make it so."""

    months: int | None
    since: datetime
    at_least: int | None


def window_of(code: str, meant: Definitions, at: datetime) -> Window:
    """The window of a term by its definition in force; of a term without one, a lifetime of which no number is enough."""
    definition = meant.get(code, DefinitionSet(code=code))
    day = months_before(at.astimezone(LONDON).date(), definition.months)
    since = datetime.combine(day, time.min, LONDON).astimezone(UTC)
    return Window(definition.window_months, since, definition.at_least)


Flags = list[Flag]


def definitions_on(at: datetime) -> Definitions:
    """What each term meant on the London day of a moment. One query."""
    found: Definitions = DefinitionSet.objects.in_force(at.astimezone(LONDON).date())
    return found


def flags_of(people: Collection[int], user: User, at: datetime | None = None) -> dict[int, Flags]:
    """{id: the flags that somebody has as of the moment (UTC; now if none)}. Three queries, for one person or hundreds."""
    moment = at or timezone.now()
    if not people:
        return {}
    meant, events, judged = definitions_on(moment), events_of(people, user), judged_of(people, user, moment)
    return {
        person: flags_in(person, events.get(person, []), meant, moment, judged.get(person, ())) for person in people
    }


def flags_of_pairs(
    pairs: Collection[tuple[int, int]], user: User, at: datetime | None = None
) -> dict[tuple[int, int], Flag]:
    """{(person harmed, suspect): the flag of the two}, where they have it. Two queries."""
    moment = at or timezone.now()
    events = events_of({person for pair in pairs for person in pair}, user) if pairs else {}
    return flags_in_pairs(pairs, events, definitions_on(moment) if pairs else {}, moment)


def flags_in_pairs(
    pairs: Iterable[tuple[int, int]], events: Mapping[int, list[Event]], meant: Definitions, at: datetime
) -> dict[tuple[int, int], Flag]:
    found = {pair: flag_of_pair(*pair, events.get(pair[0], []), meant, at) for pair in pairs}
    return {pair: flag for pair, flag in found.items() if flag}


def flags_of_two(
    one: int, other: int, user: User, at: datetime, within: Collection[int]
) -> tuple[dict[tuple[int, int], Flag], dict[int, Flags]]:
    """The flags of two people, either way and of each alone, made of what these cases (ids) tell. Three queries."""
    both = (one, other)
    meant, events = definitions_on(at), told_in(events_of(both, user), within)
    judged = told_in(judged_of(both, user, at), within)
    alone = {who: flags_in(who, events.get(who, []), meant, at, judged.get(who, ())) for who in both}
    return flags_in_pairs([(one, other), (other, one)], events, meant, at), alone


def told_in(found: Mapping[int, Iterable[Any]], cases: Collection[int]) -> dict[int, list[Any]]:
    """What was found of each person, without what other cases tell."""
    return {person: [row for row in rows if row.case in cases] for person, rows in found.items()}


def flags_at_the_time(incidents: Collection[int], user: User) -> dict[int, dict[int, Flags]]:
    """{incident: {person now: flags as of its moment}} of those harmed and suspected in it. Seven queries, however many.

    Known: what was recorded when its record was begun, as it was said then, and itself as it was first sent. Somebody who
    was merged since is who they were then; what was struck out or put right since, is as it was.
    """
    histories = histories_of(incidents, user)
    if not histories:
        return {}
    judged = judged_rows({row.now for history in histories for row in history.rows}, user)
    versions = list(DefinitionSet.objects.approved().order_by("valid_from", "pk"))
    return {one.incident: _then(one, judged, versions) for one in histories}


def _then(history: History, judged: Iterable[dict[str, Any]], versions: list[DefinitionSet]) -> dict[int, Flags]:
    """The flags of one incident's people, by what each term meant on its day."""
    on = history.at.astimezone(LONDON).date()
    meant = {row.code: row for row in versions if row.valid_from <= on}
    seen = judged_by(judged, history.known_at)
    return {
        row.now: flags_in(row.person, history.events.get(row.person, []), meant, history.at, seen.get(row.now, ()))
        for row in history.rows
    }


def flags_in(person: int, events: list[Event], meant: Definitions, at: datetime, judged: Iterable[Judged]) -> Flags:
    """The flags of one person from their events; each named once, the worst pair of several."""
    known = [event for event in events if event.at <= at]
    harmed = [event for event in known if event.harmed == person]
    suspected = [event for event in known if person in event.suspects]
    flags = [counted("repeat_victim", harmed, meant, at)]
    pairs = [flag_of_pair(person, other, harmed, meant, at) for other in {s for e in harmed for s in e.suspects}]
    pairs += [flag_of_pair(other, person, suspected, meant, at) for other in {e.harmed for e in suspected if e.harmed}]
    flags += sorted(filter(None, pairs), key=lambda flag: -flag.number)[:1]
    again = [
        counted("repeat_suspect", [event for event in suspected if event.harmed == other], meant, at, other=other)
        for other in {event.harmed for event in suspected if event.harmed}
    ]
    flags += sorted(filter(None, again), key=lambda flag: -flag.number)[:1]
    flags.append(serial(suspected, meant, at))
    by_code: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_code[one.code].append(one)
    on = at.astimezone(LONDON).date()
    flags += [Flag(meant[code], len(said), on, judged=tuple(said)) for code, said in by_code.items() if code in meant]
    return [flag for flag in flags if flag]


def flag_of_pair(harmed: int, suspect: int, events: list[Event], meant: Definitions, at: datetime) -> Flag | None:
    theirs = [event for event in events if event.harmed == harmed and suspect in event.suspects]
    return counted("repeat_pair", theirs, meant, at, other=suspect)


def counted(
    code: str, events: Iterable[Event], meant: Definitions, at: datetime, *, other: int | None = None
) -> Flag | None:
    """The flag, where as many events as its definition wants happened in its window up to the moment."""
    definition = meant.get(code)
    if definition is None or definition.at_least is None:
        return None
    within, earlier, since = parted(events, definition, at)
    if len(within) < definition.at_least:
        return None
    told = sum(event.reported_on >= since for event in earlier)
    return Flag(definition, len(within), at.astimezone(LONDON).date(), tuple(within), len(earlier), told, other)


def serial(events: Iterable[Event], meant: Definitions, at: datetime) -> Flag | None:
    """Counted are the different people harmed, not the incidents."""
    definition = meant.get("serial_suspect")
    if definition is None or definition.at_least is None:
        return None
    within, earlier, _since = parted(events, definition, at)
    people = {event.harmed for event in within if event.harmed}
    if len(people) < definition.at_least:
        return None
    return Flag(definition, len(people), at.astimezone(LONDON).date(), tuple(within), len(earlier))


def parted(events: Iterable[Event], definition: DefinitionSet, at: datetime) -> tuple[list[Event], list[Event], date]:
    """Those in the window that ends with the moment, those before it, each newest first; and the window's first day."""
    since = months_before(at.astimezone(LONDON).date(), definition.months)
    known = sorted((event for event in events if event.at <= at), key=lambda event: event.at, reverse=True)
    return [e for e in known if e.on >= since], [e for e in known if e.on < since], since


def judged_of(people: Collection[int], user: User, at: datetime) -> dict[int, tuple[Judged, ...]]:
    """Who is judged vulnerable, or to do high harm, as of the moment, by whom and why. One query."""
    return judged_by(judged_rows(people, user), at)


def judged_rows(people: Collection[int], user: User) -> list[dict[str, Any]]:
    """The markers that somebody set by hand on a case in which one of these people has the part, newest first. One query."""
    parts = Involvement.objects.standing().visible_to(user).filter(person__in=people).order_by()
    wanted = Q(part=VICTIM, case__setmarker__code="vulnerable_victim") | Q(
        part=SUSPECT, case__setmarker__code="high_harm"
    )
    rows = parts.filter(wanted).order_by("-case__setmarker__recorded_at")
    said = (
        "pk",
        "code",
        "recorded_at",
        "struck_out_at",
        "cleared_at",
        "why",
        *(f"recorded_by__{name}" for name in OF_WHOM),
    )
    found = rows.values("person_id", "case_id", *(MARK + name for name in said)).distinct()
    return [{name.removeprefix(MARK): value for name, value in row.items()} for row in found]


def judged_by(rows: Iterable[dict[str, Any]], at: datetime) -> dict[int, tuple[Judged, ...]]:
    """Those of them that stood at the moment."""
    found: dict[int, list[Judged]] = defaultdict(list)
    for row in rows:
        ended = [moment for moment in (row["struck_out_at"], row["cleared_at"]) if moment]
        if row["recorded_at"] <= at and all(moment > at for moment in ended):
            who = User(**{name: row[f"recorded_by__{name}"] for name in OF_WHOM})
            said = (row["recorded_at"], row["why"], row["case_id"], JUDGED[row["code"]])
            found[row["person_id"]].append(Judged(who.short_title(), *said))
    return {person: tuple(said) for person, said in found.items()}
