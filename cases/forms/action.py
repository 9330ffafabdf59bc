"""What was done to make somebody safer: ticked on one page, and each with its details where there is more to say (A.8)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.models import ActionTaken, Incident
from cases.models.answers import Accepted, PositiveAction
from workflow.forms import Choice, Choices, EvidenceForm, LongText, ModelSection, MomentField, ShortText

NOTHING_DONE = "Say why nothing was done"


class WhatWasDone(ModelSection):
    """No box of its own: each action is a row."""

    class Meta:
        model = Incident
        fields: list[str] = []


class DoneTicks(EvidenceForm):
    """Everything that was done, ticked at once. Nothing but ticks is needed unless nothing was done."""

    actions = Choices(
        PositiveAction,
        label="What was done?",
        hint="Choose all that were done or begun. You can add details afterwards.",
        required=False,
        reveals={PositiveAction.NONE: ["no_action_reason"]},
    )
    shown = ShortText(label="Ticked before", max_length=600, required=False, widget=forms.HiddenInput)
    no_action_reason = LongText(
        label="Why was nothing done?", max_length=2000, rows=4, required=False,
        hint="Positive action is expected. Your sergeant reads this first.",
    )  # fmt: skip

    def clean_actions(self) -> list[str]:
        said = list(self.cleaned_data["actions"] or [])
        if PositiveAction.NONE in said and len(said) > 1:
            raise ValidationError("Choose None, or what was done, not both")
        return said


class ActionDetail(ModelSection):
    """One action, with what there is to say of it."""

    kind = Choice(PositiveAction, label="What was done?")
    answer = Choice(Accepted, label="How was it taken? (optional)", called="How it was taken", inline=True)
    what = LongText(
        label="Details (optional)", called="Details", max_length=2000, rows=3,
        hint="For example: where they were taken; which order; why it was declined.",
    )  # fmt: skip
    done_at = MomentField(
        label="When? (optional)", called="When it was done", past=True, hint="Leave empty if it was at the visit."
    )
    done_by = ShortText(label="Who did it, if not you? (optional)", called="Who did it", max_length=100)
    needed = {"kind": "Choose what was done"}
    needed_when = {"what": (lambda action: action.is_none, NOTHING_DONE)}

    class Meta:
        model = ActionTaken
        fields = ["kind", "answer", "what", "done_at", "done_by"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("kind") and "kind" not in self.errors:
            self.add_error("kind", "Choose what was done")
        others = ActionTaken.objects.standing().filter(incident=self.instance.incident_id).exclude(pk=self.instance.pk)
        none = said.get("kind") == PositiveAction.NONE
        if said.get("kind") and (others.exists() if none else others.filter(kind=PositiveAction.NONE).exists()):
            self.add_error("kind", "Choose None, or what was done, not both")
        return said
