"""Why somebody opens what is not their own work. The answers are rows that a force words for itself (`ReferenceEntry`).

Never the reason for a refusal: every answer opens the door, and so does none ("I will say later").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from workflow.forms import Choice, EvidenceForm, LongText
from workflow.forms.choice import fit, split
from workflow.models import ReferenceEntry

NOT_GIVEN = "not_given"


class Answers(Sequence[tuple[str, str]]):
    """(code, words) of what may be answered today, "I will say later" among it: asked anew each time, for the API."""

    def _today(self) -> list[tuple[str, str]]:
        return [(row.code, row.label) for row in offered()] + [(NOT_GIVEN, "I will say later")]

    def __getitem__(self, place: Any) -> Any:
        return self._today()[place]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._today())

    def __len__(self) -> int:
        return len(self._today())


def offered() -> Any:
    """The force's answers of today, in their order."""
    return ReferenceEntry.objects.offered(ReferenceEntry.List.OPENING, timezone.localdate())


class WhyOpen(EvidenceForm):
    """Why this case, now."""

    code = Choice(label="Why do you need to open this?", needed="Choose why you need to open this")
    more = LongText(
        label="Anything to add?", required=False, max_length=1000, rows=2,
        hint="Not needed. Do not write names: this is read by professional standards.",
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        pairs, hints = split([(row.code, row.label, row.hint) for row in offered()])
        code: Any = self.fields["code"]
        code.choices = pairs
        fit(code.widget, hints, {}, inline=False)


class WhyCodeWord(EvidenceForm):
    """Why the code word is shown."""

    reason = LongText(
        label="Why do you need the code word?", needed="Say why you need the code word", max_length=500, rows=2,
        hint="For example: calling her now.",
    )  # fmt: skip


def as_reason(form: WhyOpen) -> dict[str, Any]:
    """The two columns of a consultation that keep the answer."""
    return {"reason_code": form.cleaned_data["code"], "reason": form.cleaned_data["more"]}
