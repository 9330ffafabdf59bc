"""The interviews of a case: planned, held, checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from cases.models import Case, Interview
from cases.panels.registry import Panel, show
from cases.panels.timeline import Words, decided, tell
from cases.visibility import INVESTIGATING
from people.services import names_for
from workflow.pages.decisions import Review, review


@dataclass(frozen=True, slots=True)
class OneInterview:
    interview: Interview
    name: str


def interviews(case: Case, user: User, at: datetime) -> list[OneInterview]:
    """The newest first. Two queries; one where there is none. Index: interview_of_case."""
    rows = Interview.objects.as_at(at).filter(case=case).select_related("involvement", "recorded_by").order_by("-pk")
    found = list(rows)
    names = names_for({row.involvement.person_id for row in found}, user) if found else {}
    return [OneInterview(row, names[row.involvement.person_id]) for row in found]


show(
    Panel(
        "interviews", "Interviews", interviews, "cases/panels/interviews.html", "cases/paper/interviews.html",
        who=INVESTIGATING, order=41, side=True,
    )
)  # fmt: skip


def summary(interview: Interview, user: User, since: datetime | None) -> Interview:
    """Beside a decision about an interview: with whom, and what was said once it was held."""
    return interview


review(Review("interview", 10, "cases/review_interview.html", summary))
tell(
    *(
        Words(f"interview.{step}", decided(Interview), "decided_at", "reason")
        for step in ("approve-plan", "return-plan", "check-summary", "return-summary")
    )
)
