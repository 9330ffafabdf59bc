"""THE TABLE of a referral to others: sent or signposted, acknowledged or chased, accepted or declined, ended in something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE, SYSTEM, roles
from cases.models import Case, Incident, Involvement
from cases.steps.safety import SAFETY
from safeguarding.forms.answered import (
    Accepted,
    Acknowledged,
    CameOfIt,
    Declined,
    LookedAgain,
    NotReferred,
    Reached,
    ReferralChased,
    Silent,
    StrategyHeld,
    Withdrawn,
)
from safeguarding.forms.referral import (
    AdultReferred,
    ChildrenReferred,
    IdvaReferred,
    OtherReferred,
    Prepared,
    ProgrammeReferred,
    Signposted,
)
from safeguarding.models import OnwardReferral, Outcome, ProgrammeLook, ReferralKind
from safeguarding.services import about_words
from workflow.declare import NEW, STAYS, Step, Workflow, in_a_folder
from workflow.engine import keep_said

Said = dict[str, Any]
S, K = OnwardReferral.State, ReferralKind
REFERS = FRONTLINE | COMMAND | roles("marac_coordinator")
ANSWERS = REFERS | SYSTEM  # what an agency said at its own sign-in is carried over by the program
AT_THEM = (S.SENT, S.ACKNOWLEDGED)
LOOKS = 2  # six and twelve months after a programme


def of_an_investigation(referral: Any, user: User) -> str:
    """Guard: a conference case is no file of ours: what it asks of others are its actions."""
    return "" if referral.case.kind == Case.Kind.INVESTIGATION else "Not available here. Refer from the investigation."


def sending(kind: str) -> Callable[[Any, Said, User, datetime], None]:
    """The effect of sending a referral of one kind; "" where the form says which."""

    def keep_sent(referral: Any, said: Said, by: User, at: datetime) -> None:
        keep_said(referral, said, by, at)
        referral.kind = kind or said["kind"]
        keep_whom(referral, said)
        referral.sent_at = said["sent_at"] or at

    return keep_sent


def keep_whom(referral: Any, said: Said) -> None:
    """Whom it is about, and in which words they are told: as the case knows them at this moment."""
    one = said.get("person")
    referral.people = said.get("people") or ([one] if one else [])
    referral.about = about_words(referral.case_id, referral.people, referral.kind)


def keep_signposted(referral: Any, said: Said, by: User, at: datetime) -> None:
    referral.service, referral.agency, referral.kind = said["service"], said["service"].agency, K.SERVICE
    keep_whom(referral, said)


def keep_prepared(referral: Any, said: Said, by: User, at: datetime) -> None:
    """By itself on a high grade: all that the record can say, so that an officer adds what only they know."""
    referral.kind, referral.agency = K.IDVA, said["agency"]
    keep_whom(referral, said)
    referral.shared = _(
        "The person is referred to MARAC. Please make contact before the meeting, as soon as you can, in the safe way alone."
        if said["by_forum"]
        else "The police have graded the risk high. Please make contact as soon as you can, in the safe way alone."
    )


def keep_why_not(referral: Any, said: Said, by: User, at: datetime) -> None:
    referral.not_sent_because = said["reason"]


def keep_acceptance(referral: Any, said: Said, by: User, at: datetime) -> None:
    """Whoever accepts has it."""
    keep_said(referral, said, by, at)
    if referral.acknowledged_at is None:
        referral.acknowledged_at, referral.acknowledged_by = said["decided_at"], said["caseworker"]


def keep_outcome(referral: Any, said: Said, by: User, at: datetime) -> None:
    """An officer who records what came of it knows it; what the agency wrote is still to be read."""
    keep_said(referral, said, by, at)
    referral.ended_at = at
    referral.told_at = None if by.username == User.SYSTEM else at


def keep_refusal(referral: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(referral, said, by, at)
    referral.told_at = None if by.username == User.SYSTEM else at


def keep_read(referral: Any, said: Said, by: User, at: datetime) -> None:
    referral.told_at = at


def chased(referral: Any, said: Said, by: User, at: datetime) -> None:
    """What they said stands in the timeline."""


def keep_look(referral: Any, said: Said, by: User, at: datetime) -> None:
    ProgrammeLook.objects.create(
        case=referral.case, referral=referral, recorded_by=by, recorded_at=at, looked_at=at,
        incidents=incidents_since(referral, by, at), words=said["words"],
    )  # fmt: skip


def incidents_since(referral: Any, user: User, at: datetime) -> int:
    """Incidents reported from the end of the programme to the moment (UTC) in which whoever went there is a suspect again,
    in the cases that the reader may see. Index: involvement_of_person.
    """
    rows = Involvement.objects.standing().filter(
        person__in=referral.subjects.values("person"), part=Involvement.Part.SUSPECT,
        incident__reported_at__gt=referral.ended_at, incident__reported_at__lte=at, incident__struck_out_at__isnull=True,
    )  # fmt: skip
    return (
        Incident.objects.visible_to(user)
        .filter(pk__in=rows.order_by().values("incident"))
        .exclude(da_confirmed="no")
        .count()
    )


def of_children(referral: Any) -> bool:
    """the referral is about children"""
    return bool(referral.kind in (K.CHILDREN, K.MASH))


def written_there(referral: Any) -> bool:
    """the agency wrote what came of it, and nobody here has said that they read it"""
    return referral.told_at is None


def after_a_programme(referral: Any) -> bool:
    """a programme was completed, and not looked at twice since"""
    return bool(referral.outcome == Outcome.COMPLETED) and referral.looks.count() < LOOKS


def not_reached_yet(referral: Any) -> bool:
    """nobody there is recorded to have spoken to the person"""
    return referral.contact_at is None


BEGUN = (in_a_folder, of_an_investigation)


# fmt: off
ONWARD = Workflow("onward-referral", OnwardReferral, S,
    Step("refer-children",  "Refer children to social care",       NEW, S.SENT, REFERS, ChildrenReferred,  guards=BEGUN, effect=sending(K.CHILDREN),  done="Children referred to social care"),
    Step("refer-adult",     "Refer an adult at risk",              NEW, S.SENT, REFERS, AdultReferred,     guards=BEGUN, effect=sending(K.ADULT),     done="Adult at risk referred"),
    Step("refer-adviser",   "Refer to an independent adviser (IDVA)", NEW, S.SENT, REFERS, IdvaReferred,   guards=BEGUN, effect=sending(K.IDVA),      done="Referred to an independent adviser (IDVA)"),
    Step("refer-programme", "Refer to a programme for people who harm", NEW, S.SENT, REFERS, ProgrammeReferred, guards=BEGUN, effect=sending(K.PROGRAMME), done="Referred to a programme for people who harm"),
    Step("refer",           "Refer to another service",            NEW, S.SENT, REFERS, OtherReferred,     guards=BEGUN, effect=sending(""),          done="Referred to another service"),
    Step("signpost",        "Record what they were told of",       NEW, S.SIGNPOSTED, REFERS, Signposted,  guards=BEGUN, effect=keep_signposted,      done="Told how to find a service"),
    Step("prepare",         "Prepare a referral to an adviser",    NEW, S.PREPARED, SYSTEM, Prepared,      guards=BEGUN, effect=keep_prepared,        done="Referral to an independent adviser prepared by itself"),
    Step("send",            "Send it to the adviser",              S.PREPARED, S.SENT, ANSWERS, IdvaReferred, effect=sending(K.IDVA), done="Referred to an independent adviser (IDVA)"),
    Step("not-refer",       "Do not refer, and say why",           S.PREPARED, S.NOT_SENT, REFERS, NotReferred, effect=keep_why_not, done="Not referred to an independent adviser, for a reason"),
    Step("acknowledge",     "Record that they have it",            S.SENT, S.ACKNOWLEDGED, ANSWERS, Acknowledged, done="Referral acknowledged"),
    Step("chase",           "Record that you asked again",         AT_THEM, STAYS, REFERS, ReferralChased,  effect=chased, done="Asked again about a referral"),
    Step("accept",          "Record that they accepted",           AT_THEM, S.ACCEPTED, ANSWERS, Accepted,  effect=keep_acceptance, done="Referral accepted"),
    Step("decline",         "Record that they declined",           AT_THEM, S.DECLINED, ANSWERS, Declined,  effect=keep_refusal, done="Referral declined"),
    Step("strategy",        "Record a strategy discussion",        (*AT_THEM, S.ACCEPTED), STAYS, ANSWERS, StrategyHeld, when=of_children, done="Strategy discussion held"),
    Step("contact",         "Record their first contact",          S.ACCEPTED, STAYS, ANSWERS, Reached, when=not_reached_yet, done="Whoever was referred was reached"),
    Step("end",             "Record what came of it",              (*AT_THEM, S.ACCEPTED), S.ENDED, ANSWERS, CameOfIt, effect=keep_outcome, done="What came of a referral"),
    Step("read",            "I have read what came of it",         (S.ENDED, S.DECLINED), STAYS, REFERS, Silent, when=written_there, effect=keep_read, done="What came of a referral was read"),
    Step("look",            "Look for harm after the programme",   S.ENDED, STAYS, REFERS, LookedAgain, when=after_a_programme, effect=keep_look, done="Looked for harm after a programme"),
    Step("withdraw",        "Take it back",                        (S.PREPARED, *AT_THEM, S.ACCEPTED), S.WITHDRAWN, REFERS, Withdrawn, effect=keep_why_not, done="Referral taken back"),
    *SAFETY,
    label="referral to others", finished={S.NOT_SENT, S.SIGNPOSTED, S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.ENDED},  # accepted: theirs from now on
)
# fmt: on
