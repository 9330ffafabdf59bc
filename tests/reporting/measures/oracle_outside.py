"""What others count, reckoned again in plain Python from what was brought in: None where it was not."""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from typing import Any

Given = list[dict[str, Any]]
#: Of each of four areas (0 the force, 1 and 2 divisions, 3 the team of the second) those right beneath it.
BENEATH = {0: (1, 2), 1: (4, 5), 2: (3,), 3: (), 4: (), 5: ()}


def last_said(given: Given, figure: str, month: int, area: int, violence: bool | None) -> int | None:
    """What was brought in last and is in force. Of people a later file takes the place of an earlier one, whichever sex it is of."""
    rows = [
        row for row in given if row["standing"] and (row["figure"], row["month"], row["area"]) == (figure, month, area)
    ]
    if figure == "recorded":
        rows = [row for row in rows if row["violence"] == violence]
    if not rows or (figure == "people" and rows[-1]["violence"]):
        return None
    value: int = rows[-1]["value"]
    return value


def summed(numbers: list[int | None]) -> int | None:
    known = [one for one in numbers if one is not None]
    return sum(known) if numbers and len(known) == len(numbers) else None


def of_month(given: Given, figures: tuple[str, ...], month: int, area: int, violence: bool | None = None) -> int | None:
    own = summed([last_said(given, figure, month, area, violence) for figure in figures])
    if own is not None:
        return own
    return summed([of_month(given, figures, month, one, violence) for one in BENEATH[area]])


def living(given: Given, month: int, area: int) -> int | None:
    """By the newest estimate that had begun: each area its own."""
    known = [last_said(given, "people", earlier, area, None) for earlier in range(month + 1)]
    newest = [one for one in known if one is not None]
    if newest:
        return newest[-1]
    return summed([living(given, month, one) for one in BENEATH[area]])


def of_window(
    given: Given, figures: tuple[str, ...], months: range, area: int, violence: bool | None = None
) -> int | None:
    return summed([of_month(given, figures, month, area, violence) for month in months])


CPS: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("M14", "cps"): (("charged",), ("charged", "no_action", "out_of_court")), ("M14", "cps-no-action"): (("no_action",), ()),
    ("M15", "referred"): (("referred",), ()), ("M15", "sent-back"): (("action_plan",), ("referred",)),
    ("M16", "convicted"): (("convicted",), ("completed",)), ("M16", "completed"): (("completed",), ()),
    ("M17", "convictions"): (("guilty_plea",), ("convicted",)), ("M17", "prosecutions"): (("guilty_plea",), ("completed",)),
    ("M13-court", "completed"): (("evidence_led",), ("completed",)), ("M13-court", "convicted"): (("evidence_led_convicted",), ("evidence_led",)),
}  # fmt: skip
#: What is ours of what others count, and where it is reckoned.
OUTSIDE = {*CPS, ("M04", "all"), ("M04", "violence"), ("M28", "per-10000")}
