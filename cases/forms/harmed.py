"""What is asked of and about the person harmed: their account and view, how they were spoken with, what would help."""

from __future__ import annotations

from typing import Any

from cases.models import Involvement
from cases.models.answers import YesOrNo
from cases.models.answers.harmed import (
    NEVER_TO_INTERPRET,
    Barrier,
    BarriersAsked,
    Interpreted,
    Interviewer,
    SpecialMeasure,
    Unheard,
    UpdatesEvery,
)
from people.models.language import LANGUAGES
from people.services import described
from workflow.forms import Choice, Choices, LongText, ModelSection, Pick, ShortText, Tick

NEVER = "Never a relative, a child or the suspect. Ring a telephone interpreter now, and ask again"
HAPPENED = f"{NEVER}. If it has happened already, tick the box at the end"
#: Fields of the form that are the person's own view, as whoever decides reads them.
VIEW = ("wants", "fears", "unheard")


def was_there(row: Any) -> bool:
    return bool(row.unheard != Unheard.NOT_PRESENT)


def spoke_through_somebody(row: Any) -> bool:
    return bool(row.interpreter_needed == YesOrNo.YES)


class HarmedPerson(ModelSection):
    """First what they said; then what they want and fear; then how they were spoken with. S4-005, S0-028."""

    own_words = LongText(
        label="What did they say first?", max_length=4000, rows=5, hint="As they said it, in their own words."
    )
    wants = LongText(
        label="What do they want to happen?", called="What they want", max_length=2000, rows=3,
        hint="In their words. It is weighed; the decision remains the police's.",
    )  # fmt: skip
    fears = LongText(
        label="What do they fear?", called="What they fear", max_length=2000, rows=3,
        hint="In their words: what could happen next, to whom. Never ask them whether to arrest.",
    )  # fmt: skip
    unheard = Choice(
        Unheard, label="If you could not learn that, why not?", called="Why you could not learn it",
        hint="Leave empty if you have written what they want and fear.",
    )  # fmt: skip
    interpreter_needed = Choice(
        [(YesOrNo.NO, "No"), (YesOrNo.YES, "Yes")], label="Was an interpreter needed?",
        reveals={YesOrNo.YES: ["language", "interpreted", "interpreter_service", "translated", "interpreted_by_family"]},
    )  # fmt: skip
    language = Pick([("", ""), *LANGUAGES], label="Which language do they prefer?", called="The language")
    interpreted = Choice(
        Interpreted, label="Who interpreted?", called="Who interpreted",
        hints=dict.fromkeys(NEVER_TO_INTERPRET, "Never. They may be afraid, or be the danger"),
    )  # fmt: skip
    interpreter_service = ShortText(
        label="Name of the service or the colleague", max_length=100, hint="Leave empty if nobody interpreted."
    )
    translated = Choice(YesOrNo, label="Did you give anything in their language?", inline=True)
    interpreted_by_family = Tick(label="A relative, friend, child or the suspect has interpreted already")

    needed_when = {
        "wants": (lambda row: not row.unheard, "Say what they want to happen, or why you could not learn it"),
        "fears": (lambda row: not row.unheard, "Say what they fear, or why you could not learn it"),
        "interpreter_needed": (was_there, "Say whether an interpreter was needed"),
        "language": (spoke_through_somebody, "Say which language they prefer"),
        "interpreted": (spoke_through_somebody, "Say who interpreted"),
    }

    class Meta:
        model = Involvement
        fields = [
            "own_words", "wants", "fears", "unheard", "interpreter_needed", "language", "interpreted",
            "interpreter_service", "translated", "interpreted_by_family",
        ]  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._offer_what_is_known()

    def _offer_what_is_known(self) -> None:
        """What the case has learned of their language stands in the boxes already, to be changed where it is wrong."""
        row = self.instance
        if self.is_bound or not row.pk or row.interpreter_needed:
            return
        known = described([row.person_id], case=row.case_id)[row.person_id]
        for name, topic in (("interpreter_needed", "interpreter"), ("language", "language")):
            if topic in known and not known[topic].why_not:
                self.initial[name] = known[topic].answer

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("unheard") and (said.get("wants") or said.get("fears")):
            self.add_error("unheard", "Leave this empty, since you say what they want or fear. Or empty those")
        if said.get("interpreted") in NEVER_TO_INTERPRET:
            if not said.get("interpreted_by_family"):
                self.add_error("interpreted", HAPPENED)
        else:
            said["interpreted_by_family"] = False
        return said


class WhatWouldHelp(ModelSection):
    """All of it optional: what stood in the way of telling, and what would make the next steps bearable. A.10, S0-023."""

    barriers_asked = Choice(
        BarriersAsked, label="Was anything in the way of telling the police?", called="Whether anything was in the way",
        reveals={BarriersAsked.TOLD: ["barriers", "barriers_words"]},
    )  # fmt: skip
    barriers = Choices(Barrier, label="What was it?", called="What was in the way")
    barriers_words = LongText(label="In their own words", max_length=2000, rows=3)
    interviewer = Choice(Interviewer, label="Who would they rather speak with?", inline=True)
    support_person = ShortText(
        label="Who may be with them?", max_length=200, hint="A friend, an adviser. Never somebody who may be a witness."
    )
    special_measures = Choices(
        SpecialMeasure, label="What would they ask the court for?",
        hint="They may ask for any of these; the court decides.",
    )  # fmt: skip
    updates_every = Choice(UpdatesEvery, label="How often do they want to hear from us?")

    class Meta:
        model = Involvement
        fields = [
            "barriers_asked", "barriers", "barriers_words", "interviewer", "support_person", "special_measures",
            "updates_every",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        told = said.get("barriers_asked") == BarriersAsked.TOLD
        if told and not said.get("barriers") and not said.get("barriers_words"):
            self.add_error("barriers", "Choose what was in the way, or write it in their words")
        return said
