"""Calling a case: one timer runs in a room at a time, and it is the server’s (the sheet, part 5)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from marac.models import AgendaItem, Hearing, Referral
from workflow import engine


def call_case(item: AgendaItem, *, by: User, at: datetime) -> Hearing:
    """Hear this case now: whatever runs is paused, and nothing is finished by that. `at` is UTC. Raises Refused."""
    with transaction.atomic():
        running = Hearing.objects.filter(item__meeting=item.meeting_id, running_since__isnull=False).exclude(item=item)
        for other in running.order_by("pk"):
            engine.perform(other, "pause", by=by, evidence={}, seen=other.version, at=at)
        there = Hearing.objects.filter(item=item).first()
        if there is None:
            referral = Referral.objects.get(pk=item.subject_id)
            made: Hearing = engine.perform(
                Hearing(item=item, referral=referral, case=item.case), "call", by=by, evidence={}, at=at
            )
            return made
        if there.state == Hearing.State.HEARING and there.running_since is None:
            there = engine.perform(there, "resume", by=by, evidence={}, seen=there.version, at=at)
    return there  # type: ignore[return-value]


def turn_timer(hearing: Hearing, *, by: User, at: datetime) -> Hearing:
    """Pause what runs; let run what stands, and then nothing else. Raises Refused."""
    if hearing.running_since is None:
        return call_case(hearing.item, by=by, at=at)
    done: Hearing = engine.perform(hearing, "pause", by=by, evidence={}, seen=hearing.version, at=at)
    return done
