"""What acts on a case cause in a forum: a High grade drafts the referral by itself, once (S2-037)."""

from __future__ import annotations

from django.utils import timezone

from audit.models import Event
from cases.models import Case
from marac.services.drafting import draft_if_owed
from supervision.clocks_of_marac_referrals import GRADED
from workflow.reactions import Reaction


def referral_is_drafted(event: Event) -> None:
    case = Case.objects.select_related("unit").get(pk=event.chain)
    if case.kind == Case.Kind.INVESTIGATION and case.state == Case.State.OPEN:
        draft_if_owed(case, timezone.now())


REACTIONS: tuple[Reaction, ...] = (
    *(Reaction(f"refer-{name.replace('.', '-')}", name, referral_is_drafted) for name in sorted(GRADED)),
)
