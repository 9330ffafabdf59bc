"""What is said of an interview: its plan, and the summary of what was said."""

from __future__ import annotations

from typing import Any

from cases.models import Interview, Involvement
from cases.models.interview import InterviewKind
from cases.models.known_here import known_here
from workflow.forms import Choice, EvidenceForm, LongText, ModelSection, MomentField, Reason, ShortText

PARTS = (Involvement.Part.SUSPECT, Involvement.Part.VICTIM, Involvement.Part.WITNESS)


class NewInterview(EvidenceForm):
    """With whom, and of which kind. Children are interviewed by those trained for it, in a case of theirs."""

    wants_subject = True

    involvement = Choice(
        label="Who is interviewed?", called="Who is interviewed", needed="Choose who is interviewed", coerce=int
    )
    kind = Choice(InterviewKind, label="Of which kind?", called="The kind", needed="Choose the kind of interview")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        case = getattr(subject, "case_id", None)
        here = known_here(case)
        rows = Involvement.objects.standing().filter(case=case, part__in=PARTS).order_by("pk") if case else []
        newest = {row.person_id: row.pk for row in rows}
        words = dict(here.choices)
        field: Any = self.fields["involvement"]
        field.choices = [(pk, words.get(person, "")) for person, pk in newest.items()]


class InterviewPlan(ModelSection):
    """Planned before anybody sits down: what for, in which order, what must be proved, what the person needs."""

    aims = LongText(label="What is the interview for?", called="The aims", max_length=4000, rows=3)
    topics = LongText(
        label="Which topics, in which order?", called="The topics", max_length=4000, rows=5,
        hint="The relationship first, then control and coercion, then each event. One line for each.",
    )  # fmt: skip
    to_prove = LongText(
        label="What must be proved, and what may be said against it?", called="Points to prove", max_length=4000, rows=4,
        hint="Of each offence. For a statement: what the account must cover, and injuries, fear, earlier events.",
    )  # fmt: skip
    needs = LongText(
        label="What does the person need?", called="Their needs", max_length=2000, rows=3,
        hint="Interpreter, intermediary, appropriate adult, breaks, who must not be there. None is an answer.",
    )  # fmt: skip
    who = ShortText(label="Who interviews, and who is with the person?", called="Who is there", max_length=300)
    needed = {
        "aims": "Say what the interview is for",
        "topics": "Say which topics, in which order",
        "to_prove": "Say what must be proved",
        "needs": "Say what the person needs, or that there is nothing",
        "who": "Say who interviews, and who is with the person",
    }

    class Meta:
        model = Interview
        fields = ["aims", "topics", "to_prove", "needs", "who"]


class InterviewHeld(EvidenceForm):
    """What was said, where the recording is, and what follows."""

    held_at = MomentField(label="When was it held?", called="The interview", needed="Say when it was held", past=True)
    summary = LongText(
        label="What was said?", called="The summary", needed="Say what was said", min_length=20, max_length=8000, rows=10,
        hint="By topic. Their own words where they matter; what was admitted, denied, not answered.",
    )  # fmt: skip
    kept_where = ShortText(
        label="Reference of the recording or statement",
        needed="Enter the reference of the recording or statement",
        max_length=100,
    )
    follow_up = LongText(
        label="What follows from it?", called="What follows", needed="Say what follows from it, or that nothing does",
        max_length=4000, rows=4, hint="Lines of enquiry, new offences, changes of risk: who does what.",
    )  # fmt: skip


class NotHeld(Reason):
    reason = LongText(
        label="Why was it not held?", called="Why it was not held", needed="Say why it was not held", min_length=10,
        max_length=4000, rows=3,
    )  # fmt: skip


class PlanIsSent(EvidenceForm):
    note = LongText(
        label="Anything your supervisor should know? (optional)",
        called="The note",
        required=False,
        rows=3,
        max_length=2000,
    )
