"""What is said where it is told at once, in danger, before a forum sits (A15)."""

from __future__ import annotations

from typing import Any

from dvds.forms.recipients import Recipients
from dvds.forms.telling import WordsSaid
from dvds.models import Application, Test
from workflow.forms import Choice, LongText


class ToldInDanger(WordsSaid, Recipients):
    """A15: told at once, before a forum sits, by a supervising officer; the tests in brief, everything else as ever."""

    wants_subject = True

    why_now = LongText(
        label="What is the danger, and why can it not wait?",
        called="The danger",
        needed="Say what the danger is and why it cannot wait",
        min_length=10,
        max_length=2000,
        rows=3,
        hint="Danger is acted on at once, at any stage. The next forum says what it thinks of it.",
    )
    t1_reason = LongText(
        label=f"{Test.NECESSARY.label}: why?",
        called="Why it is necessary",
        needed="Say why it is necessary",
        min_length=5,
        max_length=2000,
        rows=2,
        hint="In a few words: which crime it prevents. The tests hold in danger too.",
    )
    t2_reason = LongText(
        label=f"{Test.PRESSING.label}: why?",
        called="Why it is pressing",
        needed="Say what the pressing need is",
        min_length=5,
        max_length=2000,
        rows=2,
        hint="In a few words: why now, and not after a forum.",
    )
    t3_reason = LongText(
        label=f"{Test.PROPORTIONATE.label}: why?",
        called="Why it is in proportion",
        needed="Say why it is in proportion",
        min_length=5,
        max_length=2000,
        rows=2,
        hint="In a few words: what she may suffer next, against what it does to him.",
    )
    promise = Choice(
        [("signed", "Signed"), ("refused", "Refused: told all the same, it is necessary for safety")],
        label="Was the promise to keep it to themselves signed?",
        called="The promise",
        needed="Say whether the promise was signed",
        reveals={"signed": ["signature"], "refused": ["refused_because"]},
        hint="It is asked for each time. A refusal is no veto where her safety needs it.",
    )
    signature = LongText(
        label="Who signed, and where is the paper kept?",
        called="The signature",
        needed="Say who signed, and where it is kept",
        max_length=500,
        rows=2,
        hint="The police keep the paper, like the words. Nothing of it stays with them.",
    )
    refused_because = LongText(
        label="Why was it refused?",
        called="Why it was refused",
        needed="Say why it was refused",
        min_length=5,
        max_length=2000,
        rows=2,
        hint="What they fear may show what else is unsafe. It is written down and thought over.",
    )
    field_order = (
        "why_now",
        "t1_reason",
        "t2_reason",
        "t3_reason",
        "recipients",
        "at",
        "place",
        "by_whom",
        "identity",
        "advised",
        "promise",
        "text",
        "spent_checked",
        "response",
        "plan_gone_through",
        "nothing_left",
        "pack",
        "follow_up",
    )

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if subject is not None and subject.pk:
            self.offer(subject)

    def clean_recipients(self) -> list[str]:
        said: list[str] = self.cleaned_data["recipients"]
        if len(said) > 1:
            self.add_error("recipients", "One at a time: take this step again for the next.")
        return said
