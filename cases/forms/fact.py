"""What is learned about somebody, one thing to a page: where they live, what they drive, what they are called elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.forms.incident import POSTCODE
from people.forms import PartialDayField
from people.models import Address, Handle, InScheme, Managed, PersonName, WarningMarker
from people.models.identifier import SERIES, SHAPES, looks_right
from people.models.link import CHOICES as TIES
from people.models.span import first_day, last_day, span_columns
from people.models.vehicle import is_whole
from workflow.clock import LONDON
from workflow.forms import Choice, DayField, EvidenceForm, LongText, Pick, ShortText, Tick

JUST_SO = "It is written just like this"
YEAR = timedelta(days=365)
SPAN_HINT = "As far as it is known: the year alone will do"


def from_field(label: str) -> PartialDayField:
    return PartialDayField(label=label, called="The beginning", required=False, hint=SPAN_HINT)


def to_field(label: str) -> PartialDayField:
    return PartialDayField(label=label, called="The end", required=False, hint="Leave empty if it is so still")


class NewFact(EvidenceForm):
    """A page that learns one fact. `columns` are those of its model."""

    def columns(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class NewSpanned(NewFact):
    """One with a beginning and an end, each as far as it is known."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = said.get("since"), said.get("until")
        if since and until and last_day(until) < first_day(since):
            self.add_error("until", _("The end must be after the beginning"))
        return said

    def columns(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return said | span_columns(said.pop("since", None), said.pop("until", None))


class NewAddress(NewSpanned):
    line = ShortText(
        label="Address",
        needed="Enter the address",
        max_length=300,
        hint="For example: Flat 2, 8 Sample Street, Exampleton",
    )
    postcode = ShortText(label="Postcode", max_length=10, width=10, required=False)
    whose = Pick([("", ""), *Address.Whose.choices], label="Whose address is it?", required=False)
    since = from_field("From when?")
    until = to_field("Until when?")

    def clean_postcode(self) -> str:
        said = str(self.cleaned_data["postcode"] or "").strip().upper()
        if said and not POSTCODE.fullmatch(said):
            raise ValidationError(_("Enter a full postcode, like NR3 4QX, or leave it empty"))
        return said if " " in said or not said else f"{said[:-3]} {said[-3:]}"


class NewName(NewFact):
    kind = Choice(
        [
            (PersonName.Kind.KNOWN_AS, "Known as", "What people call them"),
            (PersonName.Kind.ALIAS, "Alias", "A name they have given themselves"),
            (PersonName.Kind.MAIDEN, "Maiden name"),
            (PersonName.Kind.FORMER, "Former name", "Changed since, by marriage or otherwise"),
            (PersonName.Kind.SPELLING, "Another spelling", "Written over from another alphabet, as a document has it"),
            (PersonName.Kind.LEGAL, "Full name", "As a document has it, if what is recorded is wrong or not whole"),
        ],
        label="What kind of name is it?",
        called="The kind of name",
        needed="Choose what kind of name it is",
    )
    forename = ShortText(label="First names", max_length=100, required=False)
    surname = ShortText(label="Surname", max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not re.search(r"\w", f"{said['forename']}{said['surname']}"):
            raise ValidationError(_("Enter a first name or a surname"))
        return said


class NewVehicle(NewFact):
    plate = ShortText(
        label="Registration", max_length=15, width=10, required=False, hint="As much as was read, like LK19 or LK19 ABC"
    )
    partial = Tick(label="Only a part of it was read", required=False)
    foreign = Tick(label=JUST_SO, required=False)
    looks = ShortText(
        label="Make, colour and what stands out", max_length=150, required=False, hint="For example: grey Transit van"
    )
    unconfirmed = Tick(label="Nobody has checked that it is theirs", required=False)

    def clean_plate(self) -> str:
        said = " ".join(str(self.cleaned_data["plate"] or "").upper().split())
        if said and not re.fullmatch(r"[A-Z0-9 ?*.-]*[A-Z0-9][A-Z0-9 ?*.-]*", said):
            raise ValidationError(_("The registration must be letters and numbers; put ? for one that was not read"))
        return said

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        plate = said.get("plate", "")
        if self.errors:
            return said
        if not plate and not said["looks"]:
            self.add_error("plate", _("Enter the registration or how it looks"))
        elif not plate:
            said["partial"] = False
        elif not is_whole(plate) and not said["partial"] and not said["foreign"]:
            self.add_error(
                "plate", _("This is no whole registration. If a part was read, or it is written so, tick which")
            )
        return said

    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "foreign"}


class NewHandle(NewFact):
    network = Pick(
        [("", ""), *Handle.Network.choices], label="Where is the account?", called="Where it is",
        needed="Choose where the account is",
    )  # fmt: skip
    handle = ShortText(
        label="Name of the account", needed="Enter the name of the account", max_length=100, hint="As it is shown there"
    )
    said_words = ShortText(label="What else is known of it", max_length=150, required=False)

    def clean_handle(self) -> str:
        said = str(self.cleaned_data["handle"])
        if not re.search(r"\w", said):
            raise ValidationError(_("The name of the account must have a letter or a number in it"))
        return said


class NewIdentifier(NewFact):
    """A number of an unusual shape is asked once more, and then kept as it is written: none is lost."""

    series = Choice(
        SERIES,
        label="What kind of number is it?",
        called="The kind of number",
        needed="Choose what kind of number it is",
    )
    number = ShortText(label="Number", needed="Enter the number", max_length=40, width=20)
    odd = Tick(label=JUST_SO, required=False)
    said_words = ShortText(label="Whose number, if another force or country gave it", max_length=100, required=False)

    def clean_number(self) -> str:
        said = " ".join(str(self.cleaned_data["number"]).upper().split())
        if not re.search(r"[A-Z0-9]", said):
            raise ValidationError(_("The number must have a letter or a number in it"))
        return said

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        if looks_right(said["series"], said["number"]):
            said["odd"] = False
        elif not said["odd"]:
            shape = SHAPES[said["series"]]
            sentence = _(
                "Check this number: %(kind)s looks like %(like)s. If it is written so, tick the box beneath it"
            )
            self.add_error("number", sentence % {"kind": _(shape.label), "like": shape.like})
        return said


class NewWarning(NewSpanned):
    danger = Pick(
        [("", ""), *WarningMarker.Danger.choices], label="What is the danger?", called="The danger",
        needed="Choose what the danger is",
    )  # fmt: skip
    what = ShortText(
        label="Say it in a few words", needed="Say what the danger is", max_length=300,
        hint="What whoever goes to the door must know. For example: kitchen knife, shown to officers",
    )  # fmt: skip
    said_by = ShortText(
        label="Who says so?", needed="Say who says so", max_length=200, hint="A person, or a record such as PNC"
    )
    since = from_field("Since when?")
    evidence = LongText(label="On what evidence?", max_length=500, rows=3, required=False)
    review_on = DayField(
        label="When must somebody look at it again?", called="The day to look at it again", future=True,
        needed="Enter the day to look at it again",
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        in_a_year = timezone.now().astimezone(LONDON).date() + YEAR
        super().__init__(*args, **rest | {"initial": {"review_on": in_a_year} | (rest.get("initial") or {})})


class NewManaged(NewSpanned):
    """MAPPA management: what a conference about them asks first (S2-007)."""

    category = Pick(
        [("", ""), *Managed.Category.choices], label="Which category?", called="The category",
        needed="Choose the category",
    )  # fmt: skip
    level = Pick(
        [("", ""), *Managed.Level.choices], label="Which level?", called="The level", needed="Choose the level"
    )
    since = from_field("Since when?")
    until = to_field("Until when?")
    contact = ShortText(
        label="Who manages them, and how are they reached?", called="The contact", needed="Say who manages them",
        max_length=200, hint="For example: DC Hallam, public protection, extension 4410",
    )  # fmt: skip
    next_on = DayField(
        label="When is the next meeting? (optional)", called="The next meeting", required=False, future=True
    )


class NewInScheme(NewSpanned):
    """MATAC or IOM: nominated by a person, and how that stands (S3-210)."""

    scheme = Pick(
        [("", ""), *InScheme.Scheme.choices], label="Which scheme?", called="The scheme", needed="Choose the scheme"
    )
    standing = Pick(
        [("", ""), *InScheme.Standing.choices], label="How does it stand?", called="How it stands",
        needed="Choose how it stands",
    )  # fmt: skip
    cohort = Pick(
        [("", "Not said"), *InScheme.Cohort.choices],
        label="Which cohort? (IOM only)",
        called="The cohort",
        required=False,
    )
    since = from_field("Since when?")
    until = to_field("Until when?")
    why = ShortText(
        label="Why?", called="Why", needed="Say why", max_length=300,
        hint="What was weighed and who decided. For example: three people harmed in a year, meeting of 4 May",
    )  # fmt: skip
    contact = ShortText(
        label="Which agency leads, and how is it reached?", called="The lead", needed="Say which agency leads",
        max_length=200,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("cohort") and said.get("scheme") == InScheme.Scheme.MATAC:
            self.add_error("cohort", _("Only IOM has cohorts"))
        return said


def link_form(people: Iterable[tuple[int, str]]) -> type[NewSpanned]:
    """The form that says what somebody is to one of these people (id, name)."""
    whom = [("", ""), *((str(pk), name) for pk, name in people)]
    fields: dict[str, Any] = {
        "tie": Pick([("", ""), *TIES], label="They are the", called="What they are", needed="Choose what they are"),
        "other": Pick(whom, label="Of whom?", called="The other person", needed="Choose the other person"),
        "since": from_field("From when?"),
        "until": to_field("Until when?"),
        "said_words": ShortText(label="What else is known of it", max_length=200, required=False),
        "columns": _link_columns,
    }
    return type("NewLink", (NewSpanned,), {**fields, "__module__": __name__})


def _link_columns(form: Any) -> dict[str, Any]:
    said = NewSpanned.columns(form)
    other = int(said.pop("other"))
    return {**said, "other_id": other}
