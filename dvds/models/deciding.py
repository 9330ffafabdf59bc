"""What the forum decided: each test with its reason, who sat, what is told to whom and how; dissent is kept (A7, D4, part E)."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.answers import YesOrNo
from dvds.models.answers import Category, Representations, Test
from dvds.models.application import Application
from dvds.models.checks import Spent, Trace
from safeguarding.models.agency import AgencyKind
from workflow.models import CaseRecord

#: What was answered and decided is never changed: another answer, another decision is another row (I8).
STANDS = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Stage(models.TextChoices):
    POLICE = "police", "As proposed by the police"
    FORUM = "forum", "As decided by the forum"
    URGENT = "urgent", "As answered in danger, before the forum"


@pghistory.track()
class TestAnswer(CaseRecord):
    """One answer to one test, never changed: another answer is another row, and the newest of its stage counts."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="answers")
    stage = models.CharField(max_length=8, choices=Stage)
    test = models.CharField(max_length=2, choices=Test)
    answer = models.CharField(max_length=3, choices=YesOrNo)
    reason = models.TextField(max_length=4000)

    __test__ = False  # pytest collects classes of this name

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="test_answered_with_a_reason")]
        indexes = [models.Index(fields=["application", "stage", "test", "-id"], name="test_answer_of")]
        triggers = [STANDS]

    def __str__(self) -> str:
        return f"{self.test}: {self.get_answer_display()}"


class SatHow(models.TextChoices):
    PRESENT = "present", "Was there"
    WRITTEN = "written", "Sent its view in writing"
    ABSENT = "absent", "Neither, for a reason"


class Decision(models.TextChoices):
    TELL = "tell", "To be told"
    NOT_TELL = "not_tell", "Not to be told"
    DEFER = "defer", "Put off"


@pghistory.track(exclude=["words"])
class ForumDecision(CaseRecord):
    """One decision of a forum. What is told is the words approved, and no more; whether the subject is informed is part of
    it, and no is what is offered (I5).
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey("marac.Meeting", models.PROTECT, null=True, related_name="+")
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(
        "when it was decided",
    )
    decision = models.CharField(max_length=10, choices=Decision)
    category = models.CharField(max_length=10, choices=Category)
    reasons = models.TextField(max_length=6000)
    representations = models.CharField(max_length=10, choices=Representations)
    representations_because = models.TextField("why they were asked for or not", max_length=2000)
    words = models.TextField("the words approved to be said", max_length=4000, blank=True)
    left_out = models.TextField("what is left out, and why", max_length=2000, blank=True)
    how = models.TextField("by whom, where and when it is told, who is with her", max_length=2000, blank=True)
    safety_plan = models.ForeignKey("risk.SafetyPlan", models.PROTECT, null=True, blank=True, related_name="+")
    subject_informed = models.CharField(
        "whether the subject is informed", max_length=3, choices=YesOrNo, default=YesOrNo.NO
    )
    subject_because = models.TextField(
        "why the subject is informed, and after which safety measures", max_length=2000, blank=True
    )
    management = models.TextField("what was decided about managing the subject", max_length=2000, blank=True)
    dissent = models.TextField("who disagreed, and why", max_length=4000, blank=True)
    until = models.DateField("put off until", null=True, blank=True)
    missing = models.TextField("what is missing, and who brings it", max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="tell") | (~Q(words="") & ~Q(how="") & Q(safety_plan__isnull=False)),
                name="decision_to_tell_says_what_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(subject_informed="yes") | (Q(decision="tell") & ~Q(subject_because="")),
                name="decision_subject_informed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(decision="defer") | (Q(until__isnull=False) & ~Q(missing="")),
                name="decision_put_off_until_what",
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="decision_of_application")]
        triggers = [STANDS]

    def __str__(self) -> str:
        return self.get_decision_display()


#: Somebody who sat for none of the agencies.
ALSO = "other"


@pghistory.track()
class SatAtForum(CaseRecord):
    """Which agency took part in a decision, and how: quorum is police, probation, IDVA, and social care for children."""

    decision = models.ForeignKey(ForumDecision, models.PROTECT, related_name="sat")
    agency_kind = models.CharField("the agency", max_length=20, choices=[*AgencyKind.choices, (ALSO, "Also sat")])
    who = models.CharField("who sat", max_length=120, blank=True)
    how = models.CharField("how it took part", max_length=8, choices=SatHow)
    words = models.TextField("its view, or why it took no part", max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(how__in=["written", "absent"]) | ~Q(words=""), name="sat_or_said_why"),
        ]
        indexes = [models.Index(fields=["decision", "id"], name="sat_of_decision")]

    def __str__(self) -> str:
        return self.get_how_display()


@pghistory.track()
class Chosen(CaseRecord):
    """A trace that the words rest on. What is spent cannot be chosen (S578): the row keeps how it stood that day."""

    decision = models.ForeignKey(ForumDecision, models.PROTECT, related_name="chosen")
    trace = models.ForeignKey(Trace, models.PROTECT, related_name="chosen")
    spent = models.CharField(max_length=8, choices=Spent)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(spent="spent"), name="chosen_is_not_spent"),
            models.UniqueConstraint(fields=["decision", "trace"], name="chosen_once"),
        ]

    def __str__(self) -> str:
        return "chosen"


@pghistory.track()
class Ratification(CaseRecord):
    """An act of telling that came before its forum: the forum ratifies it, or says why it does not (A15)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="ratifications")
    ratified_at = models.DateTimeField("when the forum said so", null=True, editable=False)
    ratified = models.CharField("what the forum said", max_length=3, choices=YesOrNo, blank=True, editable=False)
    words = models.TextField(max_length=2000, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ratified_at__isnull=True) | (~Q(ratified="") & ~Q(words="")), name="ratified_with_words"
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="ratification_of_application")]

    def __str__(self) -> str:
        return "to be ratified"
