"""THE TABLE of features: turned on or off for a unit by an administrator, ended at once where that does harm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from accounts.roles import roles
from supervision.forms.flag import NewFlag
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import FlagSetting

S = FlagSetting.State
Said = dict[str, Any]
WHO = roles("administrator", "superintendent")


def keep_flag(setting: Any, said: Said, by: User, at: datetime) -> None:
    """In force from now on: a feature turned on later would surprise whoever is on duty then."""
    setting.flag, setting.is_on, setting.reason = said["flag"], bool(said["is_on"]), said["reason"]
    setting.unit = Unit.objects.get(pk=int(said["unit"]))
    setting.from_at, setting.until = at, said["until"]


def end(setting: Any, said: Said, by: User, at: datetime) -> None:
    setting.until = at


def still_in_force(setting: Any, user: User) -> str:
    """A setting that has ended stays as it was: what was so then is history."""
    return "This has ended already." if setting.until and setting.until <= timezone.now() else ""


# fmt: off
FLAG = Workflow("feature", FlagSetting, S,
    Step("turn", "Turn a feature on or off",    NEW, S.SET, WHO, NewFlag, effect=keep_flag, done="Feature turned on or off"),
    Step("end",  "End this now",                ANY, STAYS, WHO, guards=(still_in_force,), effect=end, done="Ended"),
    label="setting of a feature",
)
# fmt: on
