"""What a queue may be narrowed by. Addresses hold codes and ids, never a name; an unknown code is not heard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_noop as N_

from accounts.models import Posting, User
from accounts.roles import ROLES
from cases.models import Incident, Involvement
from cases.models.counting import suspects_of
from cases.models.relationship import FAMILY_CODES, PARTNER_CODES
from risk.models import Grade, RiskDecision
from workflow.models import Approval
from workflow.policies import HOLDER, POLICIES

ME, NOBODY = "me", "nobody"


@dataclass(frozen=True, slots=True)
class Option:
    """One tick: its code in the address, its words and how much of the queue has it; None where that is not counted."""

    code: str
    words: str
    ticked: bool = False
    count: int | None = None


SHOWN = 6  # of a box; the rest are behind "Show 9 more"


@dataclass(frozen=True, slots=True)
class Part:
    """One box of filters: its name in the address, its heading, its ticks. Ticks in a box widen, boxes narrow."""

    name: str
    heading: str
    options: Sequence[Option]

    @property
    def rest(self) -> int:
        return max(len(self.options) - SHOWN, 0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A tick as it stands at the top, with the address without it."""

    words: str
    without: str


def children_present(user: User) -> Q:
    return Q(Exists(Incident.objects.standing().filter(case=OuterRef("case_id"), children_present="yes")))


def returned_before(user: User) -> Q:
    given_back = Approval.objects.filter(
        subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"), verdict=Approval.Verdict.RETURNED
    )
    return Q(Exists(given_back))


def is_restricted(user: User) -> Q:
    return Q(case__restricted=True)


def of_class(codes: frozenset[str]) -> Callable[[User], Q]:
    """The suspect of an incident of the case is connected in one of these ways: partner and family abuse apart (S0-008)."""
    return lambda user: Q(Exists(suspects_of(Involvement.objects, codes).filter(case=OuterRef("case_id"))))


FACTS: dict[str, tuple[str, Callable[[User], Q]]] = {
    "children": (N_("Children present"), children_present),
    "partner": (N_("Partner abuse"), of_class(PARTNER_CODES)),
    "family": (N_("Family abuse"), of_class(FAMILY_CODES)),
    "returned": (N_("Returned before"), returned_before),
    "restricted": (N_("Restricted"), is_restricted),
}


@dataclass(frozen=True)
class Filters:
    """What somebody ticked, known codes only."""

    wanted: frozenset[str]
    decides: frozenset[str]
    grade: frozenset[str]
    holder: frozenset[str]
    fact: frozenset[str]

    @classmethod
    def read(cls, asked: QueryDict) -> Filters:
        return cls(
            wanted=_known(asked.getlist("wanted"), POLICIES), decides=_known(asked.getlist("decides"), deciders()),
            grade=_known(asked.getlist("grade"), Grade.values), fact=_known(asked.getlist("fact"), FACTS),
            holder=frozenset(code for code in asked.getlist("holder") if code in (ME, NOBODY) or _is_id(code)),
        )  # fmt: skip

    def narrow(self, rows: Any, user: User) -> Any:
        """The deadlines of the queryset that every box with a tick in it lets through. Costs no query of its own."""
        if self.wanted:
            rows = rows.filter(policy__in=self.wanted)
        if self.decides:
            rows = rows.filter(policy__in=[name for code in self.decides for name in owing(code)])
        if self.grade:
            rows = rows.alias(graded=_grade()).filter(graded__in=self.grade)
        if self.holder:
            rows = rows.filter(_any(self._held(code, user) for code in self.holder))
        if self.fact:
            rows = rows.filter(_any(FACTS[code][1](user) for code in self.fact))
        return rows

    def _held(self, code: str, user: User) -> Q:
        """Held by one person; what a role owes is held by whoever has the role over its unit."""
        if code == NOBODY:
            return Q(holder__isnull=True, policy__in=owing(HOLDER))
        person = user.pk if code == ME else int(code)
        return Q(holder=person) | _any(_owed_in(person, role) for role in deciders() if role != HOLDER)

    def pairs(self) -> list[tuple[str, str]]:
        """Every tick as it stands in an address."""
        return [(name, code) for name, codes in vars(self).items() for code in sorted(codes)]

    def ticked(self, parts: Iterable[Part]) -> list[Part]:
        """The boxes with their ticks, those of a long box first, so that none is hidden."""
        mine = set(self.pairs())
        boxes = []
        for part in parts:
            options = [replace(option, ticked=(part.name, option.code) in mine) for option in part.options]
            boxes.append(
                replace(part, options=sorted(options, key=lambda option: not option.ticked) if part.rest else options)
            )
        return boxes

    def chosen(self, parts: Iterable[Part]) -> list[Chosen]:
        """The ticks with their words, each with the query string without it."""
        words = {
            (part.name, option.code): f"{part.heading}: {option.words}" for part in parts for option in part.options
        }
        return [
            Chosen(words[pair], query_string(other for other in self.pairs() if other != pair))
            for pair in self.pairs() if pair in words
        ]  # fmt: skip


def parts(people: Mapping[int, str], owed: Mapping[str, int] | None = None) -> list[Part]:
    """The boxes, in the order of the page; `people` are those who may hold work here, by id, and `owed` how much the whole
    queue has of each clock; None where it is too much to be counted.
    """

    def counts(names: Iterable[str]) -> int | None:
        return None if owed is None else sum(owed.get(name, 0) for name in names)

    holders = [Option(ME, N_("You")), Option(NOBODY, N_("No one"))] + [
        Option(str(pk), words) for pk, words in people.items()
    ]
    return [
        Part(
            "wanted",
            N_("What is wanted"),
            there_first(Option(name, row.label, count=counts([name])) for name, row in POLICIES.items()),
        ),
        Part(
            "decides",
            N_("Who decides"),
            there_first(Option(code, decider(code), count=counts(owing(code))) for code in deciders()),
        ),
        Part("grade", N_("Grade"), [Option(grade.value, str(grade.label)) for grade in reversed(Grade)]),
        Part("holder", N_("Holder"), holders),
        Part("fact", N_("Case"), [Option(code, words) for code, (words, _) in FACTS.items()]),
    ]


def there_first(options: Iterable[Option]) -> list[Option]:
    """In the order of their table, but those of which the queue has nothing last: of a hundred clocks a team owes a few."""
    return sorted(options, key=lambda option: option.count == 0)


def deciders() -> list[str]:
    """Who owes anything: the holder and the roles that the clocks name, in the order of the tables."""
    owing = {policy.owed_by for policy in POLICIES.values()}
    return [code for code in (HOLDER, *ROLES) if code in owing]


def owing(code: str) -> list[str]:
    """The clocks of what a role, or the holder, owes."""
    return [name for name, row in POLICIES.items() if row.owed_by == code]


def decider(code: str) -> str:
    return N_("Whoever holds the case") if code == HOLDER else ROLES[code].label


def query_string(pairs: Iterable[tuple[str, str]]) -> str:
    query = QueryDict(mutable=True)
    for name, code in pairs:
        query.appendlist(name, code)
    return query.urlencode()


def _grade() -> Subquery:
    """The grade in force on the deadline's case: the latest row of the ledger."""
    ledger = RiskDecision.objects.filter(case=OuterRef("case_id")).order_by("-at", "-pk")
    return Subquery(ledger.values("to_grade")[:1])


def _owed_in(person: int, role: str) -> Q:
    """What the role owes in the units over which the person holds it now."""
    held = Posting.objects.current().filter(user=person, role=role).values("unit_id")
    return Q(policy__in=owing(role), unit__lineage__overlap=ArraySubquery(held))


def _known(asked: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    return frozenset(asked) & frozenset(known)


def _is_id(code: str) -> bool:
    return code.isascii() and code.isdecimal() and len(code) < 10


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found
