"""What is said when a grade is lowered, and when the victim was spoken to afterwards (R-16, R-17)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models.answers import YesOrNo
from risk.forms.evidence import long_enough
from risk.models import Downgrade, RiskThreshold, current_grades, no_reasons_in
from workflow.forms import Choice, DayField, EvidenceForm, LongText, MomentField, ShortText, Tick

R = Downgrade.Reason
LAST_DAY = "On that day the grade comes back by itself, unless somebody has decided otherwise."


class GradeSeen(ShortText):
    """The grade that stood on the page when it was decided. Shown again the page has the grade of now, and so has this."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class LoweredGrade(EvidenceForm):
    """Why, until when, and whether the victim was spoken to. How far is not asked: one level."""

    wants_subject = True

    seen_grade = GradeSeen(label="The grade that is lowered", required=False, max_length=10, widget=forms.HiddenInput())
    reason = Choice(
        R, label="Why can the grade be lower?", needed="Choose why the grade can be lower",
        hint="Workload, a full MARAC, support declined, no reply or time gone by are no reasons.",
        reveals={R.CUSTODY: ["custody_ends"], R.ORDER: ["kept_since", "order_ends"]},
    )  # fmt: skip
    custody_ends = DayField(
        label="When is the suspect released, as far as is known?",
        called="The day of release",
        future=True,
        hint=LAST_DAY,
    )
    kept_since = DayField(label="Since which day is the order in force and kept?", called="The day", past=True)
    order_ends = DayField(label="When does the order end?", called="The day the order ends", future=True, hint=LAST_DAY)
    words = LongText(
        label="What has changed?", called="What has changed", needed="Say what has changed", max_length=4000, rows=4,
        hint="The fact, who found it, and how it answers what made the grade higher. Three or four sentences.",
    )  # fmt: skip
    not_that = Tick(
        label="Words that are no reason stand in what I wrote; my reason is another", required=False,
        hint="Tick only where you were told so. An inspector looks at it.",
    )  # fmt: skip
    spoken = Choice(
        YesOrNo, label="Was the victim spoken to about this?", needed="Say whether the victim was spoken to", inline=True,
        hint="If not, the lower grade is provisional: after 7 days it comes back by itself.",
        reveals={YesOrNo.YES: ["spoken_at", "spoken_how", "spoken_words"], YesOrNo.NO: ["why_not"]},
    )  # fmt: skip
    spoken_at = MomentField(label="When?", called="The time", past=True)
    spoken_how = Choice(Downgrade.How, label="How?", called="How", needed="Say how")
    spoken_words = LongText(
        label="What came of it?", called="What came of it", needed="Say what came of it", min_length=10, max_length=4000,
        rows=3, hint="What the victim says of the risk now, and of a lower grade.",
    )  # fmt: skip
    why_not = LongText(
        label="Why not, and what is tried next?", called="Why not", needed="Say why not, and what is tried next", min_length=10,
        max_length=4000, rows=3,
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject
        self.flagged: list[str] = []
        if subject is not None and subject.case_id:
            self.initial["seen_grade"] = current_grades([subject.case_id]).get(subject.case_id, "")

    def clean_words(self) -> str:
        """Long enough to be a reason: the number is a `RiskThreshold`."""
        sentence = _("What has changed must be %(count)s characters or more")
        return long_enough(self.cleaned_data["words"], "lower_least", sentence)

    def clean_kept_since(self) -> date | None:
        since: date | None = self.cleaned_data["kept_since"]
        least = RiskThreshold.objects.in_force(timezone.localdate())["order_kept_days"]
        if since and since > timezone.localdate() - timedelta(days=least):
            said = _("The order must have been in force and kept for %(count)s days or more")
            raise ValidationError(said % {"count": least})
        return since

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self.refuse_no_reason(said)
        if said.get("reason") == R.SPECIALIST and said.get("spoken") == YesOrNo.NO:
            self.add_error("spoken", _("A specialist’s assessment is a reason only where the victim was spoken to"))
        elif said.get("spoken") == YesOrNo.NO and lapsed_before(self.subject):
            words = "The grade was lowered before and came back because nobody spoke to the victim. Speak to the victim first"
            self.add_error("spoken", _(words))
        return said

    def refuse_no_reason(self, said: dict[str, Any]) -> None:
        """R-16: what is no reason is named, and passes only where its author says that the reason is another."""
        self.flagged = no_reasons_in(said["words"]) if said.get("words") else []
        if self.flagged and not said.get("not_that"):
            words = _(
                "This is no reason to lower a grade: %(what)s. Say what has changed, or tick that it is not your reason"
            )
            self.add_error("words", words % {"what": ", ".join(self.flagged)})
        said["flagged"] = self.flagged


def lapsed_before(downgrade: Any) -> bool:
    """Whether the last lowering of the case lapsed. Index: downgrade_of_case."""
    if downgrade is None or not downgrade.case_id:
        return False
    states = Downgrade.objects.standing().filter(case=downgrade.case_id).order_by("-pk").values_list("state", flat=True)
    return bool(states.first() == Downgrade.State.LAPSED)


class SpokenTo(EvidenceForm):
    """The victim was spoken to after all, and the lower grade holds."""

    wants_subject = True

    spoken_at = MomentField(label="When?", called="The time", past=True)
    spoken_how = Choice(Downgrade.How, label="How?", called="How", needed="Say how")
    spoken_words = LongText(
        label="What came of it?", called="What came of it", needed="Say what came of it", min_length=10, max_length=4000,
        rows=3, hint="If the risk is higher than was thought, raise the grade instead.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject

    def clean_spoken_at(self) -> datetime:
        """What was said before the grade was lowered says nothing of the lower grade."""
        said: datetime = self.cleaned_data["spoken_at"]
        if self.subject is not None and said < self.subject.recorded_at.replace(second=0, microsecond=0):
            raise ValidationError(_("The time must be after the grade was lowered: speak to the victim about that"))
        return said
