"""What somebody chooses of the mails they get."""

from __future__ import annotations

from supervision.models import Mail
from workflow.forms import Choice, EvidenceForm, Number

NEW_RESULT = "When a search that you saved has a new result"


class Wanted(EvidenceForm):
    """A question for each kind of CHOSEN. Of the others there is nothing to choose, so nothing is asked."""

    mentions = Choice(label="When a colleague names you", called="When a colleague names you", choices=Mail)
    searches = Choice(label=NEW_RESULT, called=NEW_RESULT, choices=Mail)
    digest_hour = Number(
        label="Hour of the daily mail", called="The hour", min_value=0, max_value=23, width=2,
        hint="From 0 to 23. The mail comes at that hour, or a few minutes after.",
    )  # fmt: skip
