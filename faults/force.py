"""The force of a run: `manage.py shell` of the system calls `fill`; nothing else here knows of Django.

The demonstration's people, and those of its stories that leave work to be done; told through the ordinary verbs.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from audit.services import anchor
from config.demo.force import make_force
from config.demo.stories import stories
from config.demo.telling import Teller
from people.models import Person

WITH_WORK = frozenset({"complete", "returned", "sent", "checked"})
YOUNGEST = 400  # hours: an older story says nothing more and takes as long to tell


@transaction.atomic
def fill() -> None:
    """Fill an empty database."""
    now = timezone.now()
    people = make_force(now)
    known: dict[str, Person] = {}
    for story in stories():
        if story.ends in WITH_WORK and story.hours_ago < YOUNGEST and not story.restricted:
            Teller(story, people, known, now).tell()
    anchor()  # its acts are hours old: without an anchor they would look unwatched
