"""The steps of a meeting that is held: opened, the promise read, closed, its minutes issued, added to (D.6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import SYSTEM, roles
from marac.forms.room import AddendumSaid, ByTelephone, Closed, Issued, Opened, PromiseRead
from marac.models import Addendum, AgendaItem, Hearing, Meeting, Referral
from marac.models.meeting import FORUM_STAFF
from marac.services.minutes import issue
from workflow.clock import moment_words
from workflow.declare import STAYS, Step
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S = Meeting.State
CHAIR = roles("forum_chair")
CLOSE, ISSUE, BY_TELEPHONE = "close", "issue", "by-telephone"
#: No forum can hear these now; a meeting that waited for them would never be closed, and its minutes never owed.
GONE = (Referral.State.TRANSFERRED, Referral.State.HEARD, Referral.State.WITHDRAWN, Referral.State.CLOSED)


def open_it(meeting: Any, said: Said, by: User, at: datetime) -> None:
    """Somebody chairs: who was planned, who is named, or a chair who opens it."""
    meeting.chair = said["chair"] or meeting.chair or (by if by.holds(CHAIR, meeting.scope, at) else None)
    if meeting.chair is None:
        raise Refused(Refusal.GUARD, "Not yet. Say who chairs.")
    if meeting.keeper_id is None and meeting.chair_id != by.pk:
        meeting.keeper = by
    meeting.opened_at = at


def keep_promise(meeting: Any, said: Said, by: User, at: datetime) -> None:
    meeting.promise_read_at = at


def promise_unread(meeting: Any) -> bool:
    """people sit together, and the promise has not been read"""
    return meeting.promise_read_at is None and not meeting.forum.in_writing


def all_heard(meeting: Any, user: User) -> str:
    """Guard: every case has an outcome, or was put off; but for what went to another forum, or was heard at an emergency
    meeting, after this one was opened. Index: agenda_item_in_order.
    """
    gone = Referral.objects.filter(state__in=GONE).order_by().values("pk")
    cases = AgendaItem.objects.standing().of_referrals().filter(meeting=meeting)
    cases = cases.exclude(hearing__isnull=True, subject_id__in=gone)
    left = cases.exclude(hearing__state=Hearing.State.HEARD).select_related("case").in_order()
    names = [item.case.reference for item in left[:50] if item.case]
    return f"Not yet. Without an outcome: {', '.join(names)}." if names else ""


def writing_is_over(meeting: Any, user: User) -> str:
    """Guard: in a forum in writing agencies may answer until its closing time."""
    early = meeting.forum.in_writing and timezone.now() < meeting.starts_at
    return f"Not yet. Agencies may write until {moment_words(meeting.starts_at)}." if early else ""


def close_it(meeting: Any, said: Said, by: User, at: datetime) -> None:
    meeting.closed_at = at


def is_urgent(meeting: Any) -> bool:
    """it is an emergency meeting: no other is held without the room"""
    return bool(meeting.urgent)


def keep_telephone(meeting: Any, said: Said, by: User, at: datetime) -> None:
    meeting.opened_at = meeting.closed_at = said["held_at"]


def issue_it(meeting: Any, said: Said, by: User, at: datetime) -> None:
    meeting.minuted_at = at
    issue(meeting, by, at)


def add_to_it(meeting: Any, said: Said, by: User, at: datetime) -> None:
    Addendum.objects.create(meeting=meeting, item_id=said["item"], words=said["words"], recorded_by=by, recorded_at=at)


# fmt: off
SITTING: tuple[Step, ...] = (
    Step("open",     "Open the meeting",      S.PUBLISHED, S.SITTING,  FORUM_STAFF, Opened,       effect=open_it,      done="Meeting opened"),
    Step("promise",  "Record that the promise was read", S.SITTING, STAYS, FORUM_STAFF, PromiseRead, when=promise_unread, effect=keep_promise, done="Promise of confidentiality read"),
    Step(CLOSE,      "Close the meeting",     S.SITTING,   S.HELD,     FORUM_STAFF, Closed,       guards=(writing_is_over, all_heard), effect=close_it, done="Meeting closed"),
    Step(BY_TELEPHONE, "Say that it was held by telephone", S.PUBLISHED, S.HELD, SYSTEM, ByTelephone, when=is_urgent, effect=keep_telephone, done="Emergency meeting held by telephone"),
    Step(ISSUE,      "Issue the minutes",     S.HELD,      S.MINUTED,  FORUM_STAFF, Issued,       effect=issue_it,     done="Minutes issued"),
    Step("addendum", "Add to the minutes",    S.MINUTED,   STAYS,      FORUM_STAFF, AddendumSaid, effect=add_to_it,    done="Addendum to the minutes"),
)
# fmt: on
