"""Calls, taken as a contact handler takes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Call, Case
from workflow import engine

SAID: dict[str, Any] = {
    "log_ref": "0412", "channel": "999", "place": "Flat 3, 14 Mill Lane", "postcode": "NR3 4QX", "caller": "Herself",
    "telephone": "07700 900123", "at_risk": "Hannah Okoro", "suspect": "Daniel Reeve", "connected": "former",
    "said": "He is kicking the door and shouting that he will kill her.", "risks": ["still_there", "threat_to_kill"],
    "flagged": "yes", "grade": "immediate", "thrive": ["threat", "harm"], "grade_reason": "He is at the door now.",
}  # fmt: skip


def called(by: User, team: Unit | None = None, case: Case | None = None, minutes_ago: int = 4, **said: Any) -> Call:
    """A call that somebody has taken, in a case of its own in the team or in a case that is there."""
    received = timezone.now() - timedelta(minutes=minutes_ago)
    blank = Call(case=case) if case else Call()
    where = {"team": team.code} if team else {}
    evidence = {"received_at": received.isoformat(), **SAID, **where, **said}
    call: Call = engine.perform(blank, "take", by=by, evidence=evidence)
    return call


def step(call: Call, name: str, by: User, **said: Any) -> Call:
    """A step taken on the call as it stands now."""
    fresh = Call.objects.get(pk=call.pk)
    taken: Call = engine.perform(fresh, name, by=by, evidence=said, seen=fresh.version)
    return taken


def now() -> str:
    return timezone.now().isoformat()


def answered(call: Call, control: User, resource: str = "NR31") -> Call:
    """Officers sent, briefed and there."""
    step(call, "dispatch", control, resource=resource, dispatched_at=now())
    step(call, "brief", control, briefed_who="PC 2877 Marsh, by radio", briefed_at=now())
    return step(call, "arrive", control, arrived_at=now())


def closed(call: Call, control: User) -> Call:
    return step(answered(call, control), "close", control, result="attended")
