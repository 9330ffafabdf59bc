"""What is said when a restricted case is opened in an emergency, and when somebody looks into it afterwards."""

from __future__ import annotations

from typing import Any

from workflow.forms import Choice, EvidenceForm, LongText, Reason, ShortText, Tick

EMERGENCIES: tuple[tuple[str, str, str], ...] = (
    ("danger", "Somebody is in danger now", ""),
    ("attending", "Officers are at, or on the way to, the address", ""),
    ("missing", "Somebody on the case is missing or cannot be reached", ""),
    ("custody", "A decision about custody or release cannot wait", ""),
    ("other", "Another emergency", ""),
)
FINDINGS: tuple[tuple[str, str, str], ...] = (
    ("justified", "There was good reason for it", ""),
    ("advice", "There was some reason; they have been given advice", ""),
    ("unjustified", "There was no good reason; it is being investigated", ""),
    ("mistake", "It was a mistake or a coincidence", ""),
)


class EmergencyReason(EvidenceForm):
    """Why it cannot wait. Every answer opens; each is looked into afterwards."""

    code = Choice(choices=EMERGENCIES, label="What is the emergency?", needed="Choose what the emergency is")
    words = LongText(
        label="Why can it not wait?", needed="Say why it cannot wait", max_length=1000, rows=3,
        hint="One sentence is enough. Professional standards read it.",
    )  # fmt: skip


class EmergencyOpening(EmergencyReason):
    """The same as a page asks it: of which case, and whether they can prove again who they are."""

    reference = ShortText(
        label="Which case?", called="The reference", needed="Enter the reference of the case", max_length=20,
        hint="For example DA-2026-000123",
    )  # fmt: skip
    cannot_prove = Tick(label="I cannot prove now who I am. Open it all the same", required=False)
    field_order = ("reference", "code", "words", "cannot_prove")

    def __init__(self, *args: Any, named: bool = False, proved: bool = False, **rest: Any) -> None:
        """`named`: the case is known without asking. `proved`: they have proved who they are."""
        super().__init__(*args, **rest)
        if named:
            del self.fields["reference"]
        if proved:
            del self.fields["cannot_prove"]

    def clean_reference(self) -> str:
        said: str = self.cleaned_data["reference"]
        return said.strip().upper()

    def clean_cannot_prove(self) -> bool:
        said: bool = self.cleaned_data["cannot_prove"]
        if not said:
            self.add_error("cannot_prove", "Prove who you are, or tick that you cannot now")
        return said


class Finding(Reason):
    """What professional standards found."""

    verdict = Choice(choices=FINDINGS, label="What did you find?", needed="Choose what you found")
    reason = LongText(
        label="What did you look at, and what did you do?", called="What you did", needed="Say what you looked at",
        min_length=10, max_length=4000, rows=4,
    )  # fmt: skip
    field_order = ("verdict", "reason")


class KnownToHolder(Reason):
    reason = LongText(
        label="What do you know of the emergency?", called="What you know", needed="Say what you know of it", rows=3,
        min_length=2, max_length=4000, hint="Professional standards read it. If you know nothing of it, say so.",
    )  # fmt: skip
