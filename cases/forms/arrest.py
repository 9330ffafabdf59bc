"""Whether a suspect was arrested, or why not; and what a supervisor makes of it (A.7)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.forms.incident import spoken
from cases.models import ArrestDecision, Incident, Involvement
from cases.models.answers import CodeG, NoArrest, YesOrNo
from people.models import Birth
from workflow.forms import (
    Choice,
    Choices,
    DayField,
    LongText,
    ModelSection,
    MomentField,
    Reason,
    ShortText,
)  # fmt: skip

LEAST_WHY_NOT = 40  # characters of a reason not to arrest (A.7)
GROWN_UP = 18
OF_AN_ARREST = (
    "arrested_at", "place", "offences", "necessity", "camera_on", "primary", "primary_why", "arresting_officer",
)  # fmt: skip
WHO_BEGAN, HOW_KNOWN = "Is this the primary perpetrator?", "How you know who the primary perpetrator is"
SAY_HOW_KNOWN = "Say how you know who the primary perpetrator is"
LOOK_FOR = (
    "Somebody else was arrested too. Who was afraid of whom? Who was hurt before? Which injuries are of defence?"
)  # fmt: skip


class Arrest(ModelSection):
    """No box of its own: each suspect has a row."""

    class Meta:
        model = Incident
        fields: list[str] = []


class SuspectField(forms.ModelChoiceField):
    """Which suspect it is about. Pages know it already and hide it; the API says the row."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(Involvement.objects.none(), required=False, label="Suspect")
        self.error_messages["invalid_choice"] = "Choose a suspect of this incident"


def said_arrested(decision: ArrestDecision) -> bool:
    return decision.arrested == YesOrNo.YES


def said_not(decision: ArrestDecision) -> bool:
    return decision.arrested == YesOrNo.NO


class ArrestOrWhyNot(ModelSection):
    """One suspect. Asked in the order in which it happens; what custody says later is a step of its own."""

    suspect = SuspectField()
    arrested = Choice(
        YesOrNo,
        label="Was the suspect arrested?",
        hint="It is for you to decide. Never ask the person harmed whether to arrest.",
        reveals={
            YesOrNo.YES: [name for name in OF_AN_ARREST if name != "primary_why"],
            YesOrNo.NO: ["codes", "why", "decided_at"],
        },
    )
    arrested_at = MomentField(label="When?", called="Time of the arrest", past=True)
    place = ShortText(label="Where?", called="Place of the arrest", max_length=300)
    offences = ShortText(
        label="For what?", called="What the arrest was for", max_length=500, hint="For example: s47 assault"
    )
    necessity = Choices(
        CodeG, label="Why was the arrest necessary?", called="Why the arrest was necessary", hint="Code G. Choose all that apply."
    )  # fmt: skip
    camera_on = Choice(YesOrNo, label="Was body-worn video on?", inline=True)
    primary = Choice(YesOrNo, label=WHO_BEGAN, hint=LOOK_FOR, reveals={YesOrNo.YES: ["primary_why"]})
    primary_why = LongText(label="How do you know?", called=HOW_KNOWN, max_length=2000, rows=3)
    arresting_officer = ShortText(
        label="Who made the arrest, if not you? (optional)", called="Who made the arrest", max_length=100, hint="Collar number"
    )  # fmt: skip
    codes = Choices(
        NoArrest,
        label="Why not?",
        called="Why the suspect was not arrested",
        hint="Choose all that apply.",
        reveals={NoArrest.NOT_NECESSARY: ["code_g"], NoArrest.VOLUNTARY: ["attends_on"]},
        hints={
            NoArrest.NOT_WANTED: "Not enough by itself: a record with this alone comes back to you",
            NoArrest.RESOURCE: "An inspector is told at once",
            NoArrest.LEFT: "You record each attempt from the case",
        },
    )
    code_g = Choices(CodeG, label="Which Code G reasons did you look at?")
    attends_on = DayField(label="Day of the voluntary attendance")
    why = LongText(
        label="Say why, in your own words", called="Why not, in your own words", max_length=2000, rows=4,
        hint="At least 40 characters: what you looked at, and what is being done now.",
    )  # fmt: skip
    decided_at = MomentField(
        label="When was that decided?", called="Time of the decision", past=True, hint="Change it if it was not just now."
    )  # fmt: skip
    needed = {"arrested": "Say whether the suspect was arrested"}
    needed_when = {
        "arrested_at": (said_arrested, "Say when the arrest was made"),
        "place": (said_arrested, "Say where the arrest was made"),
        "offences": (said_arrested, "Say what the arrest was for"),
        "necessity": (said_arrested, "Choose why the arrest was necessary"),
        "camera_on": (said_arrested, "Say whether body-worn video was on at the arrest"),
        "primary_why": (
            lambda decision: decision.primary == YesOrNo.YES,
            SAY_HOW_KNOWN,
        ),
        "codes": (said_not, "Choose why the suspect was not arrested"),
        "why": (said_not, "Say why the suspect was not arrested, in your own words"),
        "code_g": (
            lambda decision: NoArrest.NOT_NECESSARY in decision.codes,
            "Choose which Code G reasons you looked at",
        ),
        "attends_on": (lambda decision: NoArrest.VOLUNTARY in decision.codes, "Say on which day the suspect attends"),
    }

    class Meta:
        model = ArrestDecision
        fields = [
            "suspect", "arrested", "arrested_at", "place", "offences", "necessity", "camera_on", "primary", "primary_why",
            "arresting_officer", "codes", "code_g", "attends_on", "why", "decided_at",
        ]  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        offered = Involvement.objects.standing().filter(
            incident=self.instance.incident_id, part=Involvement.Part.SUSPECT
        )
        self.fields["suspect"].queryset = offered  # type: ignore[attr-defined]
        if not (self.instance.primary or other_arrests(self.instance).exists()):
            self._leave_out("primary", "primary_why")

    def _leave_out(self, *names: str) -> None:
        """Boxes that this suspect is not asked."""
        radios: Any = self.fields["arrested"].widget
        radios.reveals = {
            answer: [name for name in opened if name not in names] for answer, opened in radios.reveals.items()
        }
        for name in names:
            del self.fields[name]

    def clean_suspect(self) -> Involvement | None:
        """Whose decision it is never changes; each suspect has one."""
        if self.instance.pk:
            return self.instance.suspect  # type: ignore[no-any-return]
        said: Involvement | None = self.cleaned_data["suspect"] or self.instance.suspect
        if said is None and len(alone := list(self.fields["suspect"].queryset[:2])) == 1:  # type: ignore[attr-defined]
            [said] = alone
        if said is None:
            raise ValidationError("Choose whose arrest this is about: add the suspect first")
        if ArrestDecision.objects.standing().filter(incident=self.instance.incident_id, suspect=said).exists():
            raise ValidationError(
                "Somebody has said already whether this suspect was arrested. Open that and change it"
            )
        return said

    def clean_codes(self) -> list[str]:
        """What cannot be true beside what the record says already. The wish of the person harmed is kept as said."""
        said = list(self.cleaned_data["codes"] or [])
        if NoArrest.NOT_IDENTIFIED in said and self.cleaned_data.get("suspect") is not None:
            raise ValidationError("This suspect is in the record. Choose another reason than Suspect not identified")
        if NoArrest.NO_OFFENCE in said and self.instance.incident.classed == "crime":
            raise ValidationError("A crime is recorded. Choose another reason than No offence")
        if NoArrest.AGE in said and (age := self._age()) is not None and age >= GROWN_UP:
            words = _("The suspect is %(age)s. This reason is for somebody under 18: choose another")
            raise ValidationError(words % {"age": age})
        return said

    def _age(self) -> int | None:
        """As this case knows it; None where it does not."""
        suspect = self.cleaned_data.get("suspect")
        if suspect is None:
            return None
        births = Birth.objects.standing().filter(case=self.instance.incident.case_id, person=suspect.person_id)
        birth = births.newest_first().first()
        return birth.age_at(self.instance.decided_at) if birth else None

    def clean_why(self) -> str:
        said = str(self.cleaned_data["why"] or "")
        if said and len(said.strip()) < LEAST_WHY_NOT:
            words = _("Say why the suspect was not arrested in at least %(least)s characters. You have %(count)s")
            raise ValidationError(words % {"least": LEAST_WHY_NOT, "count": len(said.strip())})
        return said

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        said["decided_at"] = said.get("arrested_at") or said.get("decided_at") or self.instance.decided_at
        taken, began = said.get("arrested_at"), self.instance.incident.occurred_from
        if taken and began and taken < began:
            words = _("Time of the arrest must be after it happened, %(moment)s")
            self.add_error("arrested_at", words % {"moment": spoken(began)})
        attends, decided = said.get("attends_on"), timezone.localdate(said["decided_at"])
        if attends and attends < decided:
            self.add_error("attends_on", "Day of the voluntary attendance must be today or in the future")
        return said | self._said_later(said)

    def _said_later(self, said: dict[str, Any]) -> dict[str, Any]:
        """What a later arrest said stands closed beneath "No" here, and is no less said: a corrected reason keeps it."""
        now: ArrestDecision = self.instance
        if now.arrested_at is None or not (now.arrested == said.get("arrested") == YesOrNo.NO):
            return {}
        return {name: getattr(now, name) for name in OF_AN_ARREST if name in self.fields}


def other_arrests(decision: ArrestDecision) -> Any:
    """Other suspects of the same incident who were arrested, then or later."""
    rows = ArrestDecision.objects.standing().taken().filter(incident=decision.incident_id)
    return rows.exclude(pk=decision.pk).exclude(suspect=decision.suspect_id)


class WhyAdequate(Reason):
    reason = LongText(
        label="Why is it adequate?", called="Why it is adequate", needed="Say why it is adequate", min_length=10, max_length=4000,
        rows=3, hint="What you looked at.",
    )  # fmt: skip


class WhyReturned(Reason):
    reason = LongText(
        label="What must be put right?", called="What must be put right", needed="Say what must be put right", min_length=10,
        max_length=4000, rows=3, hint="The officer reads this.",
    )  # fmt: skip


class WhyNow(Reason):
    reason = LongText(
        label="Why must the arrest be made now?", called="Why the arrest must be made now",
        needed="Say why the arrest must be made now", min_length=10, max_length=4000, rows=3,
        hint="Whoever holds the case is told at once and reads this.",
    )  # fmt: skip
