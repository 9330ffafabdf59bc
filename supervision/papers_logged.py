"""What a forum sends to agencies stands in the exchange log of the conference by itself (S3-126): packs, and minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from audit.models import Event
from marac.models import LawfulBasis, MinutesCopy, Referral
from marac.services.publishing import PACK_SENT, WORD_FOR_WORD
from safeguarding.models import Agency, Basis, SentHow
from safeguarding.services import log_sent
from workflow.reactions import Reaction

MINUTES = "Minutes of the MARAC, as far as they are for this agency"
#: The ground of a referral in the words of the log: section 115 and Part 3 let the police and others prevent crime.
GROUNDS: dict[str, str] = {
    LawfulBasis.PUBLIC_TASK: Basis.PUBLIC_TASK, LawfulBasis.VITAL: Basis.VITAL, LawfulBasis.POLICE: Basis.PUBLIC_TASK,
    LawfulBasis.CRIME_DISORDER: Basis.PUBLIC_TASK,
}  # fmt: skip


def log_packs(event: Event) -> None:
    """Each agency to which the referral went out in this act."""
    referral = Referral.objects.select_related("case__unit").get(pk=event.subject_id)
    agencies = Agency.objects.select_related("unit").filter(pk__in=event.changes["agencies"][1]).order_by("pk")
    went(referral, agencies, WORD_FOR_WORD, event.at)


def log_minutes(event: Event) -> None:
    """Each agency that was given minutes, on each case that they tell of: never of one that they leave out."""
    copies = MinutesCopy.objects.filter(meeting=event.subject_id, agency__isnull=False).select_related("agency__unit")
    told = [(copy, {case["case"] for case in copy.said["cases"]}) for copy in copies.order_by("pk")]
    cases = set().union(*(of for _copy, of in told))
    for referral in Referral.objects.filter(case__in=cases).select_related("case__unit").order_by("case"):
        went(referral, [copy.agency for copy, of in told if referral.case_id in of], MINUTES, event.at)


def went(referral: Referral, agencies: Iterable[Agency | None], what: str, sent_at: datetime) -> None:
    for agency in filter(None, agencies):
        log_sent(
            case=referral.case, agency=agency, what=what, basis=GROUNDS.get(referral.basis, Basis.PUBLIC_TASK),
            how=SentHow.SYSTEM, sent_at=sent_at, at=timezone.now(), vital_because=referral.necessity,
        )  # fmt: skip


ROWS = (Reaction("packs-logged", PACK_SENT, log_packs), Reaction("minutes-logged", "meeting.issue", log_minutes))
