"""The end, whatever was decided: the subject’s management is reviewed, the final report submitted, the record closed (A10, A11)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.services.tasks import raise_task
from dvds.forms.concluding import Concluded, Managed
from dvds.forms.reasons import Closed
from dvds.models import Application, Conclusion, FinalReport, ManagedBy, Management
from dvds.services.concluding import conclude, keep_end, not_done
from dvds.services.late import late_and_said
from dvds.steps.held import nobody_unsafe
from dvds.steps.roles import UNIT
from workflow.declare import STAYS, Step

Said = dict[str, Any]
S = Application.State
#: Who takes a subject on; where none of them does, the local policing team is told (S758).
TAKES_ON = frozenset({ManagedBy.MAPPA, ManagedBy.IOM, ManagedBy.MATAC})
TELL_LOCAL = "local_team"
WHY_LOCAL = "Nobody else manages the subject. Tell the local policing team in person what it must know, and record that you did."


def manage(application: Any, said: Said, by: User, at: datetime) -> None:
    """Kept for every ending; the local team is told by a person, never by a message."""
    kept = {"case": application.case, "application": application, "recorded_by": by, "recorded_at": at}
    Management.objects.create(**kept, **said)
    keep_end(application, at)
    if not TAKES_ON & set(said["routes"]):
        raise_task(case=application.case, kind=TELL_LOCAL, why=WHY_LOCAL, by=by, at=at)


def not_concluded(application: Any) -> bool:
    """it has not been said how it ended"""
    return not Conclusion.objects.filter(application=application.pk).exists()


def keep_conclusion(application: Any, said: Said, by: User, at: datetime) -> None:
    application.outcome = said["outcome"]
    keep_end(application, at)
    conclude(application, said, by, at)


def nothing_left(application: Any, user: User) -> str:
    """Guard: support, management, report, ratification: each that lacks is named (I9, I10)."""
    lacking = not_done(application)
    return f"Not yet. {'. '.join(lacking)}." if lacking else ""


def close_it(application: Any, said: Said, by: User, at: datetime) -> None:
    report = FinalReport.objects.get(application=application.pk)
    application.intelligence_ref = report.reference


# fmt: off
CONCLUDING = (
    Step("review-management", "Review how the subject is managed", (S.TOLD, S.DECLINED, S.UNREACHABLE, S.INFORMED, S.CONCLUDING), S.CONCLUDING, UNIT, Managed, guards=(nobody_unsafe,), effect=manage, done="The subject’s management was reviewed"),
    Step("conclude",          "Say how it ended, and what was given", S.CONCLUDING, STAYS, UNIT, Concluded, when=not_concluded, effect=keep_conclusion, done="It was said how it ended"),
    Step("close",             "Close it",                          S.CONCLUDING, S.CLOSED, UNIT, Closed, guards=(nobody_unsafe, nothing_left, late_and_said), effect=close_it, done="Closed"),
)
# fmt: on
