"""What stands at the door, put there by the ordinary verbs, and a consideration taken down whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from dvds.models import Application, Intake
from dvds.services.parties import name_party
from tests.cast import take
from tests.dvds.cast_of_disclosures import ASKED, BOTH, HEARD
from workflow import engine

#: A safe way, place and time, as somebody says it on the page: any day, any hour.
WAYS: dict[str, Any] = {
    "means": ["call", "in_person"], "call": "07700 900123", "meet_at": "The library in Mill Lane", "when": "At any time",
    "never_means": ["letters"],
}  # fmt: skip


def minutes_ago(minutes: int) -> str:
    return (timezone.localtime() - timedelta(minutes=minutes)).replace(second=0, microsecond=0).isoformat()


def request(by: User, *, beside: Any = None, minutes: int = 90, **said: Any) -> Intake:
    """Somebody asks, and says just enough."""
    words = {
        "channel": "in_person", "first_contact_at": minutes_ago(minutes), "asker": "Rosa, the woman at 12", "asks_as": "self",
        "subject": "Karl Field, about 35", "why": "He pushed her.", "feared": ["assault"], "danger": "none", **said,
    }  # fmt: skip
    made: Intake = engine.perform(Intake(investigation=beside), "hear", by=by, evidence=words)
    return made


def information(by: User, *, beside: Any = None, minutes: int = 90, **said: Any) -> Intake:
    """Nobody asks; somebody may need to know."""
    words = {
        "source": "investigation", "first_contact_at": minutes_ago(minutes), "subject": "Karl Field", "at_risk": "Rosa",
        "why": "An interview named her as his new partner.", "danger": "none", **said,
    }  # fmt: skip
    made: Intake = engine.perform(Intake(investigation=beside), "learn", by=by, evidence=words)
    return made


def taken(intake: Intake, by: User) -> Application:
    """It is a case of its own."""
    found: Application = take(intake, "take-up", by).application
    return found


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def whole(application: Application, by: User, *, safe: bool = True, **said: Any) -> Application:
    """Every section said: who they are, what is between them, why, danger, sharing, and safe contact where it is asked."""
    now = fresh(application)
    if now.asked:
        name_party(now, "herself", by, forename="Rosa", surname="Field")
        if safe:
            take(now, "safe-contact", by, **WAYS)
    name_party(fresh(now), "subject", by, forename="Karl", surname="Field", age=35)
    now = fresh(now)
    words = {**BOTH, **(ASKED if now.asked else HEARD), **said}
    changed: Application = engine.amend(now, words, by=by, seen=now.version)
    return fresh(changed)  # type: ignore[no-any-return]
