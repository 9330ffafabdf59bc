"""What a consideration says of itself to the apps beneath: who takes part, whom a safety plan there is for, how it is graded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.models import Case
from cases.models.taking_part import is_about, takes_part
from dvds.models import NoTrace
from dvds.services.people import at_risk_of, children_of, parts_of, risk_of
from dvds.services.proposed import for_review
from risk.services.plans import Graded, graded_otherwise
from workflow.pages.decisions import Review, review
from workflow.pages.records import step_context

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
