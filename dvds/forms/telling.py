"""What is said of a telling: each visit, the words, the promise, and how it ended otherwise (D5)."""

from __future__ import annotations

from typing import Any

from cases.models.answers import YesOrNo
from dvds.models import Advised, Pack, Reconsidered, Telling
from workflow.forms import Choice, Choices, EvidenceForm, LongText, MomentField, Reason, ShortText, Tick

#: All three, each time: the law in a line.
EACH_ADVISED = "Not until each was said: what it is for, that it is not passed on, what the law says."


class Visited(EvidenceForm):
    """A visit: when, where, by whom. Always in person; always within the plan of safe contact."""

    at = MomentField(
        label="When?",
        called="The time",
        past=True,
        hint="When it truly was. A visit outside the days and hours of the plan is refused.",
    )  # type: ignore[assignment]  # the form’s own `at` is of the instance
    place = ShortText(
        label="Where?",
        called="The place",
        max_length=200,
        needed="Say where",
        hint="The place that the safe contact plan names; another only with a supervisor’s leave beforehand.",
    )
    by_whom = ShortText(
        label="Who was there for us?", called="Who was there", max_length=200, needed="Say who was there for us",
        hint="Each by name and role: it is done in person, by those the forum chose.",
    )  # fmt: skip


class WordsSaid(Visited):
    """What is kept of a telling. The words are kept as they were said; nothing of them is left there (I2)."""

    identity = ShortText(
        label="How was it made sure who they are?",
        called="How it was made sure who they are",
        max_length=300,
        needed="Say how it was made sure who they are",
        hint="Said to the wrong person it protects nobody. A document, or somebody who knows them.",
    )
    text = LongText(
        label="The words, exactly as they were said",
        called="The words",
        needed="Write down the words as they were said",
        min_length=10,
        max_length=4000,
        rows=6,
        hint="Kept by the police alone. They are never changed afterwards and never given to anybody.",
    )
    spent_checked = Tick(
        label="It was checked today that nothing of it is spent",
        called="That nothing is spent",
        hint="What is spent is never told, and a conviction may become spent while a case waits.",
    )
    advised = Choices(
        Advised,
        label="What was said before?",
        called="What was said before",
        needed=EACH_ADVISED,
        hint="The words to say stand at the top of this page.",
    )
    response = LongText(
        label="How did they take it, and what do they want?",
        called="How they took it",
        needed="Say how they took it",
        max_length=2000,
        rows=3,
        hint="What they understood, and what they will do now. The plan is changed by it.",
    )
    plan_gone_through = Tick(
        label="The safety plan was gone through with them", called="That the plan was gone through",
        hint="Nothing is told without a plan that goes with it.",
    )  # fmt: skip
    nothing_left = Choice(
        [(YesOrNo.YES, "Nothing was left in writing")],
        label="What was left there?",
        called="What was left there",
        needed="Nothing may be left in writing. Fetch it, then say so",
        hint="No note, no card with our name, no leaflet about this.",
    )
    pack = Choice(
        Pack,
        label="What became of the pack with support?",
        called="What became of the pack",
        needed="Say what became of the pack",
        hint="General support alone, offered in person; never sent.",
    )
    follow_up = ShortText(
        label="Who follows it up, and when?",
        called="Who follows it up",
        max_length=300,
        needed="Say who follows it up and when",
        hint="To know is not to be safe. Somebody asks after them, safely, on a day that is named.",
    )

    def clean_advised(self) -> list[str]:
        said: list[str] = self.cleaned_data["advised"]
        if set(said) != set(Advised.values):
            self.add_error("advised", EACH_ADVISED)
        return said


class Promised(EvidenceForm):
    signature = LongText(
        label="Who signed the promise, and where is the paper kept?",
        called="The signature",
        needed="Say who signed, and where it is kept",
        max_length=500,
        rows=2,
        hint="Signed by them and by you; the police keep it. Where they refuse, use “The promise was refused”.",
    )


class TellingSaid(WordsSaid, Promised):
    """D5. Where the promise was refused and it is told all the same, no signature is asked for."""

    wants_subject = True

    to_chosen = Choice(
        [(YesOrNo.YES, "Yes, to nobody else"), (YesOrNo.NO, "No, to somebody else as well or instead")],
        label="Was it told to whom the forum chose?",
        called="Whether it was told to whom the forum chose",
        needed="Say whether it was told to whom the forum chose",
        hint="The forum decides who is told. Anybody else is another decision.",
    )
    field_order = (
        "at",
        "place",
        "by_whom",
        "to_chosen",
        "identity",
        "advised",
        "signature",
        "text",
        "spent_checked",
        "response",
        "plan_gone_through",
        "nothing_left",
        "pack",
        "follow_up",
    )

    def __init__(self, *args: Any, subject: Telling | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if subject is not None and subject.pk and subject.reconsidered == Reconsidered.TELL:
            del self.fields["signature"]

    def clean_to_chosen(self) -> str:
        said: str = self.cleaned_data["to_chosen"]
        if said == YesOrNo.NO:
            self.add_error("to_chosen", "Only whom the forum chose is told. Bring it back for another decision.")
        return said


class PromiseRefused(EvidenceForm):
    """S3-247: never a veto. What they said, and whether the plan works without telling."""

    refused_because = LongText(
        label="Why was the promise refused?",
        called="Why it was refused",
        needed="Say why the promise was refused",
        min_length=5,
        max_length=2000,
        rows=2,
        hint="What they fear may show what else is unsafe. A refusal is written down and thought over.",
    )
    reconsidered_because = LongText(
        label="Does the safety plan work without telling, and can it be made better? What follows?",
        called="What was reconsidered",
        needed="Say what was reconsidered and what follows",
        min_length=10,
        max_length=2000,
        rows=4,
        hint="Look at the plan again. If telling is necessary for safety, it is told all the same.",
    )


class NotTold(Reason):
    reason = LongText(
        label="Why is it not told, and what keeps her safe?",
        called="The reason",
        needed="Say why it is not told and what keeps her safe",
        min_length=10,
        max_length=2000,
        rows=3,
        hint="A refused promise is no veto. It is withheld only where the plan keeps her safe without it.",
    )


class Declined(Visited):
    """The recipient did not want to hear it: their own outcome, never counted as not told (H8)."""

    why_not = LongText(
        label="What did they say?",
        called="What they said",
        needed="Say what they said",
        min_length=5,
        max_length=2000,
        rows=3,
        hint="Not to want to know is theirs to choose, and is counted apart. What they said may show what is unsafe.",
    )
    pack = Choice(
        Pack, label="What became of the pack with support?", called="What became of the pack",
        needed="Say what became of the pack",
        hint="General support alone, offered in person; never sent.",
    )  # fmt: skip
    follow_up = ShortText(
        label="Who follows it up, and when?",
        called="Who follows it up",
        max_length=300,
        needed="Say who follows it up and when",
        hint="Whoever does not want to hear it today may ask another day. Say who keeps the way open, and how safely.",
    )


class NotReached(EvidenceForm):
    why_not = LongText(
        label="What was tried, and why can they not be reached safely?",
        called="What was tried",
        min_length=10,
        max_length=2000,
        needed="Say what was tried and why they cannot be reached",
        rows=3,
        hint="Each try within the plan, and what stood in the way. Nobody is given up whom nobody tried to reach.",
    )
    welfare = LongText(
        label="What if something has happened to them: what was done about it?",
        called="What was done about their welfare",
        rows=3,
        needed="Say what was done about their welfare",
        min_length=10,
        max_length=1500,
        hint="Not to be reached may itself be a sign of danger.",
    )
