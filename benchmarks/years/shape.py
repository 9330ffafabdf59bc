"""How five years of reports are shaped: seasons, hours, rates. Plausible, made up, and the same for each number of reports.

A thousandth of the force is the force in small: no rate depends on how many reports there are.
"""

# ruff: noqa: E501 - the rows of the tables stay whole
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.models.crime import ONE_FOR_EACH_VICTIM
from workflow.clock import LONDON

SEED = 9
YEARS = 5
TEAMS, DIVISIONS, OFFICERS = (
    40,
    4,
    22,
)  # officers of a team; with two sergeants each and the rest nearly a thousand people
#: People for each report: the fewer, the more often one is harmed again.
VICTIMS, SUSPECTS = 0.48, 0.42
#: How unevenly reports fall on people: 1 is evenly, more gives a few of them many (a rank law with exponent 1 - 1 / UNEVEN).
UNEVEN = 1.3
CHILDREN_MOST = 3
#: Index of the month of the year, from January: evenings of summer, and Christmas.
SEASON = (1.00, 0.93, 0.97, 0.98, 1.03, 1.05, 1.08, 1.07, 0.99, 0.98, 0.95, 1.04)
#: Of a hundred reports, how many come in each hour of the day (London): the night of the weekend weighs on all days.
HOURS = (6, 5, 4, 3, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 4, 4, 5, 5, 6, 6, 6, 6, 5, 5)
#: Recorded the way the counting rules of June 2023 ask, a report has fewer crimes beside its principal one.
SECOND_CRIME = (0.22, 0.08)
CRIMES = (0.63, 0.58)

# fmt: off
CHANNELS = {"999": 0.58, "101": 0.24, "officer": 0.07, "front_desk": 0.04, "online": 0.04, "partner": 0.03}
CALLED = ("999", "101")
GRADES_OF_CALLS = {"immediate": 0.38, "priority": 0.41, "scheduled": 0.17, "desk": 0.04}
GRADES = {"high": 0.12, "medium": 0.34, "standard": 0.54}
RELATIONSHIPS = {
    "XBG": 0.20, "XCO": 0.13, "XSP": 0.07, "CO": 0.17, "SP": 0.12, "BG": 0.08, "PC": 0.03,
    "SD": 0.08, "PA": 0.04, "SI": 0.03, "OR": 0.03, "NK": 0.02,
}
OFFENCES = {
    "common-assault": 0.30, "actual-bodily-harm": 0.17, "harassment": 0.08, "stalking": 0.06, "stalking-fear": 0.02,
    "controlling-coercive": 0.06, "criminal-damage": 0.08, "threats-to-kill": 0.03, "strangulation": 0.04,
    "malicious-communications": 0.05, "public-order-fear": 0.03, "rape": 0.02, "sexual-assault": 0.01, "wounding": 0.01,
    "breach-non-molestation": 0.03, "theft": 0.01,
}
#: Since June 2023 these are seldom the principal crime (the exceptions to the counting rules): the break in the series.
OFFENCES_SINCE = OFFENCES | {"malicious-communications": 0.02, "public-order-fear": 0.01, "common-assault": 0.32, "stalking": 0.09}
NO_CRIME = {"argument": 0.62, "no_offence": 0.27, "no_crime": 0.06, "elsewhere": 0.04, "outside": 0.01}
#: Home Office outcomes where somebody is named; "" is none yet, however old it is.
OUTCOMES = {
    "1": 0.085, "1A": 0.005, "3": 0.012, "8": 0.015, "10": 0.012, "13": 0.003, "15": 0.22, "16": 0.555, "17": 0.008,
    "20": 0.01, "21": 0.01, "22": 0.015, "": 0.05,
}
OUTCOMES_ARRESTED = OUTCOMES | {"1": 0.22, "1A": 0.01, "16": 0.41, "15": 0.225}
OUTCOMES_UNNAMED = {"18": 0.60, "14": 0.35, "": 0.05}
CHARGED, AUTHORISED = ("1", "1A"), ("3", "8", "10", "21", "22")
NO_ARREST = {"N4": 0.38, "N3": 0.17, "N6": 0.16, "N1": 0.12, "N2": 0.09, "N5": 0.03, "N7": 0.02, "N8": 0.01, "N11": 0.01, "N13": 0.01}
GENDERS_HARMED = {"F": 0.73, "M": 0.25, "X": 0.004, "NK": 0.006, "declined": 0.01}
GENDERS_SUSPECTED = {"M": 0.77, "F": 0.21, "NK": 0.01, "not_asked": 0.01}
ETHNICITIES = {
    "W1": 0.585, "W2": 0.007, "W3": 0.006, "W9": 0.062, "M1": 0.015, "M2": 0.006, "M3": 0.007, "M9": 0.009,
    "A1": 0.018, "A2": 0.042, "A3": 0.011, "A4": 0.004, "A9": 0.02, "B1": 0.018, "B2": 0.027, "B9": 0.012,
    "O2": 0.005, "O9": 0.016, "declined": 0.06, "not_asked": 0.05, "not_understood": 0.01, "not_present": 0.01,
}
DISABILITY = {"yes": 0.18, "no": 0.70, "declined": 0.07, "not_asked": 0.05}
#: What was done beside an arrest: of how many reports.
ACTIONS = {
    "support": 0.55, "marker": 0.11, "removed": 0.14, "idva": 0.12, "neighbourhood": 0.06, "locks": 0.05, "device": 0.03,
    "voluntary": 0.06, "notice": 0.025, "civil_order": 0.05, "disclosure": 0.02, "refuge": 0.02,
}
#: Markers that somebody set, of how many reports.
MARKERS = {"alcohol": 0.21, "mental_health": 0.12, "vulnerable_victim": 0.07, "order_breach": 0.04, "police_suspect": 0.003}
CONSIDERED = {  # how a consideration of Clare's Law ended
    "disclosed": 0.38, "no_undertaking": 0.02, "emergency": 0.02, "declined": 0.05, "unreachable": 0.06, "nothing_held": 0.22,
    "tests_not_met": 0.12, "out_of_scope": 0.04, "no_risk": 0.03, "withdrawn": 0.05, "other_power": 0.01,
}
TOLD = ("disclosed", "no_undertaking", "emergency")
# fmt: on


@dataclass(frozen=True, slots=True)
class Month:
    """A month of London, or the part of it that lies in the five years: its first report by number, and how many it has."""

    begins: datetime
    days: int
    first: int
    reports: int
    since: bool  # whether the counting rules of June 2023 hold


def months(reports: int, until: datetime) -> list[Month]:
    """So many reports over five years up to a moment, by month. Each has its share to the nearest whole; none is lost."""
    begins = _beginnings(until)
    ends = [*begins[1:], until]
    days = [max(1, round((end - begin).total_seconds() / 86_400)) for begin, end in zip(begins, ends, strict=True)]
    weights = [SEASON[begin.month - 1] * length for begin, length in zip(begins, days, strict=True)]
    firsts = _shared(reports, weights)
    since = datetime(ONE_FOR_EACH_VICTIM.year, ONE_FOR_EACH_VICTIM.month, 1, tzinfo=LONDON)
    return [
        Month(begin, length, first, after - first, begin >= since)
        for begin, length, first, after in zip(begins, days, firsts, firsts[1:], strict=False)
    ]


def _beginnings(until: datetime) -> list[datetime]:
    """The first of each month, the earliest five years before the month of the end."""
    here = until.astimezone(LONDON)
    last = here.year * 12 + here.month - 1
    return [datetime(n // 12, n % 12 + 1, 1, tzinfo=LONDON) for n in range(last - 12 * YEARS, last + 1)]


def _shared(whole: int, weights: Sequence[float]) -> list[int]:
    """Where each share begins, and behind the last the whole."""
    total, sofar, found = sum(weights), 0.0, [0]
    for weight in weights:
        sofar += weight
        found.append(round(whole * sofar / total))
    return found
