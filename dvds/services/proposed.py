"""What a supervisor reads beside what was learned and judged: that it is not to go on and what was given, what was found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from dvds.models import Application
from dvds.services.shown import check_lines
from people.services import names_for

S = Application.State
Line = tuple[str, str]


def for_review(application: Any, user: User, since: datetime | None) -> list[Line]:
    """(what, the words) where a supervisor's decision is waited for; nothing elsewhere. Five queries at most."""
    if application.state not in (S.SIGNING, S.STOPPING):
        return []
    said = stop_lines(application) if application.state == S.STOPPING else []
    return [line for line in (*said, *found_lines(application, user)) if line[1]]


def stop_lines(application: Any) -> list[Line]:
    pack = _(application.get_stop_pack_display()) if application.stop_pack else ""
    return [
        (_("Proposed: not to go on"), _(application.get_stopped_as_display())),
        (_("Support that was given"), application.support_words),
        (_("The pack"), pack),
    ]


def found_lines(application: Any, user: User) -> list[Line]:
    """What each system said, in a line."""
    people = application.parties.standing().values_list("person", flat=True)
    lines = check_lines(application, names_for(set(people), user))
    return [(f"{line.system}: {line.of}", f"{line.result}. {line.words}") for line in lines]
