"""What is said about the people of an incident: who they may be, how they are connected, what they saw and said."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from cases.forms.incident import POSTCODE
from cases.models import Incident, Involvement
from cases.models.answers import Answer, Spoken, Whereabouts, YesOrNo
from cases.models.relationship import CHOICES, RELATIONSHIPS
from workflow.forms import Choice, DayField, EvidenceForm, LongText, ModelSection, Number, ShortText, Telephone, Tick


class WhoIsIt(EvidenceForm):
    """What is known of somebody before they are looked for. Any part of a name is enough, and no birth date is fine."""

    forename = ShortText(label="First names", max_length=100, required=False)
    surname = ShortText(label="Surname", max_length=100, required=False)
    born_on = DayField(
        label="Date of birth",
        past=True,
        required=False,
        hint="Leave empty if it is not known. A missing date of birth is fine.",
    )
    age = Number(label="Or about how old?", called="Age", min_value=0, max_value=120, width=3, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("forename") and not said.get("surname") and not self.errors:
            raise ValidationError("Enter a first name or a surname. If neither is known, put how people call them")
        return said


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


class Children(ModelSection):
    children_present = Choice(Answer, label="Were any children there, or do any live with either of them?")
    needed = {"children_present": "Say whether any children were there or live with them"}

    class Meta:
        model = Incident
        fields = ["children_present"]


class Witnesses(ModelSection):
    witnesses_seen = Choice(YesOrNo, label="Did anybody else see or hear it?", inline=True)
    needed = {"witnesses_seen": "Say whether anybody else saw or heard it"}

    class Meta:
        model = Incident
        fields = ["witnesses_seen"]


class HarmedPerson(ModelSection):
    own_words = LongText(
        label="What did they say first?", max_length=4000, rows=5, hint="As they said it, in their own words."
    )

    class Meta:
        model = Involvement
        fields = ["own_words"]


class SuspectPerson(ModelSection):
    relationship = Choice(CHOICES, label="The suspect is the ___ of the person harmed", called="How they are connected")
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
        fields = ["relationship", "carer", "cohabiting", "separated_on", "own_words"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        row = RELATIONSHIPS.get(said.get("relationship") or "")
        if said.get("separated_on") and row and not row.former:
            self.add_error("separated_on", "Leave the date they separated empty, or choose a former partner above")
        return said


class ChildPerson(ModelSection):
    tie = ShortText(
        label="Whose child?", max_length=200, hint="For example: son of both; daughter of the person harmed"
    )
    lives_there = Choice(Answer, label="Does the child live there?", inline=True)
    whereabouts = Choice(Whereabouts, label="Where was the child when it happened?")
    seen_by_officer = Choice(YesOrNo, label="Did you see the child?", inline=True)
    spoken_to = Choice(Spoken, label="Did you speak to the child?", reveals={Spoken.NO: ["silent_because"]})
    silent_because = ShortText(
        label="Why not?", max_length=300, hint="For example: asleep; a baby; mother asked us not to wake him"
    )
    own_words = LongText(
        label="What did the child say?",
        max_length=4000,
        rows=4,
        hint="As the child said it. How the child seemed, if no words.",
    )
    needed = {
        "whereabouts": "Say where the child was",
        "seen_by_officer": "Say whether you saw the child",
        "spoken_to": "Say whether you spoke to the child",
    }
    needed_when = {
        "silent_because": (lambda child: child.spoken_to == Spoken.NO, "Say why you did not speak to the child"),
        "own_words": (
            lambda child: child.spoken_to in {Spoken.ALONE, Spoken.WITH_OTHERS},
            "Say what the child said, in the child's own words",
        ),
    }

    class Meta:
        model = Involvement
        fields = ["tie", "lives_there", "whereabouts", "seen_by_officer", "spoken_to", "silent_because", "own_words"]


class WitnessPerson(ModelSection):
    own_words = LongText(label="What did they see or hear?", max_length=4000, rows=4, hint="One or two sentences.")
    needed = {"own_words": "Say what the witness saw or heard"}

    class Meta:
        model = Involvement
        fields = ["own_words"]


class NewAddress(EvidenceForm):
    line = ShortText(
        label="Address",
        needed="Enter the address",
        max_length=300,
        hint="For example: Flat 2, 8 Sample Street, Exampleton",
    )
    postcode = ShortText(label="Postcode", max_length=10, width=10, required=False)

    def clean_postcode(self) -> str:
        said = str(self.cleaned_data["postcode"] or "").strip().upper()
        if said and not POSTCODE.fullmatch(said):
            raise ValidationError("Enter a full postcode, like NR3 4QX, or leave it empty")
        return said if " " in said or not said else f"{said[:-3]} {said[-3:]}"


class NewTelephone(EvidenceForm):
    number = Telephone(label="Telephone number", needed="Enter the telephone number")
