"""What is said as a call is graded anew, sent on, answered, closed and reviewed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.forms.call import GRADE_NAMES, GRADED, HOW_SOON, AboutCall, not_before
from cases.models.answers import YesOrNo
from cases.models.answers.call import (
    CallMark,
    CallResult,
    CriticalItem,
    CriticalKind,
    GradeVerdict,
    Thrive,
)
from workflow.clock.moment import to_the_minute
from workflow.forms import Choice, Choices, EvidenceForm, LongText, MomentField, Reason, ShortText, Tick


class Regrade(AboutCall):
    grade = Choice(GRADED, label="New grade", needed="Choose a grade")
    thrive = Choices(Thrive, label="Weighed (THRIVE)", called="What was weighed", required=False)
    grade_reason = ShortText(
        label="Why does it change?", called="The reason", needed="Say why the grade changes", max_length=500, min_length=5
    )  # fmt: skip

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """The old reason is not the reason of the change."""
        return "" if field_name == "grade_reason" else super().get_initial_for_field(field, field_name)

    def clean_grade(self) -> str:
        said = str(self.cleaned_data["grade"])
        if self.subject is not None and said == self.subject.grade:
            raise ValidationError("That is its grade already. Choose another, or go back")
        return said


class Dispatch(AboutCall):
    moments = ("dispatched_at",)

    resource = ShortText(
        label="Who is sent?", called="Who is sent", needed="Say who is sent", max_length=200,
        hint="For example NR31, PC 2877 Marsh. Whoever is named by collar number is told to read the brief.",
    )  # fmt: skip
    dispatched_at = MomentField(label="When?", called="Time of dispatch", past=True)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """Whoever is sent besides is said anew."""
        return timezone.now() if field_name == "dispatched_at" else ""

    def clean_dispatched_at(self) -> datetime | None:
        return self.after_the_call(self.cleaned_data["dispatched_at"], "Time of dispatch")


class Briefed(AboutCall):
    moments = ("briefed_at",)

    briefed_who = ShortText(
        label="Who was briefed?", called="Who was briefed", needed="Say who was briefed", max_length=200,
        hint="For example PC 2877 Marsh, by radio; she repeated the warning",
    )  # fmt: skip
    briefed_at = MomentField(label="When?", called="Time of the briefing", past=True)

    def clean_briefed_at(self) -> datetime | None:
        return self.after_the_call(self.cleaned_data["briefed_at"], "Time of the briefing")


class BriefSeen(EvidenceForm):
    """One tap is enough."""

    read = Tick(
        label="I have read the brief", called="That you have read it", needed="Say that you have read the brief"
    )


class Arrived(AboutCall):
    moments = ("arrived_at",)

    arrived_at = MomentField(label="When did they arrive?", called="Time of arrival", past=True)

    def clean_arrived_at(self) -> datetime | None:
        return self.after_the_call(self.cleaned_data["arrived_at"], "Time of arrival")


class TimesCorrected(AboutCall):
    """The times of dispatch and arrival, put right. What was said once is not taken away; what is not touched stays."""

    dispatched_at = MomentField(
        label="When was somebody sent first?", called="Time of dispatch", past=True, required=False
    )
    arrived_at = MomentField(label="When did the first arrive?", called="Time of arrival", past=True, required=False)
    reason = ShortText(
        label="Why are the times corrected?", called="The reason", needed="Say why the times are corrected", max_length=500,
        min_length=5, hint="For example: the radio log says 13:42",
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if self.subject is not None and self.subject.arrived_at is None:
            del self.fields["arrived_at"]  # that they are there is said by its own step
        for name in self.times():
            self.fields[name].required = self.subject is not None and self.was(name) is not None

    def times(self) -> list[str]:
        return [name for name in ("dispatched_at", "arrived_at") if name in self.fields]

    def was(self, name: str) -> datetime | None:
        moment: datetime | None = getattr(self.subject, name, None)
        return moment

    def put_right(self, name: str) -> datetime | None:
        """A moment is typed to the minute: one that was not touched keeps its seconds."""
        said: datetime | None = self.cleaned_data[name]
        was = self.was(name)
        return was if said and was and said == to_the_minute(was) else said

    def clean_dispatched_at(self) -> datetime | None:
        return self.after_the_call(self.put_right("dispatched_at"), "Time of dispatch")

    def clean_arrived_at(self) -> datetime | None:
        said = self.after_the_call(self.put_right("arrived_at"), "Time of arrival")
        sent: datetime | None = self.cleaned_data.get("dispatched_at")
        return not_before(sent, said, "Time of arrival", _("%(name)s must be after the dispatch, %(moment)s"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        times = self.times()
        if not self.errors and self.subject is not None and all(said.get(name) == self.was(name) for name in times):
            self.add_error(times[0], "Nothing is different. Correct a time, or go back")
        return said


class Closed(AboutCall):
    result = Choice(
        CallResult, label="How did it end?", needed="Choose how it ended",
        hints={CallResult.DUPLICATE: "Say which log below", CallResult.NOT_ABUSE: "Say how you know below"},
    )  # fmt: skip
    result_why = LongText(label="Say why", called="The reason", max_length=2000, rows=3, required=False,
                          hint="Not needed where officers attended.")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        attended = said.get("result") == CallResult.ATTENDED
        if attended and self.subject is not None and self.subject.arrived_at is None:
            self.add_error("result", "Record first when officers arrived")
        if said.get("result") and not attended and len(said.get("result_why") or "") < 10:
            self.add_error("result_why", "Say why in at least 10 characters")
        return said


class Advice(EvidenceForm):
    words = LongText(
        label="What do you advise?", called="The advice", needed="Write the advice", max_length=2000, rows=3, min_length=5,
        hint="It stands on the call with your name and the time.",
    )  # fmt: skip


class Reviewed(AboutCall):
    verdict = Choice(GradeVerdict, label="Was the grade right?", needed="Say whether the grade was right")
    should_be = Choice(
        GRADE_NAMES, label="What should it have been?", called="The right grade", required=False,
        hint="Only where it was too low or too high.",
    )  # fmt: skip
    review_note = LongText(label="Anything to say to whoever took it?", max_length=2000, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("verdict") == GradeVerdict.RIGHT:
            said["should_be"] = ""
        elif said.get("verdict") and self.subject is not None and "should_be" not in self.errors:
            if sentence := self.wrong_way(said["verdict"], said.get("should_be") or ""):
                self.add_error("should_be", sentence)
        return said

    def wrong_way(self, verdict: str, should_be: str) -> str:
        """Too low means that officers were needed sooner."""
        if not should_be:
            return "Choose what it should have been"
        grade = self.subject.grade if self.subject else ""
        sooner = HOW_SOON.index(should_be) < HOW_SOON.index(grade)
        if should_be == grade or sooner != (verdict == GradeVerdict.TOO_LOW):
            return "Choose a grade that fits: too low means sooner, too high means later"
        return ""


class Confirmed(Reason):
    confirmed = Choice(YesOrNo, label="Was it domestic abuse?", needed="Say whether it was domestic abuse", inline=True)
    reason = LongText(
        label="How do you know?", called="The reason", needed="Say how you know", min_length=10, max_length=4000, rows=3
    )  # fmt: skip
    field_order = ("confirmed", "reason")


class Marked(EvidenceForm):
    marked = Choices(CallMark, label="Flags set by hand", required=False, hint="Untick to take one away.")
    marked_why = ShortText(
        label="Why?", called="The reason", needed="Say why", max_length=500, min_length=5
    )  # fmt: skip


class Declared(EvidenceForm):
    critical_kind = Choice(CriticalKind, label="What is it?", needed="Choose what it is")
    critical_what = ShortText(
        label="What must whoever goes there know?", called="What they must know", needed="Say what they must know", max_length=300,
        hint="It stands as a safety warning on the address at once. For example: shotgun in the house; two children inside.",
    )  # fmt: skip


class Checked(AboutCall):
    """One line of the checklist that is not done yet."""

    item = Choice(CriticalItem, label="What is done?", needed="Choose what is done")
    note = ShortText(
        label="Anything to add?", max_length=300, required=False, hint="For example who, and on which channel"
    )

    def clean_item(self) -> str:
        said = str(self.cleaned_data["item"])
        if self.subject is not None and self.subject.pk and self.subject.checks.standing().filter(item=said).exists():
            raise ValidationError("That is ticked already")
        return said
