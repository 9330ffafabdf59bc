"""What is said when the risk is judged: by the National Decision Model, whether it goes on, at the meeting (A3, A3', A4, N3)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models.answers import YesOrNo
from cases.models.answers.intelligence import InformationGrade, SourceGrade
from dvds.models import Application, ContactAttempt, Number, Outcome, Pack
from risk.models import Grade
from risk.models.grade import DEFINITIONS, rank
from workflow.clock import LONDON
from workflow.forms import Choice, EvidenceForm, LongText, Reason, ShortText

S = Application.State
FIRST_THE_ACT = (
    "Say first that somebody is unsafe now: it starts safeguarding at once. Once everyone is said to be safe, go on here"
)  # fmt: skip
#: Why it does not go on (A3'). That they parted is none: who has left is in as much danger, or more (H9).
STOPS = (
    (Outcome.NO_RISK, "No risk was found"),
    (Outcome.OUT_OF_SCOPE, "It is outside the scheme: they are not, and were not, partners"),
    (Outcome.MALICIOUS, "It is malicious, and nothing else gives a concern"),
    (Outcome.OTHER_POWER, "MARAC or another power deals with it"),
    (Outcome.NOT_APPLICABLE, "It can no longer be pursued: they cannot be met, and nothing recorded gives a concern"),
)


class RiskJudged(EvidenceForm):
    """One judgement by the National Decision Model: what is known, what the danger is, what may be done."""

    grade = Choice(
        Grade,
        label="How high is the risk now?",
        called="The risk",
        hints=DEFINITIONS,
        needed="Choose how high the risk is",
        hint="A person judges, from all that is known: no count does it for you.",
    )
    immediate = Choice(
        YesOrNo, label="Is somebody in danger now?", called="Whether somebody is in danger", inline=True,
        needed="Say whether somebody is in danger now",
        hint="Danger is answered before anything else, at any stage.",
    )  # fmt: skip
    information = LongText(
        label="What is known, and what is new?", called="What is known", needed="Say what is known, and what is new", rows=4,
        min_length=10, hint="From the contact, the systems and our own records. Spent convictions inform the risk too.",
    )  # fmt: skip
    judged = LongText(
        label="What is the danger, and why this grade?", called="Why this grade",
        needed="Say what the danger is, and why this grade", rows=4, min_length=10,
        hint="What, to whom and how soon. It must be understood by whoever reads it when more is known.",
    )  # fmt: skip
    options = LongText(
        label="What was considered, and what is done?", called="What is done", needed="Say what was considered and what is done",
        rows=4, min_length=10, hint="Law and policy, what could be done, and what is chosen.",
    )  # fmt: skip
    serial = Choice(
        YesOrNo, label="Does the subject abuse one partner after another?", called="Whether it is one partner after another",
        inline=True, needed="Say whether the subject abuses one partner after another",
        hint="The next partner may not know. Whoever harms one after another is looked at first.",
    )  # fmt: skip


class JudgedOnward(RiskJudged):
    """Nothing goes onward while somebody is in danger (I4): that is said by its own act, possible at every stage."""

    def clean_immediate(self) -> str:
        said = str(self.cleaned_data["immediate"])
        if said == YesOrNo.YES:
            raise ValidationError(_(FIRST_THE_ACT))
        return said


class Progressed(JudgedOnward):
    reach_how = LongText(
        label="How is the applicant reached for the meeting?", called="How the applicant is reached", max_length=1000, rows=2,
        needed="Say how the applicant is reached, within the safe-contact plan",
        hint="Only as the safe-contact plan says, for a wrong call can put them in danger.",
    )  # fmt: skip


class Triaged(JudgedOnward):
    """Without a request: how far what we were told may be believed comes first (S3-239)."""

    source_grade = Choice(
        SourceGrade, label="How is the source graded?", called="The source", needed="Grade the source",
        hint="How reliable is whoever said it. What we were told is graded before it is relied on.",
    )  # fmt: skip
    information_grade = Choice(
        InformationGrade,
        label="How is the information graded?",
        called="The information",
        needed="Grade the information",
        hint="How they know it: seen themselves, heard, or not known. It is graded before it is relied on.",
    )
    field_order = ("source_grade", "information_grade")


class JudgedAgain(RiskJudged):
    """Where somebody is in danger now, saying so here is the act itself: safeguarding starts at once."""

    because_of = ShortText(
        label="What was new?", called="What was new", needed="Say what was new", max_length=300,
        hint="Or that nothing was, and it was looked at again.",
    )  # fmt: skip
    field_order = ("because_of",)


class NewlyKnown(EvidenceForm):
    what = LongText(
        label="What is new?", called="What is new", needed="Say what is new, and where it is recorded", max_length=300, rows=2,
        min_length=5, hint="The risk is judged again on it within hours.",
    )  # fmt: skip


class StopProposed(JudgedOnward):
    """Not to go on: why, with what support, and only with a supervisor (A3', A4', I9)."""

    wants_subject = True
    stopped_as = Choice(
        STOPS, label="Why is it not to go on?", called="Why not", needed="Choose why it is not to go on",
        hint="It ends somebody’s question without an answer, so a supervisor decides. That they have parted is no reason.",
    )  # fmt: skip
    reason = LongText(
        label="What shows that?",
        called="What shows it",
        needed="Say what shows it",
        min_length=20,
        max_length=4000,
        rows=4,
        hint="What was looked at, and what it showed. It must still stand if she is harmed later.",
    )
    tried = LongText(
        label="What was tried, and who looked whether they are well?", called="What was tried", required=False, max_length=2000,
        rows=3, hint="Only after a meeting could not be held. Not coming may itself be a sign of danger.",
    )  # fmt: skip
    support_given = Choice(
        YesOrNo, label="Were support services and the helpline given?", called="Whether support was given", inline=True,
        needed="Say whether support services and the helpline were given",
        hint="Whoever is not taken further is given local services and the national helpline all the same.",
    )  # fmt: skip
    support_words = ShortText(
        label="Which?", called="Which support was given", needed="Say which support was given", max_length=300,
        hint="Which services by name, and how: in words, by the safe way, never on paper.",
    )  # fmt: skip
    stop_pack = Choice(
        Pack, label="What became of the support pack?", called="The pack", needed="Say what became of the support pack",
        hint="General support, offered by hand and never sent. That it was not safe to take it is a good answer.",
    )  # fmt: skip
    field_order = ("stopped_as", "reason", "tried")

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.application = subject

    def clean_support_given(self) -> str:
        said = str(self.cleaned_data["support_given"])
        if said != YesOrNo.YES:
            raise ValidationError(
                _("Give the local services and the helpline first, by the safe way, then propose this")
            )
        return said

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        meeting = self.application is not None and self.application.state == S.MEETING
        if meeting and not said.get("tried"):
            self.add_error("tried", ValidationError(_("Say what was tried, and who looked whether they are well")))
        if meeting and (lacking := attempts_lacking(self.application)):
            words = _("Not yet. %(made)s of %(least)s safe attempts are recorded: try again, on another day")
            self.add_error(None, ValidationError(words % lacking))
        if said.get("stopped_as") == Outcome.NOT_APPLICABLE and not meeting:
            self.add_error(
                "stopped_as", ValidationError(_("Only after a meeting could not be held: go on to it first"))
            )
        return said


def attempts_lacking(application: Any) -> dict[str, int] | None:
    """How many attempts were made, and how many are the least (a row, with authority); None where they are enough."""
    made = ContactAttempt.objects.standing().filter(application=application, outside="").count()
    least = Number.objects.in_force(timezone.now().astimezone(LONDON).date())[Number.Name.ATTEMPTS]
    return {"made": made, "least": least} if made < least else None


class StopAgreed(Reason):
    """A supervisor who agrees although the risk is medium or high says why in more than a word (A3')."""

    wants_subject = True
    reason = LongText(
        label="Why do you agree?", called="The reason", needed="Say why you agree", min_length=10, max_length=4000, rows=4,
        hint="At medium and high risk: what else keeps her safe, by whom, and why that is enough.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.grave = subject is not None and rank(subject.risk) >= rank(Grade.MEDIUM)

    def clean_reason(self) -> str:
        said = str(self.cleaned_data["reason"])
        if self.grave and len(said) < 60:
            raise ValidationError(
                _("The risk is medium or high: say in 60 characters or more what keeps her safe instead")
            )
        return said
