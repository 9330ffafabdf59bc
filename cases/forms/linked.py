"""What is said when the two people of an incident accuse each other."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from cases.forms.safety import PersonField
from cases.models import Involvement
from people.models import PersonName
from workflow.forms import Choice, EvidenceForm


class TheyAccuseEachOther(EvidenceForm):
    """Which suspect says that they were harmed, asked only where there are several; and who takes the second account."""

    wants_subject = True

    accuser = Choice([("", "")], label="Who says that they were harmed too?", required=False)
    taken_by = PersonField(
        label="Who takes the second account?", required=False,
        hint="Their collar number. Another officer where possible. Leave empty if you take it yourself.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.suspects = list(subject.people(Involvement.Part.SUSPECT))
        if len(self.suspects) > 1:
            accuser: Any = self.fields["accuser"]
            accuser.choices = [(str(row.pk), name_in(row)) for row in self.suspects]
        else:
            del self.fields["accuser"]

    def clean(self) -> dict[str, Any]:
        """`accuser` becomes the involvement itself."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        rows = {str(row.pk): row for row in self.suspects}
        chosen = rows.get(str(said.get("accuser") or ""))
        if chosen is None and len(self.suspects) > 1 and "accuser" not in self.errors:
            self.add_error("accuser", ValidationError("Choose who says that they were harmed too"))
        return {**said, "accuser": chosen or next(iter(self.suspects), None)}


def name_in(row: Involvement) -> str:
    """What the case itself calls somebody: whoever may open the record may read that."""
    names = PersonName.objects.standing().filter(case=row.case_id, person=row.person_id).order_by("-recorded_at", "-pk")
    found = names.exclude(kind=PersonName.Kind.NOT_KNOWN).first()
    return found.words if found else "Name not known"
