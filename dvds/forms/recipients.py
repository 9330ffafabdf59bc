"""Whom to tell: asked by the forum, and by whoever tells at once in danger."""

from __future__ import annotations

from typing import Any

from dvds.models import Application, Part, Party
from dvds.models.at_forum import OTHERS
from workflow.forms import Choices, EvidenceForm, LongText, ShortText


class Recipients(EvidenceForm):
    """Whom to tell, each with why they are the right one. Whoever asked is not assumed to be (S604)."""

    recipients = Choices(
        [(Part.AT_RISK, "The person at risk"), (Part.APPLICANT, "The applicant"), (OTHERS, "Somebody else")],
        label="Who is told?",
        called="Who is told",
        needed="Choose who is told",
        reveals={
            Part.AT_RISK: ["at_risk_why"],
            Part.APPLICANT: ["applicant_why"],
            OTHERS: ["other_called", "other_role", "other_why"],
        },
        hint="Whoever can best keep the person at risk safe, which is not always whoever asked.",
    )
    at_risk_why = LongText(
        label="Why is the person at risk the right one to tell?",
        called="Why she is the right one",
        max_length=2000,
        rows=2,
        needed="Say why the person at risk is the right one to tell",
        hint="And whether she can keep it safely.",
    )
    applicant_why = LongText(
        label="Why is the applicant the right one to tell?",
        called="Why the applicant is the right one",
        max_length=2000,
        rows=2,
        needed="Say why the applicant is the right one to tell",
        hint="Whoever asks for another need not be told anything. Say what they can do for her safety with it.",
    )
    other_called = ShortText(
        label="Who?", called="Who else is told", needed="Say who else is told", max_length=200,
        hint="One person, by name: the decision counts for nobody else.",
    )  # fmt: skip
    other_role = ShortText(
        label="What are they to her?",
        called="What they are to her",
        needed="Say what they are to the person at risk",
        max_length=120,
        hint="For example: her mother; her doctor.",
    )
    other_why = LongText(
        label="Why are they the right one to tell?",
        called="Why they are the right one",
        max_length=2000,
        rows=2,
        needed="Say why they are the right one to tell",
        hint="What they can do to keep her safe, and why it is not she who is told.",
    )

    def offer(self, subject: Application) -> None:
        """The applicant is offered where somebody else asked: herself she is offered once."""
        hers = dict(
            Party.objects.standing().filter(application=subject.pk, part__in=[Part.AT_RISK, Part.APPLICANT])
            .order_by("-pk").values_list("part", "person")
        )  # fmt: skip
        field: Any = self.fields["recipients"]
        asks_too = Part.APPLICANT in hers and hers.get(Part.APPLICANT) != hers.get(Part.AT_RISK)
        there = {Part.AT_RISK: Part.AT_RISK in hers, Part.APPLICANT: asks_too, OTHERS: True}
        field.choices = [(value, words) for value, words in field.choices if there[value]]
