"""THE TABLES of a forum, its rules and its members (D.2-D.4, D.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import roles
from marac.forms.forum import NUMBERS, ForumChanged, Leaves, NewForum, NewTerms, Seat, SeatChanged
from marac.models import Forum, ForumMember, ForumTerms, ForumUnit, Meeting, Referral
from marac.steps.figures import COMPARE, EXPECT
from safeguarding.models import Agency
from workflow.clock import LONDON
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S, M = Forum.State, ForumMember.State
STAFF = roles("marac_coordinator", "forum_chair")
KEEPERS = STAFF | roles("da_coordinator")
AT_FIRST = "As shipped: SafeLives guidance where it gives a number, common practice elsewhere; to be confirmed by the steering group"
NOT_YOURS = "Your role does not reach that unit. Name a unit of yours, or ask an administrator."
WITH_IT = (Referral.State.SUBMITTED, Referral.State.RETURNED, Referral.State.ACCEPTED, Referral.State.LISTED)
SITS = "Not available. The agency sits in this forum already."


def keep_forum(forum: Any, said: Said, by: User, at: datetime) -> None:
    """The forum with the rules as shipped. Raises Refused where the role does not reach the unit that runs it."""
    if not by.holds(KEEPERS, said["runs"], at):
        raise Refused(Refusal.ROLE, NOT_YOURS)
    forum.unit, forum.name, forum.kind = said["runs"], said["name"], said["kind"]
    keep_said(forum, said, by, at)
    forum.save()
    keep_hears(forum, said, at)
    ForumTerms.objects.create(forum=forum, valid_from=at.astimezone(LONDON).date(), authority=AT_FIRST)


def keep_said(forum: Any, said: Said, by: User, at: datetime) -> None:
    for name in ("area", "venue", "women_over_16", "women_source"):
        setattr(forum, name, said[name])


def keep_change(forum: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(forum, said, by, at)
    keep_hears(forum, said, at)


def keep_hears(forum: Any, said: Said, at: datetime) -> None:
    """From the moment (UTC) on it hears these units and no others."""
    now = ForumUnit.objects.now().filter(forum=forum)
    now.exclude(unit__in=said["hears"]).update(until=at)
    known = set(now.values_list("unit_id", flat=True))
    for unit in said["hears"]:
        if unit.pk not in known:
            ForumUnit.objects.create(forum=forum, unit=unit, since=at)


def keep_terms(forum: Any, said: Said, by: User, at: datetime) -> None:
    columns = [row[0] for row in NUMBERS] + ["repeat_words", "repeat_anchor", "valid_from", "authority"]
    new = {name: said[name] for name in columns}
    ForumTerms.objects.create(forum=forum, counts_transfers=said["counts_transfers"], **new)


def of_a_forum(member: Any, user: User) -> str:
    """Guard: begun on the page of a forum that meets."""
    if member.forum_id is None:
        return "Not available here. Add it on the page of the forum."
    return "" if member.forum.state == S.WORKING else "Not available. The forum meets no longer."


def nothing_waits(forum: Any, user: User) -> str:
    """Guard: nobody who was referred is left with a forum that does not meet."""
    with_it = Referral.objects.standing().filter(forum=forum, state__in=WITH_IT).count()
    if with_it:
        words = _("Not yet. %(count)s referrals are with this forum. Hear them, or send them to another forum, first.")
        return words % {"count": with_it}
    unfinished = Meeting.objects.filter(forum=forum).exclude(state__in=(Meeting.State.MINUTED, Meeting.State.CANCELLED))
    return (
        "Not yet. Hold the meetings that are planned, or call them off, and issue their minutes."
        if unfinished.exists()
        else ""
    )


def keep_seat(member: Any, said: Said, by: User, at: datetime) -> None:
    """One seat for an agency at a time."""
    if ForumMember.objects.filter(forum=member.forum, agency=said["agency"], until__isnull=True).exists():
        raise Refused(Refusal.GUARD, SITS)
    member.unit, member.agency = member.forum.unit, Agency.objects.get(pk=said["agency"])
    member.core, member.since = said["core"], said["since"]


def keep_core(member: Any, said: Said, by: User, at: datetime) -> None:
    member.core = said["core"]


def keep_end(member: Any, said: Said, by: User, at: datetime) -> None:
    if said["until"] < member.since:
        raise Refused(Refusal.GUARD, "Not that day. It sat from a later day on.")
    member.until = said["until"]


# fmt: off
FORUM = Workflow("forum", Forum, S,
    Step("record",  "Record a forum",           NEW,       S.WORKING, KEEPERS, NewForum,     effect=keep_forum, done="Forum recorded"),
    Step("change",  "Change what is said of it", ANY,      STAYS,     KEEPERS, ForumChanged, effect=keep_change, done="Forum changed"),
    Step("terms",   "Change its rules",         S.WORKING, STAYS,     KEEPERS, NewTerms,     effect=keep_terms, done="Rules of the forum changed"),
    Step("close",   "It meets no longer",       S.WORKING, S.CLOSED,  KEEPERS, Reason,       guards=(nothing_waits,), done="Forum closed"),
    Step("reopen",  "It meets again",           S.CLOSED,  S.WORKING, KEEPERS, Reason,       done="Forum opened again"),
    COMPARE,
    EXPECT,
    finished=(S.CLOSED,),
)
FORUM_MEMBER = Workflow("forum-member", ForumMember, M,
    Step("join",    "Add an agency",            NEW,       M.SITTING, KEEPERS, Seat,        guards=(of_a_forum,), effect=keep_seat, done="Agency joined the forum"),
    Step("change",  "Change whether it is expected", ANY,  STAYS,     KEEPERS, SeatChanged, effect=keep_core,  done="Seat in the forum changed"),
    Step("leave",   "It sits no longer",        M.SITTING, M.LEFT,    KEEPERS, Leaves,      effect=keep_end,   done="Agency left the forum"),
    label="seat in a forum", finished=(M.LEFT,),
)
# fmt: on
