"""What is said of an answer in a list."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from workflow.forms import Choice, EvidenceForm, Number, ShortText
from workflow.models import ReferenceEntry


class ChangedEntry(EvidenceForm):
    """The words and the place. The code stays: records hold it."""

    label = ShortText(label="What does the answer say?", called="The answer", max_length=120)
    hint = ShortText(label="A hint beneath it", called="The hint", max_length=200, required=False)
    order = Number(
        label="Place in the list",
        called="The place",
        min_value=1,
        max_value=999,
        hint='1 stands first. "Something else" is 900.',
    )


class NewEntry(ChangedEntry):
    of = Choice(choices=ReferenceEntry.List, label="In which list?", called="The list")
    code = ShortText(
        label="Code", max_length=30, width=20, hint="Short and lasting: kept with every record that gives this answer",
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*\Z", "Use small letters, numbers and dashes, beginning with a letter")],
    )  # fmt: skip
    field_order = ("of", "label", "hint", "code", "order")

    def clean_code(self) -> str:
        said: str = self.cleaned_data["code"]
        if said == "not_given" or ReferenceEntry.objects.filter(code=said).exists():
            raise ValidationError("That code was used before, perhaps by an answer that has ended. Choose another.")
        return said
