"""What is said of whose a measure is, of its target, and of one month of it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.forms.safety import PersonField
from reporting.forms.heard import NamesNobody
from reporting.measures.declare import MEASURES
from reporting.models import MeasureOwner
from workflow.forms import DayField, EvidenceForm, LongText, Pick, ShortText, UnitField

TARGET = re.compile(r"\d{1,8}(\.\d{1,2})?\Z")
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")


class MeasureField(ShortText):
    """A measure by its code."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(
            label="Which measure?",
            called="The measure",
            needed="Enter the code of the measure",
            max_length=80,
            width=10,
            hint="Its code, for example M06.",
            **rest,
        )

    def clean(self, value: Any) -> str:
        said = super().clean(value)
        found = {code.lower(): code for code in MEASURES}.get((said or "").lower())
        if said and found is None:
            raise ValidationError(_("There is no measure with that code. The codes are on the page of figures."))
        return found or ""


class MonthField(ShortText):
    """A month as its first day: 2026-10. Never one that lies ahead."""

    def clean(self, value: Any) -> Any:
        said = super().clean(f"{value:%Y-%m}" if isinstance(value, date) else value)
        found = MONTH.match(said or "")
        if not found:
            raise ValidationError(_("Enter the month as year and month, for example 2026-10"))
        month = date(int(found[1]), int(found[2]), 1)
        if month > timezone.localdate():
            raise ValidationError(_("That month has not begun yet"))
        return month

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class TargetField(ShortText):
    """A number with at most two places; None where nothing was typed."""

    def clean(self, value: Any) -> Any:
        said = super().clean(str(value) if isinstance(value, int | float | Decimal) else value)
        if not said:
            return None
        if not TARGET.match(said):
            raise ValidationError(_("The target must be a number, like 40 or 12.5"))
        return Decimal(said)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class Aimed(EvidenceForm):
    """A target or threshold, with who set it; or none of the three."""

    way = Pick(
        [("", "No target"), *MeasureOwner.Way.choices],
        label="Is there a target or threshold?",
        called="The way",
        required=False,
    )
    target = TargetField(label="Which number? (optional)", called="The target", required=False, max_length=12, width=10)
    authority = ShortText(
        label="Who set it, where and when? (optional)",
        called="Who set it",
        required=False,
        max_length=300,
        hint="For example: Force performance board, 3 March 2026.",
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        target, way = said.get("target"), said.get("way")
        if (target is None) != (not way):
            self.add_error(
                "target", _("A target is a number and whether that is the least or the most. Give both, or neither.")
            )
        elif target is not None and not said.get("authority"):
            self.add_error("authority", _("Say who set the target, where and when"))
        return said


class Named(Aimed):
    measure = MeasureField()
    over = UnitField(label="In which unit?", called="The unit", needed="Enter the code of the unit")
    owner = PersonField(label="Who answers for it there?", called="The owner", needed="Say who answers for it")

    field_order = ("measure", "over", "owner", "way", "target", "authority")


class Changed(Aimed):
    owner = PersonField(label="Who answers for it?", called="The owner", needed="Say who answers for it")

    field_order = ("owner", "way", "target", "authority")


class Noted(EvidenceForm):
    reason = LongText(
        label="What is to be noted?", called="The note", needed="Write the note", min_length=10, max_length=2000, rows=3
    )


class Comment(NamesNobody):
    measure = MeasureField()
    over = UnitField(label="Of which unit?", called="The unit", needed="Enter the code of the unit")
    month = MonthField(
        label="Of which month?",
        called="The month",
        needed="Enter the month",
        max_length=7,
        width=10,
        hint="For example 2026-10.",
    )
    words = LongText(
        label="What do you say of it?",
        called="What you say",
        needed="Write what you say of it",
        min_length=10,
        max_length=2000,
        rows=5,
        hint="What moved and why, as far as you know. It is printed on the pack. No names, and no numbers of cases.",
    )


class Corrected(NamesNobody):
    words = LongText(
        label="What do you say of it?",
        called="What you say",
        needed="Write what you say of it",
        min_length=10,
        max_length=2000,
        rows=5,
    )


class Acting(NamesNobody):
    action = LongText(
        label="What is done about it?",
        called="What is done",
        needed="Say what is done about it",
        min_length=10,
        max_length=1000,
        rows=3,
    )
    does = PersonField(label="Who does it?", called="Who does it", needed="Say who does it")
    due_on = DayField(label="By when?", called="The day", future=True)


class Did(NamesNobody):
    did = LongText(
        label="What was done?",
        called="What was done",
        needed="Say what was done",
        min_length=10,
        max_length=1000,
        rows=3,
    )
