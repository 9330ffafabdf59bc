"""What is said when somebody agrees to be asked, is asked, answers, or must not be asked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from cases.models import Involvement
from cases.models.answers import YesOrNo
from cases.models.answers.contact import Means
from cases.models.known_here import known_here
from reporting.feedback.gates import may_be_asked
from reporting.models.feedback import Asks, Satisfaction, Unasked
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Pick, Reason, ShortText

BEFORE_THE_DRAW = N_("That was before they were drawn")
#: How the ways are called where somebody asks.
ASKED_BY = [
    (Means.CALL, "By telephone"), (Means.IN_PERSON, "Face to face"), (Means.EMAIL, "Online or by email"),
    (Means.TEXT, "By text"), (Means.THROUGH, "Through somebody they trust"),
]  # fmt: skip


class Pressed(EvidenceForm):
    """Nothing is asked: the press itself is what is said."""


class Agreeing(EvidenceForm):
    """Of the person harmed, and of nobody else in the case."""

    wants_subject = True
    person = Pick(label="Who?", called="Who it is", needed="Choose who it is", coerce=int)
    said_at = MomentField(label="When did they say so?", called="When they said so", past=True)
    words = LongText(
        label="What did they say of how and when? (optional)", called="What they said", max_length=1000, rows=2, required=False,
        hint="Safe ways and times stand in the safe contact plan, not here.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        here = known_here(getattr(subject, "case_id", None))
        harmed = str(Involvement.Part.VICTIM.label)
        people = [(one, words) for one, words in here.choices if here.parts[one] == harmed]
        field: Any = self.fields["person"]
        field.choices = people if len(people) == 1 else [("", _("Choose")), *people]


class TakenBack(EvidenceForm):
    words = LongText(
        label="What did they say? (optional)", called="What they said", max_length=1000, rows=2, required=False
    )


class Asked(EvidenceForm):
    """Said of a moment at which somebody was reached, or was to be: the plan in force then must have allowed the way."""

    wants_subject = True
    at = MomentField(label="When?", called="The moment", past=True)  # type: ignore[assignment]  # a field, not the moment
    way = Choice(ASKED_BY, label="By which way?", called="The way", needed="Choose by which way")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        at, way = said.get("at"), said.get("way")
        if not at or not way or self.subject is None:
            return said
        if at.replace(second=59) < self.subject.recorded_at:
            self.add_error("at", _(BEFORE_THE_DRAW))
        elif why_not := may_be_asked(self.subject.case, way, at):
            self.add_error("way", why_not)
        return said


class AttemptMade(Asked):
    reached = Choice(
        YesOrNo, label="Did you speak to them?", needed="Say whether you spoke to them", inline=True,
        hint="Whoever else answers is told nothing: not who rings, and not why.",
    )  # fmt: skip
    words = LongText(
        label="What came of it? (optional)", called="What came of it", max_length=1000, rows=2, required=False
    )


class Declining(Asked):
    declined_because = ShortText(
        label="Did they say why? (optional)", called="Why", max_length=300, required=False,
        hint="They need not. Do not ask again.",
    )  # fmt: skip


class NotSafe(EvidenceForm):
    unsafe_why = Choice(Unasked, label="Why is it not safe?", called="The reason", needed="Choose why it is not safe")
    unsafe_words = LongText(
        label="What do you know?", called="What you know", needed="Say what you know", min_length=10, max_length=1000, rows=3,
        hint="Where they are in danger now, a sergeant is told as you press the button.",
    )  # fmt: skip


class CalledOff(Reason):
    reason = LongText(
        label="Why is it called off?", called="The reason", needed="Say why", min_length=10, max_length=1000, rows=3
    )


def question_name(question: Any) -> str:
    return f"q{question.pk}"


def put_questions(form: EvidenceForm, questions: Any) -> None:
    """One field for each question, in order, before what else is asked."""
    for question in questions:
        if question.asks == Asks.SCALE:
            field: Any = Choice(
                Satisfaction,
                label=question.words,
                called="The answer",
                needed=_("Choose an answer: %(q)s") % {"q": question.words},
            )
        else:
            field = LongText(
                label=f"{question.words} {_('(optional)')}",
                called="What they say",
                max_length=4000,
                rows=3,
                required=False,
            )
        form.fields[question_name(question)] = field
        form._prepare(question_name(question), field)


class Answered(Asked):
    """The questions of the edition that the survey was drawn with, for its stage; a danger ends all questions."""

    danger = Choice(
        YesOrNo, label="Did they say that they, or somebody else, are in danger now?", called="The answer",
        needed="Say whether they spoke of a danger", inline=True, reveals={YesOrNo.YES: ["danger_words"]},
    )  # fmt: skip
    danger_words = LongText(
        label="Who is in danger, and of what?", called="What they said", needed="Say who is in danger, and of what", min_length=10,
        max_length=2000, rows=3, hint="A sergeant is told as you press the button. If it cannot wait, ring 999 first.",
    )  # fmt: skip
    words = LongText(
        label="What else do they want to say? (optional)", called="What else they say", max_length=4000, rows=4, required=False,
        hint="In their own words. Name nobody who works here, unless they ask you to pass on thanks or a complaint.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, subject=subject, **rest)
        asked = subject.questionnaire.asked_of(subject.stage) if subject is not None and subject.pk else []
        put_questions(self, asked)
        questions = [name for name in self.fields if name.startswith("q") and name[1:].isdigit()]
        self.order_fields(["at", "way", "danger", "danger_words", *questions, "words"])
