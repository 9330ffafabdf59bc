"""What is known only after the decision to arrest or not: attempts, attendance, a later arrest, custody (A.7)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.forms.arrest import HOW_KNOWN, LOOK_FOR, SAY_HOW_KNOWN, WHO_BEGAN, other_arrests
from cases.forms.incident import spoken
from cases.models.answers import AttemptResult, CodeG, Disposal, Release, YesOrNo
from workflow.forms import Choice, Choices, EvidenceForm, LongText, MomentField, ShortText


class Attempt(EvidenceForm):
    tried_at = MomentField(label="When?", called="Time of the attempt", past=True)
    place = ShortText(
        label="Where?", called="Where the attempt was made", needed="Say where you looked", max_length=300
    )
    result = Choice(AttemptResult, label="What came of it?", needed="Choose what came of it")
    more = LongText(label="Anything else? (optional)", called="Anything else", required=False, max_length=2000, rows=2)


class Attended(EvidenceForm):
    attended = Choice(YesOrNo, label="Did the suspect attend?", needed="Say whether the suspect attended", inline=True)
    attended_words = LongText(
        label="What came of it?", called="What came of it", needed="Say what came of it", max_length=2000, rows=3,
        hint="For example: interviewed, bail not needed. If they did not come: what happens now.",
    )  # fmt: skip


class LaterArrest(EvidenceForm):
    wants_subject = True
    arrested_at = MomentField(label="When?", called="Time of the arrest", past=True)
    place = ShortText(
        label="Where?", called="Place of the arrest", needed="Say where the arrest was made", max_length=300
    )
    offences = ShortText(label="For what?", needed="Say what the arrest was for", max_length=500)
    necessity = Choices(CodeG, label="Why was the arrest necessary?", hint="Code G. Choose all that apply.")
    camera_on = Choice(YesOrNo, label="Was body-worn video on?", inline=True)
    primary = Choice(
        YesOrNo, label=WHO_BEGAN, needed="Say whether this is the primary perpetrator", hint=LOOK_FOR, required=False
    )
    primary_why = LongText(
        label="How do you know?", called=HOW_KNOWN, needed=SAY_HOW_KNOWN, max_length=2000, rows=3, required=False
    )

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject
        self.others = list(other_arrests(subject)) if subject else []
        for name in ("primary", "primary_why"):
            if self.others:
                self.fields[name].required = True
            else:
                del self.fields[name]

    def clean_primary(self) -> str:
        """One at most: what was said of another is changed in the record itself, where it is looked at by a supervisor."""
        said = str(self.cleaned_data["primary"])
        if said == YesOrNo.YES and any(row.primary == YesOrNo.YES for row in self.others):
            words = _("Somebody else is recorded as the primary perpetrator. Choose No, or change the record first")
            raise ValidationError(words)
        return said

    def clean_arrested_at(self) -> Any:
        taken = self.cleaned_data["arrested_at"]
        began = self.subject and (self.subject.incident.occurred_from or self.subject.incident.reported_at)
        if taken and began and taken < began:
            words = _("Time of the arrest must be after it happened, %(moment)s")
            raise ValidationError(words % {"moment": spoken(began)})
        return taken


class Custody(EvidenceForm):
    custody_ref = ShortText(label="Custody reference", max_length=40, required=False)
    relevant_time = MomentField(
        label="Relevant time (optional)", called="Relevant time", past=True, required=False,
        hint="Normally the arrival at the station. The detention clock runs from it.",
    )  # fmt: skip
    disposal = Choice(
        Disposal, label="What did custody come to? (optional)", called="What custody came to", required=False
    )
    release = Choice(
        Release, label="How did they leave custody? (optional)", called="How they left custody", required=False
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(said.values()) and not self.errors:
            raise ValidationError("Say at least one of these.")
        return said
