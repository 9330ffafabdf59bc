"""Who is told of a brief: whoever is sent, as they are sent; and whoever read it, once it says something else."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Brief, BriefRead, Call, Case
from cases.services.brief_keeping import find_changed
from supervision.models import Notice

SENT = "You are sent to the call of %s. Read its brief before you are there."
CHANGED = "The brief that you read for the call of %s says something else now. Read it again."


def tell_sent(event: Event) -> None:
    """One notice of a call to each of those whom a dispatch names and who may see it; never to whoever sends themselves."""
    brief = Brief.objects.standing().select_related("case").get(call=event.subject_id)
    told = Notice.objects.filter(
        kind=Notice.Kind.BRIEF, event__subject_type=event.subject_type, event__subject_id=event.subject_id
    )
    people = User.objects.filter(pk__in=brief.sent, is_active=True).exclude(pk=event.by_id)
    tell(event, brief.case, SENT, people.exclude(pk__in=told.values("person")))


def tell_reader(event: Event) -> None:
    read = BriefRead.objects.select_related("case").get(pk=event.subject_id)
    tell(event, read.case, CHANGED, User.objects.filter(pk=read.recorded_by_id, is_active=True))


def look_again(event: Event) -> None:
    """What the call says was changed: whoever read its brief is not left waiting for the minute's look."""
    find_changed(timezone.now(), [event.subject_id])


def tell(event: Event, case: Case, words: str, people: Any) -> None:
    now = timezone.now()
    notices = [
        Notice(
            kind=Notice.Kind.BRIEF,
            case=case,
            event=event,
            person=person,
            text=words % case.reference,
            created_at=now,
            mail_at=now,
        )  # fmt: skip
        for person in people
        if Case.objects.visible_to(person).filter(pk=case.pk).exists()
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def brief_url(event: Any) -> str:
    """The way to the brief that a notice of the act tells of."""
    if event.subject_type == Call._meta.label_lower:
        return reverse("brief", args=["call", event.subject_id])
    read: BriefRead = BriefRead.objects.select_related("brief").get(pk=event.subject_id)
    return str(read.brief.get_absolute_url())
