"""What may be said about risk: how it was asked, why it stopped, the reasons, the grade."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from risk.further import OPENINGS
from risk.models import Assessment, Grade, RiskThreshold, current_grades, rank, rows_of
from risk.models.grading import expected
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Reason, Tick

STOPPED = Assessment.Stopped


def long_enough(value: str, threshold: str, sentence: str, **said: str) -> str:
    """Refuse what is shorter than the number in force today: a `RiskThreshold`, named in the sentence as %(count)s."""
    least = RiskThreshold.objects.in_force(timezone.localdate())[threshold]
    if len(value.strip()) < least:
        raise ValidationError(sentence % {"count": least, **said}, code="min_length")
    return value


class HowAsked(EvidenceForm):
    """How the questions are put. Nothing else is needed to begin."""

    asked_how = Choice(Assessment.Asked, label="How are the questions asked?", needed="Say how the questions are asked")


class FurtherSetBegun(EvidenceForm):
    """Which further set is begun. It is asked in the same way as the assessment that it follows."""

    code = Choice(
        [(row.code, row.name) for row in OPENINGS.values()], label="Which set of questions?", needed="Choose the set"
    )


class WhyStopped(EvidenceForm):
    """Why the victim does not go on, in a code and in words; the officer completes the rest."""

    stopped_code = Choice(
        STOPPED, label="Why do the questions stop?", needed="Say why the questions stop",
        reveals={STOPPED.UNFIT: ["recheck_at"]},
    )  # fmt: skip
    recheck_at = MomentField(
        label="When will you ask again?", called="The time to ask again", required=False, future=True
    )
    stopped_words = LongText(
        label="What happened?", needed="Say what happened", min_length=10, max_length=2000, rows=3,
        hint="One sentence is enough: what was said or seen.",
    )  # fmt: skip
    fill = Tick(
        label="Mark the questions that are left Declined (or Not asked, where nobody refused)", required=False,
        hint="You can still change each of them to what you saw or what is on record.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("stopped_code") == STOPPED.UNFIT and not said.get("recheck_at") and "recheck_at" not in self.errors:
            self.add_error("recheck_at", "Say when you will ask again")
        return said


class AboutAssessment(EvidenceForm):
    """A form that must look at the assessment it is about."""

    wants_subject = True

    def __init__(self, *args: Any, subject: Assessment, **rest: Any) -> None:
        self.subject = subject
        super().__init__(*args, **rest)

    def least(self, name: str, value: str, called: str) -> str:
        return long_enough(value, name, _("%(name)s must be %(count)s characters or more"), name=_(called))


class ReasonsFirst(AboutAssessment):
    """The reasons, said before the count is shown so that the number does not make the decision."""

    reasons = LongText(label="Your reasons", called="Your reasons", needed="Write your reasons", max_length=4000)

    def clean_reasons(self) -> str:
        return self.least("reasons_least", self.cleaned_data["reasons"], "Your reasons")


class ChosenGrade(AboutAssessment):
    """A grade, and why it is below what guidance expects where it is."""

    grade = Choice(Grade, label="Grade", needed="Choose a grade")
    why_below = LongText(
        label="Why not High?", called="Why not High", required=False, min_length=10, max_length=2000, rows=2
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        advice = expected(rows_of(self.subject)) if said.get("grade") else None
        below = advice is not None and rank(said["grade"]) < rank(advice.grade)
        if below and not said.get("why_below") and "why_below" not in self.errors:
            self.add_error("why_below", "Say why not High: guidance expects it here")
        if not below:
            said["why_below"] = ""
        return said


class RaisedGrade(AboutAssessment, Reason):
    """A higher grade and its reason. It takes effect at once and needs nobody's approval."""

    grade = Choice(
        [choice for choice in Grade.choices if choice[0] != Grade.STANDARD], label="Raise to", needed="Choose a grade"
    )
    reason = LongText(
        label="Why is the risk higher?", called="The reason", needed="Say why the risk is higher", max_length=4000
    )
    field_order = ("grade", "reason")

    def clean_reason(self) -> str:
        return self.least("raise_least", self.cleaned_data["reason"], "The reason")

    def clean_grade(self) -> str:
        """Raise ValidationError unless it is higher than the case's grade now."""
        now = current_grades([self.subject.case_id]).get(self.subject.case_id, "")
        chosen: str = self.cleaned_data["grade"]
        if rank(chosen) <= rank(now):
            words = _("The grade is %(grade)s already. Raising must make it higher.")
            raise ValidationError(words % {"grade": _(str(Grade(now).label))})
        return chosen
