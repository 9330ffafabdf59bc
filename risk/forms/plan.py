"""What is said in a safety plan: its sections, its rows, and what its steps ask."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm

from accounts.models import User
from cases.forms.crime import RowPick
from cases.forms.safety import PersonField
from cases.models import Case
from risk.models import (
    Agreed,
    FactorLeft,
    PlanAction,
    PlanActionKind,
    PlanInput,
    PlanShare,
    Priority,
    SafeCopy,
    SafetyPlan,
)
from risk.models.factor import ALSO, labels_of, risks_of
from workflow.forms import (
    Choice,
    Choices,
    DayField,
    EvidenceForm,
    LongText,
    ModelSection,
    MomentField,
    ShortText,
)

WISHES = "What does the victim want?"


class NewSafetyPlan(EvidenceForm):
    """Whom it is for follows from the case: the person harmed."""

    wishes = LongText(
        label=WISHES, called="What the victim wants", needed="Say what the victim wants", max_length=4000, rows=4,
        hint="In their own words: what they fear, what they want to happen, what they do not want.",
    )  # fmt: skip


class Wishes(ModelSection):
    wishes = LongText(
        label=WISHES, called="What the victim wants", max_length=4000, rows=4,
        hint="In their own words: what they fear, what they want to happen, what they do not want.",
    )  # fmt: skip
    agreed = Choice(
        Agreed, label="Does the victim agree with the plan?", called="Agreement",
        hint="Consent is preferred, not required. What is done without it needs a reason.",
    )  # fmt: skip
    agreed_why = LongText(
        label="If not with all of it: what do we do, and why?", called="Why without agreement", max_length=2000, rows=3,
        hint="The danger that makes it necessary. Leave empty where the victim agrees with all of it.",
    )  # fmt: skip

    class Meta:
        model = SafetyPlan
        fields = ["wishes", "agreed", "agreed_why"]


class CopyAndNight(ModelSection):
    safe_copy = Choice(
        SafeCopy, label="How does the victim have the plan?", called="How the victim has the plan",
        hint="Nothing in writing is left unless the victim says that it is safe.",
    )  # fmt: skip
    safe_copy_words = ShortText(label="Where, or with whom? (optional)", called="Where the plan is", max_length=500)
    out_of_hours = ShortText(
        label="Whom does the victim ring at night?", called="Out of hours", max_length=500,
        hint="A name or a service and a number. 999 in danger.",
    )  # fmt: skip

    class Meta:
        model = SafetyPlan
        fields = ["safe_copy", "safe_copy_words", "out_of_hours"]


class Rows(ModelSection):
    """No box of its own: what it holds are rows."""

    class Meta:
        model = SafetyPlan
        fields: list[str] = []


class ActionWritten(ModelSection):
    """One action: it is added whole, so that nothing is promised by nobody for no day."""

    kind = RowPick(PlanActionKind, label="What kind of action?", called="The kind")
    what = LongText(
        label="What is done?",
        called="What is done",
        max_length=1000,
        rows=3,
        hint="One or two sentences that can be checked.",
    )
    owner = PersonField(
        label="Who here does it, or keeps after it?", called="Who does it",
        hint="Their collar number, for example 2877. Leave empty where a partner alone does it.",
    )  # fmt: skip
    agency = ShortText(
        label="Partner who does it (optional)", called="The partner", max_length=120,
        hint="For example: Northgate Housing, Ms Adeyemi.",
    )  # fmt: skip
    due_at = MomentField(label="By when?", called="When it is due")
    priority = Choice(Priority, label="How soon?", called="Priority", inline=True)
    factors = Choices(
        (), label="Which risks does it answer?", called="The risks", hint="Yes answers of the newest assessment."
    )
    forum = ShortText(
        label="Set by a forum? Which? (optional)", called="The forum", max_length=120, hint="For example: MARAC of 3 November.",
    )  # fmt: skip

    class Meta:
        model = PlanAction
        fields = ["kind", "what", "owner", "agency", "due_at", "priority", "factors", "forum"]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        picked: Any = self.fields["kind"]
        held = PlanActionKind.objects.filter(pk=self.instance.kind_id)
        picked.queryset = (PlanActionKind.objects.offered() | held).order_by("order", "pk")
        if self.instance.plan_id:
            offered: Any = self.fields["factors"]
            offered.choices = factors_of(self.instance.plan, self.instance.factors)
        if self.instance.owner_id and self.instance.owner:
            self.initial["owner"] = self.instance.owner.collar_number or self.instance.owner.username

    def clean(self) -> dict[str, Any]:
        said = all_said(self, ACTION_NEEDS)
        refuse_owner(self, said, self.instance.plan)
        return said


NOT_THEIRS = "Choose somebody who may open this case, or nobody would be told when it is due"


def refuse_owner(form: BaseForm, said: dict[str, Any], plan: SafetyPlan) -> None:
    """An action is somebody's here or a partner's, and whoever is named here is told when it is due."""
    owner = said.get("owner")
    if not owner and not said.get("agency") and "owner" not in form.errors:
        form.add_error("owner", "Say who does it: somebody here, or a partner below")
    if owner and not may_open(owner, plan):
        form.add_error("owner", NOT_THEIRS)


def may_open(person: User, plan: SafetyPlan) -> bool:
    """Whether an action of the plan can be theirs: whoever is kept out of the case hears of nothing in it."""
    return bool(Case.objects.visible_to(person).filter(pk=plan.case_id).exists())


ACTION_NEEDS = {
    "kind": "Choose what kind of action it is", "what": "Say what is done", "due_at": "Say by when it is done",
    "priority": "Choose how soon",
}  # fmt: skip


def factors_of(plan: SafetyPlan, held: list[str], *, also: bool = False) -> list[tuple[str, str]]:
    """What may be answered: every Yes of the newest assessments, and what the row says already. `also`: the two things
    that no question asks.
    """
    risks = risks_of(plan.case_id)
    keys = [*(risk.key for risk in risks), *(ALSO if also else ())]
    keys += [key for key in held if key not in keys]
    labels = labels_of(keys, risks)
    return [(key, labels.get(key, key)) for key in keys]


class FactorWritten(ModelSection):
    """Why a risk has no action of its own."""

    factor = Choice((), label="Which risk has no action?", called="The risk")
    why = LongText(
        label="Why is there none?", called="Why there is none", max_length=2000, rows=3,
        hint="What makes it unnecessary or impossible now. Whoever approves the plan reads this.",
    )  # fmt: skip

    class Meta:
        model = FactorLeft
        fields = ["factor", "why"]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if self.instance.plan_id:
            held = [self.instance.factor] if self.instance.factor else []
            offered: Any = self.fields["factor"]
            offered.choices = factors_of(self.instance.plan, held, also=True)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("factor") and "factor" not in self.errors:
            self.add_error("factor", "Choose which risk has no action")
        if len(str(said.get("why") or "").strip()) < LEAST_WHY and "why" not in self.errors:
            self.add_error("why", "Say why there is none, in a sentence")
        others = FactorLeft.objects.standing().filter(plan=self.instance.plan_id, factor=said.get("factor") or "")
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("factor", "This risk has its reason already: change that one")
        return said


LEAST_WHY = 10  # characters: no sentence is shorter


class ShareWritten(ModelSection):
    agency = ShortText(
        label="With which agency?", called="The agency", max_length=120, hint="The agency and whoever was spoken to."
    )
    shared_on = DayField(label="On which day?", called="The day", past=True)
    basis = Choice(PlanShare.Basis, label="On which lawful basis?", called="The lawful basis")
    what = LongText(label="What was shared? (optional)", called="What was shared", max_length=1000, rows=2)

    class Meta:
        model = PlanShare
        fields = ["agency", "shared_on", "basis", "what"]

    def clean(self) -> dict[str, Any]:
        return all_said(
            self,
            {"agency": "Say with which agency", "shared_on": "Say on which day", "basis": "Choose the lawful basis"},
        )


class InputWritten(ModelSection):
    agency = ShortText(label="Which partner or voluntary group?", called="The partner", max_length=120)
    who = ShortText(label="Who? (optional)", called="Who advised", max_length=120)
    said_on = DayField(label="On which day?", called="The day", past=True)
    words = LongText(label="What did they advise?", called="What they advised", max_length=2000, rows=3)

    class Meta:
        model = PlanInput
        fields = ["agency", "who", "said_on", "words"]

    def clean(self) -> dict[str, Any]:
        return all_said(
            self, {"agency": "Say which partner", "said_on": "Say on which day", "words": "Say what they advised"}
        )


def all_said(form: ModelSection, needed: dict[str, str]) -> dict[str, Any]:
    """The answers of a row that is added whole; an error for each that is wanting."""
    for name, words in needed.items():
        if not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, words)
    return form.cleaned_data
