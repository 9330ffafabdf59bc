"""A threat to life: what was done at once, the reasons, the inspector's decision, and how it ended."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from cases.models import ThreatToLife
from cases.models.answers import DoneOrNot, YesOrNo
from cases.models.threat import ACTIONS, Action
from workflow.forms import Choice, EvidenceForm, LongText, ModelSection, MomentField, Reason, ShortText


class NewThreat(EvidenceForm):
    what = LongText(
        label="Whose life is threatened, by whom, and how?", needed="Say whose life is threatened",
        max_length=1500, rows=3, hint="One or two sentences. It shows on every page of the case.",
    )  # fmt: skip


def not_possible(action: Action) -> Any:
    return lambda threat: getattr(threat, action.code) == DoneOrNot.NOT_POSSIBLE


def boxes() -> dict[str, Any]:
    """Two boxes for each action: what became of it, and why it was not possible."""
    made: dict[str, Any] = {}
    for action in ACTIONS:
        made[action.code] = Choice(
            DoneOrNot, label=action.label, hint=action.hint, inline=True, reveals={DoneOrNot.NOT_POSSIBLE: [action.why]}
        )
        made[action.why] = ShortText(label="Why not?", called=f"Why not: {action.label}", max_length=500)
    return made


def is_first(threat: Any) -> bool:
    """Not reported beside another: what must be done at once, and what was weighed, is asked of the first alone."""
    return threat.beside_id is None


class ActionsTaken(ModelSection):
    """Each immediate action: done, or not possible and why."""

    vars().update(boxes())
    needed_when = {action.code: (is_first, f"Say whether it was done: {action.label}") for action in ACTIONS} | {
        action.why: (not_possible(action), f"Say why it was not possible: {action.label}") for action in ACTIONS
    }

    class Meta:
        model = ThreatToLife
        fields = [name for action in ACTIONS for name in (action.code, action.why)]


class WhyActed(ModelSection):
    """The rationale, with the moment from which the risk was known."""

    known = LongText(
        label="What makes the risk real and immediate?", called="What is known of the risk", max_length=3000, rows=4,
        hint="Three or four sentences: who said it, what he can do and has done, why now.",
    )  # fmt: skip
    known_at = MomentField(label="Since when do the police know?", called="Time from which it was known", past=True)
    article_2 = LongText(
        label="Right to life (Article 2): what was weighed?", max_length=2000, rows=2,
        hint="One or two sentences: what was done to keep them alive, and why it was enough.",
    )  # fmt: skip
    article_3 = LongText(
        label="Ill-treatment (Article 3): what was weighed?", max_length=2000, rows=2,
        hint="One sentence: harm short of death, to them or to children.",
    )  # fmt: skip
    article_8 = LongText(
        label="Private and family life (Article 8): what was weighed?", max_length=2000, rows=2,
        hint="One sentence: whose home or family life was touched, and why that was fair.",
    )  # fmt: skip
    needed = {
        "known": "Say what makes the risk real and immediate",
        "known_at": "Say since when the police know of it",
    }
    needed_when = {
        "article_2": (is_first, "Say what was weighed of the right to life"),
        "article_3": (is_first, "Say what was weighed of ill-treatment"),
        "article_8": (is_first, "Say what was weighed of private and family life"),
    }

    class Meta:
        model = ThreatToLife
        fields = ["known", "known_at", "article_2", "article_3", "article_8"]

    def clean_known(self) -> str:
        said = str(self.cleaned_data["known"] or "").strip()
        if said and len(said) < 20:
            raise ValidationError("Say what makes the risk real and immediate, in at least one sentence")
        return said


class ThreatDecided(EvidenceForm):
    """The inspector has read it, and decides."""

    real = Choice(YesOrNo, label="Is the risk real and immediate?", needed="Say whether the risk is real and immediate")
    decision = LongText(
        label="What is to be done, by whom, by when?", called="Your decision", needed="Say what is to be done",
        min_length=20, max_length=4000, rows=4,
    )  # fmt: skip


class ThreatOver(Reason):
    reason = LongText(
        label="How do you know that the threat is over?", called="How you know", needed="Say how you know that it is over",
        min_length=20, max_length=4000, rows=4,
    )  # fmt: skip
