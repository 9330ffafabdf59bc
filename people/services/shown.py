"""Look before you record: who is near, and whether whoever asks has been shown them lately."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from audit.models import Access
from people.services.finding import Match, find

LATELY = timedelta(minutes=30)


def unseen(*, user: Any, at: datetime, forename: str, surname: str, born_on: date | None) -> list[Match]:
    """Those near to what was said whom no search of the last half hour has shown to this person, on page or API. The
    search is written down as theirs, so that who sees the answer has been shown them. Index: access_by_person.
    """
    rows = Access.objects.filter(by=user, kind=Access.Kind.SEARCH, what="people.person", at__gt=at - LATELY)
    shown = {hit for hits in rows.values_list("hits", flat=True) for hit in hits}
    near = find(user=user, forename=forename, surname=surname, born_on=born_on)
    return near if any(match.person_id not in shown for match in near) else []
