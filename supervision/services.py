"""Mailing notices: at least once each, with one Message-ID, and never a word that says who or what it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from supervision.models import Digest, Notice, Preference
from workflow import flags
from workflow.clock import LONDON

BATCH = 200
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
SUBJECT = "OFFICIAL-SENSITIVE: a notice is waiting for you"
DIGEST_SUBJECT = "OFFICIAL-SENSITIVE: your notices of today"


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
        return notice is not None and _send(notice, lambda: message(notice, connection), now)


def _send(row: Notice | Digest, mail: Callable[[], EmailMessage], now: datetime) -> bool:
    """Send and mark, or mark to be tried later. The caller holds the row's lock."""
    try:
        mail().send()
    except (OSError, SMTPException):
        row.mail_failures = min(row.mail_failures + 1, 100)
        row.mail_at = now + min(FIRST_WAIT * 2 ** min(row.mail_failures - 1, 10), LONGEST_WAIT)
        row.save(update_fields=["mail_failures", "mail_at"])
        return False
    row.emailed_at = now
    row.save(update_fields=["emailed_at"])
    return True


def send_digests(now: datetime) -> int:
    """The daily mail of everybody whose hour has come (the moment is UTC); returns how many went out.

    The hour is London's, and has come from then to midnight: the hour that spring skips, and a morning on which nothing
    ran, only make it later; the hour that autumn repeats finds the day's row written.
    """
    if not flags.is_on(flags.DIGEST, None, now):
        return 0
    local = now.astimezone(LONDON)
    sent_today = Digest.objects.filter(on=local.date(), emailed_at__isnull=False).values("person")
    chosen = Preference.objects.daily().filter(digest_hour__lte=local.hour, person__is_active=True)
    people = chosen.exclude(person__in=sent_today).exclude(person__email="").select_related("person")
    waiting = [row.person for row in people.order_by("pk") if Notice.objects.for_digest(row.person).exists()]
    if not waiting:
        return 0
    connection = get_connection()
    try:
        return sum(_send_digest(person, connection, now) for person in waiting)
    finally:
        connection.close()


def _send_digest(person: User, connection: Any, now: datetime) -> bool:
    """The row, and so its Message-ID, is committed before anything is sent: a crash sends the same mail again, no other."""
    Digest.objects.get_or_create(person=person, on=now.astimezone(LONDON).date(), defaults={"mail_at": now})
    with transaction.atomic():
        due = Digest.objects.filter(person=person, on=now.astimezone(LONDON).date(), emailed_at__isnull=True)
        row = due.filter(mail_at__lte=now).select_for_update(skip_locked=True).first()
        if row is None:
            return False
        told = list(Notice.objects.for_digest(person).values_list("pk", flat=True))
        if not _send(row, lambda: digest_message(row, len(told), connection), now):
            return False
        Notice.objects.filter(pk__in=told).update(emailed_at=now)
        return True


def message(notice: Notice, connection: Any = None) -> EmailMessage:
    """The mail of a notice: its neutral sentence and where to sign in; the reference leads nobody past the door."""
    body = (
        f"{notice.text}\n\nSign in to read it: {settings.SITE_ADDRESS}{reverse('notices')}\n\n{settings.SERVICE_NAME}\n"
    )
    headers = {"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(SUBJECT, body, to=[notice.person.email], connection=connection, headers=headers)


def digest_message(row: Digest, count: int, connection: Any = None) -> EmailMessage:
    """How many notices wait, and nothing of what they are about: not even a reference."""
    said = "A notice is" if count == 1 else f"{count} notices are"
    body = f"{said} waiting for you.\n\nSign in to read: {settings.SITE_ADDRESS}{reverse('notices')}\n\n{settings.SERVICE_NAME}\n"
    headers = {"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(DIGEST_SUBJECT, body, to=[row.person.email], connection=connection, headers=headers)


def prefer(person: User, *, digest_hour: int, **chosen: str) -> Preference:
    """What the person wants by mail, by the columns of CHOSEN. Of any other kind there is nothing to choose."""
    said = {**chosen, "digest_hour": digest_hour}
    return Preference.objects.update_or_create(person=person, defaults=said)[0]


def mark_read(person: User, notice: int, now: datetime, *, read: bool = True) -> None:
    """Mark one notice of the person's own as read, or as unread again."""
    Notice.objects.filter(person=person, pk=notice).update(read_at=now if read else None)
