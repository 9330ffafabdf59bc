"""What is said of a contact, and of a leave to make one outside the plan. Spoken ways alone: nothing is ever written to them."""

from __future__ import annotations

from dvds.models import ContactHow, ContactResult
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, ShortText

NOTHING_WRITTEN = "Tell nobody else who you are or why you call. Leave no message, send nothing, leave nothing."


class ContactMade(EvidenceForm):
    made_at = MomentField(
        label="When was it made?", called="When it was made", past=True, needed="Say when it was made",
        hint="When it truly was. A contact outside the days and hours of the plan is refused.",
    )  # fmt: skip
    how = Choice(ContactHow, label="How?", called="How it was made", needed="Say how it was made", hint=NOTHING_WRITTEN)
    where = ShortText(
        label="Number or place that was used", called="The number or place", needed="Say which number or place was used",
        max_length=200, hint="As it stands in the plan.",
    )  # fmt: skip
    result = Choice(
        ContactResult, label="What came of it?", called="What came of it", needed="Say what came of it",
        hint="It shows what to try next. Not to be reached may itself be a sign of danger.",
    )  # fmt: skip
    words = LongText(
        label="What was said? (optional)", called="What was said", max_length=2000, rows=3, required=False,
        hint="What whoever speaks with them next must know. It stays here and is sent to nobody.",
    )  # fmt: skip


class ContactAllowed(EvidenceForm):
    """One contact, one way, one place, until a moment."""

    how = Choice(
        ContactHow, label="How may they be contacted, once?", called="How", needed="Say how",
        hint="Spoken alone: nothing is ever written to them. The leave counts for this way and no other.",
    )  # fmt: skip
    where = ShortText(
        label="On which number, or in what place?", called="The number or place", needed="Say on which number or where",
        max_length=200,
        hint="One number or one place, so that nobody tries another. The plan says which they called safe.",
    )  # fmt: skip
    because = LongText(
        label="Why outside the plan, and how is it kept safe?", called="The reason", min_length=20, max_length=2000, rows=3,
        needed="Say why it must be outside the plan and how it is kept safe",
        hint="The plan is what they said is safe. Contact outside it may be what puts them in danger.",
    )  # fmt: skip
    until = MomentField(
        label="Until when?", called="Until when", future=True, needed="Say until when it counts",
        hint="What was safe this morning may not be tonight, so a leave ends by itself. One contact uses it up.",
    )  # fmt: skip
