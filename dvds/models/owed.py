"""The limits of a consideration by name: which of them may be explained, and which run. The clocks are rows of `supervision`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflow.models import Deadline
from workflow.models.record import about

DANGER = "consideration-danger"  # K0
CHECKS = "consideration-checks"  # K1
CHECKS_TOLD = "consideration-checks-told"  # K1'
MEETING = "consideration-meeting"  # K2
ASSESSED = "consideration-assessed"  # K3
REFERRED = "consideration-referred"  # K4
REFERRED_TOLD = "consideration-referred-told"  # K4'
TOLD = "consideration-told"  # K5
OVERALL = "consideration-overall"  # K6, K7
REPORTED = "consideration-reported"  # K8
UPLOADED = "consideration-uploaded"
DECIDED = "consideration-decided"  # K9
#: Danger is answered at once, and the upload follows the closing: of neither is a reason asked.
EXPLAINED = frozenset({
    CHECKS, CHECKS_TOLD, MEETING, ASSESSED, REFERRED, REFERRED_TOLD, DECIDED, TOLD, OVERALL, REPORTED,
})  # fmt: skip


def limits_open(application: Any) -> dict[str, datetime]:
    """{limit: due moment} of what runs now on a consideration, due first. Index: deadline_of_subject."""
    rows = Deadline.objects.open().filter(policy__in=EXPLAINED, **about(application))
    return dict(rows.order_by("due_at", "pk").values_list("policy", "due_at"))
