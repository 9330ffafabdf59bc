"""THE TABLE of a check of another system: recorded, or answered by the system; struck out and kept where it is wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import FRONTLINE, roles
from cases.forms.systems import CheckStruck, NewCheck
from cases.models import SystemCheck
from cases.services.systems import settle_what_is_owed
from cases.steps.safety import SAFETY, Said
from workflow import engine
from workflow.declare import NEW, Step, Workflow, in_a_folder
from workflow.models import Refusal, Refused

S = SystemCheck.State
CHECKS = FRONTLINE | roles(
    "superintendent", "intelligence_officer", "disclosure_officer", "disclosure_supervisor", "marac_coordinator",
)  # fmt: skip


def keep_check(check: Any, said: Said, by: User, at: datetime) -> None:
    """Which roles may check which system is a column of the table of systems."""
    if not said["system"].may_be_checked_by(by.roles_over(check.scope, at)):
        words = _("Your role may not check %(system)s. Ask somebody who may, and let them record it.")
        raise Refused(Refusal.ROLE, words % {"system": said["system"].label})
    engine.keep_said(check, {name: value for name, value in said.items() if name != "person"}, by, at)
    check.person_id = said["person"]
    settle_what_is_owed(check.case, at, recorded=check)


def strike_check(check: Any, said: Said, by: User, at: datetime) -> None:
    """What is struck out counts no longer: what it stood for may be owed again."""
    if not check.system.may_be_checked_by(by.roles_over(check.scope, at)):
        words = _("Your role may not check %(system)s, so it may not strike a check of it out.")
        raise Refused(Refusal.ROLE, words % {"system": check.system.label})
    check.struck_because, check.struck_by = said["reason"], by
    settle_what_is_owed(check.case, at, struck=check.pk)


# fmt: off
SYSTEM_CHECK = Workflow("system-check", SystemCheck, S,
    Step("record", "Record a check of another system", NEW,        S.RECORDED, CHECKS, NewCheck,    guards=(in_a_folder,), effect=keep_check, done="Another system was checked"),
    Step("strike", "Strike this check out",            S.RECORDED, S.STRUCK,   CHECKS, CheckStruck, effect=strike_check, done="A check of another system was struck out"),
    *SAFETY,
    label="check of another system", finished={S.RECORDED, S.STRUCK},
)
# fmt: on
