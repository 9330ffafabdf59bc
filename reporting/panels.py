"""What reporting shows round the pages: the way to the record of who did and saw what, and to the figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from cases.panels import Panel, show
from cases.visibility import AUDITING, GATEKEEPERS
from dvds.models import Application
from people.models import Person
from people.panels import Tab, add_tabs
from reporting.checks.pages import READS as CHECK_READS
from reporting.disclosures.pages import READS as DISCLOSURE_READS
from reporting.equality.pages import READS
from reporting.explorer.asked import Asked
from reporting.links.pages import READS as LINK_READS
from workflow.pages import Entry, navigate


def looks_at(person: Person) -> str:
    """Where the explorer shows who has looked at somebody. No query."""
    return f"{reverse('audit')}?{Asked(person=person.pk).query()}"


add_tabs(Tab("looked", "Who looked", looks_at, 90, who=AUDITING))
navigate(
    Entry("Equality", "equality", 65, READS, menu="reports"), Entry("Links", "links", 66, LINK_READS, menu="reports")
)
navigate(
    Entry("Audit", "audit", 70, AUDITING, menu="reports"),
    Entry("To look into", "concerns", 71, GATEKEEPERS, menu="reports"),
)
navigate(Entry("Quality checks", "quality-checks", 28, CHECK_READS, menu="team"))


# --- Clare’s Law ---


def decision_record(case: Any, user: User, at: datetime) -> Application | None:
    """The way to the decision record, for whoever reads the consideration."""
    found: Application | None = Application.objects.visible_to(user).as_at(at).filter(case=case).first()
    return found


show(
    Panel(
        "decision-record", "Decision record", decision_record, "reporting/panels/decision_record.html",
        kinds=frozenset({"disclosure"}), order=90, side=True,
    )
)  # fmt: skip
navigate(Entry("Figures of Clare’s Law", "disclosure-statistics", 68, DISCLOSURE_READS, menu="reports"))
