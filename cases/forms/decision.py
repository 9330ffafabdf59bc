"""What is said of a decision, under the five headings of the National Decision Model, with the Code of Ethics in the middle."""

from __future__ import annotations

from cases.models.decision_log import HEADINGS, WORDS, DecisionKind
from workflow.forms import EvidenceForm, LongText, MomentField, Pick, ShortText

PROMPTS = {
    "information": ("What is known, and who says so?", "What is not known yet, and how is it found out?"),
    "threat": (
        "Who could be harmed, how badly, how soon?",
        "What makes it better or worse?",
        "What if nothing is done?",
    ),
    "powers": ("Which powers are there, and which fit?", "Which orders, conditions or policies apply?"),
    "options": ("What else could be done, and why not?", "What if it goes wrong?"),
    "action": ("What is done, by whom, by when?", "Who is told?", "When is it looked at again?"),
}
ETHICS = (
    "What would the person harmed think of it?",
    "Would I explain it in public as I write it here?",
    "Is it fair to each?",
)


def heading(name: str, label: str, ask: str) -> LongText:
    return LongText(
        label=label, called=label, needed=f"Say something under {label}", hint=ask, prompts=PROMPTS[name], max_length=WORDS,
        rows=3, min_length=3,
    )  # fmt: skip


class DecisionSaid(EvidenceForm):
    """All five headings; the Code of Ethics is a prompt, and a box for whoever has something to say of it."""

    kind = Pick(
        DecisionKind, label="What is the decision about?", called="What it is about", needed="Choose what it is about"
    )
    what = ShortText(
        label="What was decided?", needed="Say what was decided", max_length=300, min_length=5,
        hint="In one line. For example: no arrest tonight, she is moved to the refuge first.",
    )  # fmt: skip
    decided_at = MomentField(
        label="When was it decided?", called="The decision", needed="Say when it was decided", past=True
    )
    information, threat, powers, options, action = (heading(*row) for row in HEADINGS)
    ethics = LongText(
        label="Code of Ethics (optional)", called="Code of Ethics", prompts=ETHICS, prompts_title="In the middle of the model",
        max_length=WORDS, rows=2, required=False, hint="Whatever was weighed that stands under no other heading.",
    )  # fmt: skip
