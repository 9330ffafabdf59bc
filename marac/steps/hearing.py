"""THE TABLE of a case being heard: called, timed, finished with an outcome, and the person harmed told of it (D.6, R-33)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import PARTNERS, roles
from cases.steps.safety import SAFETY
from marac.forms.hearing import Harm, Likely, Recommended, Risks, Tells, Worse
from marac.forms.room import Called, Finished, Halted, NotTold, NotToTell, Told
from marac.models import ForumAction, ForumTerms, Hearing, Meeting, Outcome, Referral
from marac.models.meeting import FORUM_STAFF
from marac.models.seats import day_of
from marac.services.ending import WAITS_AGAIN, settle_referral
from marac.services.flags import flagged_until
from workflow.declare import NEW, STAYS, Section, Step, Workflow
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S = Hearing.State
CHAIR = roles("forum_chair")
IN_THE_ROOM = "Not available here. Call the case in the meeting room."
UNREAD = "Not yet. The promise of confidentiality has not been read."
CALLED = "Not available. The case was called already."
#: An emergency meeting hears what was sent, wherever it waits, and what was heard before.
HEARD_AT_ONCE = (Referral.State.SUBMITTED, Referral.State.ACCEPTED, Referral.State.HEARD)


def room_of(hearing: Any) -> str:
    return str(hearing.get_absolute_url())


def is_running(hearing: Any) -> bool:
    """the timer runs"""
    return hearing.running_since is not None


def is_halted(hearing: Any) -> bool:
    """the timer stands"""
    return hearing.running_since is None


def of_an_agenda(hearing: Any, user: User) -> str:
    """Guard: called from the agenda of a meeting that sits, once the promise was read."""
    if hearing.item_id is None:
        return IN_THE_ROOM
    meeting = hearing.item.meeting
    if meeting.promise_read_at is None and not meeting.forum.in_writing:
        return UNREAD
    if Hearing.objects.filter(item=hearing.item_id).exists():
        return CALLED
    heard_here = meeting.urgent and hearing.referral.state in HEARD_AT_ONCE
    if heard_here or hearing.referral.state == Referral.State.LISTED:
        return ""
    return "Not available. The referral is on no agenda now."


def keep_called(hearing: Any, said: Said, by: User, at: datetime) -> None:
    """Begun, and timed from now. The meeting is locked, so that it is not closed beneath a case that is called."""
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=hearing.item.meeting_id)
    if meeting.state != Meeting.State.SITTING:
        raise Refused(Refusal.GUARD, "Not available. The meeting does not sit.")
    hearing.began_at = hearing.running_since = at


def halt(hearing: Any, said: Said, by: User, at: datetime) -> None:
    hearing.seconds, hearing.running_since = hearing.used(at), None


def run(hearing: Any, said: Said, by: User, at: datetime) -> None:
    hearing.running_since = at


def keep_finish(hearing: Any, said: Said, by: User, at: datetime) -> None:
    """R-33. Raises Refused with what is lacking: an outcome is never taken on trust."""
    if lacks := lacking(hearing, said["outcome"], at):
        raise Refused(Refusal.GUARD, f"Not yet. {' '.join(lacks)}")
    halt(hearing, said, by, at)
    hearing.ended_at, hearing.outcome, hearing.outcome_because = at, said["outcome"], said["because"]
    waits = said["outcome"] in WAITS_AGAIN
    hearing.flag_until = None if waits else flagged_until(hearing.item.meeting)
    referral = Referral.objects.get(pk=hearing.referral_id)
    if hearing.flag_until and (referral.flag_until is None or referral.flag_until < hearing.flag_until):
        referral.flag_until = hearing.flag_until
        referral.save(update_fields=["flag_until"])
    settle_referral(hearing, said["because"], at)


def lacking(hearing: Hearing, outcome: str, at: datetime) -> list[str]:
    """What the case still lacks to end so, as sentences."""
    if outcome == Outcome.DEFERRED:
        return (
            [] if may_be_put_off(hearing) else ["It was put off before, as often as this forum allows. Hear it today."]
        )
    if outcome != Outcome.ACTIONS:
        return []
    agreed = ForumAction.objects.standing().filter(referral=hearing.referral_id, meeting=hearing.item.meeting_id)
    lacks = [] if hearing.harm.strip() else ["Say harm to whom, by what."]
    lacks += [] if agreed.exists() else ["No action is agreed."]
    return lacks + [f"{sentence}." for _field, sentence in Tells.missing(hearing)]


def may_be_put_off(hearing: Hearing) -> bool:
    """Whether the forum’s rules of that day let the case be put off once more (R-33). Index: hearing_of_referral."""
    meeting = hearing.item.meeting
    most = ForumTerms.objects.of(meeting.forum, day_of(meeting)).deferred_most
    before = Hearing.objects.filter(referral=hearing.referral_id, outcome=Outcome.DEFERRED).exclude(pk=hearing.pk)
    return before.count() < most


def somebody_tells(hearing: Any) -> bool:
    """somebody was named to tell her"""
    return hearing.tells_id is not None


def was_to_be_told(hearing: Any) -> bool:
    """somebody was named to tell her, or the chair decided that she is not to be told"""
    return somebody_tells(hearing) or bool(hearing.not_to_tell_because)


def is_owed(hearing: Any) -> bool:
    """she is to be told, and was not"""
    return somebody_tells(hearing) and hearing.told_at is None


def keep_told(hearing: Any, said: Said, by: User, at: datetime) -> None:
    hearing.told_at, hearing.told_words = at, said["how"]


def keep_not_told(hearing: Any, said: Said, by: User, at: datetime) -> None:
    """Its clock goes on: silence is no answer, and neither is a door that nobody opened."""
    hearing.told_words = said["why"]


def keep_not_to_tell(hearing: Any, said: Said, by: User, at: datetime) -> None:
    hearing.tells, hearing.told_words = None, said["why"]


# fmt: off
HEARING = Workflow("hearing", Hearing, S,
    Step("call",   "Call the case",          NEW,       S.HEARING, FORUM_STAFF, Called,   guards=(of_an_agenda,), effect=keep_called, done="Case called at the meeting"),
    Step("pause",  "Pause the timer",        S.HEARING, STAYS,     FORUM_STAFF, Halted,   when=is_running, effect=halt, done="Timer paused"),
    Step("resume", "Let the timer run",      S.HEARING, STAYS,     FORUM_STAFF, Halted,   when=is_halted,  effect=run,  done="Timer runs again"),
    Step("finish", "Finish the case",        S.HEARING, S.HEARD,   FORUM_STAFF, Finished, effect=keep_finish, done="Case finished at the meeting"),
    Step("told",   "Record that she was told", S.HEARD, STAYS,     FORUM_STAFF | PARTNERS, Told, when=was_to_be_told, effect=keep_told, done="She was told what was decided"),
    Step("not-told", "Say that she was not told", S.HEARD, STAYS,  FORUM_STAFF | PARTNERS, NotTold, when=is_owed, effect=keep_not_told, done="She was not told yet"),
    Step("not-to-tell", "Decide that she is not to be told", S.HEARD, STAYS, CHAIR, NotToTell, when=is_owed, effect=keep_not_to_tell, done="The chair decided that she is not to be told"),
    *SAFETY,
    label="hearing", finished=(S.HEARD,), editable={S.HEARING: FORUM_STAFF},
    sections=(
        Section("harm",   "Harm to whom, by what", Harm,        "The chair’s analysis", onward=room_of),
        Section("likely", "How likely, and when",  Likely,      "The chair’s analysis", onward=room_of),
        Section("worse",  "Makes it worse, protects", Worse,    "The chair’s analysis", onward=room_of),
        Section("risks",  "Risks to answer",       Risks,       "The chair’s analysis", onward=room_of),
        Section("grade",  "Grade the meeting recommends", Recommended, "What comes of it", onward=room_of),
        Section("tells",  "Who tells her",         Tells,       "What comes of it",     onward=room_of),
    ),
)
# fmt: on
