"""Files that arrived while the scanner did not answer: asked again each minute, oldest first, until there is a verdict."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from accounts.models import User
from cases.models import Attachment
from cases.services import scanning, storing
from workflow import engine
from workflow.models import Refused

BATCH = 50  # verdicts: a minute's worth; the rest waits for the next
MOST_ASKED = 500  # files without a verdict never block the rest, and never keep the scanner busy for ever
log = structlog.get_logger(__name__)
WAITED_LONG = timedelta(minutes=10)


def scan_waiting(at: datetime) -> int:
    """Ask the scanner about each waiting file; stops at the first silence. `at` is UTC. Index: attachment_waiting.

    A file that gets no verdict for a reason of its own waits on, and health says so; the others have their turn.
    """
    waiting = Attachment.objects.filter(state=Attachment.State.WAITING).select_related("case__unit").order_by("pk")
    done, left = 0, []
    for file in waiting[:MOST_ASKED]:
        try:
            verdict(file, at)
        except (scanning.NoVerdict, FileNotFoundError, Refused):
            left.append(file.pk)
            continue
        except scanning.Unanswered:
            break
        done += 1
        if done == BATCH:
            break
    if left:
        log.warning("files_without_verdict", files=left)
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
