"""What is said of a referral afterwards, by an officer who was told: the agency itself answers with `forms.received`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from safeguarding.models import Outcome
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Reason, ShortText

BEFORE = N_("That was before it was sent")


class Answer(EvidenceForm):
    """Said of something that was sent: nothing that `moment` names is older than it."""

    wants_subject = True
    moment = ""

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        at, sent = said.get(self.moment), getattr(self.subject, "sent_at", None)
        if at and sent and at.replace(second=59) < sent:
            self.add_error(self.moment, _(BEFORE))
        return said


class Silent(EvidenceForm):
    """Nothing is asked: the press itself is what is said."""


class Acknowledged(Answer):
    moment = "acknowledged_at"
    acknowledged_at = MomentField(label="When did they say that they have it?", called="Their answer", past=True)
    acknowledged_by = ShortText(label="Who said so?", called="Who said so", needed="Say who said so", max_length=120)


class Accepted(Answer):
    moment = "decided_at"
    decided_at = MomentField(label="When did they accept?", called="Their decision", past=True)
    caseworker = ShortText(
        label="Who there takes it on? (optional)", called="Who takes it on", max_length=120, required=False
    )
    decision_words = LongText(
        label="What do they do, and by when? (optional)", called="What they do", max_length=4000, rows=3, required=False
    )


class Declined(Answer):
    moment = "decided_at"
    decided_at = MomentField(label="When did they decline?", called="Their decision", past=True)
    decision_words = LongText(
        label="Why, in their words?", called="Why they decline", needed="Say why they decline", min_length=10,
        max_length=4000, rows=3, hint="And what you do now: another service, or asking again with more.",
    )  # fmt: skip


class StrategyHeld(Answer):
    moment = "strategy_at"
    strategy_at = MomentField(label="When was the strategy discussion?", called="The strategy discussion", past=True)
    strategy_words = LongText(
        label="Who was there, and what was decided?", called="What was decided", needed="Say who was there and what was decided",
        min_length=10, max_length=4000, rows=4,
    )  # fmt: skip


class Reached(Answer):
    moment = "contact_at"
    contact_at = MomentField(label="When did they first speak to the person?", called="The first contact", past=True)


class CameOfIt(EvidenceForm):
    """What came of it in the end."""

    outcome = Choice(Outcome, label="What came of it?", called="What came of it", needed="Choose what came of it")
    outcome_words = LongText(
        label="In their words", called="What came of it, in words", needed="Say what came of it in words", min_length=10,
        max_length=4000, rows=4, hint="What is different for the person now, who stays in touch, and why it ends.",
    )  # fmt: skip


class ReferralChased(Reason):
    reason = LongText(
        label="Whom did you ask, and what did they say?", called="What was asked", needed="Say whom you asked", min_length=10,
        max_length=2000, rows=3, hint="The clock runs on until they answer.",
    )  # fmt: skip


class NotReferred(Reason):
    reason = LongText(
        label="Why is nobody referred?", called="Why nobody is referred", needed="Say why nobody is referred", min_length=20,
        max_length=2000, rows=4,
        hint="The person harmed does not want it is not enough by itself: say what else keeps them safe, and when you ask again.",
    )  # fmt: skip


class Withdrawn(Reason):
    reason = LongText(
        label="Why is it taken back?", called="Why it is taken back", needed="Say why it is taken back", min_length=10,
        max_length=2000, rows=3, hint="They read this sentence too, so name nobody in it.",
    )  # fmt: skip


class LookedAgain(EvidenceForm):
    """Six and twelve months after a programme: the system counts, a person says what it means."""

    words = LongText(
        label="What do you make of it?", called="What you make of it", needed="Say what you make of it", min_length=10,
        max_length=4000, rows=4, hint="The number of incidents since is counted by itself and kept with this.",
    )  # fmt: skip
