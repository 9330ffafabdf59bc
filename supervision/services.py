"""Mailing notices: at least once each, with one Message-ID, and never a word that says who or what it is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from supervision.models import Notice

BATCH = 200
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
SUBJECT = "OFFICIAL-SENSITIVE: a notice is waiting for you"


def send_notices(now: datetime, batch: int = BATCH) -> int:
    """Mail what was not mailed yet (the moment is UTC); returns how many went out.

    Each notice is locked, sent and marked in a transaction of its own: a crash between sending and marking sends it
    again with the same Message-ID. One that fails waits longer each time and keeps nobody else's waiting.
    """
    waiting = list(Notice.objects.to_mail(now).values_list("pk", flat=True)[:batch])
    if not waiting:
        return 0
    connection = get_connection()
    try:
        return sum(_send_one(pk, connection, now) for pk in waiting)
    finally:
        connection.close()


def _send_one(pk: int, connection: Any, now: datetime) -> bool:
    with transaction.atomic():
        locked = Notice.objects.to_mail(now).select_for_update(of=("self",), skip_locked=True).select_related("person")
        notice = locked.filter(pk=pk).first()
        if notice is None:
            return False
        try:
            message(notice, connection).send()
        except (OSError, SMTPException):
            return _try_later(notice, now)
        notice.emailed_at = now
        notice.save(update_fields=["emailed_at"])
        return True


def _try_later(notice: Notice, now: datetime) -> bool:
    notice.mail_failures = min(notice.mail_failures + 1, 100)
    notice.mail_at = now + min(FIRST_WAIT * 2 ** min(notice.mail_failures - 1, 10), LONGEST_WAIT)
    notice.save(update_fields=["mail_failures", "mail_at"])
    return False


def message(notice: Notice, connection: Any = None) -> EmailMessage:
    """The mail of a notice: its neutral sentence and where to sign in; the reference leads nobody past the door."""
    body = (
        f"{notice.text}\n\nSign in to read it: {settings.SITE_ADDRESS}{reverse('notices')}\n\n{settings.SERVICE_NAME}\n"
    )
    headers = {"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(SUBJECT, body, to=[notice.person.email], connection=connection, headers=headers)
