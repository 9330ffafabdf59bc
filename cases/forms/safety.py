"""What is said when somebody acts for safety."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from cases.models import Holding
from workflow.forms import (
    Choice,
    DayField,
    EvidenceForm,
    LongText,
    MomentField,
    Reason,
    ShortText,
)


class PersonField(ShortText):
    """A colleague by collar number, or by user name where there is none. Code gives the person themselves."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("hint", "Their collar number, for example 2877")
        super().__init__(max_length=40, **rest)

    def prepare_value(self, value: Any) -> Any:
        """Somebody who stands there already is shown as they would be typed."""
        return value.collar_number or value.username if isinstance(value, User) else super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        if isinstance(value, User):
            return value
        said = super().clean(value)
        if not said:
            return None
        people = User.objects.filter(is_active=True, is_system=False)
        found = people.filter(collar_number__iexact=said)[:2] or people.filter(username__iexact=said)[:2]
        if not found:
            raise ValidationError("Nobody who works here has that collar number. Check it and try again.")
        if len(found) > 1:  # a number given twice must not shut out, or let in, the wrong one of the two
            raise ValidationError(
                "Two people have that number. Give the user name, or ask an administrator to put it right."
            )
        return found[0]


class UnsafeNow(EvidenceForm):
    what = LongText(
        label="Who is unsafe, and why?", needed="Say who is unsafe and why", max_length=2000,
        hint="One or two sentences: who, where, what you are doing about it.",
    )  # fmt: skip


class EverybodySafe(EvidenceForm):
    answer = LongText(
        label="How do you know that everyone is safe?", needed="Say how you know that everyone is safe", max_length=2000,
        min_length=10, hint="Who you saw or spoke to, and where the suspect is.",
    )  # fmt: skip


class DangerAtTheDoor(EvidenceForm):
    what = ShortText(
        label="What must whoever goes there know?", needed="Say what they must know", max_length=300,
        hint="For example: knife kept by the front door; large dog loose.",
    )  # fmt: skip


class MadeSafer(EvidenceForm):
    what = LongText(
        label="What did you do, and what came of it?", needed="Say what you did", max_length=2000, min_length=10,
        hint="For example: locks changed, taken to her sister's, refuge place found.",
    )  # fmt: skip
    done_at = MomentField(label="When?", past=True, hint="When it was done, not when it is written down.")


class ShutOutPerson(Reason):
    person = PersonField(label="Who must not see this case?", needed="Say who must not see this case")
    field_order = ("person", "reason")


class NamePerson(Reason):
    person = PersonField(label="Who may open this case?", needed="Say who may open this case")
    until = DayField(label="Until", required=False, hint="Leave empty if there is no last day.")
    field_order = ("person", "until", "reason")


class NewHolder(Reason):
    part = Choice(Holding.Part, label="Which part of the case?", needed="Choose a part of the case")
    person = PersonField(label="Who holds it from now on?", needed="Say who holds it from now on")
    field_order = ("part", "person", "reason")
