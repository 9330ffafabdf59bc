"""How long a session lasts: locked after fifteen idle minutes, over after twelve hours whatever happens."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from django.contrib.sessions.backends.base import SessionBase

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
NOTED_EVERY = timedelta(seconds=60)  # a write to the session for each request would be a query for nothing

GUESSES = 5

STARTED, SEEN, LOCKED, WRONG = "started_at", "seen_at", "locked", "wrong_passwords"


class Standing(Enum):
    LIVE = "live"
    LOCKED = "locked"
    OVER = "over"


def standing(session: SessionBase, now: datetime) -> Standing:
    """Whether the session may act at the moment (UTC); notes the first request and the latest, to the minute."""
    started = _moment(session, STARTED)
    if started is None:
        session[STARTED] = session[SEEN] = now.isoformat()
        return Standing.LIVE
    if now - started >= ABSOLUTE:
        return Standing.OVER
    seen = _moment(session, SEEN) or started
    if session.get(LOCKED) or now - seen >= IDLE:
        session[LOCKED] = True
        return Standing.LOCKED
    if now - seen >= NOTED_EVERY:
        session[SEEN] = now.isoformat()
    return Standing.LIVE


def lock(session: SessionBase) -> None:
    """Lock at once, as when an officer puts the phone down."""
    session[LOCKED] = True


def unlock(session: SessionBase, now: datetime) -> None:
    """Open again after the password; the twelve hours run on."""
    session[LOCKED] = False
    session[WRONG] = 0
    session[SEEN] = now.isoformat()


def wrong_password(session: SessionBase) -> bool:
    """Count a wrong password on the lock; True when there were so many that the session must end."""
    session[WRONG] = session.get(WRONG, 0) + 1
    return bool(session[WRONG] >= GUESSES)


def _moment(session: SessionBase, key: str) -> datetime | None:
    value = session.get(key)
    return datetime.fromisoformat(value) if value else None
