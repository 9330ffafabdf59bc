"""What an inspection asks of a unit beside its measures: every clock, open work by age, what is overdue, decisions as they were
taken. Nobody is named; of a case its number alone, and only where many may know of it.
"""

# ruff: noqa: E501 - sentences and headings stay whole

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Case as Either
from django.db.models import CharField, Count, F, Func, Min, Q, Value, When
from django.db.models.functions import Cast, Concat

from accounts.models import Unit
from cases.models import Case, Holding, LoggedDecision
from cases.models.decision_log import HEADINGS
from reporting.measures.facts import OWED, open_cases
from reporting.measures.partners import REFERRING
from reporting.measures.reckon import Value as Figure
from reporting.measures.reckon import rows_of
from reporting.packs.declare import Asking, Told
from risk.models.grade import Grade
from workflow.models import Deadline
from workflow.policies import POLICIES

#: Days that work is open, the first day of each band.
AGES = (0, 28, 90, 180, 365)
OF_NO_TEAM = "Restricted, of no team"
TRAILS = 10  # cases whose decisions are shown
HEADS_SAID = f"Headings that say something, of {len(HEADINGS) + 1}"
HELD = (1, 5, 10, 15, 20, 30)  # open cases in one officer's hands, the fewest of each band


def of_unit(rows: Any, unit: Unit, lineage: str, restricted: str) -> Any:
    """Of the unit and beneath it, as figures are: a restricted case counts for the force alone."""
    if unit.parent_id is None:
        return rows
    return rows.filter(
        Q(**{restricted: False}) | Q(**{f"{restricted}__isnull": True}), **{f"{lineage}__contains": [unit.pk]}
    )


def clocks(asking: Asking) -> Told:
    """Every clock: what fell due, what was done in time, what was done at all. One statement."""
    return told_by_clock("Supervision: every clock", rows_of(OWED, asking.window, asking.unit))


def referring(asking: Asking) -> Told:
    """How soon cases are referred to MARAC, accepted and put on an agenda. One statement."""
    rows = rows_of(OWED, asking.window, asking.unit).filter(policy__in=REFERRING)
    return told_by_clock("How soon cases are referred", rows)


def told_by_clock(title: str, owed: Any) -> Told:
    rows = owed.values("policy")
    done = Q(stopped_at__isnull=False)
    found = rows.annotate(
        due=Count("pk"), done=Count("pk", filter=done), timely=Count("pk", filter=done & Q(stopped_at__lte=F("due_at")))
    )
    lines = [
        (
            POLICIES[row["policy"]].label,
            f"{row['due']:,}",
            Figure(row["timely"], row["due"]).shown,
            Figure(row["done"], row["due"]).shown,
        )
        for row in found.order_by("policy")
        if row["policy"] in POLICIES
    ]
    lead = "" if lines else "Nothing fell due."
    told = Told(
        title,
        lead,
        [("Definition", "Deadlines that fell due in the window, those no longer owed left out; for every 100.")],
    )
    told.said = [("Done in time, and done", ("Clock", "Fell due", "In time", "Done"), sorted(lines))] if lines else []
    return told


def bands(firsts: Iterable[int]) -> list[tuple[int, int | None, str]]:
    """(from, to before which, words)"""
    starts = list(firsts)
    ends = [*starts[1:], None]
    return [
        (start, end, f"{start} to {end - 1}" if end else f"{start} and more")
        for start, end in zip(starts, ends, strict=True)
    ]


def backlog(asking: Asking) -> Told:
    """Open cases by how long they have been open, and by grade, as they stand at the moment. One statement."""
    rows = of_unit(open_cases(), asking.unit, "unit__lineage", "restricted").filter(opened_at__lte=asking.as_at)
    numbers: dict[str, Any] = {}
    for start, end, _ in bands(AGES):
        younger = Q(opened_at__lte=asking.as_at - timedelta(days=start))
        numbers[f"from_{start}"] = Count(
            "pk", filter=younger & (Q(opened_at__gt=asking.as_at - timedelta(days=end)) if end else Q())
        )
    found = {row["grade"]: row for row in rows.order_by().values("grade").annotate(**numbers)}
    grades = [(grade.value, str(grade.label)) for grade in Grade] + [(None, "Not graded")]
    lines = []
    for start, _, words in bands(AGES):
        counts = [found.get(grade, {}).get(f"from_{start}", 0) for grade, _ in grades]
        lines.append((words, *(f"{count:,}" for count in counts), f"{sum(counts):,}"))
    told = Told(
        "Age of open work",
        definition=[
            (
                "Definition",
                "Open investigations at the moment this was made, by days since they were opened and by grade now.",
            )
        ],
    )
    told.said = [("Days open", ("Days", *(label for _, label in grades), "All"), lines)]
    return told


def overdue(asking: Asking) -> Told:
    """What is overdue at the moment, by clock: how many, and how old the oldest is. One statement. Index: deadline_unit."""
    rows = of_unit(Deadline.objects.overdue(asking.as_at), asking.unit, "unit__lineage", "case__restricted")
    found = rows.order_by().values("policy").annotate(n=Count("pk"), first=Min("due_at"))
    lines = [
        (POLICIES[row["policy"]].label, f"{row['n']:,}", f"{(asking.as_at - row['first']).days:,}")
        for row in found if row["policy"] in POLICIES
    ]  # fmt: skip
    told = Told(
        "Overdue",
        "" if lines else "Nothing is overdue.",
        [("Definition", "Deadlines that were past and not done at the moment this was made.")],
    )
    told.said = [("By clock", ("Clock", "Overdue", "Days that the oldest is overdue"), sorted(lines))] if lines else []
    return told


def trails(asking: Asking) -> Told:
    """The decisions of some cases, drawn by a rule that anybody can follow again: which, how long after it was opened, how many of
    the headings of the decision model say something. Two statements. Index: decision_of_case.
    """
    chosen = drawn(asking)
    rows = LoggedDecision.objects.filter(case__in=chosen, decided_at__lt=asking.window.ends).order_by(
        "decided_at", "pk"
    )
    decided: dict[int, list[LoggedDecision]] = {}
    for row in rows:
        decided.setdefault(row.case_id, []).append(row)
    told = Told(
        "Decisions as they were taken",
        "" if chosen else "No decision was taken in the window in a case that may be shown.",
        [("How they were drawn", f"Of the cases with a decision in the window, neither restricted nor shut to anybody, the first {TRAILS} by the MD5 of the first day, the unit and the number of the case.")],
    )  # fmt: skip
    told.said = [
        (case.reference, ("Decision", "Days after the case was opened", HEADS_SAID),
         [(row.get_kind_display(), f"{(row.decided_at - case.opened_at).days}", f"{len(row.said)}") for row in decided.get(case.pk, [])])
        for case in chosen
    ]  # fmt: skip
    return told


def drawn(asking: Asking) -> list[Case]:
    decided = LoggedDecision.objects.filter(
        decided_at__gte=asking.window.begins, decided_at__lt=asking.window.ends
    ).order_by()
    rows = Case.objects.kept_from_nobody().filter(kind=Case.Kind.INVESTIGATION, pk__in=decided.values("case"))
    rows = rows.filter(unit__lineage__contains=[asking.unit.pk])
    seed = Concat(
        Value(f"{asking.window.first}:{asking.unit.code}:"), Cast("pk", CharField()), output_field=CharField()
    )
    return list(rows.annotate(place=Func(seed, function="md5", output_field=CharField())).order_by("place")[:TRAILS])


def by_team(asking: Asking) -> Told:
    """Open cases by team and grade, the teams in the order of the alphabet: no league table. One statement."""
    rows = of_unit(open_cases(), asking.unit, "unit__lineage", "restricted").filter(opened_at__lte=asking.as_at)
    team = Either(When(restricted=True, then=Value(OF_NO_TEAM)), default=F("unit__name"))
    found = rows.order_by().annotate(team=team).values("team").annotate(
        high=Count("pk", filter=Q(grade=Grade.HIGH)), medium=Count("pk", filter=Q(grade=Grade.MEDIUM)),
        standard=Count("pk", filter=Q(grade=Grade.STANDARD)), every=Count("pk"),
    )  # fmt: skip
    lines = sorted(
        (row["team"], *(f"{row[name]:,}" for name in ("high", "medium", "standard", "every"))) for row in found
    )
    told = Told(
        "Open cases by team",
        "" if lines else "No case is open.",
        [
            (
                "Definition",
                "Open investigations at the moment this was made, by grade now; those not graded are in the last column alone. Of a restricted case no team is said.",
            )
        ],
    )
    told.said = [("By team", ("Team", "High", "Medium", "Standard", "All"), lines)] if lines else []
    return told


def in_hand(asking: Asking) -> Told:
    """How many officers hold how many open cases. Nobody is named. One statement. Index: holding_of_person."""
    cases = of_unit(open_cases(), asking.unit, "unit__lineage", "restricted").filter(opened_at__lte=asking.as_at)
    held = Holding.objects.filter(
        part=Holding.Part.INVESTIGATION, to_at__isnull=True, case__in=cases.order_by().values("pk")
    )
    loads = list(held.order_by().values("person").annotate(n=Count("pk")).values_list("n", flat=True))
    lines = [
        (words, f"{sum(1 for load in loads if start <= load and (end is None or load < end)):,}")
        for start, end, words in bands(HELD)
    ]
    lead = f"{len(loads):,} officers hold {sum(loads):,} open cases." if loads else "Nobody holds an open case."
    told = Told(
        "Cases in one officer’s hands",
        lead,
        [
            (
                "Definition",
                "Open investigations by whoever holds the investigation now. Whom it concerns is seen by those who manage them, on their own pages.",
            )
        ],
    )
    told.said = [("Officers by how many they hold", ("Open cases", "Officers"), lines)] if loads else []
    return told
