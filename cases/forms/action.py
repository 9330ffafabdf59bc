"""What the officer did: an arrest, or why not, and everything else."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.forms.incident import spoken
from cases.models import Incident
from cases.models.answers import CodeG, NoArrest, PositiveAction, YesOrNo
from workflow.forms import Choice, Choices, DayField, LongText, ModelSection, MomentField, ShortText

LEAST_WHY_NOT = 40  # characters of a reason not to arrest


class Arrest(ModelSection):
    arrested = Choice(
        YesOrNo,
        label="Was anybody arrested?",
        reveals={
            YesOrNo.YES: ["arrested_at", "arrested_for"],
            YesOrNo.NO: ["no_arrest_code", "no_arrest_reason"],
        },
    )
    arrested_at = MomentField(label="When?", called="Time of the arrest", past=True)
    arrested_for = ShortText(
        label="For what, and where?", max_length=300, hint="For example: s47 assault, on the stairs outside"
    )
    no_arrest_code = Choice(
        NoArrest,
        label="Why not?",
        called="Why nobody was arrested",
        reveals={NoArrest.NOT_NECESSARY: ["code_g"], NoArrest.VOLUNTARY: ["attends_on"]},
        hints={
            NoArrest.NOT_WANTED: "Not enough by itself: never ask whether to arrest",
            NoArrest.RESOURCE: "An inspector must look at this one",
        },
    )
    no_arrest_reason = LongText(
        label="Say why, in your own words",
        max_length=2000,
        rows=4,
        hint="At least 40 characters: what you looked at, and what is being done now.",
    )
    code_g = Choices(CodeG, label="Which Code G reasons did you look at?")
    attends_on = DayField(label="Day of the voluntary attendance", future=True)
    needed = {"arrested": "Say whether anybody was arrested"}
    needed_when = {
        "arrested_at": (lambda incident: incident.arrested == "yes", "Say when the arrest was made"),
        "arrested_for": (lambda incident: incident.arrested == "yes", "Say what the arrest was for"),
        "no_arrest_code": (lambda incident: incident.arrested == "no", "Choose why nobody was arrested"),
        "no_arrest_reason": (
            lambda incident: incident.arrested == "no",
            "Say why nobody was arrested, in your own words",
        ),
        "code_g": (
            lambda incident: incident.no_arrest_code == NoArrest.NOT_NECESSARY,
            "Choose which Code G reasons you looked at",
        ),
        "attends_on": (
            lambda incident: incident.no_arrest_code == NoArrest.VOLUNTARY,
            "Say on which day the suspect attends",
        ),
    }

    class Meta:
        model = Incident
        fields = [
            "arrested",
            "arrested_at",
            "arrested_for",
            "no_arrest_code",
            "no_arrest_reason",
            "code_g",
            "attends_on",
        ]

    def clean_no_arrest_code(self) -> str:
        said = str(self.cleaned_data["no_arrest_code"] or "")
        if said == NoArrest.NOT_WANTED:
            raise ValidationError(
                "What the person harmed wanted is no reason by itself. Choose the reason in law, "
                "and say below what was wanted"
            )
        return said

    def clean_no_arrest_reason(self) -> str:
        said = str(self.cleaned_data["no_arrest_reason"] or "")
        if said and len(said.strip()) < LEAST_WHY_NOT:
            words = _("Say why nobody was arrested in at least %(least)s characters. You have %(count)s")
            raise ValidationError(words % {"least": LEAST_WHY_NOT, "count": len(said.strip())})
        return said

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        taken, began = said.get("arrested_at"), self.instance.occurred_from
        if taken and began and taken < began:
            words = _("Time of the arrest must be after it happened, %(moment)s")
            self.add_error("arrested_at", words % {"moment": spoken(began)})
        return said


class WhatWasDone(ModelSection):
    positive_actions = Choices(
        PositiveAction,
        label="What else was done?",
        hint="Choose all that were done or begun.",
        reveals={PositiveAction.NONE: ["no_action_reason"]},
    )
    no_action_reason = LongText(label="Why was nothing done?", max_length=2000, rows=4)
    needed = {"positive_actions": "Choose what was done, or None"}
    needed_when = {
        "no_action_reason": (
            lambda incident: PositiveAction.NONE in incident.positive_actions,
            "Say why nothing was done",
        )
    }

    class Meta:
        model = Incident
        fields = ["positive_actions", "no_action_reason"]

    def clean_positive_actions(self) -> list[str]:
        said = list(self.cleaned_data["positive_actions"] or [])
        if PositiveAction.NONE in said and len(said) > 1:
            raise ValidationError("Choose None, or what was done, not both")
        return said
