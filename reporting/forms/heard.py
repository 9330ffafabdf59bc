"""What is said of feedback of partners, consultations, findings and reviews with partners. Nobody is named in any of it."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.forms.safety import PersonField
from reporting.forms.survey import put_questions
from reporting.models import Consultation, Questionnaire
from reporting.models.feedback import Audience, Purpose, Source, Stage
from safeguarding.models import Agency
from workflow.forms import Choice, Choices, DayField, EvidenceForm, LongText, Number, Reason, ShortText, Tick

CODE = re.compile(r"[A-Z][A-Z0-9-]{0,18}\Z")
NAMES_NOBODY = "No names, and nothing by which somebody could be known."
#: The number of a case: what must never stand in words that everybody reads.
REFERENCE = re.compile(r"\bDA-20\d\d-\d{6}\b", re.IGNORECASE)


class MeasuresField(ShortText):
    """Codes of measures with commas or spaces between them: M38, D9. Becomes a list, each once, in the order typed."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("label", "Which measures does it touch? (optional)")
        rest.setdefault("called", "The measures")
        rest.setdefault("hint", "Their codes with commas between them, for example M38, M12.")
        super().__init__(max_length=200, required=False, **rest)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        said = ", ".join(value) if isinstance(value, list) else value
        codes = [code.upper() for code in re.split(r"[,;\s]+", super().clean(said) or "") if code]
        if wrong := [code for code in codes if not CODE.match(code)]:
            raise ValidationError(_("%(code)s is no code of a measure. Codes are like M38.") % {"code": wrong[0]})
        return list(dict.fromkeys(codes))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class NamesNobody(EvidenceForm):
    """What many read: the number of a case in it is refused."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name, words in list(said.items()):
            if isinstance(words, str) and REFERENCE.search(words):
                self.add_error(
                    name, _("Take the number of the case out: this is read by people who may not know of it")
                )
        return said


class PartnerSays(NamesNobody):
    """The questions of the edition in use for partners."""

    wants_subject = True
    words = LongText(
        label="What else do you want to say? (optional)", called="What else you say", max_length=4000, rows=4, required=False,
        hint=f"What works, what does not, what you would change. {NAMES_NOBODY}",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.questionnaire = (
            subject.questionnaire if subject is not None and subject.pk
            else Questionnaire.objects.all().in_use(Audience.PARTNER).first()
        )  # fmt: skip
        put_questions(self, self.questionnaire.asked_of(Stage.TOGETHER) if self.questionnaire else [])
        self.order_fields([*(name for name in self.fields if name != "words"), "words"])


class Consulted(NamesNobody):
    kind = Choice(
        Consultation.Kind, label="How were they listened to?", called="How", needed="Choose how they were listened to"
    )
    held_on = DayField(label="When?", called="The day", past=True)
    who = ShortText(
        label="Who was listened to?", called="Who was listened to", needed="Say who was listened to", max_length=300,
        hint=f"The group, not the people: women of the Tuesday group, for example. {NAMES_NOBODY}",
    )  # fmt: skip
    how_many = Number(
        label="How many people? (optional)",
        called="The number of people",
        min_value=1,
        max_value=100000,
        required=False,
    )
    purposes = Choices(Purpose, label="What for?", called="What it was for", needed="Choose what it was for")
    about = LongText(
        label="About what?", called="What it was about", needed="Say what it was about", max_length=2000, rows=3
    )
    said = LongText(
        label="What did they say?", called="What they said", needed="Say what they said", min_length=10, max_length=8000, rows=6,
        hint=NAMES_NOBODY,
    )  # fmt: skip
    measures = MeasuresField()


class ConsultationChanged(Consulted, Reason):
    reason = LongText(
        label="Why does it change?", called="The reason", needed="Say why it changes", max_length=1000, rows=2
    )
    field_order = ("kind", "held_on", "who", "how_many", "purposes", "about", "said", "measures", "reason")


class Found(NamesNobody):
    """What was heard. Begun on the page of a consultation or a review, it comes from there."""

    wants_subject = True
    source = Choice(
        Source, label="Where does it come from?", called="Where it comes from", needed="Choose where it comes from"
    )
    stage = Choice(
        [*((stage.value, stage.label) for stage in Stage), ("", "No stage, or several")], required=False,
        label="Which stage is it about?", called="The stage",
    )  # fmt: skip
    heard_on = DayField(label="When was it heard?", called="The day", past=True)
    heard = LongText(
        label="You said: what was heard?", called="What was heard", needed="Say what was heard", min_length=10, max_length=2000,
        rows=3, hint=f"As they would say it. {NAMES_NOBODY}",
    )  # fmt: skip
    measures = MeasuresField()

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if source_of(subject):
            del self.fields["source"]


def source_of(subject: Any) -> str:
    """Where a finding comes from, where the page on which it is begun says so."""
    if getattr(subject, "consultation_id", None):
        return str(Source.CONSULTATION)
    return str(Source.REVIEW) if getattr(subject, "review_id", None) else ""


class Planned(NamesNobody):
    owner = PersonField(label="Who does it?", called="Who does it", needed="Say who does it")
    plan = LongText(
        label="What is to be done?", called="What is to be done", needed="Say what is to be done", min_length=10, max_length=2000,
        rows=3, hint=NAMES_NOBODY,
    )  # fmt: skip
    due_on = DayField(label="By when?", called="The day", future=True)


class Longer(Reason):
    due_on = DayField(label="By when now?", called="The day", future=True)
    field_order = ("due_on", "reason")


class Did(NamesNobody):
    did = LongText(
        label="We did: what was done?", called="What was done", needed="Say what was done", min_length=10, max_length=2000, rows=3,
        hint=f"As whoever said it would want to hear it. {NAMES_NOBODY}",
    )  # fmt: skip


class DidNot(NamesNobody):
    why_not = LongText(
        label="Why is nothing done?", called="Why", needed="Say why nothing is done", min_length=10, max_length=2000, rows=3,
        hint=f"An honest no is an answer. {NAMES_NOBODY}",
    )  # fmt: skip


class Published(EvidenceForm):
    read = Tick(label="I have read it: nobody is named, and nobody could be known by it")


class ReviewSaid(NamesNobody):
    title = ShortText(
        label="Name of the review", called="The name", needed="Enter the name of the review", max_length=120
    )
    held_on = DayField(label="When was it held?", called="The day", past=True)
    agencies = Choices(
        label="Which agencies were there?",
        called="The agencies",
        needed="Choose the agencies that were there",
        coerce=int,
    )
    also_there = ShortText(
        label="Who else, by role? (optional)", called="Who else was there", max_length=500, required=False,
        hint="Roles, not names: the commissioner’s lead on victims, for example.",
    )  # fmt: skip
    reviewed = LongText(
        label="What was looked at?", called="What was looked at", needed="Say what was looked at", max_length=4000, rows=3,
        hint="The pack and its month, the outcomes, the figures.",
    )  # fmt: skip
    measures = MeasuresField()
    said = LongText(
        label="What was said?",
        called="What was said",
        needed="Say what was said",
        max_length=8000,
        rows=5,
        hint=NAMES_NOBODY,
    )
    decided = LongText(
        label="What was decided?", called="What was decided", needed="Say what was decided", max_length=4000, rows=4
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = Agency.objects.all().working().select_related("unit").order_by("unit__name", "pk")
        field: Any = self.fields["agencies"]
        field.choices = [(agency.pk, str(agency)) for agency in rows]


REVIEW_ORDER = ("title", "held_on", "agencies", "also_there", "reviewed", "measures", "said", "decided")


class ReviewCorrected(ReviewSaid, Reason):
    reason = LongText(
        label="Why does it change?", called="The reason", needed="Say why it changes", max_length=1000, rows=2
    )
    field_order = (*REVIEW_ORDER, "reason")
