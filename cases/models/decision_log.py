"""The decision log of a case, under the five headings of the National Decision Model (S3-086)."""

from __future__ import annotations

from typing import Final

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow.models import CaseRecord

#: The five headings, in the order in which the model is read: the column, what it is called, what it asks.
HEADINGS: Final[tuple[tuple[str, str, str], ...]] = (
    ("information", "Information", "What do we know, from whom, and what do we not know yet?"),
    ("threat", "Threat and risk", "Who could be harmed, how badly, how soon? What if we do nothing?"),
    ("powers", "Powers and policy", "Which powers, orders and policy apply here?"),
    (
        "options",
        "Options and contingencies",
        "What could be done? Why this, and why not the rest? What if it goes wrong?",
    ),
    ("action", "Action and review", "What is done, by whom, by when? When is it looked at again?"),
)
WORDS = 4000  # the most that stands under one heading


class DecisionKind(models.TextChoices):
    """What was decided. What stands here was written by an act or is chosen by whoever writes by hand."""

    GRADE = "grade", "The grade of risk"
    ARREST = "arrest", "To arrest, or not"
    VERDICT = "verdict", "A supervisor’s verdict on no arrest"
    THREAT = "threat", "A threat to life"
    SAFETY = "safety", "Safety of somebody"
    BAIL = "bail", "Bail"
    ORDER = "order", "An order or notice"
    DISCLOSURE = "disclosure", "Disclosure"
    REFERRAL = "referral", "A referral"
    PLAN = "plan", "A plan"
    CLOSURE = "closure", "Closing the case"
    OTHER = "other", "Something else"


class LoggedDecision(CaseRecord):
    """One decision, by whom and when. Written once, by hand or by the act that decided; never changed, never taken out.

    An empty heading is one of which the act says nothing. `event` is the act that wrote it: once for an act.
    """

    kind = models.CharField(max_length=12, choices=DecisionKind)
    what = models.CharField("what was decided", max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("when it was decided")
    information = models.TextField(max_length=WORDS, blank=True)
    threat = models.TextField("threat and risk", max_length=WORDS, blank=True)
    powers = models.TextField("powers and policy", max_length=WORDS, blank=True)
    options = models.TextField("options and contingencies", max_length=WORDS, blank=True)
    action = models.TextField("action and review", max_length=WORDS, blank=True)
    ethics = models.TextField("Code of Ethics", max_length=WORDS, blank=True)
    event = models.ForeignKey("audit.Event", models.PROTECT, null=True, related_name="+", editable=False)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(information="", threat="", powers="", options="", action=""),
                name="decision_says_something",
            ),
            models.UniqueConstraint(fields=["event", "about_type", "about_id"], name="decision_once_for_an_act"),
        ]
        indexes = [
            models.Index(fields=["case", "-decided_at", "-id"], name="decision_of_case")
        ]  # the panel and the page
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.what

    @property
    def by_an_act(self) -> bool:
        """Whether an act wrote it, and nobody typed it here."""
        return self.event_id is not None

    @property
    def said(self) -> list[tuple[str, str]]:
        """(heading, words) of what stands in it, in the order of the model."""
        rows = [(label, getattr(self, name)) for name, label, _ask in HEADINGS] + [("Code of Ethics", self.ethics)]
        return [(label, words) for label, words in rows if words]
