"""What is said of a plan for somebody who is harmed again and again."""

from __future__ import annotations

from cases.forms.safety import PersonField
from cases.models import RepeatPlan
from cases.models.answers import YesOrNo
from cases.models.repeat_plan import Tactic
from workflow.forms import Choice, Choices, EvidenceForm, LongText, ModelSection, MomentField, Number, Reason


class NewPlan(EvidenceForm):
    """Whom it is for follows from the case: the person harmed."""

    owner = PersonField(label="Who owns the plan?", called="The owner", needed="Say who owns the plan")


class PlanWritten(ModelSection):
    """How they are reached, and what is done."""

    reach = LongText(
        label="How is the person reached, and by whom?", called="How they are reached", max_length=2000, rows=3,
        hint="Who they trust, when and where it is safe. The safe contact of the case is followed always.",
    )  # fmt: skip
    tactics = Choices(Tactic, label="What is done?", called="The tactics", required=False)
    what = LongText(
        label="Who does what, by when?", called="What is done", max_length=4000, rows=5,
        hint="One line for each: the team or partner, what they do, by which day.",
    )  # fmt: skip
    visit_days = Number(
        label="A visit every how many days? (optional)", called="The days between visits", min_value=1, max_value=90,
        required=False, hint="Only where a visit is safe. Leave empty for none.",
    )  # fmt: skip
    needed = {
        "reach": "Say how the person is reached, and by whom",
        "tactics": "Choose what is done",
        "what": "Say who does what, by when",
    }

    class Meta:
        model = RepeatPlan
        fields = ["reach", "tactics", "what", "visit_days"]


class PlanSent(EvidenceForm):
    note = LongText(label="Anything the coordinator should know? (optional)", called="The note", required=False, rows=3)


class VisitMade(EvidenceForm):
    visited_at = MomentField(label="When was the visit?", called="The visit", needed="Say when it was", past=True)
    seen = Choice(
        YesOrNo, label="Was the person seen or spoken to?", needed="Say whether the person was seen or spoken to", inline=True,
        hint="If not, the visit is kept and the next one stays due as it was.",
    )  # fmt: skip
    words = LongText(
        label="What came of it?", needed="Say what came of it", min_length=10, max_length=4000, rows=4,
        hint="Two or three sentences: how they are, what changed, what was promised.",
    )  # fmt: skip


class PlanReviewed(Reason):
    reason = LongText(
        label="Does the plan work? What is changed or kept?", called="The review", needed="Say whether the plan works",
        min_length=20, max_length=4000, rows=4,
    )  # fmt: skip


class NewOwner(Reason):
    owner = PersonField(label="Who owns the plan from now on?", called="The owner", needed="Say who owns the plan")
    field_order = ["owner", "reason"]


class PlanEnded(Reason):
    reason = LongText(
        label="Why does the plan end?", called="Why it ends", needed="Say why the plan ends", min_length=20,
        max_length=4000, rows=4, hint="What has changed for the person, and who keeps in touch.",
    )  # fmt: skip
