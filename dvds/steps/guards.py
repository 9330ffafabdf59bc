"""What must hold before a consideration goes on: asked under the locks of the act, so that page, API and engine say the same."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from dvds.models import AgencyAsked
from dvds.services.checks import checks_lacking
from dvds.services.people import children_of
from dvds.steps.roles import SUPERVISOR
from safeguarding.models import AgencyKind

MOST_SAID = 6  # sentences in one refusal; the page of the checks lists them all

NEW_SINCE = "Not yet. Something new was recorded since the risk was judged: judge it again first."


def says_who(application: Any, user: User) -> str:
    """No guard that refuses: the form is asked within what this person may see, and knows whether they lead."""
    if application.pk:
        application.asked_by = user
        application.by_a_supervisor = bool(user.roles_over(application.scope) & SUPERVISOR)
    return ""


def judged_since_new(application: Any, user: User) -> str:
    """Guard (I7): nothing is decided on a judgement older than what is known."""
    return NEW_SINCE if application.renewed else ""


def checks_answered(application: Any, user: User) -> str:
    """Guard of A2 and N2: each system of the least has said something, and a second person agreed where it was nothing."""
    lacking = checks_lacking(application, user)
    if not lacking:
        return ""
    more = f" And {len(lacking) - MOST_SAID} more." if len(lacking) > MOST_SAID else ""
    return f"Not yet. {'; '.join(lacking[:MOST_SAID])}.{more}"


def children_asked_after(application: Any, user: User) -> str:
    """Guard of A5: where children may be affected, social care has answered, or it is said why it was not asked."""
    if not children_of(application.case_id):
        return ""
    rows = list(AgencyAsked.objects.standing().filter(application=application, agency_kind=AgencyKind.CHILDREN))
    if any(row.answered_at or row.not_asked_because for row in rows):
        return ""
    if rows:
        return (
            "Not yet. Children may be affected, and children’s social care has not answered: ask again, and record it."
        )
    return "Not yet. Children may be affected: ask children’s social care, or say why it is not asked."
