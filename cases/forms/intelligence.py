"""What is said of intelligence: what was learned and how it is graded, and what the bureau makes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.forms.incident import POSTCODE
from cases.models.answers.intelligence import Handling, InformationGrade, Provenance, SourceGrade
from cases.models.known_here import known_here
from people.models import Person
from workflow.clock import LONDON
from workflow.forms import Choice, DayField, EvidenceForm, LongText, MomentField, Reason, ShortText

REVIEWED_WITHIN = timedelta(days=365)  # offered; the force's own rule may be shorter
LATEST = timedelta(days=365 * 6)
SOON = (
    ("bureau_day", "Within a day"),
    ("bureau_three", "Within three days"),
    ("bureau_week", "Within a week"),
)


class Graded(EvidenceForm):
    """The 3x5x2 grading, and the text that tells nobody where it came from."""

    source = Choice(
        SourceGrade, label="How reliable is the source?", called="The source", needed="Grade the source from 1 to 3"
    )
    assessment = Choice(
        InformationGrade, label="How is it known?", called="The assessment", needed="Grade the information from A to E"
    )
    handling = Choice(
        Handling, label="May it be shared?", called="The handling code", needed="Choose the handling code, P or C",
        reveals={Handling.CONDITIONS: ["conditions"]},
    )  # fmt: skip
    conditions = LongText(
        label="On which conditions?", called="The conditions", needed="Enter the conditions", max_length=1000, rows=2,
        hint="Who may be told, and what they may do with it.",
    )  # fmt: skip


class NewIntelligence(Graded):
    wants_subject = True

    known_at = MomentField(label="When was it learned?", called="Time it was learned", past=True)
    person = Choice(label="Whom is it about?", required=False, coerce=int, empty_value=None)
    place = ShortText(label="Which place is it about? (optional)", called="Place", max_length=200, required=False)
    postcode = ShortText(label="Postcode (optional)", called="Postcode", max_length=10, width=10, required=False)
    original = LongText(
        label="What was learned, exactly?", called="What was learned", needed="Say what was learned", min_length=10,
        max_length=4000, rows=5, hint="As it was said or seen. Read only by you and by the bureau.",
    )  # fmt: skip
    provenance = Choice(Provenance, label="Where did it come from?", needed="Choose where it came from")
    provenance_words = ShortText(
        label="Who or what, exactly? (optional)", called="Who or what it came from", max_length=300, required=False,
        hint="Read only by you and by the bureau. Never the name of a registered source.",
    )  # fmt: skip
    sanitised = LongText(
        label="The same without anything that tells the source (optional)", called="The sanitised text", max_length=4000,
        rows=3, required=False, hint="Leave it empty if you are not sure: the bureau writes it.",
    )  # fmt: skip
    review_on = DayField(
        label="When is it to be looked at again? (optional)", called="Day of review", required=False,
        hint="Leave it empty for a year from today.",
    )  # fmt: skip
    field_order = (
        "known_at", "person", "place", "postcode", "original", "provenance", "provenance_words", "source", "assessment",
        "handling", "conditions", "sanitised", "review_on",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        here = known_here(getattr(subject, "case_id", None))
        field: Any = self.fields["person"]
        field.choices = [("", _("Nobody in this case: a place, or something else")), *here.choices]
        self.initial["person"] = getattr(subject, "person_id", None) or ""

    def clean_person(self) -> Person | None:
        chosen = self.cleaned_data["person"]
        return Person.objects.get(pk=chosen) if chosen else None

    def clean_postcode(self) -> str:
        said = str(self.cleaned_data["postcode"] or "").upper()
        if said and not POSTCODE.fullmatch(said):
            raise ValidationError(_("Enter a postcode, like NR3 4QX"))
        return said

    def clean_sanitised(self) -> str:
        return not_the_original(self.cleaned_data["sanitised"], self.cleaned_data.get("original"))

    def clean_review_on(self) -> Any:
        return day_of_review(self.cleaned_data["review_on"])


class ForTheBureau(EvidenceForm):
    note = LongText(
        label="Anything the bureau should know first? (optional)", called="What the bureau should know first",
        max_length=1000, rows=2, required=False,
    )  # fmt: skip


class Sanitise(Graded):
    """The bureau's own grading, and its text. What stood before stays in the history of the entry."""

    wants_subject = True

    sanitised = LongText(
        label="What may be read of it?", called="The sanitised text", needed="Write what may be read of it", min_length=10,
        max_length=4000, rows=4, hint="Nothing in it may tell the source.",
    )  # fmt: skip
    field_order = ("sanitised", "source", "assessment", "handling", "conditions")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.original = getattr(subject, "original", "")

    def clean_sanitised(self) -> str:
        return not_the_original(self.cleaned_data["sanitised"], self.original)


class TakenIn(EvidenceForm):
    bureau_ref = ShortText(
        label="Reference of the bureau", needed="Enter the reference of the bureau", max_length=80, width=20,
        hint="The number of the intelligence report",
    )  # fmt: skip


class SentBack(Reason):
    reason = LongText(
        label="What is missing?", called="What is missing", needed="Say what is missing", min_length=10, max_length=4000,
        rows=3,
    )  # fmt: skip


class TaskForHolder(EvidenceForm):
    what = LongText(
        label="What is whoever holds the case to do?", called="What is to be done", needed="Say what is to be done",
        min_length=10, max_length=2000, rows=3,
        hint="Everybody who may open the case reads this. Say nothing of the source.",
    )  # fmt: skip
    soon = Choice(SOON, label="By when?", needed="Say by when")


class AlsoAbout(EvidenceForm):
    wants_subject = True

    person = Choice(label="Who else is it about?", needed="Choose who else it is about", coerce=int, empty_value=None)

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["person"]
        first = getattr(subject, "person_id", None)
        field.choices = [one for one in known_here(getattr(subject, "case_id", None)).choices if one[0] != first]

    def clean_person(self) -> Person:
        return Person.objects.get(pk=self.cleaned_data["person"])


class LookedAtAgain(Reason):
    reason = LongText(
        label="Why is it kept?", called="Why it is kept", needed="Say why it is kept", min_length=10, max_length=4000, rows=3,
        hint="If it is no longer needed or true, strike it out instead.",
    )  # fmt: skip
    review_on = DayField(
        label="When is it to be looked at again?", called="Day of review", needed="Say when it is to be looked at again"
    )

    def clean_review_on(self) -> Any:
        return day_of_review(self.cleaned_data["review_on"])


def day_of_review(said: Any) -> Any:
    """From tomorrow on, and within six years; a year from today where nothing was said."""
    today = timezone.now().astimezone(LONDON).date()
    if not said:
        return today + REVIEWED_WITHIN
    if said <= today:
        raise ValidationError(_("The day of review must be after today"))
    if said > today + LATEST:
        raise ValidationError(_("The day of review must be within six years"))
    return said


def not_the_original(sanitised: Any, original: Any) -> str:
    """Many read the one and few the other: the same words in both boxes are a slip."""
    text = str(sanitised or "").strip()
    if text and " ".join(text.casefold().split()) == " ".join(str(original or "").casefold().split()):
        raise ValidationError(
            _("This is the original, word for word. Leave out what tells the source, or leave this empty")
        )
    return text
