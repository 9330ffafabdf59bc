"""What is asked of a consideration before a forum: which meetings may hear it, who must sit, which tests are answered, what may be
told at all (A7, part E).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from dvds.models.application import Application
from dvds.models.checks import Spent, Trace
from dvds.models.deciding import TestAnswer
from marac.models import Meeting
from marac.services.forums import working_forums
from workflow.clock import LONDON
from workflow.models import Deadline
from workflow.models.record import about

M = Meeting.State
OTHERS = "other"
#: The clock of the limit that no putting off may pass (K6, K7); `supervision` declares it.
OVERALL = "consideration-overall"


def london_day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def now_day() -> date:
    return london_day(timezone.now())


def meetings_to_come(application: Application) -> Any:
    """Those of a forum that the unit of the case lies beneath: its chair may decide over it. Index: meeting_to_come."""
    forums = working_forums().filter(unit__in=application.case.unit.lineage)
    rows = Meeting.objects.filter(state__in=[M.PLANNED, M.PUBLISHED, M.SITTING], forum__in=forums)
    return rows.select_related("forum", "chair").order_by("starts_at", "pk")


def answers_of(application: Application, stage: str) -> dict[str, TestAnswer]:
    """{test: the newest answer to it} at one stage. Index: test_answer_of."""
    rows = TestAnswer.objects.standing().filter(application=application.pk, stage=stage)
    return {row.test: row for row in rows.order_by("test", "-pk").distinct("test")}


def may_be_chosen(application: Application, on: date) -> Any:
    """The traces that words to be told may rest on: of violence or of behaviour that shows risk (S3-218), and not spent on the
    day, however they stood when they were found (S3-216). Index: trace_of_application.
    """
    rows = Trace.objects.standing().filter(application=application.pk, violent=True).exclude(spent=Spent.SPENT)
    return rows.exclude(spent_on__lte=on).order_by("pk")


def last_day(application: Application) -> date | None:
    """The last day of the overall limit, while it runs: to put off past it is to be late on purpose. None where no clock runs."""
    rows = Deadline.objects.open().filter(policy=OVERALL, **about(application))
    due = rows.order_by("due_at").values_list("due_at", flat=True).first()
    return london_day(due) if due else None
