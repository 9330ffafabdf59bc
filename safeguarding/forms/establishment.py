"""What is said of a local authority's scheme, of a school, of who answers there and of its days."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator
from django.utils.translation import gettext as _

from safeguarding.models import (
    Agency,
    EncompassTerms,
    Establishment,
    EstablishmentKind,
    KeyAdult,
    LocalAuthority,
    Profile,
    SchoolDates,
)
from workflow.forms import (
    Choice,
    DayField,
    EvidenceForm,
    LongText,
    Number,
    Pick,
    Reason,
    ShortText,
    Telephone,
    UnitField,
    YesNo,
)

MAILBOX = EmailValidator("Enter an e-mail address in the correct format, like safeguarding@school.example")


def mailbox(**rest: Any) -> ShortText:
    hint = "A secure mailbox. It is told only that something waits here: never a name."
    return ShortText(label="Secure mailbox", max_length=120, required=False, validators=[MAILBOX], hint=hint, **rest)


class Settings(EvidenceForm):
    """How much the schools of an authority are told, and on whose authority."""

    profile = Choice(
        Profile,
        label="How much are its schools told?",
        called="How much they are told",
        needed="Choose how much they are told",
    )
    early_years = YesNo(
        label="Are nurseries and childminders told too?", called="Whether nurseries are told",
        needed="Say whether nurseries are told too",
    )  # fmt: skip
    basis = ShortText(
        label="On which authority?", called="The authority", needed="Say on which authority", max_length=300,
        hint="For example: information-sharing protocol of the safeguarding partnership, 1 September 2026.",
    )  # fmt: skip


class NewLocalAuthority(Settings):
    name = ShortText(label="Which local authority?", called="The local authority", max_length=80)
    unit = UnitField(
        label="Which unit keeps its schools?", called="The unit", hint="The code of the unit, for example DAU."
    )
    field_order = ("name", "unit", "profile", "early_years", "basis")

    def clean_name(self) -> str:
        said: str = self.cleaned_data["name"]
        if LocalAuthority.objects.filter(name__iexact=said).exists():
            raise ValidationError(_("That local authority is recorded already"))
        return said


class SettingsChanged(Settings, Reason):
    reason = LongText(
        label="Why do they change?", called="The reason", needed="Say why they change", max_length=1000, rows=2
    )


class NewEncompassTerms(EvidenceForm):
    """The times and ages of the duty from a day on. They hold for every school that the force tells."""

    valid_from = DayField(label="From which day?", called="The day", needed="Say from which day", future=True)
    statutory = YesNo(
        label="Is it a duty in law?", called="Whether it is a duty in law", needed="Say whether it is a duty in law"
    )
    bell = ShortText(
        label="When does a school day begin?", called="The bell", needed="Say when a school day begins", max_length=5,
        width=5, hint="24-hour clock, for example 08:00. A school is told before it.",
    )  # fmt: skip
    ring_from = ShortText(
        label="From when does somebody ring a school that has not read it?", called="When somebody rings",
        needed="Say from when somebody rings", max_length=5, width=5, hint="Before the bell, for example 07:30.",
    )  # fmt: skip
    youngest = Number(
        label="From which age is a child at a school?", called="The youngest", needed="Say the youngest", min_value=0,
        max_value=10,
    )  # fmt: skip
    grown = Number(
        label="From which age is nobody a child?", called="The age of the grown", needed="Say the age", min_value=16,
        max_value=25,
    )  # fmt: skip
    authority = ShortText(
        label="On which authority?", called="The authority", needed="Say on which authority", max_length=300
    )

    def clean_bell(self) -> time:
        return clock_time(self.cleaned_data["bell"])

    def clean_ring_from(self) -> time:
        return clock_time(self.cleaned_data["ring_from"])

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if EncompassTerms.objects.filter(valid_from=day).exists():
            raise ValidationError(_("Times from that day are set already. Choose another day."))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("bell") and said.get("ring_from") and said["ring_from"] >= said["bell"]:
            self.add_error("ring_from", _("Somebody must ring before the bell"))
        return said


def clock_time(said: str) -> time:
    """07:30. Raises ValidationError for anything else."""
    try:
        return time.fromisoformat(said.strip())
    except ValueError:
        raise ValidationError(_("Enter a time of the 24-hour clock, like 07:30")) from None


class EstablishmentReached(EvidenceForm):
    """How it is reached, and where its people sign in."""

    urn = ShortText(
        label="URN (optional)", called="The URN", max_length=10, width=10, required=False,
        hint="The unique reference number of the school.", validators=[RegexValidator(r"^[0-9]+\Z", "A URN is digits only")],
    )  # fmt: skip
    email = mailbox()
    telephone = Telephone(label="Telephone")
    agency = Pick(
        label="Where do its people sign in to read? (optional)", called="Where its people sign in", required=False,
        hint="A partner agency. Without one it is told by telephone.",
    )  # fmt: skip
    verified_on = DayField(label="When was this last confirmed with it?", called="The day it was confirmed", past=True)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["agency"]
        rows = Agency.objects.working().select_related("unit").order_by("unit__name")
        field.choices = [("", ""), *((str(row.pk), row.unit.name) for row in rows)]

    def clean_agency(self) -> Agency | None:
        said = self.cleaned_data["agency"]
        found: Agency | None = Agency.objects.working().filter(pk=said).first() if said else None
        return found


class NewEstablishment(EstablishmentReached):
    name = ShortText(label="Name", max_length=120, hint="As people say it, for example Easterby Primary School")
    town = ShortText(label="Town or village", max_length=80)
    kind = Choice(EstablishmentKind, label="What is it?", called="What it is", needed="Choose what it is")
    authority = Pick(label="Local authority", needed="Choose the local authority")
    field_order = ("name", "town", "kind", "authority", "urn", "email", "telephone", "agency", "verified_on")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["authority"]
        rows = LocalAuthority.objects.filter(state=LocalAuthority.State.WORKING).order_by("name")
        field.choices = [("", ""), *((str(row.pk), row.name) for row in rows)]

    def clean_authority(self) -> LocalAuthority:
        found: LocalAuthority = LocalAuthority.objects.select_related("unit").get(pk=self.cleaned_data["authority"])
        return found

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        there = Establishment.objects.filter(
            authority=said.get("authority"), name=said.get("name"), town=said.get("town")
        )
        if said.get("authority") and there.exists():
            self.add_error("name", _("That establishment is recorded already"))
        if said.get("urn") and Establishment.objects.filter(urn=said["urn"]).exists():
            self.add_error("urn", _("An establishment has that URN already"))
        return said


class EstablishmentChanged(EstablishmentReached, Reason):
    wants_subject = True

    reason = LongText(
        label="Why does it change?", called="The reason", needed="Say why it changes", max_length=1000, rows=2
    )
    field_order = ("urn", "email", "telephone", "agency", "verified_on", "reason")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        if subject is not None and subject.pk:
            rest["initial"] = {**(rest.get("initial") or {}), "agency": str(subject.agency_id or "")}
        super().__init__(*args, **rest)
        self.subject = subject

    def clean_urn(self) -> str:
        said: str = self.cleaned_data["urn"]
        others = Establishment.objects.exclude(pk=self.subject.pk if self.subject else 0)
        if said and others.filter(urn=said).exists():
            raise ValidationError(_("An establishment has that URN already"))
        return said


class NewKeyAdult(EvidenceForm):
    """Who is told there, in which order, and since when they are trained."""

    name = ShortText(label="Name", max_length=120)
    post = Choice(KeyAdult.Post, label="What is their post?", called="Their post", needed="Choose their post")
    order = Number(
        label="In which order are they told?",
        called="The order",
        min_value=1,
        max_value=9,
        width=3,
        hint="1 is told first.",
    )
    email = mailbox()
    telephone = Telephone(label="Telephone", hint="One that is answered before the school day begins.")
    since = DayField(label="From which day?", called="The first day")
    until = DayField(label="Until which day? (optional)", called="The last day", required=False)
    trained_on = DayField(
        label="When were they trained? (optional)", called="The day of the training", required=False, past=True
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("The last day must be after the first"))
        return said


class NewDates(EvidenceForm):
    """A term, or days on which it is closed; of this school, or of every school of its authority."""

    kind = Choice(SchoolDates.Kind, label="What are they?", called="What they are", needed="Choose what they are")
    words = ShortText(
        label="What is it called?", called="The name", max_length=120, hint="For example: autumn term 2026"
    )
    from_on = DayField(label="First day", called="The first day")
    to_on = DayField(label="Last day", called="The last day")
    whose = Choice(
        (("own", "This school only"), ("authority", "Every school of its local authority that has no terms of its own")),
        label="Whose days are they?", called="Whose days they are", needed="Say whose days they are",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("from_on") and said.get("to_on") and said["to_on"] < said["from_on"]:
            self.add_error("to_on", _("The last day must not be before the first"))
        return said
