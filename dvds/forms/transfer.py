"""What is said when a consideration is offered to another force, and what that force answered (B4)."""

from __future__ import annotations

from workflow.forms import EvidenceForm, LongText, MomentField, Reason, ShortText


class ForceOffered(EvidenceForm):
    """To which force, and who there has heard of it by voice."""

    force = ShortText(
        label="To which force?", called="The force", needed="Say to which force", max_length=120,
        hint="The force where the person at risk lives leads. Until it accepts, every limit stays with us.",
    )  # fmt: skip
    contact = ShortText(
        label="Who is spoken with there?", called="Who there", needed="Say who there", max_length=200,
        hint="Somebody by name, told by voice: an offer that nobody heard keeps nobody safe.",
    )  # fmt: skip
    why = LongText(
        label="Why is it for them, and what have we done already?", called="Why", needed="Say why it is for them", min_length=10,
        max_length=2000, rows=3, hint="Danger is answered here first, whoever leads.",
    )  # fmt: skip


class ForceAnswered(EvidenceForm):
    """Who answered there, when, and under which number they have it."""

    answered_at = MomentField(
        label="When did they answer?", called="When they answered", past=True,
        hint="Until they accept, every limit is ours. So it is kept when that ended.",
    )  # fmt: skip
    answered_by = ShortText(
        label="Who answered?", called="Who answered", needed="Say who answered", max_length=200,
        hint="A person, not a desk: somebody there answers for it from then on.",
    )  # fmt: skip
    their_reference = ShortText(
        label="Their reference", called="Their reference", max_length=80, required=False,
        hint="By it their record is found again.",
    )  # fmt: skip
    answer_words = LongText(
        label="What did they say?", called="What they said", needed="Say what they said", min_length=10, max_length=2000, rows=3,
        hint="That they have read it, and who goes on with the person at risk from when.",
    )  # fmt: skip


class ForceTook(ForceAnswered):
    their_reference = ShortText(
        label="Under which number have they taken it?",
        called="Their reference",
        needed="Enter their reference",
        max_length=80,
        hint="It shows that they have it. Without one it stays with us.",
    )


class CameFromForce(ForceOffered):
    force = ShortText(
        label="From which force?", called="The force", needed="Say from which force", max_length=120,
        hint="They may hold what we cannot see, and are asked again.",
    )  # fmt: skip
    why = LongText(
        label="Why is it for us, and what have they done already?", called="Why", needed="Say why it is for us", min_length=10,
        max_length=2000, rows=3, hint="Their first contact is our first contact: the limits run from it.",
    )  # fmt: skip
    their_reference = ShortText(
        label="Their reference", called="Their reference", max_length=80, required=False,
        hint="By it their record is found again.",
    )  # fmt: skip


class TakenBack(Reason):
    reason = LongText(
        label="Why is the offer taken back?", called="The reason", min_length=10, max_length=2000, rows=2,
        hint="It stays with us, and no limit ever stopped. Say what they were told.",
    )  # fmt: skip
