"""What agencies took upon themselves at a forum: owner, day, the risk it answers, and what came of it. None vanishes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from marac.models.meeting import Meeting
from marac.models.own import OwnQuerySet
from marac.models.referral import Referral
from workflow.models import StatefulRecord


class ActionType(models.TextChoices):
    """D.6."""

    FLAG = "flag", "Flag or marker"
    SUPPORT = "support", "Contact with and support of the victim"
    HARDENING = "hardening", "Target hardening"
    HOUSING = "housing", "Housing"
    CHILDREN = "children", "Children’s social care"
    ADULTS = "adults", "Adult social care, section 42"
    MENTAL = "mental", "Mental health"
    SUBSTANCE = "substance", "Substance misuse"
    HEALTH = "health", "Health flag"
    EDUCATION = "education", "Education, Operation Encompass"
    PROBATION = "probation", "Probation and licence"
    ORDERS = "orders", "Bail and orders"
    DISRUPT = "disrupt", "Arrest and disruption"
    DVDS = "dvds", "Right to know"
    FORUMS = "forums", "MATAC or MAPPA"
    PROGRAMME = "programme", "Perpetrator programme"
    IMMIGRATION = "immigration", "Immigration, no recourse to public funds"
    INFORMATION = "information", "Information and intelligence"
    STAFF = "staff", "Safety of staff"
    TRANSFER = "transfer", "Transfer"


class Worth(models.TextChoices):
    """What an old action was worth, said before the same may be set again (R-32)."""

    WORKED = "worked", "Worked"
    DID_NOT = "did_not", "Did not work"
    NOT_DONE = "not_done", "Not done"
    NOT_POSSIBLE = "not_possible", "Not possible"


class Effect(models.TextChoices):
    REMOVED = "removed", "The risk is removed"
    REDUCED = "reduced", "The risk is reduced"
    UNCHANGED = "unchanged", "The risk is unchanged"


class ActionQuerySet(OwnQuerySet):
    def open(self) -> Self:
        return self.standing().filter(state__in=OPEN)

    def about(self, cases: Iterable[int]) -> Self:
        """Those of forums that heard what began in these investigations (ids). Index: referral_of_investigation."""
        return self.standing().filter(referral__investigation__in=list(cases))


@pghistory.track()
class ForumAction(StatefulRecord):
    """Roles are held over the owner's agency. Overdue is a question of a moment, never a state."""

    class State(models.TextChoices):
        AGREED = "agreed", "To do"
        UNDER_WAY = "under_way", "In hand"
        DONE = "done", "Done"
        NOT_POSSIBLE = "not_possible", "Not possible: circumstances changed"
        NOT_DONE = "not_done", "Not done"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="actions")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, related_name="actions")
    who = models.CharField("who took it upon themselves", max_length=120, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    volunteered = models.BooleanField("they were here and offered it", default=True)
    type = models.CharField(max_length=12, choices=ActionType)
    what = models.TextField(max_length=2000)
    answers = models.CharField("the risk it answers", max_length=300)
    due_at = models.DateTimeField()
    set_again = models.ForeignKey("self", models.PROTECT, null=True, related_name="again")
    reported_at = models.DateTimeField("when its state was reported", null=True, editable=False)
    wants_until = models.DateTimeField("the agency asks for time until", null=True, editable=False)
    wants_because = models.TextField("why it asks for more time", max_length=2000, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    evidence = models.TextField("what was done, what shows it", max_length=2000, blank=True, editable=False)
    effect = models.CharField(max_length=10, choices=Effect, blank=True, editable=False)
    why_not = models.TextField(max_length=2000, blank=True, editable=False)
    worth = models.CharField(
        "as marked at the next hearing (R-32)", max_length=12, choices=Worth, blank=True, editable=False
    )
    worth_words = models.TextField(max_length=1000, blank=True, editable=False)
    worth_at = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = ActionQuerySet.as_manager()
    SHOWN_WITH = ("agency__unit", "owner", "meeting", "referral__forum")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(evidence=""), name="forum_action_done_with_evidence"
            ),
            models.CheckConstraint(
                condition=Q(wants_until__isnull=True) | ~Q(wants_because=""), name="forum_action_longer_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["not_possible", "not_done"]) | ~Q(why_not=""),
                name="forum_action_not_done_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "id"], name="forum_action_of_referral"),
            models.Index(
                fields=["agency", "state", "due_at", "id"], name="forum_action_of_agency"
            ),  # an agency's own list
            models.Index(fields=["meeting", "id"], name="forum_action_of_meeting"),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["agreed", "under_way"], struck_out_at__isnull=True),
                name="forum_action_open",
            ),  # the coordinator's list, due first
        ]

    def __str__(self) -> str:
        return self.get_type_display()

    @property
    def scope(self) -> Any:
        """The agency's own unit; of one that is only being set, whoever runs the forum."""
        return self.agency.unit if self.agency_id else self.case.unit

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is still open after its time (UTC)."""
        return self.state in OPEN and self.due_at < now

    def get_absolute_url(self) -> str:
        return reverse("forum-action", args=[self.pk])


OPEN = frozenset({ForumAction.State.AGREED, ForumAction.State.UNDER_WAY})
