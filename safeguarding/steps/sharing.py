"""THE TABLES of the exchange log and of what partners do beside us outside any conference (S2-041, S3-125, S3-126)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE, SYSTEM, roles
from cases.steps.safety import SAFETY
from safeguarding.forms.answered import ReferralChased, Silent
from safeguarding.forms.sharing import ActionAgreed, ActionEnded, ActionMoved, Given, Received, TheyHaveIt
from safeguarding.models import Exchange, JointAction
from workflow.declare import NEW, STAYS, Step, Workflow, in_a_folder
from workflow.engine import keep_said

Said = dict[str, Any]
E, J = Exchange.State, JointAction.State
SHARES = FRONTLINE | COMMAND | roles("marac_coordinator", "intelligence_officer")


def keep_given(exchange: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(exchange, said, by, at)
    exchange.way = Exchange.Way.GIVEN


def keep_received(exchange: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(exchange, said, by, at)
    exchange.way = Exchange.Way.RECEIVED


def keep_logged(exchange: Any, said: Said, by: User, at: datetime) -> None:
    """What went by itself is in the log by itself: its columns were set by `log_sent`, which is asked for each."""


def chased(exchange: Any, said: Said, by: User, at: datetime) -> None:
    """What they said stands in the timeline."""


def keep_ended(action: Any, said: Said, by: User, at: datetime) -> None:
    action.outcome, action.ended_at = said["reason"], at


def keep_moved(action: Any, said: Said, by: User, at: datetime) -> None:
    action.due_on = said["due_on"]


# fmt: off
EXCHANGE = Workflow("exchange", Exchange, E,
    Step("give",        "Record what was shared",      NEW,       E.WAITING,      SHARES, Given,      guards=(in_a_folder,), effect=keep_given,    done="Information shared"),
    Step("receive",     "Record what they told us",    NEW,       E.RECEIVED,     SHARES, Received,   guards=(in_a_folder,), effect=keep_received, done="Information received"),
    Step("log",         "Log what was sent by itself", NEW,     E.LOGGED,       SYSTEM, Silent,     guards=(in_a_folder,), effect=keep_logged, done="Information shared"),
    Step("acknowledge", "Record that they have it",    E.WAITING, E.ACKNOWLEDGED, SHARES, TheyHaveIt, done="Shared information acknowledged"),
    Step("chase",       "Record that you asked again", E.WAITING, STAYS,          SHARES, ReferralChased, effect=chased, done="Asked again whether shared information was received"),
    *SAFETY,
    label="exchange of information", finished={E.ACKNOWLEDGED, E.RECEIVED, E.LOGGED},
)
JOINT_ACTION = Workflow("joint-action", JointAction, J,
    Step("agree",        "Agree an action with a partner", NEW,      J.AGREED,       SHARES, ActionAgreed, guards=(in_a_folder,), done="Action agreed with a partner"),
    Step("done",         "It was done",                    J.AGREED, J.DONE,         SHARES, ActionEnded, effect=keep_ended, done="Action of a partner done"),
    Step("not-done",     "It was not done",                J.AGREED, J.NOT_DONE,     SHARES, ActionEnded, effect=keep_ended, done="Action of a partner not done"),
    Step("not-possible", "It is not possible",             J.AGREED, J.NOT_POSSIBLE, SHARES, ActionEnded, effect=keep_ended, done="Action of a partner not possible"),
    Step("move",         "Give it another day",            J.AGREED, STAYS,          SHARES, ActionMoved, effect=keep_moved, done="Action of a partner given another day"),
    *SAFETY,
    label="joint action", finished={J.DONE, J.NOT_DONE, J.NOT_POSSIBLE},
)
# fmt: on
