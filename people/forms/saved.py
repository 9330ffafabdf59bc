"""What somebody says when they keep a search."""

from __future__ import annotations

from workflow.forms import EvidenceForm, LongText, ShortText


class Save(EvidenceForm):
    """A name to know it by, and why they must be told."""

    name = ShortText(
        label="What to call it", called="The name of the search", needed="Enter a name to know it by", max_length=100,
        hint="Only you see it. For example: brother of the suspect, log 0412",
    )  # fmt: skip
    why = LongText(
        label="Why do you need to be told?", needed="Say why you need to be told", max_length=500, rows=2,
        hint="Kept with the search. Professional standards can read it",
    )  # fmt: skip
