"""What reporting shows round the pages: the way to the record of who did and saw what, and to the figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

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
from reporting.explorer.listed import LISTED
from reporting.exports import offer
from reporting.extract.made import EXTRACT, EXTRACTS
from reporting.extract.pages import SHARES
from reporting.feedback import panels  # noqa: F401 - it declares itself
from reporting.figures.asked import READS as FIGURE_READS
from reporting.links.pages import READS as LINK_READS
from reporting.measures.owed import declare_clocks
from reporting.models import OutsideImport
from reporting.models.outside import READS as OUTSIDE_READS
from reporting.models.snapshot import PACK_READERS
from workflow.pages import Entry, navigate
from workflow.pages.records import step_context


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
navigate(
    Entry("Figures", "figures", 64, FIGURE_READS, menu="reports"),
    Entry("Answers", "answers", 64, FIGURE_READS, menu="reports"),
    Entry("Data quality", "quality", 64, FIGURE_READS, menu="reports"),
)


# --- what leaves, and figures from outside ---
@step_context("outside-import.confirm")
def what_will_count(request: HttpRequest, run: OutsideImport) -> dict[str, Any]:
    """What confirming does, beside the button."""
    said = {"rows": run.rows, "kind": _(run.get_kind_display()), "source": run.source}
    return {
        "consequences": [
            _("%(rows)s figures of “%(kind)s” count from now on, from: %(source)s") % said,
            _("What was said before of the same figures, months and areas counts no longer, and stays readable"),
        ]
    }


offer(LISTED)
offer(EXTRACT)
navigate(
    Entry("Figures from outside", "outside", 67, OUTSIDE_READS, menu="reports"),
    Entry("Extracts", "extracts", 69, EXTRACTS, menu="reports"),
    Entry("Figures for partners", "shared-figures", 69, SHARES, menu="reports"),
)
navigate(Entry("Packs", "snapshots", 63, PACK_READERS, menu="reports"))
declare_clocks()  # panels are found after policies: every clock is known now
