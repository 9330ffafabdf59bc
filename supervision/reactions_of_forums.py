"""What acts on a case cause in a forum, and the other way: a High grade drafts the referral by itself, once (S2-037); a referral
that is with a forum is told to an adviser at once (R-41).
"""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case
from marac.models import Referral, Transfer
from marac.services.drafting import draft_if_owed
from marac.services.told import tell_adviser
from marac.steps import REFERRAL, TRANSFER
from supervision.clocks_of_marac_referrals import GRADED, REFERS
from workflow import engine
from workflow.reactions import Reaction

#: Where a referral may stand when whether it is a repeat is asked again.
ASKED_IN = REFERRAL.step("ask-repeat").source


def referral_is_drafted(event: Event) -> None:
    case = Case.objects.select_related("unit").get(pk=event.chain)
    if case.kind == Case.Kind.INVESTIGATION and case.state == Case.State.OPEN:
        draft_if_owed(case, timezone.now())


def adviser_is_told(event: Event) -> None:
    tell_adviser(
        Referral.objects.select_related("case__unit", "forum", "agency__unit").get(pk=event.subject_id), timezone.now()
    )


def repeat_is_asked(event: Event) -> None:
    """Another forum heard her before: its day is an anchor of R-30, whenever that is recorded."""
    referral = Transfer.objects.select_related("referral").get(pk=event.subject_id).referral
    if referral.state in ASKED_IN:
        why = {"reason": "It came from another forum."}
        engine.perform(referral, "ask-repeat", by=User.objects.system(), evidence=why, seen=referral.version)


REACTIONS: tuple[Reaction, ...] = (
    *(Reaction(f"refer-{name.replace('.', '-')}", name, referral_is_drafted) for name in sorted(GRADED)),
    *(Reaction(f"adviser-{step}", f"{REFERS}.{step}", adviser_is_told) for step in ("submit", "hand-in", "link")),
    Reaction("repeat-asked", f"{TRANSFER.name}.receive", repeat_is_asked),
)
