"""What is said of a course that somebody passed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Course
from cases.forms.safety import PersonField
from workflow.forms import Choice, DayField, EvidenceForm, Reason


class Days(EvidenceForm):
    """When it was passed, and until when it counts."""

    passed_on = DayField(label="When was it passed?", called="The day it was passed", needed="Say when it was passed")
    valid_until = DayField(
        label="Until when does it count?", called="The last day on which it counts", required=False,
        hint="Leave empty where the force sets no end.",
    )  # fmt: skip

    def clean_passed_on(self) -> Any:
        said = self.cleaned_data["passed_on"]
        if said and said > timezone.localdate():
            raise ValidationError(_("The day it was passed must be today or in the past"))
        return said

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        passed, until = said.get("passed_on"), said.get("valid_until")
        if passed and until and until < passed:
            self.add_error("valid_until", _("The last day on which it counts must be after the day it was passed"))
        return said


class CoursePassed(Days):
    person = PersonField(label="Who passed it?", called="Who passed it", needed="Say who passed it")
    course = Choice(Course, label="Which course?", called="The course", needed="Choose the course")
    field_order = ("person", "course", "passed_on", "valid_until")


class DaysCorrected(Days, Reason):
    """Other days than were recorded, and why."""

    field_order = ("passed_on", "valid_until", "reason")
