"""How long something may take: a rule for counting, and a number."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The ways of counting. The value is what is stored and typed, the name what the law book's table says."""

    EM = "minutes"
    EH = "hours"
    SH = "statutory-hours"
    WD = "working-days"
    CD = "days"
    BD = "days-beginning"
    BM = "months-beginning"

    @property
    def counts_hours(self) -> bool:
        """Minutes and hours run from a moment; every other rule counts whole London days."""
        return self in (Rule.EM, Rule.EH, Rule.SH)

    @property
    def asks_calendar(self) -> bool:
        """Counts some days and not others; the rest need to know no bank holiday."""
        return self in (Rule.SH, Rule.WD)

    @property
    def begins_with_day(self) -> bool:
        """The first day is itself counted, so a date alone is a full answer to "from when?"."""
        return self in (Rule.BD, Rule.BM)


LONGEST = {rule: 10_000 for rule in Rule} | {Rule.BM: 300}
"""Beyond these a number is a slip of the finger: 10,000 days are 27 years, 300 months are 25."""

_WRITTEN = re.compile(r"([a-z-]+):([0-9]{1,6})")
_UNITS = {
    Rule.EM: ("minute", ""),
    Rule.EH: ("hour", ""),
    Rule.SH: ("statutory hour", ""),
    Rule.WD: ("working day", ""),
    Rule.CD: ("day", ""),
    Rule.BD: ("day", " beginning with the first day"),
    Rule.BM: ("month", " beginning with the first day"),
}


class BadLength(ValueError):
    """A length that cannot be meant. Its text is one sentence for the person who typed it."""


@dataclass(frozen=True)
class Length:
    """A rule and a number of its units. Written "hours:24"; `str` and `parse` are each other's inverse.

    Raises BadLength when n is below 1 or beyond what any deadline needs.
    """

    rule: Rule
    n: int

    def __post_init__(self) -> None:
        most = LONGEST[self.rule]
        if not 1 <= self.n <= most:
            raise BadLength(f"The number of {self._unit(2)} must be from 1 to {most:,}.")

    def __str__(self) -> str:
        return f"{self.rule.value}:{self.n}"

    @classmethod
    def parse(cls, text: str) -> "Length":
        """Read "working-days:10". Raises BadLength with a sentence that names the rules."""
        written = _WRITTEN.fullmatch(text)
        if written is None or written[1] not in set(Rule):
            known = ", ".join(f"{rule.value}:N" for rule in Rule)
            raise BadLength(f"The rule must be one of {known}, where N is a whole number.")
        return cls(Rule(written[1]), int(written[2]))

    def words(self) -> str:
        """As it is said: "48 statutory hours", "1 working day", "3 months beginning with the first day"."""
        return f"{self.n:,} {self._unit(self.n)}{_UNITS[self.rule][1]}"

    def _unit(self, n: int) -> str:
        unit = _UNITS[self.rule][0]
        return unit if n == 1 else f"{unit}s"


def minutes(n: int) -> Length:
    """n elapsed minutes (rule EM): how soon officers are to be at a call."""
    return Length(Rule.EM, n)


def hours(n: int) -> Length:
    """n elapsed hours (rule EH)."""
    return Length(Rule.EH, n)


def statutory_hours(n: int) -> Length:
    """n hours that skip whole Sundays, Christmas Day, Good Friday and bank holidays (rule SH)."""
    return Length(Rule.SH, n)


def working_days(n: int) -> Length:
    """n days of Monday to Friday that are not bank holidays, the day of the event being day 0 (rule WD)."""
    return Length(Rule.WD, n)


def days(n: int) -> Length:
    """n calendar days, the day of the event being day 0 (rule CD)."""
    return Length(Rule.CD, n)


def days_beginning(n: int) -> Length:
    """n calendar days of which the day of the event is the first (rule BD)."""
    return Length(Rule.BD, n)


def months_beginning(n: int) -> Length:
    """n months beginning with the day of the event (rule BM)."""
    return Length(Rule.BM, n)


OTHER = "other"  # the word for every grade, or whatever else divides a length, that has none of its own


def read_lengths(text: str) -> dict[str, Length]:
    """The lengths of a setting: "hours:24", or "high=hours:1 other=hours:24". Raises BadLength with a sentence."""
    lengths = {}
    for part in text.split():
        word, _, length = part.rpartition("=")
        lengths[word or OTHER] = Length.parse(length)
    return lengths
