"""THE TABLE of a look at the risk that is owed: raised once or asked for by anybody, done by a decision, or not needed."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COMMAND, ROLES, SPECIALISTS, SUPERVISORS, SYSTEM, roles
from cases.models import Case
from cases.services.beside import investigations_beside
from cases.services.consequences import raise_high_grade
from cases.steps.safety import SAFETY
from risk.forms.reassessment import AnswerRead, AskedFor, MetBy, Raised, ReviewDone, ReviewNotNeeded
from risk.models import Assessment, Grade, Reassessment, RiskDecision
from risk.services import decide, refuse_below
from risk.services.lowering import lowering_of
from risk.triggers import TRIGGERS
from workflow.declare import NEW, STAYS, Step, Workflow, in_a_folder
from workflow.models import Refusal, Refused

S = Reassessment.State
Said = dict[str, Any]
EVERYBODY = frozenset(ROLES) - SYSTEM  # every role, partners' too: who may open the case may ask (S3-180)
REVIEWING = SPECIALISTS | SUPERVISORS | roles("officer", "investigator", "custody_officer", "offender_manager")
ANSWERED = (S.DONE, S.NOT_NEEDED)
FIRST = (RiskDecision.Kind.INITIAL, RiskDecision.Kind.REGRADE)


def not_raised_before(review: Any, user: User) -> str:
    """Guard, under the lock of the case: once for an occasion."""
    there = Reassessment.objects.filter(case=review.case_id, occasion=review.occasion).exists()
    return "You cannot do this. It was raised already." if there else ""


def not_their_own(review: Any, user: User) -> str:
    """Guard: whoever asked is answered by somebody else."""
    own = review.asked_by_id == user.pk
    return "You cannot do this. You asked for it, so somebody else must answer." if own else ""


def graded(review: Any, user: User) -> str:
    there = RiskDecision.objects.filter(case=review.case_id).exists()
    return "" if there else "Not yet. Nobody has graded the risk: fill in the DASH first."


def by_those_it_wants(review: Any, user: User) -> str:
    """Guard: what a rule gives to a specialist or a supervisor is done by one (R-12, R-13)."""
    row = TRIGGERS.get(review.trigger)
    if row is None or not row.only or user.roles_over(review.scope) & row.only:
        return ""
    names = ", ".join(sorted(_(str(ROLES[name].label)).lower() for name in row.only))
    return _("You cannot do this. It is for one of these: %(roles)s.") % {"roles": names}


def by_fresh_eyes(review: Any, user: User) -> str:
    """Guard: nobody assesses again what they assessed or graded first (R-13)."""
    if review.trigger != "secondary":
        return ""
    mine = Assessment.objects.filter(pk=review.about_id).filter(Q(recorded_by=user) | Q(reasons_by=user))
    first = RiskDecision.objects.filter(assessment=review.about_id, decided_by=user, kind__in=FIRST)
    own = mine.exists() or first.exists()
    return "You cannot do this. You made this assessment, so another specialist must look again." if own else ""


def not_on_too_little(review: Any, user: User) -> str:
    """R-12: insufficient information is answered by a grade, never by a reason."""
    insufficient = review.trigger == "insufficient"
    return "You cannot do this. The grade stands on too little: ask again, or grade it." if insufficient else ""


def by_who_asked(review: Any, user: User) -> str:
    return "" if review.asked_by_id == user.pk else "You cannot do this. Somebody else asked for it."


def is_unread(review: Any) -> bool:
    """whoever asked has not read the answer yet"""
    return bool(review.asked_by_id and review.read_at is None)


def risk_is_kept(review: Any, user: User) -> str:
    """Guard: asked on a conference, it is looked at where the risk is kept: on the investigation beside it."""
    on_conference = review.case_id and review.case.kind == Case.Kind.CONFERENCE
    if on_conference and not investigations_beside(review.case).exists():
        return (
            "Not available. The police hold no case of this: ring the coordinator, and 999 where somebody is in danger."
        )
    return ""


def keep_asked(review: Any, said: Said, by: User, at: datetime) -> None:
    review.trigger, review.why, review.now, review.asked_by = said["trigger"], said["why"], said["now"], by
    review.occasion = f"asked:{by.pk}:{at:%Y%m%dT%H%M%S%f}"
    if review.case.kind == Case.Kind.CONFERENCE:
        hand_to_the_police(review, by)


def hand_to_the_police(review: Any, by: User) -> None:
    """Whoever asked goes back to the conference. A partner may not read the file of the police, so not the answer there: who
    asked stands in the words, and whoever answers rings them.
    """
    review.led_to, review.case = review.case, investigations_beside(review.case).first()
    if not Case.objects.read_by(by).filter(pk=review.case_id).exists():
        posts = by.postings.current().select_related("unit").order_by("pk")
        who = ", ".join([str(by), *dict.fromkeys(str(post.unit) for post in posts)])
        review.asked_by = None
        review.why = _("%(who)s asks. Ring them with the answer. %(why)s") % {"who": who, "why": review.why}


def keep_why(review: Any, said: Said, by: User, at: datetime) -> None:
    review.why = said["reason"]


def keep_done(review: Any, said: Said, by: User, at: datetime) -> None:
    """A row of the ledger, and what was found beside it. Never below the floor of the facts (R-11)."""
    for name, value in said.items():
        if name != "grade":
            setattr(review, name, value if value is not None else getattr(review, name))
    found = lowering_of(review.case_id, by, at)
    if found is None:
        raise Refused(Refusal.GUARD, "Not yet. Nobody has graded the risk: fill in the DASH first.")
    refuse_below(found.grading, said["grade"])
    review.decision = decide(
        found.assessment, found.grading, grade=said["grade"], kind=RiskDecision.Kind.REASSESSED, by=by, at=at,
        rationale=said["outcome"], spoken=said["spoken"],
    )  # fmt: skip
    if review.trigger == "insufficient" and review.decision.is_insufficient:
        raise Refused(Refusal.GUARD, "Not available. Standard on too much that is not known is no finding: ask again.")
    end(review, by, at)
    if said["grade"] == Grade.HIGH:
        raise_high_grade(review.case, by, at, found.assessment)


def keep_met(review: Any, said: Said, by: User, at: datetime) -> None:
    decision = RiskDecision.objects.get(pk=said["decision"], case=review.case_id)
    review.decision, review.outcome, review.spoken = decision, decision.rationale, decision.spoken
    end(review, by, at)


def keep_not_needed(review: Any, said: Said, by: User, at: datetime) -> None:
    review.outcome = said["outcome"]
    end(review, by, at)


def keep_dropped(review: Any, said: Said, by: User, at: datetime) -> None:
    review.outcome = said["reason"]
    end(review, by, at)


def end(review: Any, by: User, at: datetime) -> None:
    review.ended_at, review.ended_by = at, by


def keep_read(review: Any, said: Said, by: User, at: datetime) -> None:
    review.read_at = at


ANOTHER = (not_their_own,)
# fmt: off
REASSESSMENT = Workflow("reassessment", Reassessment, S,
    Step("ask",        "Ask for a risk review",        NEW,      S.OWED,       EVERYBODY, AskedFor,        guards=(in_a_folder, risk_is_kept),                 effect=keep_asked,      done="Risk review asked for"),
    Step("raise",      "Raise a risk review",          NEW,      S.OWED,       SYSTEM,    Raised,          guards=(in_a_folder, not_raised_before), effect=keep_why,        done="Risk review owed"),
    Step("merge",      "Merge it with another",        NEW,      S.MERGED,     SYSTEM,    Raised,          guards=(in_a_folder, not_raised_before), effect=keep_why,        done="Risk review merged with one that is owed"),
    Step("done",       "Record the risk review",       S.OWED,   S.DONE,       REVIEWING, ReviewDone,      guards=(*ANOTHER, by_those_it_wants, by_fresh_eyes, graded), effect=keep_done,       done="Risk reviewed"),
    Step("meet",       "Done by a grade",              S.OWED,   S.DONE,       SYSTEM,    MetBy,                                                    effect=keep_met,        done="Risk review done by a grade"),
    Step("not-needed", "Say it is not needed",         S.OWED,   S.NOT_NEEDED, SUPERVISORS | COMMAND, ReviewNotNeeded, guards=(*ANOTHER, not_on_too_little), effect=keep_not_needed, done="Risk review not needed"),
    Step("drop",       "Drop it: its date moved",      S.OWED,   S.DROPPED,    SYSTEM,    Raised,                                                   effect=keep_dropped,    done="Risk review dropped: its date moved"),
    Step("read",       "I have read the answer",       ANSWERED, STAYS,        EVERYBODY, AnswerRead,      when=is_unread, guards=(by_who_asked,),  effect=keep_read,       done="Answer to a risk review read"),
    *SAFETY,
    label="risk review", finished={S.MERGED, S.DONE, S.NOT_NEEDED, S.DROPPED},
)
# fmt: on
