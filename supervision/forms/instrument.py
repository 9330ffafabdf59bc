"""What is said when a version is to be published, and when a unit is to use an instrument."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from risk.models import Instrument, InstrumentUse, InstrumentVersion
from workflow.forms import Choice, DayField, EvidenceForm, LongText, Number, UnitField


class NewPublication(EvidenceForm):
    """A draft, by its number in the list of instruments."""

    version = Number(label="Which draft?", called="The draft", min_value=1, max_value=2**31 - 1)

    def clean_version(self) -> InstrumentVersion:
        drafts = InstrumentVersion.objects.filter(status=InstrumentVersion.Status.DRAFT)
        found = drafts.select_related("instrument").filter(pk=self.cleaned_data["version"]).first()
        if found is None:
            raise ValidationError("No draft has that number. Load its file first.")
        return found


class NewUse(EvidenceForm):
    """From a day on a unit assesses with an instrument. What was begun before is finished on what it was begun with."""

    unit = UnitField(label="Which unit?", called="The unit")
    instrument = Choice(label="Which instrument?", called="The instrument", choices=[])
    valid_from = DayField(
        label="From which day?", called="The day it starts", future=True, hint="For example 29 8 2027"
    )
    authority = LongText(
        label="On what authority?", called="The authority", max_length=300, rows=3,
        hint="The order or decision it follows.",
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["instrument"]
        field.choices = [(row.code, row.name) for row in usable()]

    def clean_instrument(self) -> Instrument:
        return Instrument.objects.get(code=self.cleaned_data["instrument"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if {"unit", "instrument", "valid_from"} <= said.keys():
            now = InstrumentUse.objects.code_for(said["unit"], said["valid_from"])
            if now == said["instrument"].code:
                self.add_error("instrument", ValidationError("The unit uses that instrument on that day already."))
        return said


def usable() -> Any:
    """Instruments that are assessed with and have a published version."""
    published = InstrumentVersion.objects.filter(status=InstrumentVersion.Status.PUBLISHED)
    rows = Instrument.objects.filter(kind=Instrument.Kind.PRIMARY, pk__in=published.values("instrument"))
    return rows.order_by("name")
