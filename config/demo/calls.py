"""A few calls of the demonstration force, told through the ordinary verbs: one for each place on the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from cases.models import Call
from workflow import engine


@dataclass(frozen=True, slots=True)
class Ring:
    """One call: how many minutes ago, what was said, and how far it has come (taken, sent, there, closed, reviewed)."""

    log: str
    minutes_ago: int
    team: str
    ends: str
    said: dict[str, Any]


RINGS: tuple[Ring, ...] = (
    Ring("0388", 3, "NR3", "taken", {
        "place": "Flat 3, 14 Hillfield Road", "postcode": "NR3 4QX", "telephone": "07700 900461", "caller": "Herself",
        "at_risk": "Hannah Okoro", "suspect": "Daniel Reeve", "connected": "former", "flagged": "yes", "grade": "immediate",
        "said": "He is outside and kicking the door. He says he will kill her. Two children are in the back bedroom.",
        "risks": ["still_there", "threat_to_kill", "children", "heard"], "thrive": ["threat", "harm", "vulnerability"],
        "grade_reason": "He is at the door now and has threatened to kill her.",
    }),
    Ring("0371", 24, "NR3", "sent", {
        "place": "27 Wharf Street", "postcode": "NR1 6BD", "telephone": "07700 900512", "caller": "Neighbour at 29",
        "at_risk": "Kirsty Vale", "suspect": "Lee Holroyd", "connected": "partner", "flagged": "yes", "grade": "immediate",
        "said": "Shouting for an hour and something breaking. It has gone quiet now.", "risks": ["heard", "drink"],
        "thrive": ["threat", "risk"], "grade_reason": "A struggle was heard and nobody answers.",
    }),
    Ring("0352", 41, "NR4", "there", {
        "place": "61 Orchard Close", "postcode": "NR5 9PE", "telephone": "07700 900733", "caller": "Himself",
        "at_risk": "Colin Ambrose", "suspect": "Marcus Sayle", "connected": "family", "flagged": "yes", "grade": "priority",
        "said": "His brother came in drunk, pushed him and took his bank card.", "risks": ["drink"],
        "thrive": ["harm"], "grade_reason": "He has left, but says he will come back tonight.",
    }),
    Ring("0290", 190, "SR1", "closed", {
        "place": "8 Quarry Lane", "postcode": "NR2 8TT", "telephone": "07700 900118", "caller": "Herself",
        "at_risk": "Nadia Rahmani", "suspect": "Tunde Bakare", "connected": "partner", "flagged": "yes", "grade": "priority",
        "said": "He took her keys and telephone and would not let her leave. He has gone to work now.",
        "risks": [], "thrive": ["vulnerability"], "grade_reason": "She can leave now and is with her mother.",
    }),
    Ring("0204", 1500, "NR3", "reviewed", {
        "place": "Flat 12, Mercer House", "postcode": "NR4 2LN", "telephone": "07700 900640", "caller": "Friend",
        "at_risk": "Leanne Farrow", "suspect": "Craig Dunmor", "connected": "partner", "flagged": "yes", "grade": "scheduled",
        "said": "He grabbed her by the throat last night. She is at the friend's and wants advice.",
        "risks": ["strangled"], "thrive": ["harm"], "grade_reason": "She is safe at a friend's for today.",
    }),
    Ring("0177", 2900, "NR3", "closed", {
        "place": "Outside 2 Tannery Row", "postcode": "NR1 1AA", "telephone": "", "caller": "Passer-by",
        "at_risk": "", "suspect": "", "connected": "former", "flagged": "no", "grade": "priority",
        "said": "A man is following a woman and shouting that she has broken up his family. He pushed her.",
        "risks": ["still_there"], "thrive": ["threat"], "grade_reason": "He is following her now.",
    }),
)  # fmt: skip
ARRIVES = {"0352": 25, "0290": 70, "0204": 300, "0177": 22}  # minutes after the call


def ring_all(people: dict[str, User], now: datetime) -> None:
    """Each call at its own moment before now (UTC)."""
    for ring in RINGS:
        tell(ring, people, now - timedelta(minutes=ring.minutes_ago))


def tell(ring: Ring, people: dict[str, User], at: datetime) -> None:
    handler, supervisor = people["handler"], people["control"]
    said = {"log_ref": ring.log, "channel": "999", "received_at": at.isoformat(), "team": ring.team, **ring.said}
    call = engine.perform(Call(), "take", by=handler, evidence=said, at=at + timedelta(minutes=1))
    there = at + timedelta(minutes=ARRIVES.get(ring.log, 5))
    if ring.ends == "taken":
        words = (
            "Keep her on the line in the back bedroom. NR31 to wait for NR32 at the corner: he has been armed before."
        )
        return step(call, "advise", supervisor, at + timedelta(minutes=2), words=words)
    step(
        call,
        "dispatch",
        handler,
        at + timedelta(minutes=3),
        resource="NR31",
        dispatched_at=(at + timedelta(minutes=3)).isoformat(),
    )
    if ring.ends == "sent":
        return None
    briefed = (at + timedelta(minutes=4)).isoformat()
    step(call, "brief", handler, at + timedelta(minutes=4), briefed_who="PC Ashdown, by radio", briefed_at=briefed)
    step(call, "arrive", handler, there + timedelta(minutes=1), arrived_at=there.isoformat())
    if ring.ends == "there":
        return None
    step(call, "close", handler, there + timedelta(minutes=40), result="attended", result_why="")
    if ring.ends == "reviewed":
        note = "Hands on the neck is never for tomorrow. Officers go now."
        step(
            call,
            "review",
            supervisor,
            there + timedelta(minutes=60),
            verdict="too_low",
            should_be="immediate",
            review_note=note,
        )
    return None


def step(call: Call, name: str, by: User, at: datetime, **said: Any) -> None:
    fresh = Call.objects.get(pk=call.pk)
    engine.perform(fresh, name, by=by, evidence=said, seen=fresh.version, at=at)
