"""What is said when a serial flag is looked at, and of the plan that follows."""

from __future__ import annotations

from typing import Any

from cases.forms.safety import PersonField
from cases.models import Involvement, SerialPlan
from cases.models.known_here import known_here
from cases.models.serial_plan import SerialTactic
from workflow.forms import Choice, Choices, EvidenceForm, LongText, ModelSection, Number, Reason

SUSPECT = str(Involvement.Part.SUSPECT.label)


class OfSuspect(EvidenceForm):
    """One of the suspects of the case; of one only, it is he."""

    wants_subject = True

    person = Choice(label="Whom do you look at?", called="The suspect", needed="Choose the suspect", coerce=int)

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        here = known_here(getattr(subject, "case_id", None))
        suspects = [(person, words) for person, words in here.choices if here.parts[person] == SUSPECT]
        field: Any = self.fields["person"]
        field.choices = suspects
        if len(suspects) == 1:
            self.initial["person"] = suspects[0][0]


class SerialTaken(OfSuspect):
    """The flag is right: a plan, and who leads it."""

    lead = PersonField(label="Who leads the plan?", called="The lead officer", needed="Say who leads the plan")
    because = LongText(
        label="What did you find when you looked?", called="What you found", needed="Say what you found", min_length=20,
        max_length=4000, rows=4, hint="How he finds people, what he does to them, what rises, who is with him now.",
    )  # fmt: skip
    field_order = ("person", "lead", "because")


class SerialSetAside(OfSuspect):
    """No plan now, and why; it is looked at again."""

    because = LongText(
        label="Why is there no plan now?", called="Why there is none", needed="Say why there is no plan now", min_length=20,
        max_length=4000, rows=4,
        hint="For example: he serves six years; two of the reports are one event. One more person harmed brings it back.",
    )  # fmt: skip
    field_order = ("person", "because")


class SerialWritten(ModelSection):
    """What is done about him, and for those he harmed or may harm next."""

    tactics = Choices(SerialTactic, label="What is done?", called="The tactics", required=False)
    what = LongText(
        label="Who does what, by when?", called="What is done", max_length=4000, rows=5,
        hint="One line for each: the team or partner, what they do, by which day.",
    )  # fmt: skip
    protects = LongText(
        label="How are those he harmed kept safe, and whoever is with him now?", called="How they are kept safe",
        max_length=4000, rows=4,
        hint="Nobody is told of another case. The right to know is asked for where somebody new is at risk.",
    )  # fmt: skip
    review_days = Number(
        label="Looked at every how many days?",
        called="The days between reviews",
        min_value=1,
        max_value=92,
        required=False,
    )
    needed = {
        "tactics": "Choose what is done",
        "what": "Say who does what, by when",
        "protects": "Say how those he harmed, and whoever is with him now, are kept safe",
        "review_days": "Say how often the plan is looked at",
    }

    class Meta:
        model = SerialPlan
        fields = ["tactics", "what", "protects", "review_days"]


class SerialSent(EvidenceForm):
    note = LongText(
        label="Anything the coordinator should know? (optional)",
        called="The note",
        required=False,
        rows=3,
        max_length=2000,
    )


class SerialReviewed(Reason):
    reason = LongText(
        label="What has changed, and does it still hold?", called="The review", needed="Say what has changed", min_length=20,
        max_length=4000, rows=4,
    )  # fmt: skip


class NewLead(Reason):
    lead = PersonField(
        label="Who leads the plan from now on?", called="The lead officer", needed="Say who leads the plan"
    )
    field_order = ("lead", "reason")


class SerialEnded(Reason):
    reason = LongText(
        label="Why does the plan end?", called="Why it ends", needed="Say why the plan ends", min_length=20, max_length=4000,
        rows=4, hint="What has changed, and who would notice if he began again.",
    )  # fmt: skip
