"""What is said of a bank holiday."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from supervision.models import HolidayChange
from workflow.forms import Choice, DayField, EvidenceForm, ShortText
from workflow.models import Holiday
from workflow.models.holiday import Division


class NewHoliday(EvidenceForm):
    """A day to add or to strike out. Nothing moves until a second person has approved it."""

    act = Choice(choices=HolidayChange.Act, label="What changes?", called="What changes")
    division = Choice(
        choices=Division, label="In which part of the United Kingdom?", called="The part",
        hint="The deadlines here run on the calendar of England and Wales.",
    )  # fmt: skip
    on = DayField(
        label="Which day?", called="The day", future=True, hint="The day that is not worked, for example 7 6 2027"
    )
    name = ShortText(label="What is it called?", called="The name", max_length=100, hint="For example Coronation")
    source = ShortText(
        label="Where was it published?", called="The source", max_length=200, hint="For example gov.uk, and the day"
    )

    def clean(self) -> dict[str, Any]:
        """The calendar must be able to take the change, and nobody else may have proposed one for the day."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if {"act", "division", "on"} <= said.keys():
            self._refuse_what_stands(said)
        return said

    def _refuse_what_stands(self, said: dict[str, Any]) -> None:
        day = {"division": said["division"], "on": said["on"]}
        stands = Holiday.objects.standing().filter(**day).exists()
        if said["act"] == HolidayChange.Act.ADD and stands:
            self.add_error("on", ValidationError("That day is a bank holiday already."))
        elif said["act"] == HolidayChange.Act.STRIKE and not stands:
            self.add_error("on", ValidationError("That day is no bank holiday. Choose one from the list of the year."))
        elif HolidayChange.objects.waiting().filter(**day).exists():
            self.add_error("on", ValidationError("A change to that day is waiting already. Decide it first."))
