"""What is said of a service of the directory."""

from __future__ import annotations

from people.models.language import LANGUAGES
from safeguarding.forms.choosing import AgencyField
from safeguarding.models import Need, Serves
from workflow.forms import Choices, DayField, EvidenceForm, LongText, Number, Reason, ShortText, Telephone


class ServiceSaid(EvidenceForm):
    """What it does, for whom, and how somebody comes to it."""

    name = ShortText(
        label="Name of the service", called="The name", needed="Enter the name of the service", max_length=120
    )
    what = LongText(label="What does it do?", called="What it does", needed="Say what it does", max_length=2000, rows=3)
    needs = Choices(
        Need, label="What does it help with?", called="What it helps with", needed="Choose what it helps with"
    )
    serves = Choices(
        Serves, label="For whom is it there? (optional)", called="For whom it is there", required=False,
        hint="Choose none if it is there for everybody.",
    )  # fmt: skip
    languages = Choices(
        LANGUAGES, label="Which languages are spoken there? (optional)", called="The languages", required=False,
        hint="Without an interpreter. English is taken as spoken.",
    )  # fmt: skip
    area = ShortText(
        label="Which area does it serve?", called="The area", needed="Enter the area it serves", max_length=200
    )
    how = LongText(
        label="How does somebody come to it?", called="How somebody comes to it", needed="Say how somebody comes to it",
        max_length=2000, rows=3, hint="By themselves, or by referral; what it wants to know; how long it takes.",
    )  # fmt: skip
    telephone = Telephone(label="Telephone (optional)", called="The telephone", required=False)
    opening = ShortText(label="When is it open? (optional)", called="When it is open", max_length=200, required=False)
    places = Number(
        label="How many people can it help at once? (optional)", called="The number of people", min_value=1, max_value=9999,
        required=False, hint="For an adviser service: cases that all its advisers together can carry.",
    )  # fmt: skip
    verified_on = DayField(
        label="When did the agency last say that this is right?", called="The day it was checked", past=True
    )


ORDER = ("name", "what", "needs", "serves", "languages", "area", "how", "telephone", "opening", "places", "verified_on")


class NewService(ServiceSaid):
    agency = AgencyField(label="Which agency offers it?", called="The agency", needed="Choose the agency")
    field_order = ("agency", *ORDER)

    def __init__(self, *args: object, **rest: object) -> None:
        super().__init__(*args, **rest)  # type: ignore[arg-type]
        field = self.fields["agency"]
        if isinstance(field, AgencyField):
            field.offer()


class ServiceChanged(ServiceSaid, Reason):
    reason = LongText(
        label="Why does it change?", called="The reason", needed="Say why it changes", max_length=1000, rows=2
    )
    field_order = (*ORDER, "reason")


class ServiceVerified(EvidenceForm):
    """Asked of the agency again, and nothing has changed."""

    verified_on = DayField(
        label="When did the agency say that it is right?", called="The day it was checked", past=True
    )
