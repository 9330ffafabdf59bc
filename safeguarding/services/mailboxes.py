"""Telling a mailbox that something waits: how to read it and whom to ring, and not a word of what it is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from safeguarding.models import Encompass, EncompassLetter
from workflow import engine

BATCH = 100
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))  # after them somebody is told to ring
SUBJECT = "OFFICIAL-SENSITIVE: something waits for your safeguarding lead"
CAME_BACK = "The mailbox could not be told that a letter waits."


def tell_mailboxes(now: datetime, batch: int = BATCH) -> int:
    """Mail each mailbox that has not been told (the moment is UTC); returns how many went out.

    Each in a transaction of its own, as notices are: a crash sends the same message again. One that fails is tried again
    after a minute, five and thirty; then the notification says so, and somebody rings.
    """
    waiting = list(EncompassLetter.objects.to_mail(now).order_by("mail_at", "pk").values_list("pk", flat=True)[:batch])
    if not waiting:
        return 0
    connection = get_connection()
    try:
        return sum(_tell_one(pk, connection, now) for pk in waiting)
    finally:
        connection.close()


def _tell_one(pk: int, connection: Any, now: datetime) -> bool:
    with transaction.atomic():
        rows = EncompassLetter.objects.to_mail(now).select_for_update(of=("self",), skip_locked=True)
        letter = rows.filter(pk=pk).first()
        if letter is None:
            return False
        try:
            message(letter, connection).send()
        except (OSError, SMTPException):
            gone_wrong(letter, now)
            return False
        letter.mailed_at = now
        letter.save(update_fields=["mailed_at"])
        return True


def gone_wrong(letter: EncompassLetter, now: datetime) -> None:
    """Wait longer, or after the last wait say that it came back. The caller holds the letter's lock."""
    tried = letter.mail_failures
    letter.mail_failures = tried + 1
    letter.mail_at = now + WAITS[tried] if tried < len(WAITS) else None
    letter.save(update_fields=["mail_failures", "mail_at"])
    if letter.mail_at is None:
        notice = Encompass.objects.select_related("case__unit").get(pk=letter.notice_id)
        if notice.state == Encompass.State.SENT:
            said = {"reason": CAME_BACK}
            engine.perform(notice, "came-back", by=User.objects.system(), evidence=said, seen=notice.version, at=now)


def message(letter: EncompassLetter, connection: Any = None) -> EmailMessage:
    """No name, no child, no reference, not even what this product is called: that would say what it is about.

    It tells where to sign in, and that the police are rung on a number already known.
    """
    there = f"{settings.SITE_ADDRESS}{reverse('encompass-letters')}"
    body = (
        "Something waits for your safeguarding lead. Please read it before the school day begins.\n\n"
        f"Sign in to read it: {there}\n\n"
        "If you cannot sign in, ring the police on the number that you agreed on with us. "
        "Do not answer this message.\n"
    )
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(SUBJECT, body, to=[letter.mail_to], connection=connection, headers=headers)
