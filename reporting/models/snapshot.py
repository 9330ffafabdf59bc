"""A pack of figures as it was frozen: which pack of which window, who signed it, its figures, its pages, how far it has got.

What somebody does is in `Snapshot`, moved by the engine; what a worker does is in `SnapshotJob`. The figures and every paper
made of them are inserted once and never changed: the database refuses it.
"""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Kept, Posting
from accounts.roles import ROLES, roles
from reporting.models.paper import STUCK, UNHEARD

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

#: Who answers for figures of the force, who for those of a unit, and who reads what leaves the force.
FORCE = roles("analyst", "command", "chief_officer", "auditor")
UNITS = roles("inspector", "superintendent")
OUTSIDE = roles("partner_manager", "commissioner_reader")


class PackCode(models.TextChoices):
    """Every pack; what is in each stands in `reporting.packs.table`."""

    PERFORMANCE = "performance", "Monthly performance"
    INSPECTION = "inspection", "Inspection"
    CLARES_LAW = "clares-law", "Clare’s Law"
    MARAC = "marac", "MARAC quarterly return"
    PARTNERS = "partners", "Figures for partners"
    EQUALITY = "equality", "Equality"
    SATISFACTION = "satisfaction", "Satisfaction"
    POLICE_SUSPECTS = "police-suspects", "Suspects in the police"
    CASELOAD = "caseload", "Case-load"
    FIGURE = "figure", "One figure"


# fmt: off
#: Who reads which: over its unit. Roles of outside read what is signed, of the force as a whole.
READERS: dict[str, frozenset[str]] = {
    PackCode.PERFORMANCE:     FORCE | UNITS,
    PackCode.INSPECTION:      FORCE | roles("superintendent"),
    PackCode.CLARES_LAW:      FORCE | roles("disclosure_supervisor", "superintendent"),
    PackCode.MARAC:           FORCE | roles("marac_coordinator", "superintendent"),
    PackCode.PARTNERS:        FORCE | OUTSIDE | roles("superintendent", "da_coordinator"),
    PackCode.EQUALITY:        FORCE | UNITS,
    PackCode.SATISFACTION:    FORCE | UNITS | roles("da_coordinator"),
    PackCode.POLICE_SUSPECTS: roles("professional_standards", "analyst", "command", "chief_officer"),
    PackCode.CASELOAD:        FORCE | UNITS | roles("sergeant"),
    PackCode.FIGURE:          FORCE | UNITS | roles("sergeant"),
}
# fmt: on
PACK_READERS: frozenset[str] = frozenset().union(*READERS.values())
#: Their desk lies in a unit and serves the force: they read its packs, and have them made, wherever they are posted.
DESKS = roles("marac_coordinator", "disclosure_supervisor")


class SnapshotQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Of the packs that their roles read, over the unit, or of the force from their desk; to whoever is outside what is
        signed; to its signer too.
        """
        if user.username == user.SYSTEM:
            return self.all()
        if not user.is_active:
            return self.none()
        seen = Q(signer=user)
        for role, unit in Posting.objects.current().filter(user=user).values_list("role", "unit"):
            packs = [code for code, who in READERS.items() if role in who]
            if not ROLES[role].police:
                over = Q(state=Snapshot.State.SIGNED, held_at__isnull=True, unit__parent__isnull=True)
            else:
                over = Q() if role in DESKS else Q(unit__lineage__contains=[unit])
            seen |= Q(pack__in=packs) & over
        return self.filter(seen)

    def standing(self) -> Self:
        return self.exclude(state=Snapshot.State.WITHDRAWN)


@pghistory.track()
class Snapshot(Kept):
    """One pack of one window and unit. `of` is the question of a single figure, as its address says it, and `asked_on` the
    London day on which it was asked: of the other packs there is one of a window, however often it is asked.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Being made"
        MADE = "made", "Not signed off yet"
        SENT = "sent", "With whoever signs it off"
        RETURNED = "returned", "Sent back"
        SIGNED = "signed", "Signed off"
        WITHDRAWN = "withdrawn", "Withdrawn"

    state = models.CharField(max_length=30, choices=State, default=State.ASKED, editable=False)
    pack = models.CharField(max_length=20, choices=PackCode)
    of = models.CharField("which figure", max_length=300, blank=True)
    asked_on = models.DateField(null=True, editable=False)
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_words = models.TextField("what they said as they signed it", max_length=2000, blank=True)
    held_at = models.DateTimeField("not to be opened since", null=True, editable=False)
    withdrawn_because = models.TextField("why it does not stand any longer", max_length=2000, blank=True)

    SHOWN_WITH: ClassVar[tuple[str, ...]] = ("recorded_by", "signer", "sent_by")

    objects: ClassVar[Any] = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "first_on", "last_on", "unit", "of", "asked_on"], condition=~Q(state="withdrawn"),
                nulls_distinct=False, name="snapshot_one_stands",
            ),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="snapshot_window_has_days"),
            models.CheckConstraint(
                condition=Q(pack="figure", asked_on__isnull=False) & ~Q(of="") | ~Q(pack="figure") & Q(of="", asked_on__isnull=True),
                name="snapshot_figure_says_which",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signer__isnull=False, sent_by__isnull=False, signed_at__isnull=False),
                name="snapshot_signed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(signer__isnull=True) | ~Q(signer=F("sent_by")), name="snapshot_signed_by_another"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["pack", "-id"], name="snapshot_of_pack"),
            models.Index(fields=["id"], condition=Q(state="asked"), name="snapshot_asked"),
        ]
        triggers = [pgtrigger.Protect(name="snapshot_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_pack_display()}, {self.span}"

    def get_absolute_url(self) -> str:
        return reverse("snapshot", args=[self.pk])

    @property
    def span(self) -> str:
        """October 2026; July 2026 to September 2026."""
        first, last = f"{self.first_on:%B %Y}", f"{self.last_on:%B %Y}"
        return first if first == last else f"{first} to {last}"

    @property
    def number(self) -> str:
        """As it is cited: 2026-10/3."""
        return f"{self.last_on:%Y-%m}/{self.pk}"


ONCE = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class SnapshotFigures(models.Model):
    """The figures as they were at one moment (UTC). `fingerprint` is the SHA-256 of them and of what they were made by;
    `made_by` that of the definitions and queries alone, so that a later difference is one of the other.
    """

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="figures")
    blocks = models.JSONField()
    as_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    made_by = models.CharField(max_length=64)

    class Meta:
        triggers = [ONCE]

    def __str__(self) -> str:
        return f"figures of {self.snapshot_id}"


class SnapshotWords(models.Model):
    """What somebody says of one theme, beside the figures. The newest of a theme is printed; the others stay."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="narrative", db_index=False)
    theme = models.CharField(max_length=40)
    words = models.TextField(max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["snapshot", "theme", "-id"], name="snapshot_words_newest")]
        triggers = [ONCE]

    def __str__(self) -> str:
        return f"{self.theme} of {self.snapshot_id}"


class SnapshotContent(models.Model):
    """The bytes of one paper of it. Words and a signature come later than figures, so there may be several; the newest is read."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="papers", db_index=False)
    pdf = models.BinaryField()
    pages = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes")
    run = models.UUIDField(help_text="Printed on the paper")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["snapshot", "-id"], name="snapshot_newest_paper")]
        triggers = [ONCE]

    def __str__(self) -> str:
        return f"paper {self.pk} of {self.snapshot_id}"


class SnapshotJobQuerySet(models.QuerySet["SnapshotJob"]):
    def unheard(self, now: datetime) -> Self:
        """Waiting, and no worker has begun."""
        return self.filter(stage=SnapshotJob.Stage.QUEUED, queued_at__lt=now - UNHEARD)

    def late(self, before: datetime) -> Self:
        """Still not made since a moment (UTC), of packs that stand. Index: snapshot_job_unfinished."""
        unfinished = [SnapshotJob.Stage.QUEUED, SnapshotJob.Stage.FREEZING, SnapshotJob.Stage.PRESSING]
        rows = self.filter(stage__in=unfinished, queued_at__lt=before)
        return rows.exclude(snapshot__state=Snapshot.State.WITHDRAWN)

    def stuck(self, now: datetime) -> Self:
        """Begun by a worker that must be gone by now."""
        at_work = [SnapshotJob.Stage.FREEZING, SnapshotJob.Stage.PRESSING]
        return self.filter(stage__in=at_work, taken_at__lt=now - STUCK)

    def queue_again(self, snapshot: Snapshot, at: datetime) -> None:
        """Its paper says something else from now on: make it anew. Whoever is making one keeps nothing of it."""
        waits = {
            "stage": SnapshotJob.Stage.QUEUED,
            "attempts": 0,
            "progress": 0,
            "words": SnapshotJob.WAITING,
            "queued_at": at,
        }
        self.update_or_create(snapshot=snapshot, defaults={**waits, "run": uuid.uuid4(), "failed_because": ""})


class SnapshotJob(models.Model):
    """How far the making of its newest paper has got. `run` names the attempt, and is printed."""

    WAITING: ClassVar[str] = "Waiting for its turn"

    class Stage(models.TextChoices):
        QUEUED = "queued", "Waiting to be made"
        FREEZING = "freezing", "Counting"
        PRESSING = "pressing", "Laying out the pages"
        MADE = "made", "Ready"
        FAILED = "failed", "Could not be made"

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="job")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.QUEUED)
    queued_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    run = models.UUIDField(default=uuid.uuid4)
    progress = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=120, default=WAITING)
    failed_because = models.CharField(max_length=300, blank=True)

    objects = SnapshotJobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="snapshot_progress_in_hundredths"),
            models.CheckConstraint(
                condition=~Q(stage="failed") | ~Q(failed_because=""), name="snapshot_failed_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["stage", "queued_at"],
                condition=Q(stage__in=["queued", "freezing", "pressing"]),
                name="snapshot_job_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} of {self.snapshot_id}"

    @property
    def is_finished(self) -> bool:
        return self.stage in (self.Stage.MADE, self.Stage.FAILED)
