"""What acts on a case cause in a forum, and the other way: a High grade drafts the referral by itself, once (S2-037); a referral
that is with a forum is told to an adviser at once (R-41).
"""

from __future__ import annotations

from django.utils import timezone

from audit.models import Event
from cases.models import Case
from marac.models import Referral
from marac.services.drafting import draft_if_owed
from marac.services.told import tell_adviser
from supervision.clocks_of_marac_referrals import GRADED, REFERS
from workflow.reactions import Reaction


def referral_is_drafted(event: Event) -> None:
    case = Case.objects.select_related("unit").get(pk=event.chain)
    if case.kind == Case.Kind.INVESTIGATION and case.state == Case.State.OPEN:
        draft_if_owed(case, timezone.now())


def adviser_is_told(event: Event) -> None:
    tell_adviser(
        Referral.objects.select_related("case__unit", "forum", "agency__unit").get(pk=event.subject_id), timezone.now()
    )


REACTIONS: tuple[Reaction, ...] = (
    *(Reaction(f"refer-{name.replace('.', '-')}", name, referral_is_drafted) for name in sorted(GRADED)),
    *(Reaction(f"adviser-{step}", f"{REFERS}.{step}", adviser_is_told) for step in ("submit", "hand-in", "link")),
)
