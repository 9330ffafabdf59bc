"""What the steps of a safety plan and of its actions ask."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cases.forms.safety import PersonField
from cases.models.answers import YesOrNo
from risk.forms.plan import refuse_owner
from risk.models import PlanAction, PlanShare, Priority, Result, SafetyPlan
from workflow.forms import Choice, Choices, DayField, EvidenceForm, LongText, MomentField, Reason, ShortText

#: The parts that whoever returns a plan may mark: its sections, by their names.
PARTS = (
    ("wishes", "What the victim wants"), ("contact", "A safe copy, and help at night"), ("actions", "Actions"),
    ("left", "Risks without an action"), ("partners", "Partners"),
)  # fmt: skip


class PlanSent(EvidenceForm):
    note = LongText(label="Anything your supervisor should know? (optional)", called="The note", required=False, rows=3)


class PlanApproved(Reason):
    reason = LongText(
        label="Why is the plan enough?", called="The reason", needed="Say why the plan is enough", min_length=10,
        max_length=4000, rows=3, hint="What you looked at, and what makes it safe enough for now.",
    )  # fmt: skip


class PlanReturned(Reason):
    parts = Choices(
        PARTS, label="Which parts are to be mended?", called="The parts", needed="Mark the parts that are to be mended"
    )
    reason = LongText(
        label="What is to be mended?", called="The reason", needed="Say what is to be mended", min_length=10,
        max_length=4000, rows=4, hint="What is missing or not safe, part by part.",
    )  # fmt: skip
    field_order = ("parts", "reason")


class PlanReviewed(Reason):
    spoken = Choice(
        YesOrNo, label="Was the victim spoken to?", needed="Say whether the victim was spoken to", inline=True
    )
    reason = LongText(
        label="Why is the plan still right?", called="The review", needed="Say why the plan is still right", min_length=20,
        max_length=4000, rows=4, hint="What happened since, what works and what does not. To change it, begin a new version.",
    )  # fmt: skip
    field_order = ("spoken", "reason")


class PlanClosed(Reason):
    residual = LongText(
        label="Which risk is left?", called="The risk that is left", needed="Say which risk is left", min_length=20,
        max_length=4000, rows=4, hint="Who could still be hurt, by what, and who watches for it from now on.",
    )  # fmt: skip
    reason = LongText(
        label="Why is the plan closed now?", called="The reason", needed="Say why the plan is closed", min_length=10,
        max_length=4000, rows=3,
    )  # fmt: skip
    field_order = ("residual", "reason")


class PlanShared(EvidenceForm):
    """A plan in force is shared as it stands; its rows can be written only while it is."""

    agency = ShortText(
        label="With which agency?",
        called="The agency",
        needed="Say with which agency",
        max_length=120,
        hint="The agency and whoever was spoken to.",
    )
    shared_on = DayField(label="On which day?", called="The day", needed="Say on which day", past=True)
    basis = Choice(PlanShare.Basis, label="On which lawful basis?", needed="Choose the lawful basis")
    what = LongText(
        label="What was shared? (optional)", called="What was shared", max_length=1000, rows=2, required=False
    )


class PlanAdvised(EvidenceForm):
    """What a partner advised while the plan is in force: for whoever reviews it."""

    agency = ShortText(
        label="Which partner or voluntary group?", called="The partner", needed="Say which partner", max_length=120
    )
    who = ShortText(label="Who? (optional)", called="Who advised", max_length=120, required=False)
    said_on = DayField(label="On which day?", called="The day", needed="Say on which day", past=True)
    words = LongText(
        label="What did they advise?",
        called="What they advised",
        needed="Say what they advised",
        max_length=2000,
        rows=3,
    )


class ActionDone(EvidenceForm):
    done_at = MomentField(
        label="When was it done?", called="When it was done", needed="Say when it was done", past=True
    )
    evidence = LongText(
        label="What shows that it was done?", called="What shows it", needed="Say what shows that it was done",
        min_length=10, max_length=2000, rows=3, hint="Who saw it or confirmed it, and how.",
    )  # fmt: skip
    result = Choice(Result, label="What came of the risk?", called="The result", needed="Say what came of the risk")


class ActionReplaced(Reason):
    """Not possible, and another action of the plan is done instead."""

    wants_subject = True

    reason = LongText(
        label="Why is it not possible?", called="The reason", needed="Say why it is not possible", min_length=10,
        max_length=2000, rows=3,
    )  # fmt: skip
    instead = Choice(
        (), label="Which action is done instead?", called="The action instead", needed="Choose the action that is done instead",
        coerce=int, empty_value=None, hint="It stands in this plan, or in the version that is being written. Add it there first.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["instead"]
        field.choices = others_of(subject) if subject is not None else []

    def clean_instead(self) -> PlanAction:
        return PlanAction.objects.get(pk=self.cleaned_data["instead"])


def others_of(action: Any) -> list[tuple[int, str]]:
    """The other actions that stand, open or done: of the plan, and of the version that is being made to follow it."""
    next_ones = SafetyPlan.objects.being_made().filter(supersedes=action.plan_id).values("pk")
    live = PlanAction.objects.standing().filter(Q(plan=action.plan_id) | Q(plan__in=next_ones)).exclude(pk=action.pk)
    live = live.exclude(state__in=[PlanAction.State.NOT_POSSIBLE, PlanAction.State.SUPERSEDED])
    rows = live.select_related("kind").order_by("due_at", "pk")
    return [(row.pk, f"{row.kind.label}: {row.what}"[:120]) for row in rows]


class ActionImpossible(Reason):
    """Not possible, and nothing can be done instead: a supervisor accepts that, or does not."""

    reason = LongText(
        label="Why is it not possible, and why can nothing else be done?", called="The reason",
        needed="Say why it is not possible", min_length=20, max_length=2000, rows=4,
        hint="A supervisor decides. Until then it stays open.",
    )  # fmt: skip


class ActionChanged(Reason):
    """Another owner or another time. Both are kept with why; the clock keeps every date that it had."""

    wants_subject = True

    owner = PersonField(label="Who here does it, or keeps after it?", called="Who does it", required=False)
    agency = ShortText(label="Partner who does it (optional)", called="The partner", max_length=120, required=False)
    due_at = MomentField(label="By when?", called="When it is due", needed="Say by when it is done")
    priority = Choice(Priority, label="How soon?", called="Priority", needed="Choose how soon", inline=True)
    field_order = ("owner", "agency", "due_at", "priority", "reason")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.action = subject
        if subject is not None and subject.owner_id:
            self.initial["owner"] = subject.owner.collar_number or subject.owner.username

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_owner(self, said, self.action.plan)
        return said
