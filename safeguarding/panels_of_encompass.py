"""What Operation Encompass shows elsewhere: the box of a case, its page in the printed file, the links in the navigation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from cases.panels import Panel, show
from people.services import names_for
from safeguarding.models import Encompass
from safeguarding.services import facts_of
from safeguarding.views.agencies import READERS
from safeguarding.views.encompass import SCHOOLS, WORKERS
from workflow.pages import Entry, navigate
from workflow.pages.records import step_context


@dataclass(frozen=True, slots=True)
class Told:
    """One notification as the case shows it."""

    notice: Encompass
    name: str
    late: bool


def of_case(case: Case, user: User, at: datetime) -> list[Told]:
    """Each child and school, in the order in which they were found. Two queries. Index: encompass_of_case."""
    rows = Encompass.objects.as_at(at).visible_to(user).filter(case=case).select_related("establishment")
    found = list(rows.order_by("pk")[:50])
    names = names_for([row.child_id for row in found], user) if found else {}
    now = timezone.now()
    return [Told(row, names.get(row.child_id, ""), row.is_late(now)) for row in found]


def what_is_told(request: HttpRequest, notice: Encompass) -> dict[str, Any]:
    """Beside the form: the lines that the school reads from the record, and to which words of it the school answers."""
    lines = [f"{_(heading)}: {words}" for _code, heading, words in facts_of(notice)]
    return {"consequences": lines, "consequences_title": _("From the record, the school reads")}


for step in ("send", "tell", "correct"):
    step_context(f"encompass.{step}")(what_is_told)


@step_context("encompass.place")
def which_school(request: HttpRequest, notice: Encompass) -> dict[str, Any]:
    said = notice.involvement.school or _("no school")
    return {"consequences": [said], "consequences_title": _("The record says")}


show(
    Panel(
        "encompass", "Schools told", of_case, "safeguarding/panels/encompass.html", "safeguarding/panels/encompass_paper.html",
        order=27, side=True,
    )
)  # fmt: skip
navigate(
    Entry("Schools told", "encompass", 29, WORKERS, menu="safeguarding"),
    Entry("Schools", "establishments", 67, READERS, menu="safeguarding"),
    Entry("From the police", "encompass-letters", 12, SCHOOLS, menu="safeguarding"),
)
