"""THE TABLE of an exception from a minimum standard, and the guard that asks for the standards when a case is closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE
from cases.forms.standard import AskedException, ExceptionGranted, ExceptionRefused
from cases.models import StandardException
from cases.models.standard import unmet_in
from cases.steps.safety import SAFETY, Said
from workflow.declare import NEW, Step, Workflow, in_a_folder
from workflow.models import Refusal, Refused

S = StandardException.State
MOST_NAMED = 3  # standards named in the one sentence of the guard; the page has them all


def standards_met(case: Any, user: User) -> str:
    """Guard of closing: each standard is met, or somebody else has granted a reasoned exception from it."""
    labels = list(dict.fromkeys(_(line.standard.label) for line in unmet_in(case)))
    if not labels:
        return ""
    more = len(labels) - MOST_NAMED
    named = "; ".join(labels[:MOST_NAMED]) + (_("; and %(count)s more") % {"count": more} if more > 0 else "")
    words = ngettext(
        "Not yet. %(count)s minimum standard is not met: %(named)s. Put it right, or ask for an exception.",
        "Not yet. %(count)s minimum standards are not met: %(named)s. Put them right, or ask for exceptions.", len(labels),
    )  # fmt: skip
    return words % {"count": len(labels), "named": named}


def keep_asked(exception: Any, said: Said, by: User, at: datetime) -> None:
    """What the standard lacked at that moment is kept in words: whoever decides sees what was asked, whatever changes."""
    line = next((line for line in unmet_in(exception.case) if line.key == said["line"]), None)
    if line is None or (line.exception and line.exception.state == S.ASKED):
        raise Refused(
            Refusal.GUARD, "Not available. It is met now, or an exception from it waits for a decision already."
        )
    granted = StandardException.objects.granted().filter(
        case=exception.case, incident=line.incident, standard=line.standard.name
    )
    granted.update(struck_out_at=at)  # the record was opened since, so it counts no longer; it stays readable
    exception.standard, exception.incident, exception.unmet = line.standard.name, line.incident, line.lacks[:300]
    exception.why, exception.instead = said["why"], said["instead"]


def by_another(exception: Any, user: User) -> str:
    """Guard: whoever asked does not decide. The database holds to it too."""
    if exception.recorded_by_id == user.pk:
        return "You cannot do this. You asked for it, so somebody else must decide."
    return ""


def by_who_asked(exception: Any, user: User) -> str:
    """Guard: only whoever asked takes it back."""
    if exception.recorded_by_id != user.pk:
        words = _("You cannot do this. %(person)s asked, so only they may take it back.")
        return words % {"person": exception.recorded_by.short_title()}
    return ""


def keep_decided(exception: Any, said: Said, by: User, at: datetime) -> None:
    exception.decided_by, exception.decided_at, exception.decided_why = by, at, said["reason"]


def keep_withdrawn(exception: Any, said: Said, by: User, at: datetime) -> None:
    """Why it was taken back stands in the record of acts."""


# fmt: off
EXCEPTION = Workflow("standard-exception", StandardException, S,
    Step("ask",      "Ask for an exception from a standard", NEW,     S.ASKED,     FRONTLINE, AskedException,   guards=(in_a_folder,),  effect=keep_asked,     done="Exception from a minimum standard asked for"),
    Step("grant",    "Grant the exception",                  S.ASKED, S.GRANTED,   COMMAND,   ExceptionGranted, guards=(by_another,),   effect=keep_decided,   done="Exception from a minimum standard granted"),
    Step("refuse",   "Refuse the exception",                 S.ASKED, S.REFUSED,   COMMAND,   ExceptionRefused, guards=(by_another,),   effect=keep_decided,   done="Exception from a minimum standard refused"),
    Step("withdraw", "Take the exception back",              S.ASKED, S.WITHDRAWN, FRONTLINE, guards=(by_who_asked,), effect=keep_withdrawn, done="Exception from a minimum standard taken back"),
    *SAFETY,
    label="exception from a minimum standard", finished={S.GRANTED, S.REFUSED, S.WITHDRAWN},
)
# fmt: on
