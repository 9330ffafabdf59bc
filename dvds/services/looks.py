"""Looks in systems, recorded for a consideration: found something, found nothing, could not be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import SystemCheck
from cases.services.tasks import raise_task
from dvds.models import Application, NoTrace, Trace, Unavailable
from dvds.services.beneath import end_tasks, keep
from dvds.services.renewed import something_new
from workflow import engine

Said = dict[str, Any]
AGAIN = "system_again"
TRY_AGAIN = "A system could not be asked. The page of the checks says which, and when to try it again."
ASKED = "It was asked since."
OF_A_LOOK = ("checked_by", "result", "reference", "places", "found", "births_unknown")
NEW_TRACE = "A system says something new."


def keep_look(application: Any, said: Said, by: User, at: datetime) -> None:
    """The look itself is a check of the case; that nothing was found is put to a second person in the same act."""
    look = record_look(application, said, by, at)
    if said["visor_marker"]:
        application.visor_marker = said["visor_marker"]
    if look.found == SystemCheck.Found.NOTHING:
        nothing = NoTrace(case=application.case, application=application, check_made=look)
        engine.perform(
            nothing, "propose", by=by, evidence={"not_tried_because": said.get("not_tried_because") or ""}, at=at
        )
    if not still_away(application, look):
        end_tasks(application, AGAIN, ASKED, at)


def record_look(application: Any, said: Said, by: User, at: datetime) -> SystemCheck:
    evidence = {name: said.get(name) or "" for name in OF_A_LOOK}
    evidence |= {
        "system": said["system"].code, "person": said["person"], "names": "\n".join(said["names"]),
        "births": "\n".join(said["births"]), "checked_at": said["checked_at"].isoformat(),
    }  # fmt: skip
    look: SystemCheck = engine.perform(SystemCheck(case=application.case), "record", by=by, evidence=evidence, at=at)
    return look


def still_away(application: Application, look: SystemCheck) -> bool:
    """Whether another system than the one just asked waits to be tried again. Index: unavailable_of_application."""
    away = Unavailable.objects.standing().filter(application=application)
    for row in away.exclude(system=look.system_id, person=look.person_id):
        later = SystemCheck.objects.standing().filter(
            case=application.case_id, system=row.system_id, person=row.person_id
        )
        if not later.filter(checked_at__gt=row.at).exists():
            return True
    return False


def keep_away(application: Any, said: Said, by: User, at: datetime) -> None:
    """It is no result: the check stays owed, and trying again is a task of its own."""
    tried = Unavailable(
        application=application, case=application.case, recorded_by=by, recorded_at=at, at=said["tried_at"], system=said["system"],
        person_id=said["person"], why=said["why"], retry_at=said["retry_at"],
    )  # fmt: skip
    tried.save(force_insert=True)
    raise_task(case=application.case, kind=AGAIN, why=TRY_AGAIN, by=by, at=at)


def keep_trace(application: Any, said: Said, by: User, at: datetime) -> None:
    """Where the risk was judged before, it is judged again (I7)."""
    keep(Trace, application, by, at, **said)
    something_new(application, NEW_TRACE, by, at)


def strike_trace(application: Any, said: Said, by: User, at: datetime) -> None:
    trace = said["trace"]
    trace.struck_out_at = at
    trace.save(update_fields=["struck_out_at"])


def propose_none(row: Any, said: Said, by: User, at: datetime) -> None:
    """Everything that was searched, as the look says it, and what was left of what our own records propose."""
    look = row.check_made
    row.tried = [*look.names, *look.births, *([look.places[:160]] if look.places else [])]
    row.not_tried, row.not_tried_because = [term[:160] for term in said["not_tried"]], said["not_tried_because"] or ""
    if not row.not_tried:
        row.not_tried_because = ""


def agree_none(row: Any, said: Said, by: User, at: datetime) -> None:
    row.agreed_by, row.agreed_at = by, at


def return_none(row: Any, said: Said, by: User, at: datetime) -> None:
    row.returned_because = said["reason"]
