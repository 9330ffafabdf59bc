"""The figures of the equality report: people harmed, by each thing that is asked of them, small numbers kept back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from accounts.models import User
from cases.forms.described import SHORT_REASONS
from cases.models import Incident, Involvement
from cases.models.answers.harmed import Barrier, BarriersAsked
from people.models.ethnicity import EIGHTEEN, GROUPS, group_of
from people.models.topic import TOPICS, UNKNOWN, WHY_NOT
from reporting.equality.small import FEWEST, Span, kept_back, small

#: What is counted, in the order of the page. Each topic of the Equality Act 2010 that is recorded, then language and stay.
COUNTED = (
    "gender", "ethnicity", "disability", "orientation", "religion", "birth_gender", "pregnancy", "nationality",
    "immigration", "interpreter", "caring",
)  # fmt: skip
FIRST = 5  # of these stand open on the page
NOTHING = "Not known: nothing recorded"
NO_ANSWER = (*WHY_NOT, (UNKNOWN, NOTHING))
OFFERED = (*SHORT_REASONS, UNKNOWN)  # of every topic; the other reasons are asked of ethnicity alone
Pairs = Iterable[tuple[Any, Any]]
Found = Mapping[str, tuple[int, int]]  # {group: (people, those of them who told of something in the way)}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is printed: itself, or None where it is kept back; `few` says that it is one to four."""

    count: int | None
    few: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One group. `told`: of these people, those who told of something in the way. `within`: part of the row above."""

    label: str
    people: Figure
    share: int | None  # whole per cent of everybody in the report
    told: Figure | None = None
    within: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` is empty where there were too few people to print anything of it."""

    name: str
    label: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Report:
    """`people`: different people harmed; `reports`: incidents in which somebody was, so one person may count often."""

    people: int
    reports: int
    told: Figure
    asked: Table
    barriers: Table
    tables: list[Table]

    @property
    def too_few(self) -> bool:
        return self.people < FEWEST

    @property
    def first(self) -> list[Table]:
        return self.tables[:FIRST]

    @property
    def more(self) -> list[Table]:
        """What is opened when it is wanted."""
        return self.tables[FIRST:]


def harmed(user: User, since: datetime) -> Any:
    """The people harmed in what was reported since the moment (UTC), of the cases that this person may open."""
    incidents = Incident.objects.standing().filter(reported_at__gte=since).exclude(da_confirmed="no")
    rows = Involvement.objects.standing().visible_to(user)
    return rows.filter(part=Involvement.Part.VICTIM, incident__in=incidents.order_by().values("pk"))


def report(user: User, since: datetime) -> Report:
    """One statement for each topic, two for barriers, one for the reports. How many told is printed nowhere unless it is
    printed of all: otherwise a column that adds up to it would say it.
    """
    rows = harmed(user, since)
    asked = rows.asked_of_barriers()
    people = sum(asked.values())
    asked_of = Table(
        "asked", "Was anything in the way of telling the police?", lines(ASKED, alone(asked), people, told=False)
    )
    told = next((row.people for row in asked_of.rows if row.label == TOLD), Figure(None))
    said = told.count is not None
    named = alone({code: count for code, count in rows.by_barrier().items() if code in Barrier.values} if said else {})
    barriers = Table(
        "barriers", "What was in the way", lines(Barrier.choices, named, people, told=False) if said else []
    )
    counted = COUNTED if people >= FEWEST else ()
    tables = [topic_table(code, rows.by_topic_and_told(code, user), people, told=said) for code in counted]
    return Report(people, rows.count(), told, asked_of, barriers, tables)


ASKED: list[tuple[str, str]] = [*((code, str(label)) for code, label in BarriersAsked.choices), (UNKNOWN, NOTHING)]
TOLD = str(BarriersAsked.TOLD.label)


def alone(counted: Mapping[str, int]) -> Found:
    return {code: (count, 0) for code, count in counted.items()}


def topic_table(topic: str, found: Found, people: int, *, told: bool) -> Table:
    """A topic, its answers first, then each reason why there is none, then what nobody wrote down."""
    about = TOPICS[topic]
    if topic == "ethnicity":
        return Table(topic, about.label, ethnic_rows(found, people, told=told))
    reasons = [row for row in NO_ANSWER if row[0] in OFFERED or row[0] in found]
    return Table(topic, about.label, lines([*about.answers, *reasons], found, people, told=told))


def lines(codes: Pairs, found: Found, people: int, *, told: bool) -> list[Row]:
    """The rows of a column whose sum is printed; none where it cannot be printed safely."""
    labels = dict(codes)
    counts = {code: found.get(code, (0, 0))[0] for code in labels}
    away = kept_back(counts)
    if people < FEWEST or away == frozenset(labels):
        return []
    of_them = {code: found.get(code, (0, 0))[1] for code in labels}
    quiet = kept_back(of_them, told_unsaid(counts, of_them, away))
    return [
        Row(
            str(label), figure(counts[code], code in away), share(counts[code], people, code in away),
            Figure(None if code in quiet else of_them[code]) if told else None,
        )
        for code, label in labels.items()
    ]  # fmt: skip


def told_unsaid(counts: Mapping[str, int], told: Mapping[str, int], away: frozenset[str]) -> dict[str, Span]:
    """Of which groups it is not said how many told: those kept back themselves, few who told, and all but a few."""
    spans: dict[str, Span] = {}
    for code, count in counts.items():
        if code in away:
            spans[code] = (0, FEWEST - 1 if small(count) else count)
        elif small(told[code]):
            spans[code] = (1, FEWEST - 1)
        elif small(count - told[code]):
            spans[code] = (count - FEWEST + 1, count - 1)
    return spans


def ethnic_rows(found: Found, people: int, *, told: bool) -> list[Row]:
    """The five groups and the reasons first; beneath each group that is printed, its codes of the eighteen."""
    groups = {code: (0, 0) for code, _ in GROUPS}
    for code, (count, of_them) in found.items():
        if code in dict(EIGHTEEN):
            was = groups[group_of(code)]
            groups[group_of(code)] = (was[0] + count, was[1] + of_them)
    codes = [*GROUPS, *NO_ANSWER]
    rows: list[Row] = []
    for (code, _), row in zip(codes, lines(codes, {**found, **groups}, people, told=told), strict=False):
        rows.append(row)
        if code in groups and row.people.count:
            rows += within(code, found, people)
    return rows


def within(group: str, found: Found, people: int) -> list[Row]:
    """The codes of a group that is printed; none where its sum would give one away."""
    codes = [(code, label) for code, label in EIGHTEEN if group_of(code) == group]
    return [replace(row, within=True) for row in lines(codes, found, people, told=False)]


def figure(count: int, away: bool) -> Figure:
    return Figure(None, few=small(count)) if away else Figure(count)


def share(count: int, people: int, away: bool) -> int | None:
    return None if away or not people else round(100 * count / people)
