"""What a meeting does to the considerations that stand before it."""

from __future__ import annotations

from django.utils import timezone

from audit.models import Event
from dvds.services.before_forum import follow
from marac.models import Meeting
from workflow.reactions import Reaction

# Who runs a meeting sees what stands before it, and nobody else who did.


def forum_is_followed(event: Event) -> None:
    follow(Meeting.objects.select_related("chair", "keeper", "forum").get(pk=event.subject_id), timezone.now())


OF_THE_FORUM: tuple[Reaction, ...] = tuple(
    Reaction(f"considered-{step}", f"meeting.{step}", forum_is_followed)
    for step in ("change", "open", "take-off", "cancel")
)
