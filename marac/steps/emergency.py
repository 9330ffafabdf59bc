"""THE TABLE of an emergency meeting: called from a referral, held within a day, noted on the next agenda (D.3)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import SPECIALISTS, SUPERVISORS, SYSTEM
from cases.steps import SAFETY
from marac.forms.emergency import CalledOff, EmergencyCalled, EmergencyHeld
from marac.models import EmergencyCall, Meeting, Referral
from marac.models.meeting import FORUM_STAFF
from marac.models.planning import CASE
from marac.services.agenda import add_items
from marac.services.due import terms_on
from marac.services.publishing import Recipients, keep_copies, send
from marac.services.sight import see_until, works_there
from marac.steps.planning import BEFORE, CHAIR
from marac.steps.sitting import BY_TELEPHONE
from safeguarding.models import Agency
from workflow import engine
from workflow.clock import LONDON
from workflow.declare import NEW, Step, Workflow
from workflow.forms import Reason

Said = dict[str, Any]
S = EmergencyCall.State
#: Whoever sees that it cannot wait: the forum's own people, a specialist, a supervisor of the police team.
CALLERS = FORUM_STAFF | SPECIALISTS | SUPERVISORS
ASKED_FOR = "Asked for, and let in by nobody but the chair, because the case is restricted:"


def of_a_referral(call: Any, user: User) -> str:
    """Guard: called from a referral that was sent, and not while another is called."""
    if not call.referral_id:
        return "Not available here. Call it on the page of the referral."
    if call.referral.submitted_at is None:
        return "Not yet. Send the referral first: the agencies are told what it says."
    called = EmergencyCall.objects.standing().filter(referral=call.referral_id, state=S.CALLED)
    return "Not available. An emergency meeting is called already." if called.exists() else ""


def keep_called(call: Any, said: Said, by: User, at: datetime) -> None:
    """An urgent meeting with this referral alone on its agenda; the agencies that are asked see the case at once."""
    call.why, call.how = said["why"], said["how"]
    forum = call.referral.forum
    chosen = Meeting(
        forum=forum, unit=forum.unit, starts_at=said["starts_at"], venue=said["how"], urgent=True, published_at=at,
        recorded_by=by, recorded_at=at, state=Meeting.State.PUBLISHED,
    )  # fmt: skip
    chosen.save()
    add_items(chosen, CASE, [Referral.objects.get(pk=call.referral_id)], by, at)
    call.meeting = chosen
    if only_the_chair_names(call, by, at):
        call.why = f"{call.why}\n{ASKED_FOR} {names_of(said['agencies'])}."[:2000]
    else:
        let_see(call, said["agencies"], said["starts_at"], by, at)


def only_the_chair_names(call: Any, by: User, at: datetime) -> bool:
    """Whether nobody is let in by this call: of a restricted conference agencies see what the chair names them for (`admit`
    on the agenda), whoever calls the meeting. It is called all the same: danger waits for nobody's leave.
    """
    return call.case.restricted and not by.holds(CHAIR, call.case.unit, at)


def names_of(agencies: list[int]) -> str:
    found = Agency.objects.filter(pk__in=agencies).select_related("unit").order_by("unit__name", "pk")
    return ", ".join(str(agency) for agency in found)


def let_see(call: Any, agencies: list[int], starts_at: datetime, by: User, at: datetime) -> None:
    """Each of them with an agreement that counts on the day (R-35) sees this case until some weeks after the meeting, and is
    told so at once, as of any agenda; but the agency for which a party works: of that the chair names one person.
    """
    until = starts_at + timedelta(days=terms_on(call.referral.forum, at).sight_days)
    theirs = [agency.pk for agency in Agency.objects.filter(pk__in=agencies) if works_there(call.referral, agency)]
    asked = Agency.objects.filter(pk__in=agencies).exclude(pk__in=theirs)
    agreed = list(asked.all().agreed(at.astimezone(LONDON).date()).select_related("unit").order_by("pk"))
    for agency in agreed:
        see_until(call.case, agency, at=at, until=until)
    send(call.meeting, [(call.referral, agency) for agency in agreed], by, at)
    lapsed = asked.exclude(pk__in=[agency.pk for agency in agreed]).select_related("unit")
    keep_copies(call.meeting, Recipients(agreed, list(lapsed)), at)


def keep_called_off(call: Any, said: Said, by: User, at: datetime) -> None:
    """The meeting is called off with it: nothing is owed for it, and what it let agencies see ends."""
    meeting = Meeting.objects.get(pk=call.meeting_id)
    if meeting.state in BEFORE:
        engine.perform(meeting, "cancel", by=by, evidence={"reason": said["reason"]}, seen=meeting.version, at=at)


def keep_held(call: Any, said: Said, by: User, at: datetime) -> None:
    """Where nobody opened the room, they met by telephone: the meeting has been held, and its minutes are owed. They say what
    came of it.
    """
    call.held_at, call.came_of_it = said["held_at"], said["came_of_it"]
    meeting = Meeting.objects.get(pk=call.meeting_id)
    if meeting.state == Meeting.State.PUBLISHED:
        moment = {"held_at": timezone.localtime(said["held_at"]).isoformat()}
        engine.perform(meeting, BY_TELEPHONE, by=User.objects.system(), evidence=moment, seen=meeting.version, at=at)


def keep_off(call: Any, said: Said, by: User, at: datetime) -> None:
    """Its meeting is called off with it, unless it has begun; the referral waits for the next."""
    meeting = call.meeting
    if meeting.state == Meeting.State.PUBLISHED:
        why = {"reason": said["reason"][:1000]}
        engine.perform(meeting, "cancel", by=by, evidence=why, seen=meeting.version, at=at)


# fmt: off
EMERGENCY = Workflow("emergency", EmergencyCall, S,
    Step("call",     "Call an emergency meeting", NEW,      S.CALLED, CALLERS,     EmergencyCalled, guards=(of_a_referral,), effect=keep_called, done="Emergency meeting called"),
    Step("hold",     "Say that it was held",      S.CALLED, S.HELD,   FORUM_STAFF, EmergencyHeld,   effect=keep_held, done="Emergency meeting held"),
    Step("call-off", "Call it off",               S.CALLED, S.OFF,    FORUM_STAFF, CalledOff,       effect=keep_called_off, done="Emergency meeting called off"),
    Step("note",     "Note it on the agenda",     S.HELD,   S.NOTED,  FORUM_STAFF | SYSTEM, Reason,          done="Emergency meeting noted on an agenda"),
    *SAFETY,
    label="emergency meeting", finished=(S.NOTED, S.OFF),
)
# fmt: on
