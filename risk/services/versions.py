"""A draft begun on one version is finished on it, unless that version went out of use too long ago (A.8)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from risk.models import Assessment, InstrumentVersion, Limits
from workflow.templatetags.words import full_day


def ends_of(version_id: int) -> dict[str, Subquery]:
    """The columns from which `last_day` makes the last day of a version: said with it, and its successor's first day."""
    version = InstrumentVersion.objects.filter(pk=version_id)
    later = InstrumentVersion.objects.filter(
        instrument=OuterRef("instrument"), status=InstrumentVersion.Status.PUBLISHED, number__gt=OuterRef("number")
    )
    first = Subquery(later.order_by("valid_from").values("valid_from")[:1])
    follows = version.annotate(follows=first).values("follows")
    return {"version_to": Subquery(version.values("valid_to")), "version_follows": Subquery(follows)}


def last_day(version_to: date | None, version_follows: date | None) -> date | None:
    """The last day (London) on which a version was the one in use; None while it is."""
    ends = [day for day in (version_to, version_follows - timedelta(days=1) if version_follows else None) if day]
    return min(ends, default=None)


def out_of_use_words(assessment: Assessment, ended: date | None, today: date, limits: Limits) -> str:
    """The sentence that asks to begin again; "" while the draft may be finished, or where it is graded already."""
    if ended is None or today - ended <= timedelta(days=limits["draft_grace_days"]):
        return ""
    if assessment.decisions.exists():
        return ""
    words = _("This version went out of use on %(day)s: begin again, earlier answers are offered")
    return words % {"day": full_day(ended)}
