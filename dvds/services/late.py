"""What is late and why: limits that run, what was said of each, and the overall limit gross and net of authorised days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from dvds.models import Application, Delay, Exceptional
from dvds.models.owed import EXPLAINED
from workflow.clock import LONDON
from workflow.models import Deadline
from workflow.models.record import about

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Breach:
    """How far the overall limit was passed, in days begun: gross, and net of the days that a supervisor authorised as
    exceptional. Both are always reported; the date itself never moved.
    """

    gross: int
    excepted: int

    @property
    def net(self) -> int:
        return max(self.gross - self.excepted, 0)


def missed(application: Any, now: datetime) -> set[str]:
    """The limits that were passed, done since or not; what was dropped is none. Index: deadline_of_subject."""
    rows = Deadline.objects.filter(policy__in=EXPLAINED, dropped_because="", due_at__lt=now, **about(application))
    late = Q(stopped_at__isnull=True) | Q(stopped_at__gt=F("due_at"))
    return set(rows.filter(late).values_list("policy", flat=True))


def late_and_said(application: Any, user: User) -> str:
    """Guard: nobody ends quietly what came late; each missed limit has its reason (H1)."""
    late = missed(application, timezone.now())
    said = Delay.objects.standing().filter(application=application, policy__in=late).values_list("policy", flat=True)
    count = len(late - set(said))
    words = ngettext(
        "Not yet. %(count)s limit was missed and nobody has said why.",
        "Not yet. %(count)s limits were missed and nobody has said why.", count,
    )  # fmt: skip
    return words % {"count": count} if count else ""


def breach_of(
    due_at: datetime, ended_at: datetime | None, now: datetime, excepted: Iterable[tuple[date, date]]
) -> Breach:
    """Pure. `excepted` are the authorised spans (London's days, both ends in): a day in two of them counts once."""
    over = (ended_at or now).astimezone(LONDON).date()
    gross = max((over - due_at.astimezone(LONDON).date()).days, 0)
    days = {first + n * DAY for first, last in excepted for n in range((min(last, over) - first).days + 1)}
    return Breach(gross, min(len(days), gross))


def spans_of(application: Application) -> list[tuple[date, date]]:
    """The authorised spans. Index: exceptional_of_application."""
    rows = Exceptional.objects.standing().filter(application=application, state=Exceptional.State.AUTHORISED)
    return list(rows.values_list("from_on", "to_on"))
