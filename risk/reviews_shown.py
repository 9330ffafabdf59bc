"""What risk shows of looks that are owed and of lowered grades: on the case, beside each decision, in the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from cases.panels import Panel, show
from cases.panels.timeline import Words, tell
from cases.services.course import bars_no_action
from risk.forms.reassessment import STAGES
from risk.models import Assessment, Downgrade, Grade, Reassessment, RiskDecision
from risk.services.causes import insufficient_now
from risk.services.lowering import Lowering
from risk.steps_lower import found_for
from risk.steps_review import REVIEWING
from workflow.models import Deadline
from workflow.pages.records import step_context

MOST = 10


@dataclass(frozen=True, slots=True)
class Owed:
    """A look that is owed, with when it is due (UTC)."""

    review: Reassessment
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reviews:
    """Of a case: what is owed, the earliest due first; what has ended, the newest first; whether the reader may do them."""

    owed: Sequence[Owed]
    ended: Sequence[Reassessment]
    more: bool
    may_do: bool


def reviews_of(case: Case, user: User, at: datetime) -> Reviews | None:
    """As recorded by the moment (UTC). Two queries, and one for the roles. Index: reassessment_of_case."""
    rows = Reassessment.objects.as_at(at).filter(case=case).select_related("asked_by", "ended_by", "decision")
    found = list(rows.order_by("-pk")[: 5 * MOST + 1])
    if not found:
        return None
    open_ones = [row for row in found if row.state == Reassessment.State.OWED]
    owed = sorted(with_due(open_ones), key=lambda one: one.due_at or at)
    ended = [row for row in found if row.state != Reassessment.State.OWED]
    may_do = bool(user.roles_over(case.unit) & REVIEWING)
    return Reviews(owed, ended[:MOST], len(ended) > MOST or len(found) > 5 * MOST, may_do)


def with_due(rows: Sequence[Reassessment]) -> list[Owed]:
    """Each with its clock. One query; none for nothing."""
    of = {"subject_type": Reassessment._meta.label_lower, "subject_id__in": [row.pk for row in rows]}
    due = dict(Deadline.objects.open().filter(**of).values_list("subject_id", "due_at")) if rows else {}
    return [Owed(row, due.get(row.pk)) for row in rows]


@step_context("downgrade.lower")
def beside_lowering(request: HttpRequest, record: Any) -> dict[str, Any]:
    """What stands there now: the grade, who set it and why, the lowest allowed, when the victim was last spoken to."""
    user: Any = request.user
    found = found_for(record, user)
    if found is None:
        return {}
    contact = last_contact(found)
    return {
        "lowering": found, "decisions": found.grading.decisions[:6], "contact": contact,
        "lowest": _(str(Grade(found.floor.grade).label)), "case": record.case,
    }  # fmt: skip


@step_context("reassessment.ask")
def beside_asking(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Whose case it is, in the line at the top."""
    return {"case": record.case} if record.case_id else {}


def last_contact(found: Lowering) -> datetime | None:
    """When the victim was last asked or spoken to about the risk, as the assessment and the ledger tell it."""
    moments = [row.at for row in found.grading.decisions if row.spoken == "yes"]
    if found.assessment.asked_how not in (Assessment.Asked.NOT_ASKED, Assessment.Asked.THIRD_PARTY):
        moments.append(found.assessment.asked_at)
    return max(moments, default=None)


@step_context("downgrade.confirm")
def beside_confirming(request: HttpRequest, record: Any) -> dict[str, Any]:
    return {"downgrade": record}


def beside_review(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Why it is owed, who asked, the last grades, and the eight stages."""
    ledger = RiskDecision.objects.filter(case=record.case_id).select_related("decided_by").order_by("-at", "-pk")
    return {"review": record, "decisions": list(ledger[:6]), "stages": STAGES}


for step in ("done", "not-needed", "read"):
    step_context(f"reassessment.{step}")(beside_review)

bars_no_action(insufficient_now)
show(
    Panel(
        "risk-reviews", "Risk reviews", reviews_of, "risk/panels/reviews.html", "risk/panels/reviews_paper.html",
        order=28, side=True,
    )
)  # fmt: skip


def reviews_in(case: Case) -> Any:
    return Reassessment.objects.filter(case=case)


tell(
    Words("reassessment.raise", reviews_in, "recorded_at", "why", risk=True, itself=True),
    Words("reassessment.ask", reviews_in, "recorded_at", "why", risk=True, itself=True),
    Words("reassessment.merge", reviews_in, "recorded_at", "why", itself=True),
    *(
        Words(f"reassessment.{step}", reviews_in, "ended_at", "outcome", risk=True, itself=True)
        for step in ("done", "not-needed", "drop")
    ),
    Words("downgrade.lower", lambda case: Downgrade.objects.filter(case=case), "recorded_at", "words", risk=True),
    *(
        Words(f"downgrade.{step}", lambda case: RiskDecision.objects.filter(case=case), "at", "rationale", risk=True)
        for step in ("lapse", "reopen")
    ),
)
