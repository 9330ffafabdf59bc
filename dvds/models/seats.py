"""Who makes a forum: police, probation, independent advisers, and children’s social care where a child may be affected (S709)."""

from __future__ import annotations

from datetime import datetime

from cases.models.answers import YesOrNo
from dvds.models.application import Application, Part, Party
from dvds.models.young import young_at_risk
from safeguarding.models.agency import AgencyKind

QUORUM = (AgencyKind.POLICE, AgencyKind.PROBATION, AgencyKind.IDVA)


def children_may_be_affected(application: Application, at: datetime) -> bool:
    """Said so, or a child is named, or the person at risk is 16 or 17 at the moment (UTC)."""
    if application.children_affected == YesOrNo.YES:
        return True
    named = Party.objects.standing().filter(application=application.pk, part=Part.CHILD).exists()
    return named or young_at_risk(application, at)


def seats_of(application: Application, at: datetime) -> tuple[AgencyKind, ...]:
    """The agencies without which there is no forum about this one (S3-244)."""
    return (*QUORUM, AgencyKind.CHILDREN) if children_may_be_affected(application, at) else QUORUM
