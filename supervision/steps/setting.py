"""THE TABLE of a clock's setting: proposed by one, decided by another, taken out of use at once where it does harm."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import Unit, User
from accounts.roles import roles
from supervision.forms import NewSetting
from supervision.steps.two_people import Said, by_another, decided
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Approval, PolicySetting

S = PolicySetting.State
PROPOSERS = roles("administrator", "superintendent")
DECIDERS = roles("superintendent")
NEVER = date.max  # a setting valid from here is in force on no day


def keep_proposal(setting: Any, said: Said, by: User, at: datetime) -> None:
    """A setting is the whole force's: its unit is the root of the tree."""
    setting.unit = Unit.objects.root()
    for name, value in said.items():
        setattr(setting, name, value)


def take_out_of_use(setting: Any, said: Said, by: User, at: datetime) -> None:
    """Work that starts from now on follows the rule before it; open work keeps the dates that people were told."""
    setting.valid_from = NEVER


# fmt: off
SETTING = Workflow("setting", PolicySetting, S,
    Step("propose",  "Propose a length for a clock",    NEW,        S.PROPOSED, PROPOSERS, NewSetting, effect=keep_proposal, done="Setting proposed"),
    Step("approve",  "Approve this setting",            S.PROPOSED, S.APPROVED, DECIDERS,  guards=(by_another,), effect=decided("setting", Approval.Verdict.APPROVED), done="Setting approved", proof=True),
    Step("refuse",   "Refuse this setting",             S.PROPOSED, S.REFUSED,  DECIDERS,  guards=(by_another,), effect=decided("setting", Approval.Verdict.RETURNED), done="Setting refused"),
    Step("withdraw", "Take this setting out of use now", ANY,       STAYS,      PROPOSERS, effect=take_out_of_use, done="Setting taken out of use"),
    finished=(S.APPROVED, S.REFUSED), label="setting of a clock",
)
# fmt: on
