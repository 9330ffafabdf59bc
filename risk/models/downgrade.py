"""A lowered grade, beside its row of the ledger: why, whether the victim was spoken to, and when it ends by itself."""

from __future__ import annotations

import re

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models.answers import YesOrNo
from risk.models.assessment import Assessment
from risk.models.decision import RiskDecision
from workflow.models import StatefulRecord


@pghistory.track()
class Downgrade(StatefulRecord):
    """R-15 to R-18. Provisional while nobody has spoken to the victim: then it lapses to the grade before (R-17)."""

    class State(models.TextChoices):
        STANDING = "standing", "Standing"
        LAPSED = "lapsed", "Lapsed: nobody spoke to the victim"
        REOPENED = "reopened", "Ended: its reason has ended"
        OVERTAKEN = "overtaken", "Overtaken by another grade"

    class Reason(models.TextChoices):
        """R-16. Workload, a full MARAC, support declined, no reply and time gone by are none of them."""

        DISPROVED = "disproved", "New information disproves what the grade rests on"
        CUSTODY = "custody", "The suspect is remanded or in prison"
        DEAD = "dead", "The suspect has died"
        MOVED = "moved", "The victim has moved, and the place is secure"
        ORDER = "order", "A protective order is in force and kept"
        MISTAKE = "mistake", "A duplicate, or recorded by mistake"
        SPECIALIST = "specialist", "A specialist assessed it again with the victim"

    class How(models.TextChoices):
        FACE_TO_FACE = "face_to_face", "Face to face"
        TELEPHONE = "telephone", "By telephone"
        VIDEO = "video", "By video"
        THROUGH = "through", "Through somebody the victim trusts"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="downgrades")
    decision = models.OneToOneField(RiskDecision, models.PROTECT, related_name="downgrade")
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.TextField("what has changed", max_length=4000)
    flagged = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, help_text="What in the words is no reason (R-16)"
    )
    kept_since = models.DateField("in force and kept since", null=True, blank=True)
    reopens_at = models.DateTimeField("when its reason ends", null=True, blank=True)
    spoken = models.CharField("whether the victim was spoken to", max_length=3, choices=YesOrNo)
    spoken_at = models.DateTimeField(null=True, blank=True)
    spoken_how = models.CharField(max_length=12, choices=How, blank=True)
    spoken_words = models.TextField("what came of it, or why not", max_length=4000)
    lapses_at = models.DateTimeField("when it lapses unless the victim is spoken to", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="standing", struck_out_at__isnull=True, lapses_at__isnull=False),
                name="downgrade_one_provisional",
            ),
            models.CheckConstraint(
                condition=~Q(state="standing") | Q(spoken="yes") | Q(lapses_at__isnull=False),
                name="downgrade_unspoken_is_provisional",
            ),
            models.CheckConstraint(
                condition=Q(reopens_at__isnull=False) | ~Q(reason__in=["custody", "order"]),
                name="downgrade_for_a_time_ends",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case", "-id"], name="downgrade_of_case"),  # the panel, the guards
            models.Index(fields=["lapses_at"], condition=Q(state="standing"), name="downgrade_lapses"),  # the sweep
            models.Index(fields=["reopens_at"], condition=Q(state="standing"), name="downgrade_reopens"),  # the sweep
        ]

    def __str__(self) -> str:
        return "lowered grade"

    @property
    def provisional(self) -> bool:
        """Whether it stands only until somebody speaks to the victim, or the seven days are over."""
        return self.state == self.State.STANDING and self.lapses_at is not None


class NoReason(models.Model):
    """Words that are no reason to lower a grade (R-16), in English as people write them; a force adds its own."""

    phrase = models.CharField(max_length=80, unique=True)
    says = models.CharField("what it says", max_length=80)
    authority = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.phrase

    def stands_in(self, text: str) -> bool:
        """As whole words, however they are spaced and in large or small letters."""
        words = r"\s+".join(re.escape(word) for word in self.phrase.split(" "))
        return re.search(rf"\b{words}\b", text, re.IGNORECASE) is not None


def no_reasons_in(text: str) -> list[str]:
    """What of a text is no reason to lower a grade, each once: "no reply", "workload". One query."""
    return sorted({row.says for row in NoReason.objects.all() if row.stands_in(text)})
