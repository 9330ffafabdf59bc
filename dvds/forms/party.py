"""Who is in a consideration. Its people are known to it alone: another page never shows this as the source of a fact."""

from __future__ import annotations

from cases.forms.involvement import WhoIsIt
from dvds.models import Part, Party
from workflow.forms import Choice, LongText, ModelSection, Number, ShortText, Telephone

#: The applicant who asks for herself: one person, two parts.
HERSELF = "herself"
PARTS = [(HERSELF, "Applicant, who is the person at risk"), *((part.value, part.label) for part in Part)]


class PartySaid(ModelSection):
    """What must be known of somebody beside who they are."""

    connection = ShortText(
        label="How are they connected with the others?", called="The connection", max_length=200,
        hint="For example: sister of the person at risk; child of both",
    )  # fmt: skip
    lives_with = ShortText(
        label="With whom do they live?", called="With whom they live", max_length=200,
        hint="Whoever lives with the subject can be seen, heard and followed by him.",
    )  # fmt: skip
    school = ShortText(
        label="School or nursery, for a child", called="The school", max_length=200,
        hint="A school can help to keep a child safe, and social care asks for it.",
    )  # fmt: skip
    past_addresses = LongText(
        label="Addresses of the last five years, for the subject", called="Earlier addresses", max_length=2000, rows=3,
        hint="Another force may hold what we do not: an address says which to ask.",
    )  # fmt: skip
    work = ShortText(
        label="Work, and where", called="Work", max_length=200,
        hint="It tells two people of one name apart, and shows whether he meets others who are at risk.",
    )  # fmt: skip
    marks = ShortText(
        label="Vehicle, accounts on social media", called="Vehicle and accounts", max_length=300,
        hint="Where no name is known one of these may find him.",
    )  # fmt: skip

    class Meta:
        model = Party
        fields = ["connection", "lives_with", "school", "past_addresses", "work", "marks"]


class NewParty(WhoIsIt):
    """Somebody whom the consideration does not know yet: any part of a name, or what people call them, is enough."""

    part = Choice(
        PARTS, label="Who are they in this?", called="Their part", needed="Choose who they are in this",
        hint="Whoever asks, whoever is at risk and whoever is asked about are three parts, and may be three people.",
    )  # fmt: skip
    person = Number(
        label="The number of somebody you were shown", called="The person", min_value=1, required=False,
        hint="For a program: somebody whose record it may read. Leave empty for somebody new.",
    )  # fmt: skip
    address = ShortText(
        label="Address (optional)", called="The address", max_length=300, required=False,
        hint="It tells two people of one name apart, and which force to ask. Nothing is ever sent there.",
    )  # fmt: skip
    postcode = ShortText(
        label="Postcode (optional)", called="The postcode", max_length=10, required=False,
        hint="It finds the same address however it is written.",
    )  # fmt: skip
    telephone = Telephone(
        label="Telephone (optional)", called="The telephone number", required=False,
        hint="Whether it is safe to call is asked apart: nobody calls it before.",
    )  # fmt: skip
    connection = ShortText(
        label="How are they connected with the others? (optional)",
        called="The connection",
        max_length=200,
        required=False,
        hint="For example: sister of the person at risk; child of both.",
    )
    field_order = (
        "part", "forename", "surname", "born_on", "age", "address", "postcode", "telephone", "connection", "person",
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Somebody who is known needs no name."""
        if self.cleaned_data.get("person"):
            return self.cleaned_data
        return super().clean()
