"""Telling: an act becomes a row for each listener; the worker sends each row until it arrives."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
import ssl
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db import transaction

from accounts.models import SystemAccount
from audit.models import Event
from supervision.models import Delivery, Subscription
from supervision.webhooks.address import BadAddress, checked, where
from workflow.api.tables import identifier
from workflow.api.values import plain
from workflow.declare import WORKFLOWS
from workflow.models import folder_model
from workflow.telling import may_be_told

BATCH = 100
PATIENCE = 10  # seconds for each wait on the other side
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
SIGNATURE = "X-Signature"


def somebody_listens(event: Event, record: Any) -> bool:
    return bool(listening(event).exists())


def listening(event: Event) -> Any:
    """Nobody, of an act that is not told: also where a subscription of an earlier release names it."""
    if not may_be_told(event.name):
        return Subscription.objects.none()
    open_ones = Subscription.objects.filter(stopped_at__isnull=True, account__state=SystemAccount.State.OPEN)
    return open_ones.filter(events__contains=[event.name])


def spread(event: Event) -> None:
    """A row for each listener; run by the worker, once for an event."""
    rows = [Delivery(subscription=found, event=event) for found in listening(event)]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def send_due(now: datetime) -> int:
    """Send what is due (UTC); returns how many arrived. A subscriber that fails waits, and keeps nobody else waiting."""
    due = list(Delivery.objects.due(now).values_list("pk", "subscription_id")[:BATCH])
    silent: set[int] = set()
    arrived = 0
    for pk, subscription in due:
        if subscription not in silent:
            done = _send_one(pk, now)
            arrived += done is True
            silent |= {subscription} if done is False else set()
    return arrived


def _send_one(pk: int, now: datetime) -> bool | None:
    """True when it arrived, False when it must be tried again, None when somebody else has it or it is to be dropped."""
    with transaction.atomic():
        rows = Delivery.objects.due(now).select_for_update(of=("self",), skip_locked=True)
        row = rows.filter(pk=pk).select_related("event", "subscription__account__user").first()
        if row is None:
            return None
        if because := no_longer_told(row):
            row.done_at, row.dropped_because = now, because
            row.save(update_fields=["done_at", "dropped_because"])
            return None
        fault = attempt(row.subscription, body_of(row), now)
        return _keep(row, fault, now)


def _keep(row: Delivery, fault: str, now: datetime) -> bool:
    row.attempts += 1
    row.last_error = fault
    if fault:
        row.next_at = now + min(FIRST_WAIT * 2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
    else:
        row.done_at = now
    row.save(update_fields=["attempts", "last_error", "next_at", "done_at"])
    return not fault


def no_longer_told(row: Delivery) -> str:
    """ "" while this subscriber may hear of it: it listens still, and its account may see the case now."""
    subscription = row.subscription
    if not may_be_told(row.event.name):
        return "Not told to any other system"
    if subscription.stopped_at or subscription.account.state != SystemAccount.State.OPEN:
        return "No longer listening"
    visible = folder_model().objects.read_by(subscription.account.user).filter(pk=row.event.chain)
    return "" if visible.exists() else "Not visible to this account"


def body_of(row: Delivery) -> bytes:
    """Which act, of which record, when. No name, address or word of anybody."""
    event = row.event
    table = WORKFLOWS[event.name.partition(".")[0]]
    folder = folder_model().objects.only("reference").get(pk=event.chain)
    record = apps.get_model(event.subject_type)(pk=event.subject_id)
    said = {
        "delivery": str(row.key), "event": event.name, "workflow": table.name, "case": folder.reference,
        "record": folder.reference if isinstance(record, folder_model()) else identifier(record), "at": plain(event.at),
    }  # fmt: skip
    return json.dumps(said, sort_keys=True).encode()


def signature(secret: str, body: bytes, at: datetime) -> str:
    """t=<seconds>,v1=<HMAC-SHA256 of "seconds.body">: the moment is signed too, so that an old telling cannot be told again."""
    seconds = int(at.timestamp())
    made = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={made}"


def attempt(subscription: Subscription, body: bytes, now: datetime) -> str:
    """Send once: "" when it was taken (2xx), else what went wrong. A redirect is not followed: it is no 2xx."""
    headers = {
        "Content-Type": "application/json", SIGNATURE: signature(subscription.secret, body, now), "Connection": "close",
        "User-Agent": "domestic-abuse-cases",
    }  # fmt: skip
    try:
        line = connection_to(checked(subscription.url))
        try:
            line.request("POST", path_of(subscription.url), body, headers)
            status = line.getresponse().status
        finally:
            line.close()
    except BadAddress:
        return "address refused"
    except (OSError, http.client.HTTPException) as fault:
        return type(fault).__name__
    return "" if 200 <= status < 300 else f"status {status}"


def connection_to(url: str) -> http.client.HTTPConnection:
    """A line to the very address that was checked; the certificate must be that of the host's name."""
    parts = urlsplit(url)
    host, secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = where(host, port)
    line = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    line.sock = socket.create_connection((address, port), PATIENCE)
    if secure:
        line.sock = ssl.create_default_context().wrap_socket(line.sock, server_hostname=host)
    return line


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
