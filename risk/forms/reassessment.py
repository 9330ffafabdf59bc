"""What is said when a risk review is asked for, done, or found not needed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models.answers import YesOrNo
from risk.forms.evidence import long_enough
from risk.models import Aligned, Grade, current_grades, rank
from risk.triggers import ASKED
from workflow.forms import Choice, EvidenceForm, LongText, Number, Reason, ShortText

#: The eight stages that lead to a domestic homicide (Monckton Smith 2019), as the guidance beside the question says them.
STAGES = (
    (1, "A history of control or stalking before this relationship"),
    (2, "The relationship became serious quickly"),
    (3, "The relationship is ruled by control"),
    (4, "Something threatens that control: separation, an illness, money"),
    (5, "Escalation: more often, graver, stalking, threats of suicide"),
    (6, "A change in thinking: the suspect seems resolved, or has nothing to lose"),
    (7, "Planning: weapons, getting the victim alone, following"),
    (8, "Homicide, or an attempt"),
)
ESCALATES = 5


class AskedFor(EvidenceForm):
    """Anybody who may open the case asks for a look at the risk: what worries them, and why now (S3-180)."""

    trigger = Choice(ASKED, label="What has happened?", needed="Choose what has happened")
    why = LongText(
        label="What worries you?", called="What worries you", needed="Say what worries you", min_length=10, max_length=2000,
        rows=4, hint="What you saw, heard or were told, by whom, and when.",
    )  # fmt: skip
    now = LongText(
        label="Why now? What do you fear will happen?", called="Why now", needed="Say why now", min_length=10, max_length=2000,
        rows=3, hint="One or two sentences. If somebody is in danger this minute, ring 999 and say that they are unsafe now.",
    )  # fmt: skip


class Raised(Reason):
    """Why the program raises it, in a sentence."""

    reason = LongText(label="Why?", called="The reason", needed="Say why", max_length=2000)


class MetBy(EvidenceForm):
    """The number of the row of the ledger by which it is done."""

    decision = ShortText(label="Decision", max_length=20)


class ReviewDone(EvidenceForm):
    """What was found, the grade after it, and whether bail and what partners do fit the risk as it is now (S0-021)."""

    wants_subject = True

    outcome = LongText(
        label="What did you look at, and what did you find?", called="What you found", needed="Say what you found",
        max_length=4000, rows=5, hint="What has changed since the last grade, what the victim says, what speaks for and against.",
    )  # fmt: skip
    spoken = Choice(
        YesOrNo, label="Was the victim spoken to?", needed="Say whether the victim was spoken to", inline=True
    )
    grade = Choice(
        Grade, label="What is the grade now?", needed="Choose the grade", inline=True,
        hint="The same, or higher. To lower it is a step of its own, for somebody else.",
    )  # fmt: skip
    bail = Choice(
        Aligned, label="Do bail conditions and orders fit the risk?", called="Whether bail fits", needed="Say whether bail fits",
        reveals={Aligned.NO: ["bail_words"]},
    )  # fmt: skip
    bail_words = LongText(
        label="What must be changed, and who asks for it?", called="What must be changed in bail",
        needed="Say what must be changed", min_length=10, max_length=2000, rows=2,
    )  # fmt: skip
    partners = Choice(
        Aligned, label="Does what partners do fit the risk?", called="Whether what partners do fits",
        needed="Say whether what partners do fits", reveals={Aligned.NO: ["partners_words"]},
        hint="IDVA, children’s services, housing, health, probation.",
    )  # fmt: skip
    partners_words = LongText(
        label="What must be changed, and who asks for it?", called="What must be changed with partners",
        needed="Say what must be changed", min_length=10, max_length=2000, rows=2,
    )  # fmt: skip
    stage = Number(
        label="Which of the eight stages is it at? (optional)", called="The stage", required=False, min_value=1, max_value=8,
        hint="From 1 to 8, where you can tell. From 5 on: the grade is high, or you say why not.",
    )  # fmt: skip
    stage_words = LongText(
        label="What shows it? (optional)", called="What shows the stage", required=False, max_length=2000, rows=2
    )

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject
        if subject is not None and not subject.kind.aligns:
            for name in ("bail", "bail_words", "partners", "partners_words"):
                del self.fields[name]

    def clean_outcome(self) -> str:
        sentence = _("What you found must be %(count)s characters or more")
        return long_enough(self.cleaned_data["outcome"], "raise_least", sentence)

    def clean_grade(self) -> str:
        """Raise ValidationError where it is lower than the case's grade now."""
        chosen: str = self.cleaned_data["grade"]
        now = current_grades([self.subject.case_id]).get(self.subject.case_id, "")
        if rank(chosen) < rank(now):
            words = _("The grade is %(grade)s now. A review does not lower it: use Lower the grade")
            raise ValidationError(words % {"grade": _(str(Grade(now).label))})
        return chosen

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        words = said.get("stage_words", "").strip()
        if said.get("stage") and not words:
            self.add_error("stage_words", _("Say what shows the stage"))
        elif (said.get("stage") or 0) >= ESCALATES and said.get("grade") not in (Grade.HIGH, None) and len(words) < 60:
            sentence = _("From stage 5 on the risk escalates. Choose High, or say in 60 characters or more why not")
            self.add_error("stage_words", sentence)
        return said


class ReviewNotNeeded(EvidenceForm):
    outcome = LongText(
        label="Why is it not needed?", called="The reason", needed="Say why it is not needed", min_length=20, max_length=4000,
        rows=3, hint="Whoever asked reads this.",
    )  # fmt: skip


class AnswerRead(EvidenceForm):
    """Whoever asked has read what was decided. Nothing more is asked."""
