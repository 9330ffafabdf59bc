"""THE TABLE of what is unusual in a day: named questions that the record of consultations answers cheaply.

None of them is proof of anything: each is a reason to look, for professional standards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef
from django.db.models.functions import TruncHour

from accounts.models import User
from audit.models import Access, Event
from cases.forms.reason import NOT_GIVEN
from people.models import PersonName

MOST = 50
MANY_IN_AN_HOUR = 30
OFTEN_NOT_GIVEN = 5
OFTEN_REFUSED = 3
Kind = Access.Kind


@dataclass(frozen=True, slots=True)
class Odd:
    """Somebody whom a question names: how often, and in which case if it is about one (its id)."""

    officer: int
    count: int
    case: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`rows(looks)` narrows and groups the consultations of the day."""

    name: str
    label: str
    why: str
    rows: Callable[[Any], Any]


def without_work(looks: Any) -> Any:
    """A reason was given for a case that was not their own work, and they have done nothing on it."""
    done = Event.objects.filter(chain=OuterRef("chain"), by=OuterRef("by"))
    opened = looks.filter(kind=Kind.REASON).exclude(Exists(done))
    return opened.values("by", "chain").annotate(times=Count("pk")).order_by("-times", "by")


def many_in_an_hour(looks: Any) -> Any:
    opened = looks.filter(kind=Kind.VIEW, chain__isnull=False).annotate(hour=TruncHour("at")).values("by", "hour")
    return (
        opened.annotate(times=Count("chain", distinct=True)).filter(times__gt=MANY_IN_AN_HOUR).order_by("-times", "by")
    )


def own_name(looks: Any) -> Any:
    searched = looks.filter(kind=Kind.SEARCH, terms__icontains=F("by__last_name")).exclude(by__last_name="")
    return searched.values("by").annotate(times=Count("pk")).order_by("-times", "by")


def same_surname(looks: Any) -> Any:
    """Somebody recorded in the case bears the officer's surname."""
    bears = PersonName.objects.standing().filter(case=OuterRef("chain"), surname__iexact=OuterRef("by__last_name"))
    opened = looks.filter(kind=Kind.VIEW, chain__isnull=False).exclude(by__last_name="").filter(Exists(bears))
    return opened.values("by", "chain").annotate(times=Count("pk")).order_by("-times", "by")


def reasons_not_given(looks: Any) -> Any:
    found = looks.filter(kind=Kind.REASON, reason_code=NOT_GIVEN).values("by").annotate(times=Count("pk"))
    return found.filter(times__gte=OFTEN_NOT_GIVEN).order_by("-times", "by")


def refused_often(looks: Any) -> Any:
    found = looks.filter(kind=Kind.DENIED).values("by").annotate(times=Count("pk"))
    return found.filter(times__gte=OFTEN_REFUSED).order_by("-times", "by")


def tripped(looks: Any) -> Any:
    found = looks.filter(kind=Kind.SEARCH, what="tripwire").values("by", "chain")
    return found.annotate(times=Count("pk")).order_by("-times", "by")


QUESTIONS: tuple[Question, ...] = (
    Question("own-name", "Searched for their own surname", "A search for oneself or for family", own_name),
    Question("same-surname", "Opened a case of somebody with their surname", "It may be a relative", same_surname),
    Question(
        "tripped", "Searched for what is hidden from them", "They may have been told of it, or be a party", tripped
    ),
    Question(
        "without-work",
        "Opened a case and did nothing on it",
        "Not their own work, and nothing recorded since",
        without_work,
    ),
    Question("many", "Opened more than 30 cases in an hour", "More than work usually needs", many_in_an_hour),
    Question("not-given", "Gave no reason, again and again", "Five times or more in the day", reasons_not_given),
    Question("refused", "Asked for cases that are hidden from them", "Three times or more in the day", refused_often),
)


def odd_in(since: datetime, until: datetime) -> Iterator[tuple[Question, list[Odd]]]:
    """Each question with what it finds between two moments (UTC), fifty lines at most. Index: access_by_moment."""
    looks = Access.objects.filter(at__gte=since, at__lt=until).exclude(by__username=User.SYSTEM)
    for question in QUESTIONS:
        rows = list(question.rows(looks)[:MOST])
        yield question, [Odd(row["by"], row["times"], row.get("chain"), row.get("hour")) for row in rows]
