"""What the workers do for papers: make them (the worker of the queue "documents"), ask again for those forgotten."""

from __future__ import annotations

from functools import partial
from typing import Any

from celery import Task, shared_task
from django.db import transaction
from django.utils import timezone

from reporting import ahead, exports, minutes, services, steering
from reporting.explorer import alerts
from reporting.feedback.drawing import draw_due
from reporting.packs import calendar, making


@shared_task(name="reporting.make_document", bind=True)
def make_document(task: Task[Any, Any], document: int) -> bool:
    """Idempotent: whoever comes second finds the paper taken."""
    info = task.request.delivery_info or {}
    return services.make(document, again=bool(info.get("redelivered")))


@shared_task(name="reporting.sweep_documents")
def sweep_documents() -> int:
    """Each minute. Returns how many papers were asked for again."""
    found = services.sweep(timezone.now())
    for document in found:
        make_document.delay(document)
    return len(found)


@shared_task(name="reporting.renew_briefs")
def renew_briefs() -> int:
    """Each minute. Returns how many copies made ahead were begun anew, because the brief says something else by now."""
    return ahead.renew(timezone.now(), send)


@shared_task(name="reporting.forget_briefs")
def forget_briefs() -> int:
    """Each night. Returns how many copies made ahead nobody had asked for and are gone."""
    return ahead.forget(timezone.now())


def send(document: int) -> None:
    """Tell the worker once the paper is committed. A dead broker loses nothing: the row waits for the sweep."""
    transaction.on_commit(partial(make_document.delay, document), robust=True)


@shared_task(name="reporting.make_export", bind=True)
def make_export(task: Task[Any, Any], export: int) -> bool:
    info = task.request.delivery_info or {}
    return exports.make(export, again=bool(info.get("redelivered")))


@shared_task(name="reporting.sweep_exports")
def sweep_exports() -> int:
    """Each minute. Returns how many exports were asked for again."""
    found = exports.sweep(timezone.now())
    for export in found:
        make_export.delay(export)
    return len(found)


def send_export(export: int) -> None:
    transaction.on_commit(partial(make_export.delay, export), robust=True)


@shared_task(name="reporting.raise_unusual")
def raise_unusual() -> int:
    """Each hour. Returns how many unusual accesses professional standards were newly told of."""
    return alerts.raise_unusual(timezone.now())


@shared_task(name="reporting.make_minutes")
def make_minutes(copy: int) -> bool:
    """Idempotent: whoever comes second finds the paper made."""
    return minutes.make(copy)


@shared_task(name="reporting.sweep_minutes")
def sweep_minutes() -> int:
    """Each minute. Returns how many copies of minutes were asked to be pressed."""
    found = minutes.lacking()
    for copy in found:
        make_minutes.delay(copy)
    return len(found)


@shared_task(name="reporting.make_steering")
def make_steering(paper: int) -> bool:
    """Idempotent: whoever comes second finds the report made."""
    return steering.make(paper)


@shared_task(name="reporting.sweep_steering")
def sweep_steering() -> int:
    """Each minute. Returns how many reports to steering groups were asked to be pressed."""
    found = steering.lacking()
    for paper in found:
        make_steering.delay(paper)
    return len(found)


@shared_task(name="reporting.draw_surveys")
def draw_surveys() -> int:
    """Each quarter of an hour; draws once a month. Returns how many samples were drawn."""
    return len(draw_due(timezone.now()))


@shared_task(name="reporting.make_pack", bind=True)
def make_pack(task: Task[Any, Any], snapshot: int) -> bool:
    """Idempotent: whoever comes second finds the pack taken."""
    info = task.request.delivery_info or {}
    return making.make(snapshot, again=bool(info.get("redelivered")))


@shared_task(name="reporting.sweep_packs")
def sweep_packs() -> int:
    """Each minute. Returns how many packs were asked for again."""
    found = making.sweep(timezone.now())
    for snapshot in found:
        make_pack.delay(snapshot)
    return len(found)


@shared_task(name="reporting.begin_packs")
def begin_packs() -> int:
    """Each morning; begins each pack once, some days after its month or quarter is over. Returns how many were begun."""
    begun = calendar.begin_due(timezone.now())
    for snapshot in begun:
        send_pack(snapshot)
    return len(begun)


def send_pack(snapshot: int) -> None:
    transaction.on_commit(partial(make_pack.delay, snapshot), robust=True)
