"""What follows from how the person harmed was spoken with: their language is learned, and some are seen again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Involvement
from cases.models.answers.harmed import NEVER_TO_INTERPRET
from cases.services.tasks import raise_task
from people.services import describe

BY_FAMILY = "Interpreted by family, a friend or the suspect: see again with an interpreter."
BY_NOBODY = "Nobody interpreted, and they could not speak properly: see again with an interpreter."


def heard(row: Any, by: User, at: datetime) -> None:
    """The language becomes a fact of the case; through a relative, a child, the suspect or nobody: a task is raised."""
    said = {"interpreter": (row.interpreter_needed, ""), "language": (row.language, "")}
    describe(person=row.person, said=said, beneath=row.incident, by=by, at=at)
    before = Involvement.objects.values_list("interpreted", flat=True).get(pk=row.pk)
    if row.see_again and row.interpreted != before:
        why = BY_FAMILY if row.interpreted in NEVER_TO_INTERPRET else BY_NOBODY
        raise_task(case=row.case, kind="see_with_interpreter", why=why, by=by, at=at, about=row)
