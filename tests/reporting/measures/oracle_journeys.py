"""What became of the same ones, reckoned again in plain Python: stages and reasons, waiting, harmed again, how risk moved.

`FURTHER` is what a force is told beyond `generated.py`: why there is no crime, why no arrest, actions, the grades of a case
and whether it is closed.
"""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Case, Incident, NonCrime
from cases.models.action import ActionTaken
from cases.models.arrest import ArrestDecision
from risk.models import Assessment
from tests.reporting.measures import oracle
from tests.reporting.measures.generated import GRADES, NOW, Told, graded
from tests.reporting.measures.oracle import DAY, Force, Pair, Window, arrested, charged, code, share

ACTIONS = ("support", "arrest", "locks")
FURTHER = st.fixed_dictionaries({
    "none": st.sampled_from((None, "approved", "waiting")), "codes": st.lists(st.sampled_from(("N2", "N4", "N12")), unique=True, max_size=2),
    "actions": st.lists(st.tuples(st.sampled_from(ACTIONS), st.booleans()), max_size=3),
    "grades": st.lists(st.tuples(st.sampled_from(GRADES), st.integers(2, 200)), max_size=3), "closed": st.booleans(),
    "specialist": st.one_of(st.none(), st.tuples(st.sampled_from(GRADES), st.integers(2, 200))),
})  # fmt: skip
FURTHERS = st.lists(FURTHER, min_size=9, max_size=9)
NO_REASON, NO_DECISION = "No reason was recorded", "No decision about an arrest was recorded"
NOT_WANTED = {
    "N2": "No reasonable grounds to suspect",
    "N4": "Suspect had left; attempts to arrest go on",
    "N12": "Person harmed did not want it",
}
OUTCOMES = {
    "1": "1: Charged or summonsed", "1A": "1A: Charged or summonsed for another offence", "3": "3: Adult caution or conditional caution",
    "8": "8: Community resolution", "14": "14: Suspect not identified; victim declines or cannot support",
    "15": "15: Suspect identified; victim supports; evidential difficulties",
    "16": "16: Suspect identified; victim does not support, or withdrew", "18": "18: Investigation complete; no suspect identified",
    "22": "22: Diversionary, educational or intervention activity", "": "No outcome yet",
}  # fmt: skip


def tell_further(force: Force, further: list[dict[str, Any]], by: User) -> None:
    """Write the rest down beside what `plant` wrote, and into what was told."""
    for number, (told, said) in enumerate(zip(force, further, strict=False)):
        told.said["further"] = said
        case = Case.objects.get(reference=f"DA-2026-G{number:05d}")
        incident = Incident.objects.get(case=case)
        mine: dict[str, Any] = {"case": case, "recorded_by": by}
        if said["none"]:
            NonCrime.objects.create(**mine, incident=incident, state=said["none"], reason="argument", why="x")
        if told.said["arrest"] is None:
            ArrestDecision.objects.filter(incident=incident).update(codes=said["codes"])
        for kind, struck in said["actions"]:
            gone = NOW if struck else None
            ActionTaken.objects.create(**mine, incident=incident, kind=kind, what="x", struck_out_at=gone)
        if told.said["dash"] is not None:
            grade_further(Assessment.objects.get(incident=incident), said, by, mine)
        if said["closed"]:
            Case.objects.filter(pk=case.pk).update(state="closed")


def grade_further(row: Assessment, said: dict[str, Any], by: User, mine: dict[str, Any]) -> None:
    for grade, hours in said["grades"]:
        graded(row, grade, "regrade", row.asked_at + timedelta(hours=hours), "medium", by, mine)
    if said["specialist"]:
        grade, hours = said["specialist"]
        graded(row, grade, "regrade", row.asked_at + timedelta(hours=hours), "medium", by, mine, "da_specialist")


# --- M18 ---
def of_reports(force: Force, window: Window) -> list[tuple[Told, dict[str, Any]]]:
    """The crimes of the reports of the window."""
    return [(told, one) for told in oracle.reports(force, window) for one in told.recorded]


def stage(which: Callable[[Told, dict[str, Any]], Any]) -> Callable[[Force, Window], Pair]:
    def reckoned(force: Force, window: Window) -> Pair:
        found = of_reports(force, window)
        return share([one for told, one in found if which(told, one)], found)

    return reckoned


def why_no_crime(force: Force, window: Window) -> Counter[str]:
    return Counter(none_of(told) for told in oracle.reports(force, window) if not told.live)


def none_of(told: Told) -> str:
    if told.said["further"]["none"] == "approved":
        return "Verbal argument"
    gone = any(one["cancelled"] and not one["struck"] for one in told.crimes)
    return "Verified information shows that no crime took place" if gone else NO_REASON


def why_nobody_named(force: Force, window: Window) -> Counter[str]:
    return Counter(OUTCOMES[code(one)] for _told, one in of_reports(force, window) if not one["named"])


def why_no_arrest(force: Force, window: Window) -> Counter[str]:
    found: Counter[str] = Counter()
    for told, one in of_reports(force, window):
        if one["named"] and arrested(told) is None:
            found.update([NOT_WANTED[one] for one in told.said["further"]["codes"]] or [NO_REASON])
    return found


def why_not_charged(force: Force, window: Window) -> Counter[str]:
    return Counter(
        OUTCOMES[code(one)]
        for told, one in of_reports(force, window)
        if one["named"] and arrested(told) and code(one) not in ("1", "1A")
    )


REASONS = {"crimes": why_no_crime, "named": why_nobody_named, "arrested": why_no_arrest, "charged": why_not_charged}


# --- M19 ---
def days_of(told: Told, begins: datetime | None, ends: datetime | None) -> tuple[int, bool] | None:
    """(whole days, whether it was reached); None of what has not begun, or is said to have ended before."""
    if begins is None or (ends is None and begins > NOW) or (ends is not None and ends < begins):
        return None
    return ((ends or NOW) - begins) // DAY, ends is not None


def waits(force: Force, window: Window, which: str) -> list[tuple[int, bool]]:
    """Of each that began in the window how long it took, or how long it has waited so far."""
    spans = {
        "from arrest to charge": [(told, arrested(told), charged(told)) for told in force],
        "from report to charge": [(told, told.reported, charged(told)) for told in force if told.counts],
        "from report to arrest": [(told, told.reported, arrested(told)) for told in force if told.counts],
    }[which]
    found = [days_of(told, first, last) for told, first, last in spans if window.holds(first, told)]
    return [one for one in found if one is not None]


def still_waiting(found: list[tuple[int, bool]], day: int) -> float:
    """The share still waiting after a day: of those at risk on each day before, those who did not get there (Kaplan-Meier)."""
    left = 1.0
    for at in sorted({days for days, reached in found if reached and days <= day}):
        at_risk = sum(days >= at for days, _reached in found)
        left *= 1 - sum(reached and days == at for days, reached in found) / at_risk
    return left


# --- M23 ---
def actions_of(told: Told) -> set[str]:
    kinds = {kind for kind, struck in told.said["further"]["actions"] if not struck}
    return kinds | ({told.said["action"]} if told.said["action"] not in (None, "none") else set())


def acted_on(force: Force, window: Window, action: str = "") -> Force:
    rows = [told for told in oracle.reports(force, window) if told.harmed is not None and actions_of(told)]
    return [told for told in rows if not action or action in actions_of(told)]


def again(told: Told, force: Force, days: int) -> bool:
    return any(
        other.counts and other.harmed == told.harmed and told.reported < other.reported <= told.reported + days * DAY
        for other in force
    )


def harmed_again(force: Force, window: Window, days: int, action: str = "") -> tuple[int, int, int]:
    """(harmed again, followed for the whole time, not yet)"""
    index = acted_on(force, window, action)
    followed = [told for told in index if told.reported + days * DAY <= timezone.now()]
    return sum(again(told, force, days) for told in followed), len(followed), len(index) - len(followed)


# --- M24 ---
def moved(force: Force, window: Window) -> dict[str, Counter[tuple[str, str]]]:
    """{now, peak, closed: {(first grade, the other): cases}} of cases first graded in the window."""
    found: dict[str, Counter[tuple[str, str]]] = {"now": Counter(), "peak": Counter(), "closed": Counter()}
    for told in force:
        hours = told.said["dash"]
        if hours is None or not window.holds(told.reported + timedelta(hours=hours), told):
            continue
        ledger = [(0, told.said["grade"])] + ([(1, told.said["later"])] if told.said["later"] else [])
        ledger += [(after, grade) for grade, after in told.said["further"]["grades"]]
        looked = told.said["further"]["specialist"]
        ledger += [(looked[1], looked[0])] if looked else []
        in_time = sorted(ledger, key=lambda row: row[0])  # of two at one moment the later written one is the later
        first, last = in_time[0][1], in_time[-1][1]
        peak = max((grade for _, grade in in_time), key=("standard", "medium", "high").index)
        found["now"][first, last] += 1
        found["peak"][first, peak] += 1
        if told.said["further"]["closed"]:
            found["closed"][first, last] += 1
    return found


#: What took how long that `test_journeys` follows one by one.
WAITED = {("M19", "from report to charge"), ("M19", "from referral to first contact by an adviser")}


def with_reason(code: str) -> Callable[[Force, Window], Pair]:
    """Decisions not to arrest, and those with this reason."""

    def reckoned(force: Force, window: Window) -> Pair:
        found = [told for told in force if told.said["arrest"] is None and window.holds(told.reported, told)]
        return share([told for told in found if code in told.said["further"]["codes"]], found)

    return reckoned


def changed_by_specialist(force: Force, window: Window) -> Pair:
    seen = [told for told in oracle.first_grades(force, window) if told.said["further"]["specialist"]]
    return share([told for told in seen if told.said["further"]["specialist"][0] != told.said["grade"]], seen)


JOURNEYS: dict[tuple[str, str], Callable[[Force, Window], Pair]] = {
    ("M18", "reports"): lambda f, w: (len(oracle.reports(f, w)), None),
    ("M18", "crimes"): lambda f, w: (len(of_reports(f, w)), None),
    ("M18", "named"): stage(lambda told, one: one["named"]),
    ("M18", "arrested"): stage(lambda told, one: one["named"] and arrested(told)),
    ("M18", "charged"): stage(lambda told, one: code(one) in ("1", "1A")),
    **{("why-not-arrested", f"n{number}"): with_reason(f"N{number}") for number in range(1, 14)},
    ("specialist", "changed"): changed_by_specialist,
    **{("M23", f"{days}-days"): (lambda f, w, d=days: harmed_again(f, w, d)[:2]) for days in (30, 90, 365)},
    **{("M23", f"{days}-days-ahead"): (lambda f, w, d=days: (harmed_again(f, w, d)[2], None)) for days in (30, 90, 365)},
}  # fmt: skip
