"""The steps of a meeting before it sits: planned, its agenda made, moved, published; called off with a reason (D.6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import roles
from cases.models import Case, ShutOut
from marac.forms.meeting import (
    Admitted,
    ItemMoved,
    ItemTakenOff,
    KeptOut,
    LateAddition,
    MeetingChanged,
    MeetingPlanned,
    Sent,
    TakenUp,
)
from marac.models import AgendaItem, Forum, Meeting, Referral
from marac.models.meeting import FORUM_STAFF
from marac.models.planning import CASE
from marac.services.agenda import arrange, gather, put_on, take_off
from marac.services.publishing import admit, call_off, end_sight, move_day, publish, recipients
from marac.services.sight import works_there
from workflow import engine
from workflow.declare import ANY, NEW, STAYS, Step
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S = Meeting.State
CHAIR = roles("forum_chair")
BEFORE = (S.PLANNED, S.PUBLISHED)
NOT_THAT_WAY = "Not to the whole agency: somebody of the case works there. Choose the person who needs to know."
NO_AGREEMENT = "Not to that agency: no information-sharing agreement of it counts today (R-35)."


def of_a_forum(meeting: Any, user: User) -> str:
    """Guard: begun on the page of a forum that meets."""
    if meeting.forum_id is None:
        return "Not available here. Plan it on the page of the forum."
    return "" if meeting.forum.state == Forum.State.WORKING else "Not available. The forum meets no longer."


def keep_plan(meeting: Any, said: Said, by: User, at: datetime) -> None:
    """What waits is taken up at once: an agenda is never empty because nobody pressed a button."""
    meeting.unit, meeting.urgent = meeting.forum.unit, said["urgent"]
    keep_said(meeting, said)
    meeting.save()
    if not meeting.urgent:
        gather(meeting, by, at)


def keep_said(meeting: Any, said: Said) -> None:
    meeting.starts_at, meeting.venue = said["starts_at"], said["venue"] or meeting.forum.venue
    meeting.chair, meeting.keeper = said["chair"], said["keeper"]


def keep_change(meeting: Any, said: Said, by: User, at: datetime) -> None:
    moved = meeting.starts_at != said["starts_at"]
    keep_said(meeting, said)
    if moved and meeting.state == S.PUBLISHED:
        move_day(meeting, at)


def take_up(meeting: Any, said: Said, by: User, at: datetime) -> None:
    gather(meeting, by, at)


def add_late(meeting: Any, said: Said, by: User, at: datetime) -> None:
    referral = Referral.objects.select_related("case__unit").get(pk=said["referral"])
    put_on(meeting, CASE, [referral], by, at, late=said["reason"])
    arrange(meeting, at)


def item_of(meeting: Any, said: Said) -> AgendaItem:
    """Raises Refused where somebody else has taken it off meanwhile."""
    found = AgendaItem.objects.standing().select_related("case__unit").filter(meeting=meeting, pk=said["item"]).first()
    if found is None:
        raise Refused(Refusal.GUARD, "Somebody has taken that off the agenda. Look at it again.")
    return found


def keep_place(meeting: Any, said: Said, by: User, at: datetime) -> None:
    item = item_of(meeting, said)
    item.moved_to, item.moved_because = said["place"], said["reason"]
    item.save(update_fields=["moved_to", "moved_because"])
    arrange(meeting, at)


def keep_off(meeting: Any, said: Said, by: User, at: datetime) -> None:
    item = item_of(meeting, said)
    take_off(item, said["reason"], at)
    if item.kind == CASE:
        end_sight(meeting, [item.subject_id], at)
    arrange(meeting, at)


def keep_out(meeting: Any, said: Said, by: User, at: datetime) -> None:
    """The shut-out of the conference itself: it beats every grant, and follows to the investigation beside it. Where
    whoever says so may not see the case either, the program does it.
    """
    item = item_of(meeting, said)
    if ShutOut.objects.in_force(at).filter(case=item.case, person=said["person"]).exists():
        return
    who = {"person": said["person"], "reason": said["reason"]}
    sees = Case.objects.visible_to(by).filter(pk__in=[item.case_id]).exists()
    engine.perform(item.case, "shut-out", by=by if sees else User.objects.system(), evidence=who, at=at)


def let_in(meeting: Any, said: Said, by: User, at: datetime) -> None:
    item, (agency, person) = item_of(meeting, said), said["who"]
    referral = Referral.objects.get(pk=item.subject_id)
    if person is None and works_there(referral, agency):
        raise Refused(Refusal.GUARD, NOT_THAT_WAY)
    if agency not in recipients(meeting, at).agreed:
        raise Refused(Refusal.GUARD, NO_AGREEMENT)
    admit(meeting, item, agency, person, by, at)


def something_is_on_it(meeting: Any, user: User) -> str:
    """Guard: an empty agenda goes to nobody."""
    return (
        "" if AgendaItem.objects.standing().filter(meeting=meeting).exists() else "Not yet. Nothing is on the agenda."
    )


def somebody_gets_it(meeting: Any, user: User) -> str:
    """Guard: at least one member has an agreement that counts."""
    agreed = recipients(meeting, timezone.now()).agreed
    return "" if agreed else "Not yet. No agency of the forum has an agreement that counts (R-35)."


def send_out(meeting: Any, said: Said, by: User, at: datetime) -> None:
    meeting.published_at = meeting.published_at or at
    publish(meeting, by, at)


def keep_called_off(meeting: Any, said: Said, by: User, at: datetime) -> None:
    meeting.cancelled_because = said["reason"]
    for item in AgendaItem.objects.standing().filter(meeting=meeting):
        take_off(item, said["reason"], at)
    call_off(meeting, at)


# fmt: off
PLANNING: tuple[Step, ...] = (
    Step("plan",     "Plan a meeting",              NEW,         S.PLANNED,   FORUM_STAFF, MeetingPlanned, guards=(of_a_forum,), effect=keep_plan, done="Meeting planned"),
    Step("change",   "Change when or where",        BEFORE,      STAYS,       FORUM_STAFF, MeetingChanged, effect=keep_change,   done="Meeting changed"),
    Step("gather",   "Take up what waits",          BEFORE,      STAYS,       FORUM_STAFF, TakenUp,        effect=take_up,       done="What waited was taken up"),
    Step("late",     "Add a late referral",         BEFORE,      STAYS,       CHAIR,       LateAddition,   effect=add_late,      done="Late referral added"),
    Step("move",     "Move an item",                BEFORE,      STAYS,       CHAIR,       ItemMoved,      effect=keep_place,    done="Item moved"),
    Step("take-off", "Take an item off",            BEFORE,      STAYS,       FORUM_STAFF, ItemTakenOff,   effect=keep_off,      done="Item taken off"),
    Step("admit",    "Name who may see a case",     S.PUBLISHED, STAYS,       CHAIR,       Admitted,       effect=let_in,        done="Somebody named for a case"),
    Step("publish",  "Send the agenda",             S.PLANNED,   S.PUBLISHED, FORUM_STAFF, Sent,           guards=(something_is_on_it, somebody_gets_it), effect=send_out, done="Agenda sent"),
    Step("send-new", "Send what is new",            S.PUBLISHED, STAYS,       FORUM_STAFF, Sent,           guards=(something_is_on_it, somebody_gets_it), effect=send_out, done="Agenda sent again"),
    Step("keep-out", "Keep somebody out of a case", ANY,         STAYS,       FORUM_STAFF, KeptOut,        effect=keep_out,      done="Conflict of interest kept out"),
    Step("cancel",   "Call the meeting off",        BEFORE,      S.CANCELLED, FORUM_STAFF, Reason,         effect=keep_called_off, done="Meeting called off"),
)
# fmt: on
