"""What is said when a consideration is looked up, judged, met, assessed and categorised: taken by the ordinary verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import SystemCheck
from dvds.models import Application, NoTrace, Party, Warned
from tests.cast import take

JUDGED: dict[str, Any] = {
    "grade": "medium", "immediate": "no", "information": "Two calls last year, and what she said.",
    "judged": "He has hurt a partner before and is getting worse.", "options": "Go on, and see her this week.", "serial": "no",
}  # fmt: skip
STOPPED: dict[str, Any] = {
    **JUDGED, "grade": "standard", "stopped_as": "out_of_scope", "reason": "They are colleagues and were never partners.",
    "support_given": "yes", "support_words": "Easterby advisers, and the helpline", "stop_pack": "spoken",
}  # fmt: skip
MET: dict[str, Any] = {
    "place": "The library in Mill Lane", "attended": "Rosa Field, DC Holt, her adviser", "by_expert": "yes",
    "warned": list(Warned.values), "identity": ["passport", "bill"], "further": "He took her telephone in March.",
    "malice": "none", "malice_because": "Her account is her own and holds together.", "undertaking_explained": "yes",
    "pack": "taken", "interim": "She stays with her sister until Friday.", "wants_idva": "yes",
}  # fmt: skip
ASSESSED: dict[str, Any] = {
    "grade": "medium", "judgement": "Controlling, and violent to a former partner in the same way.",
    "no_dash_because": "She answered it on paper with her adviser.",
}  # fmt: skip
NO_CONCERN: dict[str, Any] = {
    "category": "no_concern", "factors": ["no_conviction", "no_information"], "reasons": "Nothing is held by any system.",
    "malice": "none", "representations": "dispensed", "representations_because": "Asking would show him that she asked.",
}  # fmt: skip


def fresh(application: Application) -> Application:
    found: Application = Application.objects.get(pk=application.pk)
    return found


def whom(application: Application, part: str = "subject") -> int:
    return int(Party.objects.get(application=application, part=part).person_id)


def look(application: Application, by: User, system: str, part: str = "subject", **said: Any) -> SystemCheck:
    """Nothing was found of the names and the birth date that the case knows, unless something else is said."""
    names = {"subject": "Karl Field", "at_risk": "Rosa Field"}.get(part, "")
    births = {"subject": "30/01/1988", "at_risk": "04/05/1991"}.get(part, "")
    marker = {"visor_marker": "no"} if system == "pnc" and part == "subject" else {}
    given = {
        "system": system, "person": whom(application, part), "names": names, "births": births, "found": "nothing",
        "checked_at": timezone.now().isoformat(), "not_tried_because": "The other spellings belong to somebody else.", **marker,
    }  # fmt: skip
    take(application, "look", by, **{**given, **said})
    made: SystemCheck = SystemCheck.objects.order_by("-pk")[0]
    return made


def agreed(look: SystemCheck, by: User) -> NoTrace:
    done: NoTrace = take(NoTrace.objects.get(check_made=look), "agree", by, read=True)
    return done


def trace(application: Application, by: User, look: SystemCheck, **said: Any) -> Any:
    given = {
        "check_made": look.pk,
        "sort": "incident",
        "words": "Pushed a former partner in 2022.",
        "spent": "no",
        "violent": True,
    }
    return take(application, "add-trace", by, **{**given, **said})


def all_looked(application: Application, by: User, second: User, *parts: str) -> None:
    """Every system of the least says nothing, and a second person agrees."""
    for part in parts or ("subject",):
        for system in ("pnc", "pnd", "intelligence"):
            agreed(look(application, by, system, part), second)


def checked(application: Application, by: User, second: User) -> Application:
    all_looked(application, by, second)
    done: Application = take(application, "finish-checks", by, whole=True)
    return done


def held(hours_ago: float = 1) -> str:
    return (timezone.now() - timedelta(hours=hours_ago)).isoformat()


def met(application: Application, by: User, **said: Any) -> Application:
    done: Application = take(application, "hold-meeting", by, **{**MET, "held_at": held(), **said})
    return done


def assessed(application: Application, by: User, **said: Any) -> Application:
    done: Application = take(application, "assess", by, **{**ASSESSED, "done_at": held(0.5), **said})
    return done
