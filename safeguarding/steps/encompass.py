"""THE TABLES of Operation Encompass: a notification, and the letter that a school reads (E.7, S0-022, RC2, RC3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE, SUPERVISORS, SYSTEM, roles
from cases.models.answers import Answer
from cases.steps.safety import SAFETY
from safeguarding.forms.encompass import (
    AskedBack,
    Decided,
    EstablishmentSaid,
    Found,
    Matched,
    NothingNew,
    NotSent,
    Placed,
    RangInVain,
    Read,
    Received,
    ToldElsewhere,
    TrackingAsked,
    WhyLate,
)
from safeguarding.forms.encompass_told import ByTelephone, Corrected, Sent
from safeguarding.models import Encompass, EncompassLetter, Held
from safeguarding.services import bell_of, draft, grounds_of, held_for, latest_letter, scheme_tells, write_letter
from workflow import engine
from workflow.declare import ANY, NEW, STAYS, Step, Workflow, in_a_folder
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S, T = Encompass.State, EncompassLetter.State
SENDERS = FRONTLINE | COMMAND
DECIDES = SUPERVISORS | roles("superintendent", "da_coordinator")
TO_SEND, SENT = (S.HELD, S.DRAFTED), (S.SENT, S.RECEIVED)
READERS = roles("partner", "partner_manager")
MORNING = timedelta(hours=2)  # before the bell somebody is at the school already [R]


# --- guards, and when a step applies


def placed(notice: Any, user: User) -> str:
    """Guard: somebody has said which establishment it is, and its authority's scheme tells such a one."""
    if notice.establishment_id is None:
        return "Not yet. Say which school the child goes to."
    if not notice.decided_because and (notice.works_there == Answer.YES or held_for(notice.involvement)):
        return "Not yet. A supervisor decides first whether this school is told, and who there."
    if not scheme_tells(notice):
        return "Not available. The scheme of its local authority does not tell of children so young: decide that none is told."
    return ""


def school_not_known(notice: Any) -> bool:
    """which school it is has not been said"""
    return notice.establishment_id is None


def was_late(notice: Any) -> bool:
    """the school was told after the bell"""
    return notice.in_time is False


def facts_differ(notice: Any) -> bool:
    """facts changed after it was sent"""
    return notice.facts_changed_at is not None


def was_sent_while_closed(letter: Any) -> bool:
    """it was sent while the school was closed, and nobody has seen it on the first day back"""
    return letter.while_closed and letter.seen_again_at is None


# --- effects


def keep_found(notice: Any, said: Said, by: User, at: datetime) -> None:
    """The child, its school as far as the record names it, and from when there were reasonable grounds."""
    child = said["involvement"]
    if child.case_id != notice.case_id:
        raise Refused(Refusal.HIDDEN, "There is no such child in this case.")
    notice.involvement, notice.incident, notice.child_id = child, child.incident, child.person_id
    notice.establishment, notice.held_for = said["establishment"], held_for(child)
    notice.grounds_at = grounds_of(child)
    set_bell(notice, said, by, at)


def set_bell(notice: Any, said: Said, by: User, at: datetime) -> None:
    """The bell from the grounds, by the days of the very school."""
    bell = bell_of(notice.establishment, notice.grounds_at)
    notice.bell_at, notice.calendar_missing = bell.at, not bell.known


def keep_place(notice: Any, said: Said, by: User, at: datetime) -> None:
    """Which school; one of whose staff is a suspect waits for a decision, whoever sends it."""
    refuse_second(notice, said["establishment"])
    notice.establishment, notice.works_there = said["establishment"], said.get("works_there", notice.works_there)
    if notice.works_there == Answer.YES and Held.WORKS_THERE not in notice.held_for:
        notice.held_for = [*notice.held_for, str(Held.WORKS_THERE)]
        notice.decided_because = ""
    set_bell(notice, said, by, at)


def refuse_second(notice: Any, establishment: Any) -> None:
    """Raises Refused where the same school is told of the same child already."""
    same = Encompass.objects.standing().filter(
        incident=notice.incident, child=notice.child_id, establishment=establishment
    )
    if same.exclude(pk=notice.pk).exists():
        raise Refused(Refusal.GUARD, "That school is told of this child already, in another notification of this case.")


def keep_another(notice: Any, said: Said, by: User, at: datetime) -> None:
    """A child who goes to two establishments has a notification for each."""
    refuse_second(notice, said["establishment"])
    draft(notice.involvement, said["establishment"], at)


def keep_tracking(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.tracking_asked_at = said["asked_at"]


def keep_decision(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.decided_because = said["reason"]


def keep_question(notice: Any, said: Said, by: User, at: datetime) -> None:
    """The system asks because of what stands there already."""
    if by.username == User.SYSTEM:
        return
    notice.held_for = list(dict.fromkeys([*notice.held_for, str(Held.ASKED)]))


def send(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.recipient, notice.works_there = said["recipient"], said["works_there"]
    notice.told_at, notice.failed_at, notice.facts_changed_at = notice.told_at or at, None, None
    write_letter(notice, said["recipient"], said, by, at)


def correct(notice: Any, said: Said, by: User, at: datetime) -> None:
    """Another letter: the first one stands as it was sent, and when the school was first told does not move."""
    notice.received_at, notice.received_by, notice.how = None, "", ""
    send(notice, said, by, at)


def tell(notice: Any, said: Said, by: User, at: datetime) -> None:
    """Told over the telephone: a letter that waits counts as received; where there is none, what was told is kept as one."""
    letter = latest_letter(notice)
    if letter is None:
        write_letter(notice, said["recipient"], said, by, said["told_at"], spoken=True)
    notice.recipient, notice.how = said["recipient"], Encompass.How.TELEPHONE
    notice.works_there = said["works_there"]
    notice.told_at = notice.told_at or said["told_at"]
    notice.received_at, notice.received_by = said["told_at"], said["spoke_to"]


def keep_receipt(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.received_at, notice.received_by, notice.how = said["received_at"], said["received_by"], Encompass.How.HERE


def keep_elsewhere(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.told_at = notice.received_at = said["received_at"]
    notice.received_by, notice.reference = said["received_by"], said["reference"]
    notice.how = Encompass.How.ELSEWHERE


def take_back(notice: Any, said: Said, by: User, at: datetime) -> None:
    """Sent to the wrong place: whoever could read it there cannot any more, and the right school has not been told."""
    system, why = User.objects.system(), {"reason": said["reason"]}
    for letter in notice.letters.exclude(state=T.TAKEN_BACK):
        engine.perform(letter, "take-back", by=system, evidence=why, seen=letter.version, at=at)
    for name in ("told_at", "received_at", "failed_at", "facts_changed_at", "recipient"):
        setattr(notice, name, None)
    notice.received_by = notice.how = ""


def keep_failure(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.failed_at = at


def keep_attempt(notice: Any, said: Said, by: User, at: datetime) -> None:
    """What was tried stands in the timeline."""


def keep_change(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.facts_changed_at = at


def keep_nothing_new(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.facts_changed_at = None


def keep_not_sent(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.not_sent_because = said["reason"]


def keep_why_late(notice: Any, said: Said, by: User, at: datetime) -> None:
    notice.late_code, notice.late_words = said["late_code"], said["late_words"]


def keep_read(letter: Any, said: Said, by: User, at: datetime) -> None:
    """Read for the first time on the first day back, it need not be looked at twice."""
    letter.read_at = at
    if letter.while_closed and at >= letter.bell_at - MORNING:
        letter.seen_again_at = at


def keep_taken_back(letter: Any, said: Said, by: User, at: datetime) -> None:
    letter.mail_at = None


def keep_asked(letter: Any, said: Said, by: User, at: datetime) -> None:
    letter.asks = said["reason"]


def keep_seen_again(letter: Any, said: Said, by: User, at: datetime) -> None:
    letter.seen_again_at = at


# fmt: off
ENCOMPASS = Workflow("encompass", Encompass, S,
    Step("find",       "Find a child to tell a school of",       NEW,        S.DRAFTED,  SYSTEM,           Found,          guards=(in_a_folder,), effect=keep_found, done="A school is to be told of a child"),
    Step("find-held",  "Find a child, for a person to decide",   NEW,        S.HELD,     SYSTEM,           Found,          guards=(in_a_folder,), effect=keep_found, done="Whether a school is told of a child waits for a decision"),
    Step("match",      "Take over the school from the record",   TO_SEND,    STAYS,      SYSTEM,           Matched,        effect=keep_place,     done="The school taken over from the record"),
    Step("place",      "Say which school it is",                 TO_SEND,    STAYS,      SENDERS,          Placed,         effect=keep_place,     done="School named"),
    Step("also",       "The child goes to a second one too",     ANY,        STAYS,      SENDERS,          EstablishmentSaid, effect=keep_another, done="A second school named"),
    Step("trace",      "Education tracking was asked",           TO_SEND,    STAYS,      SENDERS,          TrackingAsked,  when=school_not_known, effect=keep_tracking, done="Education tracking asked for the school"),
    Step("ask",        "Ask a supervisor to decide",             S.DRAFTED,  S.HELD,     SENDERS | SYSTEM, Reason,         effect=keep_question,  done="A decision was asked for before a school is told"),
    Step("decide",     "Decide that the school is told",         S.HELD,     S.DRAFTED,  DECIDES,          Decided,        effect=keep_decision,  done="Decided that the school is told"),
    Step("send",       "Send it to the school",                  S.DRAFTED,  S.SENT,     SENDERS,          Sent,           guards=(placed,), effect=send, done="School told"),
    Step("tell",       "Told by telephone",                      (S.DRAFTED, S.SENT), S.RECEIVED, SENDERS, ByTelephone,   guards=(placed,), effect=tell, done="School told by telephone"),
    Step("attempt",    "Rang, and nobody answered",              (S.DRAFTED, S.SENT), STAYS,      SENDERS, RangInVain,    effect=keep_attempt,   done="Rang a school, nobody answered"),
    Step("elsewhere",  "It was sent in another system",          TO_SEND,    S.RECEIVED, SENDERS,          ToldElsewhere,  effect=keep_elsewhere, done="School told in another system"),
    Step("receive",    "Record the receipt",                     S.SENT,     S.RECEIVED, SENDERS | SYSTEM, Received,       effect=keep_receipt,   done="Received by the school"),
    Step("came-back",  "The mailbox could not be told",          S.SENT,     STAYS,      SENDERS | SYSTEM, Reason,         effect=keep_failure,   done="The mailbox of a school could not be told: ring"),
    Step("facts-changed", "Facts changed after it was sent",     SENT,       STAYS,      SYSTEM,           Reason,         effect=keep_change,    done="Facts changed after a school was told"),
    Step("correct",    "Send a correction",                      SENT,       S.SENT,     SENDERS,          Corrected,      guards=(placed,), effect=correct, done="Correction sent to a school"),
    Step("nothing-new", "The school need not know what changed", SENT,       STAYS,      SENDERS,          NothingNew,     when=facts_differ, effect=keep_nothing_new, done="No correction needed"),
    Step("take-back",  "Take it back: sent to the wrong place",  SENT,       S.DRAFTED,  SENDERS,          Reason,         effect=take_back,      done="Taken back from a school"),
    Step("not-send",   "Decide that no school is told",          TO_SEND,    S.NOT_SENT, DECIDES,          NotSent,        effect=keep_not_sent,  done="Decided that no school is told"),
    Step("reckon",     "Reckon the bell again",                  TO_SEND,    STAYS,      SYSTEM,           Reason,         effect=set_bell,       done="The bell reckoned again from the days of the school"),
    Step("late",       "Say why it was late",                    SENT,       STAYS,      SENDERS,          WhyLate,        when=was_late, effect=keep_why_late, done="Why a school was told late"),
    *SAFETY,
    label="notification to a school", finished={S.RECEIVED, S.NOT_SENT},
)
LETTER = Workflow("encompass-letter", EncompassLetter, T,
    Step("read",      "I have read it",                          T.WAITING, T.READ, READERS, Read,     effect=keep_read,       done="Letter read by a school"),
    Step("see-again", "I have seen it again on the first day back", T.READ, STAYS,  READERS, Read,     when=was_sent_while_closed, effect=keep_seen_again, done="Letter seen again on the first day back"),
    Step("take-back", "Take it back from the school",            (T.WAITING, T.READ), T.TAKEN_BACK, SYSTEM, Reason, effect=keep_taken_back, done="Letter taken back from a school"),
    Step("ask",       "Ask the police to ring",                  ANY,       STAYS,  READERS, AskedBack, effect=keep_asked,    done="A school asks to be rung"),
    label="letter to a school", finished={T.READ, T.TAKEN_BACK},
)
# fmt: on
