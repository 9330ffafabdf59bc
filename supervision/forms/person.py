"""What is said of somebody who works here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator

from accounts.models import User
from workflow.forms import EvidenceForm, ShortText, UnitField


class ChangedPerson(EvidenceForm):
    """Who somebody is. What they may do is said by their postings."""

    first_name = ShortText(label="First names", max_length=150)
    last_name = ShortText(label="Last name", max_length=150)
    rank = ShortText(
        label="Rank or title", max_length=20, required=False, width=10, hint="As it is said: PC, PS, DC, Insp"
    )
    collar_number = ShortText(label="Collar number", max_length=12, required=False, width=10)
    email = ShortText(
        label="Work e-mail address", called="The e-mail address", max_length=254, required=False,
        validators=[EmailValidator("Enter an e-mail address in the correct format, like name@example.police.uk")],
        hint="Notices are sent there. They hold a reference and nothing more.",
    )  # fmt: skip
    unit = UnitField(label="The unit they belong to", called="The unit", required=True)


class NewPerson(ChangedPerson):
    """The same, and how they sign in."""

    username = ShortText(
        label="User name", called="The user name", max_length=40, width=20, hint="What they sign in with, for example 2877",
        validators=[RegexValidator(r"^[A-Za-z0-9._-]+\Z", "Use letters, numbers, dots, dashes and underscores only")],
    )  # fmt: skip
    field_order = ("username", "first_name", "last_name", "rank", "collar_number", "email", "unit")

    def clean_username(self) -> str:
        said: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=said).exists():
            raise ValidationError("Somebody has that user name already. Find them in the list of people.")
        return said


class Find(EvidenceForm):
    """By any part of a name, or the whole collar number or user name."""

    words = ShortText(
        label="Name, collar number or user name",
        needed="Enter a name or a number",
        max_length=80,
        min_length=2,
        width=20,
    )


def password_box() -> forms.PasswordInput:
    """Never filled in again with what was typed."""
    return forms.PasswordInput(attrs={"class": "govuk-input", "autocomplete": "new-password"})


class FirstPassword(EvidenceForm):
    """What the administrator told, and a password of one's own."""

    username = ShortText(label="Collar number or staff name", called="The name", max_length=40, width=20)
    code = ShortText(label="The code you were told", called="The code", max_length=40, width=30)
    password = ShortText(
        label="A new password", called="The password", max_length=128, widget=password_box(),
        hint="At least 12 characters. Three random words are good.",
    )  # fmt: skip
    again = ShortText(label="The new password again", called="The password", max_length=128, widget=password_box())

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "password" in said and "again" in said and said["password"] != said["again"]:
            self.add_error("again", ValidationError("The two passwords must be the same"))
        if "password" in said:
            try:
                validate_password(said["password"], User(username=said.get("username", "")))
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return said
