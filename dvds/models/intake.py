"""What waits at the door: a request or a piece of information, taken down by whoever first heard it (A0, N1).

An officer, a partner, the public page or the program only ever put something here; the control room or the disclosure unit
takes it up, and then it is a case of its own. The clocks run from `first_contact_at`, whenever it is taken up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from accounts.models import Posting, Unit, Versioned
from accounts.roles import roles
from dvds.models.answers import Asks, Channel, Danger, Feared, Route, Source

if TYPE_CHECKING:
    from accounts.models import User

TAKES_UP = roles("contact_handler", "control_supervisor", "disclosure_officer", "disclosure_supervisor")
UNIT_STAFF = roles("disclosure_officer", "disclosure_supervisor")


class IntakeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """All, for the disclosure unit; those that wait, for the control room; and one’s own while it waits."""
        if user.username == user.SYSTEM:
            return self
        waits = Q(state=Intake.State.WAITING)
        return self.filter(over(user, UNIT_STAFF) | (waits & (over(user, TAKES_UP) | Q(recorded_by=user))))

    def waiting(self) -> Self:
        return self.filter(state=Intake.State.WAITING)

    def by_danger(self) -> Any:
        """With `first`, the place of each in the list of what waits: danger now, danger possible, the rest."""
        places = [When(danger=Danger.YES, then=Value(0)), When(danger=Danger.POSSIBLE, then=Value(1))]
        return self.annotate(first=Case(*places, default=Value(2), output_field=models.IntegerField()))


def over(user: User, who: frozenset[str]) -> Q:
    """Those of units over which the person holds one of the roles now."""
    posts = Posting.objects.current().filter(user=user, role__in=sorted(who)).order_by().values("unit_id")
    return Q(unit__in=Unit.objects.filter(lineage__overlap=ArraySubquery(posts)).values("pk"))


@pghistory.track()
class Intake(Versioned):
    """One thing heard. `unit` is the disclosure unit that it goes to; moments are UTC. Words stay as they were said."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be taken up"
        TAKEN_UP = "taken_up", "Taken up"
        SET_ASIDE = "set_aside", "Set aside, for a reason"

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    route = models.CharField(max_length=4, choices=Route, default=Route.ASK)
    channel = models.CharField(max_length=14, choices=Channel)
    source = models.CharField(max_length=14, choices=Source, blank=True)
    first_contact_at = models.DateTimeField("when the police first heard of it")
    asker = models.CharField("who asks", max_length=200, blank=True)
    asks_as = models.CharField(max_length=14, choices=Asks, blank=True)
    at_risk = models.CharField("who is at risk", max_length=200, blank=True)
    subject = models.CharField("about whom", max_length=300, blank=True)
    why = models.TextField("why, and what prompted it", max_length=4000, blank=True)
    feared = ArrayField(models.CharField(max_length=12, choices=Feared), default=list, blank=True)
    danger = models.CharField("in danger now", max_length=10, choices=Danger, blank=True)
    danger_words = models.TextField("what was done about it", max_length=2000, blank=True)
    safe_means = models.CharField("by what means they may be reached", max_length=300, blank=True)
    safe_place = models.CharField("where", max_length=300, blank=True)
    safe_times = models.CharField("when", max_length=300, blank=True)
    never = models.CharField("what must never be used", max_length=300, blank=True)
    language = models.CharField(max_length=60, blank=True)
    investigation = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    state = models.CharField(max_length=30, choices=State, default=State.WAITING, editable=False)
    application = models.OneToOneField(
        "dvds.Application", models.PROTECT, null=True, related_name="intake", editable=False
    )
    set_aside_because = models.TextField(max_length=2000, blank=True, editable=False)

    folder = None

    objects: ClassVar[Any] = IntakeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_contact_at__lte=F("recorded_at")), name="intake_heard_before_written"
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_up") | Q(application__isnull=False), name="intake_taken_up_as_a_case"
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(set_aside_because=""), name="intake_set_aside_for_a_reason"
            ),
            models.CheckConstraint(condition=~Q(route="know") | ~Q(source=""), name="intake_told_by_a_source"),
        ]
        indexes = [models.Index(fields=["unit", "state", "first_contact_at", "id"], name="intake_waiting")]  # the list

    def __str__(self) -> str:
        return "request"

    @property
    def feared_words(self) -> list[str]:
        return [str(Feared(code).label) for code in self.feared]

    @property
    def scope(self) -> Any:
        return self.unit

    def get_absolute_url(self) -> str:
        """Its page; of one that is only being put down, the list of what waits."""
        return reverse("intake", args=[self.pk]) if self.pk else reverse("intakes")
