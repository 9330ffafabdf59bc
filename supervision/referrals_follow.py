"""What acts on referrals cause: they go out, answers come back, and a high grade asks for an adviser by itself."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case
from risk.models import Grade, current_grades
from safeguarding.models import OnwardReferral, ReferralReceived
from safeguarding.services import carry_back, close_theirs, goes_out, refer_to_adviser
from safeguarding.services.answering import CARRIED
from supervision.clocks_of_reassessment import CAME_BACK
from supervision.clocks_of_safeguarding import REFERRAL, SENT, THEIRS
from workflow import engine
from workflow.reactions import Reaction

#: Whatever may leave a case graded high.
RAISES = frozenset({"assessment.grade", "assessment.raise"}) | CAME_BACK


def the_referral(event: Event) -> OnwardReferral:
    found: OnwardReferral = OnwardReferral.objects.select_related(
        "case__unit", "agency__unit", "service", "recorded_by"
    ).get(pk=event.subject_id)
    return found


def theirs(event: Event) -> ReferralReceived:
    return ReferralReceived.objects.get(pk=event.subject_id)


def send_out(event: Event) -> None:
    goes_out(the_referral(event), timezone.now())


def bring_back(event: Event) -> None:
    carry_back(theirs(event), event.name.partition(".")[2], timezone.now())


def bring_back_contact(event: Event) -> None:
    carry_back(theirs(event), "contact", timezone.now())


def take_from_them(event: Event) -> None:
    close_theirs(the_referral(event), timezone.now())


def tell_of_danger(event: Event) -> None:
    """What an agency tells of a danger now is said on the case as what an officer would say: it has its clock and its ladder."""
    received = theirs(event)
    case = Case.objects.get(onwardreferral=received.referral_id)
    what = f"{received.agency}: {received.danger}"[:2000]
    engine.perform(case, "unsafe", by=User.objects.system(), evidence={"what": what})


def by_an_officer(event: Event, referral: Any) -> bool:
    """What the program carries over comes from the agency's own row: there is nothing to close there."""
    return event.by.username != User.SYSTEM


def reached_somebody(event: Event, received: Any) -> bool:
    return received.contact_at is not None and "contact_at" in event.changes


def ask_for_adviser(event: Event) -> None:
    case = Case.objects.select_related("unit").get(pk=event.chain)
    if current_grades([case.pk]).get(case.pk) == Grade.HIGH:
        refer_to_adviser(case, timezone.now())


ROWS: tuple[Reaction, ...] = (
    *(Reaction(f"goes-out:{name}", name, send_out) for name in sorted(SENT)),
    *(Reaction(f"carried:{step}", f"{THEIRS}.{step}", bring_back) for step in CARRIED if step != "contact"),
    Reaction("carried:contact", f"{THEIRS}.attempt", bring_back_contact, when=reached_somebody),
    Reaction("partner-danger", f"{THEIRS}.danger", tell_of_danger),
    *(
        Reaction(f"closed-there:{step}", f"{REFERRAL}.{step}", take_from_them, when=by_an_officer)
        for step in ("withdraw", "decline", "end")
    ),
    *(Reaction(f"adviser:{name}", name, ask_for_adviser) for name in sorted(RAISES)),
)
