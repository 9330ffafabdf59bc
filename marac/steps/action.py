"""THE TABLE of an action of a forum: taken on, done or not, and why. It cannot vanish (D.3, D.6, S2-038)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import PARTNERS, SPECIALISTS, SUPERVISORS, roles
from cases.steps import SAFETY
from marac.forms.action import (
    ActionAgreed,
    ActionDone,
    ActionImpossible,
    ActionNotDone,
    ActionUnderWay,
    HandedOver,
    LongerAsked,
    NewTime,
)
from marac.models import ForumAction
from marac.models.meeting import FORUM_STAFF
from marac.services.due import action_due
from marac.services.old_plan import old_actions, refuse_unmarked
from marac.services.sight import keep_sight, let_sight_end
from safeguarding.models import Agency, AgencyKind
from workflow.declare import NEW, STAYS, Step, Workflow
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
A = ForumAction.State
POLICE = SPECIALISTS | SUPERVISORS | roles("officer", "investigator", "neighbourhood_officer", "offender_manager")
#: Who says what came of an action: its agency, for the police whoever does their work, or the forum for whoever rang.
ANSWER = PARTNERS | POLICE | FORUM_STAFF
TO_DO = (A.AGREED, A.UNDER_WAY)
ENDED = (A.DONE, A.NOT_POSSIBLE, A.NOT_DONE)
SOMEBODY_ELSES = "Not yours. The agency that took it on says what came of it, or the forum’s coordinator for it."
NOT_OF_IT = "Not that person. They do not work for the agency that does it, or may not open this case."
NOT_THAT_AGENCY = "Not that agency. It works with us no longer."


def of_a_referral(action: Any, user: User) -> str:
    """Guard: set beneath a referral, at a meeting or between two."""
    return "" if action.referral_id else "Not available here. Set it at a meeting, or on the page of the referral."


def answers_for(action: Any, user: User) -> str:
    """Guard: the police do not say what another agency has done."""
    if action.agency.kind == AgencyKind.POLICE:
        return ""
    return "" if user.holds(PARTNERS | FORUM_STAFF, action.scope, timezone.now()) else SOMEBODY_ELSES


def asks_for_longer(action: Any) -> bool:
    """the agency asks for more time"""
    return action.wants_until is not None


def keep_agreed(action: Any, said: Said, by: User, at: datetime) -> None:
    refuse_unmarked(old_actions(action.referral), said["what"], action.set_again_id)
    action.agency = Agency.objects.all().working().select_related("unit").filter(pk=said["agency"]).first()
    if action.agency is None:
        raise Refused(Refusal.GUARD, NOT_THAT_AGENCY)
    for name in ("who", "type", "what", "answers"):
        setattr(action, name, said[name])
    action.volunteered = bool(said["volunteered"])
    action.due_at = said["due_at"] or action_due(action.referral.forum, at, at_once=bool(said["at_once"]))
    keep_sight(action, at)  # before the owner is asked for: they may see the case from now on
    action.owner = said["owner"]
    if action.owner is not None:
        refuse_unless_of_it(action, action.owner, at)


def refuse_unless_of_it(action: Any, person: User, at: datetime) -> None:
    """Raises Refused where the person does not do the agency's work, or may not open the case."""
    who = POLICE | PARTNERS if action.agency.kind == AgencyKind.POLICE else PARTNERS
    seen = type(action.case).objects.visible_to(person).filter(pk=action.case_id)
    if not person.holds(who, action.agency.unit, at) or not seen.exists():
        raise Refused(Refusal.GUARD, NOT_OF_IT)


def keep_report(action: Any, said: Said, by: User, at: datetime) -> None:
    action.reported_at = at


def keep_done(action: Any, said: Said, by: User, at: datetime) -> None:
    action.evidence, action.effect = said["evidence"], said["effect"]
    ended(action, said["done_at"], at)


def keep_impossible(action: Any, said: Said, by: User, at: datetime) -> None:
    action.why_not = f"{said['reason']}\n{said['instead']}"
    ended(action, at, at)


def keep_not_done(action: Any, said: Said, by: User, at: datetime) -> None:
    action.why_not = said["reason"]
    ended(action, at, at)


def ended(action: Any, moment: datetime, at: datetime) -> None:
    action.ended_at, action.reported_at = moment, at
    action.wants_until, action.wants_because = None, ""
    let_sight_end(action, at)


def keep_hand_over(action: Any, said: Said, by: User, at: datetime) -> None:
    refuse_unless_of_it(action, said["person"], at)
    action.owner, action.who = said["person"], said["person"].title()[:120]


def keep_wish(action: Any, said: Said, by: User, at: datetime) -> None:
    action.wants_until, action.wants_because = said["until"], said["reason"]


def keep_time(action: Any, said: Said, by: User, at: datetime) -> None:
    action.due_at, action.wants_until, action.wants_because = said["due_at"], None, ""


def keep_date(action: Any, said: Said, by: User, at: datetime) -> None:
    action.wants_until, action.wants_because = None, ""


def open_again(action: Any, said: Said, by: User, at: datetime) -> None:
    """What it said of its end stays in its history; the action itself says nothing of an end now."""
    action.due_at, action.ended_at = said["due_at"], None
    action.evidence, action.effect, action.why_not = "", "", ""
    keep_sight(action, at)


# fmt: off
FORUM_ACTION = Workflow("forum-action", ForumAction, A,
    Step("agree",        "Record an action",              NEW,      A.AGREED,       FORUM_STAFF, ActionAgreed,     guards=(of_a_referral,), effect=keep_agreed,     done="Action of the forum agreed"),
    Step("take-up",      "Say that it is in hand",        A.AGREED, A.UNDER_WAY,    ANSWER,      ActionUnderWay,   guards=(answers_for,),   effect=keep_report,     done="Action of the forum in hand"),
    Step("report",       "Say how it stands",             A.UNDER_WAY, STAYS,       ANSWER,      ActionUnderWay,   guards=(answers_for,),   effect=keep_report,     done="Action of the forum reported on"),
    Step("done",         "Say that it is done",           TO_DO,    A.DONE,         ANSWER,      ActionDone,       guards=(answers_for,),   effect=keep_done,       done="Action of the forum done"),
    Step("not-possible", "Not possible: things changed",  TO_DO,    A.NOT_POSSIBLE, ANSWER,      ActionImpossible, guards=(answers_for,),   effect=keep_impossible, done="Action of the forum not possible"),
    Step("not-done",     "Say that it was not done",      TO_DO,    A.NOT_DONE,     ANSWER,      ActionNotDone,    guards=(answers_for,),   effect=keep_not_done,   done="Action of the forum not done"),
    Step("hand-over",    "Give it to somebody else of the agency", TO_DO, STAYS,    ANSWER,      HandedOver,       guards=(answers_for,),   effect=keep_hand_over,  done="Action of the forum given to somebody else"),
    Step("ask-longer",   "Ask for more time",             TO_DO,    STAYS,          ANSWER,      LongerAsked,      guards=(answers_for,),   effect=keep_wish,       done="More time asked for an action of the forum"),
    Step("extend",       "Give more time",                TO_DO,    STAYS,          FORUM_STAFF, NewTime,          effect=keep_time,        done="More time given for an action of the forum"),
    Step("keep-date",    "Give no more time",             TO_DO,    STAYS,          FORUM_STAFF, Reason,           when=asks_for_longer,    effect=keep_date,       done="No more time given for an action of the forum"),
    Step("reopen",       "Open it again",                 ENDED,    A.AGREED,       FORUM_STAFF, NewTime,          effect=open_again,       done="Action of the forum opened again"),
    *SAFETY,
    label="action of the forum", finished=ENDED,
)
# fmt: on
