"""What is said about the people of an incident: who they may be, how they are connected, what they saw and said."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from cases.models import Incident, Involvement
from cases.models.answers import Answer, Partnership, YesOrNo
from cases.models.relationship import CHOICES, PARENTS, RELATIONSHIPS
from workflow.forms import Choice, DayField, EvidenceForm, LongText, ModelSection, Number, ShortText, Telephone, Tick


class WhoIsIt(EvidenceForm):
    """What is known of somebody before they are looked for. Any part of a name is enough, and no birth date is fine."""

    forename = ShortText(
        label="First names", max_length=100, required=False,
        hint="As far as they are known; what people call them counts too.",
    )  # fmt: skip
    surname = ShortText(
        label="Surname", max_length=100, required=False,
        hint="As far as it is known. Other names that they use can be added later.",
    )  # fmt: skip
    born_on = DayField(
        label="Date of birth",
        past=True,
        required=False,
        hint="Leave empty if it is not known. A missing date of birth is fine.",
    )
    age = Number(
        label="Or about how old?", called="Age", min_value=0, max_value=120, width=3, required=False,
        hint="It tells two people of one name apart, where no birth date is known.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("forename") and not said.get("surname") and not self.errors:
            raise ValidationError("Enter a first name or a surname. If neither is known, put how people call them")
        return said


class WhoToAdd(WhoIsIt):
    """The same, said by a program: `person` chooses one of those whom it was shown; without one somebody new is meant."""

    person = Number(label="The number of a person you were shown", called="The person", min_value=1, required=False)


class Harmed(ModelSection):
    """No box of its own: the person is a row."""

    class Meta:
        model = Incident
        fields: list[str] = []


class Suspects(ModelSection):
    suspect_known = Choice(YesOrNo, label="Is it known who did it?", inline=True)
    needed = {"suspect_known": "Say whether it is known who did it"}

    class Meta:
        model = Incident
        fields = ["suspect_known"]


class Witnesses(ModelSection):
    witnesses_seen = Choice(YesOrNo, label="Did anybody else see or hear it?", inline=True)
    needed = {"witnesses_seen": "Say whether anybody else saw or heard it"}

    class Meta:
        model = Incident
        fields = ["witnesses_seen"]


class SuspectPerson(ModelSection):
    relationship = Choice(
        CHOICES, label="What is the suspect to the person harmed?", called="How they are connected",
        reveals={PARENTS: ["partnership"]},
    )  # fmt: skip
    partnership = Choice(
        Partnership,
        label="Are they former partners?",
        hint="Leave empty if nobody knows: they count as former partners.",
    )
    carer = Tick(label="The suspect is also their carer")
    cohabiting = Choice(Answer, label="Were they living together at the time?", inline=True)
    separated_on = DayField(
        label="When did they separate?", past=True, hint="Only for former partners. Leave empty if it is not known."
    )
    own_words = LongText(
        label="What did the suspect say?", max_length=4000, rows=4, hint="Leave empty if nothing was said."
    )
    needed = {
        "relationship": "Say how the suspect is connected to the person harmed",
        "cohabiting": "Say whether they were living together",
    }

    class Meta:
        model = Involvement
        fields = ["relationship", "partnership", "carer", "cohabiting", "separated_on", "own_words"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        row = RELATIONSHIPS.get(said.get("relationship") or "")
        if said.get("separated_on") and row and not row.former:
            self.add_error("separated_on", "Leave the date they separated empty, or choose a former partner above")
        return said


class WitnessPerson(ModelSection):
    own_words = LongText(label="What did they see or hear?", max_length=4000, rows=4, hint="One or two sentences.")
    needed = {"own_words": "Say what the witness saw or heard"}

    class Meta:
        model = Involvement
        fields = ["own_words"]


class NewTelephone(EvidenceForm):
    number = Telephone(label="Telephone number", needed="Enter the telephone number")
