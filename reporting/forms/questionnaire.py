"""What is said of a questionnaire, of its questions, and of a monthly sample."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models.feedback import OF_THE_HARMED, Asks, Audience, Stage
from workflow.forms import Choice, EvidenceForm, LongText, Number, Pick, Reason, ShortText, Tick, UnitField

STAGES = [(stage.value, stage.label) for stage in OF_THE_HARMED]


class NewEdition(EvidenceForm):
    audience = Choice(Audience, label="Who answers it?", called="Who answers", needed="Choose who answers it")
    name = ShortText(
        label="Name of the questionnaire",
        called="The name",
        needed="Enter the name of the questionnaire",
        max_length=120,
    )
    introduction = LongText(
        label="What is said before the first question?", called="The introduction", needed="Write what is said first",
        min_length=20, max_length=2000, rows=4,
        hint="Who asks, what becomes of the answers, that they may stop at any time, and that nothing changes if they say no.",
    )  # fmt: skip


class OneQuestion(EvidenceForm):
    """The field beneath knows which stages belong to who answers."""

    wants_subject = True
    stage = Pick(Stage, label="About which stage?", called="The stage", needed="Choose the stage")
    words = LongText(
        label="The question", called="The question", needed="Write the question", min_length=10, max_length=300, rows=2,
        hint="For example: How satisfied are you with how quickly we came?",
    )  # fmt: skip
    asks = Choice(
        Asks, label="How is it answered?", called="How it is answered", needed="Choose how it is answered",
        hints={Asks.SCALE: "From very satisfied to very dissatisfied.", Asks.WORDS: "Whatever they want to say."},
    )  # fmt: skip
    scored = Tick(
        label="The score of this stage is the answer to this question", required=False,
        hint="One question of each stage. Satisfied is very and fairly satisfied, of those who answered on the scale.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject
        offered = [Stage.TOGETHER] if getattr(subject, "audience", "") == Audience.PARTNER else OF_THE_HARMED
        field: Any = self.fields["stage"]
        field.choices = [("", _("Choose")), *((stage.value, _(str(stage.label))) for stage in offered)]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("scored"):
            return said
        if said.get("asks") == Asks.WORDS:
            self.add_error(
                "scored", _("What is answered in words cannot be scored. Choose the scale, or take the tick away.")
            )
        there = self.subject is not None and self.subject.pk and said.get("stage")
        if there and self.subject.asked_of(said["stage"]).filter(scored=True).exists():
            self.add_error("scored", _("This stage has a question that is scored already. Drop that one first."))
        return said


class QuestionDropped(EvidenceForm):
    wants_subject = True
    question = Pick(label="Which question?", called="The question", needed="Choose the question", coerce=int)

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = subject.questions.filter(dropped_at__isnull=True).order_by("stage", "place", "pk") if subject else []
        field: Any = self.fields["question"]
        field.choices = [("", _("Choose")), *((row.pk, f"{row.get_stage_display()}: {row.words}") for row in rows)]


class Held(Reason):
    reason = LongText(
        label="Why must nobody be asked with it now?", called="The reason", needed="Say why", min_length=10,
        max_length=2000, rows=3,
        hint="For example: a question puts people in danger. Surveys that wait for an answer wait on.",
    )  # fmt: skip


class SampleSet(EvidenceForm):
    """Every number of the sample is the force's own, with its authority; what stands there is only proposed."""

    runs = UnitField(
        label="Of which unit, with all beneath it?", called="The unit", needed="Enter the code of the unit"
    )
    stage = Choice(STAGES, label="After which stage are they asked?", called="The stage", needed="Choose the stage")
    most = Number(
        label="How many people in a month, at most?", called="The number of people", needed="Enter how many people",
        min_value=1, max_value=5000, hint="All who can be asked, where there are fewer.",
    )  # fmt: skip
    after_days = Number(
        label="How many days after the month is over?", called="The days", needed="Enter how many days", min_value=0,
        max_value=180, hint="Time enough to be spoken to by whoever looks after them: 28, for example.",
    )  # fmt: skip
    not_again_days = Number(
        label="Within how many days is nobody asked again?", called="The days", needed="Enter how many days",
        min_value=28, max_value=3650, hint="Whatever the stage. Half a year is 182.",
    )  # fmt: skip
    youngest = Number(
        label="How old is the youngest person who is asked?",
        called="The age",
        needed="Enter the age",
        min_value=16,
        max_value=99,
    )
    ask_within_days = Number(
        label="Within how many days are they asked?",
        called="The days",
        needed="Enter how many days",
        min_value=1,
        max_value=180,
    )
    authority = ShortText(
        label="On whose authority?", called="The authority", needed="Say on whose authority", max_length=300,
        hint="Who decided on these numbers, where and when.",
    )  # fmt: skip

    def clean_most(self) -> int:
        said: int = self.cleaned_data["most"]
        if said < 1:
            raise ValidationError(_("The number of people must be 1 or more"))
        return said
