"""`manage.py seed`: the demonstration force, told through the ordinary verbs. Refuses in production and where there are cases."""

from __future__ import annotations

from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from audit.services import anchor
from cases.models import Case
from config.demo.calls import ring_all
from config.demo.conferences import Conferences
from config.demo.day import Day
from config.demo.disclosures import Disclosures
from config.demo.force import make_force
from config.demo.schools import make_school, tell_school
from config.demo.stories import stories
from config.demo.telling import Teller
from config.demo.voices import Voices
from people.models import Person
from workflow import reactions


class Command(BaseCommand):
    help = "Fill an empty local database with a small invented force and thirty of its cases."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demonstration accounts cannot be made in production.")
        if Case.objects.exists():
            raise CommandError(
                "There are cases here already. The demonstration force goes into an empty database only."
            )
        current_app.conf.update(broker_url="memory://")  # no worker is woken for each of a thousand acts
        with transaction.atomic():
            people = tell()
        while reactions.run_due():  # what the acts cause, so that it opens as a force that has come to rest
            continue
        self.stdout.write(f"{Case.objects.count()} cases, {people} people.")


def tell() -> int:
    """The whole story up to now; how many people of the force are in it."""
    now = timezone.now()
    people = make_force(now)
    known: dict[str, Person] = {}
    forums = Conferences(people, now)
    forums.found()
    school = make_school(people, now)
    told = [(story, Teller(story, people, known, now).tell()) for story in stories()]
    tell_school(school, told, people, now)
    forums.tell(told)
    Disclosures(people, now).tell()
    Voices(people, now).tell(incident for _story, incident in told)
    Day(people, now).tell()
    ring_all(people, now)
    anchor()  # its acts are months old: without an anchor they would look unwatched
    return len(people)
