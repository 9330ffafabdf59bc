"""A crime that was told of: recorded and investigated as any other, beside the consideration (I3)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models import Case
from workflow.forms import EvidenceForm, LongText, ShortText, Tick

TWICE = "It has a number or an investigation already: record it once"
SAY_WHAT = "Say what the record of the incident is to say"


class CrimeAlleged(EvidenceForm):
    what = LongText(
        label="What was told, and by whom?", called="What was told", needed="Say what was told and by whom", min_length=10,
        max_length=2000, rows=3,
        hint="It is recorded and investigated at once. This goes on beside it: no time limit stops.",
    )  # fmt: skip
    number = ShortText(
        label="Crime or incident number (if it is recorded)", called="The number", max_length=40, required=False,
        hint="Leave empty if nobody has recorded it yet: record it below, or it becomes a task.",
    )  # fmt: skip
    reference = ShortText(
        label="Reference of the investigation (if there is one)", called="The reference", max_length=20, required=False,
        hint="For example DA-2026-000123. The investigation does not say that this is here.",
    )  # fmt: skip

    record = Tick(
        label="Nobody has recorded it yet: begin the record of an incident now", called="To record it now", required=False,
        hint="A crime is recorded and investigated whatever becomes of this, and neither waits for the other.",
    )  # fmt: skip
    account = LongText(
        label="What is the record of the incident to say?", called="What the record is to say", required=False, min_length=20,
        max_length=8000, rows=4,
        hint="Only where you record it now. Whoever investigates reads it: say what happened, and nothing of who asked here or"
        " why.",
    )  # fmt: skip

    def clean_reference(self) -> Any:
        said = str(self.cleaned_data.get("reference") or "").strip().upper()
        if not said:
            return None
        found = Case.objects.filter(reference=said, kind=Case.Kind.INVESTIGATION).first()
        if found is None:
            raise ValidationError(_("There is no such investigation, or you may not see it. Check the reference."))
        return found

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("record") and (said.get("number") or said.get("reference")):
            self.add_error("record", _(TWICE))
        if said.get("record") and not said.get("account") and "account" not in self.errors:
            self.add_error("account", _(SAY_WHAT))
        return said
