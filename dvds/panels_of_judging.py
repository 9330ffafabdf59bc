"""What a consideration says of itself to the apps beneath: who takes part, whom a safety plan there is for, how it is graded;
and on its page what was learned and judged, which supervisor and forum decide upon.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from cases.models.taking_part import is_about, takes_part
from cases.panels import Panel, show
from dvds.models import AgencyAsked, Application, Categorised, FaceToFace, FullAssessment, NoTrace, Triage
from dvds.services.people import at_risk_of, children_of, parts_of, risk_of
from dvds.services.proposed import for_review
from risk.services.plans import Graded, graded_otherwise
from safeguarding.models import AgencyKind
from workflow.pages.decisions import Review, review
from workflow.pages.records import step_context

MOST = 25

takes_part(Case.Kind.DISCLOSURE, parts_of)
is_about(Case.Kind.DISCLOSURE, at_risk_of)
graded_otherwise(Case.Kind.DISCLOSURE, Graded(risk_of, children_of))
review(Review("consideration", 10, "dvds/proposed.html", for_review))


@step_context("no-trace.agree")
@step_context("no-trace.return")
def what_was_searched(request: HttpRequest, row: NoTrace) -> dict[str, Any]:
    """Everything searched, and what was left, before a second person says that nothing is there."""
    lines = [row.check_made.system.label, *row.check_made.searched.split("; ")]
    if row.not_tried:
        said = {"left": ", ".join(row.not_tried), "why": row.not_tried_because}
        lines.append(_("Proposed by our own records and not searched: %(left)s. %(why)s") % said)
    return {"consequences_title": _("What was searched"), "consequences": lines}


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known from triage, meeting, agencies and assessment, and what the police propose: the newest first."""

    categories: list[Categorised]
    assessments: list[FullAssessment]
    agencies: list[tuple[str, AgencyAsked]]
    meetings: list[FaceToFace]
    triages: list[Triage]


def judged(case: Case, user: User, at: datetime) -> Judged | None:
    """Five queries, however many rows. Index: triage_of_application."""

    def newest(model: Any) -> list[Any]:
        rows = model.objects.visible_to(user).as_at(at).filter(application__case=case)
        return list(rows.select_related("recorded_by").order_by("-pk")[:MOST])

    asked = [(str(AgencyKind(row.agency_kind).label), row) for row in newest(AgencyAsked)]
    found = Judged(newest(Categorised), newest(FullAssessment), asked, newest(FaceToFace), newest(Triage))
    return found if found.triages or found.agencies or found.assessments or found.categories else None


def beside_decision(record: Application, user: User, since: datetime | None) -> Judged | None:
    """What a supervisor reads before signing, or agreeing that it does not go on."""
    return judged(record.case, user, timezone.now())


review(Review("consideration", 11, "dvds/review_judged.html", beside_decision))
show(
    Panel(
        "judged", "What was learned and judged", judged, "dvds/panels/judged.html",
        kinds=frozenset({Case.Kind.DISCLOSURE.value}), order=15,
    )
)  # fmt: skip
