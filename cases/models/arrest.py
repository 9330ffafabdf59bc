"""Whether somebody was arrested, or why not: one decision for each suspect of an incident, and what became of it (A.7)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone

from cases.models.answers import AttemptResult, CodeG, Disposal, NoArrest, Release, Verdict, YesOrNo
from cases.models.incident import Incident
from cases.models.involvement import Involvement
from workflow.models import CaseRecord, RecordQuerySet, StatefulRecord

WISH_ALONE = (
    "What the person harmed wanted is no reason by itself not to arrest. Choose the reason in law as well, "
    "or say why there is none. What was written is kept."
)


class ArrestDecisionQuerySet(RecordQuerySet):
    def taken(self) -> Self:
        """Arrested, then or since: what `ArrestDecision.taken` says of one."""
        return self.filter(Q(arrested=YesOrNo.YES) | Q(arrested_at__isnull=False))


@pghistory.track()
class ArrestDecision(StatefulRecord):
    """What was decided at the scene about one suspect, and a later arrest. Moments are UTC; what nobody said is empty.

    Without a suspect only where an earlier release of the product asked once for the whole incident.
    """

    class State(models.TextChoices):
        MADE = "made", "Made"

    state = models.CharField(max_length=30, default=State.MADE, editable=False)  # made by being added
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="arrest_decisions")
    suspect = models.ForeignKey(Involvement, models.PROTECT, null=True, blank=True, related_name="arrest_decisions")
    arrested = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    decided_at = models.DateTimeField("time of the decision", default=timezone.now)

    # Arrested, at the scene or later
    arrested_at = models.DateTimeField("time of the arrest", null=True, blank=True)
    place = models.CharField("place of the arrest", max_length=300, blank=True)
    offences = models.CharField(max_length=500, blank=True)
    necessity = ArrayField(models.CharField(max_length=20, choices=CodeG), default=list, blank=True)
    camera_on = models.CharField("body-worn video on", max_length=3, choices=YesOrNo, blank=True)
    arresting_officer = models.CharField(max_length=100, blank=True)
    primary = models.CharField("the primary perpetrator", max_length=3, choices=YesOrNo, blank=True)
    primary_why = models.TextField("how the primary perpetrator was found", max_length=2000, blank=True)
    custody_ref = models.CharField("custody reference", max_length=40, blank=True)
    relevant_time = models.DateTimeField(null=True, blank=True)
    disposal = models.CharField(max_length=20, choices=Disposal, blank=True)
    release = models.CharField(max_length=20, choices=Release, blank=True)

    # Not arrested
    codes = ArrayField(models.CharField(max_length=3, choices=NoArrest), default=list, blank=True)
    why = models.TextField("why not, in words", max_length=2000, blank=True)
    code_g = ArrayField(models.CharField(max_length=20, choices=CodeG), default=list, blank=True)
    attends_on = models.DateField("day of the voluntary attendance", null=True, blank=True)
    attended = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    attended_words = models.TextField("what came of the attendance", max_length=2000, blank=True)
    circulated_at = models.DateTimeField("when the attempts ended", null=True, blank=True)

    objects: ClassVar[Any] = ArrestDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "suspect"],
                condition=Q(struck_out_at__isnull=True),
                name="arrest_one_for_each_suspect",
            ),
            models.CheckConstraint(condition=~Q(arrested="yes") | Q(codes=[], why=""), name="arrest_or_why_not"),
        ]
        indexes = [  # the one search, by a number of custody
            models.Index(Upper("custody_ref"), condition=~Q(custody_ref=""), name="arrest_of_custody"),
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def person_id(self) -> int:
        """Whom it is about; 0 where an earlier release did not ask of whom."""
        return self.suspect.person_id if self.suspect is not None else 0

    @property
    def taken(self) -> bool:
        """Arrested, then or since."""
        return self.arrested == YesOrNo.YES or self.arrested_at is not None

    @property
    def reasons(self) -> list[str]:
        """The words of the coded reasons why not."""
        return [str(NoArrest(code).label) for code in self.codes]

    @property
    def in_words(self) -> str:
        if self.arrested == YesOrNo.YES:
            return "Arrested"
        if self.arrested == YesOrNo.NO:
            return "Arrested later" if self.arrested_at else "Not arrested"
        return "Not said"

    @property
    def wish_alone(self) -> bool:
        """Whether nothing but the wish of the person harmed was given as the reason: it comes back by itself."""
        return self.arrested == YesOrNo.NO and list(self.codes) == [NoArrest.NOT_WANTED]

    @property
    def needs_inspector(self) -> bool:
        """No arrest for want of officers or of safety: an inspector hears at once and decides."""
        return NoArrest.RESOURCE in self.codes and not self.taken

    @property
    def attempts_go_on(self) -> bool:
        return NoArrest.LEFT in self.codes and not self.taken and self.circulated_at is None


@pghistory.track()
class ArrestVerdict(CaseRecord):
    """What a supervisor made of a reason not to arrest. Never the officer whose decision it is."""

    decision = models.ForeignKey(ArrestDecision, models.PROTECT, related_name="verdicts")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.TextField(max_length=4000)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(recorded_by=F("officer")), name="arrest_verdict_by_another"),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()


@pghistory.track()
class ArrestAttempt(CaseRecord):
    """One attempt to arrest somebody who had left: when, where, and what came of it."""

    decision = models.ForeignKey(ArrestDecision, models.PROTECT, related_name="attempts")
    tried_at = models.DateTimeField("time of the attempt")
    place = models.CharField(max_length=300)
    result = models.CharField(max_length=20, choices=AttemptResult)
    more = models.TextField("anything else", max_length=2000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["decision", "-tried_at"], name="arrest_attempt_of_decision")]

    def __str__(self) -> str:
        return self.get_result_display()
