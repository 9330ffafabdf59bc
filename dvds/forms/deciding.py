"""What a forum says of a consideration: on which agenda it stands, the tests, who sat, what is decided (D4)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models.answers import YesOrNo
from dvds.forms.recipients import Recipients
from dvds.forms.seats import Sat
from dvds.models import Application, Category, Representations
from dvds.models.at_forum import last_day, may_be_chosen, meetings_to_come, now_day
from workflow.clock import moment_words
from workflow.forms import Choice, Choices, DayField, EvidenceForm, LongText, Pick, Reason, Tick


class PutBefore(EvidenceForm):
    """On whose agenda it stands. Moving it to another meeting is the same page."""

    wants_subject = True

    meeting = Pick(
        label="Which meeting decides it?",
        called="The meeting",
        needed="Choose the meeting",
        coerce=int,
        hint="Its chair and its coordinator may open this case while it stands on their agenda. Where none comes in time, ask "
        "the coordinator to plan an urgent one.",
    )

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = meetings_to_come(subject)[:50] if subject is not None and subject.pk else []
        field: Any = self.fields["meeting"]
        field.choices = [("", ""), *((row.pk, f"{row.forum}, {moment_words(row.starts_at)}") for row in rows)]


class Reasoned(Sat):
    reasons = LongText(
        label="Why does the forum decide so?",
        called="The reasons",
        needed="Say why the forum decides so",
        min_length=10,
        max_length=6000,
        rows=4,
        hint="Enough for somebody who reads it in years: it is kept for whoever asks about the subject again.",
    )
    dissent = LongText(
        label="Who disagreed, and why? (optional)", called="Who disagreed", required=False, max_length=4000, rows=2,
        hint="Agencies may see it otherwise than the forum decides. Whoever reads it later hears both.",
    )  # fmt: skip
    management = LongText(
        label="What was decided about managing the subject?",
        called="What was decided about the subject",
        max_length=2000,
        rows=2,
        needed="Say what was decided about managing the subject",
        hint="MAPPA, integrated offender management or another way is considered whatever is decided.",
    )


class Represented(EvidenceForm):
    representations = Choice(
        Representations,
        label="Was the subject’s side asked for?",
        called="Whether the subject’s side was asked for",
        needed="Say whether the subject’s side was asked for",
        initial=Representations.DISPENSED,
        hint="Not asked is what is offered: asking may itself put her in danger.",
    )
    representations_because = LongText(
        label="Why?",
        called="Why it was asked for or not",
        needed="Say why the subject’s side was asked for or not",
        min_length=10,
        max_length=2000,
        rows=2,
        hint="The forum answers it itself, whatever the police did.",
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.initial["representations"] = self.initial.get("representations") or Representations.DISPENSED


class ToTell(Reasoned, Represented, Recipients):
    """What is told, to whom, how and resting on what; the plan that goes with it is the one in force (S721-723)."""

    wants_subject = True

    words = LongText(
        label="The words that are approved to be said",
        called="The words",
        needed="Say which words are approved",
        min_length=10,
        max_length=4000,
        rows=5,
        hint="Enough for an informed choice, and no more. Nothing that is spent.",
    )
    rests_on = Choices(
        label="What do the words rest on?",
        called="What the words rest on",
        needed="Choose what the words rest on",
        coerce=int,
        hint="What is spent, or tells of no violence and no risk, cannot be chosen; it may still inform the risk.",
    )
    left_out = LongText(
        label="What is left out, and why? (optional)",
        called="What is left out",
        required=False,
        max_length=2000,
        rows=2,
        hint="Enough for an informed choice, and no more. What was weighed and left out can be read later.",
    )
    how = LongText(
        label="By whom, where and when is it told, and who is with her?",
        called="How it is told",
        needed="Say by whom, where and when it is told",
        min_length=10,
        max_length=2000,
        rows=3,
        hint="In person, in a safe place, at a safe time; an adviser is offered.",
    )
    subject_informed = Choice(
        YesOrNo,
        label="Is the subject informed afterwards?",
        called="Whether the subject is informed",
        needed="Say whether the subject is informed afterwards",
        initial=YesOrNo.NO,
        reveals={YesOrNo.YES: ["subject_because"]},
        hint="No is what is offered: it may put her in danger.",
    )
    subject_because = LongText(
        label="Why, and after which measures for her safety?",
        called="Why the subject is informed",
        max_length=2000,
        rows=2,
        needed="Say why the subject is informed and after which measures",
        min_length=10,
        hint="To alert him can put her in serious danger, so it comes after the measures for her safety.",
    )
    field_order = (
        "words",
        "rests_on",
        "left_out",
        "recipients",
        "how",
        "representations",
        "representations_because",
        "reasons",
        "subject_informed",
        "management",
        "police_how",
        "probation_how",
        "idva_how",
        "children_how",
        "others",
        "dissent",
        "decided_at",
    )

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, subject=subject, **rest)
        field: Any = self.fields["rests_on"]
        field.choices = []
        self.initial["subject_informed"] = self.initial.get("subject_informed") or YesOrNo.NO
        if self.subject is not None:
            self.offer(self.subject)
            rows = may_be_chosen(self.subject, now_day())
            field.choices = [(row.pk, f"{row.get_sort_display()}: {row.words[:160]}") for row in rows[:200]]


class NotToTell(Reasoned, Represented):
    category = Choice(
        Category,
        label="Does the forum find a concern?",
        called="What the forum finds",
        needed="Say whether the forum finds a concern",
        hint="The forum decides it, whatever the police proposed.",
    )
    searched_again = Tick(
        label="The checks were run again today, and nothing more was found (people were told that there is nothing, and there was)",
        called="That the checks were run again",
        hint="PNC, PND, local intelligence, and ViSOR where it applies. A wrong “nothing” has cost lives.",
    )
    field_order = (
        "category",
        "reasons",
        "representations",
        "representations_because",
        "searched_again",
        "management",
        "police_how",
        "probation_how",
        "idva_how",
        "children_how",
        "others",
        "dissent",
        "decided_at",
    )


class PutOff(Reason):
    """Put off: what is missing, who brings it, and until when. Not past the overall limit (A14)."""

    wants_subject = True

    missing = LongText(
        label="What is missing, and who brings it?",
        called="What is missing",
        needed="Say what is missing and who brings it",
        min_length=10,
        max_length=2000,
        rows=3,
        hint="One thing, and one person who brings it. She waits for it, and the overall limit runs on.",
    )
    until = DayField(
        label="Until which day?", called="The day", future=True,
        hint="Never past the overall limit, which nothing stops.",
    )  # fmt: skip
    reason = LongText(
        label="Why can it not be decided today, and what keeps her safe until then?",
        called="The reason",
        min_length=10,
        needed="Say why it cannot be decided and what keeps her safe",
        max_length=4000,
        rows=3,
        hint="What is dangerous is not put off. A second time only the disclosure supervisor may.",
    )
    field_order = ("missing", "until", "reason")

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject if subject is not None and subject.pk else None

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        last = last_day(self.subject) if self.subject else None
        if last and until > last:
            said = f"{last.day}/{last.month}/{last.year}"
            raise ValidationError(_("Not past %(day)s: then it must be told or decided") % {"day": said})
        return until


class BroughtBack(Reason):
    reason = LongText(
        label="What has come since?",
        called="What has come",
        needed="Say what has come since",
        min_length=10,
        max_length=4000,
        rows=3,
        hint="The forum decides on it. If nothing has come, say so: then it is decided on what there is.",
    )


class DecidedAgain(Reason):
    reason = LongText(
        label="Why can it not be told as the forum decided?",
        called="The reason",
        min_length=10,
        max_length=4000,
        rows=3,
        needed="Say why it cannot be told as the forum decided",
        hint="Another recipient, other words, something that has become spent: the forum decides, nobody else.",
    )


class Ratified(EvidenceForm):
    """What was told in danger before the forum sat (A15): agreed to afterwards, or not, and why."""

    ratified = Choice(
        YesOrNo,
        label="Does the forum agree with what was told in danger?",
        called="Whether the forum agrees",
        needed="Say whether the forum agrees",
        inline=True,
        hint="What could not wait was told first. The forum looks at it afterwards, and its decision on the rest "
        "stays its own.",
    )
    words = LongText(
        label="Why?", called="The reason", needed="Say why", min_length=10, max_length=2000, rows=3,
        hint="Where it does not agree, what should have been done instead. The next officer in danger learns from it.",
    )  # fmt: skip
