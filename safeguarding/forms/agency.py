"""What is said of a partner agency and of its information-sharing agreement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator
from django.utils.translation import gettext as _

from accounts.models import Unit
from safeguarding.models import AgencyKind, Agreement
from workflow.forms import Choice, DayField, EvidenceForm, LongText, Reason, ShortText, Telephone, UnitField


class AgencyReached(EvidenceForm):
    """What it serves and how it is reached."""

    area = ShortText(label="Which area does it serve?", called="The area", max_length=200, required=False)
    pathway = LongText(
        label="How is somebody referred to it?", called="How somebody is referred", max_length=4000, rows=4, required=False,
        hint="Whom it takes, how fast it answers, what it wants to know. Officers read this beside a case.",
    )  # fmt: skip
    email = ShortText(
        label="Secure mailbox", max_length=120, required=False,
        hint="A mailbox of the team, not of one person, for example marac@council.example",
        validators=[EmailValidator("Enter an e-mail address in the correct format, like marac@council.example")],
    )  # fmt: skip
    telephone = Telephone(label="Telephone", required=False)
    out_of_hours = ShortText(label="Out of hours", max_length=200, required=False)


class NewAgency(AgencyReached):
    """A partner, with a unit of its own beneath the unit that works with it."""

    name = ShortText(label="Name", max_length=80, hint="For example Easterby housing")
    code = ShortText(
        label="Code", max_length=20, width=10, hint="Short, and never used twice, for example EHOU",
        validators=[RegexValidator(r"^[A-Za-z0-9-]+\Z", "Use letters, numbers and dashes only")],
    )  # fmt: skip
    kind = Choice(AgencyKind, label="What is it?", called="What it is", needed="Choose what it is")
    beneath = UnitField(
        label="Which unit works with it?", called="The unit that works with it",
        hint="The code of the unit whose coordinator keeps its agreement, for example DAU.",
    )  # fmt: skip
    field_order = ("name", "code", "kind", "beneath", "area", "pathway", "email", "telephone", "out_of_hours")

    def clean_code(self) -> str:
        said: str = self.cleaned_data["code"].upper()
        if Unit.objects.filter(code__iexact=said).exists():
            raise ValidationError(_("A unit has that code already, perhaps a closed one. Choose another."))
        return said


class AgencyChanged(AgencyReached, Reason):
    """Reached otherwise than was recorded, and why."""

    reason = LongText(
        label="Why does it change?", called="The reason", needed="Say why it changes", max_length=1000, rows=2
    )
    field_order = ("area", "pathway", "email", "telephone", "out_of_hours", "reason")


class AgreementSaid(EvidenceForm):
    """What an agreement says, and who stands for it."""

    signatory = ShortText(
        label="Who signed for the agency?", called="Who signed", max_length=120, hint="Name and office"
    )
    protection_officer = ShortText(
        label="Who is its data protection officer?", called="The data protection officer", max_length=200
    )
    purpose = LongText(
        label="What is shared, and for what purpose?", called="The purpose", needed="Say what is shared and for what purpose",
        max_length=4000, rows=4,
    )  # fmt: skip
    basis = LongText(
        label="On which lawful bases?", called="The lawful bases", needed="Say on which lawful bases", max_length=2000, rows=3,
        hint="For example UK GDPR Article 6(1)(e) and 9(2)(g), with DPA 2018 Schedule 1 paragraph 18; the police: DPA 2018 Part 3.",
    )  # fmt: skip


class Signed(AgreementSaid):
    """A signature under the agreement, and until when it counts."""

    edition = ShortText(
        label="Which version of the agreement?", called="The version", max_length=60, hint="For example 2026-1"
    )
    signed_on = DayField(label="When was it signed?", called="The day it was signed", past=True)
    review_on = DayField(
        label="Until when does it count?", called="The review day",
        hint="The last day before it must be looked at again. From the next day on nothing is sent to the agency.",
    )  # fmt: skip
    field_order = ("edition", "signed_on", "review_on", "signatory", "protection_officer", "purpose", "basis")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        signed, review = said.get("signed_on"), said.get("review_on")
        if signed and review and review < signed:
            self.add_error("review_on", _("The review day must be after the day it was signed"))
        return said


class Corrected(AgreementSaid, Reason):
    """Something was written wrongly. The days do not change here: they change by a review or an end."""

    field_order = ("signatory", "protection_officer", "purpose", "basis", "reason")


class Reviewed(Reason):
    """Looked at again: it counts for longer."""

    wants_subject = True

    review_on = DayField(label="Until when does it count now?", called="The new review day", future=True)
    reason = LongText(
        label="What was looked at?", called="What was looked at", needed="Say what was looked at", min_length=10,
        max_length=1000, rows=3, hint="What has changed in law or in the agency, and that both still agree.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Agreement | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject

    def clean_review_on(self) -> date:
        said: date = self.cleaned_data["review_on"]
        if self.subject and said <= self.subject.review_on:
            raise ValidationError(_("The new review day must be after the one that stands"))
        return said
