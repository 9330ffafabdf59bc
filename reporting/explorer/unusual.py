"""THE TABLE of what is unusual: named questions that the record of consultations answers, each with its sentence, how far
back it looks, from how many on it speaks, and on whose authority.

None of them is proof of anything: each is a reason to look, for professional standards.
"""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, Max, OuterRef, Subquery
from django.db.models.functions import TruncDay, TruncHour

from accounts.models import Duty, User
from audit.models import Access, Event
from cases.forms.reason import NOT_GIVEN
from cases.models import Involvement, Look, StaffHome
from cases.services.staff_homes import home_digest
from people.models import Address, PersonName
from workflow.clock import LONDON

MOST = 50
DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=28)
GRACE = timedelta(hours=1)  # before and after a turn of duty: nobody leaves on the minute
OPENED_WITHIN = timedelta(minutes=30)  # of a search: who looks somebody up for work opens something
Kind = Access.Kind


@dataclass(frozen=True, slots=True)
class Odd:
    """Somebody whom a question names: how often, and in which case if it is about one (its id)."""

    officer: int
    count: int
    case: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """The consultations asked about, of the day (between two moments, UTC); the cases that were looked at in them, on a page
    of their own or of a person or a place (`cases.models.Look`); and those as far back as the question looks.

    A question with a long window names only whoever looked on the day: the earlier days had their own list.
    """

    day: Any
    opened: Any
    opened_lately: Any


@dataclass(frozen=True, slots=True)
class Question:
    """One row. `rows(looks, at_least)` narrows and groups the consultations."""

    name: str
    label: str
    why: str
    rows: Callable[[Looks, int], Any]
    window: timedelta
    at_least: int
    authority: str


def counted(rows: Any, *by: str, of: str = "pk", at_least: int = 1) -> Any:
    """Grouped by the columns, those that are often enough, the most often first."""
    found = rows.values(*by).annotate(times=Count(of, distinct=of != "pk"))
    return found.filter(times__gte=at_least).order_by("-times", "by")


def not_worked(looks: Any) -> Any:
    """Consultations of a case on which whoever looked has done nothing. Index: event_of_person."""
    done = Event.objects.filter(chain=OuterRef("chain"), by=OuterRef("by"))
    return looks.exclude(Exists(done))


def without_work(looks: Looks, at_least: int) -> Any:
    """A reason was given for a case that was not their own work, and they have done nothing on it."""
    return counted(not_worked(looks.day.filter(kind=Kind.REASON)), "by", "chain", at_least=at_least)


def many_in_an_hour(looks: Looks, at_least: int) -> Any:
    opened = looks.opened.annotate(hour=TruncHour("at"))
    return counted(opened, "by", "hour", of="thing", at_least=at_least)


def own_name(looks: Looks, at_least: int) -> Any:
    searched = looks.day.filter(kind=Kind.SEARCH, terms__icontains=F("by__last_name")).exclude(by__last_name="")
    return counted(searched, "by", at_least=at_least)


def same_surname(looks: Looks, at_least: int) -> Any:
    """Somebody recorded in the case bears the officer's surname."""
    bears = PersonName.objects.standing().filter(case=OuterRef("chain"), surname__iexact=OuterRef("by__last_name"))
    opened = looks.opened.exclude(by__last_name="").filter(Exists(bears))
    return counted(opened, "by", "chain", at_least=at_least)


def same_address(looks: Looks, at_least: int) -> list[dict[str, Any]]:
    """Somebody recorded in the case lives where the officer lives. Homes are kept as digests, so it is compared here."""
    homes = dict(StaffHome.objects.values_list("user_id", "digest"))
    pairs = Counter(looks.opened.filter(by__in=homes).values_list("by", "chain"))
    rows = Address.objects.standing().filter(case__in={case for _, case in pairs})
    lived: dict[int, set[str]] = {}
    for case, line, postcode in rows.values_list("case_id", "line", "postcode"):
        lived.setdefault(case, set()).add(home_digest(line, postcode))
    found = [
        {"by": by, "chain": case, "times": times}
        for (by, case), times in pairs.most_common()
        if times >= at_least and homes[by] in lived.get(case, ())
    ]
    return found[:MOST]


def moved(length: timedelta) -> ExpressionWrapper:
    """So long after the consultation asked about; before it where negative."""
    return ExpressionWrapper(OuterRef("at") + length, output_field=DateTimeField())


def off_shift(looks: Looks, at_least: int) -> Any:
    """Cases opened by somebody who has a roster, outside every turn of duty of theirs. Index: duty_of_person."""
    turns = Duty.objects.filter(user=OuterRef("by"))
    near = turns.filter(from_at__lt=moved(WEEK), to_at__gt=moved(-WEEK))
    within = turns.filter(from_at__lte=moved(GRACE), to_at__gt=moved(-GRACE))
    opened = looks.opened.filter(Exists(near)).exclude(Exists(within))
    found = opened.values("by").annotate(times=Count("thing", distinct=True), case=Max("chain"))
    return found.filter(times__gte=at_least).order_by("-times", "by")


def one_woman(looks: Looks, at_least: int) -> Any:
    """The same person harmed, looked at on day after day by somebody who does nothing for her."""
    harmed = Involvement.objects.standing().filter(case=OuterRef("chain"), part=Involvement.Part.VICTIM)
    opened = looks.opened_lately.filter(by__in=looks.opened.values("by"))
    seen = not_worked(opened).annotate(harmed=Subquery(harmed.order_by("pk").values("person_id")[:1]))
    seen = seen.filter(harmed__isnull=False).annotate(london=TruncDay("at", tzinfo=LONDON))
    found = seen.values("by", "harmed").annotate(times=Count("london", distinct=True), case=Max("chain"))
    return found.filter(times__gte=at_least).order_by("-times", "by")


def no_opening(looks: Looks, at_least: int) -> Any:
    """Searches that showed somebody, after which nothing was opened. Indexes: access_rare_kind, access_by_person."""
    opened = Access.objects.filter(
        by=OuterRef("by"), kind=Kind.VIEW, at__gte=OuterRef("at"), at__lte=moved(OPENED_WITHIN)
    )
    searched = looks.day.filter(kind=Kind.SEARCH, what="people.person").exclude(hits=[]).exclude(Exists(opened))
    return counted(searched, "by", at_least=at_least)


def reasons_not_given(looks: Looks, at_least: int) -> Any:
    return counted(looks.day.filter(kind=Kind.REASON, reason_code=NOT_GIVEN), "by", at_least=at_least)


def refused_often(looks: Looks, at_least: int) -> Any:
    return counted(looks.day.filter(kind=Kind.DENIED), "by", at_least=at_least)


def tripped(looks: Looks, at_least: int) -> Any:
    return counted(looks.day.filter(kind=Kind.SEARCH, what="tripwire"), "by", "chain", at_least=at_least)


LAW = "Data Protection Act 2018, s62: logs are kept to find unlawful use. The number is the force's own [R]"
# fmt: off
QUESTIONS: tuple[Question, ...] = (
    Question("own-name",     "Searched for their own surname",               "A search for oneself or for family",                          own_name,          DAY,   1,  LAW),
    Question("same-surname", "Opened a case of somebody with their surname", "It may be a relative",                                        same_surname,      DAY,   1,  LAW),
    Question("same-address", "Opened a case of somebody at their address",   "It may be somebody they live with, or a neighbour",           same_address,      DAY,   1,  LAW),
    Question("tripped",      "Searched for what is hidden from them",        "They may have been told of it, or be a party",                tripped,           DAY,   1,  LAW),
    Question("without-work", "Opened a case and did nothing on it",          "Not their own work, and nothing recorded since",              without_work,      DAY,   1,  LAW),
    Question("off-shift",    "Opened cases when not on duty",                "Outside every turn of duty of theirs, by an hour or more",    off_shift,         DAY,   3,  LAW),
    Question("one-woman",    "Looked at one person again and again",         "On three days or more of 28, and nothing done for her",       one_woman,         MONTH, 3,  LAW),
    Question("no-opening",   "Searched, and opened nothing",                 "Ten searches or more in the day, nothing opened after",       no_opening,        DAY,   10, LAW),
    Question("many",         "Opened more than 30 cases in an hour",         "Pages of cases, people and places: more than work needs",     many_in_an_hour,   DAY,   31, LAW),
    Question("not-given",    "Gave no reason, again and again",              "Five times or more in the day",                               reasons_not_given, DAY,   5,  LAW),
    Question("refused",      "Asked for cases that are hidden from them",    "Three times or more in the day",                              refused_often,     DAY,   3,  LAW),
)
# fmt: on
LABELS = {question.name: question.label for question in QUESTIONS}


def odd_in(since: datetime, until: datetime) -> Iterator[tuple[Question, list[Odd]]]:
    """Each question with what it finds between two moments (UTC), fifty lines at most. Index: access_by_moment."""
    for question in QUESTIONS:
        looks = looks_of(since, min(since, until - question.window), until)
        rows = list(question.rows(looks, question.at_least)[:MOST])
        yield (
            question,
            [Odd(row["by"], row["times"], row.get("chain") or row.get("case"), row.get("hour")) for row in rows],
        )


def looks_of(since: datetime, window: datetime, until: datetime) -> Looks:
    def between(model: Any, begins: datetime) -> Any:
        return model.objects.filter(at__gte=begins, at__lt=until).exclude(by__username=User.SYSTEM)

    return Looks(between(Access, since), between(Look, since), between(Look, window))
