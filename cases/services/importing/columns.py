"""THE TABLE of the columns of the three files: what stands in each, and what is wrong with a cell that does not say that."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone

from cases.models import Involvement
from cases.models.answers import AbuseType, Answer, Channel
from cases.models.relationship import RELATIONSHIPS
from workflow.clock import LONDON

OLDEST = date(1880, 1, 1)
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?")


class Wrong(Exception):
    """A cell that says nothing that can be kept; its sentence goes into the rejects file."""


@dataclass(frozen=True, slots=True)
class Column:
    """One row of the table. `read` makes what is kept of a cell that is not empty, or raises Wrong."""

    name: str
    says: str
    read: Callable[[str], Any]
    needed: bool = False


def words(most: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise Wrong(f"It is longer than {most} characters.")
        return cell

    return read


@lru_cache(maxsize=60_000)  # the same days again and again
def day_or_year(cell: str) -> str:
    """A whole day, or the year where no more is known."""
    form = DAY.fullmatch(cell)
    try:
        found = date.fromisoformat(cell if form and form[1] else f"{cell}-01-01") if form else None
    except ValueError:
        found = None
    if found is None:
        raise Wrong("It is no day written as 1988-04-11, and no year.")
    if not OLDEST <= found <= timezone.localdate():
        raise Wrong("The day lies before 1880 or after today.")
    return cell


def moment(cell: str) -> str:
    """A moment, as UTC has it; without an offset it is London's."""
    try:
        found = datetime.fromisoformat(cell)
        found = (found if found.tzinfo else found.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong("It is no moment written as 2019-03-08T21:40.") from None
    if not OLDEST <= found.date() or found > timezone.now():
        raise Wrong("The moment lies before 1880 or ahead.")
    return found.isoformat()


def one_of(*codes: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in codes:
            raise Wrong(f"It is none of {', '.join(codes)}.")
        return cell

    return read


def some_of(*codes: str) -> Callable[[str], str]:
    """As PostgreSQL writes a list."""

    def read(cell: str) -> str:
        found = [part.strip() for part in cell.split("|") if part.strip()]
        if set(found) - set(codes):
            raise Wrong(f"What stands between the | is not each one of {', '.join(codes)}.")
        return "{" + ",".join(dict.fromkeys(found)) + "}"

    return read


KEY = words(80)
PEOPLE: tuple[Column, ...] = (
    Column("external_id", "What the person is called in the system that they come from", KEY, needed=True),
    Column("forename", "Forenames; this or the surname is needed", words(100)),
    Column("surname", "Surname", words(100)),
    Column("known_as", "Another name they go by", words(100)),
    Column("maiden_name", "Surname before marriage", words(100)),
    Column("born_on", "Day of birth, as 1988-04-11; the year alone where no more is known", day_or_year),
    Column("address", "Address as it was said", words(300)),
    Column("postcode", "Postcode", words(10)),
    Column("telephone", "One telephone number", words(30)),
)
INCIDENTS: tuple[Column, ...] = (
    Column("external_id", "What the incident is called in the system that it comes from", KEY, needed=True),
    Column("unit", "Code of the team that answers for it", words(20), needed=True),
    Column("reported_at", "When it was reported, as 2019-03-08T21:40 (London)", moment, needed=True),
    Column("occurred_from", "When it happened", moment),
    Column("channel", "How the report came; other where empty", one_of(*Channel.values)),
    Column("log_ref", "Log reference", words(40)),
    Column("place", "Where it happened", words(300)),
    Column("postcode", "Postcode of that place", words(10)),
    Column("account", "What happened, in words", words(8000)),
    Column("abuse_types", "Heads of abuse, with | between them", some_of(*AbuseType.values)),
    Column("weapon", "Whether a weapon or object was used", one_of(*Answer.values)),
)  # fmt: skip
INVOLVEMENTS: tuple[Column, ...] = (
    Column("incident", "External id of the incident", KEY, needed=True),
    Column("person", "External id of the person", KEY, needed=True),
    Column("part", "Part of the person in it", one_of(*Involvement.Part.values), needed=True),
    Column("relationship", "Of a suspect: what they are of the person harmed", one_of(*sorted(RELATIONSHIPS))),
)
FILES: dict[str, tuple[Column, ...]] = {
    "people.csv": PEOPLE,
    "incidents.csv": INCIDENTS,
    "involvements.csv": INVOLVEMENTS,
}
