"""Files that arrived while the scanner did not answer: asked again each minute, oldest first, until there is a verdict."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from cases.models import Attachment
from cases.services import scanning, storing
from workflow import engine

BATCH = 50  # a minute's worth; the rest waits for the next
WAITED_LONG = timedelta(minutes=10)


def scan_waiting(at: datetime) -> int:
    """Ask the scanner about each waiting file; stops at the first silence. `at` is UTC. Index: attachment_waiting."""
    waiting = Attachment.objects.filter(state=Attachment.State.WAITING).select_related("case__unit").order_by("pk")
    done = 0
    for file in waiting[:BATCH]:
        try:
            verdict(file, at)
        except scanning.Unanswered:
            break
        done += 1
    return done


def verdict(file: Attachment, at: datetime) -> None:
    """Clean, or not: a step of the system itself. Raises Unanswered; a scanner that was taken away is no verdict."""
    if not scanning.is_set_up():
        raise scanning.Unanswered("no scanner is set up")
    with storing.bytes_of(file.digest) as body:
        virus = scanning.found_in(body)
    reason = "The virus scanner found something in it." if virus else "The virus scanner found nothing in it."
    step = "refuse" if virus else "clear"
    engine.perform(file, step, by=User.objects.system(), evidence={"reason": reason}, seen=file.version, at=at)


def nothing_waits(at: datetime) -> bool:
    """No file has waited for ten minutes, and the scanner, where there is one, answers."""
    overdue = Attachment.objects.filter(state=Attachment.State.WAITING, recorded_at__lt=at - WAITED_LONG)
    return not overdue.exists() and (not scanning.is_set_up() or scanning.answers())
