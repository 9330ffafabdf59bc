"""What is said when a consideration goes its own way: withdrawn, unasked, malicious, over, merged, frozen (B4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.models.answers import Answer, YesOrNo
from cases.models.answers.intelligence import InformationGrade, SourceGrade
from dvds.models import Outcome, Source, UnaskedWhy
from risk.models import Grade
from workflow.forms import Choice, DayField, EvidenceForm, LongText, MomentField, Reason, ShortText

#: Nothing from before: what a consideration knows cannot be older than when it was first heard of.
UNASKED = tuple((source, source.label) for source in Source if source != Source.PROGRAM)


class SaidOf(EvidenceForm):
    """A form that compares what is said with the first contact."""

    wants_subject = True
    moment = ""

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first: datetime | None = getattr(self.subject, "first_contact_at", None)
        when = said.get(self.moment) if self.moment else None
        if first is not None and when is not None and when < first:
            self.add_error(self.moment, _("That is before the police first heard of it. Check the date and the time"))
        return said


class WithdrawalSaid(SaidOf):
    """Why is only asked where it is safe to ask; that somebody made them is thought of each time."""

    moment = "said_at"

    said_at = MomentField(
        label="When did they say so?", called="When they said so", past=True,
        hint="When they said it, not when it is written down. The limits run on.",
    )  # fmt: skip
    said_to = ShortText(
        label="To whom, and how did they speak?", called="To whom", needed="Say to whom they said so", max_length=200,
        hint="Only the applicant takes a request back. The request ends with it; our duty to the person at risk does not.",
    )  # fmt: skip
    safe_to_ask = Choice(
        YesOrNo, label="Was it safe to ask why?", needed="Say whether it was safe to ask why", inline=True,
        reveals={YesOrNo.YES: ("why",)},
        hint="Somebody may have been listening. Where it is not safe, do not ask.",
    )  # fmt: skip
    why = LongText(
        label="Why do they withdraw?", called="Why they withdraw", max_length=2000, rows=3, required=False,
        hint="What has changed may be what puts them at risk. The request ends with it, our duty does not.",
    )  # fmt: skip
    pressed = Choice(
        Answer, label="May somebody have made them withdraw?", needed="Say whether somebody may have made them",
        reveals={Answer.YES: ("pressed_words",)},
        hint="A sudden change of mind may be a sign of control. The supervisor reads this before anything ends.",
    )  # fmt: skip
    pressed_words = LongText(
        label="What speaks for it?", called="What speaks for it", max_length=2000, rows=3, required=False,
        hint="Who was there, how they spoke, what was different. The supervisor decides on it.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("pressed") == Answer.YES and not said.get("pressed_words"):
            self.add_error("pressed_words", _("Say what speaks for it"))
        return said


class RiskReviewed(EvidenceForm):
    """The risk judged once more by the National Decision Model, before a request ends without its answer."""

    grade = Choice(
        Grade, label="How do you grade the risk?", called="The grade", needed="Grade the risk",
        hint="A person judges, from all that is known. Above standard it does not end: it goes on without a request.",
    )  # fmt: skip
    immediate = Choice(
        YesOrNo, label="Is somebody in danger now?", needed="Say whether somebody is in danger now", inline=True,
        hint="If so, say that somebody is unsafe now: nothing ends before that is answered.",
    )  # fmt: skip
    information = LongText(
        label="What is known, and what is new?", called="What is known", needed="Say what is known, and what is new",
        min_length=10, max_length=4000, rows=4,
        hint="The contact, the systems, our own records, and what came since. Spent convictions inform the risk too.",
    )  # fmt: skip
    judged = LongText(
        label="What is the danger, and why this grade?", called="The danger", needed="Say what the danger is, and why this grade",
        min_length=10, max_length=4000, rows=4,
        hint="What, to whom and how soon. It must be understood by whoever reads it when more is known.",
    )  # fmt: skip
    options = LongText(
        label="What was considered, and what is done?", called="What is done", needed="Say what was considered and what is done",
        min_length=10, max_length=4000, rows=3,
        hint="Law and policy, what could be done, what is chosen, and why not the rest.",
    )  # fmt: skip
    serial = Choice(
        YesOrNo, label="Is the subject linked to abuse of one partner after another?", called="Whether it is serial",
        needed="Say whether the subject is linked to serial abuse", inline=True,
        hint="The next partner may not know. Whoever harms one after another is a risk whoever withdraws.",
    )  # fmt: skip


class GoneOnUnasked(EvidenceForm):
    """From a request to a right to know: why, and what it rests on now that nobody asks."""

    because = Choice(
        UnaskedWhy, label="Why does it go on without a request?", called="Why", needed="Say why it goes on unasked",
        hint="A request that ends does not end the risk. The limits run on from the first contact.",
    )  # fmt: skip
    words = LongText(
        label="What is the risk?", called="The risk", needed="Say what the risk is", min_length=10, max_length=4000, rows=4,
        hint="What makes us consider telling although nobody asks any more.",
    )  # fmt: skip
    source = Choice(
        UNASKED, label="What does it rest on now?", called="The source", needed="Say what it rests on now",
        hint="Without a request it rests on what we hold, and it must be said on what.",
    )  # fmt: skip
    source_words = LongText(
        label="What were we told, and by whom?", called="What we were told", needed="Say what we were told and by whom",
        min_length=10, max_length=4000, rows=3,
        hint="What was said or seen, by whom, and where it is recorded.",
    )  # fmt: skip
    source_grade = Choice(
        SourceGrade, label="How is the source evaluated?", called="The evaluation", required=False,
        hint="As for intelligence: a grade, so that nobody takes a rumour for a fact.",
    )  # fmt: skip
    information_grade = Choice(
        InformationGrade, label="How is what it says assessed?", called="The assessment", required=False,
        hint="How they know it: seen themselves, heard, or not known. It is graded before it is relied on.",
    )  # fmt: skip


class MaliciousEnd(RiskReviewed):
    """Malice ends the request of whoever asked, not a risk: what is left is judged, crime and right to know thought of."""

    reason = LongText(
        label="Why is the request malicious?", called="The malice", min_length=10, max_length=2000, rows=3,
        hint="Established at the meeting or in the category, never here for the first time.",
    )  # fmt: skip
    crime = LongText(
        label="Was a crime considered, and what came of it?", called="Whether a crime was considered",
        needed="Say whether a crime was considered and what came of it", min_length=3,
        max_length=2000, rows=2, hint="False information given on purpose may be an offence, or part of a course of conduct.",
    )  # fmt: skip
    not_unasked = LongText(
        label="Why does it not go on as a right to know?", called="Why it does not go on",
        needed="Say why it does not go on as a right to know", min_length=10,
        max_length=2000, rows=2,
        hint="Somebody malicious may still speak of a real risk. Say why none is left.",
    )  # fmt: skip


ENDS = (
    (Outcome.NOT_APPLICABLE, "The subject has died"),
    (Outcome.OTHER_POWER, "MARAC or another power deals with it"),
    (Outcome.OUT_OF_SCOPE, "It is outside the scheme"),
)


class NoLongerApplies(EvidenceForm):
    """Why it no longer applies. Where a child is at risk the way is child protection, and it is said who has it."""

    outcome = Choice(
        ENDS, label="Why does it no longer apply?", called="Why", needed="Say why it no longer applies",
        reveals={Outcome.NOT_APPLICABLE: ("died_on", "source", "family")},
        hint="That the two have parted is no reason: whoever has left is in as much danger, or more.",
    )  # fmt: skip
    died_on = DayField(
        label="When did they die?", called="The day", past=True, required=False,
        hint="Leave empty where the day is not known for sure.",
    )  # fmt: skip
    source = ShortText(
        label="Who says so?", called="Who says so", max_length=300, required=False,
        hint="A mistake would end somebody’s protection. An officer who was there, a coroner, a certificate.",
    )  # fmt: skip
    family = LongText(
        label="What is the family spared or told, and by whom?",
        called="The family",
        max_length=2000,
        rows=2,
        required=False,
        hint="Grief and danger may be in one family. Who speaks with them, and what they need never learn.",
    )
    referral = LongText(
        label="Who goes on with it, and since when?", called="Who goes on with it", max_length=2000, rows=2, required=False,
        hint="The meeting or the power that has it. For a child: the referral to children’s social care, with its day.",
    )  # fmt: skip
    reason = LongText(
        label="What was found?", called="What was found", min_length=10, max_length=4000, rows=4,
        hint="It ends without an answer, so whoever asks about the subject later must see why.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("outcome") == Outcome.NOT_APPLICABLE and not said.get("source"):
            self.add_error("source", _("Say who says so"))
        if said.get("outcome") == Outcome.OTHER_POWER and not said.get("referral"):
            self.add_error("referral", _("Say who goes on with it, and since when"))
        return said


class PersonDied(EvidenceForm):
    """The person at risk has died: everything is kept as it stands, and a review hears of it."""

    died_on = DayField(
        label="When did they die?", called="The day", past=True, required=False,
        hint="Leave empty where the day is not known for sure.",
    )  # fmt: skip
    source = ShortText(
        label="Who says so?", called="Who says so", needed="Say who says so", max_length=300,
        hint="A mistake would end somebody’s protection. An officer who was there, a coroner, a certificate.",
    )  # fmt: skip
    told = LongText(
        label="Who was told for a review of the death, and when?", called="Who was told",
        needed="Say who was told for a review of the death, and when", min_length=10, max_length=2000,
        rows=3, hint="A domestic homicide review and a referral to the IOPC are thought of in each such case.",
    )  # fmt: skip
    family = LongText(
        label="What is the family spared or told, and by whom?",
        called="The family",
        max_length=2000,
        rows=2,
        required=False,
        hint="Who speaks with them, and what they need never learn: that somebody asked, or that nobody was told.",
    )


class MergedWith(EvidenceForm):
    """With which it goes on. Who asked in the one is written nowhere in the other."""

    reference = ShortText(
        label="The reference of the one it goes on in", called="The reference", needed="Enter the reference",
        max_length=20, width=20, hint="The same person at risk and the same subject. The earlier first contact governs both.",
    )  # fmt: skip
    reason = LongText(
        label="How is it sure that both are the same?", called="The reason", min_length=10, max_length=2000, rows=3,
        hint="Two of one name are not one person: birth dates, addresses, children. Whoever asked here never learns of "
        "the other.",
    )  # fmt: skip


class AnsweredApart(Reason):
    """How whoever asked here was answered, once the other is decided: apart from whoever asked there."""

    reason = LongText(
        label="How was whoever asked here answered?", called="The answer", needed="Say how they were answered",
        min_length=10, max_length=2000, rows=3,
        hint="In person, within their own safe-contact plan, in the same words whatever was decided; nothing about anybody "
        "else who asked. Where nobody asked, say so.",
    )  # fmt: skip


class HandedOver(Reason):
    reason = LongText(
        label="What was handed over, and what is left here?", called="What was handed over", min_length=10, max_length=2000,
        rows=3, needed="Say what was handed over",
        hint="The other force leads now. Danger that we learn of is still ours to act on at once.",
    )  # fmt: skip


class ByTheProgram(Reason):
    """What the program itself says when it moves a consideration."""


class CameToIt(ByTheProgram):
    """From which moment it counts now."""

    first_contact_at = MomentField(label="When was it first heard of?", called="The first contact", past=True)
