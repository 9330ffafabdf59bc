"""What is said of an item of the evidence index, and of a safety device."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from cases.models import Involvement
from cases.models.answers.evidence import DeviceKind, ExhibitKind
from people.models import Person, PersonName
from workflow.forms import Choice, EvidenceForm, MomentField, ShortText


class NewExhibit(EvidenceForm):
    kind = Choice(ExhibitKind, label="What is it?", needed="Choose what it is")
    reference = ShortText(
        label="Reference", needed="Enter its reference", max_length=80, width=20,
        hint="The number of the video, the recording or the exhibit, for example EM/2",
    )  # fmt: skip
    kept_where = ShortText(
        label="Where is it kept? (optional)", called="Where it is kept", max_length=200, required=False
    )
    words = ShortText(label="What does it show? (optional)", called="What it shows", max_length=300, required=False)


class DeviceIssued(EvidenceForm):
    """To whom, what, since when."""

    wants_subject = True

    person = Choice(label="Who has it?", needed="Choose who has it", coerce=int, empty_value=None)
    kind = Choice(DeviceKind, label="What is it?", needed="Choose what it is")
    serial = ShortText(
        label="Serial number (optional)", called="Serial number", max_length=80, width=20, required=False
    )
    issued_at = MomentField(label="When was it handed over?", called="Time it was handed over", past=True)

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["person"]
        field.choices = people_of(subject) if subject is not None else []

    def clean_person(self) -> Person:
        return Person.objects.get(pk=self.cleaned_data["person"])


def people_of(device: Any) -> list[tuple[int, str]]:
    """Everybody with a part in the case but its suspects, by the newest name that the case itself learned."""
    if getattr(device, "case_id", None) is None:
        return []
    rows = list(Involvement.objects.standing().filter(case=device.case_id).order_by("pk"))
    suspects = {row.person_id for row in rows if row.part == Involvement.Part.SUSPECT}
    parts = {row.person_id: row.get_part_display() for row in rows if row.person_id not in suspects}
    learned = PersonName.objects.standing().filter(case=device.case_id, person__in=parts).order_by("recorded_at", "pk")
    names = {name.person_id: f"{name.forename} {name.surname}".strip() for name in learned}
    return [(person, f"{names.get(person) or part} ({part.lower()})") for person, part in parts.items()]


class DeviceReturned(EvidenceForm):
    returned_at = MomentField(label="When did it come back?", called="Time it came back", past=True)
    returned_words = ShortText(
        label="Why, and in what state? (optional)", called="Why it came back", max_length=300, required=False
    )

    wants_subject = True

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.issued_at = getattr(subject, "issued_at", None)

    def clean_returned_at(self) -> Any:
        said = self.cleaned_data["returned_at"]
        if said and self.issued_at and said < self.issued_at:
            raise ValidationError("It cannot come back before it was handed over")
        return said
