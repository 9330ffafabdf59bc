"""The wording of the working. Plain sentences, the same on a page, in the command and on paper."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Protocol

from workflow.clock.length import Length, Rule
from workflow.clock.moment import LONDON, clock_words, day_of, day_words

FEW = 10
HOUR = timedelta(hours=1)
WEEKEND = ("Saturday", "Sunday")

RULES = {
    Rule.EM: "Minutes run on without stopping, day and night.",
    Rule.EH: "Hours run on without stopping: nights, weekends and bank holidays all count.",
    Rule.SH: "Hours run through the night, but whole Sundays, Christmas Day, Good Friday and bank holidays in England "
    "and Wales are skipped.",
    Rule.WD: "Monday to Friday, but not bank holidays in England and Wales. The day of the event is day 0, whatever "
    "the hour. It ends at 23:59:59 on day {n}.",
    Rule.CD: "Every day counts. The day of the event is day 0, whatever the hour. It ends at 23:59:59 on day {n}.",
    Rule.BD: "The first day is day 1, and every day counts. It ends at 23:59:59 on day {n}.",
    Rule.BM: "It ends at 23:59:59 on the day before the day of the same number, {n} {months} later. If that month has "
    "no such day, it ends on the last day of the month.",
}
CLOCKS = {
    Rule.EM: "Minutes are counted as they pass, not as the clock on the wall shows them.",
    Rule.EH: "Hours are counted as they pass, not as the clock on the wall shows them.",
    Rule.SH: "That is a Sunday, which is not counted, so it makes no difference.",
}


class SkippedDay(Protocol):
    @property
    def on(self) -> date: ...
    @property
    def skipped(self) -> str: ...


def rule(length: Length) -> str:
    """What a rule counts, in words."""
    return RULES[length.rule].format(n=f"{length.n:,}", months="month" if length.n == 1 else "months")


def amount(time: timedelta) -> str:
    """ "16 hours", "15 hours 45 minutes"."""
    parts = [f"{n:,} {unit if n == 1 else unit + 's'}" for n, unit in _parts(time, ("hour", "minute")) if n]
    return " ".join(parts) or "0 hours"


def sum_of_hours(counted: Sequence[timedelta], length: Length) -> str:
    """ "16 + 0 + 0 + 24 + 8 = 48 hours"; with more than ten days, equal neighbours are multiplied."""
    whole = all(not time % HOUR for time in counted)
    terms = [str(time // HOUR) if whole else _short(time) for time in counted]
    if len(terms) > FEW:
        runs = [(term, len(list(run))) for term, run in groupby(terms)]
        terms = [term if n == 1 else f"{n} × {term}" for term, n in runs]
    unit = "minute" if length.rule is Rule.EM else "hour"
    return f"{' + '.join(terms)} = {length.n:,} {unit if length.n == 1 else unit + 's'}"


def sum_of_days(first: date, last: date, gaps: int, length: Length) -> str:
    """The sum of a rule that counts days, from the day of the event to the last day."""
    start, end = _plain(first), _plain(last)
    match length.rule:
        case Rule.WD:
            return f"{(last - first).days:,} days less {gaps:,} skipped = {length.words()}"
        case Rule.BD:
            return f"Day 1 is {start}, so day {length.n:,} is {end}"
        case Rule.BM:
            return f"{start} + {_months(length.n)}, {_months_ending(first, last)} = {end}"
        case _:
            return f"{start} + {length.words()} = {end}"


def clock_change(spans: Sequence[tuple[datetime, datetime]], counted_by: Rule) -> str:
    """Each change of London's clocks inside the spans, one span a day, and what it means for the rule."""
    changes = []
    for begins, ends in spans:
        before, after = (moment.astimezone(LONDON).utcoffset() or timedelta() for moment in (begins, ends))
        if before != after:
            way, long = ("forward", 23) if after > before else ("back", 25)
            changes.append(f"The clocks go {way} on {day_words(day_of(begins))}: that day has {long} hours.")
    if not changes:
        return "None in this period."
    return " ".join([*changes, CLOCKS.get(counted_by, "Whole days are counted, so it makes no difference.")])


def days_skipped(gaps: Sequence[SkippedDay]) -> str:
    """Each skipped day with its reason; of many, weekend days are only counted and the holidays still named."""
    weekend = [gap for gap in gaps if gap.skipped in WEEKEND]
    if len(gaps) <= FEW or not weekend:
        return " ".join(f"{day_words(gap.on, year=False)} ({gap.skipped})." for gap in gaps)
    days = "Sundays" if all(gap.skipped == "Sunday" for gap in weekend) else "days at weekends"
    named = [f"{day_words(gap.on)} ({gap.skipped})." for gap in gaps if gap.skipped not in WEEKEND]
    return " ".join([f"{len(weekend):,} {days}.", *named])


def hours_of_day(
    *, begins: datetime | None, ends: datetime | None, skipped: str, saturday_counts: bool, so_far: str
) -> str:
    """What happens on one day of a rule of hours; `begins` and `ends` only on the first and the last day."""
    if skipped:
        reason = _does_not_count(skipped)
        return f"Starts at {clock_words(begins)}. {reason}" if begins else reason
    said = [f"Starts at {clock_words(begins)}." if begins else ""]
    said.append("Saturdays count." if saturday_counts and begins else "")
    if ends:
        said.append(f"Ends at {_end(ends)}. {so_far} reached.")
    elif not begins:
        said.append(f"Counted in full. {so_far} so far.")
    return " ".join(filter(None, said))


def whole_day(number: int, *, first: bool, last: bool, skipped: str) -> str:
    """What happens on one day of a rule that counts days."""
    if skipped:
        return _does_not_count(skipped)
    said = ["The day of the event." if number == 0 else "The first day." if first else ""]
    said.append("Ends at 23:59:59." if last else "")
    return " ".join(filter(None, said)) or "Counted."


def _does_not_count(reason: str) -> str:
    if reason in WEEKEND:
        return f"{reason}s do not count."
    return "Christmas Day does not count." if reason == "Christmas Day" else f"{reason}, England and Wales."


def _end(at: datetime) -> str:
    words = clock_words(at)
    return "midnight" if words == "00:00" else words


def _parts(time: timedelta, units: tuple[str, str]) -> tuple[tuple[int, str], ...]:
    minutes = time // timedelta(minutes=1)
    return (minutes // 60, units[0]), (minutes % 60, units[1])


def _short(time: timedelta) -> str:
    return " ".join(f"{n} {unit}" for n, unit in _parts(time, ("h", "min")) if n) or "0"


def _plain(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"


def _months(n: int) -> str:
    return "1 month" if n == 1 else f"{n:,} months"


def _months_ending(first: date, last: date) -> str:
    """Why a period of months ends where it does: only a start on the 29th to 31st can meet a month without it."""
    following = last + timedelta(days=1)
    if following.day == first.day:
        return "less one day"
    return f"where {last:%B %Y} has no {first.day}th, so its last day".replace("31th", "31st")
