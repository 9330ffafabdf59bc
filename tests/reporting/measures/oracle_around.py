"""The figures of what lies around the reports, reckoned again in plain Python from what was told (`around`)."""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from tests.reporting.measures.around.planter import Fact
from tests.reporting.measures.oracle import Pair, Window
from workflow.clock import LONDON

Facts = list[Fact]
Reckoned = Callable[[Facts, Window], Pair]
Which = Callable[[Fact], bool]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DECISIONS = ("charge", "no_action", "out_of_court")
LET_GO = ("bail_conditions", "bail", "investigation")
HEARD = ("actions", "no_forum", "emergency")
VALID = ("very", "fairly", "neither", "fairly_dis", "very_dis")
SATISFIED = ("very", "fairly")
#: Clare’s Law, from part F of the domain: what counts as told, as decided to be told, as decided, and what counts elsewhere.
TOLD = ("disclosed", "no_undertaking", "emergency")
TO_TELL = (*TOLD, "declined", "unreachable")
DECIDED = (*TO_TELL, "nothing_held", "tests_not_met")
ELSEWHERE = ("converted", "merged", "transferred")


def within(facts: Facts, window: Window, which: Which = lambda fact: True) -> Facts:
    return [fact for fact in facts if not fact.said["struck"] and which(fact) and window.holds(fact.at, fact)]


def number(which: Which = lambda fact: True) -> Reckoned:
    return lambda facts, window: (len(within(facts, window, which)), None)


def share(some: Which, of: Which = lambda fact: True) -> Reckoned:
    def reckoned(facts: Facts, window: Window) -> Pair:
        whole = within(facts, window, of)
        return len([fact for fact in whole if some(fact)]), len(whole)

    return reckoned


def said(name: str, *values: Any) -> Which:
    return lambda fact: fact.said[name] in values


# --- law ---


def people(facts: Facts, window: Window, *kinds: str) -> int:
    found = within(facts, window, said("kind", *kinds))
    return len({fact.said["person"] for fact in found} - {None}) + sum(fact.said["person"] is None for fact in found)


LAW: dict[tuple[str, str], Reckoned] = {
    ("M14", "own"): lambda f, w: (people(f, w, "charge"), people(f, w, *DECISIONS)),
    ("M14", "own-no-action"): lambda f, w: (people(f, w, "no_action"), None),
    ("M16", "verdicts"): lambda f, w: (people(f, w, "verdict"), None),
}
RELEASES: dict[tuple[str, str], Reckoned] = {
    ("M37", "conditions"): share(
        said("release", "bail_conditions"), lambda fact: fact.said["taken"] and fact.said["release"] in LET_GO
    ),
    ("M37", "investigation"): share(
        said("release", "investigation"), lambda fact: fact.said["taken"] and fact.said["release"] in LET_GO
    ),
}


# --- partners ---


def apart(fact: Fact, window: Window) -> bool:
    """Whether the investigation beside it is restricted, which counts in no unit."""
    return bool(window.units is not None and fact.said["beside"] and fact.said["restricted"])


def falls(fact: Fact, window: Window, at: datetime) -> bool:
    held = window.begins <= at < window.ends and (window.units is None or fact.unit in window.units)
    return held and not fact.said["struck"] and not apart(fact, window)


def heard(facts: Facts, window: Window) -> Facts:
    """Each referral once, though it was heard again two weeks later."""
    return [
        fact for fact in facts
        if fact.said["outcome"] in HEARD and fact.said["met"] != "sitting"
        and any(falls(fact, window, at) for at in (fact.at, fact.at + 14 * DAY)[: 2 if fact.said["again"] else 1])
    ]  # fmt: skip


def sent(facts: Facts, window: Window) -> Facts:
    return [fact for fact in facts if fact.said["submitted"] and falls(fact, window, fact.at)]


MARAC: dict[tuple[str, str], Reckoned] = {
    ("M28", "cases"): lambda f, w: (len(heard(f, w)), None),
    ("M28", "repeats"): lambda f, w: (len([fact for fact in heard(f, w) if fact.said["repeat"]]), len(heard(f, w))),
    ("M28", "referrals"): lambda f, w: (len(sent(f, w)), None),
    ("referred", "sent"): lambda f, w: (len(sent(f, w)), None),
    ("referred", "accepted"): lambda f, w: (sum(fact.said["accepted"] for fact in sent(f, w)), len(sent(f, w))),
    ("referred", "police"): lambda f, w: (sum(not fact.said["by_agency"] for fact in sent(f, w)), len(sent(f, w))),
    ("referred", "repeats"): lambda f, w: (sum(fact.said["repeat"] != "" for fact in sent(f, w)), len(sent(f, w))),
}


def referred_high(facts: Facts, window: Window) -> Pair:
    """A first grade is never struck out, a referral may be; it may be sent a month before the grade."""
    high = [fact for fact in facts if fact.said["grade"] == "high" and window.holds(fact.at, fact)]
    sent = [
        fact
        for fact in high
        if not fact.said["struck"] and fact.said["referred"] is not None and fact.said["referred"] >= -31
    ]
    return len(sent), len(high)


HIGHS: dict[tuple[str, str], Reckoned] = {("M27", "referred"): referred_high}
CLARES_LAW: dict[tuple[str, str], Reckoned] = {
    ("M31", "considered"): number(),
    ("M31", "told"): share(said("outcome", *TOLD), lambda fact: fact.said["outcome"] not in ELSEWHERE),
    ("M31", "told-decided"): share(said("outcome", *TOLD), said("outcome", *DECIDED)),
    ("M31", "told-to-tell"): share(said("outcome", *TOLD), said("outcome", *TO_TELL)),
    ("M31", "not-told"): share(
        lambda fact: fact.said["outcome"] not in ("", *TOLD), lambda fact: fact.said["outcome"] not in ELSEWHERE
    ),
}


def took(name: str) -> Callable[[Facts, Window], tuple[int, int, float | None]]:
    def reckoned(facts: Facts, window: Window) -> tuple[int, int, float | None]:
        found = within(facts, window)
        days = [fact.said[name] for fact in found if fact.said[name] is not None]
        return len(found), len(days), float(median(days)) if days else None

    return reckoned


TOOK = {("M31", "from first contact to telling"): took("told"), ("M31", "from first contact to its end"): took("ended")}
SCHOOLS: dict[tuple[str, str], Reckoned] = {
    ("M33", "in-time"): share(
        lambda fact: fact.said["told"] is not None and fact.said["told"] <= 0, lambda fact: not fact.said["not_sent"]
    ),
}

# --- service ---

CALLS: dict[tuple[str, str], Reckoned] = {
    ("M35", "flagged"): share(said("flagged", "yes"), said("confirmed", "yes")),
    ("M35", "wrong"): share(said("flagged", "yes"), said("confirmed", "no")),
}


def scored(facts: Facts, window: Window) -> Facts:
    return [
        fact for fact in facts
        if not fact.said["struck"] and fact.said["state"] == "answered" and fact.said["scored"] and fact.said["value"] in VALID
        and window.holds(fact.at + fact.said["waited"] * DAY, fact)
    ]  # fmt: skip


SURVEYS: dict[tuple[str, str], Reckoned] = {
    ("M38", "satisfied"): lambda f, w: (
        len([fact for fact in scored(f, w) if fact.said["value"] in SATISFIED]),
        len(scored(f, w)),
    ),
    ("M38", "response"): share(said("state", "answered"), said("state", "answered", "declined", "not_reached")),
}


def partners(facts: Facts, window: Window) -> Pair:
    """Of the force alone: a partner's unit is none of ours. Nothing is struck out."""
    whole = [
        fact
        for fact in facts
        if window.units is None and window.holds(fact.at, fact) and fact.said["scored"] and fact.said["value"] in VALID
    ]
    return len([fact for fact in whole if fact.said["value"] in SATISFIED]), len(whole)


PARTNERS: dict[tuple[str, str], Reckoned] = {("partners-say", "satisfied"): partners}


def passed(facts: Facts, window: Window) -> Pair:
    found = within(facts, window)
    return sum(fact.said["passed"] for fact in found), sum(
        fact.said["passed"] + fact.said["advised"] + fact.said["returned"] for fact in found
    )


CHECKS: dict[tuple[str, str], Reckoned] = {("checked", "passed"): passed, ("checked", "checks"): number()}


def trained(fact: Fact) -> bool:
    """Passed by that London day and not run out on it; another course, or one recorded wrongly, does not count."""
    if fact.said["passed"] is None or fact.said["course"] != "dash" or not fact.said["recorded"]:
        return False
    on = fact.at.astimezone(LONDON).date()
    day = on - fact.said["passed"] * DAY
    until = None if fact.said["until"] is None else max(day, on + fact.said["until"] * DAY)
    return day <= on and (until is None or until >= on)


TRAINED: dict[tuple[str, str], Reckoned] = {("M42", "trained"): share(trained), ("checked", "assessed"): number()}


# --- clocks and loads ---


def clocks(of: Which) -> dict[str, Reckoned]:
    def due(fact: Fact) -> bool:
        return of(fact) and not fact.said["dropped"]

    def never_struck(some: Which) -> Reckoned:
        def reckoned(facts: Facts, window: Window) -> Pair:
            whole = [fact for fact in facts if due(fact) and window.holds(fact.at, fact)]
            return len([fact for fact in whole if some(fact)]), len(whole)

        return reckoned

    done: Which = lambda fact: fact.said["hours"] is not None  # noqa: E731
    return {"done": never_struck(done), "in-time": never_struck(lambda fact: done(fact) and fact.said["hours"] <= 0)}


CLOCKS: dict[tuple[str, str], Reckoned] = {
    (code, part): reckoned
    for code, of in (
        ("M34", said("policy", "call-response")), ("M39", lambda fact: fact.said["policy"].startswith("review-")),
        ("clock-record-sent", said("policy", "record-sent")),
    )
    for part, reckoned in clocks(of).items()
}  # fmt: skip


def ours(fact: Fact, window: Window) -> bool:
    """Whether an open case is of these units; the window says nothing of what stands now."""
    return fact.said["open"] and (window.units is None or (fact.unit in window.units and not fact.said["restricted"]))


def is_held(fact: Fact) -> bool:
    return fact.said["officer"] is not None and not fact.said["ended"] and fact.said["part"] == "investigation"


def held(facts: Facts, window: Window) -> Facts:
    return [fact for fact in facts if ours(fact, window) and is_held(fact)]


def holders(facts: Facts, window: Window) -> int:
    return len({fact.said["officer"] for fact in held(facts, window)})


LOADS: dict[tuple[str, str], Reckoned] = {
    ("M45", "cases"): lambda f, w: (len(held(f, w)), holders(f, w)),
    ("M45", "weighted"): lambda f, w: (
        sum({"high": 3, "medium": 2}.get(fact.said["grade"], 1) for fact in held(f, w)),
        holders(f, w),
    ),
    ("M45", "held"): lambda f, w: (len(held(f, w)), None),
    ("unheld", "cases"): lambda f, w: (len([fact for fact in f if ours(fact, w) and not is_held(fact)]), None),
}

AROUND: dict[tuple[str, str], Reckoned] = {
    **LAW, **RELEASES, **MARAC, **HIGHS, **CLARES_LAW, **SCHOOLS, **CALLS, **SURVEYS, **PARTNERS, **CHECKS, **TRAINED, **CLOCKS, **LOADS,
}  # fmt: skip
