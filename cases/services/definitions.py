"""Who has read what the force means by its words, and who has not. What is read is a version: another one is read anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Posting, User
from accounts.roles import TABLE
from audit import services as audit
from audit.models import Operation
from cases.models import DefinitionRead, DefinitionSet
from workflow.clock import LONDON

POLICE = frozenset(role.code for role in TABLE if role.police)  # who must know the words


def in_force(at: datetime) -> dict[str, DefinitionSet]:
    """Each term as it stands on the London day of the moment. One query."""
    found: dict[str, DefinitionSet] = DefinitionSet.objects.in_force(at.astimezone(LONDON).date())
    return found


def unread_by(user: User, at: datetime) -> list[DefinitionSet]:
    """The versions in force that this person has not said that they know. Two queries."""
    meant = in_force(at)
    known = set(
        DefinitionRead.objects.filter(person=user, definition__in=meant.values()).values_list("definition", flat=True)
    )
    return [row for row in meant.values() if row.pk not in known]


@transaction.atomic
def read(*, user: User, versions: set[int], at: datetime | None = None) -> int:
    """Somebody says that they have read these versions and know what they mean; returns how many were new to them.

    Only those in force: what a page showed an hour ago and is no longer, is not read by pressing its button.
    """
    moment = at or timezone.now()
    new = [row for row in unread_by(user, moment) if row.pk in versions]
    DefinitionRead.objects.bulk_create(
        [DefinitionRead(definition=row, person=user, at=moment) for row in new], ignore_conflicts=True
    )
    for row in new:
        audit.record(
            name="definition.read",
            operation=Operation.CONSULTATION,
            subject=row,
            folder=None,
            by=user,
            at=moment,
            changes={},
        )
    return len(new)


def people_not_read(leader: User, leads: frozenset[str], at: datetime) -> Any:
    """Who works now beneath a post by which the leader leads, and lacks a version in force: `lacks` says how many."""
    current = [row.pk for row in in_force(at).values()]
    units = Posting.objects.current().filter(user=leader, role__in=leads).order_by().values("unit_id")
    posts = Posting.objects.current().filter(user=OuterRef("pk"), role__in=POLICE)
    theirs = posts.filter(unit__lineage__overlap=ArraySubquery(units))
    read_by = DefinitionRead.objects.filter(person=OuterRef("pk"), definition__in=current).order_by()
    found = Coalesce(Subquery(read_by.values("person").annotate(n=Count("pk")).values("n")), 0)
    people = User.objects.filter(Exists(theirs), is_active=True, is_system=False)
    return people.annotate(lacks=len(current) - found).filter(lacks__gt=0).order_by("last_name", "pk")
