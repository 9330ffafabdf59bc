"""What is known before a question is asked. History, above all the time since the last incident, predicts best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models.functions import Coalesce

from accounts.models import User
from cases.models import Case, Incident, Involvement
from workflow.clock import LONDON

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT


@dataclass(frozen=True, slots=True)
class History:
    """Facts of the cases that the reader may open, this incident included. Days are London's.

    `days` are those of the incidents in the period, oldest first, this one last; `since_last` is whole days between
    this one and the one before it, whenever that was; `gap_before` the same for the pair before. None for none.
    """

    days: Sequence[date]
    since_last: int | None
    last_on: date | None
    gap_before: int | None
    others_harmed: int
    months: int  # the period in which incidents are counted

    @property
    def incidents(self) -> int:
        return len(self.days)

    @property
    def earlier(self) -> bool:
        """Whether anything came before this incident, in the period or not."""
        return self.since_last is not None


def history_of(incident: Incident, user: User, *, months: int) -> History:
    """What the user's visible cases hold about the person harmed and those said to have harmed them. Three queries."""
    parts = list(incident.involvements.filter(struck_out_at__isnull=True).values_list("part", "person_id"))
    harmed = [person for part, person in parts if part == VICTIM]
    suspects = [person for part, person in parts if part == SUSPECT]
    this = moment_of(incident)
    before = sorted(day_of(moment) for moment in _moments(harmed, incident, user) if moment <= this)
    return History(
        days=[*(day for day in before if day > months_before(day_of(this), months)), day_of(this)],
        since_last=(day_of(this) - before[-1]).days if before else None,
        last_on=before[-1] if before else None,
        gap_before=(before[-1] - before[-2]).days if len(before) > 1 else None,
        others_harmed=_others_harmed(suspects, {*harmed, *suspects}, user),
        months=months,
    )


def moment_of(incident: Incident) -> datetime:
    """When it happened; when it was reported, where that is all that is known."""
    return incident.occurred_from or incident.reported_at


def _moments(harmed: list[int], incident: Incident, user: User) -> list[datetime]:
    """The moments of all other incidents in which the same person was harmed."""
    if not harmed:
        return []
    rows = Involvement.objects.standing().filter(
        part=VICTIM, person__in=harmed, case__in=Case.objects.visible_to(user), incident__struck_out_at__isnull=True
    )
    moments = rows.exclude(incident=incident).values_list(Coalesce("incident__occurred_from", "incident__reported_at"))
    return [moment for (moment,) in moments]


def _others_harmed(suspects: list[int], known: set[int], user: User) -> int:
    """How many other people the suspects are said to have harmed. A number: who they are is not this page's to tell."""
    if not suspects:
        return 0
    visible = Case.objects.visible_to(user)
    theirs = Involvement.objects.standing().filter(part=SUSPECT, person__in=suspects, case__in=visible)
    harmed = Involvement.objects.standing().filter(part=VICTIM, incident__in=theirs.values("incident"))
    people: Any = harmed.exclude(person__in=known).values("person").distinct()
    return int(people.count())


def day_of(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of its month: 29 February becomes the 28th."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
