"""What may happen from any open state: withdrawn, converted, merged, handed to another force, no longer applicable (B4)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import SYSTEM
from cases.models.decision_log import DecisionKind
from cases.models.watch import WATCHED
from cases.services import log_decision, restrict
from cases.services.tasks import raise_task
from cases.steps.marker import set_marker
from dvds.forms.reasons import Thawed
from dvds.forms.special import (
    AnsweredApart,
    ByTheProgram,
    CameToIt,
    GoneOnUnasked,
    HandedOver,
    MaliciousEnd,
    MergedWith,
    NoLongerApplies,
    PersonDied,
    RiskReviewed,
    WithdrawalSaid,
)
from dvds.forms.staff import ClosedToOthers, StaffToldSaid, WorksFor
from dvds.models import (
    OVER,
    Application,
    Conversion,
    Death,
    Malice,
    Outcome,
    PoliceSubject,
    Route,
    StaffTold,
    Triage,
    Withdrawal,
)
from dvds.models.young import child_at_risk
from dvds.services.beneath import end_tasks, keep
from dvds.services.concluding import keep_end
from dvds.services.merging import CAME, found, goes_on, merge_into
from dvds.services.renewed import something_new
from dvds.services.staff import not_told_yet, of_staff
from dvds.steps.held import nobody_unsafe
from dvds.steps.judging import asked
from dvds.steps.roles import SUPERVISOR, UNIT
from risk.models import Grade
from workflow.declare import STAYS, Step
from workflow.models import Refusal, Refused

S = Application.State
Said = dict[str, Any]
GOING = (
    S.OPENED, S.CHECKS, S.CHECKED, S.MEETING, S.MET, S.TRIAGED, S.ASSESSED, S.REFERRED, S.DEFERRED, S.TO_TELL, S.NOT_TO_TELL,
)  # fmt: skip
#: From where a request may go on without whoever asked: nothing was decided yet.
UNASKED_FROM = (S.WITHDRAWN, S.CHECKED, S.MEETING, S.MET, S.ASSESSED)
#: Where an act waits for somebody's answer, nothing else may move it but those who answer.
NOT_WAITING = (*GOING, S.WITHDRAWN)
A_RISK = (
    "Not available. The risk is graded %s: go on without a request instead. A request that ends does not end the risk."
)


def malice_established(application: Any, user: User) -> str:
    """Guard: malice was established where the applicant was met, or in the category; never here for the first time (S643)."""
    rows = (application.meetings_held, application.categorised)
    newest = [row.order_by("-pk").values_list("malice", flat=True).first() for row in rows]
    if Malice.ESTABLISHED in newest:
        return ""
    return "Not available. Malice is established at the meeting or in the category; until then the request goes on."


def other_has_ended(application: Any, user: User) -> str:
    """Guard: whoever asked in a merged one waits for the decision as whoever asked in the other does."""
    other = goes_on(application)
    if other is None or other.state in (*OVER, S.CONCLUDING):
        return ""
    return "Not yet. The one in which it goes on has not ended; its applicant and this one are answered apart."


def subject_may_be_staff(application: Any) -> bool:
    """nobody has said that the subject works for the police or a partner"""
    return not of_staff(application)


def somebody_must_hear(application: Any) -> bool:
    """the subject works for the police or a partner, and somebody who must hear of it has not"""
    return bool(not_told_yet(application))


def keep_withdrawal(application: Any, said: Said, by: User, at: datetime) -> None:
    """The request ends here and the duty does not: a supervisor owes the review of the risk."""
    keep(Withdrawal, application, by, at, **said)
    raise_task(case=application.case, kind="withdrawn", why=WITHDRAWN, by=User.objects.system(), at=at)


def judge(application: Any, said: Said, by: User, at: datetime, why: str) -> None:
    """One more judgement of the risk, which counts from now on. Raises Refused where somebody is in danger, or at risk."""
    keep(Triage, application, by, at, because_of=why, **said)
    application.risk, application.looked_at = said["grade"], at
    if said["immediate"] == "yes":
        raise Refused(Refusal.GUARD, "Not yet. Say that somebody is unsafe now, so that it is answered at once.")
    if said["grade"] != Grade.STANDARD:
        raise Refused(Refusal.GUARD, A_RISK % Grade(said["grade"]).label)


def review(application: Any, said: Said, by: User, at: datetime) -> None:
    """The withdrawal has its review; the request ends as withdrawn."""
    judge(application, said, by, at, "The applicant withdrew")
    mark_reviewed(application, said["judged"], by, at)
    end(application, Outcome.WITHDRAWN, at)


def mark_reviewed(application: Any, words: str, by: User, at: datetime) -> None:
    row = (
        Withdrawal.objects.standing().filter(application=application, reviewed_at__isnull=True).order_by("-pk").first()
    )
    if row is not None:
        row.reviewed_at, row.reviewed_by, row.review = at, by, words
        row.save(update_fields=["reviewed_at", "reviewed_by", "review"])
    end_tasks(application, "withdrawn", words, at)


def end(application: Any, outcome: str, at: datetime) -> None:
    """What became of it. The conclusion, the final report and the support that is offered come after (I9, I10); `stopped_as`
    is the unit’s own proposal not to go on, which is made with the support that was given.
    """
    application.outcome = outcome
    keep_end(application, at)


def go_unasked(application: Any, said: Said, by: User, at: datetime) -> None:
    """A right to know from now on: `origin_route` and the first contact stay, so that every limit keeps its start (B2)."""
    for name in ("source", "source_words", "source_grade", "information_grade"):
        setattr(application, name, said[name])
    application.route, application.renewed_at = Route.KNOW, at
    keep(Conversion, application, by, at, because=said["because"], words=said["words"])
    mark_reviewed(application, said["words"], by, at)


def log(application: Any, by: User, at: datetime, what: str, **headings: str) -> None:
    """The words of an ending stand in the decision log, where whoever asks later reads why."""
    log_decision(application.case, by, at, DecisionKind.DISCLOSURE, headings, what=what)


def end_malicious(application: Any, said: Said, by: User, at: datetime) -> None:
    judge(application, said, by, at, "The request was malicious")
    why, crime = said["reason"], said["crime"]
    log(application, by, at, "The request was malicious", information=why, action=crime, options=said["not_unasked"])
    end(application, Outcome.MALICIOUS, at)


def end_inapplicable(application: Any, said: Said, by: User, at: datetime) -> None:
    """Raises Refused where a child is at risk and nobody is said to have the referral: never a bare rejection (B4)."""
    died = said["outcome"] == Outcome.NOT_APPLICABLE
    frozen = application.state == S.FROZEN
    if not died and not said["referral"] and child_at_risk(application, at):
        raise Refused(Refusal.GUARD, "Not yet. A child is at risk: say to whom it was referred for child protection.")
    if died and not frozen:
        keep(Death, application, by, at, whose=Death.Whose.SUBJECT, **said)
    log(application, by, at, "It no longer applies", information=said["reason"], action=said["referral"])
    end(application, said["outcome"], at)


def freeze(application: Any, said: Said, by: User, at: datetime) -> None:
    """Kept as it stands, for those named alone: a review of the death will ask for it."""
    keep(Death, application, by, at, whose=Death.Whose.AT_RISK, **said)
    restrict(case=application.case, by=by)


def keep_merge(application: Any, said: Said, by: User, at: datetime) -> None:
    merge_into(application, found(said["reference"], by), by, at)
    log(application, by, at, "It goes on within another", information=said["reason"])


def take_in(application: Any, said: Said, by: User, at: datetime) -> None:
    """The earlier first contact governs; that somebody else asked is not said here."""
    application.first_contact_at = min(application.first_contact_at, said["first_contact_at"])
    application.renewed_at = at
    something_new(application, CAME, by, at)


def conclude_merged(application: Any, said: Said, by: User, at: datetime) -> None:
    log(application, by, at, "Whoever asked was answered apart", action=said["reason"])
    end(application, Outcome.MERGED, at)


def conclude_transferred(application: Any, said: Said, by: User, at: datetime) -> None:
    log(application, by, at, "It was handed to another force", action=said["reason"])
    end(application, Outcome.TRANSFERRED, at)


def keep_works_for(application: Any, said: Said, by: User, at: datetime) -> None:
    application.subject_staff = said["subject_staff"]
    log(application, by, at, "The subject is staff", information=said["reason"])
    close_to_others(application, by, at)


def protect(application: Any, said: Said, by: User, at: datetime) -> None:
    close_to_others(application, by, at)


def close_to_others(application: Any, by: User, at: datetime) -> None:
    """Restricted to whoever must work it, each look of it told to professional standards where the subject is of the police,
    and somebody owes telling those who must hear (S337-375).
    """
    restrict(case=application.case, by=by)
    if application.subject_staff in OF_POLICE:
        set_marker(application.case, {"code": WATCHED, "reason": WATCHED_WHY}, by, at)
    raise_task(case=application.case, kind="staff_told", why=STAFF, by=User.objects.system(), at=at)


def keep_told(application: Any, said: Said, by: User, at: datetime) -> None:
    """The task ends by itself when the last who must hear has heard."""
    keep(StaffTold, application, by, at, **said)
    if not not_told_yet(application):
        end_tasks(application, "staff_told", "Everybody who must hear of it has been told.", at)


def keep_thaw(application: Any, said: Said, by: User, at: datetime) -> None:
    """The case stays restricted: whoever lifts that thinks about it by itself."""
    log(application, by, at, "It goes on: nobody has died", information=said["reason"])
    application.renewed_at = at


def nothing_more(application: Any, said: Said, by: User, at: datetime) -> None:
    """The state says it all; the answer of the other force stands in the transfer."""


def already_restricted(application: Any) -> bool:
    """the subject works for the police or a partner, and the case is open to others still"""
    return of_staff(application) and not application.case.restricted


WITHDRAWN = "A request was taken back: review the risk, and decide whether it goes on without a request."
OF_POLICE = frozenset({PoliceSubject.POLICE, PoliceSubject.OTHER_FORCE})
WATCHED_WHY = "The consideration says that the subject works for the police."
STAFF = "Somebody must hear of this in person: see who has been told, and tell the others."
# fmt: off
SPECIAL = (
    Step("withdraw",        "Record that the applicant withdrew",     GOING,        S.WITHDRAWN,  UNIT, WithdrawalSaid, when=asked, guards=(nobody_unsafe,), effect=keep_withdrawal, done="Withdrawn by the applicant"),
    Step("end-withdrawn",   "End it: no risk is left",                S.WITHDRAWN,  S.CONCLUDING, SUPERVISOR, RiskReviewed, guards=(nobody_unsafe,), effect=review, done="Withdrawn, the risk reviewed"),
    Step("go-on-unasked",   "Go on without a request: right to know", UNASKED_FROM, S.CHECKS,     SUPERVISOR, GoneOnUnasked, when=asked, guards=(nobody_unsafe,), effect=go_unasked, done="Goes on as a right to know"),
    Step("end-malicious",   "End a malicious request",                (S.MET, S.ASSESSED), S.CONCLUDING, SUPERVISOR, MaliciousEnd, when=asked, guards=(nobody_unsafe, malice_established), effect=end_malicious, done="Ended: the request was malicious"),
    Step("end-inapplicable", "End it: it no longer applies",          (*GOING, S.FROZEN), S.CONCLUDING, SUPERVISOR, NoLongerApplies, guards=(nobody_unsafe,), effect=end_inapplicable, done="No longer applies"),
    Step("freeze",          "Record that the person at risk has died", NOT_WAITING, S.FROZEN,     SUPERVISOR, PersonDied, effect=freeze, done="Frozen: the person at risk has died"),
    Step("thaw",            "Take that back: it was a mistake",       S.FROZEN,     S.CHECKS,     SUPERVISOR, Thawed, effect=keep_thaw, done="Goes on: that somebody had died was a mistake"),
    Step("merge",           "Merge it with another",                  GOING,        S.MERGED,     SUPERVISOR, MergedWith, guards=(nobody_unsafe,), effect=keep_merge, done="Goes on within another"),
    Step("take-in",         "Another came to it",                     NOT_WAITING + (S.STOPPING, S.SIGNING), STAYS, SYSTEM, CameToIt, effect=take_in, done="Another came to it"),
    Step("conclude-merged", "Record how whoever asked here was answered", S.MERGED, S.CONCLUDING, UNIT, AnsweredApart, guards=(other_has_ended,), effect=conclude_merged, done="Answered apart, to be concluded"),
    Step("hand-over",       "The other force has taken it",           GOING,        S.TRANSFERRED, SYSTEM, ByTheProgram, effect=nothing_more, done="Taken by another force"),
    Step("conclude-transferred", "Conclude what is left here",        S.TRANSFERRED, S.CONCLUDING, UNIT, HandedOver, effect=conclude_transferred, done="Handed over, to be concluded"),
    Step("works-for",       "Say that the subject works for the police or a partner", GOING, STAYS, UNIT, WorksFor, when=subject_may_be_staff, effect=keep_works_for, done="The subject works for the police or a partner"),
    Step("protect",         "Close it to all who need not work it",   GOING,        STAYS,        UNIT | SYSTEM, ClosedToOthers, when=already_restricted, effect=protect, done="Closed to all who need not work it"),
    Step("tell-of-staff",   "Record who was told that the subject is staff", NOT_WAITING + (S.STOPPING, S.SIGNING, S.TOLD, S.INFORMED, S.CONCLUDING), STAYS, SUPERVISOR, StaffToldSaid, when=somebody_must_hear, effect=keep_told, done="Told that the subject is staff"),
)
# fmt: on
