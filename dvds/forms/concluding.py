"""What is said at the end: how the subject is managed, what was given, and the final report (A10, A11, D7)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from cases.forms.safety import PersonField
from cases.models.answers import YesOrNo
from dvds.models import Application, FinalReport, ManagedBy, Outcome, Pack
from dvds.models.outcomes import outcomes_for
from workflow.forms import Choice, Choices, DayField, EvidenceForm, LongText, MomentField, ShortText, Tick

SOMEBODY = "Say who watches from now on: a colleague, or who it is in words"
ALONE = "Nobody, or somebody: choose one of the two"


class Managed(EvidenceForm):
    """MAPPA, IOM or another way is considered whatever was decided (S756), and somebody watches (S758)."""

    routes = Choices(
        ManagedBy,
        label="How is the subject managed from now on?",
        called="How the subject is managed",
        needed="Say how the subject is managed, or that it was considered and is not needed",
        hint="Where none of the first three takes him on, the local policing team is told.",
    )
    reasons = LongText(
        label="Why?", called="The reasons", needed="Say why", min_length=10, max_length=2000, rows=3,
        hint="MAPPA, integrated offender management or another way is considered whatever was decided.",
    )  # fmt: skip
    owner = PersonField(label="Which colleague watches? (optional)", called="The colleague", required=False)
    owner_words = ShortText(
        label="Or who else? (optional)",
        called="Who else",
        required=False,
        max_length=200,
        hint="For example: Northgate neighbourhood team.",
    )
    review_on = DayField(
        label="When is it looked at again?", called="The day", future=True,
        hint="Somebody watches him from now on, and looks again on this day.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        routes = set(said.get("routes") or [])
        if ManagedBy.NOBODY in routes and len(routes) > 1:
            self.add_error("routes", ALONE)
        if not (said.get("owner") or said.get("owner_words")) and "owner" not in self.errors:
            self.add_error("owner", SOMEBODY)
        return said


class Concluded(EvidenceForm):
    """What stands at every end, of one that was not progressed too: support, helpline, pack (I9)."""

    wants_subject = True

    outcome = Choice(
        Outcome,
        label="How did it end?",
        called="The outcome",
        needed="Say how it ended",
        hint="Not told is six different things: choose the one that it was.",
    )
    support = ShortText(
        label="Which support was offered?",
        called="Which support",
        needed="Say which support was offered",
        max_length=300,
        hint="Local domestic abuse services, by name. Also where it did not go on.",
    )
    helpline = Choice(
        [(YesOrNo.YES, "Yes")],
        label="Was the national helpline given, 0808 2000 247?",
        called="Whether the helpline was given",
        needed="Give the helpline first: it is given whatever was decided",
        hint="It is given to everybody, whatever was decided and wherever it stopped.",
    )
    pack = Choice(
        Pack, label="What became of the pack with support?", called="What became of the pack",
        needed="Say what became of the pack",
        hint="General support, offered in person and never sent.",
    )  # fmt: skip
    words = LongText(
        label="Anything else? (optional)", called="What else", required=False, max_length=2000, rows=3,
        hint="What no other box asks, and whoever opens this in years must know.",
    )  # fmt: skip
    retention_group = ShortText(
        label="Retention group (optional)",
        called="The retention group",
        required=False,
        max_length=40,
        width=20,
        hint="As the force’s policy for the review, retention and disposal of information has it.",
    )

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if subject is not None and subject.pk:
            allowed = outcomes_for(subject)
            field: Any = self.fields["outcome"]
            field.choices = [(value, words) for value, words in field.choices if value in allowed]
            if len(allowed) == 1:
                self.initial["outcome"] = allowed[0]


class Submitted(EvidenceForm):
    """The report is in the intelligence system, under a number (S762)."""

    wants_subject = True

    reference = ShortText(
        label="Under which number was it submitted?",
        called="The number",
        needed="Enter the number of the report",
        max_length=80,
        width=20,
        hint="Each application ends with a final intelligence report, whatever came of it. Without its number "
        "nothing closes.",
    )
    submitted_at = MomentField(
        label="When was it submitted?", called="The time", past=True,
        hint="When it was submitted, not when it is written down here. It is due within 24 hours, the force’s own limit.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: FinalReport | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if subject is not None and subject.pk:
            self.fields["submitted_at"].not_before = subject.application.first_contact_at  # type: ignore[attr-defined]
            self.fields["submitted_at"].not_before_is = "the first contact"  # type: ignore[attr-defined]


class Uploaded(EvidenceForm):
    """It can be found: through PND by every force, and in the systems of the agencies (S3-212, S3-213)."""

    wants_subject = True

    uploaded_at = MomentField(
        label="When could it be found?", called="The time", past=True,
        hint="Every force must be able to find it, so that several requests about one person show. It is due "
        "within 72 hours.",
    )  # fmt: skip
    found = Tick(
        label="It was looked for through PND, and found", called="That it was found",
        hint="Look it up as another force would. What cannot be found warns nobody.",
    )  # fmt: skip
    local = Tick(
        label="It stands in our own system with every name, birth date and part",
        called="That it stands in our own system",
        hint="Whoever searches for any of them must find it, here and elsewhere.",
    )
    agencies = ShortText(
        label="Which agencies have it in their systems?",
        called="Which agencies",
        needed="Say which agencies have it, or none and why",
        max_length=500,
        hint="It stands in the systems of local agencies too, not in those of the police alone.",
    )
    review_on = DayField(
        label="When is it reviewed?", called="The day of the review", future=True,
        hint="What is kept is looked at again on a day, and kept only as long as policing needs it.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: FinalReport | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject if subject is not None and subject.pk else None

    def clean_uploaded_at(self) -> Any:
        at = self.cleaned_data["uploaded_at"]
        if self.subject and self.subject.submitted_at and at < self.subject.submitted_at:
            raise ValidationError("It cannot have been found before it was submitted. Check the day and the time.")
        return at
