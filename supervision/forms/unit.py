"""What is said of a unit."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from accounts.models import Unit
from workflow.forms import EvidenceForm, LongText, Reason, ShortText, UnitField


class NewUnit(EvidenceForm):
    name = ShortText(label="Name", max_length=80, hint="For example Northgate Response 5")
    code = ShortText(
        label="Code", max_length=20, width=10, hint="Short, and never used twice, for example NR5",
        validators=[RegexValidator(r"^[A-Za-z0-9-]+\Z", "Use letters, numbers and dashes only")],
    )  # fmt: skip

    def clean_code(self) -> str:
        said: str = self.cleaned_data["code"].upper()
        if Unit.objects.filter(code__iexact=said).exists():
            raise ValidationError("A unit has that code already, perhaps a closed one. Choose another.")
        return said


class NewName(Reason):
    name = ShortText(label="Name", max_length=80)
    reason = LongText(label="Why?", called="The reason", needed="Say why", min_length=10, max_length=1000, rows=3)


class NewParent(Reason):
    parent = UnitField(label="Beneath which unit?", called="The unit above")
    reason = LongText(
        label="Why is it moved?", called="The reason", needed="Say why it is moved", min_length=10, max_length=1000, rows=3,
        hint="Who sees its cases and who hears of its deadlines changes at once.",
    )  # fmt: skip
