"""What must be known of somebody from cases that the reader may not open, and the way in when it cannot wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from cases.markers import RESTRICTED
from cases.steps.concern import BREAKERS
from cases.visibility import markers_for
from people.models import Person
from workflow.pages import Entry, navigate


def markers_of(person: Person, user: User, at: datetime) -> dict[str, Any]:
    """The sentences, each once; where one says that a case is restricted, how an emergency opens it."""
    said = list(dict.fromkeys(marker.sentence for marker in markers_for(user, [person.pk], [])))
    if not said:
        return {}
    opens = RESTRICTED in said and user.holds(BREAKERS, None)
    return {"sentences": said, "emergency_url": reverse("emergency-person", args=[person.pk]) if opens else ""}


navigate(Entry("Emergency", "emergency", 35, BREAKERS))
