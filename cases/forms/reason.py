"""Why somebody opens what is not their own work. The list is data: a force adds its own lines."""

from __future__ import annotations

from typing import Any

from workflow.forms import Choice, EvidenceForm, LongText

# Code, words, hint. Never the reason for a refusal: every answer opens the door.
REASONS: tuple[tuple[str, str, str], ...] = (
    ("attending", "I am going to, or at, an incident now", ""),
    ("history", "I am checking the history of an address or a person", ""),
    ("asked", "A colleague asked me to", "Say who, if you can"),
    ("supervision", "I am supervising or reviewing the work", ""),
    ("other", "Something else", ""),
)
NOT_GIVEN = "not_given"


class WhyOpen(EvidenceForm):
    """Why this case, now."""

    code = Choice(choices=REASONS, label="Why do you need to open this?", needed="Choose why you need to open this")
    more = LongText(
        label="Anything to add?", required=False, max_length=1000, rows=2,
        hint="Not needed. Do not write names: this is read by professional standards.",
    )  # fmt: skip


class WhyCodeWord(EvidenceForm):
    """Why the code word is shown."""

    reason = LongText(
        label="Why do you need the code word?", needed="Say why you need the code word", max_length=500, rows=2,
        hint="For example: calling her now.",
    )  # fmt: skip


def as_reason(form: WhyOpen) -> dict[str, Any]:
    """The two columns of a consultation that keep the answer."""
    return {"reason_code": form.cleaned_data["code"], "reason": form.cleaned_data["more"]}
