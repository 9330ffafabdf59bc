"""The board in the navigation, and on the case of a consideration the way to its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Case
from cases.panels import Panel, show
from dvds.models import Application
from dvds.steps.roles import UNIT
from workflow.pages import Entry, navigate


def consideration_of(case: Any, user: User, at: datetime) -> Application | None:
    """The one consideration of the case. Constraint: application_one_to_a_case."""
    found: Application | None = Application.objects.visible_to(user).as_at(at).filter(case=case).first()
    return found


navigate(Entry("Clare’s Law", "considerations", 61, UNIT))
show(
    Panel(
        "consideration", "Where it stands", consideration_of, "dvds/panels/consideration.html",
        kinds=frozenset({Case.Kind.DISCLOSURE.value}), order=1, side=True,
    )
)  # fmt: skip
