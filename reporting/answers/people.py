"""People and cases counted two ways: by ethnicity and gender (data item 1), by the risk they were at and are at (data item 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Case as Either
from django.db.models import Exists, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as N_

from accounts.models import Unit
from cases.models import Case
from people.models.ethnicity import EIGHTEEN, GROUPS, group_of
from reporting.measures.across import Across, Groups, across
from reporting.measures.breakdowns import BREAKDOWNS, UNKNOWN
from reporting.measures.declare import Counted
from reporting.measures.facts import CRIMES, REPORTS, VICTIMS
from reporting.measures.reckon import Window
from risk.models import RiskDecision

# --- data item 1 ---
NOT_SAID = (UNKNOWN, N_("Not known, or not said"))
GENDERS = {"F": N_("Female"), "M": N_("Male")}
WAYS = ("ethnicity", "gender")


def who(window: Window, unit: Unit | None) -> list[Across]:
    """Reports, crimes and people harmed, each by the ethnicity (18+1) and gender of the person harmed. Three statements."""
    return [across(counted, window, unit, *WAYS) for counted in (REPORTS, CRIMES, VICTIMS)]


def fewer_of_who(tables: Sequence[Across]) -> tuple[list[Across], list[tuple[Across, Across]]]:
    """As they leave the force: five groups and two genders, all else together. Of people there are no more than reports."""
    reports, crimes, people = (coarse(table) for table in tables)
    return [reports, crimes, people], [(people, reports)]


def coarse(table: Across) -> Across:
    return table.coarser(ethnic_group, gender_group)


def ethnic_group(code: Any) -> tuple[Any, str]:
    """The group of the five that a code of the eighteen stands in; whoever did not say and whom nobody asked together."""
    if code not in dict(EIGHTEEN):
        return NOT_SAID
    group = group_of(code)
    return group, dict(GROUPS)[group]


def gender_group(code: Any) -> tuple[Any, str]:
    return (code, GENDERS[code]) if code in GENDERS else (UNKNOWN, N_("Another, not known, or not said"))


# --- data item 7 ---
GRADES: Groups = list(BREAKDOWNS["risk"].words().items())


LEDGER = RiskDecision.objects.filter(case=OuterRef("pk"))  # index: risk_decision_of_case
FIRST = Coalesce(Subquery(LEDGER.order_by("at", "pk").values("to_grade")[:1]), Value(UNKNOWN))
PEAK = Either(
    *(When(Exists(LEDGER.filter(to_grade=grade)), then=Value(grade)) for grade in ("high", "medium", "standard")),
    default=Value(UNKNOWN),
)
OPENED = Counted(
    "investigations opened", lambda: Case.objects.filter(kind=Case.Kind.INVESTIGATION), "opened_at",
    "by the moment the case was opened", unit="unit", case="pk", own={"first": FIRST, "peak": PEAK},
)  # fmt: skip


def risks(window: Window, unit: Unit | None) -> list[Across]:
    """Cases by their first grade and their grade now, and by their first and their highest. Two statements."""
    found = [across(OPENED, window, unit, "first", by) for by in ("risk", "peak")]
    return [replace(table, rows=GRADES, columns=GRADES) for table in found]


def as_it_is(tables: Sequence[Across]) -> tuple[Sequence[Across], list[tuple[Across, Across]]]:
    """Nothing is put together: the groups are few."""
    return tables, []
