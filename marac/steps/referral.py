"""THE TABLE of a referral: drafted from the investigation or by an agency, sent, accepted or returned, listed, heard (D.2-D.5)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import PARTNERS, SYSTEM, roles
from cases.models import Case
from cases.services import name_unit, open_conference
from cases.steps.safety import SAFETY
from marac.forms.referral import (
    Counted,
    DoneAlready,
    HerSafety,
    Lawful,
    People,
    PersonSaid,
    WhatHappened,
    Why,
)
from marac.forms.referral_steps import (
    Accepted,
    ByTheProgram,
    LinkedTo,
    NewFromAgency,
    NewReferral,
    ReturnedWith,
    Sent,
    Withdrawn,
    other_route,
    youngest_of,
)
from marac.models import Forum, Part, Referral, ReferralReturned, ReferredPerson, Transfer
from marac.models.meeting import FORUM_STAFF
from marac.models.referral import BEFORE
from marac.services.forums import forum_for
from marac.services.known import fill, ids_of, named_in
from marac.services.people import take_over
from marac.services.sending import give_back, judge_repeat, link_to, send, take_in
from marac.steps.people import NEW_PERSON
from people.services import births_for
from workflow.declare import NEW, STAYS, RowKind, Section, Step, Workflow, complete
from workflow.models import Refusal, Refused

S = Referral.State
Said = dict[str, Any]
WRITERS = roles(
    "officer", "investigator", "neighbourhood_officer", "sergeant", "inspector", "da_specialist", "da_coordinator"
)
AUTHORS = WRITERS | PARTNERS | SYSTEM
OPEN_ONES = (*BEFORE, S.SUBMITTED, S.ACCEPTED, S.LISTED)
HIDDEN = "There is no such investigation, or you may not see it. Check the reference."
NOT_THEIRS = "You do not sign in for that agency. Choose your own."


def beside_an_investigation(referral: Any, user: User) -> str:
    """Guard of the police's own referral; the page then offers the forum that hears where the case is."""
    if not referral.case_id or referral.case.kind != Case.Kind.INVESTIGATION:
        return "Not available here. Begin a referral on the page of an investigation."
    forum = forum_for(referral.case.unit)
    if forum is None:
        return "Not yet. No forum that meets is recorded: ask the MARAC coordinator, and act for her safety now."
    referral.likely_forum = forum.pk
    return ""


def one_at_a_time(referral: Any, user: User) -> str:
    """Guard: one referral of an investigation is open at a time. Index: referral_of_investigation."""
    if (
        referral.case_id
        and Referral.objects.standing().filter(investigation=referral.case_id, state__in=OPEN_ONES).exists()
    ):
        return "Not available. A referral of this case is open already: go on with that one."
    return ""


def old_enough(referral: Any, user: User) -> str:
    """Guard: a child who is harmed goes the right way, which is said (D.2, bad input). Where no age is known it is heard."""
    forum = forum_for(referral.case.unit) if referral.case_id else None
    if forum is None:
        return ""
    births = births_for(ids_of(named_in(referral.case), Part.VICTIM), User.objects.system())
    now = timezone.now()
    young = any(birth.age_at(now) < youngest_of(forum) for birth in births.values())
    return other_route() if young else ""


def by_itself(referral: Any, user: User) -> str:
    """Guard of an agency's referral: it opens a case of its own."""
    return "Not available here. An agency begins a referral from its own page." if referral.case_id else ""


def keep_begun(referral: Any, said: Said, by: User, at: datetime) -> None:
    """Everything that is known is filled in, the conference is opened, and its people are named with what it must know."""
    case, forum = referral.case, said["forum"]
    referral.investigation, referral.origin, referral.forum = case, case.unit, forum
    fill(referral, case, forum, at)
    referral.case = open_conference(unit=forum.unit, by=by, at=at, beside=case)
    keep_first(referral)
    take_over(referral, named_in(case), case, by, at)


def keep_first(referral: Any) -> None:
    """Saved before the act is, so that its people may name it; the engine counts the act itself."""
    referral.save(force_insert=True)
    referral.version -= 1


def keep_agencys(referral: Any, said: Said, by: User, at: datetime) -> None:
    """A conference that the agency and the forum see, and nobody else."""
    agency, forum = said["agency"], said["forum"]
    if not by.holds(PARTNERS, agency.unit, at):
        raise Refused(Refusal.ROLE, NOT_THEIRS)
    referral.agency, referral.origin, referral.forum = agency, agency.unit, forum
    referral.age, referral.contact = said["age"], said["contact"]
    referral.case = open_conference(unit=forum.unit, by=by, at=at)
    name_unit(case=referral.case, unit=agency.unit, at=at)


def forum_meets(referral: Any, user: User) -> str:
    """Guard: nothing is sent to a forum that was closed while it was being written."""
    if referral.forum.state == Forum.State.WORKING:
        return ""
    return (
        "Not available. That forum meets no longer. Withdraw this, and begin it for the forum that hears the area now."
    )


def keep_sent(referral: Any, said: Said, by: User, at: datetime) -> None:
    send(referral, by, at)


def keep_accepted(referral: Any, said: Said, by: User, at: datetime) -> None:
    take_in(referral, by, at)


def came_from_elsewhere(referral: Any) -> bool:
    return Transfer.objects.standing().filter(received=referral).exists()


def not_handed_on(referral: Any, user: User) -> str:
    """Guard: what another forum handed on is taken or refused; its papers are asked for there."""
    if came_from_elsewhere(referral):
        return "Not available. Another forum handed it on: ask that forum for what is missing, or withdraw it with why."
    return ""


def ask_repeat(referral: Any, said: Said, by: User, at: datetime) -> None:
    judge_repeat(referral, at)


def keep_returned(referral: Any, said: Said, by: User, at: datetime) -> None:
    row = ReferralReturned(
        referral=referral, case=referral.case, lacks=said["lacks"], words=said["words"], recorded_by=by, recorded_at=at
    )
    row.save(force_insert=True)
    referral.returned_because = "\n".join([*(_(words) for words in row.lacks_said), said["words"]])[:4000]


def keep_withdrawn(referral: Any, said: Said, by: User, at: datetime) -> None:
    referral.closed_because = said["reason"]
    give_back(referral, at, said["reason"])


def keep_closed(referral: Any, said: Said, by: User, at: datetime) -> None:
    """Heard here, and ended here: nothing goes back to a forum that handed it on."""
    referral.closed_because = said["reason"]


def of_no_investigation(referral: Any) -> bool:
    return referral.investigation_id is None


def keep_link(referral: Any, said: Said, by: User, at: datetime) -> None:
    """Raises Refused where the investigation may not be seen: nobody learns by trying that there is one."""
    found = Case.objects.visible_to(by).select_related("unit").filter(pk=said["reference"].pk).first()
    if found is None:
        raise Refused(Refusal.GUARD, HIDDEN)
    link_to(referral, found, by, at)


def nothing_more(referral: Any, said: Said, by: User, at: datetime) -> None:
    """The state says it all; what was said stands in the record of acts."""


def people_lack(referral: Any) -> list[str]:
    parts = {row.part for row in PERSON_ROW.found(referral)}
    lacks = [] if Part.VICTIM in parts else ["Name the person harmed"]
    return lacks + ([] if Part.SUSPECT in parts else ["Name whoever harms, or put how they are called"])


PERSON_ROW = RowKind(
    "person", "somebody", ReferredPerson, PersonSaid, "referral", begins_at="refer-person", beginning=NEW_PERSON
)
THE_CASE, SHARING = "The case", "Sharing it"
# fmt: off
SECTIONS = (
    Section("people",   "Who they are",             People,       THE_CASE, (PERSON_ROW,), missing=people_lack, template="marac-referral/people.html"),
    Section("why",      "Why it is referred",       Why,          THE_CASE),
    Section("happened", "What happened",            WhatHappened, THE_CASE),
    Section("her",      "Their safety and wishes",  HerSafety,    THE_CASE),
    Section("done",     "What was done already",    DoneAlready,  THE_CASE),
    Section("lawful",   "Why sharing it is lawful", Lawful,       SHARING),
    Section("counted",  "How it is counted",        Counted,      SHARING),
)

REFERRAL = Workflow("marac-referral", Referral, S,
    Step("begin",     "Refer to MARAC",              NEW,         S.DRAFTED,   WRITERS | SYSTEM, NewReferral, guards=(beside_an_investigation, one_at_a_time, old_enough), effect=keep_begun, done="MARAC referral begun"),
    Step("refer",     "Refer somebody to MARAC",     NEW,         S.DRAFTED,   PARTNERS,    NewFromAgency, guards=(by_itself,), effect=keep_agencys, done="MARAC referral begun by an agency"),
    Step("submit",    "Send the referral",           BEFORE,      S.SUBMITTED, WRITERS | PARTNERS, Sent,   guards=(complete, forum_meets), effect=keep_sent,  done="MARAC referral sent"),
    Step("accept",    "Accept the referral",         S.SUBMITTED, S.ACCEPTED,  FORUM_STAFF, Accepted,      effect=keep_accepted,  done="MARAC referral accepted"),
    Step("return",    "Return it with what is missing", S.SUBMITTED, S.RETURNED, FORUM_STAFF, ReturnedWith, guards=(not_handed_on,), effect=keep_returned, done="MARAC referral returned"),
    Step("link",      "Link it to an investigation", (S.SUBMITTED, S.ACCEPTED, S.LISTED, S.HEARD), STAYS, FORUM_STAFF, LinkedTo, when=of_no_investigation, effect=keep_link, done="Linked to an investigation"),
    Step("withdraw",  "Withdraw the referral",       (*BEFORE, S.SUBMITTED, S.ACCEPTED), S.WITHDRAWN, AUTHORS | FORUM_STAFF, Withdrawn, effect=keep_withdrawn, done="MARAC referral withdrawn"),
    Step("list",      "Put it on an agenda",         S.ACCEPTED,  S.LISTED,    SYSTEM, ByTheProgram, effect=nothing_more, done="Put on an agenda"),
    Step("take-off",  "Take it off an agenda",       S.LISTED,    S.ACCEPTED,  SYSTEM, ByTheProgram, effect=nothing_more, done="Taken off an agenda"),
    Step("hear",      "It was heard",                (S.ACCEPTED, S.LISTED), S.HEARD, SYSTEM, ByTheProgram, effect=nothing_more, done="Heard by the forum"),
    Step("hand-over", "It goes to another forum",    (S.SUBMITTED, S.ACCEPTED, S.LISTED, S.HEARD), S.TRANSFERRED, SYSTEM, ByTheProgram, effect=nothing_more, done="Sent to another forum"),
    Step("come-back", "The other forum did not take it", S.TRANSFERRED, S.ACCEPTED, SYSTEM, ByTheProgram, effect=nothing_more, done="Came back from another forum"),
    Step("arrive",    "It comes from another forum", NEW,         S.DRAFTED,   SYSTEM, ByTheProgram, effect=nothing_more, done="Came from another forum"),
    Step("hand-in",   "Taken over from another forum", S.DRAFTED, S.SUBMITTED, SYSTEM, ByTheProgram, effect=keep_sent, done="With the coordinator, from another forum"),
    Step("ask-repeat", "Ask again whether it is a repeat", (S.SUBMITTED, S.ACCEPTED, S.LISTED, S.HEARD), STAYS, SYSTEM, ByTheProgram, effect=ask_repeat, done="Whether it is a repeat was asked again"),
    Step("close",     "Close the referral",          S.HEARD,     S.CLOSED,    FORUM_STAFF, Withdrawn, effect=keep_closed,    done="MARAC referral closed"),
    *SAFETY,
    label="MARAC referral", sections=SECTIONS, editable=dict.fromkeys(BEFORE, AUTHORS),
    finished={S.HEARD, S.TRANSFERRED, S.WITHDRAWN, S.CLOSED},
)
# fmt: on
