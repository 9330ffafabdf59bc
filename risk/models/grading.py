"""The rules of a grade, R-10 to R-12 and R-19, as pure functions of the answers, the history and the numbers in force.

The count is a floor and never a ceiling: judgement may raise a grade, it may not be used to go below the floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from risk.models.answer import Answer, Row
from risk.models.grade import Grade, rank
from risk.models.scale import UNKNOWN
from risk.models.threshold import Limits

POLICE, PARTNERS = "police27", "ric24"
YES = Answer.Value.YES

# Keys of questions, the same in every version and instrument.
STRANGULATION, THREATS_TO_KILL, SEPARATION, CONTROL = "strangulation", "threats_to_kill", "separation", "control"
VIOLENCE: Final = ("injury", "weapons", "strangulation", "sexual")


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted. The threshold of the forum belongs to the partners' 24 questions, never to the 27."""

    yes: int
    of: int
    ric_yes: int
    ric_of: int
    critical: int
    unknown: int
    not_asked: int


@dataclass(frozen=True, slots=True)
class Floor:
    """A grade below which nobody may go, and the fact and rule behind it: in English, as the ledger keeps it."""

    grade: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What guidance expects. Going below it takes words; it is no floor."""

    grade: str
    because: str


LOWEST_OF_ALL: Final = Floor(Grade.STANDARD)


def count(rows: Iterable[Row]) -> Counts:
    """Both counts (27 and 24). Unknown is what nothing is known of, blanks included."""
    asked = list(rows)
    yes = [row for row in asked if row.value == YES]
    return Counts(
        yes=counting_toward(POLICE, yes),
        of=counting_toward(POLICE, asked),
        ric_yes=counting_toward(PARTNERS, yes),
        ric_of=counting_toward(PARTNERS, asked),
        critical=sum(row.question.is_critical for row in yes),
        unknown=sum(not row.value or row.value in UNKNOWN for row in asked),
        not_asked=sum(row.value == Answer.Value.NOT_ASKED for row in asked),
    )


def counting_toward(instrument: str, rows: Iterable[Row]) -> int:
    return sum(instrument in row.question.counts_toward for row in rows)


def count_floor(counts: Counts, limits: Limits) -> Floor:
    """R-10: 14 or more of the 24 is high, 10 to 13 at least medium (the numbers are `RiskThreshold` rows)."""
    return floor_of_yes(counts.ric_yes, counts.ric_of, limits)


def floor_of_yes(yes: int, of: int, limits: Limits) -> Floor:
    """The same from the number of Yes among those that partners count."""
    for grade, least in ((Grade.HIGH, limits["ric_high"]), (Grade.MEDIUM, limits["ric_medium"])):
        if yes >= least:
            return Floor(grade, f"{yes} of the {of} are Yes; the rule is {least} or more")
    return LOWEST_OF_ALL


def history_floor(incidents: int, limits: Limits) -> Floor:
    """R-10: three or more incidents in twelve months is at least medium."""
    least = limits["incidents_medium"]
    if incidents < least:
        return LOWEST_OF_ALL
    months = limits["incident_months"]
    return Floor(Grade.MEDIUM, f"{incidents} incidents in {months} months; the rule is {least} or more")


def refusal_floor(refused: bool, earlier: int) -> Floor:
    """R-19: a refusal ends nothing; with any incident before this one the grade is at least medium."""
    if not (refused and earlier):
        return LOWEST_OF_ALL
    return Floor(Grade.MEDIUM, "answers were refused and there were earlier incidents")


def standing_floor(current: str) -> Floor:
    """A grade that stands is lowered by another decision, not by this one (R-15)."""
    if rank(current) <= rank(Grade.STANDARD):
        return LOWEST_OF_ALL
    return Floor(current, f"the case is graded {Grade(current).label} now, and an assessment cannot lower that")


def highest(floors: Iterable[Floor]) -> Floor:
    """The gravest; of equals the first."""
    return max(floors, key=lambda floor: rank(floor.grade), default=LOWEST_OF_ALL)


def expected(rows: Sequence[Row]) -> Expected | None:
    """R-10: strangulation, a threat to kill that was believed, or separation, control and violence together: high."""
    yes = {row.question.key: row.number for row in rows if row.says_yes}
    facts = []
    if STRANGULATION in yes:
        facts.append(f"strangulation ({yes[STRANGULATION]})")
    if THREATS_TO_KILL in yes:
        facts.append(f"a threat to kill that was believed ({yes[THREATS_TO_KILL]})")
    violence = [yes[key] for key in VIOLENCE if key in yes]
    if violence and SEPARATION in yes and CONTROL in yes:
        facts.append(f"separation, control and violence together ({yes[SEPARATION]}, {yes[CONTROL]}, {violence[0]})")
    return Expected(Grade.HIGH, " and ".join(facts)) if facts else None


def is_insufficient(grade: str, counts: Counts, limits: Limits) -> bool:
    """R-12: Standard on eight or more answers that are not known is no finding but insufficient information."""
    return grade == Grade.STANDARD and counts.unknown >= limits["unknown_limit"]
