"""What is said of a referral to a linked team, and of their answer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models.linked_referral import TEAMS, SentHow, TheirAnswer
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Reason, ShortText

OFFERED: tuple[tuple[str, str], ...] = tuple((row.strand, row.team) for row in TEAMS)


class ReferralSent(EvidenceForm):
    """To which team, when, under which reference, and what is asked of them."""

    strand = Choice(OFFERED, label="To which team?", called="The team", needed="Choose the team")
    sent_at = MomentField(label="When was it sent?", called="The referral", needed="Say when it was sent", past=True)
    sent_how = Choice(SentHow, label="How?", called="How it was sent", needed="Choose how it was sent")
    to_whom = ShortText(
        label="Who took it there? (optional)", called="Who took it", max_length=100, required=False,
        hint="A name or a collar number, so that somebody can be rung.",
    )  # fmt: skip
    reference = ShortText(
        label="Its reference there", called="The reference", needed="Enter its reference there", max_length=60, width=20
    )
    asked = LongText(
        label="What do you ask of them, and why?", called="What is asked", needed="Say what you ask of them, and why",
        min_length=10, max_length=4000, rows=4, hint="Two or three sentences: what was seen or said, who could be harmed.",
    )  # fmt: skip


class ReferralAnswered(EvidenceForm):
    """What they answered, when and through whom."""

    answer = Choice(
        TheirAnswer, label="What did they answer?", called="Their answer", needed="Choose what they answered",
        hints={TheirAnswer.REFUSED: "An inspector is asked to look at it."},
    )  # fmt: skip
    answered_at = MomentField(label="When?", called="Their answer", needed="Say when they answered", past=True)
    answered_by = ShortText(label="Who answered?", needed="Say who answered", max_length=100)
    answer_words = LongText(
        label="What do they do, and by when?", called="What they said", needed="Say what they do, and by when", min_length=10,
        max_length=4000, rows=4, hint="Where they do not take it: why not, in their words.",
    )  # fmt: skip
    wants_subject = True

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.sent_at = getattr(subject, "sent_at", None)

    def clean_answered_at(self) -> Any:
        at = self.cleaned_data["answered_at"]
        if at and self.sent_at and at < self.sent_at:
            raise ValidationError(_("They cannot have answered before it was sent"))
        return at


class Chased(Reason):
    reason = LongText(
        label="Whom did you ask, and what did they say?", called="What was asked", needed="Say whom you asked", min_length=10,
        max_length=2000, rows=3, hint="The clock runs on until they answer.",
    )  # fmt: skip
