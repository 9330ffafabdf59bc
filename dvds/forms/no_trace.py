"""What is said where a look found nothing: what was left out of it, and what the second person says of that."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dvds.forms.checks import SEARCH_OR_SAY
from dvds.models import NoTrace
from dvds.models.alternatives import Alternatives, alternatives
from workflow.forms import EvidenceForm, LongText, Reason, Tick


class NothingFound(EvidenceForm):
    """No trace is a decision: what was searched stands in the look; what our own records propose was searched or left."""

    wants_subject = True
    not_tried_because = LongText(
        label="Why were these not searched?",
        called="Why they were not searched",
        required=False,
        max_length=1000,
        rows=3,
        hint="A wrong “no trace” came from names that nobody searched. A second person reads what was left, and why.",
    )

    def __init__(self, *args: Any, subject: NoTrace | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.left = left_of(subject)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.left and not said.get("not_tried_because"):
            words = _(SEARCH_OR_SAY) % {"terms": ", ".join(self.left.terms)}
            self.add_error("not_tried_because", ValidationError(words))
        said["not_tried"] = self.left.terms
        return said


def left_of(row: Any) -> Alternatives:
    """What our own records propose and the look did not search, within what whoever asks may see."""
    look, user = getattr(row, "check_made", None) if row is not None else None, getattr(row, "asked_by", None)
    if look is None or user is None:
        return Alternatives()
    return alternatives(look.person_id, user).besides([*look.names, *look.births])


class TraceAgreed(EvidenceForm):
    """The second person looks at what was searched, and at what was not."""

    read = Tick(
        label="I have read everything that was searched, and what was left, and why", required=True,
        hint="“No trace” is a decision on which somebody’s safety rests, so a second person confirms it.",
    )  # fmt: skip


class TraceReturned(Reason):
    reason = LongText(
        label="What is to be searched?", called="What is to be searched", needed="Say what is to be searched", min_length=5,
        max_length=1000, rows=3,
        hint="The system, the name or the birth date. It goes back to whoever looked.",
    )  # fmt: skip
