"""What somebody chooses of the mails they get."""

from __future__ import annotations

from supervision.models import Mail
from workflow.forms import Choice, EvidenceForm, Number


class Wanted(EvidenceForm):
    """Of escalations there is nothing to choose, so nothing is asked."""

    mentions = Choice(label="When a colleague names you", called="When a colleague names you", choices=Mail)
    digest_hour = Number(
        label="Hour of the daily mail", called="The hour", min_value=0, max_value=23, width=2,
        hint="From 0 to 23. The mail comes at that hour, or a few minutes after.",
    )  # fmt: skip
