"""What is said when an emergency meeting is called, and when it was held."""

from __future__ import annotations

from typing import Any

from marac.forms.action import agencies
from workflow.forms import Choices, EvidenceForm, LongText, MomentField, Reason, ShortText


class EmergencyCalled(EvidenceForm):
    """Why it cannot wait, when and how they meet, and which agencies are asked at once."""

    why = LongText(
        label="Why can it not wait for the next meeting?", called="Why it cannot wait", max_length=2000, rows=4,
        min_length=10, needed="Say why it cannot wait", hint="Who may be hurt, by what, and when.",
    )  # fmt: skip
    starts_at = MomentField(label="When do they meet?", called="The time of the meeting", future=True)
    how = ShortText(
        label="Where, or by which telephone conference?", called="Where they meet", max_length=200,
        needed="Say where they meet or how they speak",
    )  # fmt: skip
    agencies = Choices(
        label="Which agencies are asked?", called="The agencies", needed="Choose the agencies that are asked", coerce=int,
        hint="They see this case at once, and no other. One without an agreement that counts is rung up and sees nothing. "
        "Into a restricted case only the chair lets an agency: where you are not the chair, the chair is asked at once.",
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["agencies"]
        field.choices = agencies()


class EmergencyHeld(EvidenceForm):
    held_at = MomentField(label="When did they meet?", called="The time of the meeting", past=True)
    came_of_it = LongText(
        label="What came of it, in brief?", called="What came of it", max_length=2000, rows=4, min_length=10,
        needed="Say what came of it", hint="Actions are recorded as ever; this is what the next agenda notes. "
        "If you met by telephone and nobody opened the room, it is what the minutes say: issue them on the page of the meeting.",
    )  # fmt: skip


class CalledOff(Reason):
    reason = LongText(
        label="Why is it called off, and what keeps her safe instead?", called="The reason", max_length=2000, rows=3,
        needed="Say why it is called off and what keeps her safe", min_length=10,
    )  # fmt: skip
