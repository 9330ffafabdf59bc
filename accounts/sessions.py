"""How long a session lasts: locked after fifteen idle minutes, over after twelve hours whatever happens. And whose it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.models.session import Session

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
NOTED_EVERY = timedelta(seconds=60)  # a write to the session for each request would be a query for nothing

GUESSES = 5

STARTED, SEEN, LOCKED, WRONG, BROWSER = "started_at", "seen_at", "locked", "wrong_passwords", "browser"

#: The first that is found in what a browser says of itself; Edge and Opera also say Chrome, and Chrome also says Safari.
FAMILIES = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


class SessionStore(DatabaseStore):
    """The sessions of the database, each row with its person: what `settings.SESSION_ENGINE` names."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Any = super().create_model_instance(data)
        person = str(data.get(SESSION_KEY, ""))
        row.user_id = int(person) if person.isdecimal() else None
        row.started_at, row.seen_at = _moment(data, STARTED), _moment(data, SEEN)
        row.browser = data.get(BROWSER, "")
        made: Session = row
        return made


def browser_family(said: str) -> str:
    """Of a User-Agent, "Chrome on Android": enough to know one's own machine by, and nothing typed is kept of it."""
    family = next((name for sign, name in FAMILIES.items() if f"{sign}/" in said), "")
    device = next((name for sign, name in DEVICES.items() if sign in said), "")
    return " on ".join(part for part in (family, device) if part)


class Standing(Enum):
    LIVE = "live"
    LOCKED = "locked"
    OVER = "over"


def standing(session: SessionBase, now: datetime, *, touched: bool = True) -> Standing:
    """Whether the session may act at the moment (UTC); notes the first request and the latest, to the minute.

    A request that nobody's hand made (`touched` False) is answered, and does not put off the lock.
    """
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
    if touched and now - seen >= NOTED_EVERY:
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


def _moment(session: SessionBase | dict[str, Any], key: str) -> datetime | None:
    value = session.get(key)
    return datetime.fromisoformat(value) if value else None
