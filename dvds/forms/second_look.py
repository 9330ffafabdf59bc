"""What is said when a decision is read again."""

from __future__ import annotations

from cases.models.answers import YesOrNo
from workflow.forms import Choice, EvidenceForm, LongText, Reason


class ReadAgain(EvidenceForm):
    """Whether the searches were whole, the reasons given, and what was found."""

    searches_whole = Choice(
        YesOrNo, label="Was everything searched that should have been?", called="Whether the searches were whole",
        needed="Say whether everything was searched", inline=True,
        hint="Each source, each name and spelling. A wrong “nothing held” has cost lives.",
    )  # fmt: skip
    reasons_given = Choice(
        YesOrNo, label="Do the reasons carry the decision?", called="Whether the reasons carry it",
        needed="Say whether the reasons carry the decision", inline=True,
        hint="Whoever reads them without knowing the case must come to the same decision.",
    )  # fmt: skip
    words = LongText(
        label="What did you find?", called="What you found", needed="Say what you found", min_length=10, max_length=4000, rows=4,
        hint="What you read, and what you did not find. What is not sound is put right.",
    )  # fmt: skip


class Drawn(Reason):
    """What the program says when it draws."""
