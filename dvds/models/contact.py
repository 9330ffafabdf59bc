"""Contact with the applicant or the person at risk: only within the safe-contact plan in force (I1), and never in writing (I2)."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dvds.models.application import Application
from workflow.models import CaseRecord


class ContactHow(models.TextChoices):
    """Spoken ways alone: no letter, email, text or printout to an applicant exists anywhere in the product (I2)."""

    CALL = "call", "Call"
    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "By video"
    THROUGH = "through", "Through the person named in the plan"


class ContactResult(models.TextChoices):
    SPOKE = "spoke", "Spoke with them"
    NO_ANSWER = "no_answer", "No answer"
    OTHER_PERSON = "other_person", "Somebody else answered"
    NOT_SAFE = "not_safe", "They could not speak safely"
    CAME = "came", "They came"
    DID_NOT_COME = "did_not_come", "They did not come"


@pghistory.track()
class ContactAttempt(CaseRecord):
    """One attempt, with the version of the plan that was in force. Outside it only with a supervisor’s reason beforehand."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="attempts")
    plan = models.ForeignKey(
        "cases.SafeContact", models.PROTECT, related_name="+", verbose_name="the plan for safe contact"
    )
    at = models.DateTimeField("when it was made")
    how = models.CharField("by what means", max_length=10, choices=ContactHow)
    where = models.CharField("number or place that was used", max_length=200)
    result = models.CharField("what came of it", max_length=12, choices=ContactResult)
    words = models.TextField("what was said", max_length=2000, blank=True)
    outside = models.TextField("in what it was outside the plan", max_length=1000, blank=True)
    allowed_because = models.TextField("why it was allowed all the same", max_length=2000, blank=True)
    allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who allowed it"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outside="") | (~Q(allowed_because="") & Q(allowed_by__isnull=False)),
                name="contact_outside_the_plan_allowed",
            ),
            models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name="contact_made_before_it_is_written"),
            models.CheckConstraint(condition=Q(how__in=ContactHow.values), name="contact_spoken_only"),
        ]
        indexes = [models.Index(fields=["application", "-at"], name="contact_attempt_of")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(  # I1: the plan is this case’s, recorded before the contact: another’s, or a later one, is none
                name="within_its_own_plan",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF NOT EXISTS (SELECT FROM cases_safecontact p JOIN dvds_application a ON a.case_id = p.case_id"
                    " WHERE p.id = NEW.plan_id AND a.id = NEW.application_id AND p.case_id = NEW.case_id"
                    " AND p.recorded_at < NEW.at + interval '1 minute') THEN"
                    " RAISE EXCEPTION 'contact without a plan of its own case' USING ERRCODE = 'check_violation';"
                    " END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_result_display()


@pghistory.track()
class ContactLeave(CaseRecord):
    """A supervisor’s leave to make one contact outside the plan: why, how, and until when. Used once."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="leaves")
    how = models.CharField(max_length=10, choices=ContactHow)
    where = models.CharField("number or place", max_length=200)
    because = models.TextField("why outside the plan", max_length=2000)
    until = models.DateTimeField()
    used_by = models.OneToOneField(ContactAttempt, models.PROTECT, null=True, related_name="leave", editable=False)

    class Meta:
        indexes = [models.Index(fields=["application", "-id"], name="contact_leave_of")]

    def __str__(self) -> str:
        return "leave"
