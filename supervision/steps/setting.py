"""THE TABLE of a clock's setting: proposed by one, decided by another, taken out of use at once where it does harm."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import Unit, User
from accounts.roles import roles
from supervision.forms import NewSetting
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Approval, PolicySetting
from workflow.models.record import about

S = PolicySetting.State
Said = dict[str, Any]
PROPOSERS = roles("administrator", "superintendent")
DECIDERS = roles("superintendent")
NEVER = date.max  # a setting valid from here is in force on no day


def proposed_by_another(setting: Any, user: User) -> str:
    if setting.recorded_by_id == user.pk:
        return "You cannot do this. You proposed it, so another superintendent must decide."
    return ""


def keep_proposal(setting: Any, said: Said, by: User, at: datetime) -> None:
    """A setting is the whole force's: its unit is the root of the tree."""
    setting.unit = Unit.objects.filter(parent__isnull=True).order_by("pk")[0]
    for name, value in said.items():
        setattr(setting, name, value)


def decide(verdict: str) -> Any:
    """The decision as a row that the database holds to have been made by somebody else."""

    def effect(setting: Any, said: Said, by: User, at: datetime) -> None:
        Approval.objects.create(
            **about(setting), of="setting", asked_by=setting.recorded_by, asked_at=setting.recorded_at,
            seen_version=setting.version, decided_by=by, decided_at=at, verdict=verdict, reason=said["reason"],
        )  # fmt: skip

    return effect


def take_out_of_use(setting: Any, said: Said, by: User, at: datetime) -> None:
    """Work that starts from now on follows the rule before it; open work keeps the dates that people were told."""
    setting.valid_from = NEVER


# fmt: off
SETTING = Workflow("setting", PolicySetting, S,
    Step("propose",  "Propose a length for a clock",    NEW,        S.PROPOSED, PROPOSERS, NewSetting, effect=keep_proposal, done="Setting proposed"),
    Step("approve",  "Approve this setting",            S.PROPOSED, S.APPROVED, DECIDERS,  guards=(proposed_by_another,), effect=decide(Approval.Verdict.APPROVED), done="Setting approved", proof=True),
    Step("refuse",   "Refuse this setting",             S.PROPOSED, S.REFUSED,  DECIDERS,  guards=(proposed_by_another,), effect=decide(Approval.Verdict.RETURNED), done="Setting refused"),
    Step("withdraw", "Take this setting out of use now", ANY,       STAYS,      PROPOSERS, effect=take_out_of_use, done="Setting taken out of use"),
    finished=(S.APPROVED, S.REFUSED), label="setting of a clock",
)
# fmt: on
