"""What is said of crime: whether there was one, which, why not, why one is cancelled; and whether it is domestic abuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models import Crime, Incident, Involvement, NonCrime, Offence
from cases.models.answers import Aggravator, CancelReason, Classed, NonCrimeReason, YesOrNo
from people.models import PersonName
from workflow.forms import Choice, Choices, EvidenceForm, LongText, ModelSection, Reason, ShortText
from workflow.forms.choice import DropDown
from workflow.forms.field import Asked

LEAST_WHY = 20  # characters: shorter than any sentence that says why


def a_sentence(said: Any) -> str:
    """The words, where they are enough to be judged by."""
    words = str(said or "").strip()
    if words and len(words) < LEAST_WHY:
        raise ValidationError(
            _("Say why it is no crime in at least %(least)s characters. You have %(count)s")
            % {"least": LEAST_WHY, "count": len(words)}
        )
    return words


class CrimeOrNot(ModelSection):
    """The last question before the record is sent. What the law makes of the facts stands above it, derived."""

    classed = Choice(
        Classed, label="Was a crime committed?", reveals={Classed.NON_CRIME: ["non_crime_reason", "non_crime_why"]},
        hint="What the person harmed believes is in most cases enough.",
        hints={Classed.CRIME: "Add each offence above", Classed.NON_CRIME: "The crime registrar reads why not"},
    )  # fmt: skip
    non_crime_reason = Choice(NonCrimeReason, label="Why not?", called="Why it is no crime")
    non_crime_why = LongText(
        label="Say why, in a sentence", called="Why it is no crime", max_length=2000, rows=3,
        hint="What was said and seen. At least 20 characters.",
    )  # fmt: skip
    da_confirmed = Choice(YesOrNo, label="Is it domestic abuse?", inline=True)
    da_why = ShortText(
        label="Why, where the law makes it otherwise?", called="Why it differs", max_length=500,
        hint="Leave empty where the law does not say otherwise.",
    )  # fmt: skip
    needed = {"classed": "Say whether a crime was committed", "da_confirmed": "Say whether it is domestic abuse"}
    needed_when = {
        "non_crime_reason": (lambda incident: incident.classed == Classed.NON_CRIME, "Choose why it is no crime"),
        "non_crime_why": (lambda incident: incident.classed == Classed.NON_CRIME, "Say why it is no crime, in a sentence"),
        "da_why": (
            lambda incident: incident.da_confirmed and incident.in_statute in ("yes", "no")
            and incident.da_confirmed != incident.in_statute,
            "Say why it is confirmed otherwise than the law makes it",
        ),
    }  # fmt: skip

    class Meta:
        model = Incident
        fields = ["classed", "non_crime_reason", "non_crime_why", "da_confirmed", "da_why"]

    def __init__(self, *args: Any, **rest: Any) -> None:
        """Why it differs is asked beneath the answer that differs: beneath No, but for what the law makes none."""
        super().__init__(*args, **rest)
        differs = YesOrNo.YES if self.instance.in_statute == "no" else YesOrNo.NO
        box: Any = self.fields["da_confirmed"].widget
        box.reveals, box.inline = {differs: ["da_why"]}, False

    def clean_classed(self) -> str:
        said = str(self.cleaned_data["classed"] or "")
        if (
            said == Classed.NON_CRIME
            and self.instance.pk
            and Crime.objects.live().filter(incident=self.instance).exists()
        ):
            raise ValidationError("An offence is recorded above. Take it out first, or answer Yes")
        return said

    def clean_non_crime_why(self) -> str:
        return a_sentence(self.cleaned_data["non_crime_why"])


class RowPick(Asked, forms.ModelChoiceField):
    """One row of a table, in a list that opens and that one may type into; without script it is the browser's own."""

    widget = DropDown

    def __init__(self, model: type[Any], *, words: Callable[[Any], str] = str, **rest: Any) -> None:
        super().__init__(queryset=model._default_manager.none(), required=False, empty_label=None, **rest)
        self.words = words

    def name_in_sentences(self, name: str) -> None:
        super().name_in_sentences(name)
        self.error_messages["invalid_choice"] = _("%(name)s must be one of the list") % {"name": self.called}

    def label_from_instance(self, obj: Any) -> str:
        return self.words(obj)


def offence_field() -> RowPick:
    return RowPick(
        Offence,
        label="Which offence?",
        called="The offence",
        hint="Open the list and type the first letters of its name.",
    )


def suspect_field() -> RowPick:
    return RowPick(
        Involvement, label="Who is suspected of it?", called="The suspect", hint="Leave empty if nobody is named."
    )


def offer(form: Any, incident: Any) -> None:
    """What may be chosen for a crime of this incident: the offences in force, and its suspects by name."""
    form.fields["offence"].queryset = Offence.objects.offered()
    suspects = incident.people("suspect")
    names = names_within(incident, suspects)
    form.fields["suspect"].queryset, form.fields["suspect"].words = (
        suspects,
        lambda row: names.get(row.person_id, str(row)),
    )
    if not names:
        form.fields["suspect"].widget = forms.HiddenInput()
    elif len(names) == 1 and not form.is_bound and not getattr(getattr(form, "instance", None), "pk", None):
        form.initial["suspect"] = suspects[0].pk


def names_within(incident: Any, people: Any) -> dict[int, str]:
    """{person: name} as this very case knows them, newest first: what it learned is within what its reader may see."""
    known = PersonName.objects.standing().filter(case=incident.case_id, person__in=people.values("person"))
    rows = known.order_by("-recorded_at", "-pk").values_list("person_id", "forename", "surname")
    named = {person: f"{forename} {surname}".strip() for person, forename, surname in reversed(rows)}
    return {person: named.get(person) or _("Name not known") for person in people.values_list("person_id", flat=True)}


class OffenceRow(ModelSection):
    """One offence of an incident, on a small page of its own."""

    offence = offence_field()
    suspect = suspect_field()
    particulars = ShortText(
        label="In what way? (optional)",
        called="In what way",
        max_length=300,
        hint="For example: pushed her against the wall",
    )
    aggravators = Choices(Aggravator, label="Did any of this make it worse? (optional)", called="What made it worse")
    needed = {"offence": "Choose the offence"}

    class Meta:
        model = Crime
        fields = ["offence", "suspect", "particulars", "aggravators"]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        offer(self, self.instance.incident)

    def clean_offence(self) -> Offence:
        said: Offence | None = self.cleaned_data["offence"]
        if said is None:
            raise ValidationError(self.needed["offence"])
        return said


class CrimeSection(ModelSection):
    """A crime to be read: it is changed with its incident, before that is sent."""

    class Meta:
        model = Crime
        fields = ["offence", "particulars", "aggravators"]


class NonCrimeSection(ModelSection):
    """Why it is no crime, as the crime registrar reads it; changed when it was returned."""

    reason = Choice(NonCrimeReason, label="Why is it no crime?", called="Why it is no crime")
    why = LongText(label="In your own words", called="Why it is no crime", max_length=2000, rows=4)
    needed = {"reason": "Choose why it is no crime", "why": "Say why it is no crime, in a sentence"}

    class Meta:
        model = NonCrime
        fields = ["reason", "why"]

    def clean_why(self) -> str:
        said = a_sentence(self.cleaned_data["why"])
        if not said:
            raise ValidationError(self.needed["why"])
        return said

    def clean_reason(self) -> str:
        said = str(self.cleaned_data["reason"] or "")
        if not said:
            raise ValidationError(self.needed["reason"])
        return said


class ToRegistrar(EvidenceForm):
    """What goes with it to the crime registrar."""

    note = LongText(
        label="Anything the crime registrar should know? (optional)", max_length=1000, rows=3, required=False
    )


class LaterCrime(Reason):
    """A report recorded as no crime turns out to be one: it leaves the incidents and is counted once as a crime."""

    wants_subject = True
    offence = offence_field()
    suspect = suspect_field()
    reason = LongText(
        label="What has become known?", needed="Say what has become known", min_length=10, max_length=4000, rows=4
    )
    field_order = ("offence", "suspect", "reason")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if subject is not None:
            offer(self, subject)

    def clean_offence(self) -> Offence:
        said: Offence | None = self.cleaned_data["offence"]
        if said is None:
            raise ValidationError("Choose the offence")
        return said


class Cancellation(EvidenceForm):
    """Why a recorded crime should be transferred or cancelled. The crime registrar decides."""

    cancel_code = Choice(CancelReason, label="Why?", called="Why it is cancelled", needed="Choose why it is cancelled")
    cancel_why = LongText(
        label="What is known, and who verified it?", needed="Say what is known, and who verified it", min_length=LEAST_WHY,
        max_length=2000, rows=4, hint="For a transfer: which force has accepted it, and its number.",
    )  # fmt: skip


class Principal(Reason):
    reason = LongText(
        label="Why is this the principal crime?", needed="Say why this is the principal crime", min_length=10, max_length=1000,
        rows=3, hint="The most serious. Since June 2023 one crime counts for each victim and report.",
    )  # fmt: skip
