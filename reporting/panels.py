"""What reporting shows round the pages: the way to the record of who did and saw what, and to the figures."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.models import User
from cases.visibility import AUDITING, GATEKEEPERS
from people.models import Person
from people.panels import PersonPanel, show_on_person
from reporting.equality.pages import READS
from reporting.explorer.asked import Asked
from workflow.pages import Entry, navigate


def looks_at(person: Person, user: User, at: datetime) -> str:
    """Where the explorer shows who has looked at somebody. No query."""
    return f"{reverse('audit')}?{Asked(person=person.pk).query()}"


show_on_person(
    PersonPanel("looks", "Who has looked", looks_at, "reporting/panels/looks.html", who=AUDITING, order=90, side=True)
)
navigate(Entry("Equality", "equality", 65, READS))
navigate(Entry("Audit", "audit", 70, AUDITING), Entry("To look into", "concerns", 71, GATEKEEPERS))
