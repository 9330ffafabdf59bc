"""What is said of a child in one incident: seen, heard, spoken to or why not, hurt, at school, known to social care."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate

from cases.models.answers import Answer, Spoken, Whereabouts, YesOrNo
from cases.models.answers.children import ChildOf, LivesWith, Schooling, Silent, SocialCare
from cases.models.definition_set import TWELVE_MONTHS
from people.models import Birth
from workflow.clock import LONDON
from workflow.models import RecordQuerySet

if TYPE_CHECKING:
    from accounts.models import User

CHILD = "child"
GROWN_UP = 18  # years: from then on nobody is a child in law
RELATED = (ChildOf.BOTH, ChildOf.HARMED, ChildOf.SUSPECT, ChildOf.RELATIVE)
EXPOSED = (Whereabouts.SAW, Whereabouts.HEARD)
#: Whole years as `people.models.birth.age_on` counts them: who was born on 29 February is older on 1 March.
YEARS = "EXTRACT(year FROM AGE(%(expressions)s))"


class ChildQuerySet(RecordQuerySet):
    """Questions asked of the people of incidents about the children among them."""

    def children(self) -> Self:
        return self.filter(part=CHILD)

    def in_own_right(self) -> Self:
        """Children who are victims themselves: related to either adult, and saw, heard or felt the effects (2021 Act s3).

        Not the unborn, and nobody whom the same case knows to have been 18 by the day of the report, London time.
        """
        born = Birth.objects.standing().filter(person=OuterRef("person"), case=OuterRef("case"), born_on__isnull=False)
        on = Func(OuterRef("reported_on"), template="%(expressions)s", output_field=models.DateField())
        years = Func(on, F("born_on"), template=YEARS, output_field=models.IntegerField())
        grown = born.alias(years=years).filter(years__gte=GROWN_UP)
        rows = self.children().filter(unborn=False, child_of__in=RELATED)
        rows = rows.filter(Q(whereabouts__in=EXPOSED) | Q(affected=Answer.YES))
        rows = rows.annotate(reported_on=TruncDate("incident__reported_at", tzinfo=LONDON))
        return rows.exclude(Exists(grown))

    def with_exposures(self, user: User, at: datetime) -> Self:
        """Each with `ever` and `lately`: the incidents, visible to the reader and reported by `at` (UTC), at which this
        child was involved, in all and in the twelve months before `at`. The row's own incident counts.
        """
        others = (
            self.model._default_manager.standing()
            .visible_to(user)
            .filter(part=CHILD, person=OuterRef("person"), incident__reported_at__lte=at)
        )
        return self.annotate(
            ever=_count(others), lately=_count(others.filter(incident__reported_at__gt=at - TWELVE_MONTHS))
        )


def _count(rows: models.QuerySet[models.Model]) -> Coalesce:
    """How many incidents the rows are of, as a column."""
    counted = rows.order_by().values("person").annotate(count=Count("incident", distinct=True)).values("count")
    return Coalesce(Subquery(counted), Value(0))


class ChildSaid(models.Model):
    """The columns of a child in an incident (A.11). Empty: nobody has said."""

    # Whose child, and where it lives
    child_of = models.CharField("whose child", max_length=10, choices=ChildOf, blank=True)
    tie = models.CharField("how the child is related", max_length=200, blank=True)
    lives_there = models.CharField(max_length=10, choices=Answer, blank=True)
    lives_with = models.CharField(max_length=10, choices=LivesWith, blank=True)
    unborn = models.BooleanField("not born yet", default=False)
    due_on = models.DateField("when the baby is due", null=True, blank=True)

    # What the child saw, heard and felt
    whereabouts = models.CharField(max_length=10, choices=Whereabouts, blank=True)
    saw_what = models.TextField("what the child saw and heard", max_length=2000, blank=True)
    heard_what = models.TextField("what the child heard", max_length=2000, blank=True)
    affected = models.CharField("whether it affected the child otherwise", max_length=10, choices=Answer, blank=True)
    affected_how = models.CharField("how it affected the child", max_length=300, blank=True)

    # The child's voice, or why it was not heard
    seen_by_officer = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    demeanour = models.CharField("how the child seemed", max_length=300, blank=True)
    spoken_to = models.CharField(max_length=12, choices=Spoken, blank=True)
    spoken_by = models.CharField("who spoke to the child", max_length=200, blank=True)
    spoken_with = models.CharField("who else was there", max_length=200, blank=True)
    silent_code = models.CharField("why the child was not spoken to", max_length=10, choices=Silent, blank=True)
    silent_because = models.CharField("why the child was not heard", max_length=300, blank=True)
    injuries = models.CharField("whether the child was hurt", max_length=10, choices=Answer, blank=True)
    injuries_what = models.TextField("how the child was hurt", max_length=2000, blank=True)

    # School and social care
    schooling = models.CharField(max_length=10, choices=Schooling, blank=True)
    school = models.CharField(max_length=200, blank=True)
    school_lead = models.CharField("designated safeguarding lead", max_length=200, blank=True)
    social_care = models.CharField("children's social care", max_length=10, choices=SocialCare, blank=True)
    social_worker = models.CharField(max_length=200, blank=True)
    protection_plan = models.CharField("child-protection plan", max_length=10, choices=Answer, blank=True)
    referred = models.CharField("whether the child was referred", max_length=3, choices=YesOrNo, blank=True)
    referred_on = models.DateField("day of the referral", null=True, blank=True)
    referred_to = models.CharField(max_length=200, blank=True)
    referral_ref = models.CharField("reference of the referral", max_length=60, blank=True)
    encompass_ref = models.CharField("Operation Encompass reference", max_length=60, blank=True)
    contact_point = models.CharField("special point of contact", max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def exposed(self) -> bool:
        """Related to either adult, and saw, heard or felt the effects (2021 Act s3). Age is asked by `in_own_right`."""
        felt = self.whereabouts in EXPOSED or self.affected == Answer.YES
        return not self.unborn and self.child_of in RELATED and felt

    @property
    def heard_by_us(self) -> bool:
        """Whether somebody spoke to the child."""
        return self.spoken_to in {Spoken.ALONE, Spoken.WITH_OTHERS}
