"""What the worker does for the record."""

from __future__ import annotations

from celery import shared_task

from audit import services


@shared_task(name="audit.seal")
def seal() -> int:
    return services.seal()


@shared_task(name="audit.anchor")
def anchor() -> None:
    services.anchor()
