"""Every figure reckoned again, in plain Python, from what was told: nothing here is taken from the product.

M18, M23 and M24 by case stand in oracle_journeys.py.
"""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from tests.reporting.measures.generated import Told

Force = list[Told]
Pair = tuple[int, int | None]
DAY = timedelta(days=1)
YEAR = timedelta(days=365)


class Window:
    """From a moment up to another, the second not with it, both UTC; `units`: whose figures they are (None: the force's)."""

    def __init__(self, begins: datetime, ends: datetime, units: set[int] | None) -> None:
        self.begins, self.ends, self.units = begins, ends, units

    def holds(self, at: datetime | None, told: Any) -> bool:
        if at is None or not self.begins <= at < self.ends:
            return False
        return self.units is None or (told.unit in self.units and not told.said["restricted"])


def reports(force: Force, window: Window) -> Force:
    return [told for told in force if told.counts and window.holds(told.reported, told)]


def crimes(force: Force, window: Window, at: str = "at") -> list[tuple[Told, dict[str, Any]]]:
    return [(told, one) for told in force for one in told.recorded if window.holds(one[at], told)]


def code(one: dict[str, Any]) -> str:
    return one["latest"]["code"] if one["latest"] else ""


def arrested(told: Told) -> datetime | None:
    hours = told.said["arrest"]
    return None if hours is None else told.reported + timedelta(hours=hours)


def charged(told: Told) -> datetime | None:
    at = arrested(told)
    return None if at is None or told.said["charge"] is None else at + timedelta(days=told.said["charge"])


def before(told: Told, force: Force) -> bool:
    """Whether whoever was harmed was harmed in another report of the 365 days before."""
    return told.harmed is not None and any(
        other.counts and other.harmed == told.harmed and told.reported - YEAR <= other.reported < told.reported
        for other in force
    )


def grade(told: Told) -> str:
    return "" if told.said["dash"] is None else told.said["later"] or told.said["grade"]


def share(found: Iterable[Any], whole: Iterable[Any]) -> Pair:
    return len(list(found)), len(list(whole))


def coded(*codes: str) -> Callable[[Force, Window], Pair]:
    def reckoned(force: Force, window: Window) -> Pair:
        all_ = [one for _, one in crimes(force, window)]
        return share([one for one in all_ if code(one) in codes], [one for one in all_ if code(one)])

    return reckoned


def of_all(*codes: str) -> Callable[[Force, Window], Pair]:
    return lambda force, window: (coded(*codes)(force, window)[0], len(crimes(force, window)))


def people(found: Force, which: str) -> set[Any]:
    return {told.said[which] for told in found if told.said[which] is not None}


def serial(told: Told, force: Force) -> bool:
    """Two or more people harmed by this suspect in the 3 × 365 days up to the report."""
    mine = [
        other for other in force
        if other.counts and other.said["suspect"] == told.said["suspect"] and told.reported - 3 * YEAR <= other.reported <= told.reported
    ]  # fmt: skip
    return len({other.harmed for other in mine if other.harmed is not None}) >= 2


def repeat(told: Told, force: Force) -> bool:
    return told.harmed is not None and any(
        other.counts and other.said["suspect"] == told.said["suspect"] and other.harmed == told.harmed
        and told.reported - YEAR <= other.reported < told.reported
        for other in force
    )  # fmt: skip


def suspects(which: Callable[[Told, Force], bool]) -> Callable[[Force, Window], Pair]:
    def reckoned(force: Force, window: Window) -> Pair:
        found = reports(force, window)
        return len(people([told for told in found if which(told, force)], "suspect")), len(people(found, "suspect"))

    return reckoned


def victims(force: Force, window: Window) -> Pair:
    found = reports(force, window)
    return len(people([told for told in found if before(told, force)], "victim")), len(people(found, "victim"))


def first_grades(force: Force, window: Window) -> list[Told]:
    """Every first grade counts, whatever became of the report: the ledger is never struck out."""
    return [
        told
        for told in force
        if told.said["dash"] is not None and window.holds(told.reported + timedelta(hours=told.said["dash"]), told)
    ]


def first(*grades: str) -> Callable[[Force, Window], Pair]:
    return lambda force, window: share(
        [told for told in first_grades(force, window) if told.said["grade"] in grades], first_grades(force, window)
    )


def verdicts(force: Force, window: Window) -> Force:
    return [
        told
        for told in force
        if told.said["arrest"] is None and told.said["verdict"] and window.holds(told.reported, told)
    ]


def owed(force: Force, window: Window) -> Force:
    return [
        told
        for told in force
        if told.said["due"] is not None and not told.said["dropped"] and window.holds(told.reported + DAY, told)
    ]


def named_crimes(force: Force, window: Window) -> list[tuple[Told, dict[str, Any]]]:
    return [(told, one) for told, one in crimes(force, window) if one["named"]]


def outstanding(days: int) -> Callable[[Force, Window], Pair]:
    """Named, neither arrested nor dealt with, and recorded longer ago than that. Counted from now, as the figure is."""
    since = datetime.now(UTC) - days * DAY

    def reckoned(force: Force, window: Window) -> Pair:
        found = [one for told, one in named_crimes(force, window) if not code(one) and not arrested(told)]
        return sum(one["at"] < since for one in found), None

    return reckoned


def without_crime(force: Force, window: Window) -> Force:
    return [told for told in reports(force, window) if not told.live]


#: {(measure, part): (number, of how many; None of a bare count)}
ORACLE: dict[tuple[str, str], Callable[[Force, Window], Pair]] = {
    ("M01", "reports"): lambda f, w: (len(reports(f, w)), None),
    ("M01", "no-crimes"): lambda f, w: (len(without_crime(f, w)), None),
    ("M01", "crimes"): lambda f, w: (len(crimes(f, w)), None),
    ("M02", "cancelled"): lambda f, w: (
        sum(1 for told in f for one in told.crimes if one["cancelled"] and not one["struck"] and w.holds(one["at"], told)), None
    ),
    ("M02", "crimes"): lambda f, w: (len(crimes(f, w)), None),
    ("M03", "crimes"): lambda f, w: share([told for told in reports(f, w) if told.live], reports(f, w)),
    ("M05", "in-time"): lambda f, w: share([one for told, one in crimes(f, w) if one["at"] <= told.reported + DAY], crimes(f, w)),
    ("M06", "rate"): lambda f, w: (sum(w.holds(arrested(told), told) for told in f), len(crimes(f, w))),
    ("charges", "charges"): lambda f, w: (sum(w.holds(charged(told), told) for told in f), None),
    ("M06b", "named"): lambda f, w: share([1 for told, one in named_crimes(f, w) if arrested(told)], named_crimes(f, w)),
    ("M06b", "all"): lambda f, w: share([1 for told, one in named_crimes(f, w) if arrested(told)], crimes(f, w)),
    ("M07", "adequate"): lambda f, w: share([1 for told in verdicts(f, w) if told.said["verdict"] == "adequate"], verdicts(f, w)),
    ("M07", "decisions"): lambda f, w: (sum(told.said["arrest"] is None and w.holds(told.reported, told) for told in f), None),
    ("M08", "charged"): of_all("1", "1A"),
    ("M09", "decided"): lambda f, w: share([one for _, one in crimes(f, w) if code(one)], [one for _, one in crimes(f, w) if code(one)]),
    ("M09", "all"): lambda f, w: share([one for _, one in crimes(f, w) if code(one)], crimes(f, w)),
    ("M09", "period"): lambda f, w: (len(crimes(f, w, "dealt")), None),
    ("M10", "14"): coded("14"), ("M10", "15"): coded("15"), ("M10", "16"): coded("16"), ("M10", "no-support"): coded("14", "16"),
    ("M11", "positive"): of_all("1", "1A", "3", "8", "22"),
    ("M12", "out-of-court"): coded("3", "8"), ("M12", "community"): coded("8"), ("M12", "diverted"): coded("22"),
    ("M13", "charged"): lambda f, w: share(
        [one for _, one in crimes(f, w) if code(one) in ("1", "1A") and one["latest"]["support"] != "yes"],
        [one for _, one in crimes(f, w) if code(one) in ("1", "1A")],
    ),
    ("M13", "attempted"): lambda f, w: share(
        [one for _, one in crimes(f, w) if code(one) in ("1", "1A") and one["latest"]["support"] != "yes"],
        [one for _, one in crimes(f, w) if code(one) and one["latest"]["support"] != "yes"],
    ),
    ("M20", "repeat"): victims,
    ("M21", "repeat"): lambda f, w: share(
        [told for told in reports(f, w) if before(told, f)], [told for told in reports(f, w) if told.harmed is not None]
    ),
    ("M22", "repeat"): suspects(repeat), ("M22", "serial"): suspects(serial),
    ("M24", "high"): first("high"), ("M24", "medium"): first("medium"), ("M24", "standard"): first("standard"),
    ("M25", "done"): lambda f, w: share([told for told in reports(f, w) if told.said["dash"] is not None], reports(f, w)),
    ("M25", "in-time"): lambda f, w: share(
        [told for told in reports(f, w) if told.said["dash"] is not None and told.said["dash"] <= 24], reports(f, w)
    ),
    ("M25", "refused"): lambda f, w: share([told for told in reports(f, w) if told.said["dash"] is not None and told.said["refused"]], reports(f, w)),
    ("M26", "lowered"): lambda f, w: share([told for told in first_grades(f, w) if told.said["later"]], first_grades(f, w)),
    ("M36", "used"): lambda f, w: share(
        [told for told in reports(f, w) if told.said["bwv"] == "yes"], [told for told in reports(f, w) if told.said["bwv"]]
    ),
    ("M40", "all"): lambda f, w: share(
        [one for told, one in named_crimes(f, w) if not code(one) and not arrested(told)], named_crimes(f, w)
    ),
    ("M40", "7-days"): outstanding(7), ("M40", "28-days"): outstanding(28),
    ("M41", "planned"): lambda f, w: (sum(w.holds(told.reported, told) and grade(told) in ("high", "medium") and told.said["plan"] == "in_force" for told in f), sum(w.holds(told.reported, told) and grade(told) in ("high", "medium") for told in f)),
    ("M46", "police"): lambda f, w: share(
        [one for told, one in crimes(f, w) if told.said["police"] and code(one) in ("1", "1A")],
        [one for told, one in crimes(f, w) if told.said["police"]],
    ),
    ("M46", "all"): of_all("1", "1A"),
    ("M46", "police-arrested"): lambda f, w: share(
        [one for told, one in named_crimes(f, w) if told.said["police"] and arrested(told)],
        [one for told, one in crimes(f, w) if told.said["police"]],
    ),
    ("M46", "all-arrested"): lambda f, w: share([1 for told, one in named_crimes(f, w) if arrested(told)], crimes(f, w)),
    ("clock-record-sent", "in-time"): lambda f, w: share([1 for told in owed(f, w) if -30 < told.said["due"] <= 0], owed(f, w)),
    ("clock-record-sent", "done"): lambda f, w: share([1 for told in owed(f, w) if told.said["due"] > -30], owed(f, w)),
}  # fmt: skip


def days_to_charge(force: Force, window: Window) -> tuple[int, int, float | None]:
    """Of so many arrests so many led to a charge, half of them within so many days."""
    arrests = [told for told in force if window.holds(arrested(told), told)]
    days = [told.said["charge"] for told in arrests if told.said["charge"] is not None]
    return len(arrests), len(days), float(median(days)) if days else None


def days_to_arrest(force: Force, window: Window) -> tuple[int, int, float | None]:
    found = reports(force, window)
    days = [told.said["arrest"] / 24 for told in found if told.said["arrest"] is not None]
    return len(found), len(days), float(median(days)) if days else None


def days_to_dash(force: Force, window: Window) -> tuple[int, int, float | None]:
    found = reports(force, window)
    days = [told.said["dash"] / 24 for told in found if told.said["dash"] is not None]
    return len(found), len(days), float(median(days)) if days else None


def days_to_outcome(force: Force, window: Window) -> tuple[int, int, float | None]:
    found = [one for _, one in crimes(force, window)]
    days = [(one["dealt"] - one["at"]) / DAY for one in found if one["dealt"]]
    return len(found), len(days), float(median(days)) if days else None


#: {(measure, what took how long): (of how many, how many came to it, half of them within so many days)}
TOOK: dict[tuple[str, str], Callable[[Force, Window], tuple[int, int, float | None]]] = {
    ("M19", "from report to arrest"): days_to_arrest,
    ("M19", "from arrest to charge"): days_to_charge,
    ("M19", "from recording to outcome"): days_to_outcome,
    ("M25", "from report to the DASH"): days_to_dash,
}
