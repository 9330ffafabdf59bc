"""THE SECOND LOOK: a sample of a month’s decisions that anybody can draw again from the month alone (H2, H3).

Each decision has a number made from the seed and its id by SHA-256; the least numbers are drawn. Half of the places are for
those of whom nothing was told, for a wrong “nothing” is the one nobody complains of.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from accounts.models import User
from dvds.models import Application, Outcome, SecondLook
from dvds.models.young import numbers
from workflow import engine
from workflow.clock import LONDON

#: What was told is one half; whatever was not told, and why not, is the other.
TOLD = frozenset({Outcome.DISCLOSED, Outcome.NO_UNDERTAKING, Outcome.EMERGENCY, Outcome.DECLINED, Outcome.UNREACHABLE})
NO_DECISION = (Outcome.MERGED, Outcome.TRANSFERRED)


def seed_of(month: date) -> str:
    """second-look-2026-11: known to everybody, so that nobody can choose what is drawn."""
    return f"second-look-{month:%Y-%m}"


def number_of(seed: str, application: int) -> str:
    return hashlib.sha256(f"{seed}:{application}".encode()).hexdigest()


def size_of(decided: int, limits: Mapping[str, int]) -> int:
    return min(decided, max(limits["sample_least"], math.ceil(decided * limits["sample_share"] / 100)))


def drawn_of(rows: Sequence[tuple[int, str]], seed: str, size: int) -> list[int]:
    """The ids drawn of (id, outcome), least number first. Pure. Untold ones have half of the places, rounded up."""
    ordered = sorted(rows, key=lambda row: number_of(seed, row[0]))
    untold = [row[0] for row in ordered if row[1] not in TOLD][: math.ceil(size / 2)]
    rest = [row[0] for row in ordered if row[0] not in untold][: size - len(untold)]
    return sorted(untold + rest, key=lambda pk: number_of(seed, pk))


def decided_in(month: date) -> Any:
    """Considerations that came to their end in the month (London), but for those that another goes on with."""
    first = datetime.combine(month, time.min, LONDON)
    after = datetime.combine((month.replace(day=28) + timedelta(days=4)).replace(day=1), time.min, LONDON)
    rows = Application.objects.standing().filter(ended_at__gte=first, ended_at__lt=after)
    return rows.exclude(Q(outcome__in=NO_DECISION) | Q(outcome=""))


def draw(month: date, at: datetime) -> list[SecondLook]:
    """Draw the sample of the month (its first day). Drawn again it is the same, and nothing is drawn twice. `at` is UTC."""
    rows = list(decided_in(month).values_list("pk", "outcome"))
    seed = seed_of(month)
    chosen = drawn_of(rows, seed, size_of(len(rows), numbers(at)))
    there = set(SecondLook.objects.filter(drawn_for=month).values_list("application_id", flat=True))
    new = Application.objects.select_related("case__unit").in_bulk([pk for pk in chosen if pk not in there])
    return [draw_one(new[pk], month, seed, at) for pk in chosen if pk in new]


def draw_one(application: Application, month: date, seed: str, at: datetime) -> SecondLook:
    blank = SecondLook(application=application, case=application.case, drawn_for=month, seed=seed)
    why = {"reason": "Drawn from the decisions of the month."}
    made: SecondLook = engine.perform(blank, "draw", by=User.objects.system(), evidence=why, at=at)
    return made


def last_month(at: datetime) -> date:
    """The first day of the month before the moment (London)."""
    first = at.astimezone(LONDON).date().replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)


def draw_if_due(at: datetime) -> list[SecondLook]:
    """Draw last month’s, unless it was drawn. May run twice. `at` is UTC. One query where it was."""
    month = last_month(at)
    return [] if SecondLook.objects.filter(drawn_for=month).exists() else draw(month, at)
