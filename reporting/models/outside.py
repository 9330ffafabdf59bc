"""Figures that others publish: the file they came in, who brought it in and who confirmed it, and each figure as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.models import Kept, Posting
from accounts.roles import roles

#: Who brings figures in and who confirms what somebody else brought in, both over the whole force; and who reads them.
ENTERS = roles("analyst", "cps_liaison", "superintendent")
CONFIRMS = roles("analyst", "superintendent", "command", "chief_officer")
READS = ENTERS | CONFIRMS | roles("inspector", "auditor")

if TYPE_CHECKING:
    from accounts.models import User


class OutsideKind(models.TextChoices):
    """What a file is of; which columns and figures it has stands in `reporting.outside.table`."""

    CRIME = "crime", "Recorded crime"
    PROSECUTION = "prosecution", "CPS and court results"
    ORDERS = "orders", "Protection notices and orders"
    DEATHS = "deaths", "Homicides and deaths related to domestic abuse"
    POPULATION = "population", "People who live here"
    BENCHMARK = "benchmark", "What others publish of a measure"
    PARTNER = "partner", "Figures from partners"


class OutsideFile(models.Model):
    """A file as it was sent, as text, once however often it is sent. Its digest is that of the bytes."""

    kind = models.CharField(max_length=20, choices=OutsideKind)
    digest = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="outside_file_once")]

    def __str__(self) -> str:
        return f"file {self.pk}"


class OutsideImportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """For whoever answers for figures anywhere in the force: what others publish is no secret among them."""
        held = Posting.objects.current().filter(user=user, role__in=READS)
        return self.filter(Exists(held)) if user.is_active else self.none()


@pghistory.track(exclude=["rejects"])
class OutsideImport(Kept):
    """One file brought in by one person and confirmed by another. Its figures are rows from the moment they are confirmed,
    and from then on they count; what said the same before stays, and counts no longer.
    """

    #: Not written into the record of what happened: the file itself has them.
    never_audited: ClassVar[frozenset[str]] = frozenset({"rejects"})

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a second person"
        IN_FORCE = "in_force", "In force"
        REJECTED = "rejected", "Not taken: some rows are wrong"
        REFUSED = "refused", "Refused"
        TAKEN_BACK = "taken_back", "Taken back"
        OUT = "out", "Taken out of use"

    state = models.CharField(max_length=30, choices=State, editable=False)
    kind = models.CharField(max_length=20, choices=OutsideKind)
    file = models.ForeignKey(OutsideFile, models.PROTECT, related_name="imports")
    source = models.CharField("who published it, and where", max_length=300)
    published_on = models.DateField("when it was published", null=True, blank=True)
    words = models.TextField("what must be known of it", max_length=2000, blank=True)
    rows = models.PositiveIntegerField(default=0, editable=False)
    rejected = models.PositiveIntegerField(default=0, editable=False)
    rejects = models.JSONField("rows that are wrong, with why", default=list, editable=False)
    first_on = models.DateField("first month it says anything of", null=True, editable=False)
    last_on = models.DateField("last month it says anything of", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = OutsideImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(state__in=["waiting", "in_force"]), name="outside_import_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="outside_import_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "refused", "out"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="outside_import_decision_has_decider",
            ),
            models.CheckConstraint(
                condition=Q(state="rejected", rejected__gt=0) | ~Q(state="rejected") & Q(rejected=0, rows__gt=0),
                name="outside_import_whole_or_not_taken",
            ),
        ]
        indexes = [models.Index(fields=["kind", "-id"], name="outside_import_of_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, import {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("outside-import", args=[self.pk])


class OutsideFigureQuerySet(models.QuerySet["OutsideFigure"]):
    def in_force(self) -> Self:
        """What counts: of each scope (`OutsideFigure.SCOPE`) what was confirmed last and not taken out of use. Index:
        outside_figure_found.
        """
        same = {name: OuterRef(name) for name in OutsideFigure.SCOPE}
        stands = {"run__state": OutsideImport.State.IN_FORCE}
        newer = Q(run__decided_at__gt=OuterRef("run__decided_at")) | Q(
            run__decided_at=OuterRef("run__decided_at"), run__gt=OuterRef("run")
        )
        later = OutsideFigure.objects.filter(newer, **same, **stands)
        return self.filter(~Exists(later), **stands)


class OutsideFigure(models.Model):
    """One figure of one file. What was never said is not there: no row says zero for somebody who said nothing.

    `unit` is the area; of a figure about another place (`place`) it is the force. `group` is a class of crime; `reason` an
    outcome or a reason; the last three are of people who live here. "" is all of them together.
    """

    #: What a later file replaces as a whole: every reason, age, sex and ethnicity of it.
    SCOPE: ClassVar[tuple[str, ...]] = ("kind", "figure", "begins_on", "months", "unit", "place", "group")

    run = models.ForeignKey(OutsideImport, models.PROTECT, related_name="figures", db_index=False)
    kind = models.CharField(max_length=20, choices=OutsideKind)
    figure = models.CharField(max_length=80)
    begins_on = models.DateField("first day of what it is of")
    months = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    age = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=2, blank=True)
    value = models.DecimalField(max_digits=16, decimal_places=3)
    source = models.CharField("where this one is published, if not as the whole file", max_length=300, blank=True)

    objects: ClassVar[Any] = OutsideFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "run", "figure", "begins_on", "months", "unit", "place", "group", "reason", "ethnicity", "age", "sex",
                ],
                name="outside_figure_once",
            ),
            models.CheckConstraint(condition=Q(value__gte=0, months__gt=0), name="outside_figure_is_a_figure"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["kind", "figure", "begins_on", "unit"], name="outside_figure_found")]

    def __str__(self) -> str:
        return f"{self.figure} from {self.begins_on}"
