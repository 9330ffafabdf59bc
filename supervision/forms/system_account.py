"""What is said when another system is let in: its account, a token of it, an address that is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from supervision.forms.fields import GRANTABLE
from supervision.webhooks.address import BadAddress, checked
from workflow.declare import WORKFLOWS
from workflow.forms import Choices, DayField, EvidenceForm, LongText, ShortText, UnitField

NEVER = "administrator"  # a program that may change who may do what is no use to anybody but a thief
LONGEST_DAYS = 365


class NewAccount(EvidenceForm):
    """A name that everybody will read in the audit, what it is for, and what it may do where."""

    name = ShortText(
        label="What is the system called?", called="The name", max_length=60, hint="For example: Command and control"
    )
    purpose = LongText(label="What is it for?", called="The purpose", max_length=300, rows=3)
    contact = ShortText(label="Which team answers for it?", called="The team", max_length=200)
    roles = Choices(
        [(code, label) for code, label in GRANTABLE if code != NEVER], label="Which roles does it need?",
        needed="Choose at least one role", hint="It may see and do what these roles may, and decides nothing.",
    )  # fmt: skip
    over = UnitField(label="Over which unit?", called="The unit")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if User.objects.filter(username=username_of(name)).exists():
            raise ValidationError("There is a system of that name. Choose another.", code="taken")
        return name


class NewToken(EvidenceForm):
    """What tells this token from the others, and when it ends."""

    name = ShortText(
        label="What is this token for?", called="What it is for", max_length=60, hint="For example: live server"
    )
    until = DayField(
        label="Until which day?",
        called="The day it ends",
        future=True,
        hint="At most a year from now. For example 29 8 2027",
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until > timezone.localdate() + timedelta(days=LONGEST_DAYS):
            raise ValidationError("A token ends within a year. Choose an earlier day.", code="late")
        return until


class NewSubscription(EvidenceForm):
    """Where it is told, and of which acts."""

    url = ShortText(
        label="Which address is told?", called="The address", max_length=300, hint="It starts with https://"
    )
    events = Choices(label="Of which acts?", needed="Choose at least one act")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["events"]  # the tables are all declared only when the program has started
        field.choices = events_told()

    def clean_url(self) -> str:
        try:
            return checked(self.cleaned_data["url"])
        except BadAddress as refused:
            raise ValidationError(str(refused), code="address") from None


def events_told() -> list[tuple[str, str]]:
    """Every step of case work that may be told, by its event."""
    tables = [table for _, table in sorted(WORKFLOWS.items()) if hasattr(table.model, "case_id")]
    steps = [(table, step) for table in tables for step in table.steps if step.told]
    return [(table.event(step.name), f"{table.label}: {step.title}") for table, step in steps]


def username_of(name: str) -> str:
    return "api-" + "-".join(name.lower().split())[:100]
