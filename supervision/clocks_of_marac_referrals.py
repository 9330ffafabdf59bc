"""The clocks of referrals to forums (D.3): sent, mended, accepted, not referred, handed on. Numbers of a forum are its own."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cases.models import Case
from marac.models import Referral, Transfer
from marac.services.forums import terms_of, working_forums
from marac.services.threshold import over_threshold
from marac.steps import NOT_REFERRED, REFERRAL, TRANSFER
from marac.steps.referral import came_from_elsewhere
from workflow.clock import Length, days, hours, working_days
from workflow.policies import AT_ONCE, HOLDER, Policy, Rung

SERGEANT, INSPECTOR, DA_COORDINATOR = "sergeant", "inspector", "da_coordinator"
COORDINATOR, CHAIR, MANAGER = "marac_coordinator", "forum_chair", "partner_manager"
REFERS, EXCUSES, TRANSFERS = REFERRAL.name, NOT_REFERRED.name, TRANSFER.name
#: After which a case may have come over the threshold.
GRADED = frozenset({"assessment.grade", "assessment.raise", "reassessment.done", "downgrade.lapse", "downgrade.reopen"})


def event(name: str, *steps: str) -> frozenset[str]:
    return frozenset(f"{name}.{step}" for step in steps)


def investigation_of(record: Any) -> Any:
    """The case that owes a referral; None for what an agency refers by itself."""
    if isinstance(record, Referral):
        return record.investigation
    return record.folder


def is_owed(record: Any) -> bool:
    """a forum meets, and the case is over the threshold and neither referred nor excused"""
    case = investigation_of(record)
    if not isinstance(case, Case) or case.kind != Case.Kind.INVESTIGATION or not working_forums().exists():
        return False
    return over_threshold(case, timezone.now()) is not None


def of_an_agency(referral: Any) -> bool:
    """an agency wrote it"""
    return referral.agency_id is not None


def writer_of(referral: Any) -> int | None:
    found: int | None = referral.recorded_by_id
    return found


def received_of(record: Any) -> Any:
    """The referral that waits; of a transfer the one that arrived by it: until that is recorded, nothing says that it came
    from another forum.
    """
    return record.received if isinstance(record, Transfer) else record


def days_to_accept(referral: Any) -> Length | None:
    """As many working days as the forum's rules say; for one handed on by another forum, as its rule of transfers says."""
    terms = terms_of(referral.forum, timezone.now())
    handed_on = came_from_elsewhere(referral)
    return working_days(terms.transfer_days if handed_on else terms.accept_days)


def to_the_next_meeting(referral: Any) -> Length | None:
    """The rhythm of the forum, in calendar days."""
    return days(max(terms_of(referral.forum, timezone.now()).rhythm_days, 1))


def days_to_answer(transfer: Any) -> Length | None:
    """As many working days as the rules of the forum that hands it on say."""
    return working_days(terms_of(transfer.referral.forum, timezone.now()).transfer_days)


ROWS: tuple[Policy, ...] = (
    Policy(
        "marac-referred", "Refer to MARAC",
        starts=GRADED | event(REFERS, "withdraw", "return"), stops=event(REFERS, "submit"), drops=event(EXCUSES, "agree"),
        of=investigation_of, applies=is_owed, within=hours(24),
        ladder=(Rung(-8, HOLDER), Rung(0, SERGEANT), Rung(4, INSPECTOR), Rung(24, DA_COORDINATOR)),
        wants=f"{REFERS}.submit", why="Over the threshold, and not referred",
        meets="The referral is sent, or a reason not to refer is agreed",
        missed="The sergeant is told at once, an inspector after four hours, the coordinator after a day",
        authority="D.3: high grade or criterion met to referral, same tour and at most 24 hours [K]; S2-037; who hears [R]",
    ),
    Policy(
        "agency-referral-sent", "Send the referral",
        starts=event(REFERS, "refer", "return"), stops=event(REFERS, "submit"), drops=event(REFERS, "withdraw"),
        applies=of_an_agency, held=writer_of, own_unit=True, within=hours(24),
        ladder=(Rung(-4, HOLDER), Rung(0, MANAGER), Rung(24, COORDINATOR)),
        wants=f"{REFERS}.submit", why="Begun or returned, and not sent",
        meets="The agency sends it", missed="The agency’s manager is told at once, the MARAC coordinator after a day",
        authority="D.3: criterion met to referral, same tour and at most 24 hours [K]; who hears [R]",
    ),
    Policy(
        "marac-referral-accepted", "Accept a referral",
        starts=event(REFERS, "submit", "hand-in"), stops=event(REFERS, "accept", "return"),
        drops=event(REFERS, "withdraw", "hand-over"),
        of=received_of, refits=event(TRANSFERS, "send"),
        within=working_days(1), own=days_to_accept,
        ladder=(Rung(AT_ONCE, COORDINATOR), Rung(0, COORDINATOR), Rung(0, CHAIR), Rung(24, CHAIR)),
        owed_by=COORDINATOR, wants=f"{REFERS}.accept", why="A referral waits for the coordinator",
        meets="The coordinator accepts or returns it",
        missed="The coordinator is told again, and the chair at once and after a day",
        authority="D.3: accepted or queried within a working day; of a transfer R-34, 5 working days; "
        "the forum’s rules [D]; who hears [R]",
    ),
    Policy(
        "marac-referral-listed", "Put it on an agenda",
        starts=event(REFERS, "accept", "take-off", "come-back"), stops=event(REFERS, "list", "hear"),
        drops=event(REFERS, "withdraw", "hand-over"), within=days(14), own=to_the_next_meeting,
        ladder=(Rung(-48, COORDINATOR), Rung(0, COORDINATOR), Rung(0, CHAIR), Rung(72, CHAIR)),
        owed_by=COORDINATOR, wants=f"{REFERS}.list", why="Accepted, and on no agenda",
        meets="It stands on the agenda of a meeting", missed="Coordinator and chair are told at once, and the chair again",
        authority="D.3: a forum meets at its rhythm, and hears what it accepted; within one rhythm, by its own rules [R]",
    ),
    Policy(
        "not-referred-decided", "Decide: not referred to MARAC",
        starts=event(EXCUSES, "ask"), stops=event(EXCUSES, "agree", "refuse"), drops=event(EXCUSES, "overtake"),
        within=hours(24), ladder=(Rung(AT_ONCE, DA_COORDINATOR), Rung(0, DA_COORDINATOR), Rung(0, INSPECTOR)),
        owed_by=DA_COORDINATOR, wants=f"{EXCUSES}.agree", why="Somebody asks not to refer",
        meets="Another person agrees or says that it is referred", missed="The coordinator and an inspector are told again",
        authority="S2-037: not referring needs an authorised reason; within 24 hours, as the referral itself [R]",
    ),
    Policy(
        "transfer-answered", "Get an answer from another forum",
        starts=event(TRANSFERS, "send"), stops=event(TRANSFERS, "take", "decline", "accepted", "refused"),
        within=working_days(5), own=days_to_answer,
        ladder=(Rung(-24, COORDINATOR), Rung(0, COORDINATOR), Rung(0, CHAIR), Rung(24, CHAIR)),
        owed_by=COORDINATOR, wants=f"{TRANSFERS}.take", why="Another forum has not answered",
        meets="Whether they took it is recorded", missed="Coordinator and chair are told at once, here and where it was sent",
        authority="R-34: linked until accepted, 5 working days by the forum’s rules, then both chairs hear [D]; when [R]",
    ),
)  # fmt: skip
