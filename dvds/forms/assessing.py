"""What is said of the full assessment, of partner agencies that are asked for it, and of the category (A5, A6, N4)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dvds.models import (
    SPEAK_FOR_CONCERN,
    AgencyAsked,
    Application,
    Asks,
    Category,
    Factor,
    Malice,
    Representations,
)
from risk.models import Assessment, Grade, SafetyPlan
from risk.models.grade import DEFINITIONS
from safeguarding.models import AgencyKind
from workflow.clock import LONDON
from workflow.forms import Choice, Choices, EvidenceForm, LongText, MomentField, Pick, ShortText

#: Who asks for somebody else answers no DASH of theirs: the assessment is judgement (S659).
NOT_THEIRS = N_("The applicant is not the person at risk, or nobody asked: judged on what is known.")


class FullyAssessed(EvidenceForm):
    """`subject` is the consideration; the step’s guard says on it who records."""

    wants_subject = True
    done_at = MomentField(
        label="When was it done?", called="The time of the assessment", past=True,
        hint="When it was done, not when it is written down. The 5 working days end then.",
    )  # fmt: skip
    assessment = Pick(
        (), label="Which DASH is it? (optional)", called="The DASH", required=False,
        hint="One of the investigation that this consideration names.",
    )  # fmt: skip
    no_dash_because = LongText(
        label="Why without a DASH?", called="Why without a DASH", required=False, max_length=1000, rows=2,
        hint="Where the applicant is the person at risk and none is chosen above.",
    )  # fmt: skip
    grade = Choice(
        Grade, label="How high is the risk?", called="The risk", hints=DEFINITIONS, needed="Choose how high the risk is",
        hint="A person judges, from all that is known: no count does it for you.",
    )  # fmt: skip
    judgement = LongText(
        label="What is the danger, and why this grade?", called="The judgement",
        needed="Say what the danger is, and why this grade", max_length=6000, rows=6, min_length=20,
        hint="What, to whom, how soon, and what speaks against it. The category and the forum rest on it.",
    )  # fmt: skip
    gaps = LongText(
        label="What is still not known? (optional)", called="What is not known", required=False, max_length=2000, rows=3,
        hint="The full assessment is there to fill gaps. What stays open is said, so that silence is not taken "
        "for safety.",
    )  # fmt: skip
    children = LongText(
        label="What does it mean for the children?", called="The children", required=False, max_length=2000, rows=3,
        hint="Where children may be affected, their social care is asked and sits at the forum.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.application = subject
        field: Any = self.fields["assessment"]
        field.choices = [("", ""), *assessments_of(subject)]

    def clean_assessment(self) -> Assessment | None:
        chosen = self.cleaned_data.get("assessment")
        return Assessment.objects.get(pk=chosen) if chosen else None

    def clean_done_at(self) -> Any:
        done = self.cleaned_data["done_at"]
        if self.application is not None and done and done < self.application.first_contact_at:
            raise ValidationError(_("The assessment cannot lie before the first contact"))
        return done

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.application is None:
            return said
        if said.get("assessment") is not None:
            said["no_dash_because"] = ""
        elif not (self.application.asked and self.application.asks_as == Asks.SELF):
            said["no_dash_because"] = said.get("no_dash_because") or _(NOT_THEIRS)
        elif not said.get("no_dash_because"):
            words = _("The applicant is the person at risk: choose the DASH, or say why there is none")
            self.add_error("no_dash_because", ValidationError(words))
        if self.application.children_affected == "yes" and not said.get("children"):
            self.add_error("children", ValidationError(_("Children may be affected: say what it means for them")))
        return said


def assessments_of(application: Any) -> list[tuple[str, str]]:
    """Those that stand on the investigation beside it, where whoever asks reads that case; newest first."""
    user = getattr(application, "asked_by", None)
    if user is None or not application.investigation_id:
        return []
    rows = Assessment.objects.visible_to(user).standing().filter(
        case=application.investigation_id, state=Assessment.State.STANDING
    )  # fmt: skip
    rows = rows.select_related("instrument_version__instrument").order_by("-asked_at", "-pk")
    return [
        (str(row.pk), f"{row.instrument_version.instrument}, {row.asked_at.astimezone(LONDON):%d/%m/%Y}")
        for row in rows
    ]


class AgencyToAsk(EvidenceForm):
    """Each question to an agency stands with why it is lawful, necessary and in proportion (I6); or why it is not asked."""

    agency_kind = Pick(
        AgencyKind, label="What kind of agency?", called="The agency", needed="Choose the kind of agency",
        hint="Social services, probation and whoever else may know: what they hold fills the gaps.",
    )  # fmt: skip
    not_asked = Choice(
        [("ask", "It is asked"), ("not", "It is not asked, for a reason")], label="Is it asked?", called="Whether it is asked",
        needed="Say whether it is asked", reveals={"ask": ["who", "basis", "asked_at"], "not": ["not_asked_because"]},
        hint="Not to ask is a decision too, and needs its reason.",
    )  # fmt: skip
    who = ShortText(
        label="Whom, and where?", called="Whom", required=False, max_length=200,
        hint="A name or a desk, so that it can be asked again, and seen who knows of it.",
    )  # fmt: skip
    basis = LongText(
        label="Why is it lawful, necessary and in proportion?", called="Why it is lawful", required=False, max_length=1000, rows=3,
        hint="What they are told is no more than they need to answer.",
    )  # fmt: skip
    asked_at = MomentField(
        label="When were they asked?", called="The time", past=True, required=False,
        hint="Each sharing stands with its moment. The forum sees how long an answer has been owed.",
    )  # fmt: skip
    not_asked_because = LongText(
        label="Why is it not asked?", called="Why it is not asked", required=False, max_length=1000, rows=2,
        hint="The forum reads this in place of an answer. Children’s social care is left out only for a good reason.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        needed = {
            "ask": {"who": _("Say whom you asked"), "basis": _("Say why asking is lawful, necessary and in proportion"),
                    "asked_at": _("Say when they were asked")},
            "not": {"not_asked_because": _("Say why it is not asked")},
        }.get(str(said.get("not_asked")), {})  # fmt: skip
        for name, sentence in needed.items():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(sentence))
        return said


class AgencyAnswered(EvidenceForm):
    wants_subject = True
    asked = Pick(
        (), label="Who answered?", called="Who answered", needed="Choose who answered",
        hint="Each question has its own answer, so that none is taken for another’s.",
    )  # fmt: skip
    answered_at = MomentField(
        label="When?", called="The time of the answer", past=True,
        hint="When they answered, not when it is written down.",
    )  # fmt: skip
    answer = LongText(
        label="What did they say?", called="The answer", needed="Say what they answered", max_length=4000, rows=5,
        hint="Nothing known, or that they will not say, is an answer.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["asked"]
        field.choices = [("", ""), *((str(row.pk), words_of(row)) for row in unanswered(subject))]

    def clean_asked(self) -> AgencyAsked:
        return AgencyAsked.objects.get(pk=self.cleaned_data["asked"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        asked, answered = said.get("asked"), said.get("answered_at")
        if asked and answered and answered < asked.asked_at:
            self.add_error("answered_at", ValidationError(_("The answer cannot lie before the question")))
        return said


def unanswered(application: Any) -> list[AgencyAsked]:
    if application is None or not application.pk:
        return []
    rows = AgencyAsked.objects.standing().filter(
        application=application, asked_at__isnull=False, answered_at__isnull=True
    )
    return list(rows.order_by("pk"))


def words_of(row: AgencyAsked) -> str:
    return f"{AgencyKind(row.agency_kind).label}: {row.who}"


class CategoryProposed(EvidenceForm):
    """Concern or no concern as the police see it; the forum decides. Factors are relevant, never conclusive (S3-242).

    `subject` is the consideration; the step’s guard says on it whether whoever proposes is a supervisor.
    """

    wants_subject = True
    category = Choice(
        Category, label="Is there a concern?", called="The category", needed="Choose concern or no concern",
        reveals={Category.CONCERN: ["recipient", "wording"], Category.NO_CONCERN: ["despite"]},
        hint="What the police think. The forum decides, and may see it otherwise.",
    )  # fmt: skip
    recipient = LongText(
        label="Whom should be told, and why are they best placed?",
        called="Whom to tell",
        required=False,
        max_length=1000,
        rows=3,
        hint="Whoever can best keep the person at risk safe, which is not always whoever asked.",
    )
    wording = LongText(
        label="What should be said?", called="What to say", required=False, max_length=4000, rows=5,
        hint="Enough for an informed choice, and no more. Nothing that is spent.",
    )  # fmt: skip
    despite = LongText(
        label="Why is there no concern, where something ticked below speaks for one?", called="Why there is none all the same",
        required=False, max_length=2000, rows=3,
        hint="A factor that speaks for concern does not decide, and is never passed over in silence.",
    )  # fmt: skip
    factors = Choices(
        Factor, label="Which of these hold?", called="What holds", required=False,
        hint="The first four speak for concern, the others against. None of them decides.",
    )  # fmt: skip
    reasons = LongText(
        label="Why?", called="The reasons", needed="Say why", max_length=4000, rows=5, min_length=20,
        hint="The forum decides on them, and may see it otherwise. The factors are relevant, never conclusive.",
    )  # fmt: skip
    malice = Choice(
        Malice,
        label="Is the request malicious, as far as is known now?",
        called="Whether it is malicious",
        required=False,
        hint="Malice ends a request, never a risk. Suspected is not established.",
    )
    representations = Choice(
        Representations, label="Is the subject asked for their side?", called="Representations",
        needed="Say whether the subject is asked", hints={
            Representations.DISPENSED: "Asking may itself put her in danger.",
            Representations.INVITED: "A supervisor decides, after safety measures, in words that betray nobody.",
        },
        hint="To ask for the subject’s side is considered each time. Not to needs a good reason, such as her safety.",
    )  # fmt: skip
    representations_because = LongText(
        label="Why, or why not?", called="Why they are sought, or are not", needed="Say why they are sought, or why not",
        max_length=2000, rows=3, min_length=10,
        hint="It must show that it was considered. Urgency, and danger to her, are good reasons not to.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.application = subject
        if not self.initial.get("representations"):
            self.initial["representations"] = Representations.DISPENSED

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("category") == Category.CONCERN:
            self.require_of_concern(said)
        elif said.get("category") and set(said.get("factors") or []) & SPEAK_FOR_CONCERN and not said.get("despite"):
            self.add_error(
                "despite", ValidationError(_("Something you ticked speaks for concern: say why there is none"))
            )
        sought = said.get("representations") not in (None, "", Representations.DISPENSED)
        if sought and not getattr(self.application, "by_a_supervisor", False):
            words = _("A supervisor decides that the subject is asked, with safety measures first")
            self.add_error("representations", ValidationError(words))
        return said

    def require_of_concern(self, said: dict[str, Any]) -> None:
        for name, sentence in (
            ("recipient", _("Say whom should be told, and why")), ("wording", _("Say what should be said")),
        ):  # fmt: skip
            if not said.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(sentence))
        said["safety_plan"] = plan_of(self.application)
        if self.application is not None and said["safety_plan"] is None:
            self.add_error(
                None,
                ValidationError(_("Not yet. A concern needs a safety plan for the person at risk: begin one first")),
            )


def plan_of(application: Any) -> SafetyPlan | None:
    """The safety plan that is proposed: the one in force, else the one being written. Index: safety_plan_of_case."""
    if application is None or not application.pk:
        return None
    rows = SafetyPlan.objects.open().filter(case=application.case_id).order_by("-state", "-number")
    in_force = [row for row in rows if row.state == SafetyPlan.State.IN_FORCE]
    return next(iter([*in_force, *rows]), None)
