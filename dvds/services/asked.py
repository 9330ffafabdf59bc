"""What came through the public page’s letterbox is put at the door, each request exactly once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from dvds.models import Asks, Channel, Danger, Intake, PublicRequest
from dvds.models.asked import WORDS
from workflow import engine

#: The columns of an intake that are the request’s own.
SAME = ("danger", "asks_as", "at_risk", "subject", "why", "feared", "safe_means", "safe_place", "safe_times", "never",
        "asker", "language")  # fmt: skip
RANG = "Said on the public page, which showed 999 at once. Nobody has spoken with them yet: act now, within their safe way."
NOT_NAMED = "Not named: whoever asks will say"


def take_in(number: int, *, at: datetime) -> Intake | None:
    """Put one request at the door, as the system, and wipe the letterbox of its words. `at` is UTC; every time limit runs
    from the moment at which the database received it. None where somebody else has it, or had it. Raises Refused.
    """
    with transaction.atomic():
        row = PublicRequest.objects.select_for_update(skip_locked=True).waiting().filter(pk=number).first()
        if row is None:
            return None
        intake = put_at_door(said_by(row, at), at)
        wiped: dict[str, Any] = dict.fromkeys(WORDS, "") | {"feared": []}
        PublicRequest.objects.filter(pk=row.pk).update(taken_at=at, intake=intake, **wiped)
    return intake


def put_at_door(said: dict[str, Any], at: datetime) -> Intake:
    """By the very step by which anybody puts a request there. Raises Refused."""
    heard: Intake = engine.perform(Intake(), "hear", by=User.objects.system(), evidence=said, at=at)
    return heard


def said_by(row: PublicRequest, at: datetime) -> dict[str, Any]:
    """What the form of the door asks, out of a request: its words, and whatever the page let somebody leave out."""
    said: dict[str, Any] = {name: getattr(row, name) for name in SAME}
    said |= {"channel": Channel.ONLINE, "first_contact_at": min(row.received_at, at)}
    if row.danger == Danger.YES:
        said["danger_words"] = RANG
    if not row.at_risk and row.asks_as == Asks.SELF:
        said["at_risk"] = row.asker
    if not (said["at_risk"] or row.subject):
        said["at_risk"] = NOT_NAMED
    return said
