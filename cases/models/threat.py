"""A threat to life: what must be done at once, the reasons, an inspector's decision; it stands until it is closed.

European Convention, as the Human Rights Act 1998 has it: act where a real and immediate risk to life is known or ought to
be known (Article 2), protect from ill-treatment (3), and weigh private and family life (8). S3-070.
"""

from __future__ import annotations

from dataclasses import dataclass

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.answers import DoneOrNot, YesOrNo
from cases.models.incident import Incident
from workflow.models import StatefulRecord


@dataclass(frozen=True, slots=True)
class Action:
    """One immediate action: the columns `<code>` and `<code>_why` of the record say what became of it."""

    code: str
    label: str
    hint: str = ""

    @property
    def why(self) -> str:
        return f"{self.code}_why"


# fmt: off
ACTIONS: tuple[Action, ...] = (  # every one is answered before the record can be sent [R]
    Action("moved",     "Person threatened moved to a safe place, or guarded"),
    Action("inspector", "Duty inspector told by voice"),
    Action("armed",     "Armed response considered with the control room"),
    Action("sought",    "Suspect held, or being looked for"),
    Action("warning",   "Threat-to-life (Osman) warning considered"),
    Action("marker",    "Marker put on the address"),
)
# fmt: on


def answer() -> models.CharField[str, str]:
    return models.CharField(max_length=12, choices=DoneOrNot, blank=True)


def why_not() -> models.CharField[str, str]:
    return models.CharField(max_length=500, blank=True)


@pghistory.track()
class ThreatToLife(StatefulRecord):
    """One threat. Moments are UTC; what nobody has said yet is empty.

    One that is reported while another is open in the case stands `beside` it: an inspector is told of it and decides on it
    by itself, for reasons of its own. What must be done at once is asked of the first: of the other it may be said.
    """

    class State(models.TextChoices):
        RAISED = "raised", "Waiting for an inspector"
        DECIDED = "decided", "Decided, still open"
        CLOSED = "closed", "Closed"

    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="threats")
    beside = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="further")
    what = models.TextField("whose life is threatened", max_length=1500)

    moved, moved_why = answer(), why_not()
    inspector, inspector_why = answer(), why_not()
    armed, armed_why = answer(), why_not()
    sought, sought_why = answer(), why_not()
    warning, warning_why = answer(), why_not()
    marker, marker_why = answer(), why_not()

    known = models.TextField("what is known of the risk", max_length=3000, blank=True)
    known_at = models.DateTimeField("time from which it was known", null=True, blank=True)
    article_2 = models.TextField("Article 2, right to life", max_length=2000, blank=True)
    article_3 = models.TextField("Article 3, ill-treatment", max_length=2000, blank=True)
    article_8 = models.TextField("Article 8, private and family life", max_length=2000, blank=True)
    reasons_at = models.DateTimeField("time at which the reasons were last written", null=True, editable=False)
    reasons_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    real = models.CharField("real and immediate", max_length=3, choices=YesOrNo, blank=True)
    decision = models.TextField("what the inspector decided", max_length=4000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(max_length=4000, blank=True)

    class Meta:
        verbose_name_plural = "threats to life"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(state="closed") & Q(struck_out_at__isnull=True, beside__isnull=True),
                name="threat_one_first",
            ),
        ]

    def __str__(self) -> str:
        return "threat to life"
